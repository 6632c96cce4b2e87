//! Forms are taken from our own pages only.

use cotreat_server::identity::csrf::from_our_pages;

use crate::support::{House, ORIGIN, minute};

#[test]
fn where_a_request_comes_from() {
    let evil = "https://evil.example";
    let cases = [
        ("GET", None, None, true),
        ("HEAD", Some(evil), Some("cross-site"), true),
        ("POST", Some(ORIGIN), Some("same-origin"), true),
        // `Referrer-Policy: no-referrer` makes browsers say so.
        ("POST", Some("null"), Some("same-origin"), true),
        ("POST", None, Some("same-origin"), true),
        ("POST", Some(ORIGIN), None, true),
        ("POST", Some("HTTPS://cotreat.example.ORG"), None, true),
        ("POST", Some(evil), Some("same-origin"), false),
        ("POST", Some(ORIGIN), Some("same-site"), false),
        ("POST", Some(ORIGIN), Some("cross-site"), false),
        ("POST", Some(ORIGIN), Some("none"), false),
        ("POST", Some(ORIGIN), Some(""), false),
        ("POST", Some("null"), None, false),
        ("POST", None, None, false),
        (
            "POST",
            Some("https://cotreat.example.org.evil.example"),
            None,
            false,
        ),
        (
            "POST",
            Some("https://cotreat.example.org:8443"),
            None,
            false,
        ),
        ("POST", Some("http://cotreat.example.org"), None, false),
        ("PUT", None, None, false),
        ("DELETE", Some(evil), None, false),
        ("PATCH", Some(evil), Some("cross-site"), false),
        ("TRACE", None, None, false),
        ("get", None, None, false),
    ];
    for (method, origin, site, may) in cases {
        assert_eq!(
            from_our_pages(method, origin, site, ORIGIN),
            may,
            "{method} {origin:?} {site:?}"
        );
    }
    assert!(from_our_pages(
        "POST",
        Some(ORIGIN),
        None,
        &format!("{ORIGIN}/")
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_fits_its_session_and_never_looks_the_same() {
    let house = House::new().await;
    house.ada().await;
    let mut forms = Vec::new();
    for _ in 0..2 {
        let entered = house
            .sign_in(crate::support::GOOD, minute(0))
            .await
            .unwrap();
        forms.push(house.here(&entered.token, minute(0)).await.forms);
    }
    let tokens: Vec<String> = (0..50).map(|_| forms[0].token().unwrap()).collect();
    for (at, token) in tokens.iter().enumerate() {
        assert!(forms[0].fits(token));
        assert!(!forms[1].fits(token), "another session's");
        assert!(!tokens[..at].contains(token));
        // No piece of 8 characters stays where it was, or a compressed page would show it.
        let same = |other: &String| {
            (0..token.len() - 8).any(|from| token[from..from + 8] == other[from..from + 8])
        };
        assert!(!tokens[..at].iter().any(same));
    }
    for wrong in [
        "",
        "x",
        &tokens[0][1..],
        &"A".repeat(86),
        &format!("{}A", tokens[0]),
    ] {
        assert!(!forms[0].fits(wrong), "{wrong}");
    }
    let mut changed = tokens[0].clone().into_bytes();
    changed[80] = if changed[80] == b'A' { b'B' } else { b'A' };
    assert!(!forms[0].fits(std::str::from_utf8(&changed).unwrap()));
}
