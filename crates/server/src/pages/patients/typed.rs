//! Who a patient is, as it is typed: the same fields for registering and for correcting.

use cotreat_people::Identity;
use cotreat_people::decide::Refusal;
use cotreat_people::identity::is_email;
use cotreat_ui::{Choice, Field, Fields, Kind, Width, Words};
use jiff::civil::Date;
use maud::{Markup, html};

/// What was typed, with what is wrong with it.
#[derive(Debug)]
pub(in crate::pages) struct Typed {
    pub(in crate::pages) fields: Fields,
    words: Words,
}

/// Languages by their tags, in their own words; a patient reads one of them.
const LANGUAGES: &str = "en English, es Español, ar العربية, de Deutsch, fr Français, hi हिन्दी, it Italiano, nl Nederlands, pl Polski, pt Português, ro Română, ru Русский, uk Українська, zh 中文";

fn languages() -> impl Iterator<Item = (&'static str, &'static str)> {
    let each = LANGUAGES.split(", ");
    each.filter_map(|one| one.split_once(' '))
}

const NAME: u32 = 100;
const LINE: u32 = 64;
const ADDRESS: u32 = 500;

impl Typed {
    /// A form as it was sent. A date of birth in one field, as programs send it, counts as one in three.
    pub(in crate::pages) fn read(words: &Words, pairs: Vec<(String, String)>) -> Self {
        let mut fields = Fields::sent(words, pairs);
        let whole: Option<Date> = fields.get("born").parse().ok();
        if let Some(born) = whole {
            fields.set_date("born", born);
        }
        Self {
            fields,
            words: *words,
        }
    }

    /// What is known, to be corrected.
    pub(in crate::pages) fn of(identity: &Identity, words: &Words) -> Self {
        let mut fields = Fields::new(words);
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        fields
            .set("given_name", &identity.given_name)
            .set("family_name", &identity.family_name)
            .set("phone", optional(&identity.phone))
            .set("email", optional(&identity.email))
            .set("address", optional(&identity.address))
            .set("language", optional(&identity.language))
            .set("number_elsewhere", optional(&identity.number_elsewhere));
        fields.set_date("born", identity.born);
        Self {
            fields,
            words: *words,
        }
    }

    /// Who it is; nothing where something is wrong, which then stands at its field.
    pub(in crate::pages) fn identity(&mut self) -> Option<Identity> {
        let f = Inputs::new(&self.words);
        let fields = &mut self.fields;
        let given = fields.read_text(&f.given_name);
        let family = fields.read_text(&f.family_name);
        let born = fields.read_date(&f.born);
        let email = fields.read_text(&f.email);
        if email.as_deref().is_some_and(|email| !is_email(email)) {
            fields.wrong("email", self.words.say("email-wrong"));
        }
        let phone = fields.read_text(&f.phone);
        let address = fields.read_text(&f.address);
        let number_elsewhere = fields.read_text(&f.number);
        let language = Some(fields.get("language").trim().to_owned());
        if !fields.is_right() {
            return None;
        }
        Some(Identity {
            family_name: family?,
            given_name: given?,
            born: born?,
            phone,
            email,
            address,
            language: language.filter(|tag| !tag.is_empty()),
            number_elsewhere,
        })
    }

    /// The rules refuse it: said at the field it is about.
    pub(in crate::pages) fn refused(&mut self, refusal: &Refusal) {
        use cotreat_people::decide::Refused;
        let field = match refusal.refused {
            Refused::InTheFuture | Refused::TooLongAgo => "born",
            Refused::NotAnEmail => "email",
            Refused::ReasonTooThin => "reason",
            _ => "given_name",
        };
        let says = match refusal.refused {
            Refused::InTheFuture => self.words.say("born-in-the-future"),
            Refused::TooLongAgo => self.words.say("born-too-long-ago"),
            Refused::NotAnEmail => self.words.say("email-wrong"),
            _ => refusal.to_string(),
        };
        self.fields.wrong(field, says);
    }
}

/// The fields, each once, so that what is read is what was asked.
struct Inputs {
    given_name: Field,
    family_name: Field,
    born: Field,
    phone: Field,
    email: Field,
    address: Field,
    language: Field,
    number: Field,
}

impl Inputs {
    fn new(words: &Words) -> Self {
        // It is about somebody else than who sits at the keyboard.
        let field =
            |name: &str, label: &str| Field::new(name, words.say(label)).autocomplete("off");
        Self {
            given_name: field("given_name", "given-name").most(NAME),
            family_name: field("family_name", "family-name").most(NAME),
            born: field("born", "born").hint(words.say("born-hint")),
            phone: field("phone", "phone")
                .kind(Kind::Tel)
                .width(Width::Twenty)
                .most(LINE)
                .optional(),
            email: field("email", "email")
                .kind(Kind::Email)
                .hint(words.say("email-hint"))
                .optional(),
            address: field("address", "address").rows(3).most(ADDRESS).optional(),
            language: field("language", "language").optional(),
            number: field("number_elsewhere", "number-elsewhere")
                .hint(words.say("number-elsewhere-hint"))
                .width(Width::Twenty)
                .most(LINE)
                .optional(),
        }
    }
}

/// The fields of who a patient is.
pub(in crate::pages) fn inputs(fields: &Fields, words: &Words) -> Markup {
    let f = Inputs::new(words);
    let known = fields.get("language").to_owned();
    let listed = languages().any(|(tag, _)| tag == known);
    let mut choices: Vec<Choice> = languages()
        .map(|(tag, name)| Choice::new(tag, name))
        .collect();
    if !known.is_empty() && !listed {
        choices.push(Choice::new(&known, &known));
    }
    html! {
        (fields.text(&f.given_name))
        (fields.text(&f.family_name))
        (fields.date(&f.born))
        (fields.text(&f.phone))
        (fields.text(&f.email))
        (fields.textarea(&f.address))
        (fields.select(&f.language, &choices))
        (fields.text(&f.number))
    }
}
