//! Patients' files: registered, corrected, where they are seen, private notes, who looks, files that are one patient.

use std::collections::BTreeMap;

use cotreat_people::Identity;
use cotreat_people::decide::{self, File, GLASS_HOLDS, PatientAct, Refused, Wish};
use cotreat_people::event::{Actor, PatientEvent, Purpose};
use cotreat_people::patient::{Patient, evolve};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::story::{Story, TODAY, ana, colleague, instant};
use crate::common::person;

fn maria() -> Identity {
    Identity {
        phone: Some("+49 170 1234567".into()),
        email: Some("maria@example.org".into()),
        address: Some("1 High Street\nSpringfield".into()),
        language: Some("es".into()),
        number_elsewhere: Some("MRN-7".into()),
        ..person("María", "Müller", date(1980, 5, 1))
    }
}

fn register(identity: Identity) -> PatientAct {
    PatientAct::RegisterPatient {
        identity,
        organisation: "back_clinic".into(),
    }
}

fn correct(identity: Identity, reason: &str) -> PatientAct {
    PatientAct::CorrectIdentity {
        identity,
        reason: reason.into(),
    }
}

fn see_at(organisation: &str) -> PatientAct {
    PatientAct::SeeAt {
        organisation: organisation.into(),
    }
}

fn no_longer(organisation: &str, reason: &str) -> PatientAct {
    PatientAct::NoLongerSeeAt {
        organisation: organisation.into(),
        reason: reason.into(),
    }
}

fn write(note: &str, organisation: &str, text: &str) -> PatientAct {
    PatientAct::WritePrivateNote {
        note: note.into(),
        organisation: organisation.into(),
        text: text.into(),
    }
}

fn open(purpose: Purpose) -> PatientAct {
    PatientAct::OpenRecord {
        purpose,
        what: "episode".into(),
    }
}

fn break_glass(reason: &str) -> PatientAct {
    PatientAct::BreakGlass {
        reason: reason.into(),
    }
}

fn file(id: &str, read_as: Option<&str>) -> File {
    File {
        id: id.into(),
        read_as: read_as.map(str::to_owned),
    }
}

fn merge(this: File, other: File, reason: &str) -> PatientAct {
    PatientAct::MergeFile {
        this,
        other,
        reason: reason.into(),
    }
}

fn unmerge(other: &str, reason: &str) -> PatientAct {
    PatientAct::UnmergeFile {
        other: other.into(),
        reason: reason.into(),
    }
}

fn nobody() -> Story<Patient> {
    Story::default()
}

fn registered() -> Story<Patient> {
    nobody().and(register(maria()))
}

const REASON: &str = "Collapsed in the waiting room, on which medicine?";

#[test]
fn a_patient_is_registered_once() {
    nobody()
        .when(register(maria()))
        .then("patient_registered")
        .shows(|file| file.identity == Some(maria()) && file.seen_at.contains("back_clinic"))
        .when(register(maria()))
        .refused(Refused::AlreadyThere, "under an id of its own");
}

#[test]
fn nothing_happens_to_a_file_of_nobody() {
    for act in [
        correct(maria(), "typing error"),
        see_at("spine_centre"),
        no_longer("back_clinic", "moved"),
        write("n1", "back_clinic", "Likes to be called at noon."),
        open(Purpose::Care),
        break_glass(REASON),
        merge(file("p1", None), file("p2", None), "same person"),
        unmerge("p2", "twins"),
    ] {
        nobody()
            .when(act)
            .refused(Refused::NotRegistered, "no such patient yet");
    }
}

#[test]
fn an_identity_must_be_possible() {
    let with = |edit: &dyn Fn(&mut Identity)| {
        let mut changed = maria();
        edit(&mut changed);
        changed
    };
    for (identity, why, words) in [
        (
            with(&|i| i.family_name = String::new()),
            Refused::WordsMissing,
            "the family name",
        ),
        (
            with(&|i| i.given_name = " \t".into()),
            Refused::WordsMissing,
            "the given name",
        ),
        (
            with(&|i| i.given_name = "…".into()),
            Refused::WordsMissing,
            "one name only has it in both places",
        ),
        (
            with(&|i| i.family_name = "ü".repeat(101)),
            Refused::TooLong,
            "more than 100 characters",
        ),
        (
            with(&|i| i.family_name = "Mül\u{7}ler".into()),
            Refused::StrangeCharacters,
            "the family name",
        ),
        (
            with(&|i| i.given_name = "Ma\nría".into()),
            Refused::StrangeCharacters,
            "the given name",
        ),
        (
            with(&|i| i.given_name = "\u{202e}aíraM".into()),
            Refused::StrangeCharacters,
            "the given name",
        ),
        (
            with(&|i| i.born = date(2026, 3, 3)),
            Refused::InTheFuture,
            "wrong century",
        ),
        (
            with(&|i| i.born = date(1899, 12, 31)),
            Refused::TooLongAgo,
            "before 1900-01-01",
        ),
        (
            with(&|i| i.phone = Some("call at noon".into())),
            Refused::DoesNotFit,
            "the telephone number",
        ),
        (
            with(&|i| i.phone = Some("1".repeat(65))),
            Refused::TooLong,
            "the telephone number",
        ),
        (
            with(&|i| i.phone = Some(String::new())),
            Refused::WordsMissing,
            "the telephone number",
        ),
        (
            with(&|i| i.email = Some("maria".into())),
            Refused::NotAnEmail,
            "name@example.org",
        ),
        (
            with(&|i| i.address = Some("x".repeat(501))),
            Refused::TooLong,
            "the postal address",
        ),
        (
            with(&|i| i.address = Some("1 High\u{0} Street".into())),
            Refused::StrangeCharacters,
            "the postal address",
        ),
        (
            with(&|i| i.language = Some("Spanish!".into())),
            Refused::DoesNotFit,
            "pt-BR",
        ),
        (
            with(&|i| i.number_elsewhere = Some("7\n8".into())),
            Refused::StrangeCharacters,
            "the number elsewhere",
        ),
    ] {
        nobody()
            .when(register(identity.clone()))
            .refused(why, words);
        registered()
            .when(correct(identity, "typing error"))
            .refused(why, words);
    }
    let nowhere = PatientAct::RegisterPatient {
        identity: maria(),
        organisation: "the clinic".into(),
    };
    nobody()
        .when(nowhere)
        .refused(Refused::DoesNotFit, "the organisation");
    for identity in [
        with(&|i| i.born = TODAY),
        with(&|i| i.born = date(1900, 1, 1)),
        with(&|i| i.family_name = "王".into()),
        with(&|i| i.given_name = "می\u{200c}نا".into()),
        with(&|i| i.given_name = "\u{200f}دانا".into()),
        with(&|i| i.phone = Some("٠١٧٠ ١٢٣".into())),
        person("Ng", "Ng", date(1980, 5, 1)),
    ] {
        nobody().when(register(identity)).then("patient_registered");
    }
}

#[test]
fn who_they_are_is_corrected_with_a_reason() {
    let married = Identity {
        family_name: "Müller-García".into(),
        ..maria()
    };
    registered()
        .when(correct(married.clone(), "Married in June."))
        .then("identity_corrected")
        .shows(|file| file.identity == Some(married.clone()))
        .when(correct(married.clone(), "Married in June."))
        .refused(Refused::NothingNew, "what is written down");
    registered()
        .when(correct(married.clone(), ""))
        .refused(Refused::WordsMissing, "the reason");
    registered()
        .when(correct(married, &"x".repeat(1_001)))
        .refused(Refused::TooLong, "the reason");
}

#[test]
fn organisations_begin_and_end_to_see_a_patient() {
    registered()
        .when(see_at("spine_centre"))
        .then("seen_at")
        .shows(|file| file.seen_at.len() == 2)
        .when(no_longer("back_clinic", "Moved away."))
        .then("no_longer_seen_at")
        .shows(|file| {
            !file.seen_at.contains("back_clinic") && file.seen_at.contains("spine_centre")
        })
        .when(no_longer("back_clinic", "Moved away."))
        .refused(Refused::NotSeenThere, "not seen in this organisation");
    registered()
        .when(see_at("back_clinic"))
        .refused(Refused::NothingNew, "seen there already");
    registered()
        .when(see_at(""))
        .refused(Refused::WordsMissing, "the organisation");
    registered()
        .when(no_longer("back_clinic", "\n"))
        .refused(Refused::WordsMissing, "the reason");
}

#[test]
fn a_private_note_stays_with_its_organisation_and_is_not_written_over() {
    registered()
        .when(write("n1", "back_clinic", "Likes to be called\nat noon."))
        .then("private_note_written")
        .shows(|file| {
            file.notes["n1"].organisation == "back_clinic" && file.notes["n1"].by == ana()
        })
        .when(write("n1", "back_clinic", "Something else."))
        .refused(Refused::AlreadyThere, "not written over");
    registered()
        .when_by(
            Actor::Program,
            write("n1", "back_clinic", "From the old system."),
        )
        .then("private_note_written");
    registered()
        .when(write("n1", "spine_centre", "words"))
        .refused(Refused::NotSeenThere, "not seen in this organisation");
    registered()
        .when(write("n1", "back_clinic", "words\u{0}"))
        .refused(Refused::StrangeCharacters, "the note");
    registered()
        .when(write("n1", "back_clinic", ""))
        .refused(Refused::WordsMissing, "the note");
    registered()
        .when(write("n1", "back_clinic", &"x".repeat(20_001)))
        .refused(Refused::TooLong, "the note");
    let nobodys = Actor::User {
        id: "ana".into(),
        name: "Ana".into(),
        organisation: None,
    };
    for by in [
        colleague("eve", "spine_centre"),
        nobodys,
        Actor::Patient,
        Actor::Operator,
    ] {
        registered()
            .when_by(by, write("n1", "back_clinic", "words"))
            .refused(Refused::NotForThem, "acts for its organisation");
    }
}

#[test]
fn it_is_written_down_who_opens_a_record_and_what_for() {
    registered().when(open(Purpose::Care)).then("record_opened");
    registered()
        .when(open(Purpose::Administration))
        .then("record_opened");
    registered()
        .when_by(Actor::Patient, open(Purpose::OwnRecord))
        .then("record_opened");
    for (by, purpose) in [
        (ana(), Purpose::OwnRecord),
        (Actor::Patient, Purpose::Care),
        (Actor::Patient, Purpose::Emergency),
        (Actor::Operator, Purpose::Administration),
        (Actor::Program, Purpose::Care),
    ] {
        registered()
            .when_by(by, open(purpose))
            .refused(Refused::NotForThem, "patients open their own record");
    }
    let nowhere = PatientAct::OpenRecord {
        purpose: Purpose::Care,
        what: String::new(),
    };
    registered()
        .when(nowhere)
        .refused(Refused::WordsMissing, "the page or document");
}

#[test]
fn the_glass_holds_four_hours_for_whoever_broke_it() {
    let broken = || registered().when(break_glass(REASON)).then("glass_broken");
    assert_eq!(GLASS_HOLDS, SignedDuration::from_hours(4));
    broken()
        .shows(|file| file.glass[0].until == instant(4) && file.glass[0].reason == REASON)
        .shows(|file| file.glass_holds("ana", instant(0)) && file.glass_holds("ana", instant(3)))
        .shows(|file| !file.glass_holds("ana", instant(4)) && !file.glass_holds("ana", instant(-1)))
        .shows(|file| !file.glass_holds("ben", instant(1)))
        .hours_later(3)
        .when(open(Purpose::Emergency))
        .then("record_opened");
    broken()
        .hours_later(4)
        .when(open(Purpose::Emergency))
        .refused(Refused::GlassNotBroken, "their time is over");
    broken()
        .when_by(colleague("ben", "back_clinic"), open(Purpose::Emergency))
        .refused(Refused::GlassNotBroken, "break the glass and say why");
    // Who still has to look breaks it again, and says why again.
    broken()
        .hours_later(3)
        .and(break_glass("Still unconscious, ambulance asks"))
        .hours_later(3)
        .when(open(Purpose::Emergency))
        .then("record_opened");
}

#[test]
fn the_glass_is_not_broken_for_no_reason() {
    for reason in [
        "emergency",
        "asdf asdf asdf",
        "aaaaaaaaaaaaaaaa",
        ".......... !",
        "1234567890123",
        "x         y        z",
    ] {
        registered()
            .when(break_glass(reason))
            .refused(Refused::ReasonTooThin, "at least 10 characters");
    }
    registered()
        .when(break_glass(" "))
        .refused(Refused::WordsMissing, "the reason");
    registered()
        .when(break_glass("Unconscious here\u{202e}"))
        .refused(Refused::StrangeCharacters, "the reason");
    registered()
        .when(break_glass("unconscious"))
        .then("glass_broken");
    registered()
        .when(break_glass("患者意识不清急诊需要"))
        .then("glass_broken");
    for by in [Actor::Patient, Actor::Operator, Actor::Program] {
        registered()
            .when_by(by, break_glass(REASON))
            .refused(Refused::NotForThem, "by a user");
    }
}

#[test]
fn the_glass_is_not_broken_at_the_end_of_time() {
    let wish = Wish {
        by: ana(),
        at: Timestamp::MAX,
        today: TODAY,
        act: break_glass(REASON),
    };
    let no = decide::patient(&registered().state, &wish).expect_err("no clock stands there");
    assert_eq!(no.refused, Refused::InTheFuture);
}

#[test]
fn two_files_of_one_patient_are_merged_and_unmerged() {
    registered()
        .when(merge(
            file("p1", None),
            file("p2", None),
            "Same person, registered twice.",
        ))
        .then("file_merged")
        .shows(|file| file.merged.contains("p2"))
        .when(unmerge("p2", "They are twins."))
        .then("file_unmerged")
        .shows(|file| file.merged.is_empty())
        .when(unmerge("p2", "They are twins."))
        .refused(Refused::NeverMerged, "check which files are meant");
}

#[test]
fn files_are_merged_when_both_stand_for_themselves() {
    let both = || (file("p1", None), file("p2", None));
    let (this, other) = both();
    let merged = || registered().and(merge(both().0, both().1, "same person"));
    registered()
        .when(merge(this.clone(), this.clone(), "same"))
        .refused(Refused::MergedWithItself, "name the other file");
    registered()
        .when(merge(this.clone(), file("p2", Some("p3")), "same"))
        .refused(Refused::AlreadyMerged, "`p2` is read as part of `p3`");
    registered()
        .when(merge(file("p1", Some("p2")), other.clone(), "same"))
        .refused(Refused::AlreadyMerged, "merge with `p2` instead");
    merged()
        .when(merge(this.clone(), other.clone(), "same"))
        .refused(Refused::NothingNew, "as part of this one already");
    registered()
        .when(merge(this.clone(), other, " "))
        .refused(Refused::WordsMissing, "the reason");
    registered()
        .when(merge(this, file("p 2", None), "same"))
        .refused(Refused::DoesNotFit, "the other file");
    merged()
        .when(unmerge("p2", ""))
        .refused(Refused::WordsMissing, "the reason");
}

/// As part of which file each file is read, as a directory would know it from what is stored.
fn read_as(files: &BTreeMap<String, Patient>, id: &str) -> Option<String> {
    let reads = |(_, patient): &(&String, &Patient)| patient.merged.contains(id);
    files.iter().find(reads).map(|(kept, _)| kept.clone())
}

proptest! {
    #[test]
    fn no_way_of_merging_makes_a_ring_or_reads_a_file_twice(steps in prop::collection::vec((0_usize..5, 0_usize..5, any::<bool>()), 0..60)) {
        let ids = ["p0", "p1", "p2", "p3", "p4"];
        let mut files: BTreeMap<String, Patient> = ids.iter().map(|id| ((*id).to_owned(), registered().state)).collect();
        for (this, other, apart) in steps {
            let (this, other) = (ids[this], ids[other]);
            let known = |id: &str| file(id, read_as(&files, id).as_deref());
            let act = if apart { unmerge(other, "two people") } else { merge(known(this), known(other), "one person") };
            let wish = Wish { by: ana(), at: instant(0), today: TODAY, act };
            let patient = files[this].clone();
            if let Ok(events) = decide::patient(&patient, &wish) {
                let merged = |event: &PatientEvent| matches!(event, PatientEvent::FileMerged { .. } | PatientEvent::FileUnmerged { .. });
                prop_assert!(events.iter().all(|recorded| merged(&recorded.event)));
                files.insert(this.to_owned(), events.iter().fold(patient, evolve));
            }
            for id in ids {
                let kept: Vec<&String> = files.iter().filter(|(_, patient)| patient.merged.contains(id)).map(|(kept, _)| kept).collect();
                prop_assert!(kept.len() <= 1, "{} is read as {:?}", id, kept);
                let mut at = id.to_owned();
                for _ in ids {
                    at = read_as(&files, &at).unwrap_or(at);
                }
                prop_assert!(read_as(&files, &at).is_none(), "{} leads into a ring", id);
            }
        }
    }
}
