//! Measuring and closing.

use super::*;

both!(
    an_instrument_is_assigned_for_a_wave_and_answered_on_paper,
    |house: House| async move {
        let mut room = assessed(&house).await;
        let mut form = room.form("/measures").await;
        form.set("instrument", "peg").set("wave", "week_6");
        let assigned = room.send(&form, "").await;
        assert_eq!(assigned.status, 303, "{}", assigned.text);
        let record = read(&house, &room).await;
        let (id, one) = record.assignments.iter().next().expect("an assignment");
        // Six weeks after the Monday on which it began.
        assert_eq!(
            (one.what.due.to_string().as_str(), one.what.wave.as_deref()),
            ("2026-04-13", Some("week_6"))
        );
        let page = room.page("/measures").await.text;
        assert!(
            page.contains(&format!("/measures/peg?assignment={id}")),
            "{page}"
        );
        let paper = room
            .page(&format!("/measures/peg?assignment={id}"))
            .await
            .text;
        assert!(
            paper.contains("What number best describes your pain"),
            "{paper}"
        );
        let mut answers = Form::of(&paper, &room.at("/measures/peg"));
        assert_eq!(answers.get("assignment"), id);
        answers
            .set("i-pain", "4")
            .set("i-enjoyment", "5")
            .set("i-activity", "99");
        let refused = room.send(&answers, "").await;
        assert_eq!(refused.status, 422, "{}", refused.text);
        answers.set("i-activity", "6");
        let saved = room.send(&answers, "").await;
        assert_eq!(saved.status, 303, "{}", saved.text);
        let record = read(&house, &room).await;
        let answer = &record.answers[0].what;
        assert_eq!(
            (answer.mode, answer.answers["pain"]),
            (cotreat_care::event::Mode::Paper, 4.0)
        );
        // The graph is there, with its table.
        let page = room.page("").await.text;
        assert!(page.contains("<svg") && page.contains("PEG"), "{page}");
    }
);

both!(
    an_episode_is_closed_with_a_reason,
    |house: House| async move {
        let mut room = assessed(&house).await;
        let mut form = room.form("/close").await;
        let refused = room.send(&form, "").await;
        assert_eq!(refused.status, 422);
        form.set("reason", "the goals are reached");
        let closed = room.send(&form, "").await;
        assert_eq!(
            (closed.status, closed.place()),
            (303, "/"),
            "{}",
            closed.text
        );
        assert_eq!(
            read(&house, &room).await.closed.unwrap().what.reason,
            "the goals are reached"
        );
    }
);

both!(the_pages_are_there_in_spanish, |house: House| async move {
    let mut room = assessed(&house).await;
    for below in [
        "",
        "/session",
        "/plan",
        "/examine",
        "/medicines",
        "/measures",
        "/close",
    ] {
        let place = room.at(below);
        let page = room
            .browser
            .send("GET", &place, &[("accept-language", "es")], String::new())
            .await;
        assert_eq!(page.status, 200, "{below}");
        assert!(page.text.contains("<html lang=\"es\""), "{below}");
        assert!(page.text.contains("Nota de sesión"), "{below}");
    }
});
