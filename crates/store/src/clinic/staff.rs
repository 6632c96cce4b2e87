//! Who works here: accounts, what they are in which organisation, and the directory of those who treat.

use cotreat_people::event::{Account, NewPatients, Qualification, Recorded, UserEvent};

use super::told::{bytes, id, told};
use crate::database::{Tx, Value};
use crate::error::Error;
use crate::pen::Pen;
use crate::projection::{Projection, Step};
use crate::read::StoredEvent;

/// Who works here.
pub(super) struct Staff;

const ADD: &str = "INSERT INTO staff (user_id, email, account, disabled) VALUES ($1, $2, $3, 0) \
     ON CONFLICT (user_id) DO UPDATE SET email = excluded.email, account = excluded.account";
const DISABLE: &str = "UPDATE staff SET disabled = $1 WHERE user_id = $2";
const GRANT: &str = "INSERT INTO member (user_id, organisation, role) VALUES ($1, $2, $3) ON CONFLICT (user_id, organisation, role) DO NOTHING";
const WITHDRAW: &str = "DELETE FROM member WHERE user_id = $1 AND organisation = $2 AND role = $3";
const QUALIFY: &str =
    "INSERT INTO practitioner (user_id, profession, new_patients) VALUES ($1, $2, $3)";
const TECHNIQUE: &str = "INSERT INTO practitioner_technique (technique, user_id) VALUES ($1, $2) ON CONFLICT (technique, user_id) DO NOTHING";
const LANGUAGE: &str = "INSERT INTO practitioner_language (language, user_id) VALUES ($1, $2) ON CONFLICT (language, user_id) DO NOTHING";
const AREA: &str = "INSERT INTO practitioner_area (area, user_id) VALUES ($1, $2) ON CONFLICT (area, user_id) DO NOTHING";
/// All that the directory is searched by.
const UNQUALIFY: [&str; 4] = [
    "DELETE FROM practitioner WHERE user_id = $1",
    "DELETE FROM practitioner_technique WHERE user_id = $1",
    "DELETE FROM practitioner_language WHERE user_id = $1",
    "DELETE FROM practitioner_area WHERE user_id = $1",
];

/// What the seal of an account is bound to.
pub(super) fn place(user: &str) -> String {
    format!("staff.account/{user}")
}

/// An e-mail address in the form in which it is looked up.
pub(super) fn address(email: &str) -> String {
    format!("e-mail {}", email.trim().to_lowercase())
}

/// A language, and the language it is a kind of: `en-gb` is found as `en` too.
fn languages(tag: &str) -> impl Iterator<Item = String> {
    let tag = tag.to_lowercase();
    let whole = tag.split('-').next().unwrap_or_default().to_owned();
    [tag, whole].into_iter()
}

/// A place in the form in which it is looked up.
pub(super) fn area(typed: &str) -> String {
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    format!("area {}", words.join(" "))
}

/// A place, and each of its words: "Leeds LS6" is found as "leeds" too.
fn areas(place: &str) -> impl Iterator<Item = String> {
    let whole = area(place);
    let words: Vec<String> = place
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 1)
        .map(area)
        .collect();
    std::iter::once(whole).chain(words)
}

impl Projection for Staff {
    fn name(&self) -> &'static str {
        "staff"
    }

    fn shape(&self) -> u32 {
        2
    }

    fn streams(&self) -> &'static str {
        "user/"
    }

    fn tables(&self) -> &'static str {
        "CREATE TABLE staff (
            user_id  TEXT   NOT NULL PRIMARY KEY,
            email    BIGINT NOT NULL,
            account  {bytes} NOT NULL,
            disabled BIGINT NOT NULL
        );
        CREATE INDEX staff_email ON staff (email);
        CREATE TABLE member (
            user_id      TEXT NOT NULL,
            organisation TEXT NOT NULL,
            role         TEXT NOT NULL,
            PRIMARY KEY (user_id, organisation, role)
        );
        CREATE INDEX member_organisation ON member (organisation, user_id, role);
        CREATE TABLE practitioner (
            user_id      TEXT NOT NULL PRIMARY KEY,
            profession   TEXT NOT NULL,
            new_patients TEXT
        );
        CREATE INDEX practitioner_profession ON practitioner (profession, user_id);
        CREATE TABLE practitioner_technique (
            technique TEXT NOT NULL,
            user_id   TEXT NOT NULL,
            PRIMARY KEY (technique, user_id)
        );
        CREATE INDEX practitioner_technique_user ON practitioner_technique (user_id);
        CREATE TABLE practitioner_language (
            language TEXT NOT NULL,
            user_id  TEXT NOT NULL,
            PRIMARY KEY (language, user_id)
        );
        CREATE INDEX practitioner_language_user ON practitioner_language (user_id);
        CREATE TABLE practitioner_area (
            area    BIGINT NOT NULL,
            user_id TEXT   NOT NULL,
            PRIMARY KEY (area, user_id)
        );
        CREATE INDEX practitioner_area_user ON practitioner_area (user_id);"
    }

    fn drop_tables(&self) -> &'static str {
        "DROP TABLE IF EXISTS staff; DROP TABLE IF EXISTS member; DROP TABLE IF EXISTS practitioner;
         DROP TABLE IF EXISTS practitioner_technique; DROP TABLE IF EXISTS practitioner_language; DROP TABLE IF EXISTS practitioner_area;"
    }

    fn apply<'a>(&'a self, pen: &'a mut Pen<'_>, events: &'a [StoredEvent]) -> Step<'a> {
        Box::pin(async move {
            // The security log is long and makes no row.
            for event in events.iter().filter(|event| event.kind != "sign_in") {
                write(pen, id(&event.stream), told(event)?).await?;
            }
            Ok(())
        })
    }

    fn forget<'a>(&'a self, tx: &'a mut Tx, person: &'a str) -> Step<'a> {
        Box::pin(async move {
            if let Some(user) = person.strip_prefix(self.streams()) {
                let theirs = [Value::Text(user)];
                tx.run("DELETE FROM staff WHERE user_id = $1", &theirs)
                    .await?;
                tx.run("DELETE FROM member WHERE user_id = $1", &theirs)
                    .await?;
                for sql in UNQUALIFY {
                    tx.run(sql, &theirs).await?;
                }
            }
            Ok(())
        })
    }
}

async fn write(pen: &mut Pen<'_>, user: &str, recorded: Recorded<UserEvent>) -> Result<(), Error> {
    let id = Value::Text(user);
    match recorded.event {
        UserEvent::UserAdded { account: now } | UserEvent::UserChanged { account: now } => {
            account(pen, user, &now).await?;
        }
        UserEvent::RoleGranted { organisation, role } => {
            let values = [id, Value::Text(&organisation), Value::Text(role.id())];
            pen.run(GRANT, &values).await?;
        }
        UserEvent::RoleWithdrawn {
            organisation, role, ..
        } => {
            let values = [id, Value::Text(&organisation), Value::Text(role.id())];
            pen.run(WITHDRAW, &values).await?;
        }
        UserEvent::UserDisabled { .. } => {
            pen.run(DISABLE, &[Value::Number(1), id]).await?;
        }
        UserEvent::UserEnabled => {
            pen.run(DISABLE, &[Value::Number(0), id]).await?;
        }
        UserEvent::SignIn { .. } => {}
    }
    Ok(())
}

async fn account(pen: &mut Pen<'_>, user: &str, now: &Account) -> Result<(), Error> {
    let id = Value::Text(user);
    let sealed = pen.seal(&place(user), &bytes(now)?)?;
    let email = Value::Number(pen.keyed(&address(&now.email)));
    pen.run(ADD, &[id, email, Value::Bytes(&sealed)]).await?;
    for sql in UNQUALIFY {
        pen.run(sql, &[id]).await?;
    }
    match &now.qualification {
        Some(qualification) => qualify(pen, id, qualification).await,
        None => Ok(()),
    }
}

async fn qualify(
    pen: &mut Pen<'_>,
    id: Value<'_>,
    qualification: &Qualification,
) -> Result<(), Error> {
    let profession = Value::Text(&qualification.profession);
    let takes = qualification.new_patients.map(NewPatients::id);
    pen.run(QUALIFY, &[id, profession, Value::Maybe(takes)])
        .await?;
    for technique in &qualification.techniques {
        pen.run(TECHNIQUE, &[Value::Text(technique), id]).await?;
    }
    for tag in &qualification.languages {
        for language in languages(tag) {
            pen.run(LANGUAGE, &[Value::Text(&language), id]).await?;
        }
    }
    for place in &qualification.areas {
        for area in areas(place) {
            let area = Value::Number(pen.keyed(&area));
            pen.run(AREA, &[area, id]).await?;
        }
    }
    Ok(())
}
