//! Passwords that everybody knows.

use std::io::Write as _;

use cotreat_server::identity::Refused;
use cotreat_server::identity::breached::Breached;
use cotreat_server::identity::password::Unfit;
use sha1::{Digest as _, Sha1};

fn hash(password: &str) -> String {
    data_encoding::HEXUPPER.encode(&Sha1::digest(password.as_bytes()))
}

fn list(lines: &[String], end: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    for line in lines {
        write!(file, "{line}{end}").unwrap();
    }
    file.flush().unwrap();
    file
}

fn refused(list: &Breached, password: &str) -> Option<Unfit> {
    match list.look(password, &["Ada Lindgren"]) {
        Ok(()) => None,
        Err(Refused::Password(unfit)) => Some(unfit),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn what_is_tried_first_is_refused_without_a_list() {
    let bundled = Breached::open(None).unwrap();
    for known in [
        "1q2w3e4r5t6y",
        "123456789012",
        "password1234",
        "Password1234",
        "passwordpassword",
        "qwertyuiop123",
        "iloveyou1234",
        "drowssapdrowssap",
        "asdfghjklasdfghjkl",
        "manchesterunited",
        "AdaLindgren2026",
    ] {
        assert_eq!(refused(&bundled, known), Some(Unfit::Common), "{known}");
    }
    for good in [
        "four quiet herons wade upstream",
        "kettle-orbit-sparrow-linen",
        "x7#Qm2!vRp9zLt4w",
    ] {
        assert_eq!(refused(&bundled, good), None, "{good}");
    }
}

#[test]
fn every_line_of_a_list_is_found_and_nothing_else() {
    // Lines of different lengths, both ends of line, few and many.
    for (count, end) in [
        (1, "\n"),
        (2, "\r\n"),
        (3, "\n"),
        (257, "\r\n"),
        (1000, "\n"),
    ] {
        let mut lines: Vec<(String, String)> = (0..count)
            .map(|number| {
                let password = format!("mauve giraffe {number} lantern");
                let seen = 10_u64.pow(u32::try_from(number % 9).unwrap());
                (format!("{}:{seen}", hash(&password)), password)
            })
            .collect();
        lines.sort();
        let text: Vec<String> = lines.iter().map(|(line, _)| line.clone()).collect();
        let file = list(&text, end);
        let breached = Breached::open(Some(file.path())).unwrap();
        for (_, password) in &lines {
            assert_eq!(
                refused(&breached, password),
                Some(Unfit::Breached),
                "{password} of {count}"
            );
        }
        for number in 0..200 {
            let password = format!("ochre walrus {number} gondola");
            assert_eq!(refused(&breached, &password), None, "{password} of {count}");
        }
    }
}

#[test]
fn a_list_without_a_last_end_of_line_or_in_small_letters_is_read() {
    let mut lines = [
        hash("mauve giraffe lantern").to_lowercase(),
        hash("ochre walrus gondola").to_lowercase(),
    ];
    lines.sort();
    let file = list(&[lines.join("\n")], "");
    let breached = Breached::open(Some(file.path())).unwrap();
    for password in ["mauve giraffe lantern", "ochre walrus gondola"] {
        assert_eq!(
            refused(&breached, password),
            Some(Unfit::Breached),
            "{password}"
        );
    }
}

#[test]
fn a_list_that_cannot_be_searched_is_refused_when_it_is_named() {
    let cases = [
        (vec![], "it is empty"),
        (vec!["hello".to_owned()], "does not begin with a SHA-1 hash"),
        (
            vec![format!("{:F<40}:1", ""), format!("{:0<40}:1", "")],
            "not in order of hash",
        ),
        (
            vec![hash("x").replace('A', "G")[..39].to_owned()],
            "does not begin with a SHA-1 hash",
        ),
    ];
    for (lines, why) in cases {
        let file = list(&lines, "\n");
        let said = Breached::open(Some(file.path())).unwrap_err().to_string();
        assert!(said.contains(why) && said.contains("HASH:COUNT"), "{said}");
    }
    let gone = std::path::Path::new("not/there.txt");
    assert!(
        Breached::open(Some(gone))
            .unwrap_err()
            .to_string()
            .contains("not/there.txt")
    );
}

#[test]
fn a_list_that_goes_away_lets_nothing_through() {
    let file = list(&[format!("{}:1", hash("mauve giraffe lantern"))], "\n");
    let breached = Breached::open(Some(file.path())).unwrap();
    file.close().unwrap();
    let refused = breached.look("ochre walrus gondola", &[]).unwrap_err();
    assert!(matches!(refused, Refused::Settings { .. }) && refused.is_fault());
    assert!(!refused.to_string().contains("walrus"));
}
