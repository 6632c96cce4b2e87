//! What every page and form of an episode has in common: the frame with the patient's name, what a form carries along, what was typed and not sent, and what became of it.

use axum::http::StatusCode;
use cotreat_care::decide::{Act, Refusal};
use cotreat_people::Identity;
use cotreat_ui::{
    Button, Evidence, Fields, Frame, Link, Tone, Words, hidden, inset, notice, side_menu,
};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{Markup, Render as _, html};

use super::timeline;
use crate::clinic::{Caller, Done, Form, NotDone, Opened, Refused, new_id};
use crate::web::{App, Page, Problem, Signed};

/// The fields of a form as they were sent: a name may come more than once.
pub(super) type Pairs = Vec<(String, String)>;

/// Somebody at work in an episode.
pub(super) struct Desk<'a> {
    pub(super) app: &'a App,
    pub(super) signed: &'a Signed,
    pub(super) words: Words,
    /// Id of the episode.
    pub(super) id: &'a str,
}

/// The parts of an episode, in the menu at the side.
const PARTS: [(&str, &str); 7] = [
    ("ep-menu-overview", ""),
    ("ep-menu-session", "/session"),
    ("ep-menu-examine", "/examine"),
    ("ep-menu-plan", "/plan"),
    ("ep-menu-measures", "/measures"),
    ("ep-menu-medicines", "/medicines"),
    ("ep-menu-close", "/close"),
];

impl Desk<'_> {
    /// An address below the episode.
    pub(super) fn at(&self, below: &str) -> String {
        format!("/episodes/{}{below}", self.id)
    }

    /// A text in the reader's language.
    pub(super) fn say(&self, id: &str) -> String {
        self.words.say(id)
    }

    /// A text that is told one thing.
    pub(super) fn told(&self, id: &str, name: &str, value: impl Into<String>) -> String {
        self.words.say_with(id, &[(name, value.into().into())])
    }

    /// The frame of a page below the episode. An empty title is the patient's name.
    pub(super) async fn frame(
        &self,
        opened: &Opened,
        title: &str,
        below: &str,
    ) -> Result<Frame, Problem> {
        let identity = self.whose(opened).await?;
        let name = identity.full_name();
        let shown = if title.is_empty() {
            name.clone()
        } else {
            format!("{}: {name}", self.say(title))
        };
        let links: Vec<Link> = PARTS
            .iter()
            .map(|(word, part)| Link::new(self.say(word), self.at(part)).here(*part == below))
            .collect();
        let trail = [
            (name, format!("/patients/{}", opened.patient)),
            (self.say("ep-title"), self.at("")),
        ];
        Ok(Frame::new(&self.words, shown)
            .wide()
            .record()
            .staff(self.signed.staff())
            .at(self.at(below))
            .trail(trail)
            .beside(side_menu(&self.say("ep-menu"), &links)))
    }

    /// Who the patient is.
    pub(super) async fn whose(&self, opened: &Opened) -> Result<Identity, Problem> {
        let caller = &self.signed.caller;
        Ok(self.app.clinic.whose(caller, &opened.patient).await?)
    }

    /// Opens the record: what every page shows is on record before it is shown.
    pub(super) async fn open(&self) -> Result<Opened, Problem> {
        Ok(self.app.clinic.open(&self.signed.caller, self.id).await?)
    }

    /// Whoever sends a form, with the key of its request: sent twice, it is done once.
    pub(super) fn sender(&self, request: &str) -> Caller {
        let user = self.signed.here.session.user.as_str();
        let key = (8..=200).contains(&request.len());
        Caller {
            viewer: self.signed.caller.viewer.clone(),
            request: key.then(|| format!("{user}/{request}")),
        }
    }

    /// What was typed into a form before and not sent, else the form as it begins; and since when it waits.
    pub(super) async fn begun(
        &self,
        form: &Form,
        seen: u64,
        fresh: impl FnOnce(&mut Fields),
    ) -> Result<(Fields, Carried, Option<Timestamp>), Problem> {
        let clinic = &self.app.clinic;
        let draft = clinic.draft(&self.signed.caller, self.id, form).await?;
        let Some(typed) = draft.typed else {
            let mut fields = Fields::new(&self.words);
            fresh(&mut fields);
            let carried = Carried {
                version: draft.version,
                ..Carried::new(seen)
            };
            return Ok((fields, carried, None));
        };
        let fields = Fields::sent(&self.words, typed.fields);
        let carried = Carried {
            version: draft.version,
            ..Carried::read(&fields)
        };
        Ok((fields, carried, Some(typed.at)))
    }

    /// Keeps what was typed. `Err`: another window of the same person kept something else meanwhile, which is handed back.
    pub(super) async fn keep(
        &self,
        form: &Form,
        carried: &Carried,
        pairs: &[(String, String)],
    ) -> Result<Result<u64, Carried>, Problem> {
        let clinic = &self.app.clinic;
        let caller = &self.signed.caller;
        let fields = kept(pairs);
        let done = clinic.keep_draft(caller, self.id, form, carried.version, fields);
        match done.await {
            Ok(version) => Ok(Ok(version)),
            Err(Refused::Changed { found, .. }) => Ok(Err(Carried {
                version: found,
                ..carried.clone()
            })),
            Err(refused) => Err(refused.into()),
        }
    }

    /// What the same person typed in another window since this one was opened, where it is not what this one sends.
    pub(super) async fn elsewhere(
        &self,
        form: &Form,
        carried: &Carried,
        pairs: &Pairs,
    ) -> Result<Option<(u64, Pairs)>, Problem> {
        let other = self.other_window(form, pairs).await?;
        Ok(other.filter(|(version, _)| *version != carried.version))
    }

    /// What is kept of a form, where it is not what this window sends.
    pub(super) async fn other_window(
        &self,
        form: &Form,
        pairs: &Pairs,
    ) -> Result<Option<(u64, Pairs)>, Problem> {
        let clinic = &self.app.clinic;
        let draft = clinic.draft(&self.signed.caller, self.id, form).await?;
        let theirs = draft.typed.map(|typed| typed.fields);
        let theirs = theirs.filter(|theirs| *theirs != kept(pairs));
        Ok(theirs.map(|theirs| (draft.version, theirs)))
    }

    /// Does what a form says. When it is done, what was typed is not kept any longer.
    pub(super) async fn send(
        &self,
        form: &Form,
        carried: &Carried,
        acts: Vec<Act>,
        day: Option<Date>,
    ) -> Result<Done, NotDone> {
        let clinic = &self.app.clinic;
        let caller = self.sender(&carried.request);
        let done = clinic
            .acts(&caller, self.id, carried.seen, acts, day)
            .await
            .inspect_err(|not| self.app.metrics.refused(not.refused.kind()))?;
        let forgotten = clinic.forget_draft(&caller, self.id, form).await;
        forgotten.map_err(|refused| NotDone { nth: 0, refused })?;
        Ok(done)
    }

    /// The token, and what the form carries along.
    pub(super) fn carry(&self, carried: &Carried) -> Markup {
        html! {
            (hidden("csrf", &self.signed.csrf()))
            (hidden("seen", &carried.seen.to_string()))
            (hidden("request", &carried.request))
            (hidden("version", &carried.version.to_string()))
        }
    }

    /// The token alone, with the version that was seen and a key, for a form of few fields.
    pub(super) fn carry_new(&self, seen: u64) -> Markup {
        self.carry(&Carried::new(seen))
    }

    /// That something typed waits here, and the way to throw it away.
    pub(super) fn waits(&self, since: Option<Timestamp>, zone: &TimeZone) -> Markup {
        let Some(since) = since else { return html! {} };
        let when = self.words.moment(since.to_zoned(zone.clone()).datetime());
        let drop = Button::new(self.say("ep-draft-drop"))
            .second()
            .sends("do", "drop")
            .as_it_is();
        inset(html! {
            p { (self.told("ep-draft-waits", "when", when)) }
            (drop)
        })
    }

    /// What somebody else wrote since a form was begun, above what was typed, which is kept.
    pub(super) fn meanwhile(&self, opened: &Opened, seen: u64) -> Markup {
        let since = usize::try_from(seen).unwrap_or(usize::MAX);
        let new = opened.events.iter().skip(since).rev();
        let knowledge = &self.app.clinic.knowledge;
        let moments = timeline::moments(&self.words, knowledge, &opened.zone, new);
        notice(
            &self.words,
            Tone::Urgent,
            html! {
                p class="govuk-notification-banner__heading" { (self.say("ep-changed")) }
                (cotreat_ui::timeline(&moments))
                p { (self.say("ep-changed-below")) }
            },
        )
    }

    /// What the same person typed in another window, beside what this window sends.
    pub(super) fn two_windows(&self, fields: &Fields, theirs: &Pairs) -> Markup {
        let other = Fields::sent(&self.words, theirs.iter().cloned());
        let mut names: Vec<&str> = theirs.iter().map(|(name, _)| name.as_str()).collect();
        names.dedup();
        let differ = names
            .into_iter()
            .filter(|name| !CARRIED.contains(name) && other.all(name) != fields.all(name));
        notice(
            &self.words,
            Tone::Urgent,
            html! {
                p class="govuk-notification-banner__heading" { (self.say("ep-two-windows")) }
                dl class="ct-differs" {
                    @for name in differ {
                        div { dt { (plain(name)) } dd { (other.all(name).join(", ")) } }
                    }
                }
                p { (self.say("ep-two-windows-below")) }
            },
        )
    }

    /// A refusal in the clinic's words: what, why, on which statement, and what to do.
    pub(super) fn refusal(&self, refusal: &Refusal) -> Markup {
        html! {
            div class="ct-refused" {
                p { strong { (capital(&refusal.what)) } ": " (refusal.why) }
                @if let Some(cited) = &refusal.cited {
                    (Evidence {
                        words: &self.words,
                        says: self.say("ep-refused-because"),
                        weight: None,
                        sentence: cited.says.clone(),
                        source: cited.source.clone().unwrap_or_else(|| self.say("ep-basis-expert")),
                        place: place(&cited.location, &format!("{}:{}", cited.file, cited.line)),
                    }.render())
                }
                p { strong { (self.say("ep-refused-remedy")) } " " (capital(&refusal.remedy)) }
            }
        }
    }

    /// What was just done, where the address says so.
    pub(super) fn done(&self, what: Option<&str>) -> Option<Markup> {
        const KNOWN: [&str; 12] = [
            "facts", "alarm", "answer", "session", "amended", "plan", "medicine", "assigned",
            "paper", "closed", "harm", "dropped",
        ];
        let what = KNOWN.into_iter().find(|known| Some(*known) == what)?;
        let says = self.say(&format!("ep-done-{what}"));
        Some(notice(
            &self.words,
            Tone::Good,
            html! { p class="govuk-notification-banner__heading" { (says) } },
        ))
    }
}

/// What is never shown or kept as typed.
const CARRIED: [&str; 5] = ["csrf", "version", "do", "seen", "request"];

/// What of a form is kept: everything but the token, the version of the draft itself and the button.
fn kept(pairs: &[(String, String)]) -> Pairs {
    let own = |name: &str| !matches!(name, "csrf" | "version" | "do");
    pairs
        .iter()
        .filter(|(name, _)| own(name))
        .cloned()
        .collect()
}

/// What a form carries along from when it was begun.
#[derive(Clone, Debug)]
pub(super) struct Carried {
    /// The version of the episode that was looked at.
    pub(super) seen: u64,
    /// The key of its request.
    pub(super) request: String,
    /// The version of the draft that this window knows.
    pub(super) version: u64,
}

impl Carried {
    /// For a form that begins now.
    pub(super) fn new(seen: u64) -> Self {
        Self {
            seen,
            request: new_id(),
            version: 0,
        }
    }

    /// Out of what was sent. Without a version nothing fits, and what happened is shown first.
    pub(super) fn read(fields: &Fields) -> Self {
        let number = |name: &str| fields.get(name).parse().unwrap_or(0);
        Self {
            seen: number("seen"),
            request: fields.get("request").to_owned(),
            version: number("version"),
        }
    }
}

/// What the sender of a form wants: the value of the button that was pressed.
pub(super) fn wish(pairs: &Pairs) -> &str {
    let found = pairs.iter().rfind(|(name, _)| name == "do");
    found.map_or("", |(_, value)| value.as_str())
}

/// Where in a source, and in which file and line.
pub(super) fn place(location: &str, file: &str) -> String {
    if location.is_empty() {
        return file.to_owned();
    }
    format!("{location}; {file}")
}

/// With a capital letter: it begins a sentence.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// An id as it is read aloud.
pub(super) fn plain(id: &str) -> String {
    id.replace(['_', '-', '.'], " ")
}

/// The status that a refused form is answered with.
pub(super) const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
/// The status of a form whose record changed in the meantime.
pub(super) const CONFLICT: StatusCode = StatusCode::CONFLICT;

/// A page in its frame.
pub(super) fn sheet(frame: &Frame, body: Markup, status: StatusCode) -> Page {
    Page::framed(frame, body).with(status)
}
