//! Links interventions and techniques, and checks that no guideline statement is silently left out.

use std::collections::BTreeSet;

use crate::At;
use crate::files::Files;
use crate::format::{self, Class, Kind, Role};
use crate::handle::{Handle, Table};
use crate::link::context::Context;
use crate::model::{
    AppliesTo, Contraindication, Dose, Intervention, Recommendation, Risk, Source, Technique,
    Trigger,
};
use crate::names::Layer;
use crate::problem::Problem;

/// The flags that safety rules may address.
const FLAGS: [&str; 9] = [
    "thermal",
    "endrange",
    "active",
    "abdominal",
    "needle",
    "instrument",
    "suction",
    "positional",
    "handsoff",
];

pub(crate) fn techniques(context: &Context<'_>, files: &Files) -> Vec<Technique> {
    context.each(
        &files.techniques,
        |t| &t.id,
        |file, t| {
            for flag in &t.flags {
                if !FLAGS.contains(&flag.value.as_str()) {
                    context.wrong(
                        file,
                        flag,
                        format!("`{}` is not a flag", flag.value),
                        format!("flags are {}", FLAGS.join(", ")),
                    );
                }
            }
            let folder = file.split('/').nth(1).unwrap_or_default();
            if t.intervention.value != folder {
                context.wrong(
                    file,
                    &t.intervention,
                    format!(
                        "this technique lies in the folder `{folder}` but belongs to `{}`",
                        t.intervention.value
                    ),
                    "move the file or change `intervention`",
                );
            }
            Technique {
                id: t.id.value.clone(),
                name: t.name.clone(),
                synonyms: t.synonyms.clone(),
                intervention: context
                    .find(&context.ids.interventions, file, &t.intervention)
                    .unwrap_or(Handle::new(0)),
                class: t.class,
                flags: t.flags.iter().map(|f| f.value.clone()).collect(),
                targets: t.targets,
                method: t.method.clone(),
                delivered_by: context.find_all(&context.ids.professions, file, &t.delivered_by),
                statement: context.statement(file, t),
                notes: context.statements(file, &t.evidence),
                place: context.place(file, &t.id.span),
            }
        },
    )
}

pub(crate) fn all(
    context: &Context<'_>,
    files: &Files,
    techniques: &Table<Technique>,
) -> Vec<Intervention> {
    context.each(
        &files.interventions,
        |i| &i.id,
        |file, i| one(context, file, i, techniques),
    )
}

fn one(
    context: &Context<'_>,
    file: &str,
    i: &format::Intervention,
    techniques: &Table<Technique>,
) -> Intervention {
    if !(1..=5).contains(&i.rung) {
        context.wrong(
            file,
            &i.id,
            format!("rung {} is not on the ladder", i.rung),
            "1 advice, 2 active care, 3 passive care, 4 medicine, 5 last resorts",
        );
    }
    if i.hands_on && i.must_know.is_empty() {
        context.wrong(
            file,
            &i.id,
            "a hands-on intervention must say what has to be known first",
            "list the safety findings in `must_know`",
        );
    }
    if i.hands_on && i.role != Role::Passive {
        context.wrong(
            file,
            &i.id,
            "what is done with hands is passive care",
            "set `role = \"passive\"`",
        );
    }
    if i.even_in_emergency && i.role != Role::Advice {
        context.wrong(
            file,
            &i.id,
            "only advice is given while an emergency stands",
            "leave `even_in_emergency` out",
        );
    }
    if i.recommendation.is_empty() {
        context.wrong(
            file,
            &i.id,
            "nothing says when this is advised or advised against",
            "add at least one [[recommendation]]",
        );
    }
    context.unique(file, i.recommendation.iter().map(|r| &r.label));
    context.unique(file, i.contraindication.iter().map(|c| &c.label));
    context.unique(file, i.risk.iter().map(|r| &r.label));
    let own = context.ids.interventions.find(&i.id.value);
    let belongs = |technique: &Technique| Some(technique.intervention) == own;
    Intervention {
        id: i.id.value.clone(),
        name: i.name.clone(),
        role: i.role,
        hands_on: i.hands_on,
        rung: i.rung,
        aim: i.aim,
        sequence: i.sequence,
        kind_of: i
            .kind_of
            .as_ref()
            .and_then(|id| context.find(&context.ids.interventions, file, id)),
        not_first_when: context.maybe_rule(
            file,
            i.not_first_when.as_ref(),
            Layer::LateClassification,
        ),
        even_in_emergency: i.even_in_emergency,
        delivered_by: context.find_all(&context.ids.professions, file, &i.delivered_by),
        must_know: context.find_all(&context.ids.findings, file, &i.must_know),
        explain: i.explain.clone(),
        review_days: i.review_days,
        tried: i
            .tried
            .as_ref()
            .and_then(|id| context.find(&context.ids.findings, file, id)),
        acts_on: context.find_all(&context.ids.conditions, file, &i.acts_on),
        stop_rule: i.stop_rule.clone(),
        doses: i
            .dose
            .iter()
            .map(|d| Dose {
                review_days: d.review_days,
                when: context.maybe_rule(file, d.when.as_ref(), Layer::LateClassification),
                statement: context.statement(file, d),
            })
            .collect(),
        recommendations: i
            .recommendation
            .iter()
            .map(|r| recommendation(context, file, i, r))
            .collect(),
        contraindications: i
            .contraindication
            .iter()
            .filter_map(|c| contraindication(context, file, c, techniques, belongs))
            .collect(),
        risks: i
            .risk
            .iter()
            .map(|r| Risk {
                label: r.label.value.clone(),
                applies_to: applies_to(context, file, &r.applies_to, techniques, belongs),
                statement: context.statement(file, r),
            })
            .collect(),
        triggers: i
            .trigger
            .iter()
            .map(|t| Trigger {
                when: context.maybe_rule(file, t.when.as_ref(), Layer::LateClassification),
                statement: context.statement(file, t),
            })
            .collect(),
        techniques: techniques
            .iter()
            .filter(|(_, t)| belongs(t))
            .map(|(handle, _)| handle)
            .collect(),
        notes: context.statements(file, &i.evidence),
        place: context.place(file, &i.id.span),
    }
}

fn recommendation(
    context: &Context<'_>,
    file: &str,
    i: &format::Intervention,
    r: &format::Recommendation,
) -> Recommendation {
    let except = r.except.as_ref().and_then(|label| {
        let at = i.recommendation.iter().position(|other| {
            other.label.value == label.value && other.label.value != r.label.value
        });
        if at.is_none() {
            context.wrong(
                file,
                label,
                format!(
                    "there is no other recommendation `{}` in this file",
                    label.value
                ),
                "name the label that this one bends",
            );
        } else if bends_itself(i, r) {
            context.wrong(
                file,
                label,
                format!("`{}` and `{}` bend each other", r.label.value, label.value),
                "of two recommendations only one can be the exception to the other",
            );
        }
        at
    });
    if let (Some(statement), None) = (&r.statement, &r.source) {
        context.wrong(
            file,
            statement,
            "a `statement` needs the `source` it stands in",
            "add `source = \"…\"`, or leave `statement` out",
        );
    }
    Recommendation {
        label: r.label.value.clone(),
        statement_id: r.statement.as_ref().map(|s| s.value.clone()),
        direction: r.direction,
        strength: r.strength.clone(),
        certainty: r.certainty.clone(),
        when: context.maybe_rule(file, r.when.as_ref(), Layer::LateClassification),
        together_with: context.find_all(&context.ids.interventions, file, &r.together_with),
        except,
        statement: context.statement(file, r),
    }
}

/// Whether following `except` from one recommendation to the next leads back to it.
fn bends_itself(i: &format::Intervention, r: &format::Recommendation) -> bool {
    let bent_by = |r: &format::Recommendation| {
        let label = &r.except.as_ref()?.value;
        i.recommendation
            .iter()
            .find(|other| other.label.value == *label)
    };
    // No circle is longer than the list.
    std::iter::successors(bent_by(r), |next| bent_by(next))
        .take(i.recommendation.len())
        .any(|next| next.label.value == r.label.value)
}

fn contraindication(
    context: &Context<'_>,
    file: &str,
    c: &format::Contraindication,
    techniques: &Table<Technique>,
    belongs: impl Fn(&Technique) -> bool,
) -> Option<Contraindication> {
    let applies_to = applies_to(context, file, &c.applies_to, techniques, belongs);
    if c.level == format::Level::AvoidRegion && c.region.is_none() {
        context.wrong(
            file,
            &c.label,
            "this does not say which region to avoid",
            "add `region = \"…\"`",
        );
    }
    Some(Contraindication {
        label: c.label.value.clone(),
        level: c.level,
        when: context.rule(file, &c.when, Layer::LateClassification)?,
        applies_to,
        region: c.region.clone(),
        statement: context.statement(file, c),
    })
}

/// The techniques of its own intervention that a rule points at.
fn applies_to(
    context: &Context<'_>,
    file: &str,
    written: &[At<String>],
    techniques: &Table<Technique>,
    belongs: impl Fn(&Technique) -> bool,
) -> AppliesTo {
    if written.is_empty() {
        return AppliesTo::Whole;
    }
    let mut picked = Vec::new();
    for one in written {
        if let Some(selector) = Selector::read(context, file, one) {
            let found = selector.pick_from(techniques, &belongs);
            if found.is_empty() && matches!(selector, Selector::Technique(_)) {
                context.wrong(
                    file,
                    one,
                    format!("`{}` is not a technique of this intervention", one.value),
                    "name one of its own techniques",
                );
            }
            picked.extend(found);
        }
    }
    picked.sort();
    picked.dedup();
    AppliesTo::Techniques(picked)
}

/// How a rule points at techniques: by id, `class:…` or `flag:…`.
pub(crate) enum Selector {
    Technique(Handle<Technique>),
    Class(Class),
    Flag(String),
}

impl Selector {
    pub(crate) fn read(context: &Context<'_>, file: &str, written: &At<String>) -> Option<Self> {
        match written.value.split_once(':') {
            Some(("class", class)) => {
                let class = match class {
                    "light" => Class::Light,
                    "moderate" => Class::Moderate,
                    "deep" => Class::Deep,
                    "thrust" => Class::Thrust,
                    _ => {
                        context.wrong(
                            file,
                            written,
                            format!("`{class}` is not a class"),
                            "classes are light, moderate, deep, thrust",
                        );
                        return None;
                    }
                };
                Some(Self::Class(class))
            }
            Some(("flag", flag)) if FLAGS.contains(&flag) => Some(Self::Flag(flag.to_owned())),
            Some(("flag", flag)) => {
                context.wrong(
                    file,
                    written,
                    format!("`{flag}` is not a flag"),
                    format!("flags are {}", FLAGS.join(", ")),
                );
                None
            }
            _ => {
                let found = context
                    .ids
                    .techniques
                    .find(&written.value)
                    .map(Self::Technique);
                if found.is_none() && !context.ids.techniques.is_unread(&written.value) {
                    let message = format!("there is no technique `{}`", written.value);
                    let problem = Problem::new(context.place(file, &written.span), message);
                    context.problem(
                        problem.maybe_help(context.ids.techniques.suggest(&written.value).or_else(
                            || Some("write a technique id, `class:…` or `flag:…`".into()),
                        )),
                    );
                }
                found
            }
        }
    }

    fn matches(&self, handle: Handle<Technique>, technique: &Technique) -> bool {
        match self {
            Self::Technique(other) => *other == handle,
            Self::Class(class) => technique.class == *class,
            Self::Flag(flag) => technique.flags.contains(flag),
        }
    }

    fn pick_from(
        &self,
        techniques: &Table<Technique>,
        keep: impl Fn(&Technique) -> bool,
    ) -> Vec<Handle<Technique>> {
        techniques
            .iter()
            .filter(|(handle, t)| keep(t) && self.matches(*handle, t))
            .map(|(handle, _)| handle)
            .collect()
    }

    pub(crate) fn pick(&self, techniques: &Table<Technique>) -> Vec<Handle<Technique>> {
        self.pick_from(techniques, |_| true)
    }
}

/// Every statement of a guideline is cited by a recommendation or says why it is left out; every citation names a statement that exists.
pub(crate) fn check_statements(
    context: &Context<'_>,
    files: &Files,
    sources: &Table<Source>,
    interventions: &Table<Intervention>,
) {
    let mut cited: BTreeSet<(Handle<Source>, &str)> = BTreeSet::new();
    for (_, intervention) in interventions.iter() {
        for recommendation in &intervention.recommendations {
            let (Some(source), Some(statement)) = (
                recommendation.statement.source,
                &recommendation.statement_id,
            ) else {
                continue;
            };
            if sources[source]
                .statements
                .iter()
                .any(|s| s.id == *statement)
            {
                cited.insert((source, statement));
            } else {
                let known = sources[source].statements.iter().map(|s| s.id.as_str());
                let help = crate::problem::did_you_mean(statement, known).unwrap_or_else(|| {
                    format!(
                        "add it to sources/{}.toml as a [[statement]]",
                        sources.id(source)
                    )
                });
                let message = format!("`{}` has no statement `{statement}`", sources.id(source));
                context.problem(
                    Problem::new(recommendation.statement.place.clone(), message).help(help),
                );
            }
        }
    }
    for (handle, source) in sources.iter() {
        for statement in &source.statements {
            let is_cited = cited.contains(&(handle, statement.id.as_str()));
            if !is_cited && files.unread.any(Kind::Intervention) {
                // It may be encoded in the file that could not be read.
                continue;
            }
            if is_cited == statement.left_out.is_some() {
                let (message, help) = if is_cited {
                    (
                        "is said to be left out, but a recommendation encodes it",
                        "remove `left_out`",
                    )
                } else {
                    (
                        "is neither encoded nor left out with a reason",
                        "cite it with `statement = \"…\"` in a recommendation, or add `left_out = \"…\"`",
                    )
                };
                context.problem(
                    Problem::new(
                        statement.place.clone(),
                        format!("the statement `{}` {message}", statement.id),
                    )
                    .help(help),
                );
            }
        }
    }
}
