//! Every setting there is, and what it may hold.

/// A setting.
#[derive(Debug)]
pub(super) struct Key {
    /// As it stands in the file, with its section: `smtp.host`.
    pub(super) name: &'static str,
    pub(super) kind: Kind,
}

/// What a setting may hold.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Text,
    /// A path; in the file it is taken from the folder of the file.
    Path,
    /// A path or the address of a server.
    Database,
    /// An address and a port of this machine.
    Listen,
    /// A whole number up to this one.
    Number(u16),
    Truth,
    /// One of these words.
    Word(&'static [&'static str]),
    Texts,
    /// Tables of these settings: `[[oidc]]`.
    Tables(&'static [Key]),
    /// Not a setting: a secret, which belongs into the file that this setting names.
    Secret(&'static str),
}

const fn key(name: &'static str, kind: Kind) -> Key {
    Key { name, kind }
}

pub(super) const KEYS: &[Key] = &[
    key("database", Kind::Database),
    key("database_password_file", Kind::Path),
    key("database_password", Kind::Secret("database_password_file")),
    key("key_file", Kind::Path),
    key("key", Kind::Secret("key_file")),
    key("listen", Kind::Listen),
    key("public_url", Kind::Text),
    key("behind_proxy", Kind::Truth),
    key("name", Kind::Text),
    key("knowledge", Kind::Path),
    key("demo", Kind::Truth),
    key("breached_passwords", Kind::Path),
    key("checkpoint_copy", Kind::Path),
    key("backup.folder", Kind::Path),
    key("backup.recipients", Kind::Texts),
    key("backup.passphrase_file", Kind::Path),
    key("backup.passphrase", Kind::Secret("backup.passphrase_file")),
    key("backup.keep_days", Kind::Number(u16::MAX)),
    key("smtp.host", Kind::Text),
    key("smtp.port", Kind::Number(u16::MAX)),
    key("smtp.user", Kind::Text),
    key("smtp.password_file", Kind::Path),
    key("smtp.password", Kind::Secret("smtp.password_file")),
    key("smtp.from", Kind::Text),
    key("oidc", Kind::Tables(ISSUER)),
    key("log.format", Kind::Word(&["text", "json"])),
    key("log.level", Kind::Word(&["error", "warn", "info", "debug"])),
];

const ISSUER: &[Key] = &[
    key("id", Kind::Text),
    key("name", Kind::Text),
    key("issuer", Kind::Text),
    key("client_id", Kind::Text),
    key("client_secret_file", Kind::Path),
    key("client_secret", Kind::Secret("client_secret_file")),
    key("hosts", Kind::Texts),
    key("inside", Kind::Truth),
    key("asks_second_factor", Kind::Truth),
];

/// What every table of these must hold.
pub(super) const NEEDED: [&str; 4] = ["id", "name", "issuer", "client_id"];

impl Kind {
    /// What to write, for a message.
    pub(super) fn words(self) -> String {
        match self {
            Self::Text => "a text in quotes".to_owned(),
            Self::Path => "a path in quotes".to_owned(),
            Self::Database => "a path or `postgres://USER@HOST/NAME`, in quotes".to_owned(),
            Self::Listen => {
                "an address with a port in quotes, such as \"127.0.0.1:8080\"".to_owned()
            }
            Self::Number(largest) => format!("a whole number from 1 to {largest}"),
            Self::Truth => "true or false".to_owned(),
            Self::Word(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
                format!("one of {}", words.join(", "))
            }
            Self::Texts => "a list of texts: [\"…\", \"…\"]".to_owned(),
            Self::Tables(_) => "tables: [[…]]".to_owned(),
            Self::Secret(_) => "nothing".to_owned(),
        }
    }

    /// Whether it can be given where there are only texts: in the environment or on the command line.
    pub(super) const fn fits_one_line(self) -> bool {
        !matches!(self, Self::Tables(_))
    }
}

/// The variable of a setting: `COTREAT_SMTP_HOST`.
pub(super) fn variable(name: &str) -> String {
    format!("{PREFIX}{}", name.replace('.', "_").to_ascii_uppercase())
}

/// What the variables of all settings begin with.
pub(super) const PREFIX: &str = "COTREAT_";
