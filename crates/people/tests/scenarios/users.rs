//! Users: added, changed, their roles, whether they may sign in.

use cotreat_people::Role;
use cotreat_people::decide::{Refused, UserAct};
use cotreat_people::event::{Account, NewPatients, Qualification};
use cotreat_people::user::User;

use super::story::Story;

fn account() -> Account {
    Account {
        name: "Ana Ruiz".into(),
        email: "ana@example.org".into(),
        qualification: Some(Qualification {
            profession: "massage_therapist".into(),
            training_hours: Some(1_000),
            practising_since: Some(2015),
            techniques: vec!["deep_friction".into()],
            languages: vec!["es".into(), "pt-BR".into()],
            areas: vec!["Leeds LS6".into()],
            new_patients: Some(NewPatients::WaitingList),
        }),
    }
}

fn clerk() -> Account {
    Account {
        qualification: None,
        ..account()
    }
}

fn add(account: Account) -> UserAct {
    UserAct::AddUser { account }
}

fn change(account: Account) -> UserAct {
    UserAct::ChangeUser { account }
}

fn grant(role: Role) -> UserAct {
    UserAct::GrantRole {
        organisation: "back_clinic".into(),
        role,
    }
}

fn withdraw(role: Role, reason: &str, only_owner_of: &[&str]) -> UserAct {
    UserAct::WithdrawRole {
        organisation: "back_clinic".into(),
        role,
        reason: reason.into(),
        only_owner_of: only_owner_of.iter().map(|id| (*id).into()).collect(),
    }
}

fn disable(reason: &str, only_owner_of: &[&str]) -> UserAct {
    UserAct::DisableUser {
        reason: reason.into(),
        only_owner_of: only_owner_of.iter().map(|id| (*id).into()).collect(),
    }
}

fn note(what: &str, how: &str) -> UserAct {
    UserAct::NoteSignIn {
        what: what.into(),
        how: how.into(),
    }
}

fn nobody() -> Story<User> {
    Story::default()
}

fn ana() -> Story<User> {
    nobody().and(add(account()))
}

fn owner() -> Story<User> {
    ana().and(grant(Role::Owner))
}

#[test]
fn a_user_is_added_once() {
    nobody()
        .when(add(account()))
        .then("user_added")
        .shows(|ana| ana.account == Some(account()))
        .when(add(account()))
        .refused(Refused::AlreadyThere, "known already");
}

#[test]
fn nothing_happens_to_a_user_whom_nobody_added() {
    for act in [
        change(account()),
        grant(Role::Owner),
        withdraw(Role::Owner, "left", &[]),
        disable("left", &[]),
        UserAct::EnableUser,
        note("signed_in", "password"),
    ] {
        nobody()
            .when(act)
            .refused(Refused::NotRegistered, "no such user yet");
    }
}

#[test]
fn who_they_are_is_changed() {
    ana()
        .when(change(clerk()))
        .then("user_changed")
        .shows(|ana| ana.account == Some(clerk()))
        .when(change(clerk()))
        .refused(Refused::NothingNew, "what is known of them");
}

#[test]
fn an_account_must_be_possible() {
    let named = |name: &str| Account {
        name: name.into(),
        ..account()
    };
    let reached = |email: &str| Account {
        email: email.into(),
        ..account()
    };
    let qualified = |edit: &dyn Fn(&mut Qualification)| {
        let mut changed = account();
        changed.qualification.as_mut().map(edit);
        changed
    };
    let since = |year: i16| qualified(&|q| q.practising_since = Some(year));
    for (account, why, words) in [
        (named(""), Refused::WordsMissing, "the name is missing"),
        (
            named("\u{200b}"),
            Refused::WordsMissing,
            "the name is missing",
        ),
        (named("Ana\u{0}"), Refused::StrangeCharacters, "the name"),
        (reached("ana"), Refused::NotAnEmail, "name@example.org"),
        (
            reached("ana@localhost"),
            Refused::NotAnEmail,
            "name@example.org",
        ),
        (
            reached("ana@exa mple.org"),
            Refused::NotAnEmail,
            "name@example.org",
        ),
        (
            reached("ana@example.org, ben@example.org"),
            Refused::NotAnEmail,
            "name@example.org",
        ),
        (
            reached("ana@example.org\nBcc: ben@example.org"),
            Refused::StrangeCharacters,
            "the e-mail address",
        ),
        (
            reached(&format!("{}@example.org", "a".repeat(300))),
            Refused::TooLong,
            "254",
        ),
        (
            qualified(&|q| q.profession = String::new()),
            Refused::WordsMissing,
            "the profession",
        ),
        (
            qualified(&|q| q.profession = "Massage".into()),
            Refused::DoesNotFit,
            "the profession",
        ),
        (
            qualified(&|q| q.techniques.push("Deep friction".into())),
            Refused::DoesNotFit,
            "the technique",
        ),
        (
            qualified(&|q| q.techniques = vec!["a".into(); 201]),
            Refused::TooLong,
            "more than 200 techniques",
        ),
        (
            qualified(&|q| q.languages.push("español".into())),
            Refused::DoesNotFit,
            "the language",
        ),
        (
            qualified(&|q| q.areas.push("Leeds\nYork".into())),
            Refused::StrangeCharacters,
            "the place",
        ),
        (
            qualified(&|q| q.training_hours = Some(u32::MAX)),
            Refused::DoesNotFit,
            "a working life",
        ),
        (since(2027), Refused::InTheFuture, "began to practise"),
        (since(15), Refused::TooLongAgo, "four digits"),
    ] {
        nobody().when(add(account.clone())).refused(why, words);
        ana().when(change(account)).refused(why, words);
    }
}

#[test]
fn roles_are_given_and_taken() {
    ana()
        .when(grant(Role::Clinician))
        .then("role_granted")
        .shows(|ana| ana.is(Role::Clinician, "back_clinic") && ana.works_in("back_clinic"))
        .shows(|ana| !ana.works_in("elsewhere"))
        .when(withdraw(
            Role::Clinician,
            "Works at the desk now.",
            &["back_clinic"],
        ))
        .then("role_withdrawn")
        .shows(|ana| ana.roles.is_empty())
        .when(withdraw(Role::Clinician, "again", &[]))
        .refused(Refused::NoSuchRole, "no clinician in `back_clinic`");
    owner()
        .when(grant(Role::Owner))
        .refused(Refused::NothingNew, "they are that already");
    owner()
        .when(withdraw(Role::Owner, " ", &[]))
        .refused(Refused::WordsMissing, "the reason");
    let nowhere = UserAct::GrantRole {
        organisation: String::new(),
        role: Role::Owner,
    };
    ana()
        .when(nowhere)
        .refused(Refused::WordsMissing, "the organisation");
}

#[test]
fn a_clinician_has_a_profession() {
    nobody()
        .and(add(clerk()))
        .and(grant(Role::FrontDesk))
        .when(grant(Role::Clinician))
        .refused(Refused::NoQualification, "a clinician has a profession");
    ana()
        .and(grant(Role::Clinician))
        .when(change(clerk()))
        .refused(Refused::NoQualification, "withdraw that role first");
}

#[test]
fn an_organisation_keeps_an_owner() {
    owner()
        .when(withdraw(Role::Owner, "sold", &["back_clinic"]))
        .refused(Refused::LastOwner, "make somebody else an owner first");
    owner()
        .when(disable("left", &["elsewhere", "back_clinic"]))
        .refused(Refused::LastOwner, "`back_clinic`");
    owner()
        .when(withdraw(Role::Owner, "sold", &["elsewhere"]))
        .then("role_withdrawn");
    owner()
        .when(disable("left", &["elsewhere"]))
        .then("user_disabled");
    // Who is no owner takes none away.
    ana()
        .when(disable("left", &["back_clinic"]))
        .then("user_disabled");
}

#[test]
fn who_may_not_sign_in_keeps_roles_and_gets_none() {
    owner()
        .when(disable("On leave.", &[]))
        .then("user_disabled")
        .shows(|ana| ana.is(Role::Owner, "back_clinic") && !ana.works_in("back_clinic"))
        .when(disable("again", &[]))
        .refused(Refused::NothingNew, "may not sign in");
    owner()
        .and(disable("On leave.", &[]))
        .when(grant(Role::Researcher))
        .refused(Refused::Disabled, "let them sign in again first");
    owner()
        .and(disable("On leave.", &[]))
        .when(UserAct::EnableUser)
        .then("user_enabled")
        .shows(|ana| ana.works_in("back_clinic"))
        .when(UserAct::EnableUser)
        .refused(Refused::NothingNew, "may sign in");
    owner()
        .when(disable("", &[]))
        .refused(Refused::WordsMissing, "the reason");
}

#[test]
fn signing_in_is_noted_in_the_programs_words() {
    ana()
        .when(note("signed_in", "passkey"))
        .then("sign_in")
        .shows(|after| after.account == Some(account()));
    ana()
        .when(note("tried password hunter2", "password"))
        .refused(Refused::DoesNotFit, "what happened");
    ana()
        .when(note("signed_in", ""))
        .refused(Refused::WordsMissing, "the way of signing in");
}
