//! What signing in needs: every rule the tables themselves keep.

mod credentials;
mod links;
mod sessions;
mod upgrade;
mod users;

use cotreat_people::event::{Account, Actor, Recorded, UserEvent, VERSION};
use cotreat_people::stream;
use cotreat_store::account::NewSession;
use cotreat_store::clinic::{batch, projections};
use cotreat_store::{Batch, Erasure, Expected, Store};

use crate::support::{Place, minute};

impl Place {
    /// A store that knows who works here.
    pub async fn open_known(&self) -> Store {
        self.open_with(projections()).await
    }
}

/// An event about a user.
pub fn about(user: &str, event: UserEvent) -> Batch {
    let recorded = Recorded {
        version: VERSION,
        by: Actor::Operator,
        at: minute(0),
        event,
    };
    batch::user(user, Expected::Any, &[recorded]).expect("an event")
}

/// Erases somebody.
pub async fn erase(store: &Store, person: &str) {
    let erasure = Erasure {
        persons: vec![person.to_owned()],
        actor: "operator".to_owned(),
        asked_by: "themselves".to_owned(),
        reason: "they left".to_owned(),
        at: minute(2),
    };
    assert_eq!(store.erase(&erasure).await.unwrap(), [person]);
}

/// An account with this address.
pub fn account(email: &str) -> Account {
    Account {
        name: "Ada Example".to_owned(),
        email: email.to_owned(),
        qualification: None,
    }
}

/// A user who may sign in.
pub async fn add_user(store: &Store, user: &str, email: &str) {
    let added = UserEvent::UserAdded {
        account: account(email),
    };
    store.append(&about(user, added), None).await.unwrap();
}

/// What the security log is told.
pub fn said(user: &str, what: &str) -> Vec<Batch> {
    vec![about(
        user,
        UserEvent::SignIn {
            what: what.to_owned(),
            how: "password".to_owned(),
        },
    )]
}

/// The kinds of events in a user's stream.
pub async fn log(store: &Store, user: &str) -> Vec<String> {
    let events = store.stream(&stream::user(user)).await.unwrap();
    events.into_iter().map(|event| event.kind).collect()
}

/// A session of an hour, begun at minute 0.
pub fn session<'a>(id: &'a str, user: &'a str) -> NewSession<'a> {
    NewSession {
        id,
        user,
        organisation: None,
        how: "password",
        second_factor: true,
        expires: minute(60),
    }
}
