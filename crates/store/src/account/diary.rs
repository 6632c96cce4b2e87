//! The appointments of a day, as another program's diary told them: kept for the front desk, and gone after two weeks.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::database::{Row, Tx, Value};
use crate::error::Error;
use crate::people::{self, instant};
use crate::seal;
use crate::store::Store;

/// A line of the diary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    /// Its id: random.
    pub id: String,
    /// The day.
    pub day: Date,
    /// Id of the patient's file, where it is known whom the line means.
    pub patient: Option<String>,
    /// What the diary says.
    pub told: DiaryLine,
}

/// What a diary says of an appointment.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiaryLine {
    /// The time on the clock, `09:30`; empty when not told.
    pub starts: String,
    /// The name as it stands there.
    pub name: String,
    /// The date of birth, where it is told.
    pub born: Option<Date>,
    /// The number in the other program, where it is told.
    pub number: Option<String>,
    /// With whom, where it is told.
    pub with: Option<String>,
}

impl std::fmt::Debug for DiaryLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DiaryLine(..)")
    }
}

const FORGET_DAY: &str = "DELETE FROM diary WHERE organisation = $1 AND day = $2";
const FORGET_LINE: &str = "DELETE FROM diary WHERE organisation = $1 AND id = $2";
const ADD: &str = "INSERT INTO diary (id, organisation, day, patient, sealed, kept_at) VALUES ($1, $2, $3, $4, $5, $6)";
const OF_DAY: &str =
    "SELECT id, day, patient, sealed FROM diary WHERE organisation = $1 AND day = $2 ORDER BY id";

fn about(id: &str) -> String {
    format!("diary\n{id}")
}

impl Store {
    /// Keeps the lines of a diary in place of what was kept for the same days: a file that is read twice counts once.
    ///
    /// # Errors
    /// [`Error::Erased`], or the database failed; then all is as it was.
    pub async fn keep_diary(
        &self,
        organisation: &str,
        days: &[Date],
        lines: &[Booked],
        now: Timestamp,
    ) -> Result<(), Error> {
        let (_turn, mut tx) = self.begin().await?;
        let done = async {
            for day in days {
                let values = [Value::Text(organisation), Value::Text(&day.to_string())];
                tx.run(FORGET_DAY, &values).await?;
            }
            for line in lines {
                self.add_line(&mut tx, organisation, line, now).await?;
            }
            Ok(())
        }
        .await;
        self.settle(tx, &[], done).await
    }

    /// Keeps one line anew, now that it is known whom it means.
    ///
    /// # Errors
    /// [`Error::Erased`], or the database failed.
    pub async fn keep_diary_line(
        &self,
        organisation: &str,
        line: &Booked,
        now: Timestamp,
    ) -> Result<(), Error> {
        let (_turn, mut tx) = self.begin().await?;
        let done = async {
            let values = [Value::Text(organisation), Value::Text(&line.id)];
            tx.run(FORGET_LINE, &values).await?;
            self.add_line(&mut tx, organisation, line, now).await
        }
        .await;
        self.settle(tx, &[], done).await
    }

    /// The lines of a day, by time.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn diary(&self, organisation: &str, day: Date) -> Result<Vec<Booked>, Error> {
        let values = [Value::Text(organisation), Value::Text(&day.to_string())];
        let rows = self.database.rows(OF_DAY, &values).await?;
        let mut lines = Vec::new();
        for row in &rows {
            lines.push(self.line(row).await?);
        }
        lines.sort_by(|a, b| (&a.told.starts, &a.told.name).cmp(&(&b.told.starts, &b.told.name)));
        Ok(lines)
    }

    async fn line(&self, row: &Row) -> Result<Booked, Error> {
        let id = row.text(0)?;
        let patient = super::maybe_text(row, 2)?;
        let damaged = || Error::Damaged {
            what: "a line of the diary".to_owned(),
        };
        let sealed = row.bytes(3)?;
        let told = match &patient {
            Some(patient) => {
                let key = self.key_of(patient).await?;
                let opened = seal::open(&key, about(&id).as_bytes(), &sealed);
                zeroize::Zeroizing::new(opened.ok_or_else(damaged)?)
            }
            None => self.open_secret(&about(&id), &sealed)?,
        };
        Ok(Booked {
            day: row.text(1)?.parse().map_err(|_| damaged())?,
            told: serde_json::from_slice(&told).map_err(|_| damaged())?,
            id,
            patient,
        })
    }

    async fn add_line(
        &self,
        tx: &mut Tx,
        organisation: &str,
        line: &Booked,
        now: Timestamp,
    ) -> Result<(), Error> {
        let told = serde_json::to_vec(&line.told).map_err(|_| Error::Damaged {
            what: "a line of the diary that cannot be written down".to_owned(),
        })?;
        let sealed = match &line.patient {
            Some(patient) => {
                let key = people::key_for_writing(tx, &self.key, patient, now).await?;
                seal::seal(&key, about(&line.id).as_bytes(), &told)?
            }
            None => self.seal_secret(&about(&line.id), &told)?,
        };
        let values = [
            Value::Text(&line.id),
            Value::Text(organisation),
            Value::Text(&line.day.to_string()),
            Value::Text(line.patient.as_deref().unwrap_or_default()),
            Value::Bytes(&sealed),
            Value::Text(&instant(now)),
        ];
        tx.run(ADD, &values).await.map(drop)
    }
}
