//! Forms come from our own pages; what comes otherwise is refused, and nothing in a request lengthens a session.

use cotreat_people::Role;
use cotreat_server::web::ROUTES;

use crate::support::browser::encoded;
use crate::support::{House, ORIGIN};

const FORM: &str = "application/x-www-form-urlencoded";

/// A path with something in each of its places.
fn filled(path: &str) -> String {
    let parts = path
        .split('/')
        .map(|part| if part.starts_with('{') { "x" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

both!(no_form_is_taken_from_elsewhere, |house: House| async move {
    let owner = house.somebody("olga", "north", Role::Owner).await;
    let browser = house.browser(&owner).await;
    for route in ROUTES.iter().filter(|route| route.method == "POST") {
        let place = filled(route.path);
        let elsewhere: [&[(&str, &str)]; 5] = [
            &[("content-type", FORM)],
            &[("content-type", FORM), ("origin", "https://evil.example")],
            &[
                ("content-type", FORM),
                ("origin", "https://clinic.example.org.evil.example"),
            ],
            &[
                ("content-type", FORM),
                ("sec-fetch-site", "cross-site"),
                ("origin", ORIGIN),
            ],
            &[("content-type", FORM), ("sec-fetch-site", "same-site")],
        ];
        for heads in elsewhere {
            let answer = browser
                .clone()
                .send("POST", &place, heads, String::new())
                .await;
            assert_eq!(answer.status, 403, "{route:?} {heads:?} {}", answer.text);
        }
    }
});

both!(
    no_form_of_a_session_is_taken_without_its_token,
    |house: House| async move {
        let owner = house.somebody("olga", "north", Role::Owner).await;
        let other = house.somebody("otto", "north", Role::Owner).await;
        let browser = house.browser(&owner).await;
        let foreign = house
            .browser(&other)
            .await
            .get("/account")
            .await
            .hidden("csrf");
        use cotreat_server::web::Access;
        for route in ROUTES.iter().filter(|route| {
            route.method == "POST" && matches!(route.access, Access::SignedIn | Access::Visitor)
        }) {
            for token in ["", "x", foreign.as_str()] {
                let answer = browser
                    .clone()
                    .post(&filled(route.path), &[("csrf", token)])
                    .await;
                assert_eq!(answer.status, 403, "{route:?} {token:?} {}", answer.text);
            }
        }
    }
);

both!(
    nothing_in_a_request_lengthens_a_session,
    |house: House| async move {
        let owner = house.somebody("olga", "north", Role::Owner).await;
        let mut browser = house.browser(&owner).await;
        assert_eq!(browser.get("/account").await.status, 200);
        house.later(16);
        // Locked: no parameter, header or polling opens it.
        for turn in 0..200 {
            let place = format!("/account?skip_timeout_reset=1&keep={turn}&session=1&poll=true");
            let answer = browser.get(&place).await;
            assert_eq!((answer.status, answer.place()), (303, "/unlock"));
        }
        let unlocked = browser
            .submit(
                "/unlock",
                "/unlock",
                &[("password", crate::support::people::PASSWORD)],
            )
            .await;
        assert_eq!(
            (unlocked.status, unlocked.place()),
            (303, "/"),
            "{}",
            unlocked.text
        );
        assert_eq!(browser.get("/account").await.status, 200);
        // Twelve hours after the beginning it ends, however busy it was.
        for _ in 0..72 {
            house.later(10);
            browser.get("/account").await;
        }
        let over = browser.get("/account").await;
        assert_eq!((over.status, over.place()), (303, "/sign-in"));
    }
);

both!(made_up_cookies_open_nothing, |house: House| async move {
    let mut browser = house.stranger();
    for turn in 0_u32..300 {
        let made_up = blake3::hash(&turn.to_le_bytes()).to_hex().to_string();
        browser
            .cookies
            .insert("__Host-cotreat".to_owned(), made_up[..43].to_owned());
        browser.cookies.insert(
            "__Host-cotreat-patient".to_owned(),
            made_up[..43].to_owned(),
        );
        assert_eq!(browser.get("/account").await.status, 303);
        assert_eq!(browser.get("/my-record").await.status, 401);
    }
});

both!(every_answer_carries_its_heads, |house: House| async move {
    let owner = house.somebody("olga", "north", Role::Owner).await;
    let mut browser = house.browser(&owner).await;
    for place in [
        "/",
        "/sign-in",
        "/account",
        "/patients",
        "/members",
        "/nowhere",
        "/health/live",
        "/patients/x",
    ] {
        let answer = browser.get(place).await;
        let head = |name: &str| {
            answer
                .headers
                .get(name)
                .map_or("", |value| value.to_str().unwrap())
                .to_owned()
        };
        let policy = head("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{place}: {policy}"
        );
        assert_eq!(head("x-content-type-options"), "nosniff", "{place}");
        assert_eq!(head("referrer-policy"), "no-referrer", "{place}");
        assert_eq!(head("cache-control"), "no-store", "{place}");
        assert!(
            head("strict-transport-security").contains("max-age=31536000"),
            "{place}"
        );
        // Nothing inline, nothing from elsewhere.
        assert!(
            !answer.text.contains("style=")
                && !answer.text.contains("onclick")
                && !answer.text.contains("http://"),
            "{place}"
        );
    }
    let style = browser.get("/").await.text;
    let (_, rest) = style.split_once("/assets/").expect("a style sheet");
    let asset = browser
        .get(&format!("/assets/{}", rest.split('"').next().unwrap()))
        .await;
    assert_eq!(asset.status, 200);
    assert!(
        asset.headers["cache-control"]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
});

both!(what_is_typed_stays_text, |house: House| async move {
    let physio = house.somebody("pia", "north", Role::Clinician).await;
    let mut browser = house.browser(&physio).await;
    for evil in [
        "<script>alert(1)</script>",
        "\" onfocus=alert(1) x=\"",
        "'; DROP TABLE patient; --",
        "=HYPERLINK(\"x\")",
        "{{7*7}} x",
        "&lt;b&gt;",
    ] {
        let answer = browser
            .submit(
                "/patients/new",
                "/patients",
                &[
                    ("given_name", evil),
                    ("family_name", evil),
                    ("born", "1980-05-01"),
                    ("somebody_else", "yes"),
                ],
            )
            .await;
        assert_eq!(answer.status, 201, "{evil}: {}", answer.text);
        let page = answer;
        let escaped = maud_escaped(evil);
        assert!(page.text.contains(&escaped), "{escaped} in {}", page.text);
        assert!(!page.text.contains("<script>alert"), "{}", page.text);
    }
    // Characters nobody sees are left out.
    let answer = browser
        .submit(
            "/patients/new",
            "/patients",
            &[
                ("given_name", "A\u{0}na"),
                ("family_name", "B"),
                ("born", "1980-05-01"),
            ],
        )
        .await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    assert!(answer.text.contains("Ana B"), "{}", answer.text);
});

fn maud_escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

both!(
    too_much_and_the_unreadable_are_refused,
    |house: House| async move {
        let physio = house.somebody("pia", "north", Role::Clinician).await;
        let mut browser = house.browser(&physio).await;
        let csrf = browser.get("/patients/new").await.hidden("csrf");
        let big = "x".repeat(3 << 20);
        let answer = browser
            .post("/patients", &[("csrf", &csrf), ("given_name", &big)])
            .await;
        assert_eq!(
            answer.status,
            413,
            "{}",
            &answer.text[..200.min(answer.text.len())]
        );
        let twice = browser
            .post(
                "/patients",
                &[
                    ("csrf", &csrf),
                    ("born", "1980-05-01"),
                    ("born", "1981-05-01"),
                ],
            )
            .await;
        assert_eq!(twice.status, 400, "{}", twice.text);
        let bad = browser
            .post(
                "/patients",
                &[
                    ("csrf", &csrf),
                    ("given_name", "A"),
                    ("family_name", "B"),
                    ("born", "1.5.80"),
                ],
            )
            .await;
        assert_eq!(bad.status, 422, "{}", bad.text);
        assert!(
            bad.text.contains("For example 27 3 1974"),
            "it says how to write it: {}",
            bad.text
        );
        let strange = browser.send("PUT", "/patients", &[], String::new()).await;
        assert_eq!(strange.status, 405);
        assert_eq!(encoded(&[("a b", "c&d")]), "a+b=c%26d");
    }
);

both!(
    what_was_typed_outlives_a_locked_session,
    |house: House| async move {
        let desk = house.somebody("dora", "north", Role::FrontDesk).await;
        let mut browser = house.browser(&desk).await;
        let csrf = browser.get("/patients/new").await.hidden("csrf");
        house.later(16);
        let typed = [
            ("csrf", csrf.as_str()),
            ("given_name", "Zoe"),
            ("family_name", "O'Hara <3"),
            ("born-day", "1"),
            ("born-month", "1"),
            ("born-year", "1990"),
        ];
        // A form with another token is nobody's, and is not kept.
        let foreign = browser
            .post("/patients", &[("csrf", "x"), ("given_name", "Eve")])
            .await;
        assert_eq!(foreign.status, 401, "{}", foreign.text);
        let kept = browser.post("/patients", &typed).await;
        assert_eq!(
            (kept.status, kept.place()),
            (303, "/unlock"),
            "{}",
            kept.text
        );
        let unlocked = browser
            .submit(
                "/unlock",
                "/unlock",
                &[("password", crate::support::people::PASSWORD)],
            )
            .await;
        assert_eq!(
            (unlocked.status, unlocked.place()),
            (303, "/unsent"),
            "{}",
            unlocked.text
        );
        let page = browser.get("/unsent").await;
        assert!(
            page.text.contains("Zoe") && page.text.contains("O'Hara &lt;3"),
            "{}",
            page.text
        );
        assert!(!page.text.contains("Eve"));
        let csrf = page.hidden("csrf");
        let again = [
            ("csrf", csrf.as_str()),
            ("unsent", "yes"),
            ("given_name", "Zoe"),
            ("family_name", "O'Hara <3"),
            ("born-day", "1"),
            ("born-month", "1"),
            ("born-year", "1990"),
        ];
        let sent = browser.post("/patients", &again).await;
        assert_eq!(sent.status, 201, "{}", sent.text);
        assert!(
            browser
                .get("/unsent")
                .await
                .text
                .contains("Nothing waits to be sent")
        );
        // Passwords are not kept, and what is not wanted is thrown away.
        let csrf = browser.get("/account").await.hidden("csrf");
        house.later(16);
        let secret = [
            ("csrf", csrf.as_str()),
            ("password", "violet harbour"),
            ("other", "kept"),
        ];
        browser.post("/account/password", &secret).await;
        browser
            .submit(
                "/unlock",
                "/unlock",
                &[("password", crate::support::people::PASSWORD)],
            )
            .await;
        let page = browser.get("/unsent").await;
        assert!(
            page.text.contains("kept") && !page.text.contains("violet"),
            "{}",
            page.text
        );
        let thrown = browser.submit("/unsent", "/unsent", &[]).await;
        assert_eq!(thrown.place(), "/");
        assert!(
            browser
                .get("/unsent")
                .await
                .text
                .contains("Nothing waits to be sent")
        );
    }
);
