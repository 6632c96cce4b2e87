//! What time it is. Everything else is handed the time, so that tests decide it.

use std::sync::Mutex;
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// The system's clock, except that it never runs backwards.
///
/// When somebody puts the system's clock back, time goes on at its own pace from where it was: sessions still end, links still expire, and no
/// event is dated before the one it follows. It joins the system's clock again as soon as that is ahead.
pub struct Steady {
    system: Box<dyn Fn() -> Timestamp + Send + Sync>,
    known: Mutex<Known>,
}

/// A moment, and when the machine's own counter stood where it was read.
struct Known {
    wall: Timestamp,
    counter: Instant,
    /// It was said already that the system's clock is behind.
    told: bool,
}

/// The system's clock may be behind by this much without anybody being told: it is set by the network now and then.
const UNREMARKABLE: SignedDuration = SignedDuration::from_secs(2);

impl std::fmt::Debug for Steady {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Steady").finish_non_exhaustive()
    }
}

impl Steady {
    /// Begins at the system's time, or at `not_before` where that is later: the last event on record.
    #[must_use]
    pub fn new(not_before: Option<Timestamp>) -> Self {
        Self::reading(Box::new(Timestamp::now), not_before)
    }

    /// The same over another clock; for tests of clocks that jump.
    #[must_use]
    pub fn reading(
        system: Box<dyn Fn() -> Timestamp + Send + Sync>,
        not_before: Option<Timestamp>,
    ) -> Self {
        let wall = not_before.map_or_else(&system, |least| system().max(least));
        Self {
            system,
            known: Mutex::new(Known {
                wall,
                counter: Instant::now(),
                told: false,
            }),
        }
    }
}

impl Clock for Steady {
    fn now(&self) -> Timestamp {
        let system = (self.system)();
        let counter = Instant::now();
        // A poisoned lock holds two numbers that are still right.
        let mut known = self
            .known
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let passed = SignedDuration::try_from(counter.duration_since(known.counter));
        let own = passed
            .ok()
            .and_then(|passed| known.wall.checked_add(passed).ok())
            .unwrap_or(known.wall);
        let behind = own.duration_since(system);
        if behind > UNREMARKABLE && !known.told {
            known.told = true;
            tracing::warn!(
                seconds = behind.as_secs(),
                "the system's clock is behind the last event; time goes on from there. Set the clock"
            );
        } else if behind <= SignedDuration::ZERO {
            known.told = false;
        }
        known.wall = own.max(system);
        known.counter = counter;
        known.wall
    }
}

/// A clock that stands where it is put; for tests.
#[derive(Debug)]
pub struct Fixed(Mutex<Timestamp>);

impl Fixed {
    /// Stands at a moment.
    #[must_use]
    pub const fn at(now: Timestamp) -> Self {
        Self(Mutex::new(now))
    }

    /// Is put to another moment.
    pub fn set(&self, now: Timestamp) {
        *self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = now;
    }
}

impl Clock for Fixed {
    fn now(&self) -> Timestamp {
        *self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + second).expect("a moment")
    }

    fn jumping(not_before: Option<Timestamp>) -> (Arc<Fixed>, Steady) {
        let system = Arc::new(Fixed::at(second(0)));
        let reads = Arc::clone(&system);
        let steady = Steady::reading(Box::new(move || reads.now()), not_before);
        (system, steady)
    }

    #[test]
    fn a_clock_put_back_goes_on_from_where_it_was() {
        let (system, steady) = jumping(None);
        let before = steady.now();
        system.set(second(-86_400));
        let after = steady.now();
        assert!(after >= before);
        std::thread::sleep(std::time::Duration::from_millis(20));
        assert!(
            steady.now() > after,
            "it goes on at the machine's own pace, or no session would ever end"
        );
    }

    #[test]
    fn a_clock_put_forward_is_followed() {
        let (system, steady) = jumping(None);
        system.set(second(3_600));
        assert_eq!(steady.now(), second(3_600));
    }

    #[test]
    fn nothing_is_dated_before_the_last_event() {
        let (_, steady) = jumping(Some(second(500)));
        assert!(steady.now() >= second(500));
    }
}
