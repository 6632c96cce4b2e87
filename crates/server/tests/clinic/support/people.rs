//! People and patients of the tests.

use std::collections::BTreeSet;

use cotreat_people::event::{Account, Actor, Qualification, Recorded, UserEvent, VERSION};
use cotreat_people::{Identity, Role};
use cotreat_server::clinic::Registered;
use cotreat_store::Expected;
use cotreat_store::account::SetupWhy;
use cotreat_store::clinic::batch;

use super::browser::Browser;
use super::{House, morning};

/// Somebody who works somewhere.
#[derive(Clone, Debug)]
pub struct Somebody {
    pub id: String,
    pub name: String,
    pub email: String,
    pub organisation: String,
    pub roles: BTreeSet<Role>,
    pub profession: Option<String>,
}

pub const PASSWORD: &str = "violet harbour seven lanterns";

impl House {
    /// Adds somebody with one role; clinicians are of a profession that may do most things.
    pub async fn somebody(&self, id: &str, organisation: &str, role: Role) -> Somebody {
        let profession = (role == Role::Clinician).then_some("physiotherapist");
        self.somebody_of(id, organisation, role, profession).await
    }

    pub async fn somebody_of(
        &self,
        id: &str,
        organisation: &str,
        role: Role,
        profession: Option<&str>,
    ) -> Somebody {
        let email = format!("{id}@{organisation}.example.org");
        let account = Account {
            name: format!("Person {id}"),
            email: email.clone(),
            qualification: profession.map(|profession| Qualification {
                profession: profession.to_owned(),
                training_hours: Some(2_200),
                practising_since: Some(2_010),
                ..Qualification::default()
            }),
        };
        let events = [
            UserEvent::UserAdded {
                account: account.clone(),
            },
            UserEvent::RoleGranted {
                organisation: organisation.to_owned(),
                role,
            },
        ]
        .map(|event| Recorded {
            version: VERSION,
            by: Actor::Operator,
            at: morning(),
            event,
        });
        let batch = batch::user(id, Expected::New, &events).expect("events");
        self.clinic
            .store
            .append(&batch, None)
            .await
            .expect("written");
        Somebody {
            id: id.to_owned(),
            name: account.name,
            email,
            organisation: organisation.to_owned(),
            roles: BTreeSet::from([role]),
            profession: profession.map(str::to_owned),
        }
    }

    /// A browser in which somebody is signed in.
    pub async fn browser(&self, who: &Somebody) -> Browser {
        let token = self
            .app
            .identity
            .make_setup(
                &who.id,
                SetupWhy::First,
                Actor::Operator,
                |_, _| Ok(Vec::new()),
                self.app.clinic.clock.now(),
            )
            .await
            .expect("a link");
        let mut browser = Browser::new(&self.router);
        let place = format!("/set-up/{}", token.to_text().as_str());
        let answer = browser.post(&place, &[("password", PASSWORD)]).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        browser
    }

    /// Registers a patient as somebody.
    pub async fn patient(&self, by: &Somebody, name: &str) -> String {
        let registered = self
            .clinic
            .register(&self.caller(by), identity(name), true)
            .await
            .expect("registered");
        match registered {
            Registered::New(id) => id,
            Registered::Alike(_) => panic!("it was said that this is somebody else"),
        }
    }
}

/// Somebody of a name.
pub fn identity(name: &str) -> Identity {
    Identity {
        family_name: name.to_owned(),
        given_name: "Ana".to_owned(),
        born: "1980-05-01".parse().expect("a day"),
        phone: Some("01632 960123".to_owned()),
        email: Some("ana@patients.example.org".to_owned()),
        address: None,
        language: Some("en".to_owned()),
        number_elsewhere: None,
    }
}
