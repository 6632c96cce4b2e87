//! Referrals in the browser: written, sent, answered by a colleague, and by somebody outside who has no account.

use cotreat_care::record::{ReferralRecord, State};
use cotreat_people::Role;

use crate::record::episode;
use crate::support::House;
use crate::support::browser::{Answer, Browser};
use crate::support::people::Somebody;

/// The names of the fields under the headings of a form.
fn headings(page: &Answer) -> Vec<String> {
    let parts = page.text.split("name=\"content-").skip(1);
    let ids = parts.filter_map(|rest| rest.split('"').next());
    let ids = ids.filter(|id| *id != "more");
    ids.map(|id| format!("content-{id}")).collect()
}

/// Everything a form needs to be sent again, and something under each heading.
fn filled<'a>(page: &Answer, more: &[(&'a str, &'a str)]) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = ["csrf", "referral", "seen", "pathway"]
        .iter()
        .map(|name| ((*name).to_owned(), page.hidden(name)))
        .collect();
    for name in headings(page) {
        all.push((name, "nothing that is not written here".to_owned()));
    }
    for (name, value) in more {
        all.push(((*name).to_owned(), (*value).to_owned()));
    }
    all
}

async fn post(browser: &mut Browser, place: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    browser.post(place, &fields).await
}

/// Writes and sends a referral; returns where it is.
async fn refers(browser: &mut Browser, episode: &str, to: &[(&str, &str)]) -> String {
    let profession = to.iter().find(|(name, _)| *name == "profession");
    let profession = profession.map_or("", |(_, id)| *id);
    let new = format!("/episodes/{episode}/referrals/new");
    let form = browser.get(&format!("{new}?profession={profession}")).await;
    assert_eq!(form.status, 200, "{}", form.text);
    let mut fields = filled(&form, to);
    fields.push(("do".to_owned(), "send".to_owned()));
    let sent = post(browser, &new, &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    sent.place().to_owned()
}

/// Presses one of the buttons on the page of a referral.
async fn does(browser: &mut Browser, place: &str, what: &str, more: &[(&str, &str)]) -> Answer {
    let page = browser.get(place).await;
    let (csrf, seen) = (page.hidden("csrf"), page.hidden("seen"));
    let mut fields = vec![("csrf", csrf.as_str()), ("seen", &seen), ("do", what)];
    fields.extend_from_slice(more);
    browser.post(place, &fields).await
}

async fn on_record(house: &House, place: &str) -> ReferralRecord {
    let mut parts = place.trim_start_matches("/episodes/").split("/referrals/");
    let episode = parts.next().expect("an episode");
    let referral = parts.next().expect("a referral");
    let read = house.clinic.store.episode(episode).await.unwrap().unwrap();
    read.record.referrals[referral].clone()
}

async fn physio(house: &House) -> Somebody {
    house.somebody("pia", "north", Role::Clinician).await
}

async fn masseur(house: &House, id: &str, organisation: &str) -> Somebody {
    let profession = Some("massage_therapist");
    house
        .somebody_of(id, organisation, Role::Clinician, profession)
        .await
}

both!(
    a_referral_goes_round_the_whole_loop,
    |house: House| async move {
        let (pia, max) = (physio(&house).await, masseur(&house, "max", "north").await);
        let (patient, episode) = episode(&house, &pia).await;
        let mut from = house.browser(&pia).await;
        let mut to = house.browser(&max).await;
        // First: which pathways apply, or to which profession.
        let new = format!("/episodes/{episode}/referrals/new");
        let choose = from.get(&new).await;
        assert_eq!(choose.status, 200, "{}", choose.text);
        assert!(choose.text.contains("value=\"massage_therapist\""));
        // The directory is looked through in the form, and nothing typed is lost by it.
        let form = from
            .get(&format!("{new}?profession=massage_therapist"))
            .await;
        let mut fields = filled(
            &form,
            &[
                ("profession", "massage_therapist"),
                ("content-more", "Afraid of needles & <b>loud</b> music."),
                ("guidance-0-not", "class:thrust"),
                ("guidance-0-avoid", "prone"),
                ("supervisor", "pia"),
            ],
        );
        fields.push(("do".to_owned(), "find".to_owned()));
        let found = post(&mut from, &new, &fields).await;
        assert_eq!(found.status, 200, "{}", found.text);
        for there in [
            "user/max",
            "organisation/north",
            "Afraid of needles &amp; &lt;b&gt;loud",
        ] {
            assert!(found.text.contains(there), "{there}: {}", found.text);
        }
        // Kept as a draft: nobody else knows of it.
        *fields.last_mut().unwrap() = ("do".to_owned(), "save".to_owned());
        fields.push(("to".to_owned(), "user/max".to_owned()));
        let kept = post(&mut from, &new, &fields).await;
        assert_eq!(kept.status, 303, "{}", kept.text);
        let place = kept.place().to_owned();
        assert_eq!(on_record(&house, &place).await.state, State::Draft);
        assert_eq!(to.get(&place).await.status, 404);
        // The same form sent twice is one draft.
        let twice = post(&mut from, &new, &fields).await;
        assert_eq!((twice.status, twice.place()), (303, place.as_str()));
        assert_eq!(on_record(&house, &place).await.steps.len(), 1);
        // Sent from the page of the draft.
        let draft = from.get(&place).await;
        assert!(
            draft.text.contains("value=\"user/max\" checked"),
            "{}",
            draft.text
        );
        let mut fields = filled(
            &draft,
            &[
                ("profession", "massage_therapist"),
                ("to", "user/max"),
                ("guidance-0-not", "class:thrust"),
                ("guidance-0-avoid", "prone"),
                ("supervisor", "pia"),
                ("do", "send"),
            ],
        );
        let sent = post(&mut from, &new, &fields).await;
        assert_eq!(
            (sent.status, sent.place()),
            (303, place.as_str()),
            "{}",
            sent.text
        );
        let one = on_record(&house, &place).await;
        assert_eq!(one.state, State::Sent);
        let guidance = &one.referral.guidance[0];
        assert_eq!(guidance.says, "No thrust; Avoid lying on the belly");
        assert_eq!(guidance.not, ["class:thrust"]);
        assert_eq!(guidance.supervisor.as_deref(), Some("pia"));
        // Pressed again, it is sent once.
        fields.retain(|(name, _)| name != "seen");
        fields.push(("seen".to_owned(), "1".to_owned()));
        let again = post(&mut from, &new, &fields).await;
        assert_eq!(
            (again.status, again.place()),
            (303, place.as_str()),
            "{}",
            again.text
        );
        assert_eq!(on_record(&house, &place).await.state, State::Sent);
        // It lies in the box of whom it is for, who sees the referral and not yet the record.
        let inbox = to.get("/referrals").await;
        assert!(inbox.text.contains(&place), "{}", inbox.text);
        let seen = to.get(&place).await;
        assert_eq!(seen.status, 200, "{}", seen.text);
        assert!(seen.text.contains("No thrust") && seen.text.contains("García"));
        assert_eq!(to.get(&format!("/episodes/{episode}")).await.status, 403);
        let taken = does(&mut to, &place, "accept", &[]).await;
        assert_eq!(
            (taken.status, taken.place()),
            (303, format!("/episodes/{episode}").as_str()),
            "{}",
            taken.text
        );
        assert_eq!(to.get(&format!("/episodes/{episode}")).await.status, 200);
        // An appointment in the past is refused in words, and what was typed is there.
        let day = [
            ("appointment-day", "1"),
            ("appointment-month", "3"),
            ("appointment-year", "2026"),
        ];
        let past = does(&mut to, &place, "schedule", &day).await;
        assert_eq!(past.status, 422, "{}", past.text);
        assert!(past.text.contains("lies in the past") && past.text.contains("value=\"2026\""));
        let day = [
            ("appointment-day", "9"),
            ("appointment-month", "3"),
            ("appointment-year", "2026"),
        ];
        let given = does(&mut to, &place, "schedule", &day).await;
        assert_eq!(given.status, 303, "{}", given.text);
        let file = to.get(&format!("{place}/appointment.ics")).await;
        assert_eq!(file.status, 200, "{}", file.text);
        assert!(file.text.contains("DTSTART;VALUE=DATE:20260309\r\n"));
        for personal in [
            "Ana", "García", "max", "Person", "massage", "1980", &patient,
        ] {
            assert!(
                !file.text.contains(personal),
                "`{personal}` in {}",
                file.text
            );
        }
        house.later(60 * 24 * 7);
        let mut to = house.browser(&max).await;
        assert_eq!(does(&mut to, &place, "start", &[]).await.status, 303);
        let empty = does(&mut to, &place, "complete", &[("report", " ")]).await;
        assert_eq!(empty.status, 422, "{}", empty.text);
        let report = [("report", "Softer on both sides.")];
        let done = does(&mut to, &place, "complete", &report).await;
        assert_eq!(done.status, 303, "{}", done.text);
        // It is over, and the record is closed to them; whoever referred reads the report.
        assert_eq!(to.get(&format!("/episodes/{episode}")).await.status, 404);
        let mut from = house.browser(&pia).await;
        let told = from.get(&place).await;
        assert!(told.text.contains("Softer on both sides."), "{}", told.text);
        assert!(!from.get("/referrals").await.text.contains(&place));
        assert!(from.get("/referrals?over=true").await.text.contains(&place));
    }
);

both!(
    what_is_missing_is_told_and_the_draft_is_kept,
    |house: House| async move {
        let (pia, _) = (physio(&house).await, masseur(&house, "max", "south").await);
        let (_, episode) = episode(&house, &pia).await;
        let mut from = house.browser(&pia).await;
        let new = format!("/episodes/{episode}/referrals/new");
        let form = from
            .get(&format!("{new}?profession=massage_therapist"))
            .await;
        let more = [
            ("profession", "massage_therapist"),
            ("to", "user/max"),
            ("do", "send"),
        ];
        let mut fields = filled(&form, &more);
        let first = headings(&form)[0].clone();
        for (name, value) in &mut fields {
            if *name == first {
                " ".clone_into(value);
            }
        }
        let refused = post(&mut from, &new, &fields).await;
        assert_eq!(refused.status, 422, "{}", refused.text);
        assert!(refused.text.contains("it does not say"), "{}", refused.text);
        assert!(refused.text.contains("nothing that is not written here"));
        let place = format!("/episodes/{episode}/referrals/{}", form.hidden("referral"));
        assert_eq!(on_record(&house, &place).await.state, State::Draft);
        // With what was missing it leaves, from the very page that refused it.
        let mut fields = filled(&refused, &more);
        fields.retain(|(name, _)| *name != "do");
        fields.push(("do".to_owned(), "send".to_owned()));
        let sent = post(&mut from, &new, &fields).await;
        assert_eq!(sent.status, 303, "{}", sent.text);
        // To nobody nothing is sent; a stranger of another profession is not taken.
        let form = from
            .get(&format!("{new}?profession=massage_therapist"))
            .await;
        for (to, says) in [
            ("", "nobody is chosen"),
            ("user/pia", "not of this profession"),
        ] {
            let more = [
                ("profession", "massage_therapist"),
                ("to", to),
                ("do", "send"),
            ];
            let refused = post(&mut from, &new, &filled(&form, &more)).await;
            assert_eq!(refused.status, 422, "{}", refused.text);
            assert!(refused.text.contains(says), "{says}: {}", refused.text);
        }
    }
);

both!(
    two_who_write_one_draft_see_both,
    |house: House| async move {
        let one = house.somebody("pia", "south", Role::Clinician).await;
        let other = house.somebody("tom", "south", Role::Clinician).await;
        let (_, episode) = episode(&house, &one).await;
        let (mut first, mut second) = (house.browser(&one).await, house.browser(&other).await);
        let new = format!("/episodes/{episode}/referrals/new");
        let form = first.get(&format!("{new}?profession=gp")).await;
        let with = |page: &Answer, says| {
            let more = [("profession", "gp"), ("content-more", says), ("do", "save")];
            filled(page, &more)
        };
        let kept = post(&mut first, &new, &with(&form, "the first")).await;
        let place = kept.place().to_owned();
        let (mine, theirs) = (first.get(&place).await, second.get(&place).await);
        assert_eq!(
            post(&mut second, &new, &with(&theirs, "the second"))
                .await
                .status,
            303
        );
        let stale = post(&mut first, &new, &with(&mine, "the first, longer")).await;
        assert_eq!(stale.status, 409, "{}", stale.text);
        for both in ["the second", "the first, longer"] {
            assert!(stale.text.contains(both), "{both}: {}", stale.text);
        }
        // Sent again from there, what stands in the form counts.
        let again = post(&mut first, &new, &with(&stale, "the first, longer")).await;
        assert_eq!(again.status, 303, "{}", again.text);
        let one = on_record(&house, &place).await;
        assert!(
            one.referral
                .content
                .values()
                .any(|text| text == "the first, longer")
        );
    }
);

both!(
    a_box_holds_what_is_for_somebody_and_what_is_overdue_comes_first,
    |house: House| async move {
        let pia = physio(&house).await;
        let (max, mia) = (
            masseur(&house, "max", "south").await,
            masseur(&house, "mia", "south").await,
        );
        let desk = house.somebody("dee", "south", Role::FrontDesk).await;
        let (_, episode) = episode(&house, &pia).await;
        let mut from = house.browser(&pia).await;
        let old = [("profession", "massage_therapist"), ("to", "user/max")];
        let old = refers(&mut from, &episode, &old).await;
        // Seven days are those of the profession; on the ninth one is two days overdue.
        house.later(60 * 24 * 9);
        let mut from = house.browser(&pia).await;
        let anybody = [
            ("profession", "massage_therapist"),
            ("to", "organisation/south"),
        ];
        let anybody = refers(&mut from, &episode, &anybody).await;
        let mut box_of = house.browser(&max).await;
        let page = box_of.get("/referrals").await;
        let (at_old, at_new) = (page.text.find(&old), page.text.find(&anybody));
        assert!(at_old.is_some() && at_old < at_new, "{}", page.text);
        assert!(page.text.contains("2 days overdue"), "{}", page.text);
        // A colleague sees what is for the organisation, and nothing that is for one person.
        let page = house.browser(&mia).await.get("/referrals").await;
        assert!(page.text.contains(&anybody) && !page.text.contains(&old));
        // The front desk does not know the patient yet.
        let page = house.browser(&desk).await.get("/referrals").await;
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(!page.text.contains(&anybody) && !page.text.contains("García"));
        // Whoever referred sees both going out, the overdue one first.
        let page = from.get("/referrals").await;
        assert!(page.text.find(&old) < page.text.find(&anybody));
        // Taken by one, it is out of the other's reach.
        assert_eq!(does(&mut box_of, &anybody, "accept", &[]).await.status, 303);
        let mut other = house.browser(&mia).await;
        assert!(!other.get("/referrals").await.text.contains(&anybody));
        let late = other
            .post(&anybody, &[("csrf", "x"), ("do", "accept")])
            .await;
        assert!(matches!(late.status, 403 | 404), "{}", late.text);
    }
);

/// The link in the last letter, and the code.
async fn link(house: &House) -> String {
    let mail = house.last_mail().await;
    let (_, rest) = mail.split_once("/r/").expect("a link");
    let token: String = rest
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    format!("/r/{token}")
}

async fn code(house: &House) -> String {
    let mail = house.last_mail().await;
    let mut words = mail.split(|c: char| !c.is_ascii_digit());
    words
        .find(|word| word.len() == 8)
        .expect("a code")
        .to_owned()
}

/// A referral from somebody to a surgeon outside.
async fn refers_outside(house: &House, pia: &Somebody, episode: &str) -> String {
    let mut from = house.browser(pia).await;
    let to = [
        ("profession", "spine_surgeon"),
        ("to", "outside"),
        ("outside-name", "Dr Hill"),
        ("outside-email", "hill@surgeons.example.org"),
    ];
    refers(&mut from, episode, &to).await
}

/// Opens the link with a code.
async fn opens(house: &House, link: &str) -> Browser {
    let mut outside = Browser::new(&house.router);
    let sent = outside.post(link, &[]).await;
    assert_eq!(sent.status, 200, "{}", sent.text);
    let code = code(house).await;
    let open = outside
        .post(&format!("{link}/open"), &[("code", &code)])
        .await;
    assert_eq!(
        (open.status, open.place()),
        (303, "/referral"),
        "{}",
        open.text
    );
    outside
}

async fn answers(outside: &mut Browser, what: &str, more: &[(&str, &str)]) -> Answer {
    let page = outside.get("/referral").await;
    let (csrf, seen) = (page.hidden("csrf"), page.hidden("seen"));
    let mut fields = vec![("csrf", csrf.as_str()), ("seen", &seen), ("do", what)];
    fields.extend_from_slice(more);
    outside.post("/referral", &fields).await
}

const HILL: [(&str, &str); 2] = [("name", "Dr Ruth Hill"), ("profession", "spine_surgeon")];

both!(
    somebody_outside_answers_by_a_link,
    |house: House| async move {
        let pia = physio(&house).await;
        let (patient, episode) = episode(&house, &pia).await;
        let place = refers_outside(&house, &pia, &episode).await;
        let mail = house.last_mail().await;
        for word in ["Ana", "García", "pain", "spine", "surg"] {
            let subject_and_text = mail.replace("hill@surgeons", "");
            assert!(!subject_and_text.contains(word), "`{word}` in {mail}");
        }
        let link = link(&house).await;
        // The page of whoever referred shows where it went, and no link that would let them answer it themselves.
        let mut staff = house.browser(&pia).await;
        let page = staff.get(&place).await;
        assert!(
            page.text.contains("hill@surgeons.example.org"),
            "{}",
            page.text
        );
        assert!(!page.text.contains(&link));
        // Mail programs look first: nothing is used up and nothing is shown.
        let mut outside = Browser::new(&house.router);
        for _ in 0..5 {
            let door = outside.get(&link).await;
            assert_eq!(door.status, 200);
            for word in ["Ana", "García", "spine", "Hill"] {
                assert!(!door.text.contains(word), "`{word}` in {}", door.text);
            }
        }
        assert_eq!(outside.get("/referral").await.status, 401);
        // Five wrong codes end the code, not the link.
        outside.post(&link, &[]).await;
        let right = code(&house).await;
        for _ in 0..5 {
            let wrong = outside
                .post(&format!("{link}/open"), &[("code", "00000000")])
                .await;
            assert_eq!(wrong.status, 401);
        }
        let late = outside
            .post(&format!("{link}/open"), &[("code", &right)])
            .await;
        assert_eq!(late.status, 401, "{}", late.text);
        let mut outside = opens(&house, &link).await;
        let page = outside.get("/referral").await;
        assert_eq!(page.status, 200, "{}", page.text);
        for there in [
            "García",
            "1980",
            "Person pia",
            "Clinic north",
            "nothing that is not written here",
        ] {
            assert!(page.text.contains(there), "{there}: {}", page.text);
        }
        // This referral, and nothing else.
        for elsewhere in [
            format!("/episodes/{episode}"),
            format!("/patients/{patient}"),
            "/my-record".to_owned(),
            "/answer".to_owned(),
            "/referrals".to_owned(),
            place.clone(),
        ] {
            let answer = outside.get(&elsewhere).await;
            assert!(
                matches!(answer.status, 303 | 404),
                "{elsewhere}: {} {}",
                answer.status,
                answer.text
            );
        }
        // Without a name nothing is answered; of another profession it is not theirs.
        let nameless = answers(&mut outside, "accept", &[("name", " ")]).await;
        assert_eq!(nameless.status, 422, "{}", nameless.text);
        let other = [("name", "Dr Hill"), ("profession", "gp")];
        let other = answers(&mut outside, "accept", &other).await;
        assert_eq!(other.status, 422, "{}", other.text);
        assert!(other.text.contains("not for Dr Hill"), "{}", other.text);
        let accepted = answers(&mut outside, "accept", &HILL).await;
        assert_eq!(accepted.status, 303, "{}", accepted.text);
        let one = on_record(&house, &place).await;
        let by = one.accepted_by.expect("somebody took it");
        assert_eq!((one.state, by.name()), (State::Accepted, "Dr Ruth Hill"));
        assert!(by.id().is_some_and(|id| id.starts_with("outside/")));
        let in_team = async || {
            let read = house.clinic.store.episode(&episode).await.unwrap().unwrap();
            let by = read.record.referrals.values().next().unwrap();
            let id = by.referral.to.practitioner.clone().unwrap();
            read.record.in_team(&id)
        };
        assert!(in_team().await, "whoever takes it is in the care team");
        let mut day = HILL.to_vec();
        day.extend([
            ("appointment-day", "5"),
            ("appointment-month", "3"),
            ("appointment-year", "2026"),
        ]);
        let given = answers(&mut outside, "schedule", &day).await;
        assert_eq!(given.status, 303, "{}", given.text);
        assert_eq!(answers(&mut outside, "start", &HILL).await.status, 303);
        let mut report = HILL.to_vec();
        report.push(("report", "No operation is called for.\n<script>x</script>"));
        let done = answers(&mut outside, "complete", &report).await;
        assert_eq!(done.status, 303, "{}", done.text);
        assert_eq!(on_record(&house, &place).await.state, State::Completed);
        assert!(!in_team().await, "and leaves it when it is over");
        // What was asked is not shown any more; that it arrived is.
        let after = outside.get("/referral").await;
        assert_eq!(after.status, 200);
        assert!(!after.text.contains("García") && after.text.contains("Thank you"));
        let told = staff.get(&place).await;
        assert!(
            told.text.contains("No operation is called for."),
            "{}",
            told.text
        );
        assert!(!told.text.contains("<script>x"));
        // The patient sees who looked.
        let own = house.clinic.person(&house.own(&patient), &patient).await;
        let looked = own.unwrap().openings;
        assert!(
            looked
                .iter()
                .any(|one| one.name.as_deref() == Some("Dr Hill")),
            "{looked:?}"
        );
        // Closed, it is closed.
        let csrf = outside.get("/referral").await.hidden("csrf");
        let closed = outside.post("/referral/close", &[("csrf", &csrf)]).await;
        assert_eq!(closed.status, 200);
        assert_eq!(outside.get("/referral").await.status, 401);
    }
);

both!(
    a_link_is_good_for_whom_it_was_sent_to_and_for_two_weeks,
    |house: House| async move {
        let pia = physio(&house).await;
        let (_, episode) = episode(&house, &pia).await;
        let place = refers_outside(&house, &pia, &episode).await;
        let first = link(&house).await;
        let mut staff = house.browser(&pia).await;
        // Sent again, the new link is good and the first is not.
        assert_eq!(does(&mut staff, &place, "link", &[]).await.status, 303);
        let second = link(&house).await;
        assert_ne!(first, second);
        let mut outside = Browser::new(&house.router);
        assert_eq!(outside.get(&first).await.status, 410);
        assert_eq!(outside.get(&second).await.status, 200);
        // Declined with a reason, it shows nothing any more, and whoever referred reads why.
        let mut open = opens(&house, &second).await;
        let mut no = HILL.to_vec();
        no.push(("decline-reason", ""));
        let nothing = answers(&mut open, "decline", &no).await;
        assert_eq!(nothing.status, 422, "{}", nothing.text);
        no.pop();
        no.push(("decline-reason", "No room before May"));
        let declined = answers(&mut open, "decline", &no).await;
        assert_eq!(declined.status, 303, "{}", declined.text);
        assert!(!open.get("/referral").await.text.contains("García"));
        assert!(staff.get(&place).await.text.contains("No room before May"));
        // Taken up again for somebody else, the old link opens nothing.
        let note = [("reopen-note", "another surgeon")];
        assert_eq!(does(&mut staff, &place, "reopen", &note).await.status, 303);
        let draft = staff.get(&place).await;
        let to = [
            ("profession", "spine_surgeon"),
            ("to", "outside"),
            ("outside-name", "Dr Woods"),
            ("outside-email", "woods@surgeons.example.org"),
            ("do", "send"),
        ];
        let new = format!("/episodes/{episode}/referrals/new");
        let sent = post(&mut staff, &new, &filled(&draft, &to)).await;
        assert_eq!(sent.status, 303, "{}", sent.text);
        assert_eq!(outside.get(&second).await.status, 410);
        let third = link(&house).await;
        house.later(60 * 24 * 14 + 1);
        assert_eq!(outside.get(&third).await.status, 410);
    }
);

both!(
    what_was_called_off_is_not_shown_by_the_link,
    |house: House| async move {
        let pia = physio(&house).await;
        let (_, episode) = episode(&house, &pia).await;
        let place = refers_outside(&house, &pia, &episode).await;
        let link = link(&house).await;
        let mut outside = opens(&house, &link).await;
        let mut staff = house.browser(&pia).await;
        let off = [("cancel-reason", "moved away")];
        assert_eq!(does(&mut staff, &place, "cancel", &off).await.status, 303);
        let page = outside.get("/referral").await;
        assert!(!page.text.contains("García"), "{}", page.text);
        let late = outside
            .post(
                "/referral",
                &[
                    ("csrf", &page.hidden("csrf")),
                    ("do", "accept"),
                    HILL[0],
                    HILL[1],
                ],
            )
            .await;
        assert!(
            matches!(late.status, 409 | 422),
            "{} {}",
            late.status,
            late.text
        );
        assert_eq!(on_record(&house, &place).await.state, State::Cancelled);
    }
);

both!(
    what_is_on_record_stands_under_its_heading_and_nothing_else,
    |house: House| async move {
        let pia = physio(&house).await;
        let (_, episode) = episode(&house, &pia).await;
        let mut from = house.browser(&pia).await;
        let new = format!("/episodes/{episode}/referrals/new?profession=gp");
        let bare = from.get(&new).await;
        let typed = |page: &Answer, text: &str| page.text.contains(text);
        let name = |id: &str| {
            house
                .clinic
                .knowledge
                .findings
                .get(id)
                .unwrap()
                .name
                .clone()
        };
        assert!(!typed(&bare, &name("straight_leg_raise")));
        let mut seen = house
            .clinic
            .store
            .episode(&episode)
            .await
            .unwrap()
            .unwrap()
            .version;
        for (finding, answer) in [("straight_leg_raise", "yes"), ("slump", "no")] {
            let fact = crate::record::fact(finding, answer);
            let written = from.act(&episode, seen, fact, None).await;
            assert_eq!(written.status, 200, "{}", written.text);
            seen = written.json()["version"].as_u64().unwrap();
        }
        let form = from.get(&new).await;
        let there = format!("{}: ", name("straight_leg_raise"));
        assert!(typed(&form, &there), "{}", form.text);
        // What is not there is no finding to be told.
        assert!(
            !typed(&form, &format!("{}: ", name("slump"))),
            "{}",
            form.text
        );
    }
);
