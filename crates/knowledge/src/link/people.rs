//! Links sources, professions, pathways and profiles.

use crate::At;
use crate::files::Files;
use crate::format;
use crate::handle::{Handle, Table};
use crate::link::context::Context;
use crate::link::intervention::Selector;
use crate::model::{
    Emergency, Intervention, Pathway, Profession, Profile, Scope, Source, SourceStatement,
    Technique,
};
use crate::names::Layer;

pub(crate) fn sources(context: &Context<'_>, files: &Files) -> Vec<Source> {
    context.each(
        &files.sources,
        |s| &s.id,
        |file, s| {
            context.unique(file, s.statement.iter().map(|statement| &statement.id));
            Source {
                short: s.short.clone(),
                name: s.name.clone(),
                kind: s.kind,
                year: s.year,
                citation: s.citation.clone(),
                url: s.url.clone(),
                doi: s.doi.clone(),
                read: s.read,
                note: s.note.clone(),
                list_complete: s.list_complete.unwrap_or(false),
                list_note: s.list_note.clone(),
                statements: s
                    .statement
                    .iter()
                    .map(|statement| SourceStatement {
                        id: statement.id.value.clone(),
                        says: statement.says.clone(),
                        left_out: statement.left_out.clone(),
                        place: context.place(file, &statement.id.span),
                    })
                    .collect(),
                place: context.place(file, &s.id.span),
            }
        },
    )
}

pub(crate) fn professions(
    context: &Context<'_>,
    files: &Files,
    techniques: &Table<Technique>,
) -> Vec<Profession> {
    context.each(
        &files.professions,
        |p| &p.id,
        |file, p| Profession {
            id: p.id.value.clone(),
            name: p.name.clone(),
            may_clear: p.may_clear,
            may_lead: p.may_lead,
            guides: context.find_all(&context.ids.professions, file, &p.guides),
            referral_content: p.referral_content.clone(),
            answer_days: p.answer_days,
            scopes: p
                .scope
                .iter()
                .map(|scope| {
                    let (not_interventions, not_techniques) =
                        excluded(context, file, &scope.may_not, techniques);
                    let may = context.find_all(&context.ids.interventions, file, &scope.may);
                    let mut allowed = may.clone();
                    allowed.retain(|one| !not_interventions.contains(one));
                    allowed.sort_unstable();
                    Scope {
                        jurisdiction: scope.jurisdiction.clone(),
                        may,
                        not_interventions,
                        allowed,
                        not_techniques,
                        statement: context.statement(file, scope),
                    }
                })
                .collect(),
            statement: context.statement(file, p),
            notes: context.statements(file, &p.evidence),
            place: context.place(file, &p.id.span),
        },
    )
}

/// What a scope forbids: interventions by id, techniques by id, class or flag.
fn excluded(
    context: &Context<'_>,
    file: &str,
    may_not: &[At<String>],
    techniques: &Table<Technique>,
) -> (Vec<Handle<Intervention>>, Vec<Handle<Technique>>) {
    let mut interventions = Vec::new();
    let mut forbidden = Vec::new();
    for written in may_not {
        if let Some(intervention) = context.ids.interventions.find(&written.value) {
            interventions.push(intervention);
        } else if context.ids.interventions.is_unread(&written.value) {
            // What is wrong with it is told in its own file.
        } else if let Some(selector) = Selector::read(context, file, written) {
            forbidden.extend(selector.pick(techniques));
        }
    }
    forbidden.sort();
    forbidden.dedup();
    (interventions, forbidden)
}

/// Whoever an intervention or technique names as delivering it has it in its general scope.
pub(crate) fn check_scopes(
    context: &Context<'_>,
    files: &Files,
    interventions: &Table<Intervention>,
    professions: &Table<Profession>,
) {
    for written in &files.professions {
        if !written
            .value
            .scope
            .iter()
            .any(|scope| scope.jurisdiction == "any")
        {
            context.wrong(
                &written.file,
                &written.value.id,
                "this profession has no scope for `any` jurisdiction",
                "add a [[scope]] with `jurisdiction = \"any\"`",
            );
        }
    }
    for written in &files.interventions {
        let Some(intervention) = interventions.find(&written.value.id.value) else {
            continue;
        };
        for by in &written.value.delivered_by {
            let Some(profession) = professions.get(&by.value) else {
                continue;
            };
            if !profession
                .scope("any")
                .is_some_and(|(_, scope)| scope.allows(intervention))
            {
                let message = format!(
                    "`{}` is outside the scope of `{}`",
                    written.value.id.value, by.value
                );
                context.wrong(
                    &written.file,
                    by,
                    message,
                    format!(
                        "add it to `may` in professions/{}.toml, or leave the profession out here",
                        by.value
                    ),
                );
            }
        }
    }
}

/// Every pathway; nothing if one of them could not be linked.
pub(crate) fn pathways(context: &Context<'_>, files: &Files) -> Option<Vec<Pathway>> {
    let linked = context.each(
        &files.pathways,
        |p| &p.id,
        |file, p| {
            let when = context.rule(file, &p.when, Layer::LateClassification)?;
            Some(Pathway {
                id: p.id.value.clone(),
                name: p.name.clone(),
                to: p.to.clone(),
                within: p.within.clone(),
                when,
                content: p.content.clone(),
                answer_days: p.answer_days,
                gives_way_to: context.find_all(&context.ids.pathways, file, &p.gives_way_to),
                statement: context.statement(file, p),
                place: context.place(file, &p.id.span),
            })
        },
    );
    // A table with holes would shift the handles; why a file could not be linked was told where it stands.
    linked.into_iter().collect()
}

pub(crate) fn profiles(context: &Context<'_>, files: &Files) -> Vec<Profile> {
    context.each(
        &files.profiles,
        |p| &p.id,
        |file, p| Profile {
            id: p.id.value.clone(),
            name: p.name.clone(),
            guidelines: context.find_all(&context.ids.sources, file, &p.guidelines),
            emergency: p
                .emergency
                .as_ref()
                .map(|one| emergency(context, file, one)),
            place: context.place(file, &p.id.span),
        },
    )
}

fn emergency(context: &Context<'_>, file: &str, one: &format::Emergency) -> Emergency {
    let number = &one.number;
    let digits = number.value.bytes().all(|digit| digit.is_ascii_digit());
    if !digits || !(2..=6).contains(&number.value.len()) {
        context.wrong(
            file,
            number,
            format!("`{}` is no emergency number", number.value),
            "write it as it is dialled, in digits alone",
        );
    }
    Emergency {
        number: number.value.clone(),
        statement: context.statement(file, one),
    }
}
