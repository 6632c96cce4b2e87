//! The rules, people who ask, and patients in every situation.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use cotreat_access::{Access, Action, Addressee, Decision, Relation, Resource, Viewer};
use cotreat_people::Role;
use jiff::Timestamp;

/// The organisation for which everybody acts here, and another one.
pub const OURS: &str = "ours";
pub const THEIRS: &str = "theirs";
/// Whoever asks, and a colleague.
pub const ME: &str = "me";
pub const COLLEAGUE: &str = "colleague";
pub const PATIENT: &str = "patient";
pub const ASSIGNMENT: &str = "assignment";
pub const REFERRAL: &str = "referral";

pub fn access() -> &'static Access {
    static ACCESS: OnceLock<Access> = OnceLock::new();
    ACCESS.get_or_init(|| match Access::load() {
        Ok(access) => access,
        Err(problems) => {
            let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!("{}", told.join("\n"))
        }
    })
}

/// Somebody with these roles in our organisation, with a profession and a second factor.
pub fn staff(roles: &[Role]) -> Viewer {
    Viewer::Staff {
        user: ME.to_owned(),
        name: "Ada".to_owned(),
        organisation: OURS.to_owned(),
        roles: roles.iter().copied().collect(),
        profession: Some("physiotherapist".to_owned()),
        second_factor: true,
    }
}

/// Everybody who can ask: each role alone, all of them, none, and whoever comes by a link, by a command or without signing in.
pub fn viewers() -> Vec<Viewer> {
    let mut all: Vec<Viewer> = Role::ALL.into_iter().map(|role| staff(&[role])).collect();
    all.extend([staff(&Role::ALL), staff(&[])]);
    let roles = [Role::Clinician, Role::Owner];
    for (profession, second_factor) in [(None, true), (Some("physiotherapist".to_owned()), false)] {
        all.push(Viewer::Staff {
            user: ME.to_owned(),
            name: "Ada".to_owned(),
            organisation: OURS.to_owned(),
            roles: roles.into(),
            profession,
            second_factor,
        });
    }
    all.extend([
        patient_page(),
        task_link(),
        referral_link(),
        Viewer::Operator,
        Viewer::Anonymous,
    ]);
    all
}

pub fn clinician() -> Viewer {
    staff(&[Role::Clinician])
}

pub fn patient_page() -> Viewer {
    Viewer::Patient {
        patient: PATIENT.to_owned(),
    }
}

pub fn task_link() -> Viewer {
    Viewer::Task {
        patient: PATIENT.to_owned(),
        assignment: ASSIGNMENT.to_owned(),
    }
}

pub fn referral_link() -> Viewer {
    Viewer::Outsider {
        referral: REFERRAL.to_owned(),
        patient: PATIENT.to_owned(),
        id: "outsider/1".to_owned(),
        name: "Dr Hill".to_owned(),
        profession: "gp".to_owned(),
    }
}

pub fn ids(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

pub fn now() -> Timestamp {
    "2026-11-27T09:00:00Z".parse().expect("an instant")
}

/// A patient of the other organisation, which shares with all its clinicians and has sent a referral to one of its own.
pub fn elsewhere() -> Relation {
    Relation {
        patient: PATIENT.to_owned(),
        at: now(),
        seen_at: ids(&[THEIRS]),
        shared_by: ids(&[THEIRS]),
        team: ids(&[COLLEAGUE]),
        glass: BTreeMap::new(),
        referrals: BTreeMap::from([(REFERRAL.to_owned(), Addressee::User(COLLEAGUE.to_owned()))]),
        research: true,
    }
}

/// What somebody may have to do with a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Situation {
    Team,
    Clinic,
    Organisation,
    Both,
    Unclaimed,
    Glass,
    ExpiredGlass,
    Referred,
    ReferredOrganisation,
    Elsewhere,
}

impl Situation {
    pub const ALL: [Self; 10] = [
        Self::Team,
        Self::Clinic,
        Self::Organisation,
        Self::Both,
        Self::Unclaimed,
        Self::Glass,
        Self::ExpiredGlass,
        Self::Referred,
        Self::ReferredOrganisation,
        Self::Elsewhere,
    ];

    /// The patient, to whom whoever asks stands so and not otherwise.
    pub fn patient(self) -> Relation {
        let at = now();
        let base = elsewhere();
        let to = |to| BTreeMap::from([(REFERRAL.to_owned(), to)]);
        match self {
            Self::Team => Relation {
                team: ids(&[ME, COLLEAGUE]),
                ..base
            },
            Self::Clinic => Relation {
                seen_at: ids(&[OURS]),
                shared_by: ids(&[OURS]),
                ..base
            },
            Self::Organisation => Relation {
                seen_at: ids(&[OURS]),
                shared_by: ids(&[]),
                ..base
            },
            Self::Both => Relation {
                seen_at: ids(&[OURS, THEIRS]),
                ..base
            },
            Self::Unclaimed => Relation {
                seen_at: ids(&[OURS]),
                shared_by: ids(&[]),
                team: ids(&[]),
                ..base
            },
            Self::Glass => Relation {
                glass: glass(at + jiff::SignedDuration::from_mins(1)),
                ..base
            },
            Self::ExpiredGlass => Relation {
                glass: glass(at),
                ..base
            },
            Self::Referred => Relation {
                referrals: to(Addressee::User(ME.to_owned())),
                ..base
            },
            Self::ReferredOrganisation => Relation {
                referrals: to(Addressee::Organisation(OURS.to_owned())),
                ..base
            },
            Self::Elsewhere => base,
        }
    }
}

/// The glass, broken by whoever asks.
pub fn glass(until: Timestamp) -> BTreeMap<String, Timestamp> {
    BTreeMap::from([(ME.to_owned(), until)])
}

/// What an action is done to, where a patient is concerned.
pub fn about<'a>(action: Action, relation: &'a Relation, viewer: &Viewer) -> Resource<'a> {
    match action {
        Action::MergePatients => Resource::Files {
            kept: relation,
            merged: relation,
        },
        Action::SeePrivateNote | Action::WritePrivateNote => Resource::PrivateNotes {
            of: relation,
            organisation: OURS,
        },
        Action::SeeReferral
        | Action::AnswerReferral
        | Action::ScheduleReferral
        | Action::CompleteReferral => Resource::Referral {
            of: relation,
            referral: REFERRAL,
        },
        Action::WriteFacts | Action::WriteMedication | Action::AnswerInstrument
            if matches!(viewer, Viewer::Task { .. }) =>
        {
            Resource::Assignment {
                of: relation,
                assignment: ASSIGNMENT,
            }
        }
        _ => Resource::Patient(relation),
    }
}

/// Asks about a patient.
pub fn ask(viewer: &Viewer, action: Action, relation: &Relation) -> Decision {
    access().decide(viewer, action, &about(action, relation, viewer))
}

/// Whether an action is done to patients; to what the others are done is in [`elsewhere_done`].
pub fn of_a_patient(action: Action) -> bool {
    elsewhere_done(action, OURS).is_none()
}

/// What an action is done to, where no patient is concerned.
pub fn elsewhere_done(action: Action, organisation: &str) -> Option<Resource<'_>> {
    Some(match action {
        Action::RegisterPatient
        | Action::SeeMembers
        | Action::ChangeMembers
        | Action::ChangeOrganisation
        | Action::AcceptKnowledge
        | Action::SeeAudit
        | Action::SeeResults => Resource::organisation(organisation),
        Action::ExportRows => Resource::Rows {
            organisation,
            purpose: "a study",
        },
        Action::SeeDirectory | Action::SeeMetrics | Action::Backup => Resource::Installation,
        Action::SignInSettings | Action::ChangeOwnEntry => Resource::Account {
            user: if organisation == OURS { ME } else { COLLEAGUE },
        },
        _ => return None,
    })
}

/// Everything that somebody may do to a patient.
pub fn may(viewer: &Viewer, relation: &Relation) -> Vec<Action> {
    let patients = Action::ALL
        .iter()
        .copied()
        .filter(|action| of_a_patient(*action));
    patients
        .filter(|action| ask(viewer, *action, relation).allowed)
        .collect()
}

/// All sets of roles that hold one or all.
pub fn roles() -> Vec<Vec<Role>> {
    let mut sets: Vec<Vec<Role>> = Role::ALL.into_iter().map(|role| vec![role]).collect();
    sets.push(Role::ALL.to_vec());
    sets
}
