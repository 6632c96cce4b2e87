//! One-time links, forgotten and changed passwords.

use cotreat_people::event::Actor;
use cotreat_server::identity::letter::Letter;
use cotreat_server::identity::password::Unfit;
use cotreat_server::identity::{Refused, SessionState, Token};
use cotreat_store::account::SetupWhy;

use crate::support::{ADA, ELSEWHERE, GOOD, HOME, House, minute, secret};

both!(
    a_new_user_chooses_a_password_once,
    |house: House| async move {
        house.add("u1", ADA).await;
        let token = house.setup_link("u1", minute(0)).await;
        for _ in 0..3 {
            let setup = house
                .identity
                .setup(&token, HOME, minute(1))
                .await
                .unwrap()
                .unwrap();
            assert_eq!((setup.user.as_str(), setup.why), ("u1", SetupWhy::First));
        }
        let short = house
            .identity
            .use_setup(&token, secret("short"), HOME, minute(1))
            .await;
        assert!(matches!(short, Err(Refused::Password(Unfit::TooShort))));
        let own = house
            .identity
            .use_setup(&token, secret("ada-lindgren-1"), HOME, minute(1))
            .await;
        assert!(matches!(own, Err(Refused::Password(Unfit::Own))));
        let common = house
            .identity
            .use_setup(&token, secret("password1234"), HOME, minute(1))
            .await;
        assert!(matches!(common, Err(Refused::Password(Unfit::Common))));
        let entered = house
            .identity
            .use_setup(&token, secret(GOOD), HOME, minute(1))
            .await
            .unwrap();
        assert_eq!(entered.state, SessionState::NeedsSecondFactor);
        let again = house
            .identity
            .use_setup(&token, secret(GOOD), HOME, minute(1))
            .await;
        assert!(matches!(again, Err(Refused::Gone)));
        assert!(house.sign_in(GOOD, minute(2)).await.is_ok());
        assert_eq!(
            house.log("u1").await,
            [
                "setup_link_made link",
                "password_set link",
                "signed_in link",
                "signed_in password"
            ]
        );
    }
);

#[tokio::test(flavor = "multi_thread")]
async fn a_one_time_link_is_good_for_a_day_and_replaced_by_the_next() {
    let house = House::new().await;
    house.add("u1", ADA).await;
    let first = house.setup_link("u1", minute(0)).await;
    let second = house.setup_link("u1", minute(1)).await;
    assert!(
        house
            .identity
            .setup(&first, HOME, minute(2))
            .await
            .unwrap()
            .is_none()
    );
    let day = 24 * 60;
    assert!(
        house
            .identity
            .setup(&second, HOME, minute(day))
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        house
            .identity
            .setup(&second, HOME, minute(day + 1))
            .await
            .unwrap()
            .is_none()
    );
    let late = house
        .identity
        .use_setup(&second, secret(GOOD), HOME, minute(day + 1))
        .await;
    assert!(matches!(late, Err(Refused::Gone)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_does_not_go_around_the_second_factor_and_ends_sessions() {
    let house = House::new().await;
    house.ada().await;
    let entered = house.sign_in(GOOD, minute(0)).await.unwrap();
    let (_, entered, _) = house.add_app(&entered.token, minute(0)).await;
    let mut token = None;
    house
        .identity
        .forgot(
            " ADA@example.org",
            HOME,
            |account, made| {
                token = Some(made.clone());
                let letter = Letter {
                    to: account.email.clone(),
                    subject: "A new password".to_owned(),
                    text: format!("https://cotreat.example.org/setup/{}", *made.to_text()),
                };
                Ok(vec![letter.message(minute(1))?])
            },
            minute(1),
        )
        .await
        .unwrap();
    let due = house.store.due(minute(1), 10).await.unwrap();
    let letter: Letter = serde_json::from_slice(&due[0].body).unwrap();
    assert_eq!((due[0].topic.as_str(), letter.to.as_str()), ("email", ADA));
    let new = "some other long words";
    let reset = house
        .identity
        .use_setup(&token.unwrap(), secret(new), HOME, minute(2))
        .await
        .unwrap();
    assert_eq!(reset.state, SessionState::AwaitsSecondFactor);
    assert!(house.maybe_here(&entered.token, minute(2)).await.is_none());
    assert!(house.sign_in(GOOD, minute(3)).await.is_err());
    assert!(house.sign_in(new, minute(3)).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_for_a_new_password_tells_nobody_who_is_known() {
    let house = House::new().await;
    house.ada().await;
    let ask = |email: &'static str| {
        house
            .identity
            .forgot(email, HOME, |_, _| Ok(Vec::new()), minute(0))
    };
    for email in [ADA, "nobody@example.org"] {
        for _ in 0..3 {
            ask(email).await.unwrap();
        }
        assert!(
            matches!(ask(email).await, Err(Refused::Wait { .. })),
            "{email}"
        );
    }
    assert!(
        house.sign_in(GOOD, minute(1)).await.is_ok(),
        "asking changes nothing yet"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn links_are_not_guessed() {
    let house = House::new().await;
    house.add("u1", ADA).await;
    let good = house.setup_link("u1", minute(0)).await;
    for _ in 0..20 {
        let made_up = Token::random().unwrap();
        assert!(
            house
                .identity
                .setup(&made_up, HOME, minute(0))
                .await
                .unwrap()
                .is_none()
        );
    }
    let waits = house.identity.setup(&good, HOME, minute(1)).await;
    assert!(
        matches!(waits, Err(Refused::Wait { .. })),
        "not even a good one from there"
    );
    assert!(
        house
            .identity
            .setup(&good, ELSEWHERE, minute(1))
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_password_ends_the_other_sessions() {
    let house = House::new().await;
    house.ada().await;
    let entered = house.sign_in(GOOD, minute(0)).await.unwrap();
    let (_, entered, _) = house.add_app(&entered.token, minute(0)).await;
    let other = house.sign_in(GOOD, minute(1)).await.unwrap();
    let here = house.here(&entered.token, minute(2)).await;
    let unfit = house
        .identity
        .change_password(&here, secret("cotreat-cotreat"), minute(2))
        .await;
    assert!(matches!(unfit, Err(Refused::Password(Unfit::Own))));
    let new = "some other long words";
    let changed = house
        .identity
        .change_password(&here, secret(new), minute(2))
        .await
        .unwrap();
    assert!(house.maybe_here(&other.token, minute(2)).await.is_none());
    assert!(house.maybe_here(&changed.token, minute(2)).await.is_some());
    assert!(house.sign_in(GOOD, minute(3)).await.is_err());
    assert!(house.sign_in(new, minute(3)).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_a_link_who_may_not_sign_in() {
    let house = House::new().await;
    let made = house
        .identity
        .make_setup(
            "nobody",
            SetupWhy::First,
            Actor::Operator,
            |_, _| Ok(Vec::new()),
            minute(0),
        )
        .await;
    assert!(matches!(made, Err(Refused::Gone)));
}
