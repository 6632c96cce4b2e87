//! One patient of the caseload: who it is, what calls, how they do, what was and what comes.

use cotreat_care::course::Change;
use cotreat_figures::outcome::sparkline;
use cotreat_knowledge::Tier;
use cotreat_ui::{CaseRow, Tone, Words, tag};
use jiff::civil::Date;
use maud::Markup;

use crate::clinic::{Case, Late, Outcome, Standing};

pub(super) fn of(words: &Words, case: &Case, today: Date) -> CaseRow {
    let (signals, identity) = (&case.signals, &case.entry.identity);
    let mut facts = vec![
        words.say_with(
            "person-born",
            &[("day", words.short_date(identity.born).into())],
        ),
        words.say_with("caseload-week", &[("n", (signals.week + 1).into())]),
    ];
    if let Some(day) = signals.last_session {
        facts.push(words.say_with("caseload-session", &[("day", words.short_date(day).into())]));
    }
    let mut tags: Vec<Markup> = Vec::new();
    tags.extend(signals.alarm.as_ref().map(|alarm| alarm_tag(words, alarm)));
    if let Some(outcome) = main(&signals.outcomes) {
        tags.extend(outcome_tag(words, outcome, signals.is_not_better()));
        if outcome.values.len() > 1 {
            tags.push(course(words, outcome));
        }
    }
    tags.extend(signals.late.iter().map(|late| late_tag(words, *late)));
    if signals.questions > 0 {
        let n = [("n", signals.questions.into())];
        tags.push(tag(Tone::Watch, &words.say_with("caseload-questions", &n)));
    }
    if signals.is_new {
        tags.push(tag(Tone::Known, &words.say("caseload-is-new")));
    }
    let next = signals.next_appointment.map(|day| match day == today {
        true => words.say("caseload-next-today"),
        false => words.say_with("caseload-next", &[("day", words.short_date(day).into())]),
    });
    CaseRow {
        name: identity.full_name(),
        address: format!("/episodes/{}", case.entry.episode.episode),
        facts,
        tags,
        next,
    }
}

fn alarm_tag(words: &Words, alarm: &Standing) -> Markup {
    let (tone, word) = match alarm.tier {
        Tier::Emergency => (Tone::Stop, "alarm-emergency"),
        Tier::Urgent => (Tone::Urgent, "alarm-urgent"),
        Tier::Routine | Tier::Watch => (Tone::Watch, "alarm-routine"),
    };
    let name = [("name", alarm.name.as_str().into())];
    tag(tone, &words.say_with(word, &name))
}

/// The questionnaire that says most: one that got worse, then one that did not get better, then the one that was answered most often.
fn main(outcomes: &[Outcome]) -> Option<&Outcome> {
    outcomes.iter().max_by_key(|one| {
        (
            one.change == Change::Worse,
            one.not_better,
            one.values.len(),
        )
    })
}

/// What became of it, with the rule that says so.
fn outcome_tag(words: &Words, one: &Outcome, not_better: bool) -> Option<Markup> {
    let (tone, word) = match one.change {
        Change::Worse => (Tone::Urgent, "outcome-worse"),
        Change::Better => (Tone::Good, "outcome-better"),
        Change::Same if not_better => (Tone::Watch, "outcome-not-better"),
        Change::Same | Change::Once => return None,
    };
    let by = one.source.as_deref().unwrap_or(&one.rule);
    let with = [("name", one.name.as_str().into()), ("rule", by.into())];
    Some(tag(tone, &words.say_with(word, &with)))
}

/// How they did so far, small enough for a row.
fn course(words: &Words, one: &Outcome) -> Markup {
    let values: Vec<Option<f64>> = one.values.iter().copied().map(Some).collect();
    let figures = cotreat_figures::Words::of(words.lang().code());
    sparkline(&values, one.scale, figures)
}

fn late_tag(words: &Words, late: Late) -> Markup {
    let day = |day: Date| words.short_date(day);
    let says = match late {
        Late::Answers(since) => words.say_with("late-answers", &[("day", day(since).into())]),
        Late::Referral(days) => words.say_with("late-referral", &[("n", days.into())]),
        Late::Review(since) => words.say_with("late-review", &[("day", day(since).into())]),
        Late::Appraisal(since) => words.say_with("late-appraisal", &[("day", day(since).into())]),
    };
    let tone = match late {
        Late::Appraisal(_) => Tone::Urgent,
        _ => Tone::Watch,
    };
    tag(tone, &says)
}
