//! From nothing to a served record and back: `init`, `accept`, `serve`, `doctor`, `backup`, `restore`, `audit`, `rebuild`.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::support::{cotreat, says};

/// A fresh installation in a folder of its own: its flags, and the link for the first user.
fn installed(folder: &Path) -> ([String; 4], String) {
    let path = |name: &str| folder.join(name).display().to_string();
    let flags = [
        "--database".to_owned(),
        path("cotreat.db"),
        "--key-file".to_owned(),
        path("cotreat.key"),
    ];
    let mut words = vec![
        "init",
        "--organisation",
        "North Practice",
        "--name",
        "Olga Owner",
        "--email",
        "olga@north.example.org",
        "--profession",
        "physiotherapist",
    ];
    words.extend(flags.iter().map(String::as_str));
    let said = cotreat(&words).ends(0);
    (flags, said)
}

/// A command on an installation.
fn on<'a>(words: &[&'a str], flags: &'a [String]) -> Vec<&'a str> {
    let flags = flags.iter().map(String::as_str);
    words.iter().copied().chain(flags).collect()
}

/// A server that ends with the test.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn served(flags: &[String]) -> (Served, String) {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = free.local_addr().expect("an address").to_string();
    drop(free);
    let child = Command::new(env!("CARGO_BIN_EXE_cotreat"))
        .arg("serve")
        .args(flags)
        .env("COTREAT_LISTEN", &address)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program was built for this test");
    let child = Served(child);
    for _ in 0..400 {
        if TcpStream::connect(&address).is_ok() {
            return (child, address);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("nothing listens on {address}");
}

/// What the server answers.
fn get(address: &str, place: &str) -> String {
    let mut connection = TcpStream::connect(address).expect("it listens");
    let request = format!("GET {place} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    connection.read_to_string(&mut answer).expect("an answer");
    answer
}

#[test]
fn nothing_is_served_before_somebody_accepted_the_knowledge() {
    let folder = tempfile::tempdir().expect("a folder");
    let (flags, _) = installed(folder.path());
    let refused = cotreat(&on(&["serve"], &flags));
    assert_eq!(refused.code, 2, "{}", refused.err);
    says(
        &refused.err,
        &["no clinical safety officer", "cotreat accept"],
    );
}

#[test]
fn an_installation_from_its_beginning_to_a_restored_backup() {
    let folder = tempfile::tempdir().expect("a folder");
    let (flags, said) = installed(folder.path());
    says(&said, &["/set-up/", "copy it to a safe place"]);
    let accept = [
        "accept",
        "--officer",
        "Ada Example",
        "--standing",
        "physiotherapist, no. 7",
    ];
    cotreat(&on(&accept, &flags)).ends(0);
    {
        let (_server, address) = served(&flags);
        says(&get(&address, "/health/live"), &["200 OK", "alive"]);
        says(&get(&address, "/health/ready"), &["200 OK", "ready"]);
        says(
            &get(&address, "/sign-in"),
            &["200 OK", "Sign in", "content-security-policy"],
        );
        says(
            &get(&address, "/metrics"),
            &["cotreat_requests_total", "/health/live"],
        );
        // A second one on the same database is refused in words.
        let second = cotreat(&on(&["serve"], &flags));
        assert_eq!(second.code, 2, "{}", second.err);
        says(&second.err, &["another process"]);
    }
    let verified = cotreat(&on(&["audit", "verify"], &flags));
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
    let rebuilt = cotreat(&on(&["rebuild"], &flags));
    assert_eq!(rebuilt.code, 0, "{}{}", rebuilt.out, rebuilt.err);
    let examined = cotreat(&on(&["doctor"], &flags));
    says(&examined.out, &["ok", "key"]);
}

#[test]
fn what_is_wrong_is_said_with_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let (flags, _) = installed(folder.path());
    let key = folder.path().join("cotreat.key");
    std::fs::write(&key, "0".repeat(64)).expect("written");
    let wrong_key = cotreat(&on(&["serve"], &flags));
    assert_eq!(wrong_key.code, 2);
    says(&wrong_key.err, &["key does not fit"]);
    std::fs::remove_file(&key).expect("removed");
    let no_key = cotreat(&on(&["serve"], &flags));
    assert_eq!(no_key.code, 2);
    says(&no_key.err, &["cotreat.key"]);
    let database = folder.path().join("other.db").display().to_string();
    std::fs::write(
        &database,
        "this is no database, and much longer than a header needs to be; ".repeat(20),
    )
    .expect("written");
    let garbage = cotreat(&[
        "serve",
        "--database",
        &database,
        "--key-file",
        "nowhere.key",
    ]);
    assert_eq!(garbage.code, 2);
    says(&garbage.err, &["nowhere.key"]);
}
