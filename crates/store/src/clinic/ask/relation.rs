//! Who stands in which relation to a patient: everything a decision about access needs to know of the patient.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::database::{Row, Value};
use crate::error::Error;
use crate::people::instant;
use crate::store::Store;

/// Who stands in which relation to a patient, through any of their files. The row filter asks the same of the same tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relation {
    /// Id of the file that is kept.
    pub patient: String,
    /// Every file that is theirs, the one that is kept included.
    pub files: BTreeSet<String>,
    /// Organisations that see them.
    pub organisations: BTreeSet<String>,
    /// Of these, the ones that share with all their clinicians.
    pub whole_clinic: BTreeSet<String>,
    /// Users in the care team of an open episode.
    pub team: BTreeSet<String>,
    /// Users who broke the glass, as long as it holds.
    pub glass: BTreeSet<String>,
    /// Referrals that are sent and unanswered, by episode and id, and to whom.
    pub referrals: BTreeMap<(String, String), SentTo>,
}

/// To whom a referral was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SentTo {
    /// One user.
    User(String),
    /// Anybody in an organisation.
    Organisation(String),
}

/// `$1` is any file of the patient, `$2` the instant.
const RELATION: &str = "WITH file AS (SELECT f.patient, f.kept FROM patient n JOIN patient f ON f.kept = n.kept WHERE n.patient = $1) \
     SELECT 'patient', file.kept, '', '' FROM file \
     UNION SELECT 'file', file.patient, '', '' FROM file \
     UNION SELECT 'organisation', s.organisation, '', '' FROM file JOIN patient_organisation s ON s.patient = file.patient \
     UNION SELECT 'whole_clinic', s.organisation, '', '' FROM file JOIN patient_organisation s ON s.patient = file.patient \
           JOIN organisation o ON o.organisation = s.organisation WHERE o.sharing = 'whole_clinic' \
     UNION SELECT 'team', t.practitioner, '', '' FROM file JOIN team t ON t.patient = file.patient JOIN episode e ON e.episode = t.episode \
           WHERE t.ended IS NULL AND e.closed_on IS NULL \
     UNION SELECT 'glass', g.user_id, '', '' FROM file JOIN glass g ON g.patient = file.patient WHERE g.holds_until > $2 \
     UNION SELECT 'user', r.to_practitioner, r.episode, r.referral FROM file JOIN referral r ON r.patient = file.patient \
           WHERE r.state = 'sent' AND r.to_practitioner IS NOT NULL \
     UNION SELECT 'anybody', r.to_organisation, r.episode, r.referral FROM file JOIN referral r ON r.patient = file.patient \
           WHERE r.state = 'sent' AND r.to_practitioner IS NULL AND r.to_organisation IS NOT NULL";

impl Store {
    /// Who stands in which relation to a patient at an instant, by any file of theirs; `None`: there is no such patient. Not filtered: it is what access is decided by.
    ///
    /// # Errors
    /// The database failed.
    pub async fn relation(&self, patient: &str, now: Timestamp) -> Result<Option<Relation>, Error> {
        let now = instant(now);
        let values = [Value::Text(patient), Value::Text(&now)];
        let rows = self.ask(RELATION, &values).await?;
        let mut relation = Relation::default();
        for row in &rows {
            let who = row.text(1)?;
            match row.text(0)?.as_str() {
                "patient" => relation.patient = who,
                "user" => relation.sent(row, SentTo::User(who))?,
                "anybody" => relation.sent(row, SentTo::Organisation(who))?,
                what => _ = relation.among(what).insert(who),
            }
        }
        Ok((!rows.is_empty()).then_some(relation))
    }
}

impl Relation {
    fn sent(&mut self, row: &Row, to: SentTo) -> Result<(), Error> {
        self.referrals.insert((row.text(2)?, row.text(3)?), to);
        Ok(())
    }

    fn among(&mut self, what: &str) -> &mut BTreeSet<String> {
        match what {
            "file" => &mut self.files,
            "organisation" => &mut self.organisations,
            "whole_clinic" => &mut self.whole_clinic,
            "team" => &mut self.team,
            _ => &mut self.glass,
        }
    }
}
