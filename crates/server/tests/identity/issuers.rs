//! Signing in through an issuer (OpenID Connect), against a small one on the loopback address.

use std::collections::HashMap;

use cotreat_people::event::UserEvent;
use cotreat_server::identity::issuer::{Answer, Leaving, Provider, return_path};
use cotreat_server::identity::{Entered, Identity, Refused, SessionState, Settings, Token};
use openidconnect::url::Url;
use serde_json::{Value, json};

use crate::support::issuer::{CLIENT, CLIENT_SECRET, Says, TestIssuer};
use crate::support::{ADA, HOME, House, ORIGIN, minute, secret};

fn provider(issuer: &TestIssuer) -> Provider {
    Provider {
        id: "clinic".to_owned(),
        name: "Clinic accounts".to_owned(),
        issuer: issuer.url.clone(),
        client_id: CLIENT.to_owned(),
        client_secret: Some(secret(CLIENT_SECRET)),
        hosts: Vec::new(),
        inside: true,
        asks_second_factor: false,
    }
}

async fn house_with(provider: Provider) -> House {
    let house = House::with(Settings {
        issuers: vec![provider],
        ..Settings::new(ORIGIN)
    })
    .await;
    house.add("u1", ADA).await;
    house
}

/// What stands in the address somebody is sent to.
fn asked(leaving: &Leaving) -> HashMap<String, String> {
    let url = Url::parse(&leaving.address).unwrap();
    url.query_pairs().into_owned().collect()
}

fn claims(nonce: &str, now: i64) -> Value {
    let now = minute(now).as_second();
    json!({
        "sub": "subject-1", "email": ADA, "email_verified": true,
        "nonce": nonce, "iat": now, "exp": now + 300,
    })
}

async fn leave(house: &House, now: i64) -> (Leaving, HashMap<String, String>) {
    let leaving = house
        .identity
        .leave_for_issuer("clinic", HOME, minute(now))
        .await
        .unwrap();
    let asked = asked(&leaving);
    (leaving, asked)
}

async fn back(house: &House, state: &str, browser: &Token, now: i64) -> Result<Entered, Refused> {
    let answer = Answer {
        provider: "clinic",
        state,
        code: "the-code",
        iss: None,
    };
    house
        .identity
        .return_from_issuer(answer, browser, HOME, minute(now))
        .await
}

/// Goes there and back, with whatever the issuer says.
async fn there_and_back(
    house: &House,
    issuer: &TestIssuer,
    says: Says,
    now: i64,
) -> Result<Entered, Refused> {
    issuer.says(says);
    let (leaving, asked) = leave(house, now).await;
    issuer.knows(claims(&asked["nonce"], now));
    let entered = back(house, &asked["state"], &leaving.browser, now).await;
    issuer.says(Says::default());
    entered
}

fn why(result: Result<Entered, Refused>) -> String {
    match result {
        Err(Refused::Issuer { why }) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_is_known_signs_in() {
    let issuer = TestIssuer::start();
    let house = house_with(provider(&issuer)).await;
    assert_eq!(
        house.identity.issuers().collect::<Vec<_>>(),
        [("clinic", "Clinic accounts")]
    );
    let (leaving, asked) = leave(&house, 0).await;
    assert!(
        leaving
            .address
            .starts_with(&format!("{}/authorize?", issuer.url))
    );
    assert_eq!(asked["response_type"], "code");
    assert_eq!(asked["client_id"], CLIENT);
    assert_eq!(
        asked["redirect_uri"],
        format!("{ORIGIN}{}", return_path("clinic"))
    );
    assert_eq!(asked["scope"], "openid email");
    assert_eq!(asked["code_challenge_method"], "S256");
    assert!(
        asked["state"].len() == 43
            && asked["nonce"].len() == 43
            && asked["code_challenge"].len() == 43
    );

    issuer.knows(claims(&asked["nonce"], 0));
    let entered = back(&house, &asked["state"], &leaving.browser, 1)
        .await
        .unwrap();
    assert_eq!(
        (entered.user.as_str(), entered.state),
        ("u1", SessionState::NeedsSecondFactor)
    );
    let token = issuer
        .asked()
        .into_iter()
        .find(|one| one.path == "/token")
        .unwrap();
    let sent: HashMap<String, String> = Url::parse(&format!("x:?{}", token.body))
        .unwrap()
        .query_pairs()
        .into_owned()
        .collect();
    assert_eq!(sent["code"], "the-code");
    assert_eq!(sent["grant_type"], "authorization_code");
    let verifier = sent["code_verifier"].as_bytes();
    let challenge =
        data_encoding::BASE64URL_NOPAD.encode(&<sha2::Sha256 as sha2::Digest>::digest(verifier));
    assert_eq!(
        challenge, asked["code_challenge"],
        "the proof fits what was asked (RFC 7636)"
    );
    let basic = token.authorization.unwrap();
    let basic = data_encoding::BASE64
        .decode(basic.trim_start_matches("Basic ").as_bytes())
        .unwrap();
    assert_eq!(
        String::from_utf8(basic).unwrap(),
        format!("{CLIENT}:the+client+secret")
    );
    assert_eq!(
        house.log("u1").await,
        ["issuer_bound oidc", "signed_in oidc"]
    );
    let again = back(&house, &asked["state"], &leaving.browser, 1).await;
    assert!(matches!(again, Err(Refused::Gone)), "a state is used once");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_as_it_should_be_is_refused() {
    let issuer = TestIssuer::start();
    let house = house_with(provider(&issuer)).await;
    let now = minute(0).as_second();
    let claim = |claims: Value| Says {
        claims,
        ..Says::default()
    };
    let cases = [
        ("another nonce", claim(json!({ "nonce": "x".repeat(43) }))),
        ("no nonce", claim(json!({ "nonce": null }))),
        ("for somebody else", claim(json!({ "aud": "another" }))),
        (
            "for somebody else too",
            claim(json!({ "aud": [CLIENT, "another"] })),
        ),
        ("for nobody", claim(json!({ "aud": [] }))),
        (
            "another issuer",
            claim(json!({ "iss": "https://evil.example" })),
        ),
        ("expired", claim(json!({ "exp": now - 1 }))),
        ("expires now", claim(json!({ "exp": now }))),
        (
            "issued long ago",
            claim(json!({ "iat": now - 601, "exp": now + 300 })),
        ),
        ("issued in the future", claim(json!({ "iat": now + 301 }))),
        (
            "an address that is not verified",
            claim(json!({ "email_verified": false })),
        ),
        (
            "an address of which nothing is said",
            claim(json!({ "email_verified": null })),
        ),
        ("no address", claim(json!({ "email": null }))),
        (
            "another access token",
            claim(json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" })),
        ),
        (
            "not signed",
            Says {
                unsigned: true,
                ..Says::default()
            },
        ),
        (
            "alg none",
            Says {
                head: json!({ "alg": "none" }),
                unsigned: true,
                ..Says::default()
            },
        ),
        (
            "a shared secret",
            Says {
                head: json!({ "alg": "HS256" }),
                ..Says::default()
            },
        ),
        (
            "another algorithm",
            Says {
                head: json!({ "alg": "RS256" }),
                ..Says::default()
            },
        ),
        (
            "a key it does not publish",
            Says {
                key: 2,
                ..Says::default()
            },
        ),
        (
            "another key under the same name",
            Says {
                key: 2,
                head: json!({ "kid": "key 1" }),
                ..Says::default()
            },
        ),
        (
            "critical extensions",
            Says {
                head: json!({ "crit": ["x"] }),
                ..Says::default()
            },
        ),
    ];
    for (what, says) in cases {
        let refused = there_and_back(&house, &issuer, says, 0).await;
        let said = refused.as_ref().map_err(ToString::to_string);
        assert!(
            matches!(refused, Err(Refused::Issuer { .. })),
            "{what}: {said:?}"
        );
    }
    assert!(house.log("u1").await.is_empty());
    assert!(
        there_and_back(&house, &issuer, Says::default(), 0)
            .await
            .is_ok(),
        "and as it should be it is taken"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_becomes_a_user() {
    let issuer = TestIssuer::start();
    let house = house_with(provider(&issuer)).await;
    let stranger = Says {
        claims: json!({ "email": "eve@example.org" }),
        ..Says::default()
    };
    let refused = there_and_back(&house, &issuer, stranger, 0).await;
    assert!(matches!(refused, Err(Refused::NotRight)));
    let disabled = UserEvent::UserDisabled {
        reason: "left".to_owned(),
    };
    house.tell("u1", disabled).await;
    let refused = there_and_back(&house, &issuer, Says::default(), 0).await;
    assert!(matches!(refused, Err(Refused::NotRight)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_given_to_somebody_else_opens_nothing() {
    let issuer = TestIssuer::start();
    let house = house_with(provider(&issuer)).await;
    assert!(
        there_and_back(&house, &issuer, Says::default(), 0)
            .await
            .is_ok()
    );
    let other = Says {
        claims: json!({ "sub": "subject-2" }),
        ..Says::default()
    };
    let refused = there_and_back(&house, &issuer, other, 1).await;
    assert!(matches!(refused, Err(Refused::NotRight)));
    assert_eq!(house.log("u1").await.last().unwrap(), "sign_in_failed oidc");
    house.add("u2", "bob@example.org").await;
    let same = Says {
        claims: json!({ "email": "bob@example.org" }),
        ..Says::default()
    };
    let refused = there_and_back(&house, &issuer, same, 2).await;
    assert!(
        matches!(refused, Err(Refused::NotRight)),
        "one account there is one user here"
    );
    assert!(
        there_and_back(&house, &issuer, Says::default(), 3)
            .await
            .is_ok()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_there_is_one_here_when_it_is_told() {
    let issuer = TestIssuer::start();
    let house = house_with(provider(&issuer)).await;
    let pwd = Says {
        claims: json!({ "amr": ["pwd"] }),
        ..Says::default()
    };
    let entered = there_and_back(&house, &issuer, pwd, 0).await.unwrap();
    assert_eq!(entered.state, SessionState::NeedsSecondFactor);
    let mfa = Says {
        claims: json!({ "amr": ["pwd", "mfa"] }),
        ..Says::default()
    };
    let entered = there_and_back(&house, &issuer, mfa, 1).await.unwrap();
    assert_eq!(entered.state, SessionState::Open);
    let always = Provider {
        asks_second_factor: true,
        ..provider(&issuer)
    };
    let house = house_with(always).await;
    let entered = there_and_back(&house, &issuer, Says::default(), 0)
        .await
        .unwrap();
    assert_eq!(entered.state, SessionState::Open);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_belongs_to_a_browser_an_issuer_and_ten_minutes() {
    let issuer = TestIssuer::start();
    let house = house_with(provider(&issuer)).await;
    let (leaving, asked_for) = leave(&house, 0).await;
    issuer.knows(claims(&asked_for["nonce"], 0));
    let other = Token::random().unwrap();
    let refused = back(&house, &asked_for["state"], &other, 1).await;
    assert!(matches!(refused, Err(Refused::Gone)), "another browser");
    let refused = back(&house, &asked_for["state"], &leaving.browser, 1).await;
    assert!(
        matches!(refused, Err(Refused::Gone)),
        "and it is used up by that"
    );
    for state in ["", "x", &*Token::random().unwrap().to_text()] {
        let refused = back(&house, state, &leaving.browser, 1).await;
        assert!(matches!(refused, Err(Refused::Gone)), "{state}");
    }
    let (leaving, asked_for) = leave(&house, 2).await;
    let refused = back(&house, &asked_for["state"], &leaving.browser, 12).await;
    assert!(matches!(refused, Err(Refused::Gone)), "too late");
    let (leaving, asked_for) = leave(&house, 20).await;
    let answer = Answer {
        provider: "other",
        state: &asked_for["state"],
        code: "x",
        iss: None,
    };
    let refused = house
        .identity
        .return_from_issuer(answer, &leaving.browser, HOME, minute(20))
        .await;
    assert!(
        matches!(refused, Err(Refused::Gone)),
        "the path of another issuer"
    );
    let (leaving, asked_for) = leave(&house, 20).await;
    let answer = Answer {
        provider: "clinic",
        state: &asked_for["state"],
        code: "x",
        iss: Some("https://evil.example"),
    };
    let refused = house
        .identity
        .return_from_issuer(answer, &leaving.browser, HOME, minute(20))
        .await;
    assert!(why(refused).contains("another issuer"));
    assert_eq!(
        issuer.how_often("/token"),
        0,
        "no code was shown to anybody"
    );
    let gone = house
        .identity
        .leave_for_issuer("unknown", HOME, minute(20))
        .await;
    assert!(matches!(gone, Err(Refused::Gone)));
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_change_are_read_again_and_not_without_end() {
    let issuer = TestIssuer::start();
    let house = house_with(provider(&issuer)).await;
    assert!(
        there_and_back(&house, &issuer, Says::default(), 0)
            .await
            .is_ok()
    );
    assert!(
        there_and_back(&house, &issuer, Says::default(), 5)
            .await
            .is_ok()
    );
    assert_eq!(
        issuer.how_often("/keys"),
        1,
        "what it publishes is kept for ten minutes"
    );
    let newer = Says {
        key: 2,
        published: 2,
        ..Says::default()
    };
    assert!(
        there_and_back(&house, &issuer, newer.clone(), 6)
            .await
            .is_ok()
    );
    assert_eq!(issuer.how_often("/keys"), 2);
    for _ in 0..3 {
        let made_up = Says {
            key: 3,
            published: 2,
            ..Says::default()
        };
        why(there_and_back(&house, &issuer, made_up, 6).await);
    }
    assert_eq!(
        issuer.how_often("/keys"),
        2,
        "made-up keys do not make us ask again and again"
    );
    assert!(there_and_back(&house, &issuer, newer, 17).await.is_ok());
    assert_eq!(issuer.how_often("/keys"), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issuer_that_points_elsewhere_is_not_followed() {
    let canary = TestIssuer::start();
    let elsewhere = canary.url.replace("127.0.0.1", "localhost");
    let issuer = TestIssuer::start();
    for about in [
        json!({ "jwks_uri": format!("{elsewhere}/keys") }),
        json!({ "jwks_uri": "http://169.254.169.254/latest/meta-data" }),
        json!({ "issuer": "https://evil.example" }),
    ] {
        let house = house_with(provider(&issuer)).await;
        issuer.says(Says {
            about,
            ..Says::default()
        });
        let refused = house
            .identity
            .leave_for_issuer("clinic", HOME, minute(0))
            .await;
        assert!(
            matches!(refused, Err(Refused::Issuer { .. })),
            "{refused:?}"
        );
    }
    let house = house_with(provider(&issuer)).await;
    issuer.says(Says {
        about: json!({ "token_endpoint": format!("{elsewhere}/token") }),
        ..Says::default()
    });
    let (leaving, asked_for) = leave(&house, 0).await;
    let said = why(back(&house, &asked_for["state"], &leaving.browser, 0).await);
    assert!(
        said.contains("`localhost` is not a host of this issuer"),
        "{said}"
    );
    assert!(canary.asked().is_empty(), "nobody knocked");

    let named = Provider {
        hosts: vec!["localhost".to_owned()],
        ..provider(&issuer)
    };
    let house = house_with(named).await;
    let (leaving, asked_for) = leave(&house, 0).await;
    let _ = back(&house, &asked_for["state"], &leaving.browser, 0).await;
    assert_eq!(
        canary.how_often("/token"),
        1,
        "unless the operator named it"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn redirects_long_answers_and_nonsense_are_refused() {
    let canary = TestIssuer::start();
    let issuer = TestIssuer::start();
    let long = "x".repeat(300 * 1024);
    for instead in [
        format!(
            "HTTP/1.1 302 Found\r\nLocation: {}/keys\r\nContent-Length: 0\r\n\r\n",
            canary.url
        ),
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n\"{long}\"",
            long.len() + 2
        ),
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]"
            .to_owned(),
        "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n".to_owned(),
        "nonsense\r\n\r\n".to_owned(),
        String::new(),
    ] {
        let house = house_with(provider(&issuer)).await;
        issuer.says(Says {
            instead: Some(instead.clone()),
            ..Says::default()
        });
        let refused = house
            .identity
            .leave_for_issuer("clinic", HOME, minute(0))
            .await;
        assert!(
            matches!(refused, Err(Refused::Issuer { .. })),
            "{}",
            &instead[..instead.len().min(60)]
        );
    }
    assert!(canary.asked().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issuer_inside_the_house_is_asked_only_when_the_operator_said_so() {
    let issuer = TestIssuer::start();
    let outside = Provider {
        inside: false,
        ..provider(&issuer)
    };
    let folder = tempfile::tempdir().unwrap();
    let store = std::sync::Arc::new(
        cotreat_store::Store::open(
            &cotreat_store::database::Address::Sqlite(folder.path().join("x.db")),
            cotreat_store::MasterKey::random().unwrap(),
            cotreat_store::Opening::Upgrade,
            cotreat_store::clinic::projections(),
        )
        .await
        .unwrap(),
    );
    let settings = |provider| Settings {
        issuers: vec![provider],
        ..Settings::new(ORIGIN)
    };
    let made = Identity::new(std::sync::Arc::clone(&store), settings(outside.clone()));
    let said = made.unwrap_err().to_string();
    assert!(said.contains("https://"), "{said}");
    let encrypted = Provider {
        issuer: issuer.url.replace("http:", "https:"),
        ..outside
    };
    let identity = Identity::new(std::sync::Arc::clone(&store), settings(encrypted)).unwrap();
    let refused = identity.leave_for_issuer("clinic", HOME, minute(0)).await;
    let Err(Refused::Issuer { why }) = refused else {
        panic!("{refused:?}");
    };
    assert!(why.contains("not on the open network"), "{why}");
    assert!(issuer.asked().is_empty());
    let mut wrong = provider(&issuer);
    wrong.id = "../x".to_owned();
    assert!(Identity::new(store, settings(wrong)).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn clocks_that_differ_a_little_are_taken() {
    let issuer = TestIssuer::start();
    let house = house_with(provider(&issuer)).await;
    let ahead = minute(0).as_second() + 299;
    let says = Says {
        claims: json!({ "iat": ahead, "exp": ahead + 60 }),
        ..Says::default()
    };
    assert!(there_and_back(&house, &issuer, says, 0).await.is_ok());
}
