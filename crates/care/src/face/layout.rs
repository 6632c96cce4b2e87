//! What stands where in a printed appraisal.

use crate::appraisal::{Alarm, Appraisal, Contributor, Line, Question, Reason};

/// How a piece of text is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Ordinary.
    Plain,
    /// Stands out.
    Strong,
    /// Dangerous.
    Alarm,
    /// Needs attention.
    Warning,
    /// Goes ahead.
    Good,
    /// In the background: where something comes from.
    Faint,
}

/// One piece of a printed page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading and its level.
    Heading(u8, String),
    /// A line of its own.
    Line(String, Tone),
    /// An item of a list and its depth.
    Item(u8, String, Tone),
}

/// How many questions of each list are printed.
const QUESTIONS: usize = 5;
/// How many of each list stand on the first page.
const GLANCED_QUESTIONS: usize = 3;

struct Page {
    blocks: Vec<Block>,
}

impl Page {
    fn heading(&mut self, level: u8, title: &str) {
        self.blocks.push(Block::Heading(level, title.to_owned()));
    }
    fn line(&mut self, words: impl Into<String>, tone: Tone) {
        self.blocks.push(Block::Line(words.into(), tone));
    }
    fn item(&mut self, depth: u8, words: impl Into<String>, tone: Tone) {
        self.blocks.push(Block::Item(depth, words.into(), tone));
    }
    /// A reason: the statement, what made it hold, and where it comes from.
    fn why(&mut self, depth: u8, label: &str, reason: &Reason) {
        self.item(depth, format!("{label}{}", reason.says), Tone::Plain);
        self.origin(depth + 1, reason);
    }
    fn origin(&mut self, depth: u8, reason: &Reason) {
        if !reason.because.is_empty() {
            self.item(depth, format!("because {}", reason.because.join("; ")), Tone::Plain);
        }
        self.item(depth, cite(reason), Tone::Faint);
    }
}

/// Source, place in the source, basis, file and line.
fn cite(reason: &Reason) -> String {
    let source = match (&reason.source_name, &reason.location) {
        (Some(name), Some(location)) => format!("{name}, {location}"),
        (Some(name), None) => name.clone(),
        (None, _) => String::new(),
    };
    let basis = match reason.basis.as_str() {
        "source" => "",
        "secondary" => "not confirmed in the paper itself",
        _ => "expert judgement",
    };
    let certified = if reason.certified { "" } else { "not yet certified" };
    let parts: Vec<&str> = [source.as_str(), basis, certified].into_iter().filter(|part| !part.is_empty()).collect();
    format!("[{}] {}", parts.join("; "), reason.place)
}

/// How much is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// One page: what matters most, what stands, what to do, what to ask.
    Brief,
    /// The page, and the reason for every line.
    #[default]
    Full,
    /// The same, and full citations.
    Sources,
}

/// Lays out an appraisal: first a page to act on, then the reasons.
#[must_use]
pub fn layout(a: &Appraisal, detail: Detail) -> Vec<Block> {
    let mut page = Page { blocks: Vec::new() };
    page.heading(1, &a.title);
    page.line(
        format!("Appraisal of {}. Seen in {}; guidelines: {}; jurisdiction: {}.", a.as_of, a.setting.replace('_', " "), a.profile, a.jurisdiction),
        Tone::Plain,
    );
    page.line(a.certification.note.clone(), Tone::Warning);
    page.line("Decision support for qualified clinicians: the machine proposes, a named person decides.", Tone::Faint);
    page.heading(2, "In short");
    for line in &a.summary {
        let tone = if line.starts_with("Alarm") { Tone::Alarm } else { Tone::Plain };
        page.item(0, line.clone(), tone);
    }
    glance(&mut page, a);
    if detail == Detail::Brief {
        page.line("The reasons stand behind every line: leave out --brief to read them.", Tone::Faint);
        return page.blocks;
    }
    alarms(&mut page, a);
    known(&mut page, a);
    contributors(&mut page, a);
    patterns(&mut page, a);
    questions(&mut page, a);
    plan(&mut page, a);
    pathways(&mut page, a);
    if detail == Detail::Sources {
        cited(&mut page, a);
    }
    page.heading(2, "How this was made");
    page.line(
        format!("Engine {}, knowledge {}. The same facts, knowledge and day give the same answer.", a.engine, &a.knowledge[..a.knowledge.len().min(16)]),
        Tone::Faint,
    );
    page.blocks
}

/// The plan and the first questions, one line each.
fn glance(page: &mut Page, a: &Appraisal) {
    page.heading(2, "The plan at a glance");
    for p in &a.pathways {
        page.item(0, format!("Refer: {}, to {}, within {}", p.name, p.to, p.within), Tone::Strong);
    }
    for l in a.plan.lines.iter().filter(|l| l.status == "offered") {
        page.item(0, at_a_glance(l), Tone::Good);
    }
    let groups = [
        ("Guidelines disagree", "conflict", Tone::Warning),
        ("Not yet, something must be asked first", "not_yet", Tone::Warning),
        ("End of the ladder", "last_resort", Tone::Plain),
        ("Stopped", "stopped", Tone::Alarm),
        ("Not wanted", "declined", Tone::Plain),
        ("Nobody within reach", "unavailable", Tone::Plain),
        ("Deliberately not offered", "against", Tone::Plain),
    ];
    for (title, status, tone) in groups {
        let names: Vec<String> = a.plan.lines.iter().filter(|l| l.status == status).map(|l| l.name.clone()).collect();
        if !names.is_empty() {
            page.item(0, format!("{title}: {}", list(&names)), tone);
        }
    }
    if a.plan.lines.iter().all(|l| l.status == "not_indicated") {
        page.item(0, "Nothing is planned.", Tone::Plain);
    }
    page.heading(2, "Ask next");
    for (who, list) in [("patient", &a.questions.patient), ("examine", &a.questions.clinician)] {
        for question in list.iter().take(GLANCED_QUESTIONS) {
            page.item(0, format!("{who}: {} ({})", question.words, question.because), Tone::Plain);
        }
    }
}

/// One line of the plan in one line: what, for which muscles, who, what first.
fn at_a_glance(l: &Line) -> String {
    let muscles: Vec<String> = l.targets.iter().map(|t| t.name.to_lowercase()).collect();
    let mut words = l.name.clone();
    if !muscles.is_empty() {
        words.push_str(&format!(" ({})", list(&muscles)));
    }
    if !l.together_with.is_empty() {
        words.push_str(&format!(", only together with {}", l.together_with.join(" or ").to_lowercase()));
    }
    let adapted = l.safety.iter().any(|s| s.state == "holds" && (s.level == "adapt" || s.level == "avoid_region"));
    if adapted {
        words.push_str(", adapted (see safety)");
    }
    let who: Vec<&str> = l.who.iter().map(String::as_str).collect();
    const SHOWN: usize = 2;
    let more = if who.len() > SHOWN { format!("; {} more", who.len() - SHOWN) } else { String::new() };
    words.push_str(&format!(" | {}{more}", who[..who.len().min(SHOWN)].join("; ")));
    words
}

/// At most this many names, then how many more.
fn some(names: &[String]) -> String {
    const SHOWN: usize = 5;
    if names.len() <= SHOWN { list(names) } else { format!("{} and {} more", list(&names[..SHOWN]), names.len() - SHOWN) }
}

fn alarms(page: &mut Page, a: &Appraisal) {
    page.heading(2, "Alarms");
    let (raised, open): (Vec<&Alarm>, Vec<&Alarm>) = a.alarms.iter().partition(|alarm| !alarm.raised.is_empty());
    if raised.is_empty() {
        page.item(0, "No alarm stands.", Tone::Plain);
    }
    for alarm in raised {
        let state = alarm.reached.as_ref().map_or_else(|| "cleared".to_owned(), |tier| tier.to_uppercase());
        let stops = if alarm.stops_hands_on { "; hands-on care stops" } else { "" };
        let tone = match alarm.reached.as_deref() {
            Some("emergency" | "urgent") => Tone::Alarm,
            Some(_) => Tone::Warning,
            None => Tone::Plain,
        };
        page.item(0, format!("{}: {state}{stops}", alarm.name), tone);
        for raised in &alarm.raised {
            if let Some(cleared) = &raised.cleared {
                page.item(1, format!("{} ({})", cleared, raised.tier), Tone::Good);
            } else {
                let within = raised.within.as_ref().map(|w| format!(" Within: {w}.")).unwrap_or_default();
                page.item(1, format!("{}: {}{within}", raised.tier, raised.action), Tone::Strong);
                page.item(1, format!("may be cleared by: {}", list(&raised.may_clear)), Tone::Faint);
            }
            for refused in &raised.not_cleared {
                page.item(1, refused.clone(), Tone::Warning);
            }
            page.why(1, "why: ", &raised.why);
        }
        if let Some(could) = &alarm.could_reach {
            page.item(1, format!("could still reach {could}; not answered: {}", some(&alarm.missing)), Tone::Warning);
        }
    }
    if !open.is_empty() {
        page.line("Not excluded yet:", Tone::Plain);
        for alarm in open {
            let could = alarm.could_reach.as_deref().unwrap_or_default();
            page.item(0, format!("{}: could be {could}; not answered: {}", alarm.name, some(&alarm.missing)), Tone::Warning);
        }
    }
}

fn known(page: &mut Page, a: &Appraisal) {
    page.heading(2, "How the episode is sorted");
    for class in &a.classes {
        let value = if !class.names.is_empty() {
            list(&class.names)
        } else if class.unknown {
            "not known".into()
        } else {
            "none".into()
        };
        let missing = if class.unknown && !class.missing.is_empty() { format!(" (not answered: {})", some(&class.missing)) } else { String::new() };
        page.item(0, format!("{}: {value}{missing}", class.name), Tone::Plain);
        for why in &class.why {
            page.why(1, "", why);
        }
    }
    for score in &a.scores {
        let band = score.band.as_ref().map(|b| format!(", {b}")).unwrap_or_default();
        page.item(
            0,
            format!("{} ({}): {} of {} to {}{band}; higher is {}", score.name, score.score, score.value, score.range.0, score.range.1, score.higher),
            Tone::Plain,
        );
    }
}

fn contributors(page: &mut Page, a: &Appraisal) {
    page.heading(2, "Contributors");
    page.line("Each for itself: several can be true at once, and they do not add up to 100 %.", Tone::Faint);
    let (spoken, silent): (Vec<&Contributor>, Vec<&Contributor>) =
        a.contributors.iter().partition(|c| c.band != "cannot_say" || !c.evidence.is_empty());
    for c in spoken {
        let number = match (c.median, c.interval) {
            (Some(median), Some((low, high))) => format!(", {} ({} to {})", percent(median), percent(low), percent(high)),
            _ => String::new(),
        };
        let tone = if matches!(c.band.as_str(), "likely" | "very_likely") { Tone::Strong } else { Tone::Plain };
        page.item(0, format!("{}: {}{number}", c.name, c.band.replace('_', " ")), tone);
        for e in &c.evidence {
            page.item(1, format!("{}: ratio {}; {}", e.answer, e.ratio, e.counts), Tone::Plain);
            page.item(2, e.why.says.clone(), Tone::Plain);
            for note in &e.notes {
                page.item(2, note.clone(), Tone::Faint);
            }
            page.item(2, cite(&e.why), Tone::Faint);
        }
        if let Some(basis) = &c.basis {
            page.why(1, if c.method == "ratios" { "starting point: " } else { "criterion: " }, basis);
        }
        for note in &c.notes {
            page.item(1, note.clone(), Tone::Faint);
        }
        if !c.missing.is_empty() {
            page.item(1, format!("would say more: {}", some(&c.missing)), Tone::Faint);
        }
    }
    if !silent.is_empty() {
        let names: Vec<String> = silent.iter().map(|c| c.name.clone()).collect();
        page.line(format!("Cannot say, nothing asked or examined that speaks: {}.", list(&names)), Tone::Plain);
    }
}

fn patterns(page: &mut Page, a: &Appraisal) {
    if a.patterns.is_empty() {
        return;
    }
    page.heading(2, "Muscle patterns");
    page.line("Patterns guide release and activation. They are not shown to be a cause.", Tone::Faint);
    for p in &a.patterns {
        page.item(0, format!("{}: activate {}; release {}", p.name, list(&p.inhibited), list(&p.overworked)), Tone::Plain);
        page.why(1, "", &p.why);
        for c in &p.contested {
            page.why(1, "contested: ", c);
        }
    }
}

fn questions(page: &mut Page, a: &Appraisal) {
    page.heading(2, "Next best questions");
    let lists = [
        ("To the patient", &a.questions.patient),
        ("To examine", &a.questions.clinician),
        ("Results to enter where they exist already (no test is asked for here)", &a.questions.results),
    ];
    for (who, list) in lists {
        if list.is_empty() {
            page.line(format!("{who}: nothing that would change anything."), Tone::Plain);
            continue;
        }
        let more = list.len().saturating_sub(QUESTIONS);
        let tail = if more == 0 { String::new() } else { format!(" (and {more} more)") };
        page.line(format!("{who}{tail}:"), Tone::Plain);
        for question in list.iter().take(QUESTIONS) {
            one_question(page, question);
        }
    }
}

fn one_question(page: &mut Page, q: &Question) {
    page.item(0, format!("{} [{}]", q.words, q.ask), Tone::Strong);
    page.item(1, format!("because {}", q.because), Tone::Plain);
    page.item(1, format!("about {} s; {}", q.burden_seconds, q.place), Tone::Faint);
}

fn plan(page: &mut Page, a: &Appraisal) {
    page.heading(2, "Plan");
    if a.plan.goals.is_empty() {
        page.line("Goals: none recorded yet; agree with the patient what they want to be able to do.", Tone::Plain);
    } else {
        page.line(format!("Goals: {}.", a.plan.goals.join("; ")), Tone::Plain);
    }
    if let Some(review) = &a.plan.review_on {
        page.line(format!("Review on {review}, earlier if any trigger below occurs."), Tone::Plain);
    }
    if !a.plan.hands_on_stopped_by.is_empty() {
        page.line(format!("No hands-on care: uncleared alarm ({}).", list(&a.plan.hands_on_stopped_by)), Tone::Alarm);
    }
    if let Some(sequence) = &a.plan.sequence {
        page.line(sequence.clone(), Tone::Plain);
    }
    let groups = [
        ("Proposed", &["offered"][..]),
        ("Guidelines disagree (not preselected)", &["conflict"]),
        ("Not yet: something must be asked first", &["not_yet"]),
        ("End of the ladder", &["last_resort"]),
        ("Stopped", &["stopped"]),
        ("Not wanted, or nobody within reach", &["declined", "unavailable"]),
        ("Deliberately not offered", &["against"]),
    ];
    for (title, statuses) in groups {
        let lines: Vec<&Line> = a.plan.lines.iter().filter(|l| statuses.contains(&l.status.as_str())).collect();
        if lines.is_empty() {
            continue;
        }
        page.heading(3, title);
        for line in lines {
            plan_line(page, line);
        }
    }
    let none: Vec<String> = a.plan.lines.iter().filter(|l| l.status == "not_indicated").map(|l| l.name.clone()).collect();
    if !none.is_empty() {
        page.line(format!("Nobody advises for this patient: {}.", list(&none)), Tone::Faint);
    }
}

fn plan_line(page: &mut Page, l: &Line) {
    let tone = match l.status.as_str() {
        "offered" => Tone::Good,
        "stopped" => Tone::Alarm,
        "not_yet" | "conflict" => Tone::Warning,
        _ => Tone::Plain,
    };
    let reading = if l.status == "offered" { String::new() } else { format!(": {}", l.reading) };
    page.item(0, format!("{}{reading}", l.name), tone);
    if matches!(l.status.as_str(), "offered" | "conflict" | "not_yet" | "last_resort") {
        delivery(page, l);
    }
    for r in &l.advice {
        let show = r.state == "holds" || l.status == "not_yet" || r.state.starts_with("bent");
        if show {
            let state = if r.state == "holds" { String::new() } else { format!(" ({})", r.state) };
            let certainty = r.certainty.as_ref().map(|c| format!(", {c} certainty")).unwrap_or_default();
            page.why(1, &format!("{} ({}{certainty}){state}: ", r.direction.to_uppercase(), r.strength), &r.why);
        }
    }
    for s in &l.safety {
        if s.state == "holds" {
            let region = s.region.as_ref().map(|r| format!(" Keep off: {r}.")).unwrap_or_default();
            page.why(1, &format!("safety, {} ({}): ", s.level.replace('_', " "), concerns(&s.concerns)), &s.why);
            if !region.is_empty() {
                page.item(2, region.trim().to_owned(), Tone::Warning);
            }
        }
    }
    if l.status != "against" {
        techniques(page, l);
        triggers(page, l);
    }
}

fn delivery(page: &mut Page, l: &Line) {
    page.item(1, format!("{} Aim: {}; role: {}.", l.explain, l.aim, l.role), Tone::Plain);
    if !l.acts_on.is_empty() {
        page.item(1, format!("acts on: {}", list(&l.acts_on)), Tone::Plain);
    }
    for target in &l.targets {
        page.item(1, format!("{} ({}): {}", target.name, target.because, list(&target.techniques)), Tone::Plain);
    }
    if !l.together_with.is_empty() {
        page.item(1, format!("only together with: {}", list(&l.together_with)), Tone::Strong);
    }
    if let Some(dose) = &l.dose {
        page.why(1, "dose: ", dose);
    }
    page.item(1, format!("who: {}", l.who.join("; ")), Tone::Plain);
    if let Some(days) = l.review_days {
        page.item(1, format!("review after {days} days"), Tone::Plain);
    }
    if let Some(rule) = &l.stop_rule {
        page.item(1, format!("stop rule: {rule}"), Tone::Plain);
    }
    if let Some(tried) = &l.tried {
        page.item(1, format!("tried before: {tried}"), Tone::Plain);
    }
    if l.wanted {
        page.item(1, "the patient asked for it", Tone::Plain);
    }
}

fn techniques(page: &mut Page, l: &Line) {
    for status in ["stopped", "out_of_scope", "not_yet", "adapted"] {
        let these: Vec<_> = l.techniques.iter().filter(|t| t.status == status).collect();
        if these.is_empty() {
            continue;
        }
        let names: Vec<String> = these.iter().map(|t| t.name.clone()).collect();
        let mut why: Vec<String> = these.iter().flat_map(|t| t.because.iter().map(|b| b.replace('_', " "))).collect();
        why.sort();
        why.dedup();
        let why = if why.is_empty() { String::new() } else { format!(" ({})", why.join(", ")) };
        page.item(1, format!("techniques {}{why}: {}", status.replace('_', " "), list(&names)), Tone::Warning);
    }
}

fn triggers(page: &mut Page, l: &Line) {
    if matches!(l.status.as_str(), "offered" | "conflict" | "last_resort") {
        for trigger in &l.triggers {
            page.why(1, "earlier review: ", trigger);
        }
    }
}

fn concerns(words: &str) -> String {
    let count = words.split(", ").count();
    if count > 3 { format!("{count} techniques") } else { words.to_owned() }
}

fn pathways(page: &mut Page, a: &Appraisal) {
    if a.pathways.is_empty() {
        return;
    }
    page.heading(2, "Referral");
    for p in &a.pathways {
        page.item(0, format!("{}: to {}, within {}", p.name, p.to, p.within), Tone::Strong);
        page.item(1, format!("the referral holds: {}", list(&p.content)), Tone::Plain);
        page.why(1, "why: ", &p.why);
    }
}

fn cited(page: &mut Page, a: &Appraisal) {
    page.heading(2, "Sources");
    for s in &a.sources {
        let link = s.link.as_ref().map(|l| format!(" {l}")).unwrap_or_default();
        page.item(0, format!("{}: {}{link} (read: {})", s.short, s.citation, s.read.replace('_', " ")), Tone::Plain);
        if let Some(note) = &s.note {
            page.item(1, note.clone(), Tone::Faint);
        }
    }
}

fn list(names: &[String]) -> String {
    names.join(", ")
}

fn percent(p: f64) -> String {
    let percent = (p * 1000.0).round() / 10.0;
    format!("{percent} %")
}
