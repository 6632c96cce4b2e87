//! What was given: by a file, the environment and the command line, each value with its place.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cotreat_knowledge::{Place, Problem, did_you_mean};
use cotreat_store::database::Address;
use figment::value::{Dict, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::FILE;
use super::keys::{KEYS, Key, Kind, NEEDED, PREFIX, variable};

/// Where settings come from.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The file that `--config` names.
    pub file: Option<PathBuf>,
    /// Settings of the command line, with their values: `("database", "cotreat.db")`.
    pub flags: Vec<(&'static str, String)>,
    /// The environment.
    pub environment: Vec<(String, String)>,
}

/// A value with its place.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) value: Value,
    pub(super) place: Place,
}

/// Every value that is given, the one that counts for each setting.
#[derive(Debug, Default)]
pub(super) struct Values {
    pub(super) found: BTreeMap<String, Found>,
}

impl Values {
    /// Where the value of a setting stands, or its name.
    pub(super) fn place(&self, key: &str) -> Place {
        self.found
            .get(key)
            .map_or_else(|| Place::file(key), |found| found.place.clone())
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.found.contains_key(key)
    }
}

/// The name of the variable that names the file.
const CONFIG: &str = "COTREAT_CONFIG";
/// Variables that begin so are for the tests of this repository.
const TESTS: &str = "COTREAT_TEST_";

/// Reads everything, the stronger over the weaker.
pub(super) fn read(given: &Given) -> Result<Values, Vec<Problem>> {
    let mut reading = Reading::default();
    let named = given.environment.iter().find(|(name, _)| name == CONFIG);
    let named = named.map(|(_, path)| PathBuf::from(path));
    match given.file.clone().or(named) {
        Some(path) => reading.file(&path),
        None if Path::new(FILE).exists() => reading.file(Path::new(FILE)),
        None => {}
    }
    for (name, text) in &given.environment {
        if name.starts_with(PREFIX) && name != CONFIG && !name.starts_with(TESTS) {
            reading.variable(name, text);
        }
    }
    for (name, text) in &given.flags {
        let place = Place::file(&format!("--{}", name.replace(['_', '.'], "-")));
        if let Some(key) = KEYS.iter().find(|key| key.name == *name) {
            reading.line(key, text, place);
        }
    }
    if reading.problems.is_empty() {
        Ok(reading.values)
    } else {
        Err(reading.problems)
    }
}

#[derive(Default)]
struct Reading {
    values: Values,
    problems: Vec<Problem>,
}

impl Reading {
    fn wrong(&mut self, place: Place, message: String, help: impl Into<String>) {
        self.problems.push(Problem::new(place, message).help(help));
    }

    fn keep(&mut self, name: &str, value: Value, place: Place) {
        let found = Found { value, place };
        self.values.found.insert(name.to_owned(), found);
    }

    fn variable(&mut self, name: &str, text: &str) {
        let place = Place::file(name);
        let known = KEYS.iter().filter(|key| key.kind.fits_one_line());
        if let Some(key) = known.clone().find(|key| variable(key.name) == name) {
            return self.line(key, text, place);
        }
        let names: Vec<String> = known.map(|key| variable(key.name)).collect();
        let help = did_you_mean(name, names.iter().map(String::as_str)).unwrap_or_else(|| {
            format!("take it out of the environment, or see {FILE} for what there is")
        });
        self.wrong(place, format!("there is no setting `{name}`"), help);
    }

    /// A value that is a text, whatever the setting holds.
    fn line(&mut self, key: &Key, text: &str, place: Place) {
        let value = match key.kind {
            Kind::Secret(instead) => return self.secret(key.name, instead, place),
            Kind::Number(largest) => text
                .parse::<u16>()
                .ok()
                .filter(|number| (1..=largest).contains(number))
                .map(Value::from),
            Kind::Truth => text.parse::<bool>().ok().map(Value::from),
            Kind::Texts => {
                let texts = text.split(',').map(str::trim);
                let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
                Some(Value::from(texts))
            }
            _ => return self.text(key, text, None, place),
        };
        match value {
            Some(value) => self.keep(key.name, value, place),
            None => self.unfit(key, place),
        }
    }

    /// A text of a setting that holds one. `folder` is that of the file it stands in.
    fn text(&mut self, key: &Key, text: &str, folder: Option<&Path>, place: Place) {
        if let Some(value) = self.checked_text(key, text, folder, &place) {
            self.keep(key.name, Value::from(value), place);
        }
    }

    fn checked_text(
        &mut self,
        key: &Key,
        text: &str,
        folder: Option<&Path>,
        place: &Place,
    ) -> Option<String> {
        let below = |path: &Path| match folder {
            Some(folder) => folder.join(path).display().to_string(),
            None => path.display().to_string(),
        };
        let fits = match key.kind {
            Kind::Text => (!text.trim().is_empty()).then(|| text.to_owned()),
            Kind::Path => (!text.is_empty()).then(|| below(Path::new(text))),
            Kind::Listen => text
                .parse::<std::net::SocketAddr>()
                .ok()
                .map(|address| address.to_string()),
            Kind::Word(words) => words.contains(&text).then(|| text.to_owned()),
            Kind::Database => {
                // Before anything is said that could hold it.
                if super::check::has_password(text) {
                    self.secret(key.name, "database_password_file", place.clone());
                    return None;
                }
                match Address::read(text) {
                    Ok(Address::Sqlite(path)) => Some(below(&path)),
                    Ok(Address::Postgres(url)) => Some(url),
                    Err(error) => {
                        self.problems
                            .push(Problem::new(place.clone(), error.to_string()));
                        return None;
                    }
                }
            }
            _ => None,
        };
        if fits.is_none() {
            self.unfit(key, place.clone());
        }
        fits
    }

    fn unfit(&mut self, key: &Key, place: Place) {
        let message = format!("`{}` does not hold what it should", key.name);
        self.wrong(place, message, format!("write {}", key.kind.words()));
    }

    fn secret(&mut self, name: &str, instead: &str, place: Place) {
        self.wrong(
            place,
            format!("`{name}` holds a secret, which does not belong here"),
            format!(
                "write the secret into a file that only its owner can read (mode 600), name that file in `{instead}`, and replace the secret if others could see it"
            ),
        );
    }

    fn file(&mut self, path: &Path) {
        let name = path.display().to_string();
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                let help = "name a file that can be read, or none";
                return self.wrong(Place::file(&name), error.to_string(), help);
            }
        };
        let table = match DeTable::parse(&text) {
            Ok(table) => table,
            Err(error) => {
                let offset = error.span().map_or(0, |span| span.start);
                let place = Place::of(&name, &text, offset);
                return self.wrong(
                    place,
                    format!("this is not TOML: {}", error.message()),
                    "correct the line; packaging/cotreat.example.toml shows every setting",
                );
            }
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        let file = File {
            name: &name,
            text: &text,
            folder,
        };
        self.table(&file, "", table.get_ref());
    }

    /// A section of the file, or the whole of it.
    fn table(&mut self, file: &File<'_>, section: &str, table: &DeTable<'_>) {
        for (word, value) in table {
            let name = format!("{section}{}", word.get_ref());
            let inner = format!("{name}.");
            let place = file.place(word.span().start);
            if let Some(key) = KEYS.iter().find(|key| key.name == name) {
                self.value(file, key, value);
            } else if KEYS.iter().any(|key| key.name.starts_with(&inner)) {
                match value.get_ref() {
                    DeValue::Table(table) => self.table(file, &inner, table),
                    _ => self.wrong(
                        place,
                        format!("`{name}` is a section"),
                        format!("write [{name}] and its settings below it"),
                    ),
                }
            } else {
                let all = KEYS.iter().map(|key| key.name);
                let help = did_you_mean(&name, all).unwrap_or_else(|| {
                    "packaging/cotreat.example.toml shows every setting".to_owned()
                });
                self.wrong(place, format!("there is no setting `{name}`"), help);
            }
        }
    }

    fn value(&mut self, file: &File<'_>, key: &Key, value: &Spanned<DeValue<'_>>) {
        let place = file.place(value.span().start);
        if let Some(value) = self.checked_value(file, key, value) {
            self.keep(key.name, value, place);
        }
    }

    fn checked_value(
        &mut self,
        file: &File<'_>,
        key: &Key,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<Value> {
        let place = file.place(value.span().start);
        match (key.kind, value.get_ref()) {
            (Kind::Secret(instead), _) => {
                self.secret(key.name, instead, place);
                return None;
            }
            (Kind::Number(largest), DeValue::Integer(number)) => {
                let number = u16::from_str_radix(number.as_str(), number.radix()).ok();
                let number = number.filter(|number| (1..=largest).contains(number));
                if number.is_some() {
                    return number.map(Value::from);
                }
            }
            (Kind::Truth, DeValue::Boolean(truth)) => return Some(Value::from(*truth)),
            (Kind::Texts, DeValue::Array(list)) => {
                let texts: Option<Vec<String>> = list
                    .iter()
                    .map(|item| item.get_ref().as_str().map(str::to_owned))
                    .collect();
                if let Some(texts) = texts {
                    return Some(Value::from(texts));
                }
            }
            (Kind::Tables(keys), DeValue::Array(list)) => {
                return self.tables(file, key.name, keys, list.iter());
            }
            (_, DeValue::String(text)) => {
                let text = self.checked_text(key, text, Some(file.folder), &place);
                return text.map(Value::from);
            }
            _ => {}
        }
        self.unfit(key, place);
        None
    }

    fn tables<'a>(
        &mut self,
        file: &File<'_>,
        name: &str,
        keys: &[Key],
        list: impl Iterator<Item = &'a Spanned<DeValue<'a>>>,
    ) -> Option<Value> {
        let mut tables = Vec::new();
        for item in list {
            let place = file.place(item.span().start);
            let DeValue::Table(table) = item.get_ref() else {
                self.wrong(
                    place,
                    format!("`{name}` is a list of tables"),
                    format!("write [[{name}]]"),
                );
                return None;
            };
            let mut values = Dict::new();
            for (word, value) in table {
                let Some(key) = keys.iter().find(|key| key.name == word.get_ref().as_ref()) else {
                    let help = did_you_mean(word.get_ref(), keys.iter().map(|key| key.name))
                        .unwrap_or_else(|| {
                            "packaging/cotreat.example.toml shows every setting".to_owned()
                        });
                    let message = format!("there is no setting `{}` in `{name}`", word.get_ref());
                    self.wrong(file.place(word.span().start), message, help);
                    continue;
                };
                if let Some(value) = self.checked_value(file, key, value) {
                    values.insert(key.name.to_owned(), value);
                }
            }
            for needed in NEEDED {
                if table.contains_key(needed) {
                    continue;
                }
                self.wrong(
                    place.clone(),
                    format!("`{needed}` is missing in `{name}`"),
                    "packaging/cotreat.example.toml shows a complete one",
                );
            }
            tables.push(Value::from(values));
        }
        Some(Value::from(tables))
    }
}

/// The file that is being read.
struct File<'a> {
    name: &'a str,
    text: &'a str,
    folder: &'a Path,
}

impl File<'_> {
    fn place(&self, offset: usize) -> Place {
        Place::of(self.name, self.text, offset)
    }
}
