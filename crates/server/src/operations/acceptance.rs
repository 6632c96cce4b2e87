//! Outside a demo the server works with a release of the knowledge only when a named clinical safety officer has accepted it.

use cotreat_people::event::{OrganisationEvent, Recorded};
use cotreat_store::{Beside, Error, MasterKey};

/// An acceptance on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The officer's name.
    pub officer: String,
    /// Their profession and registration, in words.
    pub standing: String,
    /// The day, in Greenwich.
    pub on: String,
}

/// The newest acceptance of a release, by any organisation of this installation; `None`: nobody accepted it.
///
/// # Errors
/// [`Error::Damaged`], or the database failed.
pub async fn of(
    database: &Beside,
    key: &MasterKey,
    release: &str,
) -> Result<Option<Acceptance>, Error> {
    let events = database.of_kind(key, "knowledge_accepted").await?;
    let mut newest = None;
    for event in &events {
        let Some(body) = &event.body else { continue };
        let recorded: Recorded<OrganisationEvent> =
            serde_json::from_slice(body).map_err(|error| Error::Damaged {
                what: format!("event {} ({error})", event.position),
            })?;
        match recorded.event {
            OrganisationEvent::KnowledgeAccepted {
                knowledge,
                officer,
                standing,
                ..
            } if knowledge == release => {
                newest = Some(Acceptance {
                    officer,
                    standing,
                    on: recorded.at.strftime("%Y-%m-%d").to_string(),
                });
            }
            _ => {}
        }
    }
    Ok(newest)
}
