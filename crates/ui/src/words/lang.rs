//! The languages there are, and which one a reader gets.

/// A language that every text exists in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    /// English, which is also what is shown when nothing better is known.
    #[default]
    En,
    /// Spanish.
    Es,
}

impl Lang {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::En, Self::Es];

    /// As in `lang="…"`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }

    /// What it calls itself; this is the one word that is never translated.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Es => "Español",
        }
    }

    /// From a code such as `es`, `es-MX` or `ES_mx`; nothing for a language that there is not.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let main = code.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|lang| lang.code().eq_ignore_ascii_case(main))
    }

    /// The best of what a browser asks for in `Accept-Language` (RFC 9110, 12.5.4): the highest weight, the first of equals; English if it asks for nothing that there is.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        let mut best: Option<(Self, f32)> = None;
        for asked in header.split(',') {
            let mut parts = asked.split(';');
            let Some(lang) = parts.next().and_then(Self::from_code) else {
                continue;
            };
            let weight = parts
                .find_map(|part| part.trim().strip_prefix("q="))
                .map_or(Some(1.0), |weight| weight.trim().parse::<f32>().ok())
                .unwrap_or(0.0);
            if weight > best.map_or(0.0, |(_, weight)| weight) {
                best = Some((lang, weight));
            }
        }
        best.map_or(Self::En, |(lang, _)| lang)
    }

    /// What a reader chose before (a cookie, or their entry in the register), else what their browser asks for.
    #[must_use]
    pub fn chosen(stored: Option<&str>, accept_language: &str) -> Self {
        stored
            .and_then(Self::from_code)
            .unwrap_or_else(|| Self::from_accept_language(accept_language))
    }
}
