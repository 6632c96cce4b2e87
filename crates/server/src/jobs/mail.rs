//! Letters leave the outbox by e-mail. None holds a clinical word: who it is about and what happened stands behind a sign-in or a link.

use std::collections::BTreeSet;

use cotreat_knowledge::{Place, Problem};
use cotreat_store::Error;
use cotreat_store::outbox::Waiting;
use jiff::SignedDuration;
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use serde::Deserialize;

use crate::clinic::{ALERT, ALERT_WAITS};
use crate::identity::letter::{Letter, TOPIC};
use crate::operations::config::{Smtp, secret};
use crate::web::App;

/// So many are sent at a time.
const AT_ONCE: u32 = 20;
/// A letter that could not leave is tried again after a minute, then twice as long each time, and never later than this.
const LONGEST: SignedDuration = SignedDuration::from_hours(6);

/// The way to the mail server.
pub struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl std::fmt::Debug for Post {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Post(..)")
    }
}

/// What a message about a patient says to whoever delivers it.
#[derive(Deserialize)]
struct About {
    #[serde(default)]
    to: String,
    #[serde(default)]
    patient: String,
    #[serde(default)]
    episode: String,
}

impl Post {
    /// By these settings. The connection is encrypted: from the beginning on port 465, else before anything is said.
    ///
    /// # Errors
    /// The address of the sender or the password file cannot be used.
    pub fn new(smtp: &Smtp) -> Result<Self, Problem> {
        let wrong = |why: String| Problem::new(Place::file("smtp"), why);
        let from = smtp
            .from
            .parse()
            .map_err(|error| wrong(format!("`{}` is no e-mail address: {error}", smtp.from)))?;
        let builder = if smtp.port == 465 {
            AsyncSmtpTransport::<Tokio1Executor>::relay(&smtp.host)
        } else {
            AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&smtp.host)
        };
        let mut builder = builder
            .map_err(|error| wrong(error.to_string()))?
            .port(smtp.port);
        if let (Some(user), Some(file)) = (&smtp.user, &smtp.password_file) {
            let password = secret::read(file, "smtp.password_file")?;
            builder = builder.credentials(Credentials::new(user.clone(), password.to_string()));
        }
        Ok(Self {
            transport: builder.build(),
            from,
        })
    }

    /// Sends what is due.
    ///
    /// # Errors
    /// The store failed.
    pub async fn deliver(&self, app: &App) -> Result<(), Error> {
        let store = &app.clinic.store;
        for waiting in store.due(app.clinic.clock.now(), AT_ONCE).await? {
            let now = app.clinic.clock.now();
            let letters = letters(app, &waiting).await?;
            let [letter] = letters.as_slice() else {
                // Each becomes a message of its own, so that one that cannot leave does not send the others again.
                let each = letters.iter().map(|letter| letter.message(now));
                match each.collect::<Result<Vec<_>, _>>() {
                    Ok(each) => store.parted(&waiting, &each, now).await?,
                    Err(_) => tracing::error!(message = waiting.id, "letters cannot be written"),
                }
                continue;
            };
            let sent = self.send(letter).await;
            let now = app.clinic.clock.now();
            match sent {
                Ok(()) => {
                    store.sent(waiting.id, now).await?;
                }
                Err(why) => {
                    tracing::warn!(message = waiting.id, "a letter could not leave");
                    let again = now.checked_add(patience(waiting.tries)).unwrap_or(now);
                    store.not_sent(waiting.id, &why, again).await?;
                }
            }
        }
        Ok(())
    }

    /// Sends one letter. What the mail server says may name an address: only the kind of trouble is kept.
    async fn send(&self, letter: &Letter) -> Result<(), String> {
        let to: Mailbox = letter
            .to
            .parse()
            .map_err(|_| "the address cannot be read")?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject.replace(['\r', '\n'], " "))
            .body(letter.text.clone())
            .map_err(|_| "the letter cannot be written")?;
        let sent = self.transport.send(message).await;
        sent.map(drop).map_err(|error| {
            let why = if error.is_permanent() {
                "the mail server refuses it"
            } else {
                "the mail server cannot be reached or is busy"
            };
            why.to_owned()
        })
    }
}

/// How long to wait after so many tries.
fn patience(tries: u64) -> SignedDuration {
    let minutes = 1_i64 << tries.min(9);
    SignedDuration::from_mins(minutes).min(LONGEST)
}

/// The letters a message becomes. What goes to colleagues says only that they should sign in and look.
async fn letters(app: &App, waiting: &Waiting) -> Result<Vec<Letter>, Error> {
    if waiting.topic == TOPIC {
        let letter = serde_json::from_slice(&waiting.body);
        return Ok(letter.into_iter().collect());
    }
    let Ok(about) = serde_json::from_slice::<About>(&waiting.body) else {
        return Ok(Vec::new());
    };
    let (to, says) = match waiting.topic.as_str() {
        "glass_broken" => (
            BTreeSet::from([about.to]),
            "Somebody outside the care team opened a record and gave a reason. You answer for privacy: please sign in and look at it.",
        ),
        "link_died" => {
            let now = app.clinic.clock.now();
            let relation = app.clinic.store.relation(&about.patient, now).await?;
            (
                relation.map(|relation| relation.team).unwrap_or_default(),
                "A patient's link was closed after too many wrong tries. Please sign in, speak to the patient, and make a new one.",
            )
        }
        ALERT => (
            app.clinic.alerted(&about.patient, false).await?,
            "A page told a patient to get help now. Please sign in at once, speak to the patient, and take up the alert.",
        ),
        ALERT_WAITS => {
            // What somebody took up in the meantime waits for nobody.
            if !app.clinic.alert_waits(&about.episode).await? {
                return Ok(Vec::new());
            }
            (
                app.clinic.alerted(&about.patient, true).await?,
                "A page told a patient to get help now, and for a quarter of an hour nobody took it up. You answer for the clinic: please sign in at once and see to it.",
            )
        }
        _ => return Ok(Vec::new()),
    };
    let mut addresses = BTreeSet::new();
    for user in to {
        let found = app.clinic.store.user(&user).await?;
        addresses.extend(found.map(|found| found.account.email));
    }
    if waiting.topic == ALERT_WAITS {
        addresses.extend(app.clinic.escalation(&about.patient).await?);
    }
    let letter = |to| Letter {
        to,
        subject: "Please sign in to Cotreat".to_owned(),
        text: format!("{says}\n\n{}\n", app.origin),
    };
    Ok(addresses.into_iter().map(letter).collect())
}
