//! A corpus of what must stay text (markup, formulas, control characters, direction marks) typed into every field of the forms of desk and owner, and looked for on every page and in every table that leaves.

use cotreat_people::Role;

use crate::support::House;
use crate::support::browser::{Answer, Browser};

const CORPUS: [&str; 14] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\u{202e}gnp.exe",
    "a\u{0}b\u{8}c\u{1b}[31m",
    "O'Neill & Søn <b>",
];

/// Nothing that was typed became markup.
fn is_safe(page: &Answer, place: &str) {
    for raw in [
        "<script>alert",
        "<img src=x",
        "<svg onload",
        "onerror=alert(1)>",
        "<b>",
        "\"><",
        "href=\"javascript:",
        "style=",
        "49${",
    ] {
        assert!(!page.text.contains(raw), "{raw} on {place}: {}", page.text);
    }
    assert!(
        !page.text.contains('\u{0}')
            && !page.text.contains('\u{1b}')
            && !page.text.contains('\u{8}'),
        "a control character on {place}"
    );
    let policy = page
        .headers
        .get("content-security-policy")
        .expect("a policy");
    assert!(
        !policy.to_str().expect("text").contains("unsafe"),
        "{place}"
    );
}

async fn look(browser: &mut Browser, places: &[String]) {
    for place in places {
        let page = browser.get(place).await;
        assert!(page.status < 500, "{place} {}", page.status);
        is_safe(&page, place);
    }
}

both!(
    what_is_typed_at_the_desk_stays_text,
    |house: House| async move {
        let desk = house.somebody("dora", "north", Role::FrontDesk).await;
        let mut browser = house.browser(&desk).await;
        let mut places = vec![
            "/".to_owned(),
            "/today".to_owned(),
            "/chase".to_owned(),
            "/patients?q=Garcia".to_owned(),
        ];
        for typed in CORPUS {
            let fields = [
                ("given_name", typed),
                ("family_name", "García"),
                ("born-day", "1"),
                ("born-month", "5"),
                ("born-year", "1980"),
                ("phone", typed),
                ("address", typed),
                ("number_elsewhere", typed),
                ("language", "en"),
                ("somebody_else", "yes"),
            ];
            let answer = browser.submit("/patients/new", "/patients", &fields).await;
            is_safe(&answer, "the registered patient");
            assert!(
                matches!(answer.status, 201 | 422),
                "{typed:?} {} {}",
                answer.status,
                answer.text
            );
            if answer.status == 201 {
                let id = answer
                    .text
                    .split("/patients/")
                    .nth(1)
                    .and_then(|rest| rest.split(['/', '"']).next())
                    .expect("an id")
                    .to_owned();
                places.push(format!("/patients/{id}"));
                places.push(format!("/patients/{id}/identity"));
                let corrected = browser
                    .submit(
                        &format!("/patients/{id}/identity"),
                        &format!("/patients/{id}/identity"),
                        &[
                            ("given_name", "Ana"),
                            ("family_name", typed),
                            ("born-day", typed),
                            ("born-month", "5"),
                            ("born-year", "1980"),
                            ("reason", typed),
                        ],
                    )
                    .await;
                is_safe(&corrected, "the correction");
            }
            // Dates, e-mail addresses and choices that are none are told at their fields, and nothing typed is lost.
            let refused = browser
                .submit(
                    "/patients/new",
                    "/patients",
                    &[
                        ("given_name", "Ana"),
                        ("family_name", typed),
                        ("born-day", typed),
                        ("email", typed),
                        ("language", typed),
                    ],
                )
                .await;
            assert_eq!(refused.status, 422, "{typed:?} {}", refused.text);
            is_safe(&refused, "the refused form");
            let asked = format!(
                "/patients?{}",
                crate::support::browser::encoded(&[("q", typed)])
            );
            is_safe(&browser.get(&asked).await, "the search");
            let file = format!(
                "date,time,name,born,number,with\n2026-03-02,09:00,\"{0}\",,\"{0}\",\"{0}\"\n",
                typed.replace('"', "\"\"")
            );
            let read = browser
                .send_file("/today", "/today", "diary.csv", &file)
                .await;
            assert!(matches!(read.status, 303 | 422), "{typed:?} {}", read.text);
            is_safe(&read, "the diary");
            let named = browser
                .send_file("/today", "/today", &typed.replace('"', ""), "date,name\n")
                .await;
            is_safe(&named, "the name of a file");
            look(&mut browser, &["/today".to_owned()]).await;
            for query in ["day", "unread", "known"] {
                let asked = format!(
                    "/today?{}",
                    crate::support::browser::encoded(&[(query, typed)])
                );
                is_safe(&browser.get(&asked).await, "an address");
            }
        }
        look(&mut browser, &places).await;
    }
);

both!(
    what_is_typed_by_owners_stays_text_in_pages_and_tables,
    |house: House| async move {
        let owner = house.somebody("olga", "north", Role::Owner).await;
        let mut browser = house.browser(&owner).await;
        let physio = house.somebody("pia", "south", Role::Clinician).await;
        let patient = house.patient(&physio, "García").await;
        let desk = house.somebody("dora", "north", Role::FrontDesk).await;
        let ours = house.patient(&desk, "Lopez").await;
        let letters = format!("/patients/{ours}");
        let mut at_desk = house.browser(&desk).await;
        for (at, typed) in CORPUS.into_iter().enumerate() {
            let email = format!("n{at}@north.example.org");
            let added = browser
                .submit(
                    "/members/new",
                    "/members",
                    &[
                        ("name", typed),
                        ("email", &email),
                        ("role", "front_desk"),
                        ("profession", typed),
                        ("training_hours", typed),
                        ("practising_since", typed),
                    ],
                )
                .await;
            assert_eq!(added.status, 422, "{typed:?} {}", added.text);
            is_safe(&added, "the refused member");
            let added = browser
                .submit(
                    "/members/new",
                    "/members",
                    &[("name", typed), ("email", &email), ("role", "front_desk")],
                )
                .await;
            assert!(
                matches!(added.status, 200 | 422),
                "{typed:?} {}",
                added.text
            );
            is_safe(&added, "the added member");
            let settings = browser
                .submit(
                    "/organisation",
                    "/organisation",
                    &[
                        ("name", typed),
                        ("hours", typed),
                        ("when_closed", typed),
                        ("escalate_to", ""),
                        ("time_zone", "Europe/London"),
                        ("jurisdiction", "any"),
                        ("sharing", "care_team"),
                    ],
                )
                .await;
            assert!(
                matches!(settings.status, 303 | 422),
                "{typed:?} {}",
                settings.text
            );
            is_safe(&settings, "the settings");
            // The name of the clinic stands in letters: in a subject it breaks no line.
            if settings.status == 303 {
                let made = at_desk
                    .submit(&letters, &format!("{letters}/page-link"), &[])
                    .await;
                assert_eq!(made.status, 200, "{}", made.text);
                is_safe(&made, "the link that was made");
                let due = house.clinic.store.due(house.now(), 1_000).await;
                let due = due.expect("the outbox");
                let last = due.iter().rfind(|one| one.topic == "email");
                let letter: serde_json::Value =
                    serde_json::from_slice(&last.expect("a letter").body).expect("a letter");
                let subject = letter["subject"].as_str().expect("a subject");
                assert!(!subject.chars().any(char::is_control), "{subject:?}");
            }
            // The name of the clinic stands in letters: in a subject it breaks no line.
            if settings.status == 303 {
                let made = at_desk
                    .submit(&letters, &format!("{letters}/page-link"), &[])
                    .await;
                assert_eq!(made.status, 200, "{}", made.text);
                is_safe(&made, "the link that was made");
                let due = house
                    .clinic
                    .store
                    .due(house.now(), 1_000)
                    .await
                    .expect("the outbox");
                let last = due
                    .iter()
                    .rfind(|one| one.topic == "email")
                    .expect("a letter");
                let letter: serde_json::Value =
                    serde_json::from_slice(&last.body).expect("a letter");
                let subject = letter["subject"].as_str().expect("a subject");
                assert!(!subject.chars().any(char::is_control), "{subject:?}");
            }
            let wrong = browser
                .submit(
                    "/organisation",
                    "/organisation",
                    &[
                        ("name", typed),
                        ("escalate_to", typed),
                        ("time_zone", typed),
                        ("jurisdiction", typed),
                        ("profile", typed),
                        ("sharing", typed),
                    ],
                )
                .await;
            assert_eq!(wrong.status, 422, "{typed:?} {}", wrong.text);
            is_safe(&wrong, "the refused settings");
            // The reason of a broken glass is typed by whoever breaks it, and read in the audit.
            let glass = house
                .clinic
                .break_glass(
                    &house.caller(
                        &house
                            .somebody(&format!("g{at}"), "north", Role::Clinician)
                            .await,
                    ),
                    &patient,
                    format!("{typed} and they cannot speak"),
                )
                .await;
            let _ = glass;
            let query = crate::support::browser::encoded(&[
                ("user", typed),
                ("patient", typed),
                ("sort", typed),
                ("from", typed),
                ("to", typed),
            ]);
            is_safe(
                &browser.get(&format!("/audit?{query}")).await,
                "the audit that is asked",
            );
            let knowledge = crate::support::browser::encoded(&[("q", typed)]);
            is_safe(
                &browser.get(&format!("/knowledge?{knowledge}")).await,
                "the knowledge",
            );
        }
        look(
            &mut browser,
            &[
                "/",
                "/owner",
                "/organisation",
                "/members",
                "/members/new",
                "/members/olga",
                "/audit",
                "/account",
                "/today",
            ]
            .map(str::to_owned),
        )
        .await;
        let csv = browser.get("/audit.csv").await;
        assert_eq!(csv.status, 200);
        assert!(csv.text.contains("they cannot speak"), "{}", csv.text);
        for line in csv
            .text
            .trim_start_matches('\u{feff}')
            .split("\r\n")
            .filter(|line| !line.is_empty())
        {
            assert!(line.starts_with('"') && line.ends_with('"'), "{line}");
            for cell in line[1..line.len() - 1].split("\",\"") {
                let first = cell.trim_start().chars().next();
                assert!(
                    !first.is_some_and(|first| ['=', '+', '-', '@', '\t', '|'].contains(&first)),
                    "{cell}"
                );
                assert!(!cell.chars().any(char::is_control), "{cell:?}");
            }
        }
    }
);
