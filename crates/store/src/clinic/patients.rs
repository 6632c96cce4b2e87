//! Who patients are, where they are seen, and which files are one patient.
//!
//! That two files are one patient is a claim somebody made and may take back ([`same`]). `patient.kept` says of every file as which one it is read; it follows from the claims alone.

mod same;

use cotreat_people::Identity;
use cotreat_people::event::{PatientEvent, Recorded};

use super::told::{bytes, told};
use crate::database::{Tx, Value, number};
use crate::error::Error;
use crate::pen::Pen;
use crate::projection::{Projection, Step};
use crate::read::StoredEvent;

/// Who patients are, where they are seen, and which files are one patient.
pub(super) struct Patients;

const REGISTER: &str = "INSERT INTO patient (patient, identity, registered, kept) VALUES ($1, $2, $3, $1) ON CONFLICT (patient) DO UPDATE SET identity = excluded.identity";
const CORRECT: &str = "UPDATE patient SET identity = $1 WHERE patient = $2";
const SEEN_AT: &str = "INSERT INTO patient_organisation (patient, organisation) VALUES ($1, $2) ON CONFLICT (patient, organisation) DO NOTHING";
const NO_LONGER: &str = "DELETE FROM patient_organisation WHERE patient = $1 AND organisation = $2";

/// What the seal of an identity is bound to.
pub(super) fn place(patient: &str) -> String {
    format!("patient.identity/{patient}")
}

impl Projection for Patients {
    fn name(&self) -> &'static str {
        "patients"
    }

    fn shape(&self) -> u32 {
        1
    }

    fn streams(&self) -> &'static str {
        "patient/"
    }

    fn tables(&self) -> &'static str {
        "CREATE TABLE patient (
            patient    TEXT   NOT NULL PRIMARY KEY,
            identity   {bytes} NOT NULL,
            registered BIGINT NOT NULL,
            kept       TEXT   NOT NULL
        );
        CREATE INDEX patient_kept ON patient (kept, patient);
        CREATE TABLE patient_organisation (
            patient      TEXT NOT NULL,
            organisation TEXT NOT NULL,
            PRIMARY KEY (patient, organisation)
        );
        CREATE INDEX patient_of_organisation ON patient_organisation (organisation, patient);
        CREATE TABLE same_patient (
            kept   TEXT NOT NULL,
            merged TEXT NOT NULL,
            PRIMARY KEY (kept, merged)
        );
        CREATE INDEX same_patient_merged ON same_patient (merged, kept);"
    }

    fn drop_tables(&self) -> &'static str {
        "DROP TABLE IF EXISTS patient; DROP TABLE IF EXISTS patient_organisation; DROP TABLE IF EXISTS same_patient;"
    }

    fn apply<'a>(&'a self, pen: &'a mut Pen<'_>, events: &'a [StoredEvent]) -> Step<'a> {
        Box::pin(async move {
            for event in events.iter().filter(|event| concerns(&event.kind)) {
                write(pen, event, told(event)?).await?;
            }
            Ok(())
        })
    }

    fn forget<'a>(&'a self, tx: &'a mut Tx, person: &'a str) -> Step<'a> {
        Box::pin(async move {
            let files = same::files(tx, person).await?;
            for sql in [
                "DELETE FROM patient WHERE patient = $1",
                "DELETE FROM patient_organisation WHERE patient = $1",
                // What the erased file said. What others said about it stands on their streams.
                "DELETE FROM same_patient WHERE kept = $1",
            ] {
                tx.run(sql, &[Value::Text(person)]).await?;
            }
            for file in files {
                same::settle(tx, &file).await?;
            }
            Ok(())
        })
    }
}

/// Most events say who looked; they are not read here.
fn concerns(kind: &str) -> bool {
    matches!(
        kind,
        "patient_registered"
            | "identity_corrected"
            | "seen_at"
            | "no_longer_seen_at"
            | "file_merged"
            | "file_unmerged"
    )
}

async fn write(
    pen: &mut Pen<'_>,
    event: &StoredEvent,
    recorded: Recorded<PatientEvent>,
) -> Result<(), Error> {
    let patient = event.person.as_str();
    match recorded.event {
        PatientEvent::PatientRegistered {
            identity,
            organisation,
        } => {
            let sealed = sealed(pen, patient, &identity)?;
            let values = [
                Value::Text(patient),
                Value::Bytes(&sealed),
                number(event.position),
            ];
            pen.run(REGISTER, &values).await?;
            seen_at(pen, patient, &organisation).await?;
            same::settle(pen.tx(), patient).await?;
        }
        PatientEvent::IdentityCorrected { identity, .. } => {
            let sealed = sealed(pen, patient, &identity)?;
            let values = [Value::Bytes(&sealed), Value::Text(patient)];
            pen.run(CORRECT, &values).await?;
        }
        PatientEvent::SeenAt { organisation } => seen_at(pen, patient, &organisation).await?,
        PatientEvent::NoLongerSeenAt { organisation, .. } => {
            let values = [Value::Text(patient), Value::Text(&organisation)];
            pen.run(NO_LONGER, &values).await?;
        }
        PatientEvent::FileMerged { merged, .. } => {
            same::claim(pen.tx(), patient, &merged).await?;
        }
        PatientEvent::FileUnmerged { merged, .. } => {
            same::take_back(pen.tx(), patient, &merged).await?;
        }
        PatientEvent::PrivateNoteWritten { .. }
        | PatientEvent::RecordOpened { .. }
        | PatientEvent::GlassBroken { .. } => {}
    }
    Ok(())
}

fn sealed(pen: &Pen<'_>, patient: &str, identity: &Identity) -> Result<Vec<u8>, Error> {
    pen.seal(&place(patient), &bytes(identity)?)
}

async fn seen_at(pen: &mut Pen<'_>, patient: &str, organisation: &str) -> Result<(), Error> {
    let values = [Value::Text(patient), Value::Text(organisation)];
    pen.run(SEEN_AT, &values).await.map(drop)
}
