//! What was shown is kept as it was shown: each text once for a person, compressed and sealed with the person's key.

use jiff::Timestamp;

use crate::database::Value;
use crate::error::Error;
use crate::people;
use crate::seal;
use crate::store::Store;

/// zstd's own middle way between fast and small.
const LEVEL: i32 = 3;
/// Nothing that is shown to anybody is larger, in bytes.
const LARGEST: usize = 64 << 20;

const ADD: &str = "INSERT INTO shown (person, hash, body) VALUES ($1, $2, $3) ON CONFLICT (person, hash) DO NOTHING";
const FIND: &str = "SELECT body FROM shown WHERE person = $1 AND hash = $2";

fn about(person: &str, hash: &str) -> Vec<u8> {
    format!("shown\n{person}\n{hash}").into_bytes()
}

impl Store {
    /// Keeps a text that was shown, and names it: the same text always has the same name (its BLAKE3 hash in hexadecimal).
    ///
    /// # Errors
    /// [`Error::Erased`], [`Error::DiskFull`], or the database failed.
    pub async fn keep_shown(
        &self,
        person: &str,
        text: &[u8],
        at: Timestamp,
    ) -> Result<String, Error> {
        let hash = blake3::hash(text).to_hex().to_string();
        let squeezed =
            zstd::encode_all(text, LEVEL).map_err(|error| Error::File("zstd".into(), error))?;
        let (_turn, mut tx) = self.begin().await?;
        let key = people::key_for_writing(&mut tx, &self.key, person, at).await?;
        let sealed = seal::seal(&key, &about(person, &hash), &squeezed)?;
        tx.run(
            ADD,
            &[
                Value::Text(person),
                Value::Text(&hash),
                Value::Bytes(&sealed),
            ],
        )
        .await?;
        tx.commit().await?;
        Ok(hash)
    }

    /// A text that was shown, by its name; `None`: this person was shown no such text.
    ///
    /// # Errors
    /// [`Error::Erased`], [`Error::Damaged`], or the database failed.
    pub async fn shown(&self, person: &str, hash: &str) -> Result<Option<Vec<u8>>, Error> {
        let values = [Value::Text(person), Value::Text(hash)];
        let rows = self.database.rows(FIND, &values).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let key = self.key_of(person).await?;
        let text = seal::open(&key, &about(person, hash), &row.bytes(0)?)
            .and_then(|squeezed| zstd::bulk::decompress(&squeezed, LARGEST).ok())
            .filter(|text| blake3::hash(text).to_hex().as_str() == hash);
        text.map(Some).ok_or_else(|| Error::Damaged {
            what: format!("what was shown as {hash}"),
        })
    }
}
