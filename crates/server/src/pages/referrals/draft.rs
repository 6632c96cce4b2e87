//! The fields of a referral that is being written: out of a draft, back into one, and as a form.

mod guided;
mod whom;

use cotreat_care::event::{Addressee, Outside, Referral};
use cotreat_knowledge::Knowledge;
use cotreat_knowledge::model::Pathway;
use cotreat_people::identity::is_email;
use cotreat_ui::{Button, Choice, Field, Fields, Kind, Words, hidden, inset, toolbar};
use maud::{Markup, Render as _, html};

use super::parts;
use crate::clinic::{Listed, outside_id};

pub use whom::{about, room, wanted as whom_wanted};

/// The most characters under one heading.
const MOST: u32 = 4_000;
/// The most lines that a field shows at once, and about how many characters a line has.
const HIGHEST: u8 = 14;
const LINE: usize = 60;

/// A form in the making.
pub struct Sheet<'a> {
    /// The words of whoever writes.
    pub words: &'a Words,
    /// What is known.
    pub knowledge: &'a Knowledge,
    /// Where it is sent.
    pub address: String,
    /// The token of the session.
    pub csrf: String,
    /// Id of the referral, made when the form is shown first, so that the same form sent twice is one referral.
    pub referral: String,
    /// The number of steps that whoever writes has seen.
    pub seen: usize,
    /// What stands in the fields.
    pub fields: Fields,
    /// Whom the directory has for what is looked for.
    pub found: Vec<Listed>,
    /// Who can supervise: id and name of those in the care team.
    pub team: Vec<(String, String)>,
}

/// The name of the field under a heading; the same wherever the heading stands, so that what is typed stays when the headings change.
fn name_of(heading: &str) -> String {
    let hash = blake3::hash(heading.as_bytes()).to_hex();
    format!("content-{}", hash.as_str().get(..10).unwrap_or_default())
}

const MORE: &str = "content-more";

/// Puts a draft into the fields.
pub fn set(words: &Words, knowledge: &Knowledge, draft: &Referral, fields: &mut Fields) {
    fields.set("pathway", draft.pathway.clone().unwrap_or_default());
    fields.set("profession", draft.to.profession.clone());
    whom::set(&draft.to, fields);
    let headings = draft.headings(knowledge);
    for heading in headings {
        let text = draft.content.get(heading).cloned().unwrap_or_default();
        fields.set(name_of(heading), text);
    }
    let more = draft.content.iter();
    let more: Vec<&str> = more
        .filter(|(heading, _)| !headings.contains(heading))
        .map(|(_, text)| text.as_str())
        .collect();
    fields.set(MORE, more.join("\n\n"));
    guided::set(words, knowledge, &draft.guidance, fields);
}

/// Puts what is on record under the headings into fields that are empty still.
pub fn fill(fields: &mut Fields, headings: &[String], under: impl Fn(&str) -> String) {
    for heading in headings {
        let name = name_of(heading);
        if fields.get(&name).trim().is_empty() {
            fields.set(name, under(heading));
        }
    }
}

/// Whether a field of this heading was on the page that was sent.
pub fn has(fields: &Fields, heading: &str) -> bool {
    !fields.all(&name_of(heading)).is_empty()
}

/// The draft that the fields make; what cannot be read is said at its field.
pub fn read(
    words: &Words,
    knowledge: &Knowledge,
    found: &[Listed],
    fields: &mut Fields,
) -> Referral {
    let profession = fields.get("profession").to_owned();
    if knowledge.professions.find(&profession).is_none() {
        let says = words.say("draft-no-profession");
        fields.wrong("profession", says);
    }
    let pathway = Some(fields.get("pathway").to_owned());
    let mut draft = Referral {
        pathway: pathway.filter(|id| knowledge.pathways.find(id).is_some()),
        to: Addressee {
            profession,
            practitioner: None,
            organisation: None,
            outside: None,
        },
        content: Default::default(),
        guidance: guided::read(words, knowledge, fields),
    };
    whom::read(words, found, fields, &mut draft.to);
    let headings = draft.headings(knowledge).to_vec();
    for heading in headings {
        // As long as it is a draft nothing is needed; what is missing is told when it is sent, by the rules of the clinic.
        let field = content_field(&heading, "").optional();
        if let Some(text) = fields.read_text(&field) {
            draft.content.insert(heading, text);
        }
    }
    let more = Field::new(MORE, words.say("draft-more")).optional();
    if let Some(text) = fields.read_text(&more.most(MOST)) {
        draft.content.insert(words.say("draft-more"), text);
    }
    draft
}

/// The field under a heading, as high as what stands in it.
fn content_field(heading: &str, text: &str) -> Field {
    let lines: usize = text
        .lines()
        .map(|line| 1 + line.chars().count() / LINE)
        .sum();
    let rows = u8::try_from(lines + 1).unwrap_or(HIGHEST);
    Field::new(name_of(heading), parts::capital(heading))
        .rows(rows.clamp(3, HIGHEST))
        .most(MOST)
}

impl Sheet<'_> {
    /// The form.
    pub fn form(&self) -> Markup {
        let (words, fields) = (self.words, &self.fields);
        let pathway = self.knowledge.pathways.get(fields.get("pathway"));
        let draft = self.wanted();
        html! {
            (fields.summary())
            form method="post" action=(self.address) {
                (hidden("csrf", &self.csrf))
                (hidden("referral", &self.referral))
                (hidden("seen", &self.seen.to_string()))
                (hidden("pathway", fields.get("pathway")))
                @if let Some(pathway) = pathway { (way(words, pathway)) }
                h2 class="govuk-heading-m" { (words.say("draft-whom")) }
                (fields.select(&Field::new("profession", words.say("referral-as")), &self.professions()))
                (self.whom())
                h2 class="govuk-heading-m" { (words.say("draft-content")) }
                p class="govuk-hint" { (words.say("draft-content-hint")) }
                @for heading in draft.headings(self.knowledge) {
                    (fields.textarea(&content_field(heading, fields.get(&name_of(heading)))))
                }
                (fields.textarea(&Field::new(MORE, words.say("draft-more")).optional().most(MOST)))
                h2 class="govuk-heading-m" { (words.say("draft-guidance")) }
                p class="govuk-hint" { (words.say("draft-guidance-hint")) }
                (self.guidance())
                (toolbar(&[
                    Button::new(words.say("draft-send")).sends("do", "send").render(),
                    Button::new(words.say("draft-save")).second().sends("do", "save").as_it_is().render(),
                ]))
            }
        }
    }

    /// As much of a draft as says which headings there are.
    pub fn wanted(&self) -> Referral {
        Referral {
            pathway: Some(self.fields.get("pathway").to_owned()),
            to: Addressee {
                profession: self.fields.get("profession").to_owned(),
                practitioner: None,
                organisation: None,
                outside: None,
            },
            content: Default::default(),
            guidance: Vec::new(),
        }
    }

    fn professions(&self) -> Vec<Choice> {
        professions(self.knowledge)
    }
}

/// Every profession, by name.
pub fn professions(knowledge: &Knowledge) -> Vec<Choice> {
    let all = knowledge.professions.iter();
    let mut all: Vec<(&str, &str)> = all
        .map(|(_, one)| (one.name.as_str(), one.id.as_str()))
        .collect();
    all.sort_unstable();
    all.into_iter()
        .map(|(name, id)| Choice::new(id, name))
        .collect()
}

/// Why, how fast and to whom, by the pathway.
fn way(words: &Words, pathway: &Pathway) -> Markup {
    inset(html! {
        p class="govuk-body" { strong { (pathway.name) } ": " (pathway.to) }
        p class="govuk-body" { (words.say("pathway-within")) " " strong { (pathway.within) } }
        p class="govuk-hint" { (pathway.statement.says) }
    })
}

/// The name and the address of somebody outside.
fn outside_fields(words: &Words) -> [Field; 2] {
    [
        Field::new("outside-name", words.say("outside-name"))
            .optional()
            .autocomplete("off"),
        Field::new("outside-email", words.say("outside-email"))
            .optional()
            .kind(Kind::Email)
            .autocomplete("off")
            .hint(words.say("outside-email-hint")),
    ]
}

/// Somebody outside, as they were typed.
fn outside(words: &Words, fields: &mut Fields) -> Option<(String, Outside)> {
    let [name, email] = outside_fields(words);
    let (name, email) = (fields.read_text(&name), fields.read_text(&email));
    if name.is_none() {
        fields.wrong("outside-name", words.say("outside-name-missing"));
    }
    if !email.as_deref().is_some_and(is_email) {
        fields.wrong("outside-email", words.say("outside-email-wrong"));
    }
    let outside = Outside {
        name: name?,
        email: email?,
    };
    let id = outside_id(fields.get("referral"), &outside.email);
    Some((id, outside))
}
