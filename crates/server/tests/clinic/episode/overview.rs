//! The page of an episode.

use cotreat_care::decide::Act;
use cotreat_care::event::{MedicationRecorded, Said};

use super::*;

both!(
    it_says_what_matters_and_each_line_opens_to_its_source,
    |house: House| async move {
        let mut room = assessed(&house).await;
        let page = room.page("").await.text;
        for heading in [
            "id=\"alarms\"",
            "id=\"contributors\"",
            "id=\"plan\"",
            "id=\"outcome\"",
            "id=\"next\"",
            "id=\"timeline\"",
            "id=\"team\"",
        ] {
            assert!(page.contains(heading), "{heading} in {page}");
        }
        assert!(page.contains("García"), "the patient has a name");
        assert!(page.contains("class=\"ct-evidence\""), "evidence opens");
        assert!(
            page.contains("conditions/") && page.contains("interventions/"),
            "down to the file"
        );
        assert!(page.contains("not certified by a clinician"));
        // A band stands in words.
        assert!(page.contains("likely") || page.contains("possible"));
        // Headings go down one step at a time.
        let mut level = 1;
        for part in page.split("<h").skip(1) {
            let Some(next) = part.chars().next().and_then(|digit| digit.to_digit(10)) else {
                continue;
            };
            assert!(next <= level + 1, "from h{level} to h{next}: {part:.120}");
            level = next;
        }
    }
);

both!(
    an_alarm_is_cleared_by_name_with_a_reason_by_whoever_may,
    |house: House| async move {
        let room = assessed(&house).await;
        record(&house, &room, fact("saddle_sensation_change", Said::Yes)).await;
        let mut max = beside(&house, &room, "max", "massage_therapist").await;
        let page = max.page("").await.text;
        assert!(page.contains("ct-care-card--"), "{page}");
        assert!(page.contains("May be cleared by"), "{page}");
        assert!(
            !page.contains(&format!("action=\"{}\"", max.at("/alarms"))),
            "no form for whoever may not"
        );
        let mut grey = beside(&house, &room, "grey", "emergency_physician").await;
        let page = grey.page("").await.text;
        let mut form = Form::of(&page, &grey.at("/alarms"));
        let condition = form.get("condition").to_owned();
        let refused = grey.send(&form, "").await;
        assert_eq!(
            refused.status, 422,
            "without a reason nothing is cleared: {}",
            refused.text
        );
        assert!(
            refused
                .text
                .contains(&format!("href=\"#reason-{condition}\"")),
            "{}",
            refused.text
        );
        form.set(&format!("reason-{condition}"), "examined, MRI normal today");
        let cleared = grey.send(&form, "").await;
        assert_eq!(cleared.status, 303, "{}", cleared.text);
        let record = read(&house, &grey).await;
        assert_eq!(record.cleared[0].what.reason, "examined, MRI normal today");
        assert_eq!(record.cleared[0].by.name(), "Person grey");
        // Whoever may not is refused even without a form.
        form.set("seen", &version(&house, &max).await.to_string());
        let csrf = max.browser.get("/account").await.hidden("csrf");
        form.set("csrf", &csrf);
        let refused = max.send(&form, "").await;
        assert_eq!(refused.status, 422, "{}", refused.text);
    }
);

both!(answers_are_facts, |house: House| async move {
    let mut room = opened(&house).await;
    let page = room.page("").await.text;
    let mut form = Form::of(&page, &room.at("/answers"));
    let id = house
        .clinic
        .knowledge
        .findings
        .iter()
        .find(|(_, one)| {
            matches!(one.answers, Answers::YesNo { .. })
                && page.contains(&format!("name=\"f-{}\"", one.id))
        })
        .map(|(_, one)| one.id.clone())
        .expect("a question");
    form.set(&format!("f-{id}"), "no");
    let saved = room.send(&form, "").await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    let record = read(&house, &room).await;
    assert_eq!(
        (
            record.facts[0].what.finding.as_str(),
            &record.facts[0].what.value
        ),
        (id.as_str(), &Said::No)
    );
});

both!(
    medicines_are_told_with_their_oral_morphine,
    |house: House| async move {
        let room = assessed(&house).await;
        let mut room = room;
        let mut form = room.form("/medicines").await;
        let opioid = house
            .clinic
            .knowledge
            .medicines
            .iter()
            .find(|(_, one)| {
                one.opioid
                    && one
                        .conversions
                        .iter()
                        .any(|c| c.route == cotreat_knowledge::format::Route::Oral)
            })
            .map(|(_, one)| one.clone())
            .expect("an opioid");
        form.set("medicine", &opioid.id)
            .set("amount", "20")
            .set("from-day", "1")
            .set("from-month", "3")
            .set("from-year", "2026");
        let saved = room.send(&form, "").await;
        assert_eq!(saved.status, 303, "{}", saved.text);
        let record = read(&house, &room).await;
        let taken: &MedicationRecorded = &record.medication[0].what;
        assert_eq!(taken.medicine, opioid.id);
        let page = room.page("").await.text;
        assert!(page.contains("mg of oral morphine a day"), "{page}");
        // A day that never was stays typed and is told at its field.
        let mut wrong = room.form("/medicines").await;
        wrong
            .set("medicine", &opioid.id)
            .set("from-day", "31")
            .set("from-month", "2")
            .set("from-year", "2026");
        let refused = room.send(&wrong, "").await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.text.contains("href=\"#from-day\""),
            "{}",
            refused.text
        );
    }
);

both!(
    what_no_release_understands_is_shown,
    |house: House| async move {
        let mut room = assessed(&house).await;
        let json =
            serde_json::json!({ "act": "ask_question", "question": "q9", "text": "May she swim?" });
        let act: Act = serde_json::from_value(json).unwrap();
        record(&house, &room, act).await;
        let page = room.page("").await.text;
        assert!(page.contains("May she swim?"));
        assert!(page.contains("waits for an answer"));
    }
);
