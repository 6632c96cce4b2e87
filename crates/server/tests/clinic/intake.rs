//! The intake, as a telephone without JavaScript meets it: filled in page by page, kept, gone on with elsewhere, stopped by an emergency, sent in once.

use std::collections::BTreeMap;

use cotreat_people::Role;
use cotreat_server::web;

use crate::links::shown;
use crate::record::episode;
use crate::support::House;
use crate::support::browser::{Answer, Browser};

/// The date of birth, as the door asks for it.
const BORN: [(&str, &str); 3] = [
    ("born-day", "1"),
    ("born-month", "5"),
    ("born-year", "1980"),
];

/// A patient with an episode and a link to their intake: patient, episode, link.
async fn sent(house: &House) -> (String, String, String) {
    let physio = house.somebody("pia", "north", Role::Clinician).await;
    let (patient, episode) = episode(house, &physio).await;
    let mut staff = house.browser(&physio).await;
    let link = link(&mut staff, &episode).await;
    (patient, episode, link)
}

async fn link(staff: &mut Browser, episode: &str) -> String {
    let made = staff
        .submit(
            "/account",
            &format!("/episodes/{episode}/task-link"),
            &[("assignment", "intake")],
        )
        .await;
    assert_eq!(made.status, 200, "{}", made.text);
    shown(&made.text, "t")
}

/// A telephone on which the link was opened with the date of birth.
async fn phone(house: &House, link: &str) -> Browser {
    let mut phone = Browser::new(&house.router);
    let opened = phone.post(link, &BORN).await;
    assert_eq!((opened.status, opened.place()), (303, "/answer"));
    let to = phone.get("/answer").await;
    assert_eq!((to.status, to.place()), (303, "/intake"));
    phone
}

/// Presses "Start" or "Go on"; returns where that leads.
async fn begin(phone: &mut Browser) -> String {
    let page = phone.get("/intake").await;
    assert_eq!(page.status, 200, "{}", page.text);
    let csrf = page.hidden("csrf");
    let started = phone.post("/intake", &[("csrf", &csrf)]).await;
    assert_eq!(started.status, 303, "{}", started.text);
    started.place().to_owned()
}

/// The attributes of every tag of this kind, in order.
fn tags(text: &str, tag: &str) -> Vec<BTreeMap<String, String>> {
    let mut found = Vec::new();
    for rest in text.split(&format!("<{tag} ")).skip(1) {
        let inside = rest.split('>').next().unwrap_or_default();
        let mut attributes = BTreeMap::new();
        let mut left = inside;
        while let Some((name, rest)) = left.trim_start().split_once("=\"") {
            // An attribute without a value may stand before it.
            let name = name.rsplit(' ').next().unwrap_or(name).to_owned();
            let (value, rest) = rest.split_once('"').expect("a closed attribute");
            attributes.insert(name, value.to_owned());
            left = rest;
        }
        if inside.contains(" checked") || inside.ends_with("checked") {
            attributes.insert("checked".into(), "checked".into());
        }
        found.push(attributes);
    }
    found
}

/// The fields of the page's form as somebody would fill it in: "no" to yes or no, else the last choice; what `own` names, as it says.
fn filled(page: &Answer, own: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut radios: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let form = page
        .text
        .split("<form")
        .find(|form| form.contains("name=\"seen\"") || form.contains("data-guard"));
    let form = form.unwrap_or_else(|| panic!("no form in {}", page.text));
    for input in tags(form, "input") {
        let (Some(name), value) = (input.get("name"), input.get("value")) else {
            continue;
        };
        let value = value.cloned().unwrap_or_default();
        match input.get("type").map(String::as_str) {
            Some("hidden") => fields.push((name.clone(), value)),
            Some("radio") => radios.entry(name.clone()).or_default().push(value),
            Some("checkbox") if input.contains_key("checked") => fields.push((name.clone(), value)),
            _ => {}
        }
    }
    for (name, values) in radios {
        let no = values.iter().find(|value| *value == "no");
        let value = no.or_else(|| values.last()).expect("a choice").clone();
        fields.push((name, value));
    }
    if form.contains("name=\"region\"") && !own.iter().any(|(name, _)| *name == "region") {
        fields.push(("nowhere".into(), "yes".into()));
    }
    if form.contains("name=\"screen\"") && !own.iter().any(|(name, _)| *name == "screen") {
        fields.retain(|(name, _)| name != "screen");
        fields.push(("screen".into(), "none".into()));
    }
    if form.contains("name=\"tried\"") && !own.iter().any(|(name, _)| *name == "tried") {
        fields.push(("tried".into(), "none".into()));
    }
    for (name, value) in own {
        if form.contains(&format!("name=\"{name}\"")) {
            if !matches!(*name, "region" | "tried" | "screen") {
                fields.retain(|(other, _)| other != name);
            }
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
    }
    fields
}

/// Fills in a page and presses a button.
async fn press(phone: &mut Browser, place: &str, does: &str, own: &[(&str, &str)]) -> Answer {
    let page = phone.get(place).await;
    assert_eq!(page.status, 200, "{place}: {}", page.text);
    let mut fields = filled(&page, own);
    fields.push(("do".into(), does.into()));
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    phone.post(place, &fields).await
}

/// Whether a page has questions that are answered by one of a few.
fn asks_one_by_one(page: &Answer) -> bool {
    filled(page, &[])
        .iter()
        .any(|(name, _)| name.starts_with("f-"))
}

/// Goes on from a page to the check page; says how many pages there were.
async fn to_the_end(phone: &mut Browser, from: String, own: &[(&str, &str)]) -> usize {
    let mut place = from;
    let mut pages = 0;
    while place != "/intake/check" {
        assert!(place.starts_with("/intake/page/"), "{place}");
        let next = press(phone, &place, "on", own).await;
        assert_eq!(next.status, 303, "{place}: {}", next.text);
        place = next.place().to_owned();
        pages += 1;
        assert!(pages < 40, "it does not end");
    }
    pages
}

async fn send(phone: &mut Browser) -> Answer {
    let page = phone.get("/intake/check").await;
    assert_eq!(page.status, 200, "{}", page.text);
    let csrf = page.hidden("csrf");
    phone.post("/intake/check", &[("csrf", &csrf)]).await
}

both!(
    an_intake_goes_from_the_link_to_the_record,
    |house: House| async move {
        let (_, episode, link) = sent(&house).await;
        let mut phone = phone(&house, &link).await;
        let first = begin(&mut phone).await;
        assert_eq!(first, "/intake/page/1");
        let page = phone.get(&first).await;
        assert!(
            page.text.contains("First, what may need help soon"),
            "{}",
            page.text
        );
        assert!(page.text.contains("I am not sure") && page.text.contains("Question 1 of"));
        let own = [
            ("region", "218"),
            ("region", "233"),
            ("pain-218", "6"),
            ("feels-218", "ache"),
            ("goals", "garden for an hour\nlift my grandson"),
            ("expectation", "7"),
            ("medicine-0", "ibuprofen"),
            ("dose-0", "1200"),
            ("medicine-1", "Grandmother’s drops"),
            ("tried-else", "a cushion; it helped"),
        ];
        let pages = to_the_end(&mut phone, first, &own).await;
        assert!(pages > 6, "{pages}");
        let check = phone.get("/intake/check").await;
        for told in [
            "garden for an hour",
            "Ibuprofen, 1,200 mg a day",
            "Grandmother’s drops",
            "Lower back, left",
            "a cushion; it helped",
        ] {
            assert!(
                check.text.contains(told),
                "`{told}` is not in {}",
                check.text
            );
        }
        let thanks = send(&mut phone).await;
        assert_eq!(thanks.status, 200, "{}", thanks.text);
        assert!(thanks.text.contains("Thank you"));
        let record = house
            .clinic
            .store
            .episode(&episode)
            .await
            .unwrap()
            .unwrap()
            .record;
        let drawing = &record.drawings.last().expect("the drawing").what;
        let regions: Vec<u16> = drawing.marks.iter().map(|mark| mark.region).collect();
        assert_eq!(regions, [218, 233]);
        assert_eq!(drawing.marks[0].pain, Some(6));
        assert_eq!(record.medication.len(), 2);
        assert_eq!(record.medication[0].what.medicine, "ibuprofen");
        assert_eq!(record.medication[1].what.class.as_deref(), Some("other"));
        let wishes = &record.wishes.last().expect("wishes").what;
        assert_eq!(wishes.goals, ["garden for an hour", "lift my grandson"]);
        assert_eq!(wishes.expectation, Some(7));
        assert_eq!(record.elsewhere.len(), 1);
        // The mark below the knee is a yes, or was answered in words.
        assert!(
            record
                .facts
                .iter()
                .any(|fact| fact.what.finding == "leg_pain_below_knee")
        );
        assert!(record.facts.len() > 15, "{}", record.facts.len());
        // From now on the link says thank you and no more.
        let again = Browser::new(&house.router).get(&link).await;
        assert!(again.text.contains("Thank you"), "{}", again.text);
    }
);

both!(
    what_was_kept_is_there_on_another_device_and_after_a_restart,
    |house: House| async move {
        let (_, _, link) = sent(&house).await;
        let mut one = phone(&house, &link).await;
        let first = begin(&mut one).await;
        let second = press(&mut one, &first, "on", &[]).await.place().to_owned();
        // In the middle of the second page the server starts again: the session and the draft are in the database, and the page that is open can be sent.
        let page = one.get(&second).await;
        let mut fields = filled(&page, &[]);
        fields.push(("do".into(), "later".into()));
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        let anew = house.restarted();
        one.turn_to(&web::router(anew.clone()));
        let kept = one.post(&second, &fields).await;
        assert_eq!(kept.status, 200, "{}", kept.text);
        assert!(kept.text.contains("Kept for later"));
        // Another device, by the same link and the date of birth.
        let mut other = Browser::new(&web::router(anew));
        assert_eq!(other.post(&link, &BORN).await.status, 303);
        assert!(
            other
                .get("/intake")
                .await
                .text
                .contains("Go on with the questions")
        );
        let before = other.get(&first).await;
        assert!(
            tags(&before.text, "input")
                .iter()
                .any(|input| input.contains_key("checked"))
        );
        let on = begin(&mut other).await;
        assert_eq!(on, second);
        let page = other.get(&second).await;
        assert!(
            tags(&page.text, "input")
                .iter()
                .any(|input| input.contains_key("checked")),
            "{}",
            page.text
        );
    }
);

both!(
    going_back_loses_nothing_and_an_answer_is_never_guessed,
    |house: House| async move {
        let (_, _, link) = sent(&house).await;
        let mut phone = phone(&house, &link).await;
        let mut first = begin(&mut phone).await;
        let mut second = press(&mut phone, &first, "on", &[])
            .await
            .place()
            .to_owned();
        // Back from a half-filled page of questions one by one: what was chosen is there again.
        while !asks_one_by_one(&phone.get(&second).await) {
            first = second;
            second = press(&mut phone, &first, "on", &[])
                .await
                .place()
                .to_owned();
        }
        let page = phone.get(&second).await;
        let all = filled(&page, &[]);
        let radio = all
            .iter()
            .find(|(name, _)| name.starts_with("f-"))
            .expect("a question");
        let half = [
            ("csrf", page.hidden("csrf")),
            ("seen", page.hidden("seen")),
            (radio.0.as_str(), radio.1.clone()),
            ("do", "back".to_owned()),
        ];
        let half: Vec<(&str, &str)> = half.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let back = phone.post(&second, &half).await;
        assert_eq!(
            (back.status, back.place()),
            (303, first.as_str()),
            "{}",
            back.text
        );
        let again = phone.get(&second).await;
        let checked = tags(&again.text, "input");
        let checked: Vec<_> = checked
            .iter()
            .filter(|input| input.contains_key("checked"))
            .collect();
        assert_eq!(checked.len(), 1, "{}", again.text);
        // Going on with unanswered questions is not possible; what is there stays, and nothing counts as a no.
        let mut on = half.clone();
        let seen = again.hidden("seen");
        on.retain(|(name, _)| *name != "do" && *name != "seen");
        on.extend([("seen", seen.as_str()), ("do", "on")]);
        let wrong = phone.post(&second, &on).await;
        assert_eq!(wrong.status, 422, "{}", wrong.text);
        assert!(
            wrong.text.contains("There is a problem") && wrong.text.contains("nothing is chosen")
        );
    }
);

both!(two_windows_lose_nothing, |house: House| async move {
    let (_, _, link) = sent(&house).await;
    let mut one = phone(&house, &link).await;
    let first = begin(&mut one).await;
    let mut other = one.clone();
    let page = other.get(&first).await;
    assert_eq!(press(&mut one, &first, "on", &[]).await.status, 303);
    // The other window still stands on the version before.
    let mut stale = filled(&page, &[]);
    stale.push(("do".into(), "on".into()));
    let stale: Vec<(&str, &str)> = stale
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let told = other.post(&first, &stale).await;
    assert_eq!(told.status, 409, "{}", told.text);
    assert!(told.text.contains("another window"), "{}", told.text);
    // What is shown is what this window sent, on the version that is there: sent again, it is taken.
    let mut fresh = filled(&told, &[]);
    fresh.push(("do".into(), "on".into()));
    let fresh: Vec<(&str, &str)> = fresh
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    assert_eq!(other.post(&first, &fresh).await.status, 303);
});

both!(sending_twice_writes_once, |house: House| async move {
    let (_, episode, link) = sent(&house).await;
    let mut phone = phone(&house, &link).await;
    let first = begin(&mut phone).await;
    to_the_end(&mut phone, first, &[]).await;
    let page = phone.get("/intake/check").await;
    let csrf = page.hidden("csrf");
    let (mut a, mut b) = (phone.clone(), phone.clone());
    let fields = [("csrf", csrf.as_str())];
    let (one, two) = tokio::join!(
        a.post("/intake/check", &fields),
        b.post("/intake/check", &fields)
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    // Both are thanked, or the second finds that the link has done its work.
    assert!(
        matches!(statuses, [200, 200] | [200, 401]),
        "{statuses:?} {} {}",
        one.text,
        two.text
    );
    let read = house.clinic.store.episode(&episode).await.unwrap().unwrap();
    assert_eq!(read.record.drawings.len(), 1);
    assert_eq!(read.record.wishes.len(), 1);
    let facts = read.record.facts.len();
    let distinct: std::collections::BTreeSet<&str> = read
        .record
        .facts
        .iter()
        .map(|one| one.what.finding.as_str())
        .collect();
    assert_eq!(facts, distinct.len());
});

both!(
    an_emergency_stops_the_form_tells_the_patient_and_alerts_the_clinic,
    |house: House| async move {
        let (patient, episode, link) = sent(&house).await;
        let desk = house.somebody("dora", "north", Role::FrontDesk).await;
        let owner = house.somebody("olga", "north", Role::Owner).await;
        let mut phone = phone(&house, &link).await;
        let mut place = begin(&mut phone).await;
        let mut stopped = None;
        for _ in 0..10 {
            let page = phone.get(&place).await;
            let own: Vec<(&str, &str)> = if page.text.contains("value=\"saddle_sensation_change\"")
            {
                vec![("screen", "saddle_sensation_change")]
            } else {
                Vec::new()
            };
            let next = press(&mut phone, &place, "on", &own).await;
            assert_eq!(next.status, 303, "{}", next.text);
            place = next.place().to_owned();
            if place == "/intake/stop" {
                stopped = Some(());
                break;
            }
        }
        assert!(stopped.is_some(), "no page asked for it");
        let card = phone.get("/intake/stop").await;
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
        assert!(card.text.contains("may be closed at this hour"));
        // It is on record at once: the answers, and what was told, when.
        let read = house.clinic.store.episode(&episode).await.unwrap().unwrap();
        let warned = read.record.warnings.last().expect("a warning");
        assert!(
            warned.what.told.iter().any(|line| line == text),
            "{warned:?}"
        );
        assert_eq!(warned.at, house.now());
        assert!(
            read.record
                .facts
                .iter()
                .any(|fact| fact.what.finding == "saddle_sensation_change")
        );
        let kept = house
            .clinic
            .store
            .shown(&patient, &warned.what.shown.appraisal)
            .await
            .unwrap();
        assert!(kept.is_some(), "what was concluded is kept");
        // Nothing else can be done before it was understood, by any door.
        for there in ["/intake", "/intake/page/1", "/intake/check"] {
            let away = phone.get(there).await;
            assert_eq!(
                (away.status, away.place()),
                (303, "/intake/stop"),
                "{there}"
            );
        }
        let csrf = phone.get("/intake/stop").await.hidden("csrf");
        assert_eq!(
            phone.post("/intake/stop", &[("csrf", &csrf)]).await.status,
            422
        );
        let yes = [("csrf", csrf.as_str()), ("understood", "yes")];
        let on = phone.post("/intake/stop", &yes).await;
        assert_eq!(on.status, 303, "{}", on.text);
        assert!(on.place().starts_with("/intake/"), "{}", on.place());
        // The clinic: care team and front desk at once, those who answer for it after a quarter of an hour.
        let due = house.clinic.store.due(house.now(), 100).await.unwrap();
        assert_eq!(due.iter().filter(|one| one.topic == "alert").count(), 1);
        assert!(due.iter().all(|one| one.topic != "alert_waits"));
        let at_once = house.clinic.alerted(&patient, false).await.unwrap();
        assert!(
            at_once.contains("pia") && at_once.contains(&desk.id) && !at_once.contains(&owner.id),
            "{at_once:?}"
        );
        let mut front = house.browser(&desk).await;
        let list = front.get("/alerts").await;
        assert!(list.text.contains("Ana García"), "{}", list.text);
        assert!(!list.text.contains("Waits for more than"));
        house.later(16);
        let due = house.clinic.store.due(house.now(), 100).await.unwrap();
        assert_eq!(
            due.iter().filter(|one| one.topic == "alert_waits").count(),
            1
        );
        assert!(house.clinic.alert_waits(&episode).await.unwrap());
        assert!(
            house
                .clinic
                .alerted(&patient, true)
                .await
                .unwrap()
                .contains(&owner.id)
        );
        // The front desk was away so long that its session locked.
        let mut front = house.browser(&desk).await;
        let list = front.get("/alerts").await;
        assert!(list.text.contains("Waits for more than"), "{}", list.text);
        // Somebody sees to it; then nobody is told any more.
        let place = format!("/episodes/{episode}/alert");
        let nothing = front.submit("/alerts", &place, &[("does-1", "")]).await;
        assert_eq!(nothing.status, 422, "{}", nothing.text);
        let taken = front
            .submit("/alerts", &place, &[("does-1", "Called, on their way")])
            .await;
        assert_eq!(taken.status, 303, "{}", taken.text);
        assert!(!house.clinic.alert_waits(&episode).await.unwrap());
        assert!(front.get("/alerts").await.text.contains("No open alerts"));
    }
);

both!(
    nothing_that_is_typed_becomes_markup,
    |house: House| async move {
        let (_, _, link) = sent(&house).await;
        let mut phone = phone(&house, &link).await;
        let first = begin(&mut phone).await;
        let corpus = [
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "'-alert(1)-'",
            "</textarea><svg onload=alert(1)>",
            "=HYPERLINK(\"http://evil.example\")",
            "{{7*7}}${7*7}",
            "a\u{202e}b\u{0}c\u{7}d",
        ];
        let goals = corpus.join("\n");
        let own = [
            ("goals", goals.as_str()),
            ("tried-else", corpus[3]),
            ("medicine-0", corpus[1]),
        ];
        to_the_end(&mut phone, first, &own).await;
        let check = phone.get("/intake/check").await;
        for raw in ["<script>alert", "<img src=x", "<svg onload"] {
            assert!(!check.text.contains(raw), "{raw} in {}", check.text);
        }
        assert!(
            check.text.contains("&lt;script&gt;alert(1)"),
            "{}",
            check.text
        );
        assert!(check.text.contains("=HYPERLINK("));
        // The pages on which it was typed show it again as it was.
        let mut seen = 0;
        for number in 1..40 {
            let page = phone.get(&format!("/intake/page/{number}")).await;
            if page.status != 200 {
                break;
            }
            assert!(!page.text.contains("<svg onload") && !page.text.contains("<img src=x"));
            seen += usize::from(
                page.text.contains("&lt;svg onload") || page.text.contains("&lt;img src=x"),
            );
        }
        assert!(seen >= 2, "{seen}");
        assert_eq!(send(&mut phone).await.status, 200);
    }
);

both!(
    an_intake_is_in_the_language_of_the_patient,
    |house: House| async move {
        let (_, _, link) = sent(&house).await;
        let mut phone = phone(&house, &link).await;
        phone
            .cookies
            .insert("__Host-cotreat-language".into(), "es".into());
        let page = phone.get("/intake").await;
        assert!(
            page.text.contains("lang=\"es\"") && page.text.contains("Antes de su primera visita"),
            "{}",
            page.text
        );
        assert!(page.text.contains("escrita en inglés"));
    }
);

both!(
    an_intake_opens_nothing_else_and_no_other_link_opens_it,
    |house: House| async move {
        let (_, _, link) = sent(&house).await;
        let mut phone = phone(&house, &link).await;
        assert_eq!(phone.get("/my-record").await.status, 404);
        let csrf = phone.get("/intake").await.hidden("csrf");
        let lost = phone
            .post("/answer/1", &[("csrf", &csrf), ("seen", "0")])
            .await;
        assert_eq!(lost.status, 404, "{}", lost.text);
        // A forged form is none.
        let forged = phone.post("/intake", &[("csrf", "x")]).await;
        assert_eq!(forged.status, 403);
        assert_eq!(
            Browser::new(&house.router)
                .get("/intake/page/1")
                .await
                .status,
            401
        );
    }
);
