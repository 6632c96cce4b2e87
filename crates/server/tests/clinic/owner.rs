//! Owners: counts without small cells, people and their access, settings, and the audit.

use cotreat_people::Role;
use cotreat_server::clinic::results::Quarter;
use serde_json::json;

use crate::record::episode;
use crate::support::House;
use crate::support::browser::Answer;

/// The cells of the row of a table that begins with a heading.
fn row<'a>(page: &'a Answer, heading: &str) -> Vec<&'a str> {
    let (_, rest) = page
        .text
        .split_once(&format!("scope=\"row\">{heading}"))
        .unwrap_or_else(|| panic!("no row {heading} in {}", page.text));
    let row = rest.split("</tr>").next().unwrap_or_default();
    row.split("<td")
        .skip(1)
        .filter_map(|cell| cell.split_once('>')?.1.split("</td>").next())
        .collect()
}

both!(
    small_counts_are_hidden_and_larger_ones_shown,
    |house: House| async move {
        let physio = house.somebody("pia", "north", Role::Clinician).await;
        let owner = house.somebody("olga", "north", Role::Owner).await;
        let instrument = house
            .clinic
            .to_be_answered()
            .next()
            .expect("one")
            .to_owned();
        let items: serde_json::Map<String, serde_json::Value> = house
            .clinic
            .knowledge
            .instruments
            .get(&instrument)
            .expect("known")
            .items
            .iter()
            .map(|item| (item.id.clone(), json!(f64::from(item.min))))
            .collect();
        let mut browser = house.browser(&physio).await;
        // 12 are due of the beginning and all answered; 5 of week 2, of which 2 are answered.
        for at in 0..12 {
            let (_, id) = episode(&house, &physio).await;
            let mut version = 1;
            let mut waves = vec![("baseline", true)];
            if at < 5 {
                waves.push(("week_2", at < 2));
            }
            for (wave, answered) in waves {
                let assign = json!({ "act": "assign_instrument", "assignment": wave, "instrument": instrument, "wave": wave, "due": "2026-03-02" });
                let done = browser.act(&id, version, assign, None).await;
                assert_eq!(done.status, 200, "{}", done.text);
                version += 1;
                if answered {
                    let answer = json!({ "act": "answer_instrument", "assignment": wave, "instrument": instrument, "answers": items,
                    "mode": "paper", "answered_by": "patient" });
                    let done = browser.act(&id, version, answer, None).await;
                    assert_eq!(done.status, 200, "{}", done.text);
                    version += 1;
                }
            }
        }
        let mut browser = house.browser(&owner).await;
        // The month runs: nothing of it is counted.
        let now = browser.get("/owner").await;
        assert_eq!(now.status, 200, "{}", now.text);
        assert!(
            now.text.contains("2026-03-02")
                || now
                    .text
                    .contains("Counted from 1 January 2026 to 28 February 2026"),
            "{}",
            now.text
        );
        assert!(!now.text.contains("At the beginning"), "{}", now.text);
        // 12 open episodes are told as what the alarms are counted of.
        assert!(now.text.contains("Of 12 open episodes"), "{}", now.text);
        house.later(60 * 24 * 60);
        let mut browser = house.browser(&owner).await;
        let quarter = Quarter::read("2026-1").expect("a quarter").to_text();
        let page = browser.get(&format!("/owner?quarter={quarter}")).await;
        let name = &house
            .clinic
            .knowledge
            .instruments
            .get(&instrument)
            .expect("known")
            .name;
        let cells = row(&page, name);
        assert_eq!(
            cells,
            ["At the beginning", "12", "12", "100%"],
            "{}",
            page.text
        );
        let rest = page
            .text
            .split_once("At the beginning")
            .expect("it is there")
            .1;
        let rest = rest.split_once("Week 2").expect("it is there").1;
        let second: Vec<&str> = rest
            .split("</tr>")
            .next()
            .unwrap_or_default()
            .split("<td")
            .skip(1)
            .filter_map(|cell| cell.split_once('>')?.1.split("</td>").next())
            .collect();
        assert_eq!(second, ["&lt;11", "&lt;11", "–"], "{}", page.text);
        // Nobody is named.
        assert!(!page.text.contains("García"));
    }
);

both!(
    people_are_added_changed_and_shut_out,
    |house: House| async move {
        let owner = house.somebody("olga", "north", Role::Owner).await;
        let mut browser = house.browser(&owner).await;
        // What is wrong stands at its field, and what was typed stays.
        let wrong = browser
            .submit(
                "/members/new",
                "/members",
                &[
                    ("name", "Nora New"),
                    ("email", "nowhere"),
                    ("role", "clinician"),
                ],
            )
            .await;
        assert_eq!(wrong.status, 422, "{}", wrong.text);
        for says in [
            "href=\"#email\"",
            "this is no address",
            "a clinician needs one",
            "value=\"Nora New\"",
            "value=\"nowhere\"",
        ] {
            assert!(wrong.text.contains(says), "{says} {}", wrong.text);
        }
        let added = browser
            .submit(
                "/members/new",
                "/members",
                &[
                    ("name", "Nora New"),
                    ("email", "nora@north.example.org"),
                    ("role", "front_desk"),
                ],
            )
            .await;
        assert_eq!(added.status, 200, "{}", added.text);
        let link = added
            .text
            .split("/set-up/")
            .nth(1)
            .and_then(|rest| rest.split('<').next())
            .expect("a link")
            .to_owned();
        let mut nora = house.stranger();
        let password = crate::support::people::PASSWORD;
        let set = nora
            .post(&format!("/set-up/{link}"), &[("password", password)])
            .await;
        assert_eq!(set.status, 303, "{}", set.text);
        assert_eq!(nora.get("/today").await.status, 200);

        let list = browser.get("/members").await;
        let user = list
            .text
            .split("Nora New")
            .next()
            .and_then(|before| before.rsplit("/members/").next())
            .and_then(|rest| rest.split('"').next())
            .expect("an id")
            .to_owned();
        let place = format!("/members/{user}");
        let granted = browser
            .submit(&place, &format!("{place}/grant"), &[("role", "owner")])
            .await;
        assert_eq!(
            (granted.status, granted.place()),
            (303, format!("{place}?done=granted").as_str())
        );
        assert_eq!(nora.get("/owner").await.status, 200);
        // A role that goes ends every session.
        let withdrawn = browser
            .submit(
                &place,
                &format!("{place}/withdraw"),
                &[("role", "owner"), ("reason", "on leave")],
            )
            .await;
        assert_eq!(withdrawn.status, 303, "{}", withdrawn.text);
        assert_eq!(nora.get("/owner").await.place(), "/sign-in");
        // A new link, and signing in with it.
        let reset = browser.submit(&place, &format!("{place}/reset"), &[]).await;
        let link = reset
            .text
            .split("/set-up/")
            .nth(1)
            .and_then(|rest| rest.split('<').next())
            .expect("a link")
            .to_owned();
        let set = nora
            .post(
                &format!("/set-up/{link}"),
                &[("password", "seven lanterns violet harbour")],
            )
            .await;
        assert_eq!(set.status, 303, "{}", set.text);
        assert_eq!(nora.get("/today").await.status, 200);
        // Shut out, and let in again.
        let disabled = browser
            .submit(
                &place,
                &format!("{place}/disable"),
                &[("reason", "left us")],
            )
            .await;
        assert_eq!(disabled.status, 303, "{}", disabled.text);
        assert_eq!(nora.get("/today").await.place(), "/sign-in");
        assert!(
            browser
                .get(&place)
                .await
                .text
                .contains("Let them sign in again")
        );
        let enabled = browser
            .submit(&place, &format!("{place}/enable"), &[])
            .await;
        assert_eq!(enabled.status, 303, "{}", enabled.text);
        let page = browser.get(&place).await;
        assert!(
            page.text.contains("signed in") && page.text.contains("got a one-time link"),
            "{}",
            page.text
        );
        // The last owner stays.
        let own = format!("/members/{}", owner.id);
        let kept = browser
            .submit(&own, &format!("{own}/disable"), &[("reason", "holiday")])
            .await;
        assert_eq!(kept.status, 422, "{}", kept.text);
        // Nobody else's people are anybody's.
        let south = house.somebody("sam", "south", Role::FrontDesk).await;
        let foreign = browser
            .submit(
                &own,
                &format!("/members/{}/disable", south.id),
                &[("reason", "x")],
            )
            .await;
        assert_eq!(foreign.status, 404, "{}", foreign.text);
    }
);

both!(
    whoever_works_elsewhere_too_is_not_shut_out_from_here,
    |house: House| async move {
        let owner = house.somebody("olga", "north", Role::Owner).await;
        let southern = house.somebody("otto", "south", Role::Owner).await;
        let both = house.somebody("bea", "north", Role::FrontDesk).await;
        let account = cotreat_people::event::Account {
            name: both.name.clone(),
            email: both.email.clone(),
            qualification: None,
        };
        house
            .clinic
            .add_user(&house.caller(&southern), account, Role::FrontDesk)
            .await
            .expect("added");
        let mut browser = house.browser(&owner).await;
        let place = format!("/members/{}", both.id);
        for act in ["disable", "reset"] {
            let answer = browser
                .submit(&place, &format!("{place}/{act}"), &[("reason", "x")])
                .await;
            assert_eq!(answer.status, 403, "{act} {}", answer.text);
            assert!(
                answer.text.contains("another organisation"),
                "{}",
                answer.text
            );
        }
    }
);

both!(
    settings_are_changed_and_read_again,
    |house: House| async move {
        let owner = house.somebody("olga", "north", Role::Owner).await;
        let mut browser = house.browser(&owner).await;
        let good = [
            ("name", "Clínica Norte"),
            ("hours", "Mo–Fr 8–18\r\nSa 9–12"),
            ("when_closed", "Call 0900 000 000"),
            ("escalate_to", "lead@north.example.org"),
            ("time_zone", "Europe/Madrid"),
            ("jurisdiction", "any"),
            ("profile", ""),
            ("sharing", "whole_clinic"),
        ];
        let mut bad = good;
        bad[4].1 = "Europe/Nowhere";
        let refused = browser.submit("/organisation", "/organisation", &bad).await;
        assert_eq!(refused.status, 422, "{}", refused.text);
        assert!(
            refused.text.contains("there is none of this name") && refused.text.contains("Sa 9–12"),
            "{}",
            refused.text
        );
        let changed = browser
            .submit("/organisation", "/organisation", &good)
            .await;
        assert_eq!(changed.status, 303, "{}", changed.text);
        let page = browser.get("/organisation").await;
        for kept in [
            "Clínica Norte",
            "Mo–Fr 8–18\nSa 9–12",
            "lead@north.example.org",
            "Europe/Madrid",
        ] {
            assert!(page.text.contains(kept), "{kept} {}", page.text);
        }
        let settings = house
            .clinic
            .store
            .organisation("north")
            .await
            .unwrap()
            .unwrap()
            .settings;
        assert_eq!(
            settings.reach.when_closed.as_deref(),
            Some("Call 0900 000 000")
        );
        // What is told about reaching it lies sealed.
        let rows = house
            .clinic
            .store
            .ask(
                "SELECT reach FROM organisation WHERE organisation = 'north'",
                &[],
            )
            .await
            .unwrap();
        let bytes = rows[0].bytes(0).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("0900"));
        // Made again from the events, the table is the same.
        for table in house.clinic.store.rebuild(&mut |_, _| ()).await.unwrap() {
            assert!(table.identical, "{table:?}");
        }
        let named = browser
            .submit(
                "/organisation",
                "/organisation/privacy-officer",
                &[("user", &owner.id)],
            )
            .await;
        assert_eq!(named.status, 303, "{}", named.text);
        assert!(
            browser
                .get("/organisation")
                .await
                .text
                .contains("answers for it")
        );
    }
);

both!(the_audit_tells_who_did_what, |house: House| async move {
    let owner = house.somebody("olga", "north", Role::Owner).await;
    let physio = house.somebody("pia", "north", Role::Clinician).await;
    let desk = house.somebody("dora", "north", Role::FrontDesk).await;
    let outside = house.somebody("sid", "south", Role::Clinician).await;
    let (patient, id) = episode(&house, &physio).await;
    let mut treating = house.browser(&physio).await;
    treating.get(&format!("/episodes/{id}")).await;
    let mut at_desk = house.browser(&desk).await;
    assert_eq!(at_desk.get(&format!("/episodes/{id}")).await.status, 403);
    let glass = house
        .browser(&outside)
        .await
        .submit(
            &format!("/patients/{patient}"),
            &format!("/patients/{patient}/glass"),
            &[("reason", "unconscious in the waiting room")],
        )
        .await;
    assert_eq!(glass.status, 303, "{}", glass.text);

    let mut browser = house.browser(&owner).await;
    let all = browser.get("/audit").await;
    assert_eq!(all.status, 200, "{}", all.text);
    for told in [
        "Registered the patient",
        "Opened the record for care",
        "Wrote in the clinical record",
        "Was refused GET /episodes/{id}",
        "signed in",
        &patient,
    ] {
        assert!(all.text.contains(told), "{told} {}", all.text);
    }
    // What somebody did for another organisation is in that one's audit: the patient and their team see it on the patient's page.
    assert!(!all.text.contains("unconscious"), "{}", all.text);
    // Nothing clinical is told.
    assert!(!all.text.contains("primary_care"));
    let only = |query: &str| format!("/audit?from=2026-03-01&to=2026-03-03&{query}");
    let refusals = browser.get(&only("sort=refusals")).await;
    assert!(
        refusals.text.contains("Was refused") && !refusals.text.contains("Opened the record"),
        "{}",
        refusals.text
    );
    let of_pia = browser.get(&only("user=pia")).await;
    assert!(
        of_pia.text.contains("Opened the record") && !of_pia.text.contains("Was refused"),
        "{}",
        of_pia.text
    );
    let other_day = browser.get("/audit?from=2026-02-01&to=2026-02-03").await;
    assert!(
        other_day.text.contains("Nothing was found"),
        "{}",
        other_day.text
    );
    let nobody = browser.get(&only("patient=nobody")).await;
    assert!(nobody.text.contains("Nothing was found"), "{}", nobody.text);
    let roles = browser.get(&only("sort=roles")).await;
    assert!(
        roles.text.contains("given the role") && !roles.text.contains("Opened the record"),
        "{}",
        roles.text
    );

    let csv = browser
        .get(&format!(
            "/audit.csv?from=2026-03-01&to=2026-03-03&patient={patient}"
        ))
        .await;
    assert_eq!(csv.status, 200);
    assert!(
        csv.headers["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/csv")
    );
    assert!(
        csv.text.contains("\"Opened the record for care\"") && csv.text.contains(&patient),
        "{}",
        csv.text
    );

    // The glass was broken in the south: its owner sees it, as the south acted.
    let southern = house.somebody("otto", "south", Role::Owner).await;
    let theirs = house
        .browser(&southern)
        .await
        .get("/audit?sort=glass")
        .await;
    assert!(theirs.text.contains("unconscious"), "{}", theirs.text);
    assert!(
        !theirs.text.contains("Opened the record for care"),
        "{}",
        theirs.text
    );
    // Whoever answers for privacy sees the audit without being an owner.
    assert_eq!(at_desk.get("/audit").await.status, 403);
    house
        .clinic
        .name_privacy_officer(&house.caller(&owner), desk.id.clone())
        .await
        .expect("named");
    assert_eq!(at_desk.get("/audit").await.status, 200);
    assert!(at_desk.get("/").await.text.contains("href=\"/audit\""));
});

both!(an_owner_erases_by_number, |house: House| async move {
    let owner = house.somebody("olga", "north", Role::Owner).await;
    let desk = house.somebody("dora", "north", Role::FrontDesk).await;
    let patient = house.patient(&desk, "García").await;
    let mut browser = house.browser(&owner).await;
    let who = [("asked_by", "the patient"), ("reason", "consent withdrawn")];
    let missing = browser
        .submit("/erase", "/erase", &[("number", &patient)])
        .await;
    assert_eq!(missing.status, 422, "{}", missing.text);
    assert!(missing.text.contains(&patient), "what was typed stays");
    let nobody = browser
        .submit("/erase", "/erase", &[("number", "nobody"), who[0], who[1]])
        .await;
    assert!(
        nobody.status == 422 && nobody.text.contains("no patient of this number"),
        "{}",
        nobody.text
    );
    let done = browser
        .submit("/erase", "/erase", &[("number", &patient), who[0], who[1]])
        .await;
    assert_eq!(done.place(), "/owner?done=erased", "{}", done.text);
    assert!(
        browser
            .get(done.place())
            .await
            .text
            .contains("The patient is erased")
    );
    let mut browser = house.browser(&desk).await;
    let gone = browser.get(&format!("/patients/{patient}")).await;
    assert_eq!(gone.status, 404);
});
