//! What signing in needs: every rule the tables themselves keep.

mod credentials;
mod links;
mod sessions;
mod upgrade;
mod users;

use cotreat_people::event::{Account, Actor, Kind as _, Recorded, UserEvent, VERSION};
use cotreat_people::stream;
use cotreat_store::account::{Known, NewSession};
use cotreat_store::{Batch, Expected, NewEvent, Store};

use crate::support::{Place, minute};

impl Place {
    /// A store that knows who may sign in.
    pub async fn open_known(&self) -> Store {
        self.open_with(vec![Box::new(Known::new(&self.key))]).await
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
    Batch {
        stream: stream::user(user),
        person: stream::user(user),
        actor: recorded.by.id().to_owned(),
        at: recorded.at,
        expected: Expected::Any,
        events: vec![NewEvent {
            kind: recorded.event.kind().to_owned(),
            shape: u32::from(VERSION),
            body: serde_json::to_vec(&recorded).expect("an event"),
        }],
        messages: Vec::new(),
    }
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
