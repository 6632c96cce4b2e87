//! Time and memory, for benchmarks and for the synthetic population (`xtask`), which includes this file.

use std::fs;
use std::time::{Duration, Instant};

/// Adds up the time of one kind of work: that of the processor where the system tells (Linux), so that other programs on the machine do
/// not count; else that of the wall clock. For work of some milliseconds at a time, because the system counts coarsely.
#[derive(Debug, Default)]
pub struct Clock {
    /// The sum so far.
    pub spent: Duration,
}

impl Clock {
    /// Does the work and adds its time.
    pub fn time<T>(&mut self, run: impl FnOnce() -> T) -> T {
        let (start, wall) = (processor(), Instant::now());
        let value = run();
        self.spent += match (start, processor()) {
            (Some(start), Some(end)) => end.saturating_sub(start),
            _ => wall.elapsed(),
        };
        value
    }
}

/// How long this thread has run on a processor.
fn processor() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(
        text.split_whitespace().next()?.parse().ok()?,
    ))
}

/// The most memory this process ever held, in MB; `None` where the system does not tell.
pub fn peak_megabytes() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let kilobytes: f64 = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))?
        .split_whitespace()
        .nth(1)?
        .parse()
        .ok()?;
    Some(kilobytes / 1024.0)
}
