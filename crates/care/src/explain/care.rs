//! Interventions and techniques: what guidelines say, what safety says, who may do it.

use cotreat_knowledge::format::WordKind;
use cotreat_knowledge::model::{
    AppliesTo, Contraindication, Intervention, Profession, Recommendation, Risk, Technique,
};
use cotreat_knowledge::{Handle, Knowledge};

use super::words::word;

use super::article::{Article, Entry};

pub(super) fn intervention(knowledge: &Knowledge, handle: Handle<Intervention>) -> Article {
    let one = &knowledge.interventions[handle];
    let mut article =
        Article::new("intervention", &one.id, &one.name).in_file(knowledge, &one.place);
    article.fact("what it is", one.explain.clone());
    article.fact("role", word(serde_json::to_value(one.role)));
    article.fact("hands on", if one.hands_on { "yes" } else { "no" });
    article.fact("place on the ladder", format!("{} of 5", one.rung));
    article.fact("aim", word(serde_json::to_value(one.aim)));
    article.fact(
        "sequence",
        one.sequence
            .map(|sequence| word(serde_json::to_value(sequence)))
            .unwrap_or_default(),
    );
    article.fact(
        "a kind of",
        one.kind_of
            .map(|broader| knowledge.interventions.id(broader).to_owned())
            .unwrap_or_default(),
    );
    article.fact(
        "possible, but not proposed, when",
        one.not_first_when
            .as_ref()
            .map(|rule| rule.expr.text().to_owned())
            .unwrap_or_default(),
    );
    article.fact(
        "in an emergency",
        if one.even_in_emergency {
            "given all the same"
        } else {
            ""
        },
    );
    article.fact("delivered by", professions(knowledge, &one.delivered_by));
    article.fact(
        "must be known first",
        one.must_know
            .iter()
            .map(|f| knowledge.findings.id(*f))
            .collect::<Vec<_>>()
            .join(", "),
    );
    article.fact(
        "acts on",
        one.acts_on
            .iter()
            .map(|c| knowledge.conditions.id(*c))
            .collect::<Vec<_>>()
            .join(", "),
    );
    article.fact(
        "review after",
        one.review_days
            .map(|days| format!("{days} days"))
            .unwrap_or_default(),
    );
    article.fact("stop rule", one.stop_rule.clone().unwrap_or_default());
    article.fact(
        "was it tried",
        one.tried
            .map(|f| knowledge.findings.id(f).to_owned())
            .unwrap_or_default(),
    );
    article.section(
        "Recommendations",
        one.recommendations
            .iter()
            .map(|r| recommendation(knowledge, one, r))
            .collect(),
    );
    article.section(
        "Contraindications",
        one.contraindications
            .iter()
            .map(|c| contraindication(knowledge, c))
            .collect(),
    );
    article.section(
        "Named before consent",
        one.risks.iter().map(|r| risk(knowledge, r)).collect(),
    );
    article.section(
        "Dose",
        one.doses
            .iter()
            .map(|d| Entry::stated(knowledge, "", &d.statement).when(d.when.as_ref()))
            .collect(),
    );
    article.section(
        "Earlier review",
        one.triggers
            .iter()
            .map(|t| Entry::stated(knowledge, "", &t.statement).when(t.when.as_ref()))
            .collect(),
    );
    article.section(
        "Techniques",
        one.techniques
            .iter()
            .map(|t| {
                let technique = &knowledge.techniques[*t];
                Entry::plain(format!(
                    "{} ({})",
                    technique.id,
                    word(serde_json::to_value(technique.class))
                ))
                .at(&technique.place)
            })
            .collect(),
    );
    article.section(
        "Statements",
        one.notes
            .iter()
            .map(|note| Entry::stated(knowledge, "", note))
            .collect(),
    );
    article.section(
        "In scope of",
        scopes(knowledge, |scope| scope.allows(handle)),
    );
    article.words(knowledge, WordKind::Interventions, |id| id == one.id);
    article
}

fn professions(knowledge: &Knowledge, list: &[Handle<Profession>]) -> String {
    list.iter()
        .map(|p| knowledge.professions.id(*p))
        .collect::<Vec<_>>()
        .join(", ")
}

/// What a guideline says about an intervention.
pub(super) fn recommendation(
    knowledge: &Knowledge,
    one: &Intervention,
    r: &Recommendation,
) -> Entry {
    let direction = word(serde_json::to_value(r.direction));
    let certainty = r
        .certainty
        .as_ref()
        .map(|c| format!(", {c} certainty"))
        .unwrap_or_default();
    let mut entry = Entry::stated(
        knowledge,
        &format!("{direction} `{}` ({}{certainty})", r.label, r.strength),
        &r.statement,
    )
    .when(r.when.as_ref());
    entry.details.extend(
        r.statement_id
            .as_ref()
            .map(|id| format!("encodes the statement `{id}` of the guideline")),
    );
    entry.details.extend(
        r.except
            .map(|at| format!("bends `{}`", one.recommendations[at].label)),
    );
    if !r.together_with.is_empty() {
        let partners: Vec<&str> = r
            .together_with
            .iter()
            .map(|i| knowledge.interventions.id(*i))
            .collect();
        entry
            .details
            .push(format!("only together with {}", partners.join(" or ")));
    }
    entry
}

/// What forbids or changes an intervention.
pub(super) fn contraindication(knowledge: &Knowledge, c: &Contraindication) -> Entry {
    let level = word(serde_json::to_value(c.level));
    let mut entry = Entry::stated(knowledge, &format!("{level} `{}`", c.label), &c.statement)
        .when(Some(&c.when));
    entry.details.push(concerns(knowledge, &c.applies_to));
    entry
        .details
        .extend(c.region.iter().map(|region| format!("keep off: {region}")));
    entry
}

pub(super) fn risk(knowledge: &Knowledge, r: &Risk) -> Entry {
    let mut entry = Entry::stated(knowledge, &format!("risk `{}`", r.label), &r.statement);
    entry.details.push(concerns(knowledge, &r.applies_to));
    entry
}

fn concerns(knowledge: &Knowledge, applies_to: &AppliesTo) -> String {
    match applies_to {
        AppliesTo::Whole => "concerns the whole intervention".to_owned(),
        AppliesTo::Techniques(techniques) => {
            format!(
                "concerns {}",
                techniques
                    .iter()
                    .map(|t| knowledge.techniques.id(*t))
                    .collect::<Vec<_>>()
                    .join(", ")
            )
        }
    }
}

/// The scopes of practice that allow something, by profession and place.
fn scopes(
    knowledge: &Knowledge,
    allows: impl Fn(&cotreat_knowledge::model::Scope) -> bool,
) -> Vec<Entry> {
    let all = knowledge
        .professions
        .iter()
        .flat_map(|(_, p)| p.scopes.iter().map(move |scope| (p, scope)));
    all.filter(|(_, scope)| allows(scope))
        .map(|(p, scope)| {
            Entry::plain(format!("{} in {}", p.id, scope.jurisdiction)).at(&scope.statement.place)
        })
        .collect()
}

pub(super) fn technique(knowledge: &Knowledge, handle: Handle<Technique>) -> Article {
    let one = &knowledge.techniques[handle];
    let parent = &knowledge.interventions[one.intervention];
    let mut article = Article::new("technique", &one.id, &one.name).in_file(knowledge, &one.place);
    article.fact("also called", one.synonyms.join(", "));
    article.fact("belongs to", parent.id.clone());
    article.fact("class", word(serde_json::to_value(one.class)));
    article.fact("flags", one.flags.join(", "));
    article.fact("works on", word(serde_json::to_value(one.targets)));
    article.fact("how", one.method.clone());
    article.fact(
        "delivered by",
        professions(
            knowledge,
            if one.delivered_by.is_empty() {
                &parent.delivered_by
            } else {
                &one.delivered_by
            },
        ),
    );
    article.section(
        "Statements",
        std::iter::once(&one.statement)
            .chain(&one.notes)
            .map(|note| Entry::stated(knowledge, "", note))
            .collect(),
    );
    let concerns = |c: &&Contraindication| match &c.applies_to {
        AppliesTo::Whole => true,
        AppliesTo::Techniques(techniques) => techniques.contains(&handle),
    };
    let safety = parent.contraindications.iter().filter(concerns);
    article.section(
        "Contraindications",
        safety
            .map(|c| {
                let whole = if c.applies_to == AppliesTo::Whole {
                    ", the whole intervention"
                } else {
                    ""
                };
                Entry::stated(
                    knowledge,
                    &format!(
                        "{} `{}.{}`{whole}",
                        word(serde_json::to_value(c.level)),
                        parent.id,
                        c.label
                    ),
                    &c.statement,
                )
                .when(Some(&c.when))
            })
            .collect(),
    );
    article.section("Parts of the body", parts(knowledge, handle));
    let outside = knowledge
        .professions
        .iter()
        .flat_map(|(_, p)| p.scopes.iter().map(move |scope| (p, scope)));
    let outside = outside
        .filter(|(_, scope)| scope.allows(one.intervention) && !scope.allows_technique(handle));
    article.section(
        "Out of scope for",
        outside
            .map(|(p, scope)| {
                Entry::plain(format!("{} in {}", p.id, scope.jurisdiction))
                    .at(&scope.statement.place)
            })
            .collect(),
    );
    article.words(knowledge, WordKind::Techniques, |id| id == one.id);
    article
}

/// Muscles it releases or activates, joints it is used on.
fn parts(knowledge: &Knowledge, handle: Handle<Technique>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (_, muscle) in knowledge.muscles.iter() {
        for (list, what) in [
            (&muscle.release, "releases"),
            (&muscle.activation, "activates"),
        ] {
            if list.contains(&handle) {
                entries.push(
                    Entry::plain(format!("{what} the muscle {}", muscle.id)).at(&muscle.place),
                );
            }
        }
    }
    let joints = knowledge
        .joints
        .iter()
        .filter(|(_, joint)| joint.techniques.contains(&handle));
    entries.extend(joints.map(|(_, joint)| {
        Entry::plain(format!("used on the joint {}", joint.id)).at(&joint.place)
    }));
    entries
}
