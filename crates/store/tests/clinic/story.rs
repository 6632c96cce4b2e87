//! A long story in which everything happens that makes a row.

use cotreat_care::decide::Act;
use cotreat_care::event::{
    AppraisalShown, Event, Expectedness, Experience, InstrumentAssigned, PatientWarned, Plan,
    PlanAgreed, PlannedLine, QuestionAsked, ReferralScheduled, Relatedness, Response, Seriousness,
    Session, SessionRecorded, Severity,
};
use cotreat_people::event::{OrganisationEvent, PatientEvent, Qualification, Sharing, UserEvent};
use cotreat_people::{Identity, Role};
use cotreat_store::Expected;
use cotreat_store::clinic::batch;
use jiff::civil::date;

use super::world::{
    Clinic, FIRST, accept, account, by, close, draft, gp, identity, leave, other_therapist,
    therapist, to,
};
use crate::support::minute;

/// Ana, with everything that she can be found by.
pub fn ana() -> Identity {
    Identity {
        phone: Some("+44 20 7946 0958".to_owned()),
        email: Some("ana.garcia@mail.example".to_owned()),
        address: Some("1 High Street".to_owned()),
        language: Some("es".to_owned()),
        number_elsewhere: Some("MRN-0012345".to_owned()),
        ..identity("García", "Ana", date(1980, 5, 1))
    }
}

/// Organisations and whoever works in them.
pub async fn staff(clinic: &Clinic) {
    clinic.organisation("clinic_a", Sharing::CareTeam).await;
    clinic.organisation("clinic_b", Sharing::WholeClinic).await;
    let named = OrganisationEvent::PrivacyOfficerNamed {
        user: "grey".to_owned(),
    };
    clinic.organisation_event("clinic_a", named).await;
    let accepted = OrganisationEvent::KnowledgeAccepted {
        knowledge: "abc".to_owned(),
        engine: "0.1.0".to_owned(),
        officer: "Dr Grey".to_owned(),
        standing: "GP, 1234567".to_owned(),
    };
    clinic.organisation_event("clinic_a", accepted).await;
    for (user, name, profession) in [
        ("grey", "Dr Grey", "gp"),
        ("max", "Max Reed", "massage_therapist"),
        ("mia", "Mia Ford", "massage_therapist"),
    ] {
        let qualification = Qualification {
            profession: profession.to_owned(),
            techniques: vec!["stripping".to_owned()],
            languages: vec!["en-GB".to_owned()],
            areas: vec!["Mill Road".to_owned()],
            ..Qualification::default()
        };
        clinic.user(user, name, Some(qualification)).await;
        clinic.role(user, "clinic_a", Role::Clinician).await;
    }
    clinic.user("dee", "Dee Lake", None).await;
    clinic.role("dee", "clinic_a", Role::FrontDesk).await;
    let signed_in = UserEvent::SignIn {
        what: "signed_in".to_owned(),
        how: "passkey".to_owned(),
    };
    clinic.user_event("dee", signed_in).await;
    let account = account("Mia Ford-Reed", None);
    clinic
        .user_event("mia", UserEvent::UserChanged { account })
        .await;
    let reason = "on leave".to_owned();
    clinic
        .user_event("mia", UserEvent::UserDisabled { reason })
        .await;
}

/// Everything that can happen to a patient, with two files and three episodes.
pub async fn of_a_patient(clinic: &Clinic, patient: &str) {
    let second = format!("{patient}-again");
    let episode = |nth: u8| format!("{patient}-e{nth}");
    clinic.patient(patient, ana(), "clinic_a").await;
    clinic
        .patient(
            &second,
            identity("Garcia", "Anna", date(1980, 1, 5)),
            "clinic_b",
        )
        .await;
    clinic.merge(patient, &second).await;
    clinic.unmerge(patient, &second).await;
    clinic.merge(patient, &second).await;
    let correction = PatientEvent::IdentityCorrected {
        identity: Identity {
            family_name: "García Lopez".to_owned(),
            ..ana()
        },
        reason: "married".to_owned(),
    };
    clinic.patient_event(patient, correction).await;
    clinic.seen_at(patient, "clinic_b").await;
    clinic.seen_at(patient, "clinic_c").await;
    let leaves = PatientEvent::NoLongerSeenAt {
        organisation: "clinic_c".to_owned(),
        reason: "moved".to_owned(),
    };
    clinic.patient_event(patient, leaves).await;
    let note = PatientEvent::PrivateNoteWritten {
        note: format!("{patient}-note"),
        organisation: "clinic_a".to_owned(),
        text: "pays in cash".to_owned(),
    };
    clinic
        .patient_event_by(patient, by("dee", "clinic_a"), minute(3), note)
        .await;
    clinic.opened_record(patient, "dee", 5, "appraisal").await;
    clinic.break_glass(patient, "eve", 10, 240).await;

    let one = episode(1);
    clinic.opens(&one, patient, &gp()).await;
    clinic.happens(&one, &gp(), agree()).await;
    clinic
        .refers(&one, "r1", &gp(), to(Some("max"), None))
        .await;
    clinic.happens(&one, &therapist(), accept("r1")).await;
    clinic
        .refers(&one, "r2", &gp(), to(None, Some("clinic_c")))
        .await;
    clinic.happens(&one, &other_therapist(), accept("r2")).await;
    let schedule = ReferralScheduled {
        referral: "r2".to_owned(),
        appointment: date(2026, 3, 9),
    };
    clinic
        .happens(&one, &other_therapist(), Act::ScheduleReferral(schedule))
        .await;
    clinic.happens(&one, &other_therapist(), leave("mia")).await;
    clinic
        .happens(&one, &gp(), draft("r3", to(None, Some("clinic_b"))))
        .await;
    let fell = Act::RecordAdverseEvent {
        what: "fell off the couch".to_owned(),
        session: None,
        seriousness: Some(Seriousness::Serious),
        severity: Some(Severity::Mild),
        relatedness: Some(Relatedness::Possible),
        expectedness: Some(Expectedness::Unexpected),
    };
    clinic.happens(&one, &gp(), fell).await;
    let question = Act::AskQuestion(QuestionAsked {
        question: "q1".to_owned(),
        text: "May I garden?".to_owned(),
    });
    clinic.happens(&one, &gp(), question).await;
    let asked = Act::AssignInstrument(InstrumentAssigned {
        assignment: "a1".to_owned(),
        instrument: "peg".to_owned(),
        wave: Some("week_6".to_owned()),
        due: date(2026, 4, 13),
    });
    clinic.happens(&one, &gp(), asked).await;
    let events = [treated(), warned()].map(|event| cotreat_care::event::Recorded {
        version: cotreat_care::event::VERSION,
        by: therapist(),
        at: minute(20),
        day: FIRST,
        event,
    });
    clinic
        .append(batch::episode(&one, patient, Expected::Any, &events))
        .await;

    clinic.opens(&episode(2), &second, &therapist()).await;
    clinic.opens(&episode(3), patient, &gp()).await;
    clinic.happens(&episode(3), &gp(), close()).await;
}

/// A session, as it was recorded; which rules it had to meet is told elsewhere.
fn treated() -> Event {
    Event::SessionRecorded(SessionRecorded {
        session: "s1".to_owned(),
        did: Session {
            began: minute(10),
            minutes: 30,
            work: Vec::new(),
            response: Response::default(),
            home_programme: None,
            adherence: None,
            safety_net: true,
        },
        profession: "massage_therapist".to_owned(),
        experience: Experience::default(),
        stopped: false,
    })
}

/// A page told the patient to get help, and nobody has seen to it yet.
fn warned() -> Event {
    Event::PatientWarned(PatientWarned {
        conditions: vec!["cauda_equina_syndrome".to_owned()],
        told: vec!["Go now.".to_owned()],
        number: None,
        shown: AppraisalShown {
            appraisal: "abc".to_owned(),
            engine: "0.1.0".to_owned(),
            knowledge: "abc".to_owned(),
        },
    })
}

/// A plan with a day on which it is looked at again.
fn agree() -> Act {
    let line = |intervention: &str, deliverer: &str| PlannedLine {
        intervention: intervention.to_owned(),
        deliverer: Some(deliverer.to_owned()),
        ..PlannedLine::default()
    };
    Act::AgreePlan(PlanAgreed {
        plan: Plan {
            goals: vec!["garden for an hour".to_owned()],
            lines: vec![line("exercise_therapy", "physiotherapist")],
            review: Some(date(2026, 4, 13)),
            earlier_if: Vec::new(),
        },
    })
}
