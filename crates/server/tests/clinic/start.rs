//! The public page of a clinic: safety first, nothing kept until a name is left, and from there to a patient in one step.

use cotreat_people::Role;

use crate::support::House;
use crate::support::browser::{Answer, Browser};

/// The page after this one, with "none of these" or "no" to everything, but with a tick for `yes` where it is asked.
async fn on(browser: &mut Browser, page: &Answer, yes: &str) -> Answer {
    let told = unescaped(&page.hidden("told"));
    let mut fields = vec![("told".to_owned(), told)];
    if page.text.contains(&format!("value=\"{yes}\"")) {
        fields.push(("screen".into(), yes.into()));
    } else if page.text.contains("name=\"screen\"") {
        fields.push(("screen".into(), "none".into()));
    }
    for part in page.text.split("name=\"f-").skip(1) {
        let name = format!("f-{}", part.split('"').next().unwrap_or_default());
        if fields.iter().all(|(other, _)| *other != name)
            && page
                .text
                .contains(&format!("name=\"{name}\" type=\"radio\""))
        {
            fields.push((name, "no".into()));
        }
    }
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    browser.post("/start/north", &fields).await
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// Goes through the questions to what fits, or to the care card.
async fn through(browser: &mut Browser, yes: &str) -> Answer {
    let mut page = browser.get("/start/north").await;
    assert_eq!(page.status, 200, "{}", page.text);
    for _ in 0..30 {
        page = on(browser, &page, yes).await;
        assert_eq!(page.status, 200, "{}", page.text);
        if !page.text.contains("action=\"/start/north\"") {
            return page;
        }
    }
    panic!("it does not end: {}", page.text);
}

const NAME: [(&str, &str); 7] = [
    ("given_name", "Ben"),
    ("family_name", "<b>Okoro</b>"),
    ("born-day", "3"),
    ("born-month", "4"),
    ("born-year", "1971"),
    ("phone", "01632 960555"),
    ("says", "=1+1 mornings are best"),
];

both!(
    whoever_leaves_a_name_becomes_a_patient_in_one_step,
    |house: House| async move {
        let physio = house.somebody("pia", "north", Role::Clinician).await;
        let southern = house.somebody("sid", "south", Role::Clinician).await;
        let mut visitor = house.stranger();
        let fits = through(&mut visitor, "nothing").await;
        assert!(
            fits.text.contains("Who fits") && fits.text.contains("/start/north/leave"),
            "{}",
            fits.text
        );
        assert!(
            house
                .clinic
                .store
                .inquiries("north")
                .await
                .unwrap()
                .is_empty()
        );
        let (told, key) = (unescaped(&fits.hidden("told")), fits.hidden("key"));
        let carried = [("told", told.as_str()), ("key", key.as_str())];
        // What is missing is told, and what was typed stays.
        let half = [carried.as_slice(), &[("given_name", "Ben")]].concat();
        let wrong = visitor.post("/start/north/leave", &half).await;
        assert_eq!(wrong.status, 422, "{}", wrong.text);
        assert!(wrong.text.contains("There is a problem") && wrong.text.contains("value=\"Ben\""));
        // Sent twice, it is kept once.
        let whole = [carried.as_slice(), &NAME].concat();
        for _ in 0..2 {
            let sent = visitor.post("/start/north/leave", &whole).await;
            assert_eq!(sent.status, 200, "{}", sent.text);
            assert!(sent.text.contains("It has been sent"));
        }
        let waiting = house.clinic.waiting(&house.caller(&physio)).await.unwrap();
        assert_eq!(waiting.len(), 1);
        assert!(
            house
                .clinic
                .waiting(&house.caller(&southern))
                .await
                .unwrap()
                .is_empty()
        );
        let mut staff = house.browser(&physio).await;
        let list = staff.get("/inquiries").await;
        assert!(
            list.text.contains("&lt;b&gt;Okoro") && !list.text.contains("<b>Okoro"),
            "{}",
            list.text
        );
        let id = waiting[0].id.clone();
        let taken = staff
            .submit(
                "/inquiries",
                "/inquiries",
                &[("inquiry", &id), ("does", "take")],
            )
            .await;
        assert_eq!(taken.status, 303, "{}", taken.text);
        let patient = taken.place().trim_start_matches("/patients/").to_owned();
        let person = house
            .clinic
            .person(&house.caller(&physio), &patient)
            .await
            .unwrap();
        assert_eq!(person.episodes.len(), 1);
        let read = house
            .clinic
            .store
            .episode(&person.episodes[0].episode)
            .await
            .unwrap()
            .unwrap();
        assert!(read.record.facts.len() > 10, "{}", read.record.facts.len());
        assert!(
            read.record
                .facts
                .iter()
                .all(|fact| fact.by == cotreat_care::event::Who::Patient)
        );
        assert!(
            house
                .clinic
                .waiting(&house.caller(&physio))
                .await
                .unwrap()
                .is_empty()
        );
        // The same person once more: whoever is alike is shown before.
        let mut again = whole.clone();
        again.retain(|(name, _)| *name != "key");
        again.push(("key", "another-key"));
        assert_eq!(visitor.post("/start/north/leave", &again).await.status, 200);
        let alike = staff
            .submit(
                "/inquiries",
                "/inquiries",
                &[("inquiry", "another-key"), ("does", "take")],
            )
            .await;
        assert_eq!(alike.status, 409, "{}", alike.text);
        assert!(
            alike.text.contains(&format!("/patients/{patient}")),
            "{}",
            alike.text
        );
        let away = staff
            .submit(
                "/inquiries",
                "/inquiries",
                &[("inquiry", "another-key"), ("does", "away")],
            )
            .await;
        assert_eq!(away.status, 303);
        assert!(
            house
                .clinic
                .store
                .inquiries("north")
                .await
                .unwrap()
                .is_empty()
        );
    }
);

both!(
    an_emergency_on_the_public_page_stops_it_and_nothing_is_kept,
    |house: House| async move {
        let mut visitor = house.stranger();
        let card = through(&mut visitor, "saddle_sensation_change").await;
        let text = house
            .clinic
            .knowledge
            .words(
                "en",
                cotreat_knowledge::format::WordKind::Alarms,
                "emergency",
            )
            .expect("words");
        assert!(card.text.contains(text), "{}", card.text);
        assert!(!card.text.contains("/leave"));
        assert!(card.text.contains("has not been kept"));
        assert!(
            house
                .clinic
                .store
                .inquiries("north")
                .await
                .unwrap()
                .is_empty()
        );
    }
);

both!(the_public_page_has_its_limits, |house: House| async move {
    let mut visitor = house.stranger();
    assert_eq!(visitor.get("/start/nowhere").await.status, 404);
    let fits = through(&mut visitor, "nothing").await;
    let told = unescaped(&fits.hidden("told"));
    for turn in 1..=6 {
        let key = format!("key-number-{turn}");
        let fields = [
            [("told", told.as_str()), ("key", key.as_str())].as_slice(),
            &NAME,
        ]
        .concat();
        let sent = visitor.post("/start/north/leave", &fields).await;
        assert_eq!(
            sent.status,
            if turn <= 5 { 200 } else { 429 },
            "{turn}: {}",
            sent.text
        );
    }
    // What was not made here is not taken.
    let forged = visitor.post("/start/north", &[("told", "{")]).await;
    assert_eq!(forged.status, 400);
    let elsewhere = [
        ("origin", "https://evil.example"),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let foreign = visitor
        .send(
            "POST",
            "/start/north/leave",
            &elsewhere,
            "told=%7B%7D".to_owned(),
        )
        .await;
    assert_eq!(foreign.status, 403);
});
