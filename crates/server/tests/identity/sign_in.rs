//! Signing in with a password.

use cotreat_people::event::UserEvent;
use cotreat_server::identity::{Refused, SessionState};
use jiff::Timestamp;

use crate::support::{ADA, ELSEWHERE, GOOD, HOME, House, WRONG, minute, optional, secret};

both!(
    the_right_password_opens_a_session,
    |house: House| async move {
        house.ada().await;
        let entered = house.sign_in(GOOD, minute(0)).await.unwrap();
        assert_eq!(entered.user, "u1");
        let here = house.here(&entered.token, minute(1)).await;
        assert_eq!(
            (here.session.how.as_str(), here.session.created),
            ("password", minute(0))
        );
        let log = house.log("u1").await;
        assert_eq!(log.last().unwrap(), "signed_in password");
    }
);

#[tokio::test(flavor = "multi_thread")]
async fn wrong_nobody_disabled_and_without_a_password_all_look_the_same() {
    let house = House::new().await;
    house.ada().await;
    house.add("u2", "new@example.org").await;
    house.add("u3", "left@example.org").await;
    let disabled = UserEvent::UserDisabled {
        reason: "left".to_owned(),
    };
    house.tell("u3", disabled).await;
    house.add("u4", "twice@example.org").await;
    house.add("u5", "Twice@example.org").await;
    let mut said = Vec::new();
    for (email, password) in [
        (ADA, WRONG),
        (ADA, ""),
        ("nobody@example.org", GOOD),
        ("new@example.org", GOOD),
        ("left@example.org", GOOD),
        ("twice@example.org", GOOD),
        ("", GOOD),
    ] {
        let refused = house
            .identity
            .sign_in(email, secret(password), HOME, minute(0))
            .await;
        said.push(refused.unwrap_err().to_string());
    }
    assert!(said[0].starts_with("that is not right"));
    assert!(said.iter().all(|one| *one == said[0]), "{said:?}");
    let log = house.log("u1").await;
    assert_eq!(
        log.iter()
            .filter(|one| *one == "sign_in_failed password")
            .count(),
        2
    );
}

/// What a stranger could measure: how much is written. The hash is checked in every case, or `Hasher` would answer at once.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_costs_a_write_like_somebody() {
    let house = House::new().await;
    house.ada().await;
    for _ in 0..2 {
        let refused = house
            .identity
            .sign_in("nobody@example.org", secret(GOOD), HOME, minute(0));
        assert!(refused.await.is_err());
    }
    let rows = house
        .store
        .ask("SELECT failed FROM account WHERE user_id = ''", &[])
        .await
        .unwrap();
    assert_eq!(rows[0].number(0).unwrap(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sixth_try_from_one_place_waits_and_other_places_do_not() {
    let house = House::new().await;
    house.ada().await;
    for _ in 0..5 {
        assert!(matches!(
            house.sign_in(WRONG, minute(0)).await,
            Err(Refused::NotRight)
        ));
    }
    let Err(Refused::Wait { until }) = house.sign_in(GOOD, minute(1)).await else {
        panic!("the sixth try waits, right or wrong");
    };
    assert_eq!(until, minute(15));
    let there = house
        .identity
        .sign_in(ADA, secret(GOOD), ELSEWHERE, minute(1))
        .await;
    assert!(there.is_ok());
    assert!(house.sign_in(GOOD, minute(15)).await.is_ok());
    for _ in 0..5 {
        house.sign_in(WRONG, minute(16)).await.unwrap_err();
    }
    assert!(matches!(
        house.sign_in(GOOD, minute(16)).await,
        Err(Refused::Wait { .. })
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_apart_by_waiting() {
    let house = House::new().await;
    for _ in 0..5 {
        let refused = house
            .identity
            .sign_in("nobody@example.org", secret(GOOD), HOME, minute(0))
            .await;
        assert!(matches!(refused, Err(Refused::NotRight)));
    }
    let refused = house
        .identity
        .sign_in("nobody@example.org", secret(GOOD), HOME, minute(0))
        .await;
    assert!(
        matches!(refused, Err(Refused::Wait { .. })),
        "like somebody who is known"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_from_many_places_make_passwords_wait_and_the_wait_ends() {
    let house = House::new().await;
    house.ada().await;
    let from = |number: u8| std::net::IpAddr::from([9, 9, number, 1]);
    for number in 0..10 {
        let refused = house
            .identity
            .sign_in(ADA, secret(WRONG), from(number), minute(0))
            .await;
        assert!(matches!(refused, Err(Refused::NotRight)));
    }
    let kept = house.store.password("u1").await.unwrap();
    assert_eq!(kept.wait_until, minute(1), "the tenth failure");
    let before = house.log("u1").await.len();
    let right = house
        .identity
        .sign_in(ADA, secret(GOOD), from(20), minute(0))
        .await;
    assert!(
        matches!(right, Err(Refused::NotRight)),
        "even the right one, and it is not told"
    );
    let wrong = house
        .identity
        .sign_in(ADA, secret(WRONG), from(21), minute(0))
        .await;
    assert!(wrong.is_err());
    assert_eq!(
        house.log("u1").await.len(),
        before,
        "guesses while it waits fill no log"
    );
    assert_eq!(
        house.store.password("u1").await.unwrap().wait_until,
        minute(1),
        "nor do they lengthen it"
    );
    // Twice as long each time, and never more than a quarter of an hour.
    let mut now = minute(1);
    for (number, minutes) in [(30, 2), (31, 4), (32, 8), (33, 15), (34, 15)] {
        let refused = house
            .identity
            .sign_in(ADA, secret(WRONG), from(number), now)
            .await;
        assert!(refused.is_err());
        let until = house.store.password("u1").await.unwrap().wait_until;
        assert_eq!(until.duration_since(now).as_mins(), minutes);
        now = until;
    }
    let right = house
        .identity
        .sign_in(ADA, secret(GOOD), from(40), now)
        .await;
    assert!(right.is_ok());
    assert_eq!(
        house.store.password("u1").await.unwrap().wait_until,
        Timestamp::UNIX_EPOCH
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_password_is_not_tried_on_everybody_from_one_place() {
    let house = House::new().await;
    house.ada().await;
    for number in 0..60 {
        let email = format!("user{number}@example.org");
        let refused = house
            .identity
            .sign_in(&email, secret(WRONG), HOME, minute(0))
            .await;
        assert!(matches!(refused, Err(Refused::NotRight)));
    }
    assert!(matches!(
        house.sign_in(GOOD, minute(1)).await,
        Err(Refused::Wait { .. })
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_second_factor_one_page_is_reached_unless_the_demo_says_otherwise() {
    let house = House::new().await;
    house.ada().await;
    let entered = house.sign_in(GOOD, minute(0)).await.unwrap();
    assert_eq!(entered.state, SessionState::NeedsSecondFactor);
    assert_eq!(
        house.state(&entered.token, minute(1)).await,
        Some(SessionState::NeedsSecondFactor)
    );
    let here = house.here(&entered.token, minute(1)).await;
    let refused = house.identity.act_for(&here, "o1", minute(1)).await;
    assert!(matches!(refused, Err(Refused::NotAllowed)));

    let demo = House::with(optional()).await;
    demo.ada().await;
    let entered = demo.sign_in(GOOD, minute(0)).await.unwrap();
    assert_eq!(entered.state, SessionState::Open);
    let (_, entered, _) = demo.add_app(&entered.token, minute(1)).await;
    assert_eq!(
        entered.state,
        SessionState::Open,
        "whoever adds one goes on"
    );
    let entered = demo.sign_in(GOOD, minute(2)).await.unwrap();
    assert_eq!(
        entered.state,
        SessionState::AwaitsSecondFactor,
        "whoever has one is asked for it"
    );
}
