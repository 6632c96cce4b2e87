//! How the streams of events are called, and whose key seals each.
//!
//! | stream | holds | sealed with the key of |
//! | --- | --- | --- |
//! | `organisation/ID` | [`crate::event::OrganisationEvent`] | `organisation/ID` |
//! | `user/ID` | [`crate::event::UserEvent`] | `user/ID` |
//! | `patient/ID` | [`crate::event::PatientEvent`]: identity, who looked, private notes | the patient (`ID`) |
//! | `episode/ID` | the clinical events of one episode of care | the patient |
//!
//! Identity and clinical events are apart; both end with the patient's key.

/// The stream of an organisation; also the name of the key that seals it.
#[must_use]
pub fn organisation(id: &str) -> String {
    format!("organisation/{id}")
}

/// The stream of a user; also the name of the key that seals it.
#[must_use]
pub fn user(id: &str) -> String {
    format!("user/{id}")
}

/// The stream of a patient's identity; sealed with the key of the patient, whose name is the bare id.
#[must_use]
pub fn patient(id: &str) -> String {
    format!("patient/{id}")
}

/// The stream of an episode; sealed with the key of its patient.
#[must_use]
pub fn episode(id: &str) -> String {
    format!("episode/{id}")
}

/// What a stream is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About<'a> {
    /// An organisation.
    Organisation(&'a str),
    /// Somebody who works in one.
    User(&'a str),
    /// Who a patient is.
    Patient(&'a str),
    /// An episode of care.
    Episode(&'a str),
}

/// Reads the name of a stream.
#[must_use]
pub fn about(stream: &str) -> Option<About<'_>> {
    let (kind, id) = stream.split_once('/')?;
    match kind {
        _ if id.is_empty() => None,
        "organisation" => Some(About::Organisation(id)),
        "user" => Some(About::User(id)),
        "patient" => Some(About::Patient(id)),
        "episode" => Some(About::Episode(id)),
        _ => None,
    }
}
