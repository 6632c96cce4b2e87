//! What cannot be seen from one setting alone.

use cotreat_knowledge::Problem;

use super::Settings;
use super::given::Values;
use crate::operations::envelope;

/// Everything that does not go together.
pub(super) fn check(settings: &Settings, values: &Values) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut wrong = |key: &str, message: &str, help: &str| {
        problems.push(Problem::new(values.place(key), message).help(help));
    };
    if let Some(url) = &settings.public_url
        && !is_origin(url)
    {
        wrong(
            "public_url",
            "this is not where a browser finds a server",
            "write `https://NAME` without a path; `http://` only for this machine itself",
        );
    }
    for recipient in &settings.backup.recipients {
        if !envelope::is_recipient(recipient) {
            wrong(
                "backup.recipients",
                &format!("`{recipient}` is not a public key of age"),
                "it begins with `age1`; `cotreat backup --new-identity FILE` makes one",
            );
        }
    }
    if !settings.backup.recipients.is_empty() && settings.backup.passphrase_file.is_some() {
        wrong(
            "backup.passphrase_file",
            "backups are encrypted for recipients or with a passphrase, not both",
            "keep one of the two",
        );
    }
    if let Some(smtp) = &settings.smtp {
        if !smtp.from.contains('@') {
            wrong(
                "smtp.from",
                "this is not an e-mail address",
                "write `NAME@HOST`",
            );
        }
        if smtp.user.is_some() != smtp.password_file.is_some() {
            wrong(
                "smtp.user",
                "a user needs a password, and a password a user",
                "give both `smtp.user` and `smtp.password_file`, or neither",
            );
        }
    }
    if settings.database_password_file.is_some() && !settings.database.starts_with("postgres") {
        wrong(
            "database_password_file",
            "a database in a file has no password",
            "take the line out",
        );
    }
    problems
}

/// Sections that are either complete or not there.
pub(super) fn complete(values: &Values) -> Vec<Problem> {
    let any = values
        .found
        .iter()
        .find(|(key, _)| key.starts_with("smtp."));
    let Some((_, first)) = any else {
        return Vec::new();
    };
    ["smtp.host", "smtp.from"]
        .into_iter()
        .filter(|needed| !values.has(needed))
        .map(|needed| {
            Problem::new(first.place.clone(), format!("`{needed}` is missing"))
                .help("a mail server needs a name and an address that sends")
        })
        .collect()
}

/// `https://NAME`, or `http://` with a name of this machine; a port may follow, a path may not.
fn is_origin(url: &str) -> bool {
    let (host, is_safe) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
        (Some(host), _) => (host, true),
        (_, Some(host)) => (host, false),
        _ => return false,
    };
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let is_name = !host.is_empty()
        && host
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
    is_name && (is_safe || is_own(name))
}

/// Names of this machine itself.
pub(crate) fn is_own(name: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]", "0.0.0.0"].contains(&name)
}

/// User and rest of `postgres://USER:PASSWORD@HOST/NAME`.
fn user(url: &str) -> Option<(&str, &str)> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?']).next()?;
    authority.rsplit_once('@')
}

/// Whether the address of a server holds a password.
pub(super) fn has_password(database: &str) -> bool {
    let query = database.split_once('?').map_or("", |(_, query)| query);
    database.starts_with("postgres")
        && (user(database).is_some_and(|(user, _)| user.contains(':'))
            || query.split('&').any(|pair| pair.starts_with("password=")))
}

/// Puts a password behind the user of an address; `None`: it names no user.
pub(super) fn with_password(url: &str, password: &str) -> Option<String> {
    let (user, _) = user(url)?;
    let (scheme, rest) = url.split_once("://")?;
    let rest = rest.strip_prefix(user)?;
    let encoded: String = password
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    Some(format!("{scheme}://{user}:{encoded}{rest}"))
}
