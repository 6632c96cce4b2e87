//! Nothing that is typed is lost: two people, two windows, a session that ended, a server that began anew.

use std::sync::Arc;

use cotreat_access::Access;
use cotreat_care::event::Said;
use cotreat_server::clinic::Clinic;
use cotreat_server::identity::settings::SecondFactor;
use cotreat_server::identity::{Identity, Settings};
use cotreat_server::web::{self, App};

use super::*;
use crate::support::ORIGIN;

/// A server that began anew on the same database.
fn begun_anew(house: &House) -> axum::Router {
    let old = &house.clinic;
    let access = Arc::new(Access::load().expect("policies"));
    let clock = Arc::clone(&house.clock) as Arc<dyn cotreat_server::clock::Clock>;
    let clinic = Arc::new(Clinic::new(
        Arc::clone(&old.store),
        access,
        Arc::clone(&old.knowledge),
        clock,
    ));
    let mut settings = Settings::new(ORIGIN);
    settings.second_factor = SecondFactor::Optional;
    let identity = Identity::new(Arc::clone(&old.store), settings).expect("settings");
    web::router(App {
        clinic,
        identity: Arc::new(identity),
        ..house.app.clone()
    })
}

both!(two_people_see_both_versions, |house: House| async move {
    let mut pia = assessed(&house).await;
    let tom = beside(&house, &pia, "tom", "physiotherapist").await;
    let mut form = pia.form("/plan").await;
    form.set("goals", "the garden of pia");
    record(&house, &tom, fact("fever", Said::No)).await;
    let conflict = pia.send(&form, "agree").await;
    assert_eq!(conflict.status, 409, "{}", conflict.text);
    assert!(
        conflict
            .text
            .contains("Somebody else wrote in this record meanwhile")
    );
    assert!(
        conflict.text.contains("Person tom"),
        "what they wrote is shown: {}",
        conflict.text
    );
    assert!(
        conflict.text.contains("the garden of pia"),
        "and what was typed"
    );
    // Sent again, having seen both, it is agreed.
    let again = Form::of(&conflict.text, &pia.at("/plan"));
    assert_eq!(again.get("goals"), "the garden of pia");
    let agreed = pia.send(&again, "agree").await;
    assert_eq!(agreed.status, 303, "{}", agreed.text);
});

both!(
    small_forms_tell_of_a_change_too,
    |house: House| async move {
        let mut pia = assessed(&house).await;
        let tom = beside(&house, &pia, "tom", "physiotherapist").await;
        let page = pia.page("").await.text;
        let mut form = Form::of(&page, &pia.at("/answers"));
        let name = form_field(&page);
        form.set(&name, "?");
        record(&house, &tom, fact("fever", Said::No)).await;
        let conflict = pia.send(&form, "").await;
        assert_eq!(conflict.status, 409, "{}", conflict.text);
        assert!(conflict.text.contains("Person tom"));
    }
);

fn form_field(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"f-").expect("a question");
    format!("f-{}", rest.split('"').next().unwrap())
}

both!(
    two_windows_of_one_person_see_both_versions,
    |house: House| async move {
        let mut room = assessed(&house).await;
        let mut one = room.form("/plan").await;
        let mut other = one.clone();
        one.set("goals", "typed in the first window");
        other.set("goals", "typed in the second window");
        assert_eq!(room.send(&one, "keep").await.status, 303);
        let conflict = room.send(&other, "keep").await;
        assert_eq!(conflict.status, 409, "{}", conflict.text);
        assert!(
            conflict.text.contains("typed in the first window")
                && conflict.text.contains("typed in the second window")
        );
        // What is sent next takes the place of the other.
        let again = Form::of(&conflict.text, &room.at("/plan"));
        assert_eq!(room.send(&again, "keep").await.status, 303);
        assert_eq!(
            room.form("/plan").await.get("goals"),
            "typed in the second window"
        );
    }
);

both!(
    a_draft_outlives_the_session_and_the_server,
    |house: House| async move {
        let mut room = assessed(&house).await;
        let mut form = room.form("/session").await;
        form.set("home", "half typed").set("technique-0", LIGHT);
        // As the script keeps it.
        let fields: Vec<(&str, &str)> = form
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let kept = room
            .browser
            .post(&room.at("/drafts/session"), &fields)
            .await;
        assert_eq!(
            (kept.status, kept.json()["version"].as_u64()),
            (200, Some(1)),
            "{}",
            kept.text
        );
        // The same window keeps on with the version it was told; a stale one is told.
        let stale = room
            .browser
            .post(&room.at("/drafts/session"), &fields)
            .await;
        assert_eq!(stale.status, 409, "{}", stale.text);
        // The session ends, the server begins anew, the person signs in again.
        let router = begun_anew(&house);
        let mut browser = crate::support::browser::Browser::new(&router);
        let signed_in = browser
            .post(
                "/sign-in",
                &[
                    ("email", &room.who.email),
                    ("password", crate::support::people::PASSWORD),
                ],
            )
            .await;
        assert_eq!(signed_in.status, 303, "{}", signed_in.text);
        let page = browser.get(&room.at("/session")).await;
        assert_eq!(page.status, 200, "{}", page.text);
        let back = Form::of(&page.text, &room.at("/session"));
        assert_eq!(
            (back.get("home"), back.get("technique-0")),
            ("half typed", LIGHT)
        );
        assert!(page.text.contains("have not sent it"), "{}", page.text);
        // Nobody else sees it.
        let mut tom = beside(&house, &room, "tom", "physiotherapist").await;
        assert!(!tom.page("/session").await.text.contains("half typed"));
        // Signed, it is gone.
        let mut form = back;
        form.set("minutes", "20")
            .set("pain-before", "3")
            .set("pain-after", "2")
            .set("spread", "no");
        let signed = form.send(&mut browser, "sign").await;
        assert_eq!(signed.status, 303, "{}", signed.text);
        let after = browser.get(&room.at("/session")).await.text;
        assert!(!after.contains("have not sent it"));
    }
);
