//! What happened, event by event, in words, newest first. That somebody looked stands with who opened the record, not here.

use cotreat_care::event::{
    Event, FactsRecorded, MedicationRecorded, Plan, Recorded, Session, Wishes,
};
use cotreat_knowledge::{Knowledge, Table};
use cotreat_ui::{Moment, Words};
use jiff::tz::TimeZone;
use maud::{Markup, html};

use super::desk::{capital, plain};
use super::{fact, work};

/// These events as moments, in the order in which they come.
pub(super) fn moments<'e>(
    words: &Words,
    knowledge: &Knowledge,
    zone: &TimeZone,
    events: impl IntoIterator<Item = &'e Recorded>,
) -> Vec<Moment> {
    let tell = Tell { words, knowledge };
    events
        .into_iter()
        .filter(|one| !matches!(one.event, Event::AppraisalShown(_)))
        .map(|one| tell.moment(one, zone))
        .collect()
}

struct Tell<'a> {
    words: &'a Words,
    knowledge: &'a Knowledge,
}

impl Tell<'_> {
    fn moment(&self, one: &Recorded, zone: &TimeZone) -> Moment {
        let written = one.at.to_zoned(zone.clone()).datetime();
        let mut who = capital(one.by.name());
        if let Some(profession) = one.by.profession() {
            let profession = name(&self.knowledge.professions, profession, |p| &p.name);
            who = format!("{who}, {}", profession.to_lowercase());
        }
        if written.date() != one.day {
            let when = [("when", self.words.moment(written).into())];
            who = format!("{who}, {}", self.words.say_with("ep-written-later", &when));
        }
        let (what, body) = self.what(&one.event);
        Moment {
            stamp: one.day.to_string(),
            when: self.words.short_date(one.day),
            what,
            who: Some(who),
            body,
        }
    }

    fn say(&self, id: &str) -> String {
        self.words.say(id)
    }

    fn with(&self, id: &str, value: impl Into<String>) -> String {
        let value: String = value.into();
        self.words.say_with(id, &[("what", value.into())])
    }

    fn what(&self, event: &Event) -> (String, Option<Markup>) {
        match event {
            Event::EpisodeOpened(_) => (self.say("ev-opened"), None),
            Event::EpisodeClosed(one) => (self.say("ev-closed"), words(&one.reason)),
            Event::FactsRecorded(one) => (self.say("ev-facts"), Some(self.facts(one))),
            Event::AlarmCleared(one) => {
                let condition = name(&self.knowledge.conditions, &one.condition, |c| &c.name);
                (self.with("ev-alarm", condition), words(&one.reason))
            }
            Event::PatientWarned(one) => (self.say("ev-warned"), list(&one.told)),
            Event::AlertTaken(one) => (self.say("ev-alert-taken"), words(&one.does)),
            Event::AppraisalShown(_) => (self.say("ev-shown"), None),
            Event::PlanAgreed(one) => (self.say("ev-plan"), Some(self.plan(&one.plan))),
            Event::PlanRevised(one) => {
                let body = html! { p { (one.reason) } (self.plan(&one.plan)) };
                (self.say("ev-plan-revised"), Some(body))
            }
            Event::ReferralDrafted(one) => (
                self.referral("ev-ref-drafted", &one.draft.to.profession),
                None,
            ),
            Event::ReferralSent(_) => (self.say("ev-ref-sent"), None),
            Event::ReferralAccepted(_) => (self.say("ev-ref-accepted"), None),
            Event::ReferralDeclined(one) => (self.say("ev-ref-declined"), words(&one.reason)),
            Event::ReferralScheduled(one) => {
                let day = self.words.date(one.appointment);
                (self.with("ev-ref-scheduled", day), None)
            }
            Event::ReferralStarted(_) => (self.say("ev-ref-started"), None),
            Event::ReferralMissed(_) => (self.say("ev-ref-missed"), None),
            Event::ReferralCompleted(one) => (self.say("ev-ref-completed"), words(&one.report)),
            Event::ReferralCancelled(one) => (self.say("ev-ref-cancelled"), words(&one.reason)),
            Event::ReferralReopened(one) => (self.say("ev-ref-reopened"), words(&one.note)),
            Event::CareTeamLeft(one) => (self.say("ev-left"), words(&one.reason)),
            Event::TreatmentConsentGiven(one) => {
                let what = name(&self.knowledge.interventions, &one.intervention, |i| {
                    &i.name
                });
                (self.with("ev-consent-treatment", what.to_lowercase()), None)
            }
            Event::SafetyNetGiven(one) => (self.say("ev-safety-net"), list(&one.advice)),
            Event::SessionRecorded(one) => {
                let word = if one.stopped {
                    "ev-session-stopped"
                } else {
                    "ev-session"
                };
                (self.say(word), Some(self.session(&one.did)))
            }
            Event::SessionAmended(one) => {
                let body = html! { p { (one.reason) } (self.session(&one.did)) };
                (self.say("ev-session-amended"), Some(body))
            }
            Event::InstrumentAssigned(one) => {
                let what = name(&self.knowledge.instruments, &one.instrument, |i| &i.name);
                (self.with("ev-assigned", what), None)
            }
            Event::InstrumentAnswered(one) => {
                let what = name(&self.knowledge.instruments, &one.instrument, |i| &i.name);
                (self.with("ev-answered", what), None)
            }
            Event::AdverseEventRecorded(one) => (self.say("ev-harm"), words(&one.what)),
            Event::MedicationRecorded(one) => (self.say("ev-medicine"), Some(self.medicine(one))),
            Event::QuestionAsked(one) => (self.say("ev-question"), words(&one.text)),
            Event::QuestionAnswered(one) => (self.say("ev-question-answered"), words(&one.text)),
            Event::ConsentGiven(one) => (self.with("ev-consent", plain(&one.purpose)), None),
            Event::ConsentWithdrawn(one) => {
                (self.with("ev-consent-withdrawn", plain(&one.purpose)), None)
            }
            Event::PatientsMerged(one) => (self.say("ev-merged"), words(&one.reason)),
            Event::PatientsUnmerged(one) => (self.say("ev-unmerged"), words(&one.reason)),
        }
    }

    fn referral(&self, id: &str, profession: &str) -> String {
        let to = name(&self.knowledge.professions, profession, |p| &p.name);
        self.with(id, to.to_lowercase())
    }

    /// The facts as a list that opens where it is long.
    fn facts(&self, one: &FactsRecorded) -> Markup {
        const SHOWN: usize = 6;
        let mut lines: Vec<String> = one
            .facts
            .iter()
            .map(|stated| {
                let finding = self.knowledge.findings.get(&stated.finding);
                let called = finding.map_or_else(|| plain(&stated.finding), |one| one.name.clone());
                format!(
                    "{called}: {}",
                    fact::said_words(self.words, finding, &stated.value)
                )
            })
            .collect();
        if let Some(wishes) = &one.wishes {
            lines.extend(self.wishes(wishes));
        }
        for elsewhere in &one.elsewhere {
            let what = name(&self.knowledge.interventions, &elsewhere.what, |i| &i.name);
            lines.push(self.with("ev-elsewhere", what));
        }
        if lines.len() <= SHOWN {
            return html! { ul class="ct-plain-list" { @for line in &lines { li { (line) } } } };
        }
        let count = lines.len();
        let summary = self
            .words
            .say_with("ev-facts-count", &[("n", count.into())]);
        cotreat_ui::details(
            &summary,
            html! { ul class="ct-plain-list" { @for line in &lines { li { (line) } } } },
        )
    }

    fn wishes(&self, wishes: &Wishes) -> Vec<String> {
        let names = |ids: &[String]| {
            let all: Vec<String> = ids
                .iter()
                .map(|id| name(&self.knowledge.interventions, id, |i| &i.name))
                .collect();
            all.join(", ")
        };
        let mut lines = Vec::new();
        if !wishes.wants.is_empty() {
            lines.push(self.with("ev-wants", names(&wishes.wants)));
        }
        if !wishes.declines.is_empty() {
            lines.push(self.with("ev-declines", names(&wishes.declines)));
        }
        if !wishes.goals.is_empty() {
            lines.push(self.with("ev-goals", wishes.goals.join("; ")));
        }
        lines
    }

    fn plan(&self, plan: &Plan) -> Markup {
        let lines: Vec<String> = plan
            .lines
            .iter()
            .map(|line| {
                let what = name(&self.knowledge.interventions, &line.intervention, |i| {
                    &i.name
                });
                match &line.deliverer {
                    Some(by) => format!(
                        "{what}: {}",
                        name(&self.knowledge.professions, by, |p| &p.name).to_lowercase()
                    ),
                    None => what,
                }
            })
            .collect();
        html! { ul class="ct-plain-list" { @for line in &lines { li { (line) } } } }
    }

    fn session(&self, did: &Session) -> Markup {
        let response = &did.response;
        html! {
            ul class="ct-plain-list" { @for one in &did.work { li { (work::told(self.words, self.knowledge, one)) } } }
            @if let (Some(before), Some(after)) = (response.pain_before, response.pain_after) {
                p { (self.words.say_with("ev-pain", &[("before", u32::from(before).into()), ("after", u32::from(after).into())])) }
            }
            @if let Some(home) = &did.home_programme { p { (self.with("ev-home", home.as_str())) } }
        }
    }

    fn medicine(&self, one: &MedicationRecorded) -> Markup {
        html! { p { (super::medicines::told(self.words, self.knowledge, one)) } }
    }
}

/// What something is called in today's knowledge; an id that it does not know is read aloud.
pub(super) fn name<T>(table: &Table<T>, id: &str, called: impl Fn(&T) -> &String) -> String {
    table
        .get(id)
        .map_or_else(|| plain(id), |one| called(one).clone())
}

fn words(text: &str) -> Option<Markup> {
    (!text.trim().is_empty()).then(|| html! { p class="ct-typed" { (text) } })
}

fn list(lines: &[String]) -> Option<Markup> {
    (!lines.is_empty())
        .then(|| html! { ul class="ct-plain-list" { @for line in lines { li { (line) } } } })
}
