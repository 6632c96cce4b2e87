//! From settings to an open store, with everything that can be wrong on the way said in words.

use cotreat_knowledge::{Place, Problem};
use cotreat_store::{Beside, Error, MasterKey, Opening, Projection, Store};

use super::config::{Settings, secret};

/// The master key.
///
/// # Errors
/// The key file is not there, others can read it, or it holds something else.
pub fn key(settings: &Settings) -> Result<MasterKey, Problem> {
    let text = secret::read(&settings.key_file, "key_file")?;
    MasterKey::from_hex(&text).map_err(|_| {
        Problem::new(
            Place::file(&settings.key_file.display().to_string()),
            "this is no master key: it is not 64 hexadecimal digits",
        )
        .help("put the file back that `cotreat init` made; without it nothing in the database can be read")
    })
}

/// The store, for reading and writing by this process alone.
///
/// # Errors
/// The key or the database cannot be used.
pub async fn store(
    settings: &Settings,
    opening: Opening,
    projections: Vec<Box<dyn Projection>>,
) -> Result<Store, Problem> {
    let key = key(settings)?;
    Store::open(&settings.address()?, key, opening, projections)
        .await
        .map_err(|error| problem(settings, &error))
}

/// The database, for reading beside whoever writes.
///
/// # Errors
/// It cannot be reached.
pub async fn beside(settings: &Settings) -> Result<Beside, Problem> {
    Beside::open(&settings.address()?)
        .await
        .map_err(|error| problem(settings, &error))
}

/// What the store says, with the place it says it about.
#[must_use]
pub fn problem(settings: &Settings, error: &Error) -> Problem {
    let place = match error {
        Error::WrongKey => settings.key_file.display().to_string(),
        _ => settings.database.clone(),
    };
    let said = error.to_string();
    // The store says what and what to do in one breath.
    match said.split_once(". ") {
        Some((what, remedy)) => {
            Problem::new(Place::file(&place), what).help(remedy.trim_end_matches('.'))
        }
        None => Problem::new(Place::file(&place), said),
    }
}
