//! Authenticator apps and recovery codes.

use cotreat_people::event::Actor;
use cotreat_server::identity::picture::picture;
use cotreat_server::identity::{Refused, SessionState};

use crate::support::{ADA, ELSEWHERE, GOOD, HOME, House, code, minute, second, secret};

both!(an_app_is_set_up_and_asked_for, |house: House| async move {
    house.ada().await;
    let entered = house.sign_in(GOOD, minute(0)).await.unwrap();
    let here = house.here(&entered.token, minute(0)).await;
    let app = house.identity.begin_app(&here, minute(0)).await.unwrap();
    assert_eq!(app.secret.len(), 32);
    assert_eq!(
        *app.address,
        format!(
            "otpauth://totp/Cotreat:{ADA}?secret={}&issuer=Cotreat&algorithm=SHA1&digits=6&period=30",
            *app.secret
        )
    );
    let key = data_encoding::BASE32_NOPAD
        .decode(app.secret.as_bytes())
        .unwrap();
    let wrong = house.identity.confirm_app(&here, "000000", minute(0)).await;
    assert!(matches!(wrong, Err(Refused::NotRight)));
    assert_eq!(
        house.state(&entered.token, minute(0)).await,
        Some(SessionState::NeedsSecondFactor),
        "nothing is set up yet"
    );
    let (entered, codes) = house
        .identity
        .confirm_app(&here, &code(&key, minute(0)), minute(0))
        .await
        .unwrap();
    assert_eq!((entered.state, codes.0.len()), (SessionState::Open, 10));

    let entered = house.sign_in(GOOD, minute(2)).await.unwrap();
    assert_eq!(entered.state, SessionState::AwaitsSecondFactor);
    let here = house.here(&entered.token, minute(2)).await;
    let refused = house.identity.act_for(&here, "o1", minute(2)).await;
    assert!(matches!(refused, Err(Refused::NotAllowed)));
    let refused = house.identity.begin_app(&here, minute(2)).await;
    assert!(
        matches!(refused, Err(Refused::NotAllowed)),
        "the second factor is not replaced on the way in"
    );
    let now = code(&key, minute(2));
    let spaced = format!(" {} {} ", &now[..3], &now[3..]);
    let entered = house
        .identity
        .enter_code(&here, &spaced, HOME, minute(2))
        .await
        .unwrap();
    assert_eq!(entered.state, SessionState::Open);
    let log = house.log("u1").await;
    assert_eq!(
        log[log.len() - 2..],
        ["password_right password", "signed_in totp"]
    );
});

both!(a_code_works_once, |house: House| async move {
    house.ada().await;
    let entered = house.sign_in(GOOD, minute(0)).await.unwrap();
    let (key, _, _) = house.add_app(&entered.token, minute(0)).await;
    let enter = |digits: String, now| {
        let house = &house;
        async move {
            let entered = house.sign_in(GOOD, now).await.unwrap();
            let here = house.here(&entered.token, now).await;
            house
                .identity
                .enter_code(&here, &digits, HOME, now)
                .await
                .is_ok()
        }
    };
    assert!(
        !enter(code(&key, minute(0)), second(10)).await,
        "the code it was set up with"
    );
    // Half a minute either way is taken for a slow clock, but never a step that was used, nor one before it.
    assert!(enter(code(&key, minute(5)), second(5 * 60 + 30)).await);
    assert!(!enter(code(&key, minute(5)), second(5 * 60 + 30)).await);
    assert!(!enter(code(&key, minute(5)), second(5 * 60)).await);
    assert!(
        enter(code(&key, second(5 * 60 + 60)), second(5 * 60 + 30)).await,
        "one ahead"
    );
    assert!(
        !enter(code(&key, second(5 * 60 + 30)), second(5 * 60 + 30)).await,
        "now one behind"
    );
    assert!(
        !enter(code(&key, minute(10)), minute(11)).await,
        "a minute is too slow"
    );
});

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_not_guessed() {
    let house = House::new().await;
    house.ada().await;
    let entered = house.sign_in(GOOD, minute(0)).await.unwrap();
    let (key, _, _) = house.add_app(&entered.token, minute(0)).await;
    // Whoever knows the password and comes from many places.
    let mut tried = 0;
    for place in 0..4_u8 {
        let from = std::net::IpAddr::from([9, 9, place, 1]);
        let Ok(entered) = house
            .identity
            .sign_in(ADA, secret(GOOD), from, minute(5))
            .await
        else {
            break;
        };
        let here = house.here(&entered.token, minute(5)).await;
        for guess in 0..6 {
            let wrong = if code(&key, minute(5)).starts_with('1') {
                "9"
            } else {
                "1"
            };
            let guess = format!("{wrong}0000{guess}");
            match house
                .identity
                .enter_code(&here, &guess, from, minute(5))
                .await
            {
                Err(Refused::NotRight) => tried += 1,
                Err(Refused::Wait { .. }) => break,
                other => panic!("{other:?}"),
            }
        }
    }
    assert!(tried <= 11, "{tried} guesses were looked at");
    let entered = house
        .identity
        .sign_in(ADA, secret(GOOD), ELSEWHERE, minute(5))
        .await;
    assert!(
        entered.is_err(),
        "the right password does not start the counting anew"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_code_works_once_and_all_are_replaced_together() {
    let house = House::new().await;
    house.ada().await;
    let entered = house.sign_in(GOOD, minute(0)).await.unwrap();
    let (_, open, codes) = house.add_app(&entered.token, minute(0)).await;
    assert!(
        codes
            .iter()
            .all(|code| code.len() == 27 && code.matches('-').count() == 3),
        "{codes:?}"
    );
    let mut different = codes.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), 10);
    let enter = |text: String, now| {
        let house = &house;
        async move {
            let entered = house.sign_in(GOOD, now).await.unwrap();
            let here = house.here(&entered.token, now).await;
            house
                .identity
                .enter_code(&here, &text, HOME, now)
                .await
                .is_ok()
        }
    };
    assert!(
        enter(codes[0].to_lowercase().replace('-', " "), minute(1)).await,
        "as it was copied by hand"
    );
    assert!(!enter(codes[0].clone(), minute(2)).await);
    assert_eq!(house.identity.factors("u1").await.unwrap().codes, 9);
    let here = house.here(&open.token, minute(3)).await;
    let newer = house
        .identity
        .new_recovery_codes(&here, minute(3))
        .await
        .unwrap();
    assert_eq!(house.identity.factors("u1").await.unwrap().codes, 10);
    assert!(!enter(codes[1].clone(), minute(4)).await);
    assert!(enter(newer.0[0].to_string(), minute(5)).await);
    assert!(!enter("A".repeat(24), minute(6)).await);
    let log = house.log("u1").await;
    assert_eq!(
        log.iter()
            .filter(|one| *one == "recovery_code_used recovery_code")
            .count(),
        2
    );
    assert!(
        log.iter()
            .all(|one| !codes.iter().any(|code| one.contains(code)))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_factor_stays_and_administration_takes_all_away() {
    let house = House::new().await;
    house.ada().await;
    let entered = house.sign_in(GOOD, minute(0)).await.unwrap();
    let (_, open, _) = house.add_app(&entered.token, minute(0)).await;
    let here = house.here(&open.token, minute(1)).await;
    let factors = house.identity.factors("u1").await.unwrap();
    let last = house
        .identity
        .remove_factor(&here, &factors.listed[0].id, minute(1))
        .await;
    assert!(matches!(last, Err(Refused::NotAllowed)));
    house
        .identity
        .take_factors_away("u1", Actor::Operator, minute(2))
        .await
        .unwrap();
    assert!(house.maybe_here(&open.token, minute(2)).await.is_none());
    let entered = house.sign_in(GOOD, minute(3)).await.unwrap();
    assert_eq!(entered.state, SessionState::NeedsSecondFactor);
    assert!(
        house
            .log("u1")
            .await
            .contains(&"second_factors_removed administration".to_owned())
    );
}

#[test]
fn a_picture_of_the_address_is_drawn() {
    let drawn = picture(
        "otpauth://totp/Cotreat:a@example.org?secret=ABC",
        "Code <for> the app",
    )
    .unwrap();
    assert!(drawn.starts_with("<svg") && drawn.ends_with("</svg>"));
    assert!(drawn.contains("<title>Code &lt;for> the app</title>"));
    // The three corners of a QR code: a dark ring of seven, behind a margin of four.
    for corner in ["M4 4h1", "M10 4h1", "M4 10h1"] {
        assert!(drawn.contains(corner), "{corner}");
    }
    assert!(!drawn.contains("M3 ") && !drawn.contains("M5 5h1"));
    assert!(matches!(
        picture(&"x".repeat(5_000), ""),
        Err(Refused::TooLong)
    ));
}
