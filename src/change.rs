//! What differs between two appraisals of one patient, and for which reasons: before and after an answer, or under two releases.

use std::collections::BTreeMap;

use cotreat_care::Appraisal;
use cotreat_care::appraisal::{Alarm, Class, Contributor, Line, Named, Reason, Technique};

/// What sort of thing changed; the most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Whether the program is made for this patient at all.
    Scope,
    /// An alarm.
    Alarm,
    /// Whether any hands-on care is offered.
    HandsOn,
    /// A referral.
    Pathway,
    /// How the episode is sorted.
    Class,
    /// The band of a contributor.
    Contributor,
    /// A muscle pattern.
    Pattern,
    /// A line of the plan.
    Plan,
    /// A technique.
    Technique,
}

impl Kind {
    /// Every kind, the most important first.
    pub const ALL: [Self; 9] = [
        Self::Scope,
        Self::Alarm,
        Self::HandsOn,
        Self::Pathway,
        Self::Class,
        Self::Contributor,
        Self::Pattern,
        Self::Plan,
        Self::Technique,
    ];

    /// The word for one of this kind.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Scope => "scope",
            Self::Alarm => "alarm",
            Self::HandsOn => "hands-on care",
            Self::Pathway => "referral",
            Self::Class => "sorted as",
            Self::Contributor => "contributor",
            Self::Pattern => "pattern",
            Self::Plan => "plan",
            Self::Technique => "technique",
        }
    }

    /// What holds where an appraisal does not name a thing of this kind.
    const fn silence(self) -> &'static str {
        match self {
            Self::Scope => "in scope",
            Self::Alarm | Self::Class => "none",
            Self::HandsOn => "not offered",
            Self::Pathway | Self::Pattern => "no",
            Self::Contributor => "cannot say",
            Self::Plan => "not indicated",
            Self::Technique => "not considered",
        }
    }
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What sort of thing.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// How it read before.
    pub before: String,
    /// How it reads now.
    pub after: String,
    /// Reasons that only the appraisal before gave.
    pub gone: Vec<String>,
    /// Reasons that only the appraisal now gives.
    pub come: Vec<String>,
}

/// Everything in which two appraisals differ, the most important first.
pub fn changes(before: &Appraisal, after: &Appraisal) -> Vec<Change> {
    let mut pairs: BTreeMap<(Kind, String), (Option<Item>, Option<Item>)> = BTreeMap::new();
    for (key, item) in items(before) {
        pairs.entry(key).or_default().0 = Some(item);
    }
    for (key, item) in items(after) {
        pairs.entry(key).or_default().1 = Some(item);
    }
    pairs
        .into_iter()
        .filter_map(|((kind, _), (old, new))| change(kind, old, new))
        .collect()
}

fn change(kind: Kind, old: Option<Item>, new: Option<Item>) -> Option<Change> {
    let name = new
        .as_ref()
        .or(old.as_ref())
        .map(|item| item.name.clone())?;
    let absent = || Item::new("", kind.silence(), Vec::new());
    let (old, new) = (old.unwrap_or_else(absent), new.unwrap_or_else(absent));
    if old.state == new.state {
        return None;
    }
    let gone = only_in(&old.reasons, &new.reasons);
    let come = only_in(&new.reasons, &old.reasons);
    Some(Change {
        kind,
        name,
        before: old.reading,
        after: new.reading,
        gone,
        come,
    })
}

/// The reasons of one list that the other does not give. A statement that only moved to another line is the same reason.
fn only_in(these: &[Why], those: &[Why]) -> Vec<String> {
    let others = |why: &&Why| !those.iter().any(|other| other.words == why.words);
    these
        .iter()
        .filter(others)
        .map(|why| {
            if why.place.is_empty() {
                why.words.clone()
            } else {
                format!("{} {}", why.words, why.place)
            }
        })
        .collect()
}

struct Item {
    name: String,
    /// What counts as the same: words of the knowledge files, which do not change when a name is rewritten.
    state: String,
    /// What is shown.
    reading: String,
    reasons: Vec<Why>,
}

impl Item {
    fn new(name: &str, reading: &str, reasons: Vec<Why>) -> Self {
        Self {
            name: name.to_owned(),
            state: reading.to_owned(),
            reading: reading.to_owned(),
            reasons,
        }
    }
}

struct Why {
    words: String,
    place: String,
}

impl Why {
    fn plain(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            place: String::new(),
        }
    }

    fn of(lead: &str, reason: &Reason) -> Self {
        let because = if reason.because.is_empty() {
            String::new()
        } else {
            format!(" Because {}.", reason.because.join("; "))
        };
        let source = match (&reason.source_name, &reason.location) {
            (Some(name), Some(location)) => format!("{name}, {location}"),
            (Some(name), None) => name.clone(),
            (None, _) => "expert judgement".to_owned(),
        };
        Self {
            words: format!("{lead}: {}{because} [{source}]", reason.says),
            place: reason.place.clone(),
        }
    }
}

type Items = Vec<((Kind, String), Item)>;

/// Everything an appraisal says that can be compared.
fn items(a: &Appraisal) -> Items {
    let mut items: Items = Vec::new();
    let mut add = |kind: Kind, id: &str, item: Item| items.push(((kind, id.to_owned()), item));
    if let Some(out) = &a.out_of_scope {
        add(
            Kind::Scope,
            "",
            Item::new(
                "this program",
                "not made for this patient",
                vec![Why::plain(out.clone())],
            ),
        );
    }
    if a.plan.hands_on {
        add(
            Kind::HandsOn,
            "",
            Item::new("hands-on care", "offered", Vec::new()),
        );
    }
    for alarm in &a.alarms {
        add(
            Kind::Alarm,
            &alarm.condition,
            Item::new(&alarm.name, &alarm_reading(alarm), alarm_reasons(alarm)),
        );
    }
    for pathway in &a.pathways {
        let reasons = vec![Why::of("rule", &pathway.why)];
        let item = Item {
            state: "yes".into(),
            ..Item::new(
                &pathway.name,
                &format!("within {}", pathway.within),
                reasons,
            )
        };
        add(Kind::Pathway, &pathway.pathway, item);
    }
    for class in &a.classes {
        let reasons = class.why.iter().map(|why| Why::of("rule", why)).collect();
        let item = Item {
            state: class_state(class),
            ..Item::new(&class.name, &class_reading(class), reasons)
        };
        add(Kind::Class, &class.classification, item);
    }
    for c in &a.contributors {
        add(
            Kind::Contributor,
            &c.condition,
            Item::new(&c.name, &c.band.replace('_', " "), contributor_reasons(c)),
        );
    }
    for pattern in &a.patterns {
        add(
            Kind::Pattern,
            &pattern.pattern,
            Item::new(&pattern.name, "yes", vec![Why::of("rule", &pattern.why)]),
        );
    }
    for line in &a.plan.lines {
        add(
            Kind::Plan,
            &line.intervention,
            Item::new(&line.name, &plan_reading(line), plan_reasons(line)),
        );
        for technique in &line.allowed_techniques {
            add(
                Kind::Technique,
                &technique.id,
                Item::new(&technique.name, "allowed", Vec::new()),
            );
        }
        for technique in &line.techniques {
            let item = Item::new(
                &technique.name,
                &technique.status.replace('_', " "),
                technique_reasons(line, technique),
            );
            add(Kind::Technique, &technique.technique, item);
        }
    }
    items
}

fn alarm_reading(alarm: &Alarm) -> String {
    let reached = alarm.reached.as_deref().unwrap_or("none");
    match &alarm.could_reach {
        Some(could) => format!("{reached}, could still be {could}"),
        None => reached.to_owned(),
    }
}

fn alarm_reasons(alarm: &Alarm) -> Vec<Why> {
    let mut reasons = Vec::new();
    for raised in &alarm.raised {
        reasons.push(Why::of(
            &format!("{} `{}`", raised.tier, raised.label),
            &raised.why,
        ));
        reasons.extend(
            raised
                .cleared
                .iter()
                .chain(&raised.not_cleared)
                .map(Why::plain),
        );
    }
    if !alarm.missing.is_empty() {
        reasons.push(not_answered(&alarm.missing));
    }
    reasons
}

fn not_answered(missing: &[Named]) -> Why {
    let ids: Vec<&str> = missing.iter().map(|named| named.id.as_str()).collect();
    Why::plain(format!("not answered: {}", ids.join(", ")))
}

fn class_state(class: &Class) -> String {
    let mut words = class.values.clone();
    words.sort();
    if class.unknown {
        words.push("?".into());
    }
    if words.is_empty() {
        Kind::Class.silence().to_owned()
    } else {
        words.join(" ")
    }
}

fn class_reading(class: &Class) -> String {
    match (class.names.is_empty(), class.unknown) {
        (true, true) => "not known".into(),
        (true, false) => "none".into(),
        (false, true) => format!("{}, more not known", class.names.join(", ")),
        (false, false) => class.names.join(", "),
    }
}

fn contributor_reasons(c: &Contributor) -> Vec<Why> {
    let counting = c.evidence.iter().filter(|e| e.counts == "counts");
    let mut reasons: Vec<Why> = counting
        .map(|e| Why::of(&format!("{}, ratio {}", e.answer, e.ratio), &e.why))
        .collect();
    reasons.extend(c.basis.iter().map(|basis| {
        Why::of(
            if c.method == "ratios" {
                "starting point"
            } else {
                "criterion"
            },
            basis,
        )
    }));
    reasons.extend(c.notes.iter().map(Why::plain));
    reasons
}

fn plan_reading(line: &Line) -> String {
    let status = line.status.replace('_', " ");
    if line.status == "offered" && !line.preselected {
        format!("{status}, not preselected")
    } else {
        status
    }
}

/// What holds; what is still open is said in the reading.
fn plan_reasons(line: &Line) -> Vec<Why> {
    let mut reasons = vec![Why::plain(line.reading.clone())];
    let advice = line.advice.iter().filter(|r| r.state != "open");
    reasons.extend(advice.map(|r| {
        Why::of(
            &format!(
                "{} `{}` ({}), {}",
                r.direction, r.label, r.strength, r.state
            ),
            &r.why,
        )
    }));
    let safety = line.safety.iter().filter(|s| s.state == "holds");
    reasons.extend(safety.map(|s| {
        Why::of(
            &format!("{} `{}`", s.level.replace('_', " "), s.label),
            &s.why,
        )
    }));
    reasons
}

fn technique_reasons(line: &Line, technique: &Technique) -> Vec<Why> {
    let rules = line
        .safety
        .iter()
        .filter(|s| technique.because.contains(&s.label));
    let mut reasons: Vec<Why> = rules
        .map(|s| Why::of(&s.level.replace('_', " "), &s.why))
        .collect();
    if !technique.ask_first.is_empty() {
        reasons.push(not_answered(&technique.ask_first));
    }
    reasons
}
