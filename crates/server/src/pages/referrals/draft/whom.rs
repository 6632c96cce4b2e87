//! To whom: somebody of the directory, anybody in an organisation, or somebody outside.

use std::collections::BTreeMap;

use cotreat_care::event::Addressee;
use cotreat_people::event::NewPatients;
use cotreat_store::clinic::ask::Offers;
use cotreat_ui::{Button, Choice, Field, Fields, Width, Words, details};
use maud::{Markup, Render as _, html};

use super::{Sheet, outside, outside_fields};
use crate::clinic::Listed;

const OUTSIDE: &str = "outside";
/// So many of those that were found are shown; whoever looks for another one says more about them.
const SHOWN: usize = 12;

pub(super) fn set(to: &Addressee, fields: &mut Fields) {
    let chosen = match (&to.outside, &to.practitioner, &to.organisation) {
        (Some(_), _, _) => OUTSIDE.to_owned(),
        (None, Some(user), _) => format!("user/{user}"),
        (None, None, Some(organisation)) => format!("organisation/{organisation}"),
        (None, None, None) => String::new(),
    };
    fields.set("to", chosen);
    if let Some(outside) = &to.outside {
        fields.set("outside-name", outside.name.clone());
        fields.set("outside-email", outside.email.clone());
    }
}

/// What the directory is asked, as the fields say.
pub fn wanted(fields: &Fields) -> Offers<'_> {
    let given = |name: &str| Some(fields.get(name).trim()).filter(|text| !text.is_empty());
    Offers {
        profession: given("profession"),
        technique: given("find-technique"),
        language: given("find-language"),
        organisation: None,
        area: given("find-area"),
        has_room: given("find-room").is_some(),
    }
}

pub(super) fn read(words: &Words, found: &[Listed], fields: &mut Fields, to: &mut Addressee) {
    let chosen = fields.get("to").to_owned();
    match chosen.split_once('/') {
        _ if chosen == OUTSIDE => {
            if let Some((id, outside)) = outside(words, fields) {
                to.practitioner = Some(id);
                to.outside = Some(outside);
            }
        }
        Some(("user", id)) => {
            // Whoever was found has the profession that is looked for.
            if found.iter().any(|one| one.entry.user == id) {
                to.practitioner = Some(id.to_owned());
            } else {
                fields.wrong("to", words.say("draft-other-profession"));
            }
        }
        Some(("organisation", id)) => to.organisation = Some(id.to_owned()),
        _ => {}
    }
}

impl Sheet<'_> {
    pub(super) fn whom(&self) -> Markup {
        let (words, fields) = (self.words, &self.fields);
        let [name, email] = outside_fields(words);
        let search = html! {
            (fields.select(&Field::new("find-technique", words.say("directory-technique")).optional(), &techniques(self)))
            (fields.text(&Field::new("find-language", words.say("directory-language")).optional().width(Width::Five).hint(words.say("directory-language-hint")).autocomplete("off")))
            (fields.text(&Field::new("find-area", words.say("directory-area")).optional().width(Width::Twenty).autocomplete("off")))
            (fields.tick(&Field::new("find-room", words.say("directory-room")).optional(), "yes"))
        };
        html! {
            (details(&words.say("draft-narrow"), search))
            p { (Button::new(words.say("draft-find")).second().sends("do", "find").as_it_is().render()) }
            (fields.radios(&Field::new("to", words.say("draft-to")), &self.people()))
            (fields.text(&name))
            (fields.text(&email))
        }
    }

    /// Whoever was found, the organisations in which they are, and somebody outside.
    fn people(&self) -> Vec<Choice> {
        let words = self.words;
        let chosen = self.fields.get("to");
        let mut choices = Vec::new();
        let mut places: BTreeMap<&str, &str> = BTreeMap::new();
        for (at, one) in self.found.iter().enumerate() {
            let value = format!("user/{}", one.entry.user);
            for (id, name) in &one.organisations {
                places.insert(id, name);
            }
            // Who is chosen stays in sight, however many were found.
            if at < SHOWN || value == chosen {
                let choice = Choice::new(value, one.entry.name.clone());
                choices.push(choice.hint(about(words, one)));
            }
        }
        for (id, name) in places {
            let label = words.say_with("draft-anybody-at", &[("name", name.into())]);
            choices.push(Choice::new(format!("organisation/{id}"), label));
        }
        choices.push(
            Choice::new(OUTSIDE, words.say("draft-outside")).hint(words.say("draft-outside-hint")),
        );
        choices
    }
}

fn techniques(sheet: &Sheet<'_>) -> Vec<Choice> {
    let all = sheet.knowledge.techniques.iter();
    let mut all: Vec<(&str, &str)> = all
        .map(|(_, one)| (one.name.as_str(), one.id.as_str()))
        .collect();
    all.sort_unstable();
    all.into_iter()
        .map(|(name, id)| Choice::new(id, name))
        .collect()
}

/// Where somebody works, what they speak, and whether they have room.
pub fn about(words: &Words, one: &Listed) -> String {
    let told = &one.entry.qualification;
    let mut parts: Vec<String> = one
        .organisations
        .iter()
        .map(|(_, name)| name.clone())
        .collect();
    if !told.areas.is_empty() {
        parts.push(told.areas.join(", "));
    }
    if !told.languages.is_empty() {
        parts.push(told.languages.join(", "));
    }
    parts.extend(told.new_patients.map(|takes| room(words, takes)));
    parts.join(" · ")
}

/// Whether somebody has room, in words.
pub fn room(words: &Words, takes: NewPatients) -> String {
    words.say(match takes {
        NewPatients::Yes => "room-yes",
        NewPatients::WaitingList => "room-waiting",
        NewPatients::No => "room-no",
    })
}
