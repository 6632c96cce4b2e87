//! The front desk: a diary becomes today's list, what is due is chased, and nothing clinical is on its pages.

use cotreat_access::Action;
use cotreat_access::Resource;
use cotreat_people::Role;
use serde_json::json;

use crate::record::episode;
use crate::support::House;
use crate::support::people::{Somebody, identity};

/// A patient whom the other program knows by a number.
async fn numbered(house: &House, by: &Somebody, name: &str, number: &str) -> String {
    let mut who = identity(name);
    who.number_elsewhere = Some(number.to_owned());
    who.given_name = "Bo".to_owned();
    let registered = house.clinic.register(&house.caller(by), who, true).await;
    match registered.expect("registered") {
        cotreat_server::clinic::Registered::New(id) => id,
        cotreat_server::clinic::Registered::Alike(_) => panic!("it is somebody else"),
    }
}

const DIARY: &str = "date,time,name,born,number,with\n\
    2026-03-02,09:30,Ana García,1980-05-01,,Dr Lee\n\
    2026-03-02,10:00,somebody,,A-17,\n\
    2026-03-02,11:00,Zoe Unknown,1990-01-01,,\n\
    2026-03-03,08:00,Ana Garcia,01.05.1980,,\n\
    not a day,08:00,Nobody,,,\n";

both!(a_diary_becomes_todays_list, |house: House| async move {
    let desk = house.somebody("dora", "north", Role::FrontDesk).await;
    let ana = house.patient(&desk, "García").await;
    let bo = numbered(&house, &desk, "Berg", "a17").await;
    let mut browser = house.browser(&desk).await;
    let read = browser
        .send_file("/today", "/today", "diary.csv", DIARY)
        .await;
    assert_eq!(read.status, 303, "{}", read.text);
    assert_eq!(
        read.place(),
        "/today?day=2026-03-02&known=3&unknown=1&unread=6"
    );
    let today = browser.get(read.place()).await;
    assert_eq!(today.status, 200, "{}", today.text);
    assert!(
        today
            .text
            .contains("3 appointments of your patients, 1 of people")
    );
    assert!(today.text.contains("could not be read: 6"));
    for patient in [&ana, &bo] {
        assert!(
            today
                .text
                .contains(&format!("href=\"/patients/{patient}\""))
        );
    }
    assert!(today.text.contains("Zoe Unknown") && today.text.contains("not registered"));
    // The same file once more counts once.
    browser
        .send_file("/today", "/today", "diary.csv", DIARY)
        .await;
    let again = browser.get("/today").await;
    assert!(
        again.text.contains("3 appointments</caption>"),
        "{}",
        again.text
    );

    // Whoever is not registered is registered with what the diary knows, and is known from then on.
    let place = again
        .text
        .split("action=\"/today/")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a form");
    let asked = browser
        .submit("/today", &format!("/today/{place}"), &[])
        .await;
    assert_eq!(asked.status, 200, "{}", asked.text);
    for filled in ["value=\"Zoe\"", "value=\"Unknown\"", "value=\"1990\""] {
        assert!(asked.text.contains(filled), "{filled} {}", asked.text);
    }
    let csrf = asked.hidden("csrf");
    let registered = browser
        .post(
            "/patients",
            &[
                ("csrf", csrf.as_str()),
                ("given_name", "Zoe"),
                ("family_name", "Unknown"),
                ("born-day", "1"),
                ("born-month", "1"),
                ("born-year", "1990"),
            ],
        )
        .await;
    assert_eq!(registered.status, 201, "{}", registered.text);
    let known = browser.get("/today").await;
    assert!(!known.text.contains("not registered"), "{}", known.text);

    // Erased, nobody is in the diary any more.
    let owner = house.somebody("olga", "north", Role::Owner).await;
    let erased = house
        .clinic
        .erase(
            &house.caller(&owner),
            &ana,
            "the patient",
            "consent withdrawn",
        )
        .await;
    erased.expect("erased");
    let left = browser.get("/today").await;
    assert!(!left.text.contains("García"), "{}", left.text);
    assert!(
        left.text.contains("2 appointments</caption>"),
        "{}",
        left.text
    );
});

both!(nobody_elses_diary_is_read, |house: House| async move {
    let north = house.somebody("dora", "north", Role::FrontDesk).await;
    let south = house.somebody("dirk", "south", Role::FrontDesk).await;
    house.patient(&north, "García").await;
    let mut browser = house.browser(&north).await;
    browser
        .send_file("/today", "/today", "diary.csv", DIARY)
        .await;
    let mut other = house.browser(&south).await;
    let theirs = other.get("/today").await;
    assert_eq!(theirs.status, 200);
    assert!(!theirs.text.contains("García") && theirs.text.contains("Nobody is in the diary"));
    // The patient of the north is not known in the south.
    let read = other
        .send_file("/today", "/today", "diary.csv", DIARY)
        .await;
    assert!(
        read.place().contains("known=0&unknown=4"),
        "{}",
        read.place()
    );
    // Two weeks later it is gone.
    house.later(15 * 24 * 60);
    house.clinic.store.sweep(house.now()).await.expect("swept");
    let kept = house
        .clinic
        .store
        .diary("north", "2026-03-02".parse().unwrap())
        .await;
    assert_eq!(kept.expect("asked"), []);
});

both!(only_a_diary_is_read, |house: House| async move {
    let desk = house.somebody("dora", "north", Role::FrontDesk).await;
    let mut browser = house.browser(&desk).await;
    let long = "date,name\n".to_owned() + &"2026-03-02,Ana\n".repeat(600);
    for (name, content, says) in [
        ("diary.exe", "date,name\n", "neither in .ics nor in .csv"),
        ("diary.csv", "when,who\n", "must name the columns"),
        ("diary.csv", "", "no text in UTF-8"),
        (
            "diary.csv",
            "date,name\n2026-03-02,A\u{7}na\n",
            "no text in UTF-8",
        ),
        ("diary.ics", "date,name\n", "it is no calendar"),
        ("diary.csv", long.as_str(), "more than 500 appointments"),
    ] {
        let answer = browser.send_file("/today", "/today", name, content).await;
        assert_eq!(answer.status, 422, "{name} {}", answer.text);
        assert!(answer.text.contains(says), "{name} {says} {}", answer.text);
    }
    let large = "x".repeat(3 << 20);
    let answer = browser
        .send_file("/today", "/today", "diary.csv", &large)
        .await;
    assert!(matches!(answer.status, 400 | 413), "{}", answer.status);
});

both!(a_diary_is_for_the_desk, |house: House| async move {
    for (at, role) in Role::ALL.into_iter().enumerate() {
        let who = house.somebody(&format!("u{at}"), "north", role).await;
        let mut browser = house.browser(&who).await;
        let csrf = browser.get("/account").await.hidden("csrf");
        let may = house
            .clinic
            .access
            .decide(
                &house.caller(&who).viewer,
                Action::RegisterPatient,
                &Resource::organisation("north"),
            )
            .allowed;
        let answer = browser
            .send_file_with(&csrf, "/today", "diary.csv", DIARY)
            .await;
        let expected = if may { 303 } else { 403 };
        assert_eq!(answer.status, expected, "{role}: {}", answer.text);
        // Without the token of the session it is nobody's form.
        let forged = browser
            .send_file_with("x", "/today", "diary.csv", DIARY)
            .await;
        assert_eq!(forged.status, 403, "{role}");
    }
});

/// The id of an instrument that a patient can answer by a link.
fn instrument(house: &House) -> String {
    let first = house.clinic.to_be_answered().next();
    first.expect("the knowledge has one").to_owned()
}

both!(what_is_due_is_chased, |house: House| async move {
    let physio = house.somebody("pia", "north", Role::Clinician).await;
    let desk = house.somebody("dora", "north", Role::FrontDesk).await;
    let (patient, episode) = episode(&house, &physio).await;
    let mut browser = house.browser(&desk).await;
    let page = browser.get(&format!("/patients/{patient}")).await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(page.text.contains("Send the intake"), "{}", page.text);
    let id = instrument(&house);
    let request = "request-key-1";
    let csrf = page.hidden("csrf");
    let fields = [
        ("csrf", csrf.as_str()),
        ("request", request),
        ("episode", episode.as_str()),
        ("instrument", id.as_str()),
        ("wave", "week_2"),
        ("due-day", "4"),
        ("due-month", "3"),
        ("due-year", "2026"),
    ];
    let place = format!("/patients/{patient}/assign");
    for _ in 0..2 {
        let asked = browser.post(&place, &fields).await;
        assert_eq!(asked.status, 303, "{}", asked.text);
    }
    // Sent twice, it is asked for once.
    let record = house.clinic.store.episode(&episode).await.unwrap().unwrap();
    assert_eq!(record.record.assignments.len(), 1);
    assert!(
        !browser
            .get("/chase")
            .await
            .text
            .contains("questionnaire is overdue")
    );

    house.later(3 * 24 * 60);
    let mut browser = house.browser(&desk).await;
    let chase = browser.get("/chase").await;
    assert!(
        chase.text.contains("One questionnaire is overdue"),
        "{}",
        chase.text
    );
    assert!(chase.text.contains("Week 2") && chase.text.contains("not sent"));
    let assignment = record.record.assignments.keys().next().unwrap().clone();
    let sent = browser
        .submit(
            "/chase",
            &format!("/episodes/{episode}/task-link"),
            &[("assignment", &assignment)],
        )
        .await;
    assert_eq!(sent.status, 200, "{}", sent.text);
    assert!(house.last_mail().await.contains("/t/"));
    let again = browser.get("/chase").await;
    assert!(again.text.contains("Send again"), "{}", again.text);

    // Another organisation chases nobody here.
    let south = house.somebody("dirk", "south", Role::FrontDesk).await;
    let theirs = house.browser(&south).await.get("/chase").await;
    assert!(
        theirs.text.contains("Nothing is overdue"),
        "{}",
        theirs.text
    );

    // Answered, it is not due any more.
    let answers: serde_json::Map<String, serde_json::Value> = house
        .clinic
        .knowledge
        .instruments
        .get(&id)
        .expect("it is known")
        .items
        .iter()
        .map(|item| (item.id.clone(), json!(f64::from(item.min))))
        .collect();
    let read = house.clinic.store.episode(&episode).await.unwrap().unwrap();
    let act = json!({ "act": "answer_instrument", "assignment": assignment, "instrument": id, "answers": answers,
        "mode": "paper", "answered_by": "patient" });
    let done = browser.act(&episode, read.version, act, None).await;
    assert_eq!(done.status, 200, "{}", done.text);
    assert!(
        !browser
            .get("/chase")
            .await
            .text
            .contains("questionnaire is overdue")
    );
});

both!(
    a_referral_that_waits_too_long_is_chased,
    |house: House| async move {
        let physio = house.somebody("pia", "north", Role::Clinician).await;
        let desk = house.somebody("dora", "north", Role::FrontDesk).await;
        let (_, episode) = episode(&house, &physio).await;
        let mut treating = house.browser(&physio).await;
        let to = house
            .clinic
            .knowledge
            .professions
            .iter()
            .map(|(_, one)| one)
            .find(|one| one.id != "physiotherapist")
            .expect("another profession");
        let content: serde_json::Map<String, serde_json::Value> = to
            .referral_content
            .iter()
            .map(|what| (what.clone(), json!("told")))
            .collect();
        let act = json!({ "act": "draft_referral", "referral": "r1",
            "draft": { "to": { "profession": to.id }, "content": content } });
        let version = house
            .clinic
            .store
            .episode(&episode)
            .await
            .unwrap()
            .unwrap()
            .version;
        let drafted = treating.act(&episode, version, act.clone(), None).await;
        assert_eq!(drafted.status, 200, "{}", drafted.text);
        let id = json!("r1");
        let sent = treating
            .act(
                &episode,
                version + 1,
                json!({ "act": "send_referral", "referral": id }),
                None,
            )
            .await;
        assert_eq!(sent.status, 200, "{}", sent.text);
        assert!(
            !house
                .browser(&desk)
                .await
                .get("/chase")
                .await
                .text
                .contains("waits too long")
        );
        house.later(60 * 24 * 60);
        let chase = house.browser(&desk).await.get("/chase").await;
        assert!(
            chase.text.contains("One referral waits too long"),
            "{}",
            chase.text
        );
        assert!(chase.text.contains("sent, no answer"), "{}", chase.text);
    }
);

both!(the_desk_sees_nothing_clinical, |house: House| async move {
    let physio = house.somebody("pia", "north", Role::Clinician).await;
    let desk = house.somebody("dora", "north", Role::FrontDesk).await;
    let (patient, episode) = episode(&house, &physio).await;
    let finding = house
        .clinic
        .knowledge
        .findings
        .iter()
        .map(|(_, one)| one)
        .find(|one| {
            one.ask.is_some()
                && matches!(one.answers, cotreat_knowledge::model::Answers::YesNo { .. })
        })
        .expect("a question");
    let mut treating = house.browser(&physio).await;
    let done = treating
        .act(&episode, 1, crate::record::fact(&finding.id, "yes"), None)
        .await;
    assert_eq!(done.status, 200, "{}", done.text);
    let mut browser = house.browser(&desk).await;
    for place in [
        "/",
        "/today",
        "/chase",
        &format!("/patients/{patient}"),
        "/patients?q=garcia",
    ] {
        let page = browser.get(place).await;
        assert_eq!(page.status, 200, "{place}");
        for clinical in [finding.name.as_str(), finding.id.as_str(), "primary_care"] {
            let chosen = page.text.contains("value=\"primary_care\"");
            assert!(
                (chosen && clinical == "primary_care") || !page.text.contains(clinical),
                "{clinical} on {place}"
            );
        }
        assert!(
            !page.text.contains(&format!("/episodes/{episode}\"")),
            "{place}"
        );
    }
    assert_eq!(
        browser.get(&format!("/episodes/{episode}")).await.status,
        403
    );
});
