//! Nothing that is printed shows a secret or a person.

use cotreat_people::event::Actor;
use cotreat_server::identity::csrf::FormSecret;
use cotreat_server::identity::issuer::{Answer, Provider};
use cotreat_server::identity::letter::Letter;
use cotreat_server::identity::link::task::DateOfBirth;
use cotreat_server::identity::password::{Checked, Hasher};
use cotreat_server::identity::{Settings, Token};
use cotreat_store::account::{CredentialKind, LinkKind, SetupWhy};
use jiff::civil::date;

use crate::support::{ADA, GOOD, HOME, House, ORIGIN, WRONG, code, minute, secret};

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_printed() {
    let provider = Provider {
        id: "clinic".to_owned(),
        name: "Clinic accounts".to_owned(),
        issuer: "https://login.example.org".to_owned(),
        client_id: "cotreat".to_owned(),
        client_secret: Some(secret("the client secret")),
        hosts: Vec::new(),
        inside: false,
        asks_second_factor: false,
    };
    let settings = Settings {
        issuers: vec![provider.clone()],
        ..Settings::new(ORIGIN)
    };
    let mut printed = vec![format!("{settings:?} {provider:?}")];
    let mut secrets = vec![
        "the client secret".to_owned(),
        GOOD.to_owned(),
        ADA.to_owned(),
        "Lindgren".to_owned(),
    ];

    let house = House::with(settings).await;
    house.ada().await;
    printed.push(format!("{:?}", house.identity));
    let token = Token::random().unwrap();
    secrets.push(token.to_text().to_string());
    printed.push(format!("{token:?}"));

    let entered = house.sign_in(GOOD, minute(0)).await.unwrap();
    secrets.push(entered.token.to_text().to_string());
    let here = house.here(&entered.token, minute(0)).await;
    printed.push(format!("{entered:?} {here:?}"));
    let forms: &FormSecret = &here.forms;
    let raw = house.store.form_secret(&here.session.id);
    secrets.push(format!("{raw:?}"));
    printed.push(format!("{forms:?}"));

    let app = house.identity.begin_app(&here, minute(0)).await.unwrap();
    secrets.push(app.secret.to_string());
    let key = data_encoding::BASE32_NOPAD
        .decode(app.secret.as_bytes())
        .unwrap();
    secrets.push(format!("{key:?}"));
    let (entered, codes) = house
        .identity
        .confirm_app(&here, &code(&key, minute(0)), minute(0))
        .await
        .unwrap();
    secrets.extend(codes.0.iter().map(|code| code.to_string()));
    printed.push(format!("{app:?} {codes:?} {entered:?}"));
    printed.push(format!("{:?}", house.identity.factors("u1").await.unwrap()));
    let kept = house
        .store
        .credentials("u1", CredentialKind::App)
        .await
        .unwrap();
    printed.push(format!(
        "{kept:?} {:?}",
        house.store.password("u1").await.unwrap()
    ));
    let here = house.here(&entered.token, minute(0)).await;
    printed.push(format!(
        "{:?}",
        house
            .identity
            .begin_passkey(&here, minute(0))
            .await
            .unwrap()
    ));

    let hasher = Hasher::new(1).unwrap();
    let hash = hasher.hash(secret(GOOD)).await.unwrap();
    secrets.push(hash.to_string());
    printed.push(format!("{hasher:?} {:?}", Checked::RightButOld(hash)));

    let born = DateOfBirth {
        given: date(1961, 4, 12),
        born: date(1961, 4, 12),
    };
    secrets.push("1961".to_owned());
    printed.push(format!("{born:?}"));
    let letter = Letter::code("pat@example.org", "Backcare", "48151623");
    secrets.extend(["48151623".to_owned(), "pat@example.org".to_owned()]);
    printed.push(format!("{letter:?}"));
    let answer = Answer {
        provider: "clinic",
        state: "the-state",
        code: "the-code",
        iss: None,
    };
    secrets.extend(["the-state".to_owned(), "the-code".to_owned()]);
    printed.push(format!("{answer:?}"));

    let made = house
        .identity
        .make_link(LinkKind::Task, "p1", "a1", |_| Ok(Vec::new()), minute(0))
        .await
        .unwrap();
    secrets.push(made.1.to_text().to_string());
    printed.push(format!("{made:?}"));
    let setup = house
        .identity
        .make_setup(
            "u1",
            SetupWhy::Reset,
            Actor::Operator,
            |_, _| Ok(Vec::new()),
            minute(0),
        )
        .await
        .unwrap();
    secrets.push(setup.to_text().to_string());
    printed.push(format!("{setup:?}"));

    let refused = house
        .identity
        .sign_in(ADA, secret(WRONG), HOME, minute(0))
        .await
        .unwrap_err();
    secrets.push(WRONG.to_owned());
    printed.push(format!("{refused} {refused:?}"));

    for text in &printed {
        for secret in &secrets {
            assert!(
                !text.contains(secret.as_str()),
                "`{secret}` stands in {text}"
            );
        }
    }
    // Bytes in decimal, as derived Debug would show them.
    let bytes = |token: &Token| format!("{:?}", token.bytes());
    for text in &printed {
        assert!(!text.contains(&bytes(&token)) && !text.contains(&bytes(&entered.token)));
    }
}
