//! The patients below a folder, one after the other: never more than one of them in memory.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;

use cotreat_care::case;
use cotreat_care::input::{self, At, node};
use cotreat_knowledge::{Place, Problem};

use crate::files;
use crate::patient::of_heading;
use crate::terminal::Failure;

/// One patient as written.
pub(super) struct Sheet {
    /// The file, and where in it when it holds several.
    pub(super) name: String,
    /// What is given, or what is wrong with the writing.
    pub(super) given: Result<At, Failure>,
}

/// Hands over every patient, in the order of paths and lines.
pub(super) fn each(dir: &Path, take: &mut impl FnMut(Sheet)) -> Result<(), Failure> {
    for path in files::below(dir)? {
        let name = path.display().to_string();
        match path.extension().and_then(OsStr::to_str) {
            Some("jsonl") => lines(&path, &name, take)?,
            Some("json") => take(whole(&path, &name, |text| input::parse_json(&name, text))),
            Some("toml") => take(whole(&path, &name, |text| {
                node::parse_toml(&name, text, 0, text)
            })),
            Some("md") => cases(&path, &name, take),
            // A folder of patients may hold other files; a file that was named may not.
            _ if path != dir => {}
            _ => {
                let problem = Problem::new(Place::file(&name), "this kind of file cannot be read");
                return Err(problem
                    .help("name a folder, or a .md, .toml, .json or .jsonl file")
                    .into());
            }
        }
    }
    Ok(())
}

fn whole(path: &Path, name: &str, parse: impl Fn(&str) -> Result<At, Vec<Problem>>) -> Sheet {
    let given = files::text(path).and_then(|text| parse(&text).map_err(Failure));
    Sheet {
        name: name.to_owned(),
        given,
    }
}

fn cases(path: &Path, name: &str, take: &mut impl FnMut(Sheet)) {
    let mut one = |given| {
        take(Sheet {
            name: name.to_owned(),
            given,
        })
    };
    match files::text(path).and_then(|text| case::read(name, &text).map_err(Failure)) {
        Ok(cases) => cases.into_iter().for_each(|case| one(of_heading(case))),
        Err(failure) => one(Err(failure)),
    }
}

/// One patient on each line; empty lines are left out.
fn lines(path: &Path, name: &str, take: &mut impl FnMut(Sheet)) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::from(
            Problem::new(Place::file(name), error.to_string()).help("check that you may read it"),
        )
    };
    let mut file = BufReader::with_capacity(1 << 16, File::open(path).map_err(unreadable)?);
    let mut bytes = Vec::new();
    let mut line = 0_u32;
    loop {
        bytes.clear();
        line += 1;
        let length = file
            .by_ref()
            .take(files::LARGEST)
            .read_until(b'\n', &mut bytes)
            .map_err(unreadable)?;
        if length == 0 {
            return Ok(());
        }
        let too_long = u64::try_from(length).is_ok_and(|length| length == files::LARGEST)
            && bytes.last() != Some(&b'\n');
        if too_long {
            file.skip_until(b'\n').map_err(unreadable)?;
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let given = if too_long {
            Err(endless(name, line))
        } else {
            one_line(name, line, &bytes)
        };
        take(Sheet {
            name: format!("{name}:{line}"),
            given,
        });
    }
}

fn endless(name: &str, line: u32) -> Failure {
    let place = Place {
        file: name.to_owned(),
        line,
        column: 0,
    };
    Problem::new(
        place,
        format!(
            "this line has no end; nothing about one patient is larger than {} MB",
            files::LARGEST / 1_048_576
        ),
    )
    .help("write one patient on each line")
    .into()
}

fn one_line(name: &str, line: u32, bytes: &[u8]) -> Result<At, Failure> {
    let text = std::str::from_utf8(bytes).map_err(|_| {
        let place = Place {
            file: name.to_owned(),
            line,
            column: 0,
        };
        Problem::new(place, "this line is not UTF-8 text").help("save the file as UTF-8")
    })?;
    input::parse_json(&format!("{name}:{line}"), text).map_err(|mut problems| {
        for problem in &mut problems {
            // The line of the file, not of the one line that was parsed.
            problem.place = Place {
                file: name.to_owned(),
                line,
                column: problem.place.column,
            };
        }
        Failure(problems)
    })
}
