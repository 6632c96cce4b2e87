//! The row filter: which patients somebody sees, as a part of every statement about patients.
//!
//! One fixed text with positional parameters: `$1` to `$7` are the parts of a [`Sight`], empty where a part is not given, and `$8` is the instant of the question. Parameters of the question itself
//! begin with `$9`. A file that is read as another opens what is seen through it: whoever treats a patient whose file was merged sees the file that was kept.
//!
//! What is small for any one person (their own care teams, glasses and referrals) is worked out once for a statement, and asked of each row only as membership; what is large (all patients
//! of an organisation) is looked up row by row.

use cotreat_people::Sight;
use jiff::Timestamp;

use crate::database::Value;
use crate::people::instant;

/// `visible!("p.kept")`: whether the patient of this column, which must hold the id of the file that is kept, is seen.
macro_rules! visible {
    ($patient:literal) => {
        concat!(
            "(($1 <> '' AND ",
            $patient,
            " IN (SELECT seen.kept FROM team JOIN episode ON episode.episode = team.episode JOIN patient seen ON seen.patient = team.patient \
                  WHERE team.practitioner = $1 AND team.ended IS NULL AND episode.closed_on IS NULL)) \
             OR ($2 <> '' AND EXISTS (SELECT 1 FROM patient seen JOIN patient_organisation site ON site.patient = seen.patient \
                  JOIN organisation ON organisation.organisation = site.organisation \
                  WHERE seen.kept = ",
            $patient,
            " AND site.organisation = $2 AND organisation.sharing = 'whole_clinic')) \
             OR ($3 <> '' AND EXISTS (SELECT 1 FROM patient seen JOIN patient_organisation site ON site.patient = seen.patient \
                  WHERE seen.kept = ",
            $patient,
            " AND site.organisation = $3)) \
             OR ($4 <> '' AND ",
            $patient,
            " IN (SELECT seen.kept FROM glass JOIN patient seen ON seen.patient = glass.patient \
                  WHERE glass.user_id = $4 AND glass.holds_until > $8)) \
             OR ($5 <> '' AND ",
            $patient,
            " IN (SELECT seen.kept FROM referral JOIN patient seen ON seen.patient = referral.patient \
                  WHERE referral.to_practitioner = $5 AND referral.state = 'sent')) \
             OR ($6 <> '' AND ",
            $patient,
            " IN (SELECT seen.kept FROM referral JOIN patient seen ON seen.patient = referral.patient \
                  WHERE referral.to_organisation = $6 AND referral.to_practitioner IS NULL AND referral.state = 'sent')) \
             OR ($7 <> '' AND ",
            $patient,
            " IN (SELECT seen.kept FROM patient seen WHERE seen.patient = $7)))"
        )
    };
}
pub(super) use visible;

/// A sight and an instant, as a statement takes them.
pub(super) struct Eyes<'a> {
    sight: &'a Sight,
    now: String,
}

impl<'a> Eyes<'a> {
    pub(super) fn new(sight: &'a Sight, now: Timestamp) -> Self {
        Self {
            sight,
            now: instant(now),
        }
    }

    /// The parameters of a statement: those of the filter, then its own.
    pub(super) fn and<'v, 'o: 'v>(
        &'v self,
        own: impl IntoIterator<Item = Value<'o>>,
    ) -> Vec<Value<'v>> {
        let Sight {
            team_of,
            clinic,
            desk,
            glass_of,
            referred_to,
            referred_to_organisation,
            own: own_record,
        } = self.sight;
        let parts = [
            team_of,
            clinic,
            desk,
            glass_of,
            referred_to,
            referred_to_organisation,
            own_record,
        ];
        let parts = parts.map(|part| Value::Text(part.as_deref().unwrap_or_default()));
        let mut values = Vec::from(parts);
        values.push(Value::Text(&self.now));
        for value in own {
            values.push(value);
        }
        values
    }
}
