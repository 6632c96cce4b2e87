//! Passkeys, with an authenticator in software: whole ceremonies, and everything that must be refused.

use cotreat_server::identity::{Here, Refused, SessionState, Settings};

use crate::support::soft_key::{SoftKey, options};
use crate::support::{GOOD, HOME, House, minute, second};

/// Ada with a passkey and a session that is open.
async fn ada_with(house: &House, key: &mut SoftKey) -> Here {
    house.ada().await;
    let entered = house.sign_in(GOOD, minute(0)).await.unwrap();
    let here = house.here(&entered.token, minute(0)).await;
    let begun = house
        .identity
        .begin_passkey(&here, minute(0))
        .await
        .unwrap();
    let answer = key.create(&options(&begun));
    let entered = house
        .identity
        .finish_passkey(
            &here,
            &begun.ceremony,
            &answer,
            "Ada's telephone",
            minute(0),
        )
        .await
        .unwrap();
    assert_eq!(
        entered.state,
        SessionState::Open,
        "a passkey is two factors"
    );
    key.counter += 1;
    house.here(&entered.token, minute(0)).await
}

fn refused<T: std::fmt::Debug>(result: Result<T, Refused>) -> String {
    match result {
        Err(Refused::Passkey { why }) => why,
        other => panic!("{other:?}"),
    }
}

both!(a_passkey_is_added_and_signs_in, |house: House| async move {
    let mut key = SoftKey::new(1);
    let here = ada_with(&house, &mut key).await;
    let names = house.identity.passkey_names("u1").await.unwrap();
    assert_eq!(names[0].1, "Ada's telephone");
    assert_eq!(house.identity.factors("u1").await.unwrap().listed.len(), 1);

    let begun = house
        .identity
        .begin_sign_in_by_passkey(HOME, minute(1))
        .unwrap();
    let asked = options(&begun);
    assert_eq!(asked["userVerification"], "required");
    assert_eq!(
        asked["allowCredentials"].as_array().map(Vec::len),
        Some(0),
        "nobody is told whose passkeys there are"
    );
    let entered = house
        .identity
        .finish_sign_in_by_passkey(&begun.ceremony, &key.get(&asked), HOME, minute(1))
        .await
        .unwrap();
    assert_eq!(
        (entered.user.as_str(), entered.state),
        ("u1", SessionState::Open)
    );
    assert_ne!(
        house.here(&entered.token, minute(1)).await.session.id,
        here.session.id
    );
    let log = house.log("u1").await;
    assert_eq!(
        log[log.len() - 2..],
        ["second_factor_added passkey", "signed_in passkey"]
    );
});

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_when_one_is_added() {
    let house = House::new().await;
    house.ada().await;
    let entered = house.sign_in(GOOD, minute(0)).await.unwrap();
    let here = house.here(&entered.token, minute(0)).await;
    let begun = house
        .identity
        .begin_passkey(&here, minute(0))
        .await
        .unwrap();
    let asked = options(&begun);
    assert_eq!(asked["rp"]["id"], "cotreat.example.org");
    assert_eq!(
        asked["authenticatorSelection"]["userVerification"],
        "required"
    );
    assert_eq!(asked["authenticatorSelection"]["residentKey"], "preferred");
    assert_eq!(asked["attestation"], "none");
    let user = asked["user"]["id"].as_str().unwrap();
    assert!(
        !user.contains("u1") && user.len() == 22,
        "a handle that tells nothing: {user}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_taken_once_and_in_time() {
    let house = House::new().await;
    let mut key = SoftKey::new(1);
    ada_with(&house, &mut key).await;
    let begun = house
        .identity
        .begin_sign_in_by_passkey(HOME, minute(1))
        .unwrap();
    let answer = key.get(&options(&begun));
    let finish = |now| {
        house
            .identity
            .finish_sign_in_by_passkey(&begun.ceremony, &answer, HOME, now)
    };
    assert!(finish(minute(1)).await.is_ok());
    assert!(
        matches!(finish(minute(1)).await, Err(Refused::Gone)),
        "played again"
    );

    let late = house
        .identity
        .begin_sign_in_by_passkey(HOME, minute(2))
        .unwrap();
    key.counter += 1;
    let answer = key.get(&options(&late));
    let finish = |now| {
        house
            .identity
            .finish_sign_in_by_passkey(&late.ceremony, &answer, HOME, now)
    };
    assert!(matches!(finish(minute(7)).await, Err(Refused::Gone)));
    assert!(
        matches!(finish(second(2 * 60 + 1)).await, Err(Refused::Gone)),
        "and there is no second chance"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_another_challenge_is_refused() {
    let house = House::new().await;
    let mut key = SoftKey::new(1);
    ada_with(&house, &mut key).await;
    let one = house
        .identity
        .begin_sign_in_by_passkey(HOME, minute(1))
        .unwrap();
    let two = house
        .identity
        .begin_sign_in_by_passkey(HOME, minute(1))
        .unwrap();
    let answer = key.get(&options(&one));
    let mixed = house
        .identity
        .finish_sign_in_by_passkey(&two.ceremony, &answer, HOME, minute(1))
        .await;
    assert!(refused(mixed).to_lowercase().contains("challenge"));
    assert_eq!(
        house.log("u1").await.last().unwrap(),
        "passkey_refused passkey"
    );
    let empty = house
        .identity
        .begin_sign_in_by_passkey(HOME, minute(1))
        .unwrap();
    let answer = key.get_for(&options(&empty), b"");
    refused(
        house
            .identity
            .finish_sign_in_by_passkey(&empty.ceremony, &answer, HOME, minute(1))
            .await,
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_from_another_page_is_refused() {
    let house = House::new().await;
    let mut key = SoftKey::new(1);
    ada_with(&house, &mut key).await;
    for origin in [
        "https://evil.example",
        "https://cotreat.example.org.evil.example",
        "https://sub.cotreat.example.org",
        "http://cotreat.example.org",
        "https://cotreat.example.org:8443",
    ] {
        key.origin = origin.to_owned();
        let begun = house
            .identity
            .begin_sign_in_by_passkey(HOME, minute(1))
            .unwrap();
        let answer = key.get(&options(&begun));
        refused(
            house
                .identity
                .finish_sign_in_by_passkey(&begun.ceremony, &answer, HOME, minute(1))
                .await,
        );
    }
    let mut other = SoftKey::new(2);
    other.origin = "https://evil.example".to_owned();
    let entered = house.sign_in(GOOD, minute(1)).await.unwrap();
    let here = house.here(&entered.token, minute(1)).await;
    let adding = house.identity.begin_passkey(&here, minute(1)).await;
    assert!(
        matches!(adding, Err(Refused::NotAllowed)),
        "the second factor comes first"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_made_on_another_page_or_for_another_challenge_is_not_taken() {
    let house = House::new().await;
    house.ada().await;
    let entered = house.sign_in(GOOD, minute(0)).await.unwrap();
    let here = house.here(&entered.token, minute(0)).await;
    let begin = || house.identity.begin_passkey(&here, minute(0));

    let mut key = SoftKey::new(1);
    key.origin = "https://evil.example".to_owned();
    let begun = begin().await.unwrap();
    let answer = key.create(&options(&begun));
    refused(
        house
            .identity
            .finish_passkey(&here, &begun.ceremony, &answer, "", minute(0))
            .await,
    );

    let mut key = SoftKey::new(1);
    let begun = begin().await.unwrap();
    let answer = key.create_for(&options(&begun), &[1; 32]);
    refused(
        house
            .identity
            .finish_passkey(&here, &begun.ceremony, &answer, "", minute(0))
            .await,
    );

    let mut key = SoftKey::new(1);
    key.flags = 0x01;
    let begun = begin().await.unwrap();
    let answer = key.create(&options(&begun));
    refused(
        house
            .identity
            .finish_passkey(&here, &begun.ceremony, &answer, "", minute(0))
            .await,
    );

    assert!(house.identity.passkey_names("u1").await.unwrap().is_empty());
    assert_eq!(
        house.state(&entered.token, minute(0)).await,
        Some(SessionState::NeedsSecondFactor)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_counter_that_does_not_rise_is_refused_and_told() {
    let house = House::new().await;
    let mut key = SoftKey::new(1);
    ada_with(&house, &mut key).await;
    let sign_in = |key: &SoftKey| {
        let begun = house
            .identity
            .begin_sign_in_by_passkey(HOME, minute(1))
            .unwrap();
        let answer = key.get(&options(&begun));
        let house = &house;
        async move {
            let finished =
                house
                    .identity
                    .finish_sign_in_by_passkey(&begun.ceremony, &answer, HOME, minute(1));
            finished.await
        }
    };
    key.counter = 9;
    assert!(sign_in(&key).await.is_ok());
    for counter in [9, 8, 0] {
        key.counter = counter;
        refused(sign_in(&key).await);
        assert_eq!(
            house.log("u1").await.last().unwrap(),
            "passkey_may_be_copied passkey"
        );
    }
    key.counter = 10;
    assert!(sign_in(&key).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_without_a_counter_goes_on_working() {
    let house = House::new().await;
    let mut key = SoftKey::new(1);
    key.counter = 0;
    ada_with(&house, &mut key).await;
    key.counter = 0;
    for _ in 0..3 {
        let begun = house
            .identity
            .begin_sign_in_by_passkey(HOME, minute(1))
            .unwrap();
        let answer = key.get(&options(&begun));
        let entered = house
            .identity
            .finish_sign_in_by_passkey(&begun.ceremony, &answer, HOME, minute(1))
            .await;
        assert!(entered.is_ok());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_only_touched_it_is_refused() {
    let house = House::new().await;
    let mut key = SoftKey::new(1);
    ada_with(&house, &mut key).await;
    for flags in [0x00, 0x01, 0x04] {
        key.flags = flags;
        let begun = house
            .identity
            .begin_sign_in_by_passkey(HOME, minute(1))
            .unwrap();
        let answer = key.get(&options(&begun));
        refused(
            house
                .identity
                .finish_sign_in_by_passkey(&begun.ceremony, &answer, HOME, minute(1))
                .await,
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_nobody_registered_is_refused() {
    let house = House::new().await;
    let mut key = SoftKey::new(1);
    ada_with(&house, &mut key).await;
    let begun = house
        .identity
        .begin_sign_in_by_passkey(HOME, minute(1))
        .unwrap();
    let answer = SoftKey::new(2).get(&options(&begun));
    let why = house
        .identity
        .finish_sign_in_by_passkey(&begun.ceremony, &answer, HOME, minute(1))
        .await;
    refused(why);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_the_second_factor_and_unlocks() {
    let house = House::new().await;
    let mut key = SoftKey::new(1);
    ada_with(&house, &mut key).await;
    let entered = house.sign_in(GOOD, minute(1)).await.unwrap();
    assert_eq!(entered.state, SessionState::AwaitsSecondFactor);
    let here = house.here(&entered.token, minute(1)).await;
    let begun = house
        .identity
        .begin_proof_by_passkey(&here, minute(1))
        .await
        .unwrap();
    let asked = options(&begun);
    assert_eq!(asked["allowCredentials"].as_array().map(Vec::len), Some(1));
    let entered = house
        .identity
        .finish_proof_by_passkey(&here, &begun.ceremony, &key.get(&asked), minute(1))
        .await
        .unwrap();
    assert_eq!(entered.state, SessionState::Open);

    let locked = house.here(&entered.token, minute(30)).await;
    assert_eq!(locked.state, SessionState::Locked);
    let begun = house
        .identity
        .begin_proof_by_passkey(&locked, minute(30))
        .await
        .unwrap();
    key.counter += 1;
    let answer = key.get(&options(&begun));
    let other = house.sign_in(GOOD, minute(30)).await.unwrap();
    let other = house.here(&other.token, minute(30)).await;
    let mixed = house
        .identity
        .finish_proof_by_passkey(&other, &begun.ceremony, &answer, minute(30))
        .await;
    assert!(
        matches!(mixed, Err(Refused::Gone)),
        "a proof belongs to its session"
    );
    let begun = house
        .identity
        .begin_proof_by_passkey(&locked, minute(30))
        .await
        .unwrap();
    let answer = key.get(&options(&begun));
    let entered = house
        .identity
        .finish_proof_by_passkey(&locked, &begun.ceremony, &answer, minute(30))
        .await
        .unwrap();
    assert_eq!(entered.state, SessionState::Open);
    let log = house.log("u1").await;
    assert_eq!(log.last().unwrap(), "proved_again passkey");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_of_somebody_else_proves_nothing() {
    let house = House::new().await;
    let mut key = SoftKey::new(1);
    ada_with(&house, &mut key).await;
    house.add("u2", "bob@example.org").await;
    let token = house.setup_link("u2", minute(0)).await;
    let bob = house
        .identity
        .use_setup(&token, crate::support::secret(GOOD), HOME, minute(0))
        .await
        .unwrap();
    let bob = house.here(&bob.token, minute(0)).await;
    let none = house.identity.begin_proof_by_passkey(&bob, minute(0)).await;
    assert!(matches!(none, Err(Refused::NotAllowed)));
    let begun = house.identity.begin_passkey(&bob, minute(0)).await.unwrap();
    let mut same = SoftKey::new(1);
    let answer = same.create(&options(&begun));
    let taken = house
        .identity
        .finish_passkey(&bob, &begun.ceremony, &answer, "", minute(0))
        .await;
    assert!(refused(taken).contains("registered already"));
    // Ada's key with Bob's handle, as a page that was tampered with could send it.
    let begun = house
        .identity
        .begin_sign_in_by_passkey(HOME, minute(1))
        .unwrap();
    same.counter = 99;
    let answer = same.get(&options(&begun));
    refused(
        house
            .identity
            .finish_sign_in_by_passkey(&begun.ceremony, &answer, HOME, minute(1))
            .await,
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_at_a_number_have_no_passkeys_and_work_otherwise() {
    let house = House::with(Settings::new("http://127.0.0.1:8080")).await;
    assert!(!house.identity.has_passkeys());
    house.ada().await;
    let entered = house.sign_in(GOOD, minute(0)).await.unwrap();
    let here = house.here(&entered.token, minute(0)).await;
    assert!(matches!(
        house.identity.begin_passkey(&here, minute(0)).await,
        Err(Refused::NotAllowed)
    ));
    assert!(house.identity.begin_app(&here, minute(0)).await.is_ok());
    assert!(House::new().await.identity.has_passkeys());
}
