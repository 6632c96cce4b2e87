//! What people type is shown as they typed it, and nothing in it does anything.

use cotreat_care::decide::Act;
use cotreat_care::event::QuestionAsked;

use super::*;

/// Each has a word of its own, so that it is found again.
const NASTY: [&str; 8] = [
    "<script>alert('n0')</script>",
    "\"><img src=x onerror=alert('n1')>",
    "</textarea><script>n2()</script>",
    "'onmouseover='n3()",
    "{{n4}} ${n4} <%= n4 %>",
    "javascript:n5()//",
    "=HYPERLINK(\"http://n6.example\")",
    "n7\u{202e}\u{0}\u{7}\u{1b}[31m\u{feff}end",
];

fn harmless(page: &str, of: &str) {
    for bad in [
        "<script>alert",
        "<script>n2",
        "<img src=x",
        "onerror=alert('n1')>",
        "</textarea><script",
    ] {
        assert!(!page.contains(bad), "`{bad}` came through on {of}: {page}");
    }
}

both!(
    every_free_text_is_shown_and_does_nothing,
    |house: House| async move {
        let mut room = assessed(&house).await;
        let all = NASTY.join("\n");
        record(
            &house,
            &room,
            Act::AskQuestion(QuestionAsked {
                question: "q1".into(),
                text: all.clone(),
            }),
        )
        .await;
        let page = room.page("").await.text;
        harmless(&page, "the overview");
        for word in ["n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7"] {
            assert!(page.contains(word), "{word} is shown");
        }
        let mut form = Form::of(&page, &room.at("/questions"));
        form.set("answer-q1", &all);
        assert_eq!(room.send(&form, "").await.status, 303);
        let mut plan = room.form("/plan").await;
        plan.set("goals", &all)
            .set("more", &all)
            .set("dose-exercise_therapy", &all)
            .set("by-exercise_therapy", "physiotherapist");
        let kept = room.send(&plan, "keep").await;
        assert_eq!(kept.status, 303);
        harmless(&room.page("/plan").await.text, "the draft of a plan");
        let plan = room.form("/plan").await;
        let agreed = room.send(&plan, "agree").await;
        assert_eq!(agreed.status, 303, "{}", agreed.text);
        let mut session = room.form("/session").await;
        session
            .set("technique-0", LIGHT)
            .set("target-0", &all)
            .set("minutes", "20")
            .set("pain-before", "3")
            .set("pain-after", "2")
            .set("spread", "no")
            .set("safety-net", "yes")
            .set("safety-said", &all)
            .set("home", &all)
            .set("direction-0", &all);
        let refused = room.send(&session, "sign").await;
        assert_eq!(refused.status, 422, "there is no such muscle");
        harmless(&refused.text, "a refused note");
        session.set("target-0", "quadratus_lumborum");
        let signed = room.send(&session, "sign").await;
        assert_eq!(signed.status, 303, "{}", signed.text);
        let id = read(&house, &room)
            .await
            .sessions
            .keys()
            .next()
            .unwrap()
            .clone();
        for below in [
            "",
            "/plan",
            "/session",
            &format!("/sessions/{id}"),
            "/examine",
            "/medicines",
            "/measures",
            "/close",
        ] {
            harmless(&room.page(below).await.text, below);
        }
        // Read back, it is what was typed, apart from line ends and characters that nobody sees.
        let seen: String = all
            .trim()
            .chars()
            .filter(|c| !c.is_control() || *c == '\n')
            .collect();
        let record = read(&house, &room).await;
        assert_eq!(record.plan_in_force().unwrap().goals.len(), NASTY.len());
        assert_eq!(
            record.sessions[&id]
                .valid()
                .unwrap()
                .did
                .home_programme
                .as_deref(),
            Some(seen.as_str())
        );
    }
);

both!(
    addresses_that_nobody_made_do_nothing,
    |house: House| async move {
        let mut room = assessed(&house).await;
        let page = room
            .browser
            .get(&room.at("?done=%3Cscript%3Ealert%28%27n0%27%29%3C%2Fscript%3E"))
            .await;
        harmless(&page.text, "a made-up address");
        let paper = room
            .browser
            .get(&room.at("/measures/peg?assignment=%22%3E%3Cscript%3Ealert"))
            .await;
        harmless(&paper.text, "a made-up assignment");
        let nothing = room.browser.get(&room.at("/measures/no_such_thing")).await;
        assert_eq!(nothing.status, 404);
    }
);
