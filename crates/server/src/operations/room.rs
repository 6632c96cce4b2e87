//! How much room a disk has.

use std::path::Path;

/// Below this much a server does not take anything in any more, in bytes: room to write that it is full, and to tidy up.
pub const LEAST: u64 = 64 << 20;

/// Bytes that are free for this user where a path lies; `None`: it cannot be told.
#[must_use]
#[cfg(unix)]
pub fn free(path: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(path).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

/// Bytes that are free for this user where a path lies; `None`: it cannot be told.
#[must_use]
#[cfg(not(unix))]
pub const fn free(_: &Path) -> Option<u64> {
    None
}

/// A size for people.
#[must_use]
pub fn words(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB")];
    for (unit, word) in UNITS {
        if bytes >= unit {
            let tenths = bytes / (unit / 10).max(1);
            return format!("{}.{} {word}", tenths / 10, tenths % 10);
        }
    }
    format!("{bytes} bytes")
}
