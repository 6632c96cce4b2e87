//! Reading a backup, line by line, and refusing what is not one, or not a whole one.

use std::io::{self, BufRead, BufReader, ErrorKind, Read};

use jiff::Timestamp;
use serde_json::Value as Json;

use super::cell::{Cell, Kind};
use super::{FORMAT, Label, PURPOSE, Rows};
use crate::error::Error;
use crate::hex;
use crate::schema::APPLICATION;
use crate::seal::MasterKey;

/// No row is longer; what is comes from somebody who wants to fill the memory.
const LONGEST: u64 = 256 << 20;

/// The first line of a backup.
pub(super) struct Head {
    pub(super) schema: i64,
    pub(super) key_check: Vec<u8>,
    pub(super) label: Label,
}

/// What a further line says.
pub(super) enum Part {
    /// Rows of this table follow.
    Table {
        name: String,
        columns: Vec<(String, Kind)>,
    },
    /// A row of the table before.
    Row(Vec<Cell>),
    /// Nothing follows, and so many rows of each table came before; the seal holds.
    End(Rows),
}

/// A backup that is being read.
pub(super) struct Reader<R: Read> {
    lines: BufReader<zstd::Decoder<'static, BufReader<R>>>,
    seal: blake3::Hasher,
    kinds: Vec<Kind>,
}

impl<R: Read> Reader<R> {
    /// Reads the first line.
    pub(super) fn open(from: R, key: &MasterKey) -> Result<(Head, Self), Error> {
        let mut reader = Self {
            lines: BufReader::new(zstd::Decoder::new(from).map_err(broken)?),
            seal: blake3::Hasher::new_keyed(&key.derive(PURPOSE)),
            kinds: Vec::new(),
        };
        // What is not even compressed in our way never was a backup.
        let line = reader.line().map_err(|error| match error.kind() {
            ErrorKind::Other => foreign(),
            _ => broken(error),
        })?;
        let head: Json = serde_json::from_slice(&line).map_err(|_| foreign())?;
        if head.get("backup").and_then(Json::as_str) != Some(APPLICATION) {
            return Err(foreign());
        }
        let format = head.get("format").and_then(Json::as_u64);
        if format != Some(FORMAT) {
            return Err(no(
                "it was written by a newer program, and only that program can read it",
            ));
        }
        let head = read_head(&head).ok_or_else(|| no("its first line is not complete"))?;
        reader.seal.update(&line);
        Ok((head, reader))
    }

    /// The next line.
    pub(super) fn part(&mut self) -> Result<Part, Error> {
        let line = self.line().map_err(broken)?;
        if line.first() == Some(&b'[') {
            self.seal.update(&line);
            return self.row(&line).map(Part::Row).ok_or_else(changed);
        }
        let json: Json = serde_json::from_slice(&line).map_err(|_| changed())?;
        if let Some(end) = json.get("end") {
            return self.end(end).map(Part::End);
        }
        self.seal.update(&line);
        let (name, columns) = read_table(&json).ok_or_else(changed)?;
        self.kinds = columns.iter().map(|(_, kind)| *kind).collect();
        Ok(Part::Table { name, columns })
    }

    fn row(&self, line: &[u8]) -> Option<Vec<Cell>> {
        let values: Vec<Json> = serde_json::from_slice(line).ok()?;
        if values.len() != self.kinds.len() {
            return None;
        }
        let kinds = self.kinds.iter();
        values
            .into_iter()
            .zip(kinds)
            .map(|(value, kind)| Cell::read(value, *kind))
            .collect()
    }

    fn end(&mut self, end: &Json) -> Result<Rows, Error> {
        let seal = end
            .get("seal")
            .and_then(Json::as_str)
            .and_then(|digits| blake3::Hash::from_hex(digits).ok());
        // Hashes are compared in constant time.
        if seal != Some(self.seal.finalize()) {
            return Err(changed());
        }
        let mut rest = Vec::new();
        let more = (&mut self.lines).take(1).read_to_end(&mut rest);
        if more.map_err(broken)? > 0 {
            return Err(changed());
        }
        let rows = end.get("rows").and_then(Json::as_object);
        rows.into_iter()
            .flatten()
            .map(|(name, count)| Some((name.clone(), count.as_u64()?)))
            .collect::<Option<Rows>>()
            .ok_or_else(changed)
    }

    /// A whole line, with its end.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        let mut lines = (&mut self.lines).take(LONGEST);
        lines.read_until(b'\n', &mut line)?;
        match line.last() {
            Some(b'\n') => Ok(line),
            Some(_) if line.len() as u64 == LONGEST => Err(ErrorKind::InvalidData.into()),
            _ => Err(ErrorKind::UnexpectedEof.into()),
        }
    }
}

fn read_head(json: &Json) -> Option<Head> {
    let text = |name: &str| json.get(name).and_then(Json::as_str);
    Some(Head {
        schema: json.get("schema")?.as_i64()?,
        key_check: hex::read_all(text("key_check")?)?,
        label: Label {
            taken_at: text("taken_at")?.parse::<Timestamp>().ok()?,
            program: text("program")?.to_owned(),
            knowledge: text("knowledge").map(str::to_owned),
        },
    })
}

fn read_table(json: &Json) -> Option<(String, Vec<(String, Kind)>)> {
    let name = json.get("table")?.as_str()?.to_owned();
    let columns = json.get("columns")?.as_array()?.iter().map(|column| {
        let [name, kind] = column.as_array()?.as_slice() else {
            return None;
        };
        Some((name.as_str()?.to_owned(), Kind::of(kind.as_str()?)?))
    });
    Some((name, columns.collect::<Option<_>>()?))
}

pub(super) fn no(why: &str) -> Error {
    Error::Backup {
        why: why.to_owned(),
    }
}

fn foreign() -> Error {
    no("this is no backup of this program")
}

fn cut_off() -> Error {
    no("it ends too early, as if it had been cut off")
}

pub(super) fn changed() -> Error {
    no("it was changed or damaged after it was taken, or was not taken with this key")
}

/// Decryption and decompression tell damage as errors of reading.
fn broken(error: io::Error) -> Error {
    match error.kind() {
        ErrorKind::UnexpectedEof => cut_off(),
        ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::Other => changed(),
        _ => super::file(error),
    }
}
