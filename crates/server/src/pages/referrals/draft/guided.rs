//! What the receiver is asked to keep to, in rows: what not, where, in which positions, under whom.

use cotreat_care::event::{Guidance, Position};
use cotreat_knowledge::Knowledge;
use cotreat_ui::{Choice, Field, Fields, Words};
use maud::{Markup, html};

use super::super::parts;
use super::Sheet;

/// So many rows there are.
const ROWS: usize = 4;
const POSITIONS: [Position; 5] = [
    Position::Prone,
    Position::Supine,
    Position::SideLying,
    Position::Seated,
    Position::Standing,
];

fn named(row: usize, what: &str) -> String {
    format!("guidance-{row}-{what}")
}

fn id(position: Position) -> String {
    let id = serde_json::to_value(position).ok();
    let id = id.and_then(|id| id.as_str().map(str::to_owned));
    id.unwrap_or_default()
}

pub(super) fn set(
    words: &Words,
    knowledge: &Knowledge,
    guidance: &[Guidance],
    fields: &mut Fields,
) {
    for (row, one) in guidance.iter().take(ROWS).enumerate() {
        for not in &one.not {
            fields.add(named(row, "not"), not.clone());
        }
        fields.set(named(row, "at"), one.at.clone().unwrap_or_default());
        for position in &one.avoid {
            fields.add(named(row, "avoid"), id(*position));
        }
        // What is put into words from the choices is not typed.
        if one.says != says(words, knowledge, one) {
            fields.set(named(row, "says"), one.says.clone());
        }
    }
    let supervisor = guidance.iter().find_map(|one| one.supervisor.clone());
    fields.set("supervisor", supervisor.unwrap_or_default());
}

/// The guidance that the fields make; an empty row is none.
pub(super) fn read(words: &Words, knowledge: &Knowledge, fields: &mut Fields) -> Vec<Guidance> {
    let supervisor = Some(fields.get("supervisor").to_owned()).filter(|id| !id.is_empty());
    let mut all = Vec::new();
    for row in 0..ROWS {
        let given = |fields: &Fields, what: &str| fields.get(&named(row, what)).trim().to_owned();
        let avoid = fields.all(&named(row, "avoid"));
        let mut one = Guidance {
            says: given(fields, "says"),
            not: Some(given(fields, "not"))
                .filter(|not| !not.is_empty())
                .into_iter()
                .collect(),
            at: Some(given(fields, "at")).filter(|at| !at.is_empty()),
            avoid: POSITIONS
                .into_iter()
                .filter(|position| avoid.contains(&id(*position)))
                .collect(),
            supervisor: supervisor.clone(),
        };
        let nothing = one.not.is_empty() && one.avoid.is_empty();
        if nothing && one.says.is_empty() && one.at.is_none() {
            continue;
        }
        if nothing && one.says.is_empty() {
            let wrong = words.say("guidance-where-only");
            fields.wrong(named(row, "not"), wrong);
        }
        if one.says.is_empty() {
            one.says = says(words, knowledge, &one);
        }
        all.push(one);
    }
    // Supervision alone is guidance too.
    if all.is_empty() && supervisor.is_some() {
        all.push(Guidance {
            says: words.say("guidance-under-supervision"),
            supervisor,
            ..Guidance::default()
        });
    }
    all
}

/// In words: "No thrust: Lumbosacral joint; avoid lying on the belly".
fn says(words: &Words, knowledge: &Knowledge, one: &Guidance) -> String {
    let name = |id: &String| called(knowledge, id);
    let mut parts = Vec::new();
    for not in &one.not {
        let what = [("what", name(not).into())];
        parts.push(words.say_with("guidance-no", &what));
    }
    if !one.avoid.is_empty() {
        let avoid: Vec<String> = one
            .avoid
            .iter()
            .map(|position| parts::position(words, *position))
            .collect();
        let avoid = [("positions", words.list(&avoid).into())];
        parts.push(words.say_with("guidance-avoid", &avoid));
    }
    let whole = parts.join("; ");
    match &one.at {
        Some(at) => format!("{whole} ({})", name(at)),
        None => whole,
    }
}

/// What a technique, a class or flag of techniques, a muscle or a joint is called.
fn called(knowledge: &Knowledge, id: &str) -> String {
    if let Some((_, word)) = id.split_once(':') {
        return word.replace('_', " ");
    }
    let technique = knowledge.techniques.get(id).map(|one| &one.name);
    let intervention = knowledge.interventions.get(id).map(|one| &one.name);
    let muscle = knowledge.muscles.get(id).map(|one| &one.name);
    let joint = knowledge.joints.get(id).map(|one| &one.name);
    let name = technique.or(intervention).or(muscle).or(joint);
    name.map_or_else(|| id.to_owned(), |name| name.to_lowercase())
}

impl Sheet<'_> {
    pub(super) fn guidance(&self) -> Markup {
        let (words, fields) = (self.words, &self.fields);
        let (nots, places) = (nots(words, self.knowledge), places(self.knowledge));
        let positions: Vec<Choice> = POSITIONS
            .into_iter()
            .map(|position| Choice::new(id(position), parts::position(words, position)))
            .collect();
        let team = self.team.iter();
        let team: Vec<Choice> = team
            .map(|(id, name)| Choice::new(id.clone(), name.clone()))
            .collect();
        html! {
            @for row in 0..ROWS {
                @let field = |what: &str, word: &str| Field::new(named(row, what), words.say(word)).optional();
                @let inside = html! {
                    (fields.select(&field("not", "guidance-what"), &nots))
                    (fields.select(&field("at", "guidance-where"), &places))
                    (fields.checkboxes(&field("avoid", "guidance-positions"), &positions))
                    (fields.text(&field("says", "guidance-words").hint(words.say("guidance-words-hint")).most(300)))
                };
                @let title = words.say_with("guidance-row", &[("n", (row + 1).into())]);
                @let used = ["not", "at", "avoid", "says"].iter().any(|what| !fields.get(&named(row, what)).is_empty());
                // One row is open to begin with; the others open by a tap.
                details class="govuk-details" open[used || row == 0] {
                    summary class="govuk-details__summary" { span class="govuk-details__summary-text" { (title) } }
                    div class="govuk-details__text" { (inside) }
                }
            }
            (fields.select(&Field::new("supervisor", words.say("guidance-supervisor")).optional(), &team))
        }
    }
}

/// What may be ruled out: classes of techniques, what they have in common, and each of them.
fn nots(words: &Words, knowledge: &Knowledge) -> Vec<Choice> {
    let (mut classes, mut flags, mut each) = (Vec::new(), Vec::new(), Vec::new());
    for (_, technique) in knowledge.techniques.iter() {
        let class = serde_json::to_value(technique.class).ok();
        classes.extend(class.and_then(|class| class.as_str().map(str::to_owned)));
        flags.extend(technique.flags.iter().cloned());
        each.push((technique.name.clone(), technique.id.clone()));
    }
    for list in [&mut classes, &mut flags] {
        list.sort();
        list.dedup();
    }
    each.sort();
    let all_of = |kind: &str, word: &String| {
        let label = words.say_with(
            "guidance-all-of",
            &[("what", word.replace('_', " ").into())],
        );
        Choice::new(format!("{kind}:{word}"), label)
    };
    let classes = classes.iter().map(|word| all_of("class", word));
    let flags = flags.iter().map(|word| all_of("flag", word));
    classes
        .chain(flags)
        .chain(each.into_iter().map(|(name, id)| Choice::new(id, name)))
        .collect()
}

/// Joints, then muscles.
fn places(knowledge: &Knowledge) -> Vec<Choice> {
    let joints = knowledge
        .joints
        .iter()
        .map(|(_, one)| (one.name.clone(), one.id.clone()));
    let muscles = knowledge
        .muscles
        .iter()
        .map(|(_, one)| (one.name.clone(), one.id.clone()));
    let (mut joints, mut muscles): (Vec<_>, Vec<_>) = (joints.collect(), muscles.collect());
    joints.sort();
    muscles.sort();
    let all = joints.into_iter().chain(muscles);
    all.map(|(name, id)| Choice::new(id, name)).collect()
}
