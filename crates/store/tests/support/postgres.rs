//! One PostgreSQL cluster for the whole test program, a database of its own for each test.
//!
//! `COTREAT_TEST_POSTGRES=postgres://…` names a server to use instead; it must allow `CREATE DATABASE`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

static CLUSTER: OnceLock<Option<String>> = OnceLock::new();
static NEXT: AtomicU32 = AtomicU32::new(0);

/// The address of an empty database.
pub fn fresh_database() -> Option<String> {
    let server = CLUSTER.get_or_init(start).as_ref()?;
    let name = format!(
        "t{}_{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let made = Command::new("psql")
        .args(["--no-psqlrc", "--quiet", "--dbname", server, "--command"])
        .arg(format!("CREATE DATABASE {name}"))
        .stdin(Stdio::null())
        .status();
    assert!(
        made.is_ok_and(|status| status.success()),
        "the database {name} could not be made on {server}"
    );
    let (before, _) = server.rsplit_once('/').expect("an address with a database");
    Some(format!("{before}/{name}"))
}

fn start() -> Option<String> {
    if let Ok(given) = std::env::var("COTREAT_TEST_POSTGRES") {
        return Some(given);
    }
    let Some(programs) = programs() else {
        eprintln!(
            "left out: tests on PostgreSQL; install Debian's `postgresql`, or set COTREAT_TEST_POSTGRES"
        );
        return None;
    };
    let port = free_port();
    // The server outlives this program for a moment, so the folder is removed by the watcher that stops it.
    let folder = tempfile::tempdir().expect("a folder can be made").keep();
    let data = folder.join("data");
    open_to_all(&folder);
    let initdb = as_user(&programs.join("initdb"))
        .args([
            "--no-sync",
            "--auth=trust",
            "--username=cotreat",
            "--encoding=UTF8",
            "--locale=C",
        ])
        .arg("--pgdata")
        .arg(&data)
        .stdout(Stdio::null())
        .status();
    assert!(
        initdb.is_ok_and(|status| status.success()),
        "initdb failed in {}",
        folder.display()
    );
    let settings = format!(
        "-p {port} -k {} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=300",
        folder.display()
    );
    let started = as_user(&programs.join("pg_ctl"))
        .arg("--pgdata")
        .arg(&data)
        .arg("--log")
        .arg(folder.join("log"))
        .args(["--wait", "--options", &settings, "start"])
        .stdout(Stdio::null())
        .status();
    assert!(
        started.is_ok_and(|status| status.success()),
        "PostgreSQL did not start; see {}",
        folder.join("log").display()
    );
    watch(&programs, &data, &folder);
    Some(format!("postgres://cotreat@127.0.0.1:{port}/postgres"))
}

/// Stops the server when this program ends, however it ends.
fn watch(programs: &Path, data: &Path, folder: &Path) {
    let script = format!(
        "while kill -0 {} 2>/dev/null; do sleep 0.5; done; {} --pgdata {} --mode immediate stop >/dev/null 2>&1; rm -rf {}",
        std::process::id(),
        shown(as_user(&programs.join("pg_ctl"))),
        data.display(),
        folder.display()
    );
    // With --fork it goes its own way at once.
    let watching = Command::new("setsid")
        .args(["--fork", "sh", "-c", &script])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(
        watching.is_ok_and(|status| status.success()),
        "a shell can be started"
    );
}

fn shown(command: Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The newest installed server.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<PathBuf> = versions
        .flatten()
        .map(|version| version.path().join("bin"))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    found.sort();
    found.pop()
}

/// PostgreSQL refuses to run as root.
fn as_user(program: &Path) -> Command {
    if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

fn is_root() -> bool {
    std::env::var("USER").is_ok_and(|user| user == "root")
        || std::fs::metadata("/proc/self")
            .is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0)
}

fn open_to_all(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o777))
        .expect("a folder of our own");
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a port is free")
        .port()
}
