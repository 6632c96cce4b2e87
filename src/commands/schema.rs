//! `cotreat schema`: the JSON Schemas of the knowledge files and of the appraisal, for editors and programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use cotreat_care::Appraisal;
use cotreat_knowledge::format::Kind;
use cotreat_knowledge::{Place, Problem, did_you_mean};

use crate::files;
use crate::terminal::{self, Failure};

/// The word for the schema of what `appraise --json` prints.
const APPRAISAL: &str = "appraisal";

/// Print the JSON Schema (2020-12) of a kind of knowledge file, or of the appraisal.
///
/// Without KIND: the kinds there are.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cotreat schema
  cotreat schema finding > finding.json
  cotreat schema appraisal | jq .required
  cotreat schema --write docs/schema")]
pub struct Schema {
    /// A kind of knowledge file such as finding or intervention, or `appraisal`.
    pub kind: Option<String>,
    /// Write every schema into this folder, as KIND.json.
    #[arg(long, value_name = "DIR", conflicts_with = "kind")]
    pub write: Option<PathBuf>,
}

impl Schema {
    pub fn run(self) -> Result<ExitCode, Failure> {
        match (&self.write, &self.kind) {
            (Some(dir), _) => write_all(dir)?,
            (None, Some(kind)) => terminal::print(&text(kind)?),
            (None, None) => terminal::print(&format!("{}\n", kinds().join("\n"))),
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn kinds() -> Vec<&'static str> {
    Kind::TOML
        .into_iter()
        .map(Kind::word)
        .chain([APPRAISAL])
        .collect()
}

fn text(kind: &str) -> Result<String, Failure> {
    let schema = if kind == APPRAISAL {
        Some(Appraisal::json_schema())
    } else {
        Kind::TOML
            .into_iter()
            .find(|k| k.word() == kind)
            .and_then(Kind::schema)
    };
    let Some(mut schema) = schema else {
        let help = did_you_mean(kind, kinds().into_iter())
            .unwrap_or_else(|| format!("kinds are {}", kinds().join(", ")));
        return Err(
            Problem::new(Place::file("schema"), format!("there is no kind `{kind}`"))
                .help(help)
                .into(),
        );
    };
    schema.sort_all_objects();
    // `{:#}` of a JSON value indents by two spaces.
    Ok(format!("{schema:#}\n"))
}

fn write_all(dir: &Path) -> Result<(), Failure> {
    fs::create_dir_all(dir).map_err(|error| {
        Problem::new(
            Place::file(&dir.display().to_string()),
            format!("this folder cannot be made: {error}"),
        )
        .help("name a folder that you may write to")
    })?;
    for kind in kinds() {
        let path = dir.join(format!("{kind}.json"));
        files::write(&path, &text(kind)?)?;
        terminal::print(&format!("wrote {}\n", path.display()));
    }
    Ok(())
}
