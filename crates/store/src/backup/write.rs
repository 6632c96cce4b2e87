//! Taking a backup.

use std::io::{self, Write};

use serde_json::json;

use super::cell::{Cell, Kind};
use super::tables::{TABLES, Table};
use super::{FORMAT, Label, PURPOSE, Rows, file};
use crate::database::Tx;
use crate::error::Error;
use crate::hex;
use crate::schema::{self, APPLICATION, Found};
use crate::seal::MasterKey;
use crate::source::Source;

/// zstd's own middle way between fast and small.
const LEVEL: i32 = 3;
/// How often progress is told, in rows.
const OFTEN: u64 = 1000;

/// Writes everything that `tx` sees.
pub(super) async fn write(
    tx: &mut Tx,
    key: &MasterKey,
    label: &Label,
    into: &mut (dyn Write + Send),
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<Rows, Error> {
    let Found::Ours { schema, key_check } = schema::look(&mut Source::Tx(tx)).await? else {
        return Err(Error::Damaged {
            what: "the name of the database, which is gone,".to_owned(),
        });
    };
    let mut lines = Lines::new(key, into).map_err(file)?;
    let head = json!({
        "backup": APPLICATION,
        "format": FORMAT,
        "schema": schema,
        "program": label.program,
        "taken_at": label.taken_at.to_string(),
        "knowledge": label.knowledge,
        "key_check": hex::write(&key_check),
    });
    lines.put(head.to_string().into_bytes()).map_err(file)?;
    let mut rows = Rows::new();
    let mut done = 0;
    // An older database, about to be upgraded, has not all of them.
    let there = Source::Tx(tx).tables().await?;
    for table in TABLES {
        if there.iter().any(|name| name == table.name) {
            let count = one_table(tx, table, &mut lines, &mut done, progress).await?;
            rows.insert(table.name.to_owned(), count);
        }
    }
    progress(done);
    lines.end(&rows).map_err(file)?;
    Ok(rows)
}

async fn one_table(
    tx: &mut Tx,
    table: &Table,
    lines: &mut Lines<'_>,
    done: &mut u64,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<u64, Error> {
    let there = Source::Tx(tx).columns(table.name).await?;
    let columns: Vec<(&str, Kind)> = table
        .columns
        .iter()
        .copied()
        .filter(|(name, _)| there.iter().any(|one| one == name))
        .collect();
    let told: Vec<_> = columns
        .iter()
        .map(|(name, kind)| json!([name, kind.word()]))
        .collect();
    let head = json!({ "table": table.name, "columns": told });
    lines.put(head.to_string().into_bytes()).map_err(file)?;
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let sql = format!(
        "SELECT {} FROM {} ORDER BY {}",
        names.join(", "),
        table.name,
        table.order
    );
    let before = *done;
    tx.each(sql, &mut |row| {
        let mut line = vec![b'['];
        for (column, (_, kind)) in columns.iter().enumerate() {
            if column > 0 {
                line.push(b',');
            }
            Cell::of(row, column, *kind)?.append(&mut line);
        }
        line.push(b']');
        lines.put(line).map_err(file)?;
        *done += 1;
        if done.is_multiple_of(OFTEN) {
            progress(*done);
        }
        Ok(())
    })
    .await?;
    Ok(*done - before)
}

/// Lines on their way out: sealed, then compressed.
struct Lines<'a> {
    out: zstd::Encoder<'static, &'a mut (dyn Write + Send)>,
    seal: blake3::Hasher,
}

impl<'a> Lines<'a> {
    fn new(key: &MasterKey, into: &'a mut (dyn Write + Send)) -> io::Result<Self> {
        Ok(Self {
            out: zstd::Encoder::new(into, LEVEL)?,
            seal: blake3::Hasher::new_keyed(&key.derive(PURPOSE)),
        })
    }

    fn put(&mut self, mut line: Vec<u8>) -> io::Result<()> {
        line.push(b'\n');
        self.seal.update(&line);
        self.out.write_all(&line)
    }

    fn end(mut self, rows: &Rows) -> io::Result<()> {
        let seal = self.seal.finalize().to_hex().to_string();
        let end = json!({ "end": { "rows": rows, "seal": seal } });
        writeln!(self.out, "{end}")?;
        self.out.finish()?.flush()
    }
}
