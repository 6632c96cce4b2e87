//! What stands on the command line.

use std::path::PathBuf;

/// How to call the task.
pub const USAGE: &str = "\
usage: cargo run --release -p xtask -- population [options]
  --patients N       how many patients to make up (100000)
  --seed N           which ones (20260301)
  --serious SHARE    how many of them have a serious disease, instead of what diseases.toml says
  --unanswered SHARE how many of their answers are missing (0)
  --jsonl FILE       also write the patients, one JSON object a line
  --knowledge DIR    another knowledge folder";

/// What stands on the command line.
#[derive(Clone, Debug, PartialEq)]
pub struct Arguments {
    /// How many patients to make up.
    pub patients: u64,
    /// Which ones.
    pub seed: u64,
    /// How many have a serious disease, where the file does not decide.
    pub serious: Option<f64>,
    /// How many of their answers are missing.
    pub unanswered: f64,
    /// Where to write the patients.
    pub jsonl: Option<PathBuf>,
    /// Another knowledge folder.
    pub knowledge: Option<PathBuf>,
}

impl Default for Arguments {
    fn default() -> Self {
        Self {
            patients: 100_000,
            seed: 20_260_301,
            serious: None,
            unanswered: 0.0,
            jsonl: None,
            knowledge: None,
        }
    }
}

impl Arguments {
    /// Reads options; the message says which one is wrong.
    pub fn read(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut arguments = Self::default();
        while let Some(word) = words.next() {
            // Both `--seed 7` and `--seed=7`.
            let (name, attached) = match word.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (word, None),
            };
            let mut value = || {
                attached
                    .clone()
                    .or_else(|| words.next())
                    .ok_or_else(|| format!("`{name}` needs a value"))
            };
            match name.as_str() {
                "--patients" => arguments.patients = whole(&name, &value()?)?.max(1),
                "--seed" => arguments.seed = whole(&name, &value()?)?,
                "--serious" => arguments.serious = Some(share(&name, &value()?)?),
                "--unanswered" => arguments.unanswered = share(&name, &value()?)?,
                "--jsonl" => arguments.jsonl = Some(value()?.into()),
                "--knowledge" => arguments.knowledge = Some(value()?.into()),
                _ => return Err(format!("there is no option `{name}`")),
            }
        }
        Ok(arguments)
    }
}

fn whole(name: &str, value: &str) -> Result<u64, String> {
    value
        .replace('_', "")
        .parse()
        .map_err(|_| format!("`{name}` takes a whole number, not `{value}`"))
}

fn share(name: &str, value: &str) -> Result<f64, String> {
    match value.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err(format!(
            "`{name}` takes a share between 0 and 1, not `{value}`"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;

    fn read(line: &str) -> Result<Arguments, String> {
        Arguments::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_come_in_both_forms() {
        let expected = Arguments {
            patients: 5,
            seed: 7,
            unanswered: 0.2,
            ..Arguments::default()
        };
        assert_eq!(read("--patients 5 --seed=7 --unanswered 0.2"), Ok(expected));
        assert_eq!(read(""), Ok(Arguments::default()));
    }

    #[test]
    fn wrong_options_say_what_is_wrong() {
        assert_eq!(
            read("--patient 5"),
            Err("there is no option `--patient`".into())
        );
        assert_eq!(read("--seed"), Err("`--seed` needs a value".into()));
        assert_eq!(
            read("--serious 2"),
            Err("`--serious` takes a share between 0 and 1, not `2`".into())
        );
    }
}
