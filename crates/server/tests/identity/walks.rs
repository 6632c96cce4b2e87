//! Signing in, from the first link to the last step out, as one story on both databases; and nothing of it is left in the clear.

use cotreat_server::identity::SessionState;

use crate::support::soft_key::{SoftKey, options};
use crate::support::{ADA, GOOD, HOME, House, code, minute, secret};

both!(a_day_of_ada, |house: House| async move {
    house.add("u1", ADA).await;
    let link = house.setup_link("u1", minute(0)).await;
    let entered = house
        .identity
        .use_setup(&link, secret(GOOD), HOME, minute(1))
        .await
        .unwrap();
    let (key, entered, _) = house.add_app(&entered.token, minute(2)).await;
    let here = house.here(&entered.token, minute(3)).await;
    let begun = house
        .identity
        .begin_passkey(&here, minute(3))
        .await
        .unwrap();
    let mut passkey = SoftKey::new(1);
    let answer = passkey.create(&options(&begun));
    let entered = house
        .identity
        .finish_passkey(&here, &begun.ceremony, &answer, "Key", minute(3))
        .await
        .unwrap();
    let here = house.here(&entered.token, minute(4)).await;
    let entered = house
        .identity
        .act_for(&here, "o1", minute(4))
        .await
        .unwrap();
    let here = house.here(&entered.token, minute(5)).await;
    house.identity.lock(&here).await.unwrap();
    let locked = house.here(&entered.token, minute(6)).await;
    let begun = house
        .identity
        .begin_proof_by_passkey(&locked, minute(6))
        .await
        .unwrap();
    passkey.counter += 1;
    let answer = passkey.get(&options(&begun));
    let entered = house
        .identity
        .finish_proof_by_passkey(&locked, &begun.ceremony, &answer, minute(6))
        .await
        .unwrap();
    let here = house.here(&entered.token, minute(7)).await;
    assert_eq!(
        (here.state, here.session.organisation.as_deref()),
        (SessionState::Open, Some("o1"))
    );
    house.identity.sign_out(&here, minute(8)).await.unwrap();

    let entered = house.sign_in(GOOD, minute(9)).await.unwrap();
    let here = house.here(&entered.token, minute(9)).await;
    let entered = house
        .identity
        .enter_code(&here, &code(&key, minute(9)), HOME, minute(9))
        .await
        .unwrap();
    assert_eq!(entered.state, SessionState::Open);
    assert_eq!(
        house.log("u1").await,
        [
            "setup_link_made link",
            "password_set link",
            "signed_in link",
            "second_factor_added totp",
            "second_factor_added passkey",
            "proved_again passkey",
            "signed_out session",
            "password_right password",
            "signed_in totp",
        ]
    );
    assert!(
        house
            .store
            .verify(&[], &mut |_| ())
            .await
            .unwrap()
            .is_fine()
    );
    assert_eq!(
        house.store.sweep(minute(24 * 60)).await.unwrap(),
        1,
        "the session, once its day is over"
    );
});
