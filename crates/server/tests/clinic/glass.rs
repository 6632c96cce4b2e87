//! Who may not see a record does not learn that there is one; a clinician may break the glass, and everybody learns of that.

use cotreat_people::Role;

use crate::record::episode;
use crate::support::House;

const REASON: &str = "Collapsed in our waiting room, medicines unknown";

both!(
    the_glass_opens_the_record_for_four_hours,
    |house: House| async move {
        let physio = house.somebody("pia", "north", Role::Clinician).await;
        let owner = house.somebody("olga", "north", Role::Owner).await;
        let stranger = house.somebody("sam", "south", Role::Clinician).await;
        let (patient, episode) = episode(&house, &physio).await;
        house
            .clinic
            .name_privacy_officer(&house.caller(&owner), "olga".to_owned())
            .await
            .unwrap();
        let mut browser = house.browser(&stranger).await;
        let page = format!("/patients/{patient}");
        // A patient that exists and one that does not look the same.
        let (there, nowhere) = (
            browser.get(&page).await,
            browser
                .get("/patients/0190a0a0-0000-7000-8000-000000000000")
                .await,
        );
        assert_eq!((there.status, nowhere.status), (404, 404));
        let same = |text: &str| {
            text.replace(&patient, "ID")
                .replace("0190a0a0-0000-7000-8000-000000000000", "ID")
                .split("name=\"csrf\"")
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        assert_eq!(same(&there.text), same(&nowhere.text));
        assert_eq!(
            browser.get(&format!("/episodes/{episode}")).await.status,
            404
        );
        // A reason that says nothing opens nothing.
        let csrf = there.hidden("csrf");
        let thin = browser
            .post(
                &format!("{page}/glass"),
                &[("csrf", &csrf), ("reason", "because")],
            )
            .await;
        assert_eq!(thin.status, 422, "{}", thin.text);
        let broken = browser
            .post(
                &format!("{page}/glass"),
                &[("csrf", &csrf), ("reason", REASON)],
            )
            .await;
        assert_eq!(broken.status, 303, "{}", broken.text);
        assert_eq!(
            browser.get(&format!("/episodes/{episode}")).await.status,
            200
        );
        // The privacy officer is told, without a name in the message.
        let told = house.clinic.store.due(house.now(), 10).await.unwrap();
        let told: Vec<_> = told
            .iter()
            .filter(|one| one.topic == "glass_broken")
            .collect();
        assert_eq!(told.len(), 1);
        let body = String::from_utf8_lossy(&told[0].body).into_owned();
        assert!(body.contains("olga") && !body.contains("García"), "{body}");
        // The patient sees it on their own page, with the reason.
        let own = house
            .clinic
            .person(&house.own(&patient), &patient)
            .await
            .unwrap();
        assert_eq!(own.glass.len(), 1);
        assert_eq!(own.glass[0].reason, REASON);
        // After four hours it is over. (Nobody's session lasts that long without a request: sign in again.)
        house.later(4 * 60);
        let mut later = house.browser(&stranger).await;
        assert_eq!(later.get(&format!("/episodes/{episode}")).await.status, 404);
    }
);

both!(
    the_front_desk_and_owners_cannot_break_it,
    |house: House| async move {
        let physio = house.somebody("pia", "north", Role::Clinician).await;
        let (patient, _) = episode(&house, &physio).await;
        for (id, role) in [
            ("dora", Role::FrontDesk),
            ("olga", Role::Owner),
            ("rosa", Role::Researcher),
        ] {
            let who = house.somebody(id, "south", role).await;
            let mut browser = house.browser(&who).await;
            let csrf = browser.get("/account").await.hidden("csrf");
            let place = format!("/patients/{patient}/glass");
            let refused = browser
                .post(&place, &[("csrf", &csrf), ("reason", REASON)])
                .await;
            assert!(
                matches!(refused.status, 403 | 404),
                "{id}: {} {}",
                refused.status,
                refused.text
            );
        }
    }
);

both!(
    leaving_the_care_team_ends_access,
    |house: House| async move {
        let physio = house.somebody("pia", "north", Role::Clinician).await;
        let (_, episode) = episode(&house, &physio).await;
        let mut browser = house.browser(&physio).await;
        let seen = house
            .clinic
            .store
            .episode(&episode)
            .await
            .unwrap()
            .unwrap()
            .version;
        let leave = serde_json::json!({ "act": "leave_care_team", "practitioner": "pia", "reason": "moves away" });
        let left = browser.act(&episode, seen, leave, None).await;
        assert_eq!(left.status, 200, "{}", left.text);
        assert_eq!(
            browser.get(&format!("/episodes/{episode}")).await.status,
            404
        );
    }
);

both!(erasing_leaves_nothing_to_find, |house: House| async move {
    let physio = house.somebody("pia", "north", Role::Clinician).await;
    let owner = house.somebody("olga", "north", Role::Owner).await;
    let (patient, episode) = episode(&house, &physio).await;
    let mut browser = house.browser(&physio).await;
    assert!(
        browser
            .get("/patients?q=garcia")
            .await
            .text
            .contains("García")
    );
    house
        .clinic
        .erase(
            &house.caller(&owner),
            &patient,
            "the patient, in writing",
            "no duty to keep it",
        )
        .await
        .unwrap();
    assert!(
        !browser
            .get("/patients?q=garcia")
            .await
            .text
            .contains("García")
    );
    assert_eq!(
        browser.get(&format!("/episodes/{episode}")).await.status,
        404
    );
    let verdict = house.clinic.store.verify(&[], &mut |_| ()).await.unwrap();
    assert!(verdict.is_fine(), "{verdict:?}");
});
