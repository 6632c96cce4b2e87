//! The copy of the signed checkpoints: only one that is kept elsewhere shows that the end of the record was cut off.

use std::path::Path;

use cotreat_knowledge::{Place, Problem};
use cotreat_store::checkpoint::Checkpoint;

use super::archive;

/// Reads a copy; one that does not exist yet is empty.
///
/// # Errors
/// It cannot be read, or a line in it is no checkpoint.
pub fn read(copy: &Path) -> Result<Vec<Checkpoint>, Problem> {
    let name = copy.display().to_string();
    let text = match std::fs::read_to_string(copy) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            return Err(Problem::new(Place::file(&name), error.to_string()).help("check the path"));
        }
    };
    let lines = (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            Checkpoint::from_line(line).ok_or_else(|| {
                let place = Place {
                    file: name.clone(),
                    line: number,
                    column: 0,
                };
                Problem::new(
                    place,
                    "this line is no checkpoint: it was changed or damaged",
                )
                .help("take it from another copy, or take the line out")
            })
        })
        .collect()
}

/// Adds the checkpoints that are not in the copy yet; returns how many.
///
/// # Errors
/// It cannot be read or written; or it says otherwise about a day than the database, which is left to a person.
pub fn add_missing(copy: &Path, checkpoints: &[Checkpoint]) -> Result<usize, Problem> {
    let mut kept = read(copy)?;
    let mut added = 0;
    for checkpoint in checkpoints {
        match kept.iter().find(|one| one.day == checkpoint.day) {
            None => {
                kept.push(checkpoint.clone());
                added += 1;
            }
            Some(one) if one == checkpoint => {}
            Some(_) => {
                return Err(Problem::new(
                    Place::file(&copy.display().to_string()),
                    format!("the copy and the database differ about {}", checkpoint.day),
                )
                .help("somebody changed one of them: run `cotreat audit verify`, and keep both as they are"));
            }
        }
    }
    if added > 0 {
        let lines: String = kept.iter().map(|one| one.to_line() + "\n").collect();
        archive::write_whole(copy, &lines).map_err(|error| {
            Problem::new(
                Place::file(&copy.display().to_string()),
                format!("cannot be written: {error}"),
            )
            .help("name a file in a folder that you may write to")
        })?;
    }
    Ok(added)
}
