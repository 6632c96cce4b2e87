//! Whom one can be in the demonstration.

use std::collections::{BTreeMap, BTreeSet};

use cotreat_care::Record;
use cotreat_knowledge::Knowledge;
use cotreat_people::event::PatientEvent;
use cotreat_people::{Role, Sight};
use cotreat_server::clinic::INTAKE;
use cotreat_server::demo::{Demo, DemoPatient, DemoStaff};
use cotreat_store::clinic::ask::Member;
use cotreat_store::{Error, Store};
use cotreat_synthetic::{Clinic, Entry, Fate, History};
use jiff::Timestamp;

/// Which patients have something to see, in this order; the first of each is taken.
const SEEN: [(Fate, &str); 5] = [
    (Fate::NewToday, "demo-patient-intake"),
    (Fate::WaitingForAnswers, "demo-patient-task"),
    (Fate::RecoversSlowly, "demo-patient-better"),
    (Fate::NoBetter, "demo-patient-no-better"),
    (Fate::RecoversFast, "demo-patient-recovered"),
];

/// One of each profession and role, and the patients.
pub async fn of(
    store: &Store,
    clinic: &Clinic<'_>,
    knowledge: &Knowledge,
    now: Timestamp,
) -> Result<Demo, Error> {
    let histories: Vec<History> = clinic.histories().collect();
    let patients = SEEN.iter().filter_map(|(fate, word)| {
        let of_fate = histories.iter().filter(|one| one.fate == *fate);
        // Whoever is in treatment and has most of it shows most.
        let best = of_fate.max_by_key(|one| {
            let record = record(one);
            (
                record.closed.is_none(),
                record.answers.len() + record.sessions.len(),
            )
        });
        patient(best?, word)
    });
    Ok(Demo {
        staff: staff(store, knowledge, now).await?,
        patients: patients.collect(),
    })
}

/// Of each profession and role whoever has most patients in care; those with many come first.
async fn staff(
    store: &Store,
    knowledge: &Knowledge,
    now: Timestamp,
) -> Result<Vec<DemoStaff>, Error> {
    let mut best: BTreeMap<String, (usize, DemoStaff)> = BTreeMap::new();
    for organisation in store.organisations().await? {
        for member in store.members(&organisation.organisation).await? {
            if member.disabled {
                continue;
            }
            let team = Sight {
                team_of: Some(member.user.clone()),
                ..Sight::default()
            };
            let cases = store.caseload(&team, now, &member.user).await?.len();
            let what = what(&member, knowledge);
            if best.get(&what).is_some_and(|(most, _)| *most >= cases) {
                continue;
            }
            let one = DemoStaff {
                user: member.user,
                name: member.account.name,
                what: what.clone(),
                organisation: organisation.organisation.clone(),
                place: organisation.settings.name.clone(),
            };
            best.insert(what, (cases, one));
        }
    }
    let mut all: Vec<(usize, DemoStaff)> = best.into_values().collect();
    all.sort_by_key(|(cases, _)| std::cmp::Reverse(*cases));
    Ok(all.into_iter().map(|(_, one)| one).collect())
}

/// Their profession, else what they are there.
fn what(member: &Member, knowledge: &Knowledge) -> String {
    let Some(qualification) = &member.account.qualification else {
        let roles: Vec<String> = member.roles.iter().map(Role::to_string).collect();
        return roles.join(", ");
    };
    let profession = &qualification.profession;
    knowledge
        .professions
        .get(profession)
        .map_or_else(|| profession.clone(), |found| found.name.to_lowercase())
}

fn patient(history: &History, word: &'static str) -> Option<DemoPatient> {
    let (patient, name) = history.entries.iter().find_map(|entry| match entry {
        Entry::Patient { id, event } => match &event.event {
            PatientEvent::PatientRegistered { identity, .. } => {
                Some((id.clone(), identity.full_name()))
            }
            _ => None,
        },
        _ => None,
    })?;
    let episode = history.entries.iter().rev().find_map(|entry| match entry {
        Entry::Episode { id, .. } => Some(id.clone()),
        _ => None,
    });
    let task = match history.fate {
        Fate::NewToday => Some(format!("{}/{INTAKE}", episode?)),
        Fate::WaitingForAnswers => Some(format!("{}/{}", episode?, unanswered(history)?)),
        _ => None,
    };
    Some(DemoPatient {
        patient,
        name,
        word,
        task,
    })
}

/// Their last episode.
fn record(history: &History) -> Record {
    let last = history.entries.iter().rev().find_map(|entry| match entry {
        Entry::Episode { id, .. } => Some(id.as_str()),
        _ => None,
    });
    Record::of(history.entries.iter().filter_map(|entry| match entry {
        Entry::Episode { id, event, .. } if Some(id.as_str()) == last => Some(event),
        _ => None,
    }))
}

/// What they were asked last and have not answered.
fn unanswered(history: &History) -> Option<String> {
    let record = record(history);
    let answered: BTreeSet<&str> = record
        .answers
        .iter()
        .filter_map(|answer| answer.what.assignment.as_deref())
        .collect();
    let open = record.assignments.iter();
    let open = open.filter(|(id, _)| !answered.contains(id.as_str()));
    open.max_by_key(|(_, asked)| asked.what.due)
        .map(|(id, _)| id.clone())
}
