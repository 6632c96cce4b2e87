//! From what happened to what is appended: the streams, the keys that seal them, and the words in the columns.

use cotreat_care::event as care;
use cotreat_people::event::{Kind, OrganisationEvent, PatientEvent, Recorded, UserEvent};
use cotreat_people::stream;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::told;
use crate::append::{Batch, Expected, NewEvent};
use crate::error::Error;

/// Events of an organisation.
///
/// # Errors
/// An event cannot be written as JSON.
pub fn organisation(
    id: &str,
    expected: Expected,
    events: &[Recorded<OrganisationEvent>],
) -> Result<Batch, Error> {
    let stream = stream::organisation(id);
    people(stream.clone(), stream, expected, events)
}

/// Events of somebody who works here.
///
/// # Errors
/// An event cannot be written as JSON.
pub fn user(id: &str, expected: Expected, events: &[Recorded<UserEvent>]) -> Result<Batch, Error> {
    let stream = stream::user(id);
    people(stream.clone(), stream, expected, events)
}

/// Events of a patient as a person.
///
/// # Errors
/// An event cannot be written as JSON.
pub fn patient(
    id: &str,
    expected: Expected,
    events: &[Recorded<PatientEvent>],
) -> Result<Batch, Error> {
    people(stream::patient(id), id.to_owned(), expected, events)
}

/// Events of an episode of care, as `cotreat_care::decide` returned them.
///
/// # Errors
/// An event cannot be written as JSON.
pub fn episode(
    id: &str,
    patient: &str,
    expected: Expected,
    events: &[care::Recorded],
) -> Result<Batch, Error> {
    /// The word that says which event it is.
    #[derive(Deserialize)]
    struct Tag<'a> {
        event: &'a str,
    }
    let mut batch = empty(stream::episode(id), patient.to_owned(), expected);
    for recorded in events {
        let body = told::bytes(recorded)?;
        let tag: Tag<'_> = serde_json::from_slice(&body).map_err(|error| Error::Damaged {
            what: format!("an event without its name ({error})"),
        })?;
        batch.actor = recorded.by.id().unwrap_or(PATIENT).to_owned();
        batch.at = recorded.at;
        batch.events.push(NewEvent {
            kind: tag.event.to_owned(),
            shape: u32::from(recorded.version),
            body,
        });
    }
    Ok(batch)
}

/// The patient in the column of actors.
const PATIENT: &str = "patient";

fn people<E: Kind + Serialize>(
    stream: String,
    person: String,
    expected: Expected,
    events: &[Recorded<E>],
) -> Result<Batch, Error> {
    let mut batch = empty(stream, person, expected);
    for recorded in events {
        batch.actor = recorded.by.id().to_owned();
        batch.at = recorded.at;
        batch.events.push(NewEvent {
            kind: recorded.event.kind().to_owned(),
            shape: u32::from(recorded.version),
            body: told::bytes(recorded)?,
        });
    }
    Ok(batch)
}

/// Nothing happened yet; as long as that is so the store passes it over.
fn empty(stream: String, person: String, expected: Expected) -> Batch {
    Batch {
        stream,
        person,
        actor: String::new(),
        at: Timestamp::UNIX_EPOCH,
        expected,
        events: Vec::new(),
        messages: Vec::new(),
    }
}
