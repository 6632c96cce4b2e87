//! What somebody wants to do.

use std::fmt;

/// Writes the list once: each action, its documentation, and its id in the schema and in logs.
macro_rules! actions {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal,)+) => {
        /// What somebody wants to do, as coarse as access is decided. What each is done to is in the schema (`appliesTo`): a patient, unless it says otherwise here.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Action {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// As the schema and the logs have it: `see_record`.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)+
                }
            }
        }
    };
}

actions! {
    /// Register a patient with an organisation.
    RegisterPatient = "register_patient",
    /// Find a patient by name, date of birth, number.
    FindPatient = "find_patient",
    /// See name and date of birth.
    SeeIdentity = "see_identity",
    /// See telephone, e-mail, address.
    SeeContact = "see_contact",
    /// See appointments and what waits for an answer, without the answers.
    SeeDue = "see_due",
    /// Correct name, date of birth or how to reach the patient.
    CorrectIdentity = "correct_identity",
    /// A further organisation sees the patient, or one no longer does.
    ChangeWhereSeen = "change_where_seen",
    /// Read two files as one patient, or as two again ([`crate::Resource::Files`]).
    MergePatients = "merge_patients",
    /// Delete the patient's keys for good.
    ErasePatient = "erase_patient",
    /// Open the record of a patient in nobody's care of one's own, for a reason.
    BreakGlass = "break_glass",
    /// Make a task link or the link to the patient's page.
    MakeLink = "make_link",
    /// Make a link open nothing any more.
    RevokeLink = "revoke_link",
    /// See the clinical record, and note what was shown.
    SeeRecord = "see_record",
    /// See outcomes over time as a row without a name.
    SeeOutcomes = "see_outcomes",
    /// See who opened the record.
    SeeOpenings = "see_openings",
    /// See private notes ([`crate::Resource::PrivateNotes`]).
    SeePrivateNote = "see_private_note",
    /// Write a private note ([`crate::Resource::PrivateNotes`]).
    WritePrivateNote = "write_private_note",
    /// Begin an episode.
    OpenEpisode = "open_episode",
    /// End it.
    CloseEpisode = "close_episode",
    /// Write down facts, wishes, treatment elsewhere (also [`crate::Resource::Assignment`]).
    WriteFacts = "write_facts",
    /// Take up an alert.
    TakeAlert = "take_alert",
    /// Clear an alarm.
    ClearAlarm = "clear_alarm",
    /// Agree a plan, or change it.
    AgreePlan = "agree_plan",
    /// Write down or amend a session, safety-net advice, an adverse event.
    WriteSession = "write_session",
    /// Write down what medicine is taken (also [`crate::Resource::Assignment`]).
    WriteMedication = "write_medication",
    /// Note consent to a treatment or to a use of the record, or that it is withdrawn.
    GiveConsent = "give_consent",
    /// Ask the patient to answer an instrument.
    AssignInstrument = "assign_instrument",
    /// Write down the answers to an instrument (also [`crate::Resource::Assignment`]).
    AnswerInstrument = "answer_instrument",
    /// Ask the team something.
    AskQuestion = "ask_question",
    /// Answer the patient's question.
    AnswerQuestion = "answer_question",
    /// Leave the care team, or note that somebody left.
    LeaveTeam = "leave_team",
    /// Write, send, call off or reopen a referral.
    DraftReferral = "draft_referral",
    /// See a referral ([`crate::Resource::Referral`]).
    SeeReferral = "see_referral",
    /// Accept or decline a referral ([`crate::Resource::Referral`]).
    AnswerReferral = "answer_referral",
    /// Give an appointment, or note that it was missed (also [`crate::Resource::Referral`]).
    ScheduleReferral = "schedule_referral",
    /// The patient came, or it is done with a report (also [`crate::Resource::Referral`]).
    CompleteReferral = "complete_referral",
    /// See who belongs to an organisation, and as what.
    SeeMembers = "see_members",
    /// Add and disable members, grant and withdraw roles.
    ChangeMembers = "change_members",
    /// Register an organisation, change its settings, name its privacy officer.
    ChangeOrganisation = "change_organisation",
    /// Accept a release of the knowledge for an organisation.
    AcceptKnowledge = "accept_knowledge",
    /// See who did what in an organisation.
    SeeAudit = "see_audit",
    /// See an organisation's results without names.
    SeeResults = "see_results",
    /// Export rows without identity ([`crate::Resource::Rows`]).
    ExportRows = "export_rows",
    /// Search practitioners by profession, technique and language ([`crate::Resource::Installation`]).
    SeeDirectory = "see_directory",
    /// See the server's metrics ([`crate::Resource::Installation`]).
    SeeMetrics = "see_metrics",
    /// Make a backup ([`crate::Resource::Installation`]).
    Backup = "backup",
    /// Change password, second factor, passkeys ([`crate::Resource::Account`]).
    SignInSettings = "sign_in_settings",
    /// Change what one says about oneself in the directory ([`crate::Resource::Account`]).
    ChangeOwnEntry = "change_own_entry",
}

impl Action {
    /// Those that go by rows: lists and searches show the patients that [`crate::Access::sight`] opens for them.
    pub const ROWS: [Self; 6] = [
        Self::FindPatient,
        Self::SeeIdentity,
        Self::SeeContact,
        Self::SeeDue,
        Self::SeeRecord,
        Self::SeeOpenings,
    ];

    /// The action of an id.
    #[must_use]
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.id() == id)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
