//! Patients, who have no account: a link that asks one thing, and a link to their own page.

use cotreat_people::Role;
use serde_json::json;

use crate::record::episode;
use crate::support::House;
use crate::support::browser::Browser;

/// The address of a link, out of the page that shows it once.
pub fn shown(text: &str, door: &str) -> String {
    let (_, rest) = text
        .split_once(&format!("/{door}/"))
        .unwrap_or_else(|| panic!("no link in {text}"));
    let token: String = rest
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    format!("/{door}/{token}")
}

/// A date of birth, as the door asks for it.
fn born(year: &str) -> [(&'static str, &str); 3] {
    [("born-day", "1"), ("born-month", "5"), ("born-year", year)]
}

/// An instrument whose words are shipped, with its first item's id and smallest answer for all items.
fn instrument(house: &House) -> (String, Vec<(String, String)>) {
    let instruments = &house.clinic.knowledge.instruments;
    let found = instruments
        .iter()
        .map(|(_, one)| one)
        .find(|one| one.items.len() > 1 && one.items.iter().all(|item| item.text.is_some()));
    let found = found.expect("one with words");
    let answers = found
        .items
        .iter()
        .map(|item| (format!("item-{}", item.id), item.min.to_string()));
    (found.id.clone(), answers.collect())
}

both!(
    a_task_link_takes_answers_and_shows_nothing,
    |house: House| async move {
        let physio = house.somebody("pia", "north", Role::Clinician).await;
        let (_, episode) = episode(&house, &physio).await;
        let mut staff = house.browser(&physio).await;
        let (instrument, answers) = instrument(&house);
        let seen = house
            .clinic
            .store
            .episode(&episode)
            .await
            .unwrap()
            .unwrap()
            .version;
        let assign = json!({ "act": "assign_instrument", "assignment": "a1", "instrument": instrument, "due": "2026-03-02" });
        let assigned = staff.act(&episode, seen, assign, None).await;
        assert_eq!(assigned.status, 200, "{}", assigned.text);
        let made = staff
            .submit(
                "/account",
                &format!("/episodes/{episode}/task-link"),
                &[("assignment", "a1")],
            )
            .await;
        assert_eq!(made.status, 200, "{}", made.text);
        let link = shown(&made.text, "t");
        // Mail programs look first, again and again: nothing is used up, and nothing of the patient is there.
        let mut phone = Browser::new(&house.router);
        for _ in 0..10 {
            let door = phone.get(&link).await;
            assert_eq!(door.status, 200);
            assert!(
                !door.text.contains("García") && !door.text.contains("Ana"),
                "{}",
                door.text
            );
        }
        assert!(phone.cookies.is_empty());
        let wrong = phone.post(&link, &born("1981")).await;
        assert_eq!(wrong.status, 401, "{}", wrong.text);
        let right = phone.post(&link, &born("1980")).await;
        assert_eq!(
            (right.status, right.place()),
            (303, "/answer"),
            "{}",
            right.text
        );
        // Some answers, kept; on another device they are there after the date of birth.
        let page = phone.get("/answer/1").await;
        assert_eq!(page.status, 200, "{}", page.text);
        let (first, value) = &answers[0];
        let (csrf, version) = (page.hidden("csrf"), page.hidden("seen"));
        let kept = phone
            .post(
                "/answer/1",
                &[
                    ("csrf", &csrf),
                    ("seen", &version),
                    (first, value),
                    ("do", "keep"),
                ],
            )
            .await;
        assert_eq!(kept.status, 200, "{}", kept.text);
        let mut tablet = Browser::new(&house.router);
        assert_eq!(tablet.post(&link, &born("1980")).await.status, 303);
        let page = tablet.get("/answer/1").await;
        let there = format!("name=\"{first}\"");
        assert!(
            page.text.contains(&there)
                && (page.text.contains("checked")
                    || page.text.contains(&format!("value=\"{value}\""))),
            "{}",
            page.text
        );
        // The telephone still stands on the version before: both are told, nothing is lost.
        let csrf = tablet.get("/answer/1").await.hidden("csrf");
        let stale = tablet
            .post(
                "/answer/1",
                &[
                    ("csrf", &csrf),
                    ("seen", "0"),
                    (first, value),
                    ("do", "keep"),
                ],
            )
            .await;
        assert_eq!(stale.status, 409, "{}", stale.text);
        // All answers, sent in.
        let page = tablet.get("/answer/1").await;
        let (csrf, version) = (page.hidden("csrf"), page.hidden("seen"));
        let mut fields = vec![
            ("csrf", csrf.as_str()),
            ("seen", version.as_str()),
            ("do", "send"),
        ];
        fields.extend(
            answers
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        let sent = tablet.post("/answer/1", &fields).await;
        assert_eq!(sent.status, 200, "{}", sent.text);
        assert!(sent.text.contains("Thank you"));
        let record = house
            .clinic
            .store
            .episode(&episode)
            .await
            .unwrap()
            .unwrap()
            .record;
        assert_eq!(record.answers.len(), 1);
        // From now on it says thank you, and nothing else.
        assert!(
            Browser::new(&house.router)
                .get(&link)
                .await
                .text
                .contains("Thank you")
        );
        assert_eq!(tablet.get("/answer").await.status, 401);
    }
);

both!(
    five_wrong_dates_of_birth_end_a_link,
    |house: House| async move {
        let physio = house.somebody("pia", "north", Role::Clinician).await;
        let (_, episode) = episode(&house, &physio).await;
        let mut staff = house.browser(&physio).await;
        let (instrument, _) = instrument(&house);
        let seen = house
            .clinic
            .store
            .episode(&episode)
            .await
            .unwrap()
            .unwrap()
            .version;
        let assign = json!({ "act": "assign_instrument", "assignment": "a1", "instrument": instrument, "due": "2026-03-02" });
        staff.act(&episode, seen, assign, None).await;
        let made = staff
            .submit(
                "/account",
                &format!("/episodes/{episode}/task-link"),
                &[("assignment", "a1")],
            )
            .await;
        let link = shown(&made.text, "t");
        let mut thief = Browser::new(&house.router);
        for turn in 1..=5 {
            let answer = thief.post(&link, &born("1990")).await;
            assert_eq!(
                answer.status,
                if turn < 5 { 401 } else { 410 },
                "{}",
                answer.text
            );
        }
        assert_eq!(thief.post(&link, &born("1980")).await.status, 410);
        let told = house.clinic.store.due(house.now(), 10).await.unwrap();
        assert!(told.iter().any(|one| one.topic == "link_died"));
    }
);

both!(
    the_own_page_needs_a_code_each_time,
    |house: House| async move {
        let physio = house.somebody("pia", "north", Role::Clinician).await;
        let (patient, episode) = episode(&house, &physio).await;
        let mut staff = house.browser(&physio).await;
        staff.get(&format!("/episodes/{episode}")).await;
        let made = staff
            .submit("/account", &format!("/patients/{patient}/page-link"), &[])
            .await;
        assert_eq!(made.status, 200, "{}", made.text);
        let link = shown(&made.text, "p");
        let mut phone = Browser::new(&house.router);
        assert_eq!(phone.get("/my-record").await.status, 401);
        assert_eq!(phone.get(&link).await.status, 200);
        let sent = phone.post(&link, &[]).await;
        assert_eq!(sent.status, 200, "{}", sent.text);
        let mail = house.last_mail().await;
        let code: String = mail
            .split(|c: char| !c.is_ascii_digit())
            .find(|word| word.len() == 8)
            .expect("a code")
            .to_owned();
        for word in ["pain", "back", "physio", "Ana", "García"] {
            assert!(
                !mail.to_lowercase().contains(&word.to_lowercase()),
                "`{word}` in {mail}"
            );
        }
        assert_eq!(
            phone
                .post(&format!("{link}/open"), &[("code", "00000000")])
                .await
                .status,
            401
        );
        let open = phone
            .post(&format!("{link}/open"), &[("code", &code)])
            .await;
        assert_eq!(
            (open.status, open.place()),
            (303, "/my-record"),
            "{}",
            open.text
        );
        let page = phone.get("/my-record").await;
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(
            page.text.contains("Person pia"),
            "they see who looked: {}",
            page.text
        );
        // A page reads; it answers nothing and opens nothing of staff.
        assert_eq!(phone.get("/answer/1").await.status, 404);
        assert_eq!(phone.get(&format!("/episodes/{episode}")).await.status, 303);
        // After half an hour the visit is over; the code does not open again.
        house.later(31);
        assert_eq!(phone.get("/my-record").await.status, 401);
        assert_eq!(
            phone
                .post(&format!("{link}/open"), &[("code", &code)])
                .await
                .status,
            401
        );
        // Taken back, it is good for nothing.
        let mut staff = house.browser(&physio).await;
        staff
            .submit(
                "/account",
                &format!("/patients/{patient}/links/revoke"),
                &[],
            )
            .await;
        assert_eq!(Browser::new(&house.router).get(&link).await.status, 410);
    }
);
