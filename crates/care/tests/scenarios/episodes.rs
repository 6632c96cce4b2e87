//! Beginning and end, days, people, questions, consent to uses of the record, files that are one patient.

use cotreat_care::decide::{Act, Command, Refused};
use cotreat_care::event::{
    ConsentGiven, ConsentWithdrawn, EpisodeClosed, EpisodeOpened, Giver, PatientsMerged,
    PatientsUnmerged, QuestionAnswered, QuestionAsked,
};
use jiff::civil::date;

use super::story::{
    FIRST, accept, desk, gp, nothing, on, opened, opening, patient, physio, referral, sent,
    therapist,
};

fn close() -> Act {
    Act::CloseEpisode(EpisodeClosed {
        reason: "recovered".into(),
    })
}

fn question(text: &str) -> Act {
    Act::AskQuestion(QuestionAsked {
        question: "q1".into(),
        text: text.into(),
    })
}

fn answer(question: &str) -> Act {
    Act::AnswerQuestion(QuestionAnswered {
        question: question.into(),
        text: "Yes, gently.".into(),
    })
}

fn consent() -> Act {
    Act::GiveConsent(ConsentGiven {
        purpose: "research".into(),
        given_by: Giver::Patient,
    })
}

fn withdraw() -> Act {
    Act::WithdrawConsent(ConsentWithdrawn {
        purpose: "research".into(),
    })
}

fn merge(kept: &str, merged: &str) -> Act {
    Act::MergePatients(PatientsMerged {
        kept: kept.into(),
        merged: merged.into(),
        reason: "same name, birthday and address".into(),
    })
}

fn unmerge() -> Act {
    Act::UnmergePatients(PatientsUnmerged {
        kept: "p1".into(),
        merged: "p2".into(),
        reason: "twins".into(),
    })
}

#[test]
fn an_episode_is_opened_and_whoever_opens_it_is_in_the_team() {
    nothing()
        .when(gp(Act::OpenEpisode(opening())))
        .then(&["episode_opened"])
        .shows(|r| r.began() == Some(FIRST) && r.in_team("grey"));
}

#[test]
fn nothing_is_written_down_before_an_episode_is_opened() {
    nothing()
        .when(gp(close()))
        .refused(Refused::NotOpened, "open an episode first");
}

#[test]
fn an_episode_is_opened_once() {
    opened()
        .when(gp(Act::OpenEpisode(opening())))
        .refused(Refused::AlreadyOpened, "2026-03-02");
}

#[test]
fn an_episode_is_seen_in_a_setting_that_is_known() {
    let setting = "spa".into();
    let opening = EpisodeOpened {
        setting,
        ..opening()
    };
    nothing()
        .when(gp(Act::OpenEpisode(opening)))
        .refused(Refused::NotKnownHere, "primary_care");
}

#[test]
fn the_front_desk_opens_an_episode_for_whoever_takes_the_patient_on() {
    let taken_on_by = Some(gp(close()).by);
    let opening = EpisodeOpened {
        taken_on_by,
        ..opening()
    };
    nothing()
        .when(desk(Act::OpenEpisode(opening)))
        .then(&["episode_opened"])
        .shows(|r| r.in_team("grey") && r.team.len() == 1);
}

#[test]
fn no_episode_is_opened_that_nobody_takes_on() {
    nothing()
        .when(desk(Act::OpenEpisode(opening())))
        .refused(Refused::NobodyTakesThemOn, "name the clinician");
}

#[test]
fn an_episode_is_closed_and_the_care_team_ends_with_it() {
    opened()
        .when(on(date(2026, 5, 4), gp(close())))
        .then(&["episode_closed"])
        .shows(|r| r.team[0].ended == Some(date(2026, 5, 4)) && !r.in_team("grey"));
}

#[test]
fn closing_calls_off_what_is_open() {
    sent(referral())
        .and(therapist(accept()))
        .when(gp(close()))
        .then(&["referral_cancelled", "episode_closed"])
        .shows(|r| r.team.iter().all(|one| one.ended.is_some()));
}

#[test]
fn nothing_is_added_to_a_closed_episode() {
    opened()
        .and(gp(close()))
        .when(patient(question("May I swim?")))
        .refused(Refused::Closed, "open a new episode that names this one");
}

#[test]
fn an_episode_is_not_closed_without_a_reason() {
    let reason = " ".into();
    opened()
        .when(gp(Act::CloseEpisode(EpisodeClosed { reason })))
        .refused(Refused::WordsMissing, "the reason is missing");
}

#[test]
fn nothing_is_written_down_for_a_day_to_come() {
    let tomorrow = Command {
        day: date(2026, 3, 3),
        ..patient(question("May I swim?"))
    };
    opened()
        .when(tomorrow)
        .refused(Refused::InTheFuture, "after today (2026-03-02)");
}

#[test]
fn nothing_is_written_down_for_a_day_before_the_episode() {
    let before = Command {
        day: date(2026, 3, 1),
        ..patient(question("May I swim?"))
    };
    opened()
        .when(before)
        .refused(Refused::BeforeTheEpisode, "began on 2026-03-02");
}

#[test]
fn the_patient_does_not_close_an_episode_and_neither_does_the_front_desk() {
    opened()
        .when(patient(close()))
        .refused(Refused::NotForThem, "ask a clinician");
    opened()
        .when(desk(close()))
        .refused(Refused::NotForThem, "Dee Lake cannot do this");
}

#[test]
fn a_question_is_asked_and_answered() {
    opened()
        .when(patient(question("May I swim?")))
        .then(&["question_asked"])
        .when(physio(answer("q1")))
        .then(&["question_answered"])
        .shows(|r| r.questions["q1"].answers[0].what == "Yes, gently.");
}

#[test]
fn a_question_is_asked_once_under_one_id() {
    opened()
        .and(patient(question("May I swim?")))
        .when(patient(question("May I run?")))
        .refused(Refused::AlreadyThere, "an id of its own");
}

#[test]
fn an_answer_needs_a_question() {
    opened()
        .when(physio(answer("q7")))
        .refused(Refused::NoSuchQuestion, "nobody asked `q7`");
}

#[test]
fn consent_to_research_is_given_and_withdrawn_and_both_days_stay() {
    opened()
        .when(patient(consent()))
        .then(&["consent_given"])
        .shows(|r| r.consents_to("research"))
        .when(on(date(2026, 3, 9), patient(withdraw())))
        .then(&["consent_withdrawn"])
        .shows(|r| !r.consents_to("research") && r.consents["research"][0].from == FIRST);
}

#[test]
fn what_was_not_agreed_to_cannot_be_withdrawn() {
    opened()
        .when(patient(withdraw()))
        .refused(Refused::NoSuchConsent, "no consent to `research`");
}

#[test]
fn consent_can_be_withdrawn_after_the_end() {
    opened()
        .and(patient(consent()))
        .and(gp(close()))
        .when(patient(withdraw()))
        .then(&["consent_withdrawn"]);
}

#[test]
fn two_files_are_read_as_one_patient_and_as_two_again() {
    opened()
        .when(desk(merge("p1", "p2")))
        .then(&["patients_merged"])
        .shows(|r| r.merged.len() == 1)
        .when(desk(unmerge()))
        .then(&["patients_unmerged"])
        .shows(|r| r.merged.is_empty() && r.mergings.len() == 1);
}

#[test]
fn a_patient_is_not_merged_with_itself() {
    opened()
        .when(desk(merge("p1", "p1")))
        .refused(Refused::MergedWithItself, "name the other file");
}

#[test]
fn a_file_that_is_read_as_another_is_not_merged_again() {
    for (kept, merged) in [("p1", "p2"), ("p2", "p1"), ("p3", "p2"), ("p2", "p3")] {
        opened()
            .and(desk(merge("p1", "p2")))
            .when(desk(merge(kept, merged)))
            .refused(Refused::AlreadyThere, "unmerge it first");
    }
}

#[test]
fn what_was_never_merged_is_not_unmerged() {
    opened()
        .when(desk(unmerge()))
        .refused(Refused::NeverMerged, "never merged");
}
