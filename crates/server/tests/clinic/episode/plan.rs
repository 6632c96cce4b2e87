//! The plan dialogue.

use cotreat_care::event::Said;

use super::*;

both!(
    a_plan_is_agreed_and_then_revised_with_a_reason,
    |house: House| async move {
        let mut room = assessed(&house).await;
        let mut form = room.form("/plan").await;
        // What the appraisal proposes is ticked.
        assert_eq!(form.get("in-exercise_therapy"), "yes", "{form:?}");
        form.set("goals", "garden for an hour\nlift the grandchild");
        form.set("by-exercise_therapy", "physiotherapist")
            .set("dose-exercise_therapy", "three times a week");
        let agreed = room.send(&form, "agree").await;
        assert_eq!(agreed.status, 303, "{}", agreed.text);
        let record = read(&house, &room).await;
        let plan = record.plan_in_force().expect("a plan");
        assert_eq!(plan.goals, ["garden for an hour", "lift the grandchild"]);
        let line = plan
            .lines
            .iter()
            .find(|line| line.intervention == "exercise_therapy")
            .unwrap();
        assert_eq!(line.dose.as_deref(), Some("three times a week"));
        assert!(plan.review.is_some() && !plan.earlier_if.is_empty());
        let page = room.page("").await.text;
        assert!(page.contains("lift the grandchild"));
        // The plan in force stands in the form; without a reason it does not change.
        let mut change = room.form("/plan").await;
        assert_eq!(change.get("dose-exercise_therapy"), "three times a week");
        change.set("dose-exercise_therapy", "daily");
        let refused = room.send(&change, "agree").await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.text.contains("href=\"#reason\""),
            "{}",
            refused.text
        );
        change.set("reason", "it went well");
        assert_eq!(room.send(&change, "agree").await.status, 303);
        assert_eq!(read(&house, &room).await.plans.len(), 2);
    }
);

both!(
    a_line_that_waits_for_an_answer_cannot_be_agreed,
    |house: House| async move {
        let mut room = assessed(&house).await;
        // Asked again, and the answer is not known any longer.
        record(&house, &room, fact("anticoagulant", Said::NotKnown)).await;
        let page = room.page("/plan").await.text;
        let mut form = Form::of(&page, &room.at("/plan"));
        assert!(page.contains("not yet: ask"), "{page}");
        assert!(
            !page.contains("name=\"in-massage\""),
            "such a line has no tick"
        );
        assert!(
            page.contains("name=\"f-anticoagulant\""),
            "the question stands there"
        );
        form.set("goals", "garden")
            .set("in-massage", "yes")
            .set("by-massage", "massage_therapist");
        let refused = room.send(&form, "agree").await;
        assert_eq!(refused.status, 422, "{}", refused.text);
        assert!(
            refused.text.contains("href=\"#in-massage\""),
            "{}",
            refused.text
        );
        assert!(read(&house, &room).await.plans.is_empty());
        // Answered there, it is possible; what was typed before is kept.
        form.fields.retain(|(name, _)| name != "in-massage");
        form.set("f-anticoagulant", "no");
        let answered = room.send(&form, "answers").await;
        assert_eq!(answered.status, 303, "{}", answered.text);
        let page = room.page("/plan").await.text;
        let mut form = Form::of(&page, &room.at("/plan"));
        assert_eq!(form.get("goals"), "garden");
        assert!(page.contains("name=\"in-massage\""), "{page}");
        form.set("in-massage", "yes")
            .set("by-massage", "massage_therapist")
            .set("guide-massage", "physiotherapist");
        let agreed = room.send(&form, "agree").await;
        assert_eq!(agreed.status, 303, "{}", agreed.text);
        let record = read(&house, &room).await;
        let line = record
            .plan_in_force()
            .unwrap()
            .lines
            .iter()
            .find(|line| line.intervention == "massage")
            .unwrap()
            .clone();
        assert_eq!(line.guided_by.as_deref(), Some("physiotherapist"));
    }
);

both!(
    whoever_may_not_lead_is_told_by_which_rule,
    |house: House| async move {
        let room = assessed(&house).await;
        let mut max = beside(&house, &room, "max", "massage_therapist").await;
        let mut form = max.form("/plan").await;
        form.set("goals", "garden");
        let refused = max.send(&form, "agree").await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.text.contains("professions/massage_therapist.toml"),
            "{}",
            refused.text
        );
        assert!(
            refused.text.contains("garden"),
            "what was typed is still there"
        );
    }
);

both!(something_else_is_added_by_hand, |house: House| async move {
    let mut room = assessed(&house).await;
    let mut form = room.form("/plan").await;
    let other = house
        .clinic
        .knowledge
        .interventions
        .iter()
        .map(|(_, one)| one.id.clone());
    let page = room.page("/plan").await.text;
    let other = other
        .into_iter()
        .find(|id| !page.contains(&format!("name=\"in-{id}\"")))
        .expect("one that is not listed");
    form.set("add", &other);
    assert_eq!(room.send(&form, "add").await.status, 303);
    let form = room.form("/plan").await;
    assert_eq!(form.get(&format!("in-{other}")), "yes");
    // Thrown away, it begins anew.
    assert_eq!(room.send(&form, "drop").await.status, 303);
    assert_eq!(room.form("/plan").await.get(&format!("in-{other}")), "");
});
