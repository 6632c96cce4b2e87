//! Signing in by the pages: password, second factor, several organisations, roles that end.

use cotreat_people::Role;
use cotreat_people::event::{Actor, Recorded, UserEvent, VERSION};
use cotreat_store::Expected;
use cotreat_store::clinic::batch;

use crate::support::browser::Browser;
use crate::support::people::PASSWORD;
use crate::support::{House, morning};

both!(
    wrong_names_and_wrong_passwords_look_the_same,
    |house: House| async move {
        let owner = house.somebody("olga", "north", Role::Owner).await;
        house.browser(&owner).await;
        let mut stranger = Browser::new(&house.router);
        let wrong = stranger
            .post(
                "/sign-in",
                &[("email", &owner.email), ("password", "not this one at all")],
            )
            .await;
        let nobody = stranger
            .post(
                "/sign-in",
                &[
                    ("email", "nobody@north.example.org"),
                    ("password", "not this one at all"),
                ],
            )
            .await;
        assert_eq!((wrong.status, nobody.status), (401, 401));
        let without = |text: &str, email: &str| text.replace(email, "");
        assert_eq!(
            without(&wrong.text, &owner.email),
            without(&nobody.text, "nobody@north.example.org")
        );
        assert!(
            wrong.text.contains(&owner.email),
            "the address that was typed stays"
        );
        assert!(
            !wrong.text.contains("not this one at all"),
            "the password does not"
        );
        let right = stranger
            .post(
                "/sign-in",
                &[("email", &owner.email), ("password", PASSWORD)],
            )
            .await;
        assert_eq!((right.status, right.place()), (303, "/"), "{}", right.text);
        assert_eq!(stranger.get("/members").await.status, 200);
    }
);

both!(guessing_is_slowed_down, |house: House| async move {
    let owner = house.somebody("olga", "north", Role::Owner).await;
    house.browser(&owner).await;
    let mut thief = Browser::new(&house.router);
    for _ in 0..5 {
        thief
            .post(
                "/sign-in",
                &[("email", &owner.email), ("password", "wrong wrong wrong")],
            )
            .await;
    }
    let waits = thief
        .post(
            "/sign-in",
            &[("email", &owner.email), ("password", PASSWORD)],
        )
        .await;
    assert_eq!(waits.status, 429, "{}", waits.text);
    // From elsewhere its owner still gets in.
    let mut own = Browser::new(&house.router);
    own.from = "198.51.100.9".to_owned();
    let right = own
        .post(
            "/sign-in",
            &[("email", &owner.email), ("password", PASSWORD)],
        )
        .await;
    assert_eq!(right.status, 303, "{}", right.text);
});

both!(
    one_acts_for_one_organisation_at_a_time,
    |house: House| async move {
        let both = house.somebody("bea", "north", Role::Clinician).await;
        let grant = Recorded {
            version: VERSION,
            by: Actor::Operator,
            at: morning(),
            event: UserEvent::RoleGranted {
                organisation: "south".to_owned(),
                role: Role::FrontDesk,
            },
        };
        let batch = batch::user("bea", Expected::Any, &[grant]).unwrap();
        house.clinic.store.append(&batch, None).await.unwrap();
        let mut browser = house.browser(&both).await;
        let first = browser.get("/").await;
        assert_eq!((first.status, first.place()), (303, "/organisations"));
        let page = browser.get("/organisations").await;
        assert!(page.text.contains("Clinic north") && page.text.contains("Clinic south"));
        let nowhere = browser
            .submit(
                "/organisations",
                "/organisations",
                &[("organisation", "east")],
            )
            .await;
        assert_eq!(nowhere.status, 404);
        let chosen = browser
            .submit(
                "/organisations",
                "/organisations",
                &[("organisation", "south")],
            )
            .await;
        assert_eq!(
            (chosen.status, chosen.place()),
            (303, "/"),
            "{}",
            chosen.text
        );
        // There they are at the front desk, and nothing clinical is theirs.
        let refused = browser
            .submit(
                "/account",
                "/patients/x/glass",
                &[("reason", "an emergency in the waiting room")],
            )
            .await;
        assert!(matches!(refused.status, 403 | 404), "{}", refused.text);
    }
);

both!(a_role_that_ends_ends_at_once, |house: House| async move {
    let owner = house.somebody("olga", "north", Role::Owner).await;
    let desk = house.somebody("dora", "north", Role::FrontDesk).await;
    let (mut boss, mut browser) = (house.browser(&owner).await, house.browser(&desk).await);
    assert_eq!(browser.get("/patients").await.status, 200);
    let done = boss
        .submit(
            "/members/dora",
            "/members/dora/withdraw",
            &[("role", "front_desk"), ("reason", "left us")],
        )
        .await;
    assert_eq!(done.status, 303, "{}", done.text);
    assert_eq!(browser.get("/patients").await.status, 303);
    // The last owner stays.
    let last = boss
        .submit(
            "/members/olga",
            "/members/olga/withdraw",
            &[("role", "owner"), ("reason", "tired")],
        )
        .await;
    assert_eq!(last.status, 422, "{}", last.text);
    // Nobody changes people of elsewhere.
    house.somebody("sam", "south", Role::Clinician).await;
    let elsewhere = boss
        .submit(
            "/members/olga",
            "/members/sam/withdraw",
            &[("role", "clinician"), ("reason", "no")],
        )
        .await;
    assert_eq!(elsewhere.status, 404);
});

both!(
    somebody_new_chooses_a_password_once,
    |house: House| async move {
        let owner = house.somebody("olga", "north", Role::Owner).await;
        let mut boss = house.browser(&owner).await;
        let added = boss
            .submit(
                "/members/new",
                "/members",
                &[
                    ("name", "Nina New"),
                    ("email", "nina@north.example.org"),
                    ("profession", "physiotherapist"),
                    ("practising_since", "2015"),
                    ("role", "clinician"),
                ],
            )
            .await;
        assert_eq!(added.status, 200, "{}", added.text);
        let (_, rest) = added.text.split_once("/set-up/").expect("a link");
        let link = format!("/set-up/{}", rest.split('<').next().unwrap());
        let mut nina = Browser::new(&house.router);
        assert_eq!(nina.get(&link).await.status, 200);
        let short = nina.post(&link, &[("password", "short")]).await;
        assert_eq!(short.status, 422, "{}", short.text);
        let common = nina.post(&link, &[("password", "123456789012")]).await;
        assert_eq!(common.status, 422, "{}", common.text);
        let chosen = nina.post(&link, &[("password", PASSWORD)]).await;
        assert_eq!(chosen.status, 303, "{}", chosen.text);
        assert_eq!(nina.get("/").await.status, 200);
        assert_eq!(
            nina.post(&link, &[("password", "another violet harbour lantern")])
                .await
                .status,
            410
        );
        let unknown = boss
            .submit(
                "/members/new",
                "/members",
                &[
                    ("name", "X"),
                    ("email", "x@north.example.org"),
                    ("profession", "wizard"),
                    ("role", "clinician"),
                ],
            )
            .await;
        assert_eq!(unknown.status, 422, "{}", unknown.text);
    }
);
