//! Whom one can be in the demonstration.

use std::collections::BTreeSet;

use cotreat_care::Record;
use cotreat_knowledge::Knowledge;
use cotreat_people::Role;
use cotreat_people::event::PatientEvent;
use cotreat_server::clinic::INTAKE;
use cotreat_server::demo::{Demo, DemoPatient, DemoStaff};
use cotreat_store::{Error, Store};
use cotreat_synthetic::{Clinic, Entry, Fate, History};

/// Which patients have something to see, in this order; the first of each is taken.
const SEEN: [(Fate, &str); 5] = [
    (Fate::NewToday, "demo-patient-intake"),
    (Fate::WaitingForAnswers, "demo-patient-task"),
    (Fate::RecoversSlowly, "demo-patient-better"),
    (Fate::NoBetter, "demo-patient-no-better"),
    (Fate::RecoversFast, "demo-patient-recovered"),
];

/// One of each profession and role, and the patients.
pub async fn of(store: &Store, clinic: &Clinic<'_>, knowledge: &Knowledge) -> Result<Demo, Error> {
    let histories: Vec<History> = clinic.histories().collect();
    let patients = SEEN.iter().filter_map(|(fate, word)| {
        let mut of_fate = histories.iter().filter(|one| one.fate == *fate);
        of_fate.find_map(|history| patient(history, word))
    });
    Ok(Demo {
        staff: staff(store, knowledge).await?,
        patients: patients.collect(),
    })
}

async fn staff(store: &Store, knowledge: &Knowledge) -> Result<Vec<DemoStaff>, Error> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for organisation in store.organisations().await? {
        for member in store.members(&organisation.organisation).await? {
            let profession = member.account.qualification.as_ref();
            let what = match profession {
                Some(one) => knowledge
                    .professions
                    .get(&one.profession)
                    .map_or_else(|| one.profession.clone(), |found| found.name.to_lowercase()),
                None => member
                    .roles
                    .iter()
                    .map(Role::to_string)
                    .collect::<Vec<_>>()
                    .join(", "),
            };
            if !member.disabled && seen.insert(what.clone()) {
                all.push(DemoStaff {
                    user: member.user,
                    name: member.account.name,
                    what,
                    organisation: organisation.settings.name.clone(),
                });
            }
        }
    }
    Ok(all)
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

/// What they were asked last and have not answered.
fn unanswered(history: &History) -> Option<String> {
    let events = history.entries.iter().filter_map(|entry| match entry {
        Entry::Episode { event, .. } => Some(event),
        _ => None,
    });
    let record = Record::of(events);
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
