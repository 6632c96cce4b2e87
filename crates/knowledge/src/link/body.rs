//! Links muscles, joints and patterns.

use crate::At;
use crate::files::Files;
use crate::handle::Handle;
use crate::link::context::Context;
use crate::model::{Finding, Joint, Muscle, Pattern, Technique};
use crate::names::Layer;

pub(crate) fn muscles(context: &Context<'_>, files: &Files) -> Vec<Muscle> {
    context.each(
        &files.muscles,
        |m| &m.id,
        |file, m| {
            let finding = |id: &Option<At<String>>| {
                id.as_ref()
                    .and_then(|id| context.find(&context.ids.findings, file, id))
            };
            Muscle {
                id: m.id.value.clone(),
                name: m.name.clone(),
                synonyms: m.synonyms.clone(),
                action: m.action.clone(),
                nerve: m.nerve.clone(),
                referral: m.referral.clone(),
                tender: finding(&m.tender),
                weak: finding(&m.weak),
                short: finding(&m.short),
                tests: tests(context, file, &m.tests),
                release: techniques(context, file, &m.release),
                activation: techniques(context, file, &m.activation),
                ontology: m.ontology.clone(),
                statement: context.statement(file, m),
                notes: context.statements(file, &m.evidence),
                place: context.place(file, &m.id.span),
            }
        },
    )
}

pub(crate) fn joints(context: &Context<'_>, files: &Files) -> Vec<Joint> {
    context.each(
        &files.joints,
        |j| &j.id,
        |file, j| Joint {
            id: j.id.value.clone(),
            name: j.name.clone(),
            motion: j.motion.clone(),
            referral: j.referral.clone(),
            tests: tests(context, file, &j.tests),
            techniques: techniques(context, file, &j.techniques),
            conditions: context.find_all(&context.ids.conditions, file, &j.conditions),
            ontology: j.ontology.clone(),
            statement: context.statement(file, j),
            notes: context.statements(file, &j.evidence),
            place: context.place(file, &j.id.span),
        },
    )
}

/// Every pattern; nothing if one of them could not be linked.
pub(crate) fn patterns(context: &Context<'_>, files: &Files) -> Option<Vec<Pattern>> {
    let linked = context.each(
        &files.patterns,
        |p| &p.id,
        |file, p| {
            if p.contested.is_empty() {
                context.wrong(
                    file,
                    &p.id,
                    "this pattern does not say what speaks against it",
                    "add at least one [[contested]] record",
                );
            }
            let when = context.rule(file, &p.when, Layer::LateClassification)?;
            Some(Pattern {
                id: p.id.value.clone(),
                name: p.name.clone(),
                inhibited: context.find_all(&context.ids.muscles, file, &p.inhibited),
                overworked: context.find_all(&context.ids.muscles, file, &p.overworked),
                when,
                statement: context.statement(file, p),
                contested: context.statements(file, &p.contested),
                notes: context.statements(file, &p.evidence),
                place: context.place(file, &p.id.span),
            })
        },
    );
    // A table with holes would shift the handles; why a file could not be linked was told where it stands.
    linked.into_iter().collect()
}

fn tests(context: &Context<'_>, file: &str, ids: &[At<String>]) -> Vec<Handle<Finding>> {
    context.find_all(&context.ids.findings, file, ids)
}

fn techniques(context: &Context<'_>, file: &str, ids: &[At<String>]) -> Vec<Handle<Technique>> {
    context.find_all(&context.ids.techniques, file, ids)
}
