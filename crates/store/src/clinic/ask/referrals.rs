//! Referrals in and out.

use cotreat_care::record::State;
use cotreat_people::{Identity, Sight};
use jiff::Timestamp;
use jiff::civil::Date;

use super::row;
use super::visible::{Eyes, visible};
use crate::clinic::{episodes, patients};
use crate::database::{Row, Value};
use crate::error::Error;
use crate::store::Store;

/// Which referrals are asked for.
#[derive(Clone, Copy, Debug)]
pub struct ReferralsWanted<'a> {
    /// In which direction.
    pub way: Way,
    /// From or to this practitioner.
    pub practitioner: Option<&'a str>,
    /// From or to this organisation: of what comes in, what is for anybody there.
    pub organisation: Option<&'a str>,
    /// Those too that are over: completed, declined, called off.
    pub over: bool,
}

/// In which direction a referral goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To them: sent to them, or taken by them.
    In,
    /// From them, drafts included.
    Out,
}

/// A referral in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferralListed {
    /// Id of the episode.
    pub episode: String,
    /// Id of the referral within it.
    pub referral: String,
    /// Id of the patient's file that is kept.
    pub patient: String,
    /// Who the patient is.
    pub identity: Identity,
    /// Where it stands.
    pub state: State,
    /// Since which day.
    pub since: Date,
    /// Id of the pathway.
    pub pathway: Option<String>,
    /// Id of whoever asks.
    pub from_practitioner: Option<String>,
    /// The organisation they act for.
    pub from_organisation: Option<String>,
    /// Id of the profession it goes to.
    pub to_profession: String,
    /// Id of the practitioner it goes to, where it is for one person.
    pub to_practitioner: Option<String>,
    /// Id of the organisation it goes to.
    pub to_organisation: Option<String>,
    /// Id of whoever took it.
    pub accepted_by: Option<String>,
    /// The day it was sent last.
    pub sent_on: Option<Date>,
    /// The day from which an answer and an appointment are waited for.
    pub counts_from: Option<Date>,
    /// The day of the appointment.
    pub appointment: Option<Date>,
}

macro_rules! referrals {
    ($which:literal) => {
        concat!(
            "SELECT r.episode, r.referral, p.patient, k.sealed, p.identity, r.state, r.since, r.pathway, r.from_practitioner, r.from_organisation, \
             r.to_profession, r.to_practitioner, r.to_organisation, r.accepted_by, r.sent_on, r.counts_from, r.appointment \
             FROM referral r JOIN patient f ON f.patient = r.patient JOIN patient p ON p.patient = f.kept JOIN person_key k ON k.person = p.patient \
             WHERE (",
            $which,
            ") AND ($11 = 1 OR r.state NOT IN ('completed', 'declined', 'cancelled')) AND ",
            visible!("p.patient"),
            " ORDER BY r.since DESC, r.episode, r.referral"
        )
    };
}
/// A draft is nobody's but its writer's.
const IN: &str = referrals!(
    "r.state <> 'draft' AND (($9 <> '' AND (r.to_practitioner = $9 OR r.accepted_by = $9)) \
     OR ($10 <> '' AND r.to_organisation = $10 AND r.to_practitioner IS NULL))"
);
const OUT: &str = referrals!(
    "($9 <> '' AND r.from_practitioner = $9) OR ($10 <> '' AND r.from_organisation = $10)"
);

impl Store {
    /// Referrals in or out, of one practitioner or one organisation; what moved last comes first.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn referrals(
        &self,
        sight: &Sight,
        now: Timestamp,
        wanted: ReferralsWanted<'_>,
    ) -> Result<Vec<ReferralListed>, Error> {
        let eyes = Eyes::new(sight, now);
        let values = eyes.and([
            Value::Text(wanted.practitioner.unwrap_or_default()),
            Value::Text(wanted.organisation.unwrap_or_default()),
            Value::Number(i64::from(wanted.over)),
        ]);
        let sql = match wanted.way {
            Way::In => IN,
            Way::Out => OUT,
        };
        let rows = self.ask(sql, &values).await?;
        rows.iter().map(|row| listed(self, row)).collect()
    }
}

fn listed(store: &Store, row: &Row) -> Result<ReferralListed, Error> {
    let patient = row.text(2)?;
    let key = row::key(store, row, 3, &patient)?;
    Ok(ReferralListed {
        episode: row.text(0)?,
        referral: row.text(1)?,
        identity: row::read(&key, row, 4, &patients::place(&patient))?,
        patient,
        state: row::one_of(row, 5, "the state of a referral", episodes::state)?,
        since: row::day(row, 6)?,
        pathway: row.maybe_text(7)?,
        from_practitioner: row.maybe_text(8)?,
        from_organisation: row.maybe_text(9)?,
        to_profession: row.text(10)?,
        to_practitioner: row.maybe_text(11)?,
        to_organisation: row.maybe_text(12)?,
        accepted_by: row.maybe_text(13)?,
        sent_on: row::maybe_day(row, 14)?,
        counts_from: row::maybe_day(row, 15)?,
        appointment: row::maybe_day(row, 16)?,
    })
}
