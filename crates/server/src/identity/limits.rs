//! How often one may try: counted in memory, by who and from where.
//!
//! A restart forgets these counts. What must not be forgotten (wrong passwords of an account, wrong dates of birth of a link, wrong codes) is counted in the store as well.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::Refused;

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// To sign in, as one user from one address: 5 in 15 minutes.
    SignIn,
    /// To sign in from one address, as whoever: 60 in 15 minutes, so that one password is not tried on everybody.
    SignInFrom,
    /// To show again who one is, in one session: 5 in 15 minutes.
    Prove,
    /// To open a link that does not exist, from one address: 20 in an hour. Links that exist are not counted: a waiting room shares one address.
    UnknownLink,
    /// To have a code sent for one link: 5 in an hour.
    Code,
    /// To have a new password, as one user: 3 in an hour.
    Forgot,
    /// To go on with the questions of a clinic's public page, from one address: 120 in 15 minutes, as a waiting room shares one.
    Ask,
    /// To leave something on a clinic's public page, from one address: 5 in an hour.
    Leave,
    /// To begin something that is remembered for whoever asks, from one address: 60 in 15 minutes.
    Begin,
}

impl Limit {
    const fn most(self) -> (usize, SignedDuration) {
        match self {
            Self::SignIn | Self::Prove => (5, SignedDuration::from_mins(15)),
            Self::Ask => (120, SignedDuration::from_mins(15)),
            Self::SignInFrom | Self::Begin => (60, SignedDuration::from_mins(15)),
            Self::UnknownLink => (20, SignedDuration::from_hours(1)),
            Self::Code | Self::Leave => (5, SignedDuration::from_hours(1)),
            Self::Forgot => (3, SignedDuration::from_hours(1)),
        }
    }
}

/// Who tries, or from where; kept as a hash.
#[derive(Clone, Copy, Debug)]
pub enum Who<'a> {
    /// An address on the network.
    From(IpAddr),
    /// Somebody or something by name.
    Name(&'a str),
    /// Both.
    Both(&'a str, IpAddr),
}

/// So many counts are kept at a time: some 10 MB at most.
const MOST_KEPT: usize = 50_000;

type Key = [u8; 16];

/// Counts of tries.
#[derive(Default)]
pub struct Limits {
    tries: Mutex<HashMap<Key, Tries>>,
}

impl std::fmt::Debug for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Limits(..)")
    }
}

struct Tries {
    limit: Limit,
    /// The oldest first; never more than the limit allows.
    at: Vec<Timestamp>,
}

impl Tries {
    /// Lets go of tries that do not count any more, and of those that a clock which was wrong dated into the future.
    fn refresh(&mut self, now: Timestamp) {
        let (_, within) = self.limit.most();
        self.at.retain(|at| now.duration_since(*at).abs() < within);
    }

    fn last(&self) -> Timestamp {
        self.at.last().copied().unwrap_or(Timestamp::MIN)
    }
}

impl Limits {
    /// Counts a try, if it may be made.
    ///
    /// # Errors
    /// [`Refused::Wait`]: it may not, and is not counted.
    pub fn take(&self, limit: Limit, who: Who<'_>, now: Timestamp) -> Result<(), Refused> {
        let mut all = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let key = key(limit, who);
        if all.len() >= MOST_KEPT && !all.contains_key(&key) {
            make_room(&mut all, now);
        }
        let tries = all.entry(key).or_insert(Tries {
            limit,
            at: Vec::new(),
        });
        tries.refresh(now);
        let (most, within) = limit.most();
        match tries.at.first() {
            Some(first) if tries.at.len() >= most => Err(Refused::Wait {
                until: first.checked_add(within).unwrap_or(Timestamp::MAX),
            }),
            _ => {
                tries.at.push(now);
                Ok(())
            }
        }
    }

    /// Whether a try may be made; it is not counted.
    ///
    /// # Errors
    /// [`Refused::Wait`]: it may not.
    pub fn check(&self, limit: Limit, who: Who<'_>, now: Timestamp) -> Result<(), Refused> {
        let mut all = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(tries) = all.get_mut(&key(limit, who)) else {
            return Ok(());
        };
        tries.refresh(now);
        let (most, within) = limit.most();
        match tries.at.first() {
            Some(first) if tries.at.len() >= most => Err(Refused::Wait {
                until: first.checked_add(within).unwrap_or(Timestamp::MAX),
            }),
            _ => Ok(()),
        }
    }

    /// Forgets the tries of somebody who turned out to be who they said.
    pub fn forgive(&self, limit: Limit, who: Who<'_>) {
        let mut all = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(&key(limit, who));
    }

    /// Takes back the last try: it went well.
    pub fn give_back(&self, limit: Limit, who: Who<'_>) {
        let mut all = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tries) = all.get_mut(&key(limit, who)) {
            tries.at.pop();
        }
    }

    /// How many counts are kept.
    #[must_use]
    pub fn kept(&self) -> usize {
        let all = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        all.len()
    }
}

/// Lets go of counts that do not count any more; where that is not enough, of the quarter that was tried longest ago.
fn make_room(all: &mut HashMap<Key, Tries>, now: Timestamp) {
    all.retain(|_, tries| {
        tries.refresh(now);
        !tries.at.is_empty()
    });
    if all.len() < MOST_KEPT {
        return;
    }
    let mut last: Vec<Timestamp> = all.values().map(Tries::last).collect();
    let (_, until, _) = last.select_nth_unstable(MOST_KEPT / 4);
    let until = *until;
    let mut spare = MOST_KEPT / 4;
    all.retain(|_, tries| {
        let goes = spare > 0 && tries.last() <= until;
        spare -= usize::from(goes);
        !goes
    });
}

fn key(limit: Limit, who: Who<'_>) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&[limit as u8]);
    let (name, from) = match who {
        Who::From(from) => (None, Some(from)),
        Who::Name(name) => (Some(name), None),
        Who::Both(name, from) => (Some(name), Some(from)),
    };
    match from.map(network) {
        None => hasher.update(&[0]),
        Some(IpAddr::V4(four)) => hasher.update(&[4]).update(&four.octets()),
        Some(IpAddr::V6(six)) => hasher.update(&[6]).update(&six.octets()),
    };
    if let Some(name) = name {
        hasher.update(name.trim().to_lowercase().as_bytes());
    }
    let mut key = [0; 16];
    hasher.finalize_xof().fill(&mut key);
    key
}

/// What counts as one address: whoever has one of IPv6 has the 2⁶⁴ beside it too.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(four) => IpAddr::V4(four),
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}
