//! The caseload: whom one has in care, and what calls for them.

use cotreat_people::Role;
use serde_json::json;

use crate::record::{episode, fact};
use crate::support::House;
use crate::support::browser::Browser;

/// An instrument with a rule for a change that matters, all of whose items go from 0 to 10.
const INSTRUMENT: &str = "nrs_pain";

async fn version(house: &House, episode: &str) -> u64 {
    let read = house.clinic.store.episode(episode).await.unwrap();
    read.unwrap().version
}

async fn acts(house: &House, browser: &mut Browser, episode: &str, act: serde_json::Value) {
    let seen = version(house, episode).await;
    let done = browser.act(episode, seen, act, None).await;
    assert_eq!(done.status, 200, "{}", done.text);
}

async fn says(house: &House, browser: &mut Browser, episode: &str, pain: u8) {
    let answers = json!({
        "act": "answer_instrument", "instrument": INSTRUMENT, "answers": { "pain": pain },
        "mode": "in_clinic", "answered_by": "patient",
    });
    acts(house, browser, episode, answers).await;
}

fn is_shown(text: &str, episode: &str) -> bool {
    text.contains(&format!("href=\"/episodes/{episode}\""))
}

both!(
    what_calls_for_somebody_stands_in_the_row,
    |house: House| async move {
        let pia = house.somebody("pia", "north", Role::Clinician).await;
        let tom = house.somebody("tom", "north", Role::Clinician).await;
        let (_, calm) = episode(&house, &pia).await;
        let (_, alarming) = episode(&house, &pia).await;
        let (_, same) = episode(&house, &pia).await;
        let (_, worse) = episode(&house, &pia).await;
        let mut browser = house.browser(&pia).await;
        for (episode, pain) in [(&same, 6), (&worse, 4)] {
            says(&house, &mut browser, episode, pain).await;
        }
        acts(
            &house,
            &mut browser,
            &alarming,
            fact("saddle_sensation_change", "yes"),
        )
        .await;
        acts(
            &house,
            &mut browser,
            &alarming,
            fact("bladder_change_new", "yes"),
        )
        .await;
        let due = json!({ "act": "assign_instrument", "assignment": "a1", "instrument": INSTRUMENT, "due": "2026-03-09" });
        acts(&house, &mut browser, &calm, due).await;
        let page = browser.get("/").await;
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(page.text.contains("New this week"), "{}", page.text);
        for one in [&calm, &alarming, &same, &worse] {
            assert!(is_shown(&page.text, one));
        }
        // A colleague of the same organisation who is in no care team has nobody.
        let other = house.browser(&tom).await.get("/").await;
        assert!(!other.text.contains("García"), "{}", other.text);
        // Six weeks on.
        house.later(60 * 24 * 43);
        let mut browser = house.browser(&pia).await;
        says(&house, &mut browser, &same, 6).await;
        says(&house, &mut browser, &worse, 9).await;
        let shown = async |browser: &mut Browser, show: &str| {
            let page = browser.get(&format!("/?show={show}")).await;
            assert_eq!(page.status, 200, "{}", page.text);
            let all = [&calm, &alarming, &same, &worse];
            all.map(|one| is_shown(&page.text, one))
        };
        for (show, expected) in [
            ("all", [true, true, true, true]),
            ("alarm", [false, true, false, false]),
            ("worse", [false, false, false, true]),
            ("not-better", [false, false, true, true]),
            ("overdue", [true, false, false, false]),
            ("new", [false, false, false, false]),
            ("nonsense", [true, true, true, true]),
        ] {
            assert_eq!(shown(&mut browser, show).await, expected, "{show}");
        }
        let page = browser.get("/").await.text;
        // By the rule that has a name, with its source.
        assert!(
            page.contains("not better by week 6 (") && page.contains("worse ("),
            "{page}"
        );
        assert!(page.contains("got worse by so much"), "{page}");
        assert!(page.contains("Answers due since 9 Mar 2026"), "{page}");
        assert!(page.contains("fig-sparkline"), "{page}");
        let at = |one: &str| page.find(&format!("/episodes/{one}\""));
        assert!(at(&alarming) < at(&worse), "alarms first");
        assert!(at(&worse) < at(&same), "then who got worse");
        assert!(
            at(&same) < at(&calm),
            "then who did not get better, then what is overdue"
        );
        // Better by two points, nothing of it is left.
        house.later(60 * 24);
        let mut browser = house.browser(&pia).await;
        says(&house, &mut browser, &same, 4).await;
        assert_eq!(
            shown(&mut browser, "not-better").await,
            [false, false, false, true]
        );
    }
);
