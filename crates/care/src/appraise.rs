//! The reasoning from an episode to an appraisal, in two steps: conclusions (compact, for comparing many patients), then their explanation.

mod alarms;
mod contributors;
mod known;
mod lines;
mod questions;
mod reasons;
mod summary;

use cotreat_knowledge::model::Pathway;
use cotreat_knowledge::{Handle, Knowledge};

use crate::appraisal::{self, Appraisal, Certification, CitedSource, Guideline, SCHEMA};
use crate::assess::{Assessment, assess};
use crate::episode::Episode;
use crate::open::Open;
use crate::plan::{Plan, plan};
use crate::{ask, refer};

pub(crate) use reasons::in_a_sentence;
use reasons::{Explain, word};

/// What was concluded, without the words.
#[derive(Clone, Debug)]
pub struct Conclusions {
    /// Findings, scores, classifications, alarms, contributors, patterns.
    pub assessment: Assessment,
    /// The plan.
    pub plan: Plan,
    /// Pathways that apply.
    pub pathways: Vec<Handle<Pathway>>,
}

/// Draws every conclusion, without explaining any.
#[must_use]
pub fn conclude(episode: &Episode, knowledge: &Knowledge) -> Conclusions {
    let assessment = assess(episode, knowledge);
    let plan = plan(episode, &assessment, knowledge);
    let pathways = refer::refer(&assessment, knowledge);
    Conclusions {
        assessment,
        plan,
        pathways,
    }
}

/// All that can be said about a patient now, with the reason for every line.
#[must_use]
pub fn appraise(episode: &Episode, knowledge: &Knowledge) -> Appraisal {
    let conclusions = conclude(episode, knowledge);
    let open = Open::new(&conclusions.assessment, knowledge);
    let ranked = ask::questions(
        episode,
        &conclusions.assessment,
        &conclusions.plan,
        knowledge,
        &open,
    );
    let explain = Explain::new(episode, knowledge, &conclusions.assessment, &open);
    let alarms = alarms::explain(&explain);
    let contributors = contributors::explain(&explain);
    let patterns = known::patterns(&explain);
    let questions = questions::explain(&explain, &ranked);
    let plan = lines::explain(&explain, &conclusions.plan);
    let pathways: Vec<appraisal::Pathway> = conclusions
        .pathways
        .iter()
        .map(|p| pathway(&explain, *p))
        .collect();
    let classes = known::classes(&explain);
    let scores = known::scores(&explain);
    let facts = known::facts(&explain);
    let summary = summary::lines(&conclusions, &alarms, &contributors, &plan, &questions);
    Appraisal {
        schema: SCHEMA.to_owned(),
        title: episode.title.clone(),
        as_of: episode.as_of.to_string(),
        setting: word(&episode.setting),
        jurisdiction: episode.jurisdiction.clone(),
        profile: episode
            .profile
            .map_or_else(|| "all".to_owned(), |p| knowledge.profiles.id(p).to_owned()),
        guidelines: guidelines(episode, knowledge),
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        knowledge: knowledge.hash.clone(),
        certification: certification(&explain),
        out_of_scope: conclusions.plan.out_of_scope.clone(),
        summary,
        facts,
        scores,
        classes,
        alarms,
        contributors,
        patterns,
        questions,
        plan,
        pathways,
        sources: sources(&explain),
    }
}

/// The guidelines that count: silence of a profile means something only where its guidelines are known whole.
fn guidelines(episode: &Episode, knowledge: &Knowledge) -> Vec<Guideline> {
    let Some(profile) = episode.profile else {
        return Vec::new();
    };
    let guideline = |handle: &Handle<_>| {
        let source = &knowledge.sources[*handle];
        Guideline {
            source: knowledge.sources.id(*handle).to_owned(),
            short: source.short.clone(),
            complete: source.list_complete,
            note: source.list_note.clone(),
        }
    };
    let counting = &knowledge.profiles[profile].guidelines;
    counting.iter().map(guideline).collect()
}

fn pathway(explain: &Explain<'_>, handle: Handle<Pathway>) -> appraisal::Pathway {
    let one = &explain.knowledge.pathways[handle];
    appraisal::Pathway {
        pathway: one.id.clone(),
        name: one.name.clone(),
        to: one.to.clone(),
        within: one.within.clone(),
        content: one.content.clone(),
        why: explain.reason(&one.statement, Some(&one.when)),
    }
}

/// Says openly whether the files behind this appraisal were certified.
fn certification(explain: &Explain<'_>) -> Certification {
    let (certified, not_certified) = explain.cited_files();
    let note = if not_certified == 0 {
        "Every knowledge file behind this appraisal was certified by a clinician.".to_owned()
    } else if certified == 0 {
        "Not yet certified: no clinician has certified any of the knowledge files behind this appraisal.".to_owned()
    } else {
        format!(
            "Not yet certified: {not_certified} of {} knowledge files behind this appraisal.",
            certified + not_certified
        )
    };
    Certification {
        certified,
        not_certified,
        note,
    }
}

fn sources(explain: &Explain<'_>) -> Vec<CitedSource> {
    explain
        .cited_sources()
        .into_iter()
        .map(|handle| {
            let source = &explain.knowledge.sources[handle];
            CitedSource {
                source: explain.knowledge.sources.id(handle).to_owned(),
                short: source.short.clone(),
                citation: source.citation.clone(),
                link: source
                    .doi
                    .as_ref()
                    .map(|doi| format!("https://doi.org/{doi}"))
                    .or_else(|| source.url.clone()),
                read: word(&source.read),
                note: source.note.clone(),
            }
        })
        .collect()
}
