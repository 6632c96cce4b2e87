//! The directory: whom a patient can be sent to.

use std::collections::BTreeSet;

use cotreat_people::event::Qualification;

use super::staff;
use crate::clinic;
use crate::database::Value;
use crate::error::Error;
use crate::pen::Keyed;
use crate::store::Store;

/// What somebody who is looked for offers; what is not given does not matter.
#[derive(Clone, Copy, Debug, Default)]
pub struct Offers<'a> {
    /// Id of the profession.
    pub profession: Option<&'a str>,
    /// Id of a technique.
    pub technique: Option<&'a str>,
    /// A language, as a BCP 47 tag: `en` finds `en-GB` too.
    pub language: Option<&'a str>,
    /// Id of the organisation in which they treat.
    pub organisation: Option<&'a str>,
    /// A place where they see patients, or a word of it.
    pub area: Option<&'a str>,
    /// They do not say that they have no room for new patients.
    pub has_room: bool,
}

/// Somebody a patient can be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryEntry {
    /// Id of the user.
    pub user: String,
    /// Their name.
    pub name: String,
    /// Their profession, and what belongs to it.
    pub qualification: Qualification,
    /// The organisations in which they treat.
    pub organisations: BTreeSet<String>,
}

const FIND: &str = "SELECT s.user_id, k.sealed, s.account, s.disabled, m.organisation, m.role \
     FROM practitioner p JOIN staff s ON s.user_id = p.user_id JOIN person_key k ON k.person = 'user/' || s.user_id \
     JOIN member m ON m.user_id = p.user_id \
     WHERE s.disabled = 0 AND m.role = 'clinician' AND ($1 = '' OR p.profession = $1) \
     AND ($2 = '' OR EXISTS (SELECT 1 FROM practitioner_technique t WHERE t.technique = $2 AND t.user_id = p.user_id)) \
     AND ($3 = '' OR EXISTS (SELECT 1 FROM practitioner_language l WHERE l.language = $3 AND l.user_id = p.user_id)) \
     AND ($4 = '' OR EXISTS (SELECT 1 FROM member a WHERE a.user_id = p.user_id AND a.organisation = $4 AND a.role = 'clinician')) \
     AND ($5 = 0 OR EXISTS (SELECT 1 FROM practitioner_area a WHERE a.area = $6 AND a.user_id = p.user_id)) \
     AND ($7 = 0 OR p.new_patients IS NULL OR p.new_patients <> 'no') \
     ORDER BY s.user_id";

impl Store {
    /// Everybody who treats and offers all that is wanted, by name. Whoever is no clinician anywhere, or may not sign in, is not among them.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn directory(&self, offers: Offers<'_>) -> Result<Vec<DirectoryEntry>, Error> {
        let language = offers.language.map(str::to_lowercase);
        let area = offers
            .area
            .map(|typed| Keyed::new(&self.key).number(&clinic::staff::area(typed)));
        let values = [
            Value::Text(offers.profession.unwrap_or_default()),
            Value::Text(offers.technique.unwrap_or_default()),
            Value::Text(language.as_deref().unwrap_or_default()),
            Value::Text(offers.organisation.unwrap_or_default()),
            Value::Number(i64::from(area.is_some())),
            Value::Number(area.unwrap_or_default()),
            Value::Number(i64::from(offers.has_room)),
        ];
        let rows = self.ask(FIND, &values).await?;
        let found = staff::folded(self, &rows)?.into_iter();
        let mut entries: Vec<DirectoryEntry> = found
            .filter_map(|one| {
                Some(DirectoryEntry {
                    user: one.user,
                    name: one.account.name,
                    qualification: one.account.qualification?,
                    organisations: one.roles.into_iter().map(|(at, _)| at).collect(),
                })
            })
            .collect();
        entries.sort_by(|a, b| (&a.name, &a.user).cmp(&(&b.name, &b.user)));
        Ok(entries)
    }
}
