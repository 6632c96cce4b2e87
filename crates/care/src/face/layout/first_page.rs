//! The first page: what matters most, what to do, what calls for an earlier review, what to ask.

use super::words::{in_a_sentence, list, who};
use super::{Page, Tone};
use crate::appraisal::{Appraisal, Line};

/// How many questions of each list stand on the first page.
const QUESTIONS: usize = 3;

pub(super) fn write(page: &mut Page, a: &Appraisal) {
    page.heading(2, "In short");
    for line in &a.summary {
        let tone = if line.starts_with("Alarm") {
            Tone::Alarm
        } else {
            Tone::Plain
        };
        page.item(0, line.clone(), tone);
    }
    page.heading(2, "What to do");
    for p in &a.pathways {
        page.item(
            0,
            format!("Refer: {}, to {}; when: {}", p.name, p.to, p.within),
            Tone::Strong,
        );
        if !a.plan.emergency.is_empty() {
            page.item(1, format!("send along: {}", list(&p.content)), Tone::Plain);
        }
    }
    if a.plan.emergency.is_empty() {
        planned(page, a)
    } else {
        emergency(page, a)
    }
}

/// In an emergency there is one thing to do.
fn emergency(page: &mut Page, a: &Appraisal) {
    page.item(
        0,
        format!(
            "Everything else waits until the emergency was dealt with or cleared: {}.",
            list(&a.plan.emergency)
        ),
        Tone::Strong,
    );
    tell(page, a);
    if a.questions.patient.is_empty() && a.questions.clinician.is_empty() {
        page.item(
            0,
            "No further question could raise another emergency.",
            Tone::Plain,
        );
    } else {
        ask(page, a, "Ask only this, without delay");
    }
}

fn tell(page: &mut Page, a: &Appraisal) {
    if !a.plan.tell.is_empty() {
        page.item(
            0,
            format!("Tell the patient: {}", a.plan.tell.join(" ")),
            Tone::Plain,
        );
    }
}

fn planned(page: &mut Page, a: &Appraisal) {
    if !a.plan.hands_on_stopped_by.is_empty() {
        page.item(
            0,
            format!(
                "No hands-on care: uncleared alarm ({}).",
                list(&a.plan.hands_on_stopped_by)
            ),
            Tone::Alarm,
        );
    }
    let (proposed, possible): (Vec<&Line>, Vec<&Line>) = a
        .plan
        .lines
        .iter()
        .filter(|l| l.status == "offered")
        .partition(|l| l.preselected);
    for l in proposed {
        page.item(0, at_a_glance(l), Tone::Good);
    }
    tell(page, a);
    let urgent = a
        .alarms
        .iter()
        .any(|alarm| alarm.reached.as_deref() == Some("urgent"));
    if urgent {
        page.item(
            0,
            "The rest of the plan waits for the referral; it stands line by line below.",
            Tone::Plain,
        );
    } else {
        rest(page, a, &possible);
    }
    if a.plan.lines.iter().all(|l| l.status == "not_indicated") {
        page.item(0, "Nothing is planned.", Tone::Plain);
    }
    if let Some(sequence) = &a.plan.sequence {
        page.item(0, sequence.clone(), Tone::Plain);
    }
    if !a.plan.triggers.is_empty() {
        page.heading(2, "Come back or review earlier if");
        for trigger in a
            .plan
            .triggers
            .iter()
            .filter(|trigger| trigger.happened || trigger.general)
        {
            let (label, tone) = if trigger.happened {
                ("Has happened: ", Tone::Alarm)
            } else {
                ("", Tone::Plain)
            };
            page.item(0, format!("{label}{}", trigger.why.says), tone);
        }
    }
    ask(page, a, "Ask next");
}

/// What is not proposed, and why not, one line for each kind.
fn rest(page: &mut Page, a: &Appraisal, possible: &[&Line]) {
    named(
        page,
        "Also possible, advised and safe",
        possible.iter().copied().filter(|l| l.role != "medicine"),
        Tone::Plain,
    );
    let wanted = |l: &&Line| {
        l.role == "medicine"
            && l.rung < LAST_RUNG
            && matches!(l.status.as_str(), "offered" | "conflict" | "not_yet")
    };
    let mut medicines: Vec<&Line> = a.plan.lines.iter().filter(wanted).collect();
    // The medicine that most guidelines speak for comes first.
    medicines.sort_by_key(|l| {
        std::cmp::Reverse(
            l.advice
                .iter()
                .filter(|r| r.state == "holds" && r.direction == "for")
                .count(),
        )
    });
    let medicines: Vec<String> = medicines
        .into_iter()
        .map(|l| {
            let adapted = adapted_because(l);
            let remark = match l.status.as_str() {
                "conflict" => " (guidelines disagree)".to_owned(),
                "not_yet" => " (something must be asked first)".to_owned(),
                _ if !adapted.is_empty() => format!(" (adapted: {adapted})"),
                _ => String::new(),
            };
            format!("{}{remark}", in_a_sentence(&l.name))
        })
        .collect();
    if !medicines.is_empty() {
        page.item(
            0,
            format!("If a medicine is wanted: {}", medicines.join("; ")),
            Tone::Plain,
        );
    }
    let listed = |l: &&Line| l.role != "medicine" && l.rung < LAST_RUNG;
    let with = |status: &'static str| a.plan.lines.iter().filter(move |l| l.status == status);
    named(
        page,
        "Guidelines disagree",
        with("conflict").filter(listed),
        Tone::Warning,
    );
    named(
        page,
        "Not yet, something must be asked first",
        with("not_yet").filter(listed),
        Tone::Warning,
    );
    let last = a.plan.lines.iter().filter(|l| {
        l.rung >= LAST_RUNG
            && matches!(
                l.status.as_str(),
                "last_resort" | "conflict" | "not_yet" | "offered"
            )
    });
    named(page, "End of the ladder, not now", last, Tone::Plain);
    named(
        page,
        "Not safe or not suitable now",
        with("stopped"),
        Tone::Alarm,
    );
    named(page, "Not wanted", with("declined"), Tone::Plain);
    named(
        page,
        "Nobody within reach",
        with("unavailable"),
        Tone::Plain,
    );
    named(
        page,
        "Deliberately not offered",
        with("against"),
        Tone::Plain,
    );
}

/// The last rung of the ladder: opioids, benzodiazepines, injections, operations.
const LAST_RUNG: u8 = 5;

/// The answers because of which a line is done differently, each once; empty when it is not.
fn adapted_because(l: &Line) -> String {
    let mut answers: Vec<String> = Vec::new();
    for safety in &l.safety {
        if safety.state == "holds" && matches!(safety.level.as_str(), "adapt" | "avoid_region") {
            for answer in &safety.why.because {
                let answer = in_a_sentence(answer);
                if !answers.contains(&answer) {
                    answers.push(answer);
                }
            }
        }
    }
    answers.join(", ")
}

fn named<'l>(page: &mut Page, title: &str, lines: impl Iterator<Item = &'l Line>, tone: Tone) {
    let names: Vec<String> = lines.map(|l| in_a_sentence(&l.name)).collect();
    if !names.is_empty() {
        page.item(0, format!("{title}: {}", names.join("; ")), tone);
    }
}

fn ask(page: &mut Page, a: &Appraisal, title: &str) {
    page.heading(2, title);
    let lists = [
        ("patient", &a.questions.patient),
        ("examine", &a.questions.clinician),
    ];
    for (who, list) in lists {
        for question in list.iter().take(QUESTIONS) {
            page.item(
                0,
                format!("{who}: {} ({})", question.words, question.because),
                Tone::Plain,
            );
        }
    }
    if lists.iter().all(|(_, list)| list.is_empty()) {
        page.item(0, "Nothing that would change anything.", Tone::Plain);
    }
}

/// Advice that so many professions give is anyone's.
const ANYONE: usize = 8;

/// One line of the plan in one line: what, for which muscles, with what, who.
fn at_a_glance(l: &Line) -> String {
    let mut words = l.name.clone();
    let muscles: Vec<String> = l.targets.iter().map(|t| in_a_sentence(&t.name)).collect();
    if !muscles.is_empty() {
        words.push_str(&format!(" ({})", list(&muscles)));
    }
    if l.role == "passive" && !l.together_with.is_empty() {
        let partners: Vec<String> = l
            .together_with
            .iter()
            .map(|name| in_a_sentence(name))
            .collect();
        words.push_str(&format!(", only together with {}", partners.join(" or ")));
    }
    let adapted = adapted_because(l);
    if !adapted.is_empty() {
        words.push_str(&format!(", adapted ({adapted})"));
    }
    let by = if l.role == "advice" && l.who.len() >= ANYONE {
        "anyone in the team".to_owned()
    } else {
        who(l)
    };
    format!("{words} | {by}")
}
