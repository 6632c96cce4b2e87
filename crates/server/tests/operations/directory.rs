//! Organisations and people, by whoever sits at the server.

use cotreat_people::Role;
use cotreat_people::event::{Account, UserEvent};
use cotreat_server::operations::directory::{self, Change};
use cotreat_server::operations::{self, acceptance, opening};
use cotreat_store::Beside;
use cotreat_store::account::SetupWhy;
use std::sync::Arc;

use crate::support::{House, ada, clinic, now};

fn ben() -> Account {
    Account {
        name: "Ben Example".to_owned(),
        email: "ben@example.org".to_owned(),
        qualification: None,
    }
}

#[tokio::test]
async fn people_come_and_go_by_the_rules_of_the_directory() {
    let house = House::new();
    let store = house.begun().await;
    let place = directory::organisation(&store, None).await.unwrap();
    assert_eq!(place.settings.name, "Back Clinic");
    let add = async |account: Account, role: Role| {
        directory::add(&store, &place.organisation, account, &[role], now()).await
    };
    let twice = add(ada(), Role::FrontDesk).await.unwrap_err().to_string();
    assert!(
        twice.contains("somebody is known as ada@example.org already"),
        "{twice}"
    );
    let no_profession = add(ben(), Role::Clinician).await.unwrap_err().to_string();
    assert!(
        no_profession.contains("a clinician has a profession"),
        "{no_profession}"
    );
    add(ben(), Role::FrontDesk).await.unwrap();
    let all = directory::everybody(&store).await.unwrap();
    let told: Vec<_> = all
        .iter()
        .map(|(user, roles)| (user.account.name.as_str(), roles.len()))
        .collect();
    assert_eq!(told, [("Ada Example", 2), ("Ben Example", 1)]);

    let ada = directory::by_email(&store, "ADA@example.org")
        .await
        .unwrap();
    let disable = Change::Disable {
        reason: "left".to_owned(),
    };
    let last = directory::change(&store, &ada, disable.clone(), now())
        .await
        .unwrap_err()
        .to_string();
    assert!(
        last.contains("nobody else who may sign in is an owner"),
        "{last}"
    );
    let ben = directory::by_email(&store, "ben@example.org")
        .await
        .unwrap();
    let owner = |organisation: &str| Change::Grant {
        organisation: organisation.to_owned(),
        role: Role::Owner,
    };
    directory::change(&store, &ben, owner(&place.organisation), now())
        .await
        .unwrap();
    directory::change(&store, &ada, disable, now())
        .await
        .unwrap();
    assert!(
        directory::by_email(&store, "ada@example.org")
            .await
            .unwrap()
            .disabled
    );
    let ada = directory::by_email(&store, "ada@example.org")
        .await
        .unwrap();
    directory::change(&store, &ada, Change::Enable, now())
        .await
        .unwrap();
    let withdraw = Change::Withdraw {
        organisation: place.organisation.clone(),
        role: Role::Owner,
        reason: "handed over".to_owned(),
    };
    let ada = directory::by_email(&store, "ada@example.org")
        .await
        .unwrap();
    directory::change(&store, &ada, withdraw, now())
        .await
        .unwrap();
    let ada = directory::by_email(&store, "ada@example.org")
        .await
        .unwrap();
    assert_eq!(ada.roles.len(), 1);
    let nobody = directory::by_email(&store, "nobody@example.org")
        .await
        .unwrap_err()
        .to_string();
    assert!(
        nobody.contains("nobody is known as nobody@example.org"),
        "{nobody}"
    );
}

#[tokio::test]
async fn organisations_are_named_where_there_are_several() {
    let house = House::new();
    let store = house.begun().await;
    directory::register(&store, clinic("Spine Centre"), now())
        .await
        .unwrap();
    let which = async |named: Option<&str>| {
        directory::organisation(&store, named)
            .await
            .map(|one| one.settings.name)
            .map_err(|error| error.to_string())
    };
    let several = which(None).await.unwrap_err();
    assert!(
        several.starts_with("there is more than one organisation. Name one with --organisation: "),
        "{several}"
    );
    assert!(
        several.contains("Back Clinic (`") && several.contains("Spine Centre (`"),
        "{several}"
    );
    assert_eq!(which(Some("Spine Centre")).await.unwrap(), "Spine Centre");
    let none = which(Some("Knee Centre")).await.unwrap_err();
    assert!(
        none.contains("there is no organisation `Knee Centre`"),
        "{none}"
    );
    directory::register(&store, clinic("Spine Centre"), now())
        .await
        .unwrap();
    let same = which(Some("Spine Centre")).await.unwrap_err();
    assert!(
        same.contains("more than one organisation is called `Spine Centre`"),
        "{same}"
    );
}

#[tokio::test]
async fn an_acceptance_is_of_one_release() {
    let house = House::new();
    let store = house.begun().await;
    let place = directory::organisation(&store, None).await.unwrap();
    let (officer, standing) = ("Ada Example", "physiotherapist, HCPC PH000000");
    directory::accept(
        &store,
        &place.organisation,
        "c0ffee01",
        officer,
        standing,
        now(),
    )
    .await
    .unwrap();
    let key = opening::key(&house.settings).unwrap();
    let beside = Beside::open(&house.settings.address().unwrap())
        .await
        .unwrap();
    let found = acceptance::of(&beside, &key, "c0ffee01")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (
            found.officer.as_str(),
            found.standing.as_str(),
            found.on.as_str()
        ),
        (officer, standing, "2026-11-27")
    );
    assert_eq!(
        acceptance::of(&beside, &key, "c0ffee02").await.unwrap(),
        None
    );
}

#[tokio::test]
async fn a_link_lets_somebody_choose_a_password_and_is_logged_without_its_secret() {
    let house = House::new();
    let store = Arc::new(house.begun().await);
    let ada = directory::by_email(&store, "ada@example.org")
        .await
        .unwrap();
    let link = operations::setup_link(&store, &house.settings, &ada.user, SetupWhy::First, now())
        .await
        .unwrap();
    let token = link
        .strip_prefix("http://127.0.0.1:8080/set-up/")
        .expect("where the server is");
    assert_eq!(token.len(), 43);
    let events = store.stream(&format!("user/{}", ada.user)).await.unwrap();
    let last = events.last().unwrap();
    let body = String::from_utf8(last.body.clone().unwrap()).unwrap();
    assert!(
        body.contains("setup_link_made") && !body.contains(token),
        "{body}"
    );
    let told: cotreat_people::event::Recorded<UserEvent> = serde_json::from_str(&body).unwrap();
    assert_eq!(told.by, cotreat_people::event::Actor::Operator);
}
