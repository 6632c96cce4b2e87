//! What a projection writes with.

use crate::database::{Answer, Row, Tx, Value};
use crate::error::Error;
use crate::people::PersonKey;
use crate::read::{self, StoredEvent};
use crate::seal::{self, KEY, MasterKey};
use crate::store::Store;

const PURPOSE: &str = "cotreat 2026-11 texts that are looked up";

/// What a projection writes with: the transaction of the events, the key of the person they are about, and the key of this installation for texts that are looked up
/// without being readable.
#[derive(Debug)]
pub struct Pen<'a> {
    tx: &'a mut Tx,
    master: &'a MasterKey,
    key: &'a PersonKey,
}

impl<'a> Pen<'a> {
    pub(crate) const fn new(tx: &'a mut Tx, master: &'a MasterKey, key: &'a PersonKey) -> Self {
        Self { tx, master, key }
    }

    /// Runs a statement; answers how many rows it touched, or whatever the database refuses.
    pub fn run<'s>(&'s mut self, sql: &'static str, values: &'s [Value<'s>]) -> Answer<'s, u64> {
        self.tx.run(sql, values)
    }

    /// Rows as the transaction sees them, or whatever the database refuses.
    pub fn rows<'s>(
        &'s mut self,
        sql: &'static str,
        values: &'s [Value<'s>],
    ) -> Answer<'s, Vec<Row>> {
        self.tx.rows(sql, values)
    }

    /// The transaction itself, for what a projection does with and without a person's key.
    pub const fn tx(&mut self) -> &mut Tx {
        self.tx
    }

    /// Seals a text with the key of the person the events are about. `place` names the column and the row it is for: it cannot be read as if it stood anywhere else.
    /// The same text for the same place is sealed the same, so that a projection that is made again has the same bytes. [`Store::open_sealed`] opens it.
    ///
    /// # Errors
    /// The text is longer than the cipher takes.
    pub fn seal(&self, place: &str, text: &[u8]) -> Result<Vec<u8>, Error> {
        seal::seal_same(self.key, &about(place), text)
    }

    /// A number that stands for a text: always the same in this installation, another one in every other; nobody without the master key can tell the text or try guesses.
    #[must_use]
    pub fn keyed(&self, text: &str) -> i64 {
        Keyed::new(self.master).number(text)
    }

    /// As [`Self::keyed`], for many texts.
    #[must_use]
    pub fn keyed_all<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> Vec<i64> {
        let keyed = Keyed::new(self.master);
        texts.into_iter().map(|text| keyed.number(text)).collect()
    }

    /// The events that stand before this one in its stream, oldest first.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn earlier(&mut self, event: &StoredEvent) -> Result<Vec<StoredEvent>, Error> {
        read::earlier(self.tx, self.key, &event.stream, event.version).await
    }
}

/// What the seal of a text in a projection is bound to.
fn about(place: &str) -> Vec<u8> {
    format!("projection\n{place}").into_bytes()
}

/// BLAKE3 with a key of this installation: a message authentication code, cut to the 64 bits of a column.
pub(crate) struct Keyed(zeroize::Zeroizing<[u8; KEY]>);

impl Keyed {
    pub(crate) fn new(master: &MasterKey) -> Self {
        Self(master.derive(PURPOSE))
    }

    pub(crate) fn number(&self, text: &str) -> i64 {
        let code = blake3::keyed_hash(&self.0, text.as_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&code.as_bytes()[..8]);
        i64::from_le_bytes(first)
    }
}

/// Opens a text that [`Pen::seal`] sealed.
pub(crate) fn open(key: &PersonKey, place: &str, sealed: &[u8]) -> Result<Vec<u8>, Error> {
    seal::open(key, &about(place), sealed).ok_or_else(|| Error::Damaged {
        what: format!("what stands in {place}"),
    })
}

impl Store {
    /// Opens what a projection sealed with [`Pen::seal`] for the same place, when the event was about this person.
    ///
    /// # Errors
    /// [`Error::Erased`], [`Error::Damaged`], or the database failed.
    pub async fn open_sealed(
        &self,
        person: &str,
        place: &str,
        sealed: &[u8],
    ) -> Result<Vec<u8>, Error> {
        open(&self.key_of(person).await?, place, sealed)
    }
}
