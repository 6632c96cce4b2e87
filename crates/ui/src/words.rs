//! Every word of the program's own, in every language: Fluent catalogues below `crates/ui/words`, one folder per language and one file per area.
//!
//! A missing text falls back to English and then to its id, so that nobody meets an empty button; tests make sure that neither happens.

mod lang;
mod numbers;

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::civil::{Date, DateTime};
use unic_langid::LanguageIdentifier;

pub use lang::Lang;

/// What a text is told: a number (which chooses between singular and plural), or words.
pub type Value<'a> = FluentValue<'a>;

/// One file of one language.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    /// The name of the file, without its ending.
    pub name: &'static str,
    /// What is in the English one.
    pub en: &'static str,
    /// What is in the Spanish one.
    pub es: &'static str,
}

macro_rules! areas {
    ($($name:literal),+) => {
        &[$(Area {
            name: $name,
            en: include_str!(concat!("../words/en/", $name, ".ftl")),
            es: include_str!(concat!("../words/es/", $name, ".ftl")),
        }),+]
    };
}

/// The files, by whom they are for.
pub const AREAS: &[Area] = areas!(
    "frame",
    "account",
    "patient",
    "practitioner",
    "referral",
    "desk",
    "owner",
    "knowledge",
    "problems",
    "demo"
);

type Bundle = FluentBundle<FluentResource>;

static EN: LazyLock<Bundle> = LazyLock::new(|| bundle(Lang::En));
static ES: LazyLock<Bundle> = LazyLock::new(|| bundle(Lang::Es));

/// What is wrong with a file is left out here and found by the tests, so that a slip in one text never takes a server down.
fn bundle(lang: Lang) -> Bundle {
    // The codes of `Lang` are sound, which a test shows; the default would be the root language.
    let id = lang
        .code()
        .parse::<LanguageIdentifier>()
        .unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![id]);
    // The marks that isolate right-to-left names are for plain text; HTML isolates by elements.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::En => |value, _| numbers::in_text(Lang::En, value),
        Lang::Es => |value, _| numbers::in_text(Lang::Es, value),
    }));
    for area in AREAS {
        let text = match lang {
            Lang::En => area.en,
            Lang::Es => area.es,
        };
        let resource = match FluentResource::try_new(text.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The words of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    lang: Lang,
}

impl Words {
    /// The words of this language.
    #[must_use]
    pub const fn of(lang: Lang) -> Self {
        Self { lang }
    }

    /// Which language it is.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// The text of this id. It is plain text: `maud` escapes it like any other.
    #[must_use]
    pub fn say(&self, id: &str) -> String {
        self.say_with(id, &[])
    }

    /// The text of this id, told what it needs: `words.say_with("questions-left", &[("n", 3.into())])`.
    #[must_use]
    pub fn say_with(&self, id: &str, with: &[(&str, Value<'_>)]) -> String {
        let own = match self.lang {
            Lang::En => &EN,
            Lang::Es => &ES,
        };
        said(own, id, with)
            .or_else(|| said(&EN, id, with))
            .unwrap_or_else(|| id.to_owned())
    }

    /// A day in full: 27 November 2026, 27 de noviembre de 2026.
    #[must_use]
    pub fn date(&self, day: Date) -> String {
        self.say_with("date-long", &date_parts(day))
    }

    /// A day for lists and tables: 27 Nov 2026.
    #[must_use]
    pub fn short_date(&self, day: Date) -> String {
        self.say_with("date-short", &date_parts(day))
    }

    /// A day and the time on the clock, as in the clinic's time zone: 27 Nov 2026, 14:05.
    #[must_use]
    pub fn moment(&self, at: DateTime) -> String {
        format!(
            "{}, {:02}:{:02}",
            self.short_date(at.date()),
            at.hour(),
            at.minute()
        )
    }

    /// A number with this many decimals: 1,234.5 in English, 1234,5 in Spanish.
    #[must_use]
    pub fn number(&self, value: f64, decimals: usize) -> String {
        numbers::written(self.lang, value, decimals)
    }

    /// A share between 0 and 1 as a percentage: 62% in English, 62 % in Spanish.
    #[must_use]
    pub fn percent(&self, share: f64, decimals: usize) -> String {
        let number = self.number(share * 100.0, decimals);
        self.say_with("percent", &[("number", number.into())])
    }

    /// Several things in one breath: a, b and c.
    #[must_use]
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        match items {
            [] => String::new(),
            [one] => one.as_ref().to_owned(),
            [first @ .., last] => {
                let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
                let parts = [
                    ("first", first.join(", ").into()),
                    ("last", last.as_ref().into()),
                ];
                self.say_with("list-and", &parts)
            }
        }
    }
}

fn date_parts(day: Date) -> [(&'static str, Value<'static>); 3] {
    [
        ("day", day.day().into()),
        ("month", day.month().into()),
        // As text, so that a year is not grouped like a number.
        ("year", day.year().to_string().into()),
    ]
}

fn said(bundle: &Bundle, id: &str, with: &[(&str, Value<'_>)]) -> Option<String> {
    let pattern = bundle.get_message(id)?.value()?;
    let args: FluentArgs<'_> = with.iter().cloned().collect();
    // Errors here are variables that were not given; the text then shows the name of the variable.
    let mut errors = Vec::new();
    Some(
        bundle
            .format_pattern(pattern, Some(&args), &mut errors)
            .into_owned(),
    )
}
