//! The shared record: opened, changed, changed by two, and asked for twice.

use cotreat_people::Role;
use serde_json::json;

use crate::support::House;
use crate::support::people::Somebody;

/// A patient of the north with an episode; returns both ids.
pub async fn episode(house: &House, by: &Somebody) -> (String, String) {
    let patient = house.patient(by, "García").await;
    let mut browser = house.browser(by).await;
    let opened = browser
        .submit(
            &format!("/patients/{patient}"),
            &format!("/patients/{patient}/episodes"),
            &[("setting", "primary_care")],
        )
        .await;
    assert_eq!(opened.status, 303, "{}", opened.text);
    let episode = opened.place().trim_start_matches("/episodes/").to_owned();
    (patient, episode)
}

/// An act that says something about a finding.
pub fn fact(finding: &str, answer: &str) -> serde_json::Value {
    json!({ "act": "record_facts", "facts": [{ "finding": finding, "value": answer }] })
}

both!(
    a_record_is_opened_and_what_was_shown_is_kept,
    |house: House| async move {
        let physio = house.somebody("pia", "north", Role::Clinician).await;
        let (patient, episode) = episode(&house, &physio).await;
        let mut browser = house.browser(&physio).await;
        let page = browser.get(&format!("/episodes/{episode}")).await;
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(
            page.text.contains("Ask next") || page.text.contains("ask"),
            "{}",
            page.text
        );
        // What was on the screen is on record, byte for byte, under the name that stands beside it.
        let read = house.clinic.store.episode(&episode).await.unwrap().unwrap();
        let shown = &read.record.shown.last().expect("it was shown").what;
        assert!(page.text.contains(&shown.appraisal));
        let kept = house
            .clinic
            .store
            .shown(&patient, &shown.appraisal)
            .await
            .unwrap();
        let kept: serde_json::Value = serde_json::from_slice(&kept.expect("it is kept")).unwrap();
        assert_eq!(kept["schema"], "cotreat.appraisal/1");
        assert_eq!(shown.knowledge, house.clinic.knowledge.hash);
        // Shown again unchanged, it is not kept again; that somebody looked is.
        browser.get(&format!("/episodes/{episode}")).await;
        let again = house.clinic.store.episode(&episode).await.unwrap().unwrap();
        assert_eq!(again.record.shown.len(), read.record.shown.len());
        let person = house
            .clinic
            .person(&house.caller(&physio), &patient)
            .await
            .unwrap();
        let looks = person
            .openings
            .iter()
            .filter(|one| one.what.starts_with("episode/"));
        assert_eq!(looks.count(), 2);
    }
);

both!(
    what_two_people_change_is_not_lost,
    |house: House| async move {
        let (one, other) = (
            house.somebody("pia", "south", Role::Clinician).await,
            house.somebody("tom", "south", Role::Clinician).await,
        );
        let (_, episode) = episode(&house, &one).await;
        let (mut first, mut second) = (house.browser(&one).await, house.browser(&other).await);
        // Looking is no change: the second has the page open while the first writes on the version before.
        assert_eq!(
            second.get(&format!("/episodes/{episode}")).await.status,
            200
        );
        let seen = house
            .clinic
            .store
            .episode(&episode)
            .await
            .unwrap()
            .unwrap()
            .version;
        assert_eq!(first.get(&format!("/episodes/{episode}")).await.status, 200);
        let written = first.act(&episode, seen, fact("fever", "yes"), None).await;
        assert_eq!(written.status, 200, "{}", written.text);
        // Now something did change: the second must look first.
        let refused = second.act(&episode, seen, fact("fever", "no"), None).await;
        assert_eq!(refused.status, 409, "{}", refused.text);
        let says = refused.json()["says"].as_str().unwrap().to_owned();
        assert!(says.contains("Somebody else changed"), "{says}");
        let version = written.json()["version"].as_u64().unwrap();
        let after = second
            .act(&episode, version, fact("fever", "no"), None)
            .await;
        assert_eq!(after.status, 200, "{}", after.text);
        // Both stand in the record.
        let record = house
            .clinic
            .store
            .episode(&episode)
            .await
            .unwrap()
            .unwrap()
            .record;
        assert_eq!(record.facts.len(), 2);
    }
);

both!(
    a_request_that_comes_twice_is_done_once,
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
        let ask = json!({ "act": "ask_question", "question": "q1", "text": "May she swim?" });
        let first = browser
            .act(&episode, seen, ask.clone(), Some("form-7731"))
            .await;
        assert_eq!(
            (first.status, &first.json()["repeated"]),
            (200, &json!(false)),
            "{}",
            first.text
        );
        house.later(3);
        let again = browser.act(&episode, seen, ask, Some("form-7731")).await;
        assert_eq!(
            (again.status, &again.json()["repeated"]),
            (200, &json!(true)),
            "{}",
            again.text
        );
        let record = house
            .clinic
            .store
            .episode(&episode)
            .await
            .unwrap()
            .unwrap()
            .record;
        assert_eq!(record.questions.len(), 1);
        // The same key with other content is somebody's mistake.
        let other = json!({ "act": "ask_question", "question": "q2", "text": "May she run?" });
        let refused = browser.act(&episode, seen, other, Some("form-7731")).await;
        assert_eq!(refused.status, 422, "{}", refused.text);
    }
);

both!(
    the_rules_of_the_clinic_refuse_in_words,
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
        let refused = browser
            .act(&episode, seen, fact("no_such_finding", "yes"), None)
            .await;
        assert_eq!(refused.status, 422, "{}", refused.text);
        let told = refused.json();
        assert_eq!(told["refusal"]["refused"], "not_known_here");
        assert!(told["says"].as_str().unwrap().contains("no_such_finding"));
        // What cannot be read is said, with the place.
        let bad = browser
            .act(&episode, seen, json!({ "act": "fly" }), None)
            .await;
        assert_eq!(bad.status, 400, "{}", bad.text);
        assert!(bad.text.contains("fly"));
    }
);

both!(
    training_comes_from_the_directory_whatever_is_sent,
    |house: House| async move {
        let physio = house.somebody("pia", "north", Role::Clinician).await;
        let (_, episode) = episode(&house, &physio).await;
        let mut browser = house.browser(&physio).await;
        // Advice and exercise need no consent to risks: the first technique that is let through will do.
        for (_, technique) in house.clinic.knowledge.techniques.iter() {
            let seen = house
                .clinic
                .store
                .episode(&episode)
                .await
                .unwrap()
                .unwrap()
                .version;
            let session = json!({
                "act": "record_session", "session": "s1",
                "did": { "began": "2026-03-02T07:30:00Z", "minutes": 20, "work": [{ "technique": technique.id }], "response": {} },
                "experience": { "training_hours": 99_999, "years_of_practice": 90 },
            });
            let answer = browser.act(&episode, seen, session, None).await;
            if answer.status == 200 {
                let record = house
                    .clinic
                    .store
                    .episode(&episode)
                    .await
                    .unwrap()
                    .unwrap()
                    .record;
                let told = record.sessions["s1"].experience;
                assert_eq!(
                    (told.training_hours, told.years_of_practice),
                    (Some(2_200), Some(16))
                );
                return;
            }
            assert_eq!(answer.status, 422, "{}", answer.text);
        }
        panic!("no technique was let through");
    }
);
