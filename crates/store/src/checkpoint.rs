//! Signed checkpoints: once a day the end of the chain is signed (Ed25519, RFC 8032), so that a copy kept elsewhere shows whether the end was cut off or the past was
//! written anew. Inside the database alone they cannot show that: whoever can cut events off can cut these off too.

use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _, VerifyingKey};
use jiff::civil::Date;

use crate::append::head;
use crate::chain::HASH;
use crate::database::{Row, Value, number};
use crate::error::Error;
use crate::hex;
use crate::seal::MasterKey;
use crate::source::Source;
use crate::store::Store;

const PURPOSE: &str = "cotreat 2026-11 signing of checkpoints";

/// The end of the chain on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The day.
    pub day: String,
    /// Position of the last event.
    pub position: u64,
    /// Its hash.
    pub hash: [u8; HASH],
    /// The signature over all three.
    pub signature: [u8; 64],
}

const ADD: &str = "INSERT INTO checkpoint (day, position, hash, signature) VALUES ($1, $2, $3, $4) ON CONFLICT (day) DO NOTHING";
const ALL: &str = "SELECT day, position, hash, signature FROM checkpoint ORDER BY day";
const OF_DAY: &str = "SELECT day, position, hash, signature FROM checkpoint WHERE day = $1";

impl Checkpoint {
    fn signed_text(day: &str, position: u64, hash: &[u8; HASH]) -> Vec<u8> {
        let mut text = format!("cotreat checkpoint\n{day}\n{position}\n").into_bytes();
        text.extend_from_slice(hash);
        text
    }

    /// One line for a copy elsewhere: day, position, hash and signature.
    #[must_use]
    pub fn to_line(&self) -> String {
        format!(
            "{} {} {} {}",
            self.day,
            self.position,
            hex::write(&self.hash),
            hex::write(&self.signature)
        )
    }

    /// Reads what [`Self::to_line`] wrote.
    #[must_use]
    pub fn from_line(line: &str) -> Option<Self> {
        let mut words = line.split_ascii_whitespace();
        let one = Self {
            day: words.next()?.parse::<Date>().ok()?.to_string(),
            position: words.next()?.parse().ok()?,
            hash: hex::read(words.next()?)?,
            signature: hex::read(words.next()?)?,
        };
        words.next().is_none().then_some(one)
    }

    /// Whether the signature is that of the key.
    #[must_use]
    pub fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        let text = Self::signed_text(&self.day, self.position, &self.hash);
        key.verify(&text, &Signature::from_bytes(&self.signature))
            .is_ok()
    }

    fn of(row: &Row) -> Result<Self, Error> {
        let damaged = || Error::Damaged {
            what: "a checkpoint".to_owned(),
        };
        Ok(Self {
            day: row.text(0)?,
            position: row.count(1)?,
            hash: row.bytes(2)?.try_into().map_err(|_| damaged())?,
            signature: row.bytes(3)?.try_into().map_err(|_| damaged())?,
        })
    }
}

fn signing_key(master: &MasterKey) -> SigningKey {
    SigningKey::from_bytes(&master.derive(PURPOSE))
}

/// The key that checks signatures; it may be known to everybody.
#[must_use]
pub fn verifying_key(master: &MasterKey) -> VerifyingKey {
    signing_key(master).verifying_key()
}

/// Every checkpoint, oldest first.
pub(crate) async fn all(source: &mut Source<'_>) -> Result<Vec<Checkpoint>, Error> {
    let rows = source.rows(ALL, &[]).await?;
    rows.iter().map(Checkpoint::of).collect()
}

impl Store {
    /// The key that checks signatures; it may be known to everybody.
    #[must_use]
    pub fn verifying_key(&self) -> VerifyingKey {
        verifying_key(&self.key)
    }

    /// Signs the end of the chain for a day; a day that has a checkpoint keeps it. `None`: there is no event yet.
    ///
    /// # Errors
    /// The database failed.
    pub async fn checkpoint(&self, day: Date) -> Result<Option<Checkpoint>, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let head = head(&mut tx).await?;
        if head.position == 0 {
            return Ok(None);
        }
        let day = day.to_string();
        let text = Checkpoint::signed_text(&day, head.position, &head.hash);
        let signature = signing_key(&self.key).sign(&text).to_bytes();
        tx.run(
            ADD,
            &[
                Value::Text(&day),
                number(head.position),
                Value::Bytes(&head.hash),
                Value::Bytes(&signature),
            ],
        )
        .await?;
        let rows = tx.rows(OF_DAY, &[Value::Text(&day)]).await?;
        let kept = rows.first().map(Checkpoint::of).transpose()?;
        tx.commit().await?;
        Ok(kept)
    }

    /// Every checkpoint, oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn checkpoints(&self) -> Result<Vec<Checkpoint>, Error> {
        all(&mut Source::Database(&self.database)).await
    }
}
