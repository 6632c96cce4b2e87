//! The patient's own page: what they say there is written once, and nothing of anybody else is there. And several questionnaires by one link.

use cotreat_people::Role;
use serde_json::json;

use crate::links::shown;
use crate::record::episode;
use crate::support::House;
use crate::support::browser::Browser;
use crate::support::people::Somebody;

/// A telephone on which the own page is open.
async fn own(house: &House, physio: &Somebody, patient: &str) -> Browser {
    let mut staff = house.browser(physio).await;
    let made = staff
        .submit("/account", &format!("/patients/{patient}/page-link"), &[])
        .await;
    let link = shown(&made.text, "p");
    let mut phone = Browser::new(&house.router);
    assert_eq!(phone.post(&link, &[]).await.status, 200);
    let mail = house.last_mail().await;
    let mut words = mail.split(|c: char| !c.is_ascii_digit());
    let code = words
        .find(|word| word.len() == 8)
        .expect("a code")
        .to_owned();
    let open = phone
        .post(&format!("{link}/open"), &[("code", &code)])
        .await;
    assert_eq!(
        (open.status, open.place()),
        (303, "/my-record"),
        "{}",
        open.text
    );
    phone
}

both!(
    a_question_is_asked_once_and_its_answer_is_there,
    |house: House| async move {
        let physio = house.somebody("pia", "north", Role::Clinician).await;
        let (patient, episode) = episode(&house, &physio).await;
        let mut phone = own(&house, &physio, &patient).await;
        let page = phone.get("/my-record").await;
        assert!(
            page.text.contains("No plan has been agreed"),
            "{}",
            page.text
        );
        let (csrf, key) = (page.hidden("csrf"), page.hidden("request"));
        let words = "May I <b>swim</b>?";
        let fields = [
            ("csrf", csrf.as_str()),
            ("episode", episode.as_str()),
            ("request", key.as_str()),
            ("question", words),
        ];
        for _ in 0..2 {
            let asked = phone.post("/my-record/question", &fields).await;
            assert_eq!(asked.status, 303, "{}", asked.text);
        }
        let read = house.clinic.store.episode(&episode).await.unwrap().unwrap();
        assert_eq!(read.record.questions.len(), 1);
        let page = phone.get("/my-record").await;
        assert!(
            page.text.contains("May I &lt;b&gt;swim&lt;/b&gt;?"),
            "{}",
            page.text
        );
        assert!(page.text.contains("Not answered yet"));
        // Empty, it is told and nothing is asked.
        let empty = [
            ("csrf", csrf.as_str()),
            ("episode", episode.as_str()),
            ("question", " "),
        ];
        assert_eq!(phone.post("/my-record/question", &empty).await.status, 422);
        // In an episode that is not theirs nothing is asked.
        let other = [
            ("csrf", csrf.as_str()),
            ("episode", "another"),
            ("question", "x"),
        ];
        assert_eq!(phone.post("/my-record/question", &other).await.status, 404);
        let mut staff = house.browser(&physio).await;
        let seen = house.clinic.store.episode(&episode).await.unwrap().unwrap();
        let question = seen.record.questions.keys().next().expect("one").clone();
        let answer =
            json!({ "act": "answer_question", "question": question, "text": "Yes, gently." });
        let answered = staff.act(&episode, seen.version, answer, None).await;
        assert_eq!(answered.status, 200, "{}", answered.text);
        assert!(phone.get("/my-record").await.text.contains("Yes, gently."));
    }
);

both!(consent_is_given_and_taken_back, |house: House| async move {
    let physio = house.somebody("pia", "north", Role::Clinician).await;
    let (patient, episode) = episode(&house, &physio).await;
    let mut phone = own(&house, &physio, &patient).await;
    for (agrees, holds) in [("yes", true), ("no", false), ("yes", true)] {
        let csrf = phone.get("/my-record").await.hidden("csrf");
        let fields = [
            ("csrf", csrf.as_str()),
            ("episode", episode.as_str()),
            ("purpose", "research"),
            ("agrees", agrees),
        ];
        let done = phone.post("/my-record/consent", &fields).await;
        assert_eq!(done.status, 303, "{}", done.text);
        let read = house.clinic.store.episode(&episode).await.unwrap().unwrap();
        assert_eq!(read.record.consents_to("research"), holds);
    }
    let csrf = phone.get("/my-record").await.hidden("csrf");
    let unknown = [
        ("csrf", csrf.as_str()),
        ("episode", episode.as_str()),
        ("purpose", "anything"),
        ("agrees", "yes"),
    ];
    assert_eq!(phone.post("/my-record/consent", &unknown).await.status, 404);
});

both!(
    questionnaires_of_one_wave_come_by_one_link,
    |house: House| async move {
        let physio = house.somebody("pia", "north", Role::Clinician).await;
        let (_, episode) = episode(&house, &physio).await;
        let mut staff = house.browser(&physio).await;
        for (assignment, instrument, wave) in [
            ("a1", "peg", "week_6"),
            ("a2", "nrs_pain", "week_6"),
            ("a3", "groc", "week_10"),
        ] {
            let seen = house
                .clinic
                .store
                .episode(&episode)
                .await
                .unwrap()
                .unwrap()
                .version;
            let act = json!({ "act": "assign_instrument", "assignment": assignment, "instrument": instrument, "wave": wave, "due": "2026-03-02" });
            let assigned = staff.act(&episode, seen, act, None).await;
            assert_eq!(assigned.status, 200, "{}", assigned.text);
        }
        let made = staff
            .submit(
                "/account",
                &format!("/episodes/{episode}/task-link"),
                &[("assignment", "a2")],
            )
            .await;
        let link = shown(&made.text, "t");
        let mut phone = Browser::new(&house.router);
        let born = [
            ("born-day", "1"),
            ("born-month", "5"),
            ("born-year", "1980"),
        ];
        assert_eq!(phone.post(&link, &born).await.status, 303);
        assert_eq!(phone.get("/answer").await.place(), "/answer/1");
        let first = phone.get("/answer/1").await;
        assert!(
            first.text.contains("Question 1 of 4")
                && first.text.contains("Continue") | first.text.contains("Go on"),
            "{}",
            first.text
        );
        let fields = [
            ("csrf", first.hidden("csrf")),
            ("seen", first.hidden("seen")),
            ("item-pain", "6".to_owned()),
            ("do", "on".to_owned()),
        ];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let next = phone.post("/answer/1", &fields).await;
        assert_eq!(
            (next.status, next.place()),
            (303, "/answer/2"),
            "{}",
            next.text
        );
        let second = phone.get("/answer/2").await;
        assert!(
            second
                .text
                .contains("What number best describes your pain on average in the past week?"),
            "{}",
            second.text
        );
        // Beyond the scale nothing is taken.
        let csrf = second.hidden("csrf");
        let seen = second.hidden("seen");
        let beyond = [
            ("csrf", csrf.as_str()),
            ("seen", seen.as_str()),
            ("item-pain", "11"),
            ("do", "send"),
        ];
        assert_eq!(phone.post("/answer/2", &beyond).await.status, 422);
        let all = [
            ("csrf", csrf.as_str()),
            ("seen", seen.as_str()),
            ("item-pain", "4"),
            ("item-enjoyment", "5"),
            ("item-activity", "6"),
            ("do", "send"),
        ];
        let sent = phone.post("/answer/2", &all).await;
        assert_eq!(sent.status, 200, "{}", sent.text);
        let read = house.clinic.store.episode(&episode).await.unwrap().unwrap();
        let answered: Vec<&str> = read
            .record
            .answers
            .iter()
            .filter_map(|one| one.what.assignment.as_deref())
            .collect();
        assert_eq!(answered, ["a2", "a1"]);
    }
);
