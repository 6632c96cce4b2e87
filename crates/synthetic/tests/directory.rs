//! The practices, the people who work in them, and how patients are called.

use std::collections::{BTreeMap, BTreeSet};

use cotreat_people::Role;
use cotreat_people::event::Sharing;
use cotreat_people::organisation::{self, Organisation};
use cotreat_people::user::{self, User};
use cotreat_synthetic::Entry;

use crate::common::{clinic, files, sixty};

fn known() -> (BTreeMap<String, Organisation>, BTreeMap<String, User>) {
    let clinic = clinic(1, 60);
    let (mut organisations, mut users) = (BTreeMap::new(), BTreeMap::new());
    for entry in clinic.directory() {
        match entry {
            Entry::Organisation { id, event } => {
                let before: &mut Organisation = organisations.entry(id.clone()).or_default();
                *before = organisation::evolve(std::mem::take(before), event);
            }
            Entry::User { id, event } => {
                let before: &mut User = users.entry(id.clone()).or_default();
                *before = user::evolve(std::mem::take(before), event);
            }
            Entry::Patient { .. } | Entry::Episode { .. } => panic!("not of the directory"),
        }
    }
    (organisations, users)
}

#[test]
fn five_practices_each_with_a_desk_an_owner_and_a_privacy_officer() {
    let (organisations, users) = known();
    assert_eq!(organisations.len(), 5);
    let mut sharing = BTreeSet::new();
    for (id, one) in &organisations {
        let settings = one.settings.as_ref().expect("registered");
        sharing.insert(settings.sharing == Sharing::WholeClinic);
        let has = |role| users.values().any(|user| user.is(role, id));
        for role in [Role::Clinician, Role::FrontDesk, Role::Owner] {
            assert!(has(role), "{} has no {role}", settings.name);
        }
        let officer = one.privacy_officer.as_ref().expect("named");
        assert!(
            users[officer].roles.iter().any(|(at, _)| at == id),
            "the officer works there"
        );
    }
    assert_eq!(
        sharing.len(),
        2,
        "some share in the care team, some in the whole clinic"
    );
}

#[test]
fn whoever_treats_has_a_profession_and_nobody_has_a_real_address() {
    let (_, users) = known();
    let mut mails = BTreeSet::new();
    for user in users.values() {
        let account = user.account.as_ref().expect("added");
        let treats = user.roles.iter().any(|(_, role)| *role == Role::Clinician);
        assert_eq!(treats, account.qualification.is_some(), "{}", account.name);
        assert!(account.email.ends_with(".example.org"), "{}", account.email);
        assert!(mails.insert(&account.email), "{} twice", account.email);
    }
}

#[test]
fn names_come_in_several_scripts() {
    let mut scripts = BTreeSet::new();
    for (_, file) in sixty().iter().flat_map(files) {
        let identity = file.identity.expect("registered");
        for letter in identity.full_name().chars().filter(|c| c.is_alphabetic()) {
            scripts.insert(match u32::from(letter) {
                0..=0x7f => "plain",
                0x80..=0x24f | 0x1e00..=0x1eff => "accents",
                _ => "another script",
            });
        }
        assert!(
            identity
                .email
                .is_none_or(|mail| mail.ends_with("@example.org"))
        );
    }
    assert_eq!(scripts.len(), 3, "{scripts:?}");
}
