//! Which files are one patient.
//!
//! Each merging is a claim "these two are the same", which stands until it is taken back. Files that claims connect are one patient, read as the file that was merged into no other; of several the one
//! that was registered first. So the answer follows from the claims that stand, not from the order in which they were made: one that is taken back or erased leaves no trace, and
//! what was merged into a file that is merged later comes along and parts with it again.

use std::collections::BTreeSet;

use crate::database::{Tx, Value};
use crate::error::Error;

const CLAIM: &str =
    "INSERT INTO same_patient (kept, merged) VALUES ($1, $2) ON CONFLICT (kept, merged) DO NOTHING";
const TAKE_BACK: &str = "DELETE FROM same_patient WHERE kept = $1 AND merged = $2";
const CLAIMED: &str = "SELECT kept, merged FROM same_patient WHERE kept = $1 OR merged = $1";
const READ_AS: &str = "SELECT kept, registered FROM patient WHERE patient = $1";
const READ: &str = "UPDATE patient SET kept = $1 WHERE patient = $2";

/// Somebody says that `merged` is the same patient as `kept`.
pub(super) async fn claim(tx: &mut Tx, kept: &str, merged: &str) -> Result<(), Error> {
    // That a file is itself says nothing.
    if kept == merged {
        return Ok(());
    }
    tx.run(CLAIM, &[Value::Text(kept), Value::Text(merged)])
        .await?;
    settle(tx, kept).await
}

/// Somebody says that they are two patients after all.
pub(super) async fn take_back(tx: &mut Tx, kept: &str, merged: &str) -> Result<(), Error> {
    tx.run(TAKE_BACK, &[Value::Text(kept), Value::Text(merged)])
        .await?;
    settle(tx, kept).await?;
    settle(tx, merged).await
}

/// Every file that is the same patient as this one, this one included, registered or not.
pub(super) async fn files(tx: &mut Tx, file: &str) -> Result<BTreeSet<String>, Error> {
    let claims = claims(tx, file).await?;
    let ends = claims.into_iter().flat_map(|(kept, merged)| [kept, merged]);
    Ok(ends.chain([file.to_owned()]).collect())
}

/// The claims that connect a file with others, directly or through them.
async fn claims(tx: &mut Tx, file: &str) -> Result<BTreeSet<(String, String)>, Error> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::from([file.to_owned()]);
    let mut open = vec![file.to_owned()];
    while let Some(next) = open.pop() {
        for row in tx.rows(CLAIMED, &[Value::Text(&next)]).await? {
            let claim = (row.text(0)?, row.text(1)?);
            for end in [&claim.0, &claim.1] {
                if seen.insert(end.clone()) {
                    open.push(end.clone());
                }
            }
            found.insert(claim);
        }
    }
    Ok(found)
}

/// Says of every file that is the same patient as this one as which it is read.
pub(super) async fn settle(tx: &mut Tx, file: &str) -> Result<(), Error> {
    let claims = claims(tx, file).await?;
    let mut ends: BTreeSet<&str> = BTreeSet::from([file]);
    for (kept, merged) in &claims {
        ends.extend([kept.as_str(), merged.as_str()]);
    }
    // Whether it was merged into another, when it was registered, its id, and as which it is read.
    let mut registered = Vec::new();
    for one in ends {
        let rows = tx.rows(READ_AS, &[Value::Text(one)]).await?;
        if let Some(row) = rows.first() {
            let into_another = claims.iter().any(|(_, merged)| merged == one);
            registered.push((into_another, row.number(1)?, one, row.text(0)?));
        }
    }
    let Some((_, _, kept, _)) = registered.iter().min() else {
        return Ok(());
    };
    for (_, _, one, read_as) in &registered {
        if read_as != kept {
            tx.run(READ, &[Value::Text(kept), Value::Text(one)]).await?;
        }
    }
    Ok(())
}
