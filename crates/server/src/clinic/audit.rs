//! The audit: who did what, when, for whoever answers for the organisation or for the privacy of its patients.

use cotreat_access::{Action, Resource};
use cotreat_store::account::Refusal;
use cotreat_store::clinic::ask::{AuditWanted, Did, Sort};
use jiff::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Caller, Clinic, Refused};

/// So much is listed on one page.
pub const LISTED: u32 = 200;
/// The most days that are asked for at once.
const DAYS: i32 = 366;

/// What an audit asks for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
    /// Of this user only.
    pub user: Option<String>,
    /// About this patient only.
    pub patient: Option<String>,
    /// Of this sort only.
    pub sort: Sort,
    /// Refusals only.
    pub refusals: bool,
    /// Behind this position.
    pub behind: u64,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Audit {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// What was done, the last first.
    pub did: Vec<Did>,
    /// What was refused, the last first.
    pub refused: Vec<Refusal>,
    /// Where the next page begins.
    pub more: Option<u64>,
    /// Day and position of the newest signed checkpoint of the whole record.
    pub checkpoint: Option<(String, u64)>,
    /// Position of the last event.
    pub position: u64,
}

impl Clinic {
    /// Who did what in some days: the last seven where none are told.
    ///
    /// # Errors
    /// It is not for the caller, or the store failed.
    pub async fn audit(&self, caller: &Caller, asked: &Asked) -> Result<Audit, Refused> {
        let organisation = self.may_audit(caller).await?;
        let zone = self.settings_of(&caller.viewer).await?.time_zone;
        let zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
        let today = self.clock.now().to_zoned(zone.clone()).date();
        let to = asked.to.unwrap_or(today);
        let week_before = to.checked_sub(6.days()).unwrap_or(to);
        let earliest = to.checked_sub(DAYS.days()).unwrap_or(to);
        let from = asked.from.unwrap_or(week_before).clamp(earliest, to);
        let (begins, ends) = (
            begin(from, &zone),
            begin(to.tomorrow().unwrap_or(to), &zone),
        );
        let wanted = AuditWanted {
            organisation: &organisation,
            from: begins,
            before: ends,
            user: asked.user.as_deref(),
            patient: asked.patient.as_deref(),
            sort: asked.sort,
            behind: asked.behind,
            most: LISTED,
        };
        let (did, more) = if asked.refusals {
            (Vec::new(), None)
        } else {
            self.store.audit(wanted).await?
        };
        let told = asked.refusals || asked.sort == Sort::All && asked.behind == 0;
        let refused = if told {
            let (user, patient) = (wanted.user, wanted.patient);
            let between = (begins, ends);
            let found = self
                .store
                .refusals(&organisation, between, user, patient, LISTED);
            found.await?
        } else {
            Vec::new()
        };
        let checkpoint = self.store.checkpoints().await?.pop();
        Ok(Audit {
            from,
            to,
            did,
            refused,
            more,
            checkpoint: checkpoint.map(|one| (one.day, one.position)),
            position: self.store.position().await?,
        })
    }

    /// The organisation of the caller, if they may see its audit.
    async fn may_audit(&self, caller: &Caller) -> Result<String, Refused> {
        let found = self.organisation(caller).await?;
        let resource = Resource::Organisation {
            organisation: &found.organisation,
            privacy_officer: found.privacy_officer.as_deref(),
        };
        self.allow(&caller.viewer, Action::SeeAudit, &resource)?;
        Ok(found.organisation)
    }
}

/// The instant at which a day begins.
fn begin(day: Date, zone: &TimeZone) -> Timestamp {
    let midnight = day.to_zoned(zone.clone()).map(|at| at.timestamp());
    midnight.unwrap_or(Timestamp::UNIX_EPOCH)
}
