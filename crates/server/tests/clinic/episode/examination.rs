//! The examination.

use super::*;

fn asked(page: &str) -> Vec<String> {
    let mut names: Vec<String> = page
        .split("name=\"f-")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect();
    names.dedup();
    names
}

both!(it_grows_by_what_matters, |house: House| async move {
    let mut room = opened(&house).await;
    let page = room.page("/examine").await.text;
    let before = asked(&page);
    assert!(before.len() > 5, "{page}");
    let mut form = Form::of(&page, &room.at("/examine"));
    let yes_no: Vec<&String> = before
        .iter()
        .filter(|id| {
            let finding = house.clinic.knowledge.findings.get(id);
            finding.is_some_and(|one| matches!(one.answers, Answers::YesNo { .. }))
        })
        .take(4)
        .collect();
    // "Not done" is an answer, and never "no".
    form.set(&format!("f-{}", yes_no[0]), "?");
    for id in &yes_no[1..] {
        form.set(&format!("f-{id}"), "no");
    }
    let recorded = room.send(&form, "record").await;
    assert_eq!(recorded.status, 303, "{}", recorded.text);
    let record = read(&house, &room).await;
    assert_eq!(record.facts.len(), yes_no.len());
    let first = record
        .facts
        .iter()
        .find(|one| one.what.finding == *yes_no[0])
        .unwrap();
    assert_eq!(first.what.value, Said::NotKnown);
    // What was answered is not asked again, and others come up.
    let after = asked(&room.page("/examine").await.text);
    for id in &yes_no[1..] {
        assert!(!after.contains(id), "{id} was answered");
    }
    assert!(
        after.iter().any(|id| !before.contains(id)),
        "{before:?}\n{after:?}"
    );
});

both!(
    anything_else_can_be_added_and_numbers_are_checked,
    |house: House| async move {
        let mut room = opened(&house).await;
        let number = house
            .clinic
            .knowledge
            .findings
            .iter()
            .find(|(_, one)| {
                one.ask.is_some()
                    && matches!(
                        one.answers,
                        Answers::Number {
                            max: Some(_),
                            min: Some(_),
                            ..
                        }
                    )
            })
            .map(|(_, one)| one.id.clone())
            .expect("a number");
        let name = format!("f-{number}");
        let mut form = room.form("/examine").await;
        if !form.fields.iter().any(|(field, _)| *field == name) {
            form.set("add", &number);
            let added = room.send(&form, "add").await;
            assert!(
                added.status == 303 && added.place().ends_with(&name),
                "{}",
                added.place()
            );
        }
        let mut form = room.form("/examine").await;
        form.set(&name, "a lot");
        let refused = room.send(&form, "record").await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.text.contains(&format!("href=\"#{name}\"")),
            "{}",
            refused.text
        );
        assert!(
            refused.text.contains("value=\"a lot\""),
            "what was typed is still there"
        );
    }
);

both!(muscles_stand_in_a_grid, |house: House| async move {
    let mut room = opened(&house).await;
    let mut form = room.form("/examine").await;
    let knowledge = &house.clinic.knowledge;
    let tender = knowledge
        .muscles
        .get("quadratus_lumborum")
        .unwrap()
        .tender
        .expect("a finding");
    let id = knowledge.findings.id(tender).to_owned();
    form.set(&format!("f-{id}"), "yes");
    let recorded = room.send(&form, "record").await;
    assert_eq!(recorded.status, 303, "{}", recorded.text);
    assert_eq!(read(&house, &room).await.facts[0].what.finding, id);
});

both!(nothing_at_all_is_not_recorded, |house: House| async move {
    let mut room = opened(&house).await;
    let form = room.form("/examine").await;
    let refused = room.send(&form, "record").await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text.contains("at least one fact") || refused.text.contains("what became known"),
        "{}",
        refused.text
    );
});
