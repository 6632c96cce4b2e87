//! What the tests need from Debian's packages: installed when root, named otherwise.

use std::path::Path;
use std::process::{Command, Stdio};

/// Package, and what tells whether it is there.
struct Package(&'static str, fn() -> bool);

const NEEDED: [Package; 5] = [
    Package("postgresql", has_postgres),
    // For the drill in which the clock jumps.
    Package("faketime", has_faketime),
    // For the browser tests.
    Package("chromium", || Path::new("/usr/bin/chromium").exists()),
    Package("nodejs", || has("node")),
    Package("npm", || has("npm")),
];

/// Installs what is missing, where that is possible.
pub fn provide() {
    let missing: Vec<&str> = NEEDED
        .iter()
        .filter(|Package(_, is_there)| !is_there())
        .map(|Package(name, _)| *name)
        .collect();
    if missing.is_empty() {
        return;
    }
    println!("== packages: {}", missing.join(", "));
    if !is_root() || !Path::new("/usr/bin/apt-get").exists() {
        println!("missing: apt-get install {}", missing.join(" "));
        return;
    }
    // Without fresh lists Debian's packages may not be found at all.
    for arguments in [
        &["update", "--quiet"][..],
        &["install", "--yes", "--quiet", "--no-install-recommends"],
    ] {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        if arguments[0] == "install" {
            apt.args(&missing);
        }
        let done = apt.stdin(Stdio::null()).stdout(Stdio::null()).status();
        if !done.is_ok_and(|status| status.success()) {
            println!("apt-get {} failed", arguments[0]);
        }
    }
}

/// Whether the tests on PostgreSQL would be left out.
pub fn postgres_is_missing() -> bool {
    !has_postgres()
}

fn has(program: &str) -> bool {
    let found = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    found.is_ok_and(|status| status.success())
}

fn has_faketime() -> bool {
    let Ok(folders) = std::fs::read_dir("/usr/lib") else {
        return false;
    };
    folders
        .flatten()
        .any(|folder| folder.path().join("faketime/libfaketimeMT.so.1").exists())
}

fn has_postgres() -> bool {
    if std::env::var_os("COTREAT_TEST_POSTGRES").is_some() {
        return true;
    }
    let Ok(versions) = std::fs::read_dir("/usr/lib/postgresql") else {
        return false;
    };
    versions
        .flatten()
        .any(|version| version.path().join("bin/initdb").exists())
}

fn is_root() -> bool {
    #[cfg(unix)]
    {
        std::fs::metadata("/proc/self")
            .is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0)
    }
    #[cfg(not(unix))]
    {
        false
    }
}
