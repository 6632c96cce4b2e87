//! Sessions: how long they last, what locks them, what ends them.

use cotreat_people::event::{Actor, UserEvent};
use cotreat_server::identity::session::Seen;
use cotreat_server::identity::{Entered, Refused, SessionState};

use crate::support::{GOOD, HOME, House, WRONG, minute, second, secret};

/// Ada, signed in with both factors at minute 0.
async fn open(house: &House) -> Entered {
    house.ada().await;
    let entered = house.sign_in(GOOD, minute(0)).await.unwrap();
    let (_, entered, _) = house.add_app(&entered.token, minute(0)).await;
    assert_eq!(entered.state, SessionState::Open);
    entered
}

both!(
    after_fifteen_minutes_of_nothing_it_is_locked_and_goes_on,
    |house: House| async move {
        let entered = open(&house).await;
        let before = house.here(&entered.token, minute(0)).await;
        assert_eq!(
            house.state(&entered.token, second(899)).await,
            Some(SessionState::Open)
        );
        let polled = house
            .identity
            .here(&entered.token, Seen::Polling, second(900))
            .await
            .unwrap();
        assert_eq!(
            polled.unwrap().state,
            SessionState::Open,
            "the request at 899 counted"
        );
        assert_eq!(
            house.state(&entered.token, second(899 + 900)).await,
            Some(SessionState::Locked)
        );
        assert_eq!(
            house.state(&entered.token, second(899 + 901)).await,
            Some(SessionState::Locked),
            "asking does not open it"
        );
        let here = house.here(&entered.token, minute(40)).await;
        for refused in [
            house
                .identity
                .act_for(&here, "o1", minute(40))
                .await
                .map(drop),
            house.identity.begin_app(&here, minute(40)).await.map(drop),
            house
                .identity
                .change_password(&here, secret(WRONG), minute(40))
                .await
                .map(drop),
            house.identity.end_session(&here, "x", minute(40)).await,
        ] {
            assert!(matches!(refused, Err(Refused::NotAllowed)), "{refused:?}");
        }
        let wrong = house
            .identity
            .prove_again(&here, secret(WRONG), HOME, minute(40))
            .await;
        assert!(matches!(wrong, Err(Refused::NotRight)));
        let unlocked = house
            .identity
            .prove_again(&here, secret(GOOD), HOME, minute(40))
            .await
            .unwrap();
        assert_eq!(unlocked.state, SessionState::Open);
        assert!(
            house.maybe_here(&entered.token, minute(40)).await.is_none(),
            "a new token"
        );
        let after = house.here(&unlocked.token, minute(41)).await;
        assert_eq!(after.session.id, before.session.id, "the same session");
        assert!(
            after.forms.fits(&before.forms.token().unwrap()),
            "what was being written can still be sent"
        );
        let log = house.log("u1").await;
        assert_eq!(
            log[log.len() - 2..],
            ["proof_failed password", "proved_again password"]
        );
    }
);

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_asks_by_itself_keeps_nothing_open() {
    let house = House::new().await;
    let entered = open(&house).await;
    for at in 1..15 {
        let polled = house
            .identity
            .here(&entered.token, Seen::Polling, minute(at))
            .await
            .unwrap();
        assert_eq!(polled.unwrap().state, SessionState::Open);
    }
    let polled = house
        .identity
        .here(&entered.token, Seen::Polling, minute(15))
        .await
        .unwrap();
    assert_eq!(polled.unwrap().state, SessionState::Locked);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_after_twelve_hours_whatever_is_done() {
    let house = House::new().await;
    let mut token = open(&house).await.token;
    for at in (10..720).step_by(10) {
        let here = house.here(&token, minute(at)).await;
        assert_eq!(here.state, SessionState::Open, "{at}");
        if at % 120 == 0 {
            token = house
                .identity
                .prove_again(&here, secret(GOOD), HOME, minute(at))
                .await
                .unwrap()
                .token;
        }
    }
    assert!(
        house
            .maybe_here(&token, second(12 * 3600 - 1))
            .await
            .is_some()
    );
    assert!(house.maybe_here(&token, minute(720)).await.is_none());
    assert!(house.maybe_here(&token, minute(730)).await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn unfinished_signing_in_ends_soon() {
    let house = House::new().await;
    house.ada().await;
    let needs = house.sign_in(GOOD, minute(0)).await.unwrap();
    for at in (0..60).step_by(10) {
        assert_eq!(
            house.state(&needs.token, minute(at)).await,
            Some(SessionState::NeedsSecondFactor)
        );
    }
    assert!(house.maybe_here(&needs.token, minute(60)).await.is_none());
    let again = house.sign_in(GOOD, minute(61)).await.unwrap();
    house.add_app(&again.token, minute(61)).await;
    let awaits = house.sign_in(GOOD, minute(100)).await.unwrap();
    assert_eq!(awaits.state, SessionState::AwaitsSecondFactor);
    assert!(house.maybe_here(&awaits.token, minute(114)).await.is_some());
    assert!(house.maybe_here(&awaits.token, minute(115)).await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn locking_and_signing_out() {
    let house = House::new().await;
    let entered = open(&house).await;
    let here = house.here(&entered.token, minute(1)).await;
    house.identity.lock(&here).await.unwrap();
    assert_eq!(
        house.state(&entered.token, minute(1)).await,
        Some(SessionState::Locked)
    );
    let here = house.here(&entered.token, minute(1)).await;
    house.identity.sign_out(&here, minute(2)).await.unwrap();
    assert!(house.maybe_here(&entered.token, minute(2)).await.is_none());
    house.identity.sign_out(&here, minute(2)).await.unwrap();
    let log = house.log("u1").await;
    assert_eq!(
        log.iter()
            .filter(|one| one.starts_with("signed_out"))
            .count(),
        2,
        "once here, once when she got her password"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_session_is_not_guessed_open() {
    let house = House::new().await;
    let entered = open(&house).await;
    let here = house.here(&entered.token, minute(20)).await;
    for _ in 0..5 {
        let refused = house
            .identity
            .prove_again(&here, secret(WRONG), HOME, minute(20))
            .await;
        assert!(matches!(refused, Err(Refused::NotRight)));
    }
    let refused = house
        .identity
        .prove_again(&here, secret(GOOD), HOME, minute(20))
        .await;
    assert!(matches!(refused, Err(Refused::Wait { .. })));
    let code = house
        .identity
        .enter_code(&here, "123456", HOME, minute(20))
        .await;
    assert!(
        matches!(code, Err(Refused::NotAllowed)),
        "a code alone does not unlock"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_changes_with_every_step_up() {
    let house = House::new().await;
    house.ada().await;
    let mut seen = Vec::new();
    let signed_in = house.sign_in(GOOD, minute(0)).await.unwrap();
    let (_, factor, _) = house.add_app(&signed_in.token, minute(0)).await;
    let here = house.here(&factor.token, minute(1)).await;
    let acting = house
        .identity
        .act_for(&here, "o1", minute(1))
        .await
        .unwrap();
    let here = house.here(&acting.token, minute(1)).await;
    assert_eq!(here.session.organisation.as_deref(), Some("o1"));
    let changed = house
        .identity
        .change_password(&here, secret("some other long words"), minute(2))
        .await
        .unwrap();
    for entered in [&signed_in, &factor, &acting, &changed] {
        assert!(!seen.contains(&entered.token.to_text()));
        seen.push(entered.token.to_text());
    }
    for old in [&signed_in, &factor, &acting] {
        assert!(house.maybe_here(&old.token, minute(2)).await.is_none());
    }
    let here = house.here(&changed.token, minute(2)).await;
    assert_eq!(
        here.session.organisation.as_deref(),
        Some("o1"),
        "and what it stood for stays"
    );
    let gone = house.identity.act_for(&here, "o2", minute(3)).await;
    assert!(gone.is_ok());
    let late = house.identity.act_for(&here, "o3", minute(3)).await;
    assert!(
        matches!(late, Err(Refused::Gone)),
        "two windows: the second comes too late"
    );
}

both!(sessions_are_listed_and_ended, |house: House| async move {
    let entered = open(&house).await;
    let other = house.sign_in(GOOD, minute(1)).await.unwrap();
    let here = house.here(&entered.token, minute(2)).await;
    let listed = house.identity.sessions("u1", minute(2)).await.unwrap();
    assert_eq!(listed.len(), 2);
    let theirs = listed.iter().find(|one| one.id != here.session.id).unwrap();
    house
        .identity
        .end_session(&here, &theirs.id, minute(2))
        .await
        .unwrap();
    assert!(house.maybe_here(&other.token, minute(2)).await.is_none());
    let gone = house
        .identity
        .end_session(&here, &theirs.id, minute(2))
        .await;
    assert!(matches!(gone, Err(Refused::Gone)));

    house.sign_in(GOOD, minute(3)).await.unwrap();
    let ended = house
        .identity
        .end_sessions("u1", Some(&here), Actor::Operator, minute(4))
        .await
        .unwrap();
    assert_eq!(ended, 1);
    assert!(house.maybe_here(&entered.token, minute(4)).await.is_some());
    house
        .identity
        .end_sessions("u1", None, Actor::Operator, minute(5))
        .await
        .unwrap();
    assert!(house.maybe_here(&entered.token, minute(5)).await.is_none());
});

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_disabled_is_out_at_once() {
    let house = House::new().await;
    let entered = open(&house).await;
    let disabled = UserEvent::UserDisabled {
        reason: "left".to_owned(),
    };
    house.tell("u1", disabled).await;
    assert!(house.maybe_here(&entered.token, minute(1)).await.is_none());
    assert!(house.sign_in(GOOD, minute(1)).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn passwords_and_factors_are_changed_by_whoever_has_just_shown_who_they_are() {
    let house = House::new().await;
    let entered = open(&house).await;
    // Half an hour later, and never idle.
    for at in 1..3 {
        house.here(&entered.token, minute(10 * at)).await;
    }
    let here = house.here(&entered.token, minute(21)).await;
    assert_eq!(here.state, SessionState::Open);
    let now = minute(21);
    for refused in [
        house
            .identity
            .change_password(&here, secret("some other long words"), now)
            .await
            .map(drop),
        house.identity.begin_app(&here, now).await.map(drop),
        house.identity.begin_passkey(&here, now).await.map(drop),
        house
            .identity
            .new_recovery_codes(&here, now)
            .await
            .map(drop),
        house.identity.remove_factor(&here, "x", now).await,
    ] {
        assert!(matches!(refused, Err(Refused::ProveAgain)), "{refused:?}");
    }
    let proved = house
        .identity
        .prove_again(&here, secret(GOOD), HOME, now)
        .await
        .unwrap();
    let here = house.here(&proved.token, now).await;
    assert!(house.identity.begin_app(&here, now).await.is_ok());
}
