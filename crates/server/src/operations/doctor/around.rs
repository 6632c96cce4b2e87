//! What stands around the record: files with secrets, the network, mail, the disk.

use std::path::Path;

use super::Line;
use crate::operations::config::{Settings, secret};
use crate::operations::opening;
use crate::operations::room;

pub(super) fn secrets(settings: &Settings) -> Vec<Line> {
    let mut lines = vec![match opening::key(settings) {
        Ok(_) => Line::ok("key file", settings.key_file.display().to_string()),
        Err(problem) => Line::of("key file", &problem),
    }];
    let mut named: Vec<(&'static str, &str, &Path)> = Vec::new();
    let smtp = settings.smtp.as_ref();
    if let Some(file) = &settings.database_password_file {
        named.push(("database password", "database_password_file", file));
    }
    if let Some(file) = smtp.and_then(|smtp| smtp.password_file.as_ref()) {
        named.push(("mail password", "smtp.password_file", file));
    }
    if let Some(file) = &settings.backup.passphrase_file {
        named.push(("backup passphrase", "backup.passphrase_file", file));
    }
    for issuer in &settings.oidc {
        if let Some(file) = &issuer.client_secret_file {
            named.push(("issuer secret", "client_secret_file", file));
        }
    }
    lines.extend(named.into_iter().map(|(what, setting, file)| {
        match secret::read(file, setting) {
            Ok(_) => Line::ok(what, file.display().to_string()),
            Err(problem) => Line::of(what, &problem),
        }
    }));
    lines
}

pub(super) fn network(settings: &Settings) -> Vec<Line> {
    let is_own = settings.listen.ip().is_loopback();
    let line = match &settings.public_url {
        Some(url) if url.starts_with("https://") && is_own => {
            Line::ok("network", format!("{url}, through a proxy on this machine"))
        }
        Some(url) if url.starts_with("https://") => Line::look(
            "network",
            format!(
                "{url}; everybody on the network can reach {} without the proxy, unencrypted",
                settings.listen
            ),
            "let `listen` be 127.0.0.1, or close the port to everybody but the proxy",
        ),
        Some(_) | None if is_own => Line::look(
            "network",
            format!("only this machine reaches {}", settings.public_url()),
            "for others: put a proxy that speaks TLS in front, and write its address as `public_url`",
        ),
        Some(_) | None => Line::wrong(
            "network",
            format!(
                "{} is open to the network without encryption, and no cookie is safe there",
                settings.listen
            ),
            "put a proxy that speaks TLS in front, write its address as `public_url = \"https://…\"`, and let `listen` be 127.0.0.1",
        ),
    };
    vec![line]
}

pub(super) fn mail(settings: &Settings) -> Vec<Line> {
    vec![match &settings.smtp {
        Some(smtp) => Line::ok(
            "mail",
            format!("{}:{}, from {}", smtp.host, smtp.port, smtp.from),
        ),
        None => Line::look(
            "mail",
            "no mail server: nobody is invited or reminded, and one-time links have to be handed over",
            "write a section [smtp]",
        ),
    }]
}

pub(super) fn passwords(settings: &Settings) -> Vec<Line> {
    vec![match &settings.breached_passwords {
        Some(file) if file.is_file() => Line::ok("stolen passwords", file.display().to_string()),
        Some(file) => Line::wrong(
            "stolen passwords",
            format!("{}: there is no such file", file.display()),
            "put the list there, or take `breached_passwords` out",
        ),
        None => Line::look(
            "stolen passwords",
            "new passwords are compared with the short built-in list only",
            "download a list of stolen passwords and name it in `breached_passwords`",
        ),
    }]
}

/// Below this a clinic should look for more room, in bytes.
const LITTLE: u64 = 1 << 30;

pub(super) fn room(settings: &Settings) -> Vec<Line> {
    let places = [
        ("room for the record", settings.database_folder()),
        ("room for backups", settings.backup.folder.clone()),
    ];
    let there = places
        .into_iter()
        .filter_map(|(what, folder)| Some((what, folder?)))
        .filter(|(_, folder)| folder.exists());
    there
        .filter_map(|(what, folder)| {
            let free = room::free(&folder)?;
            let says = format!("{} free in {}", room::words(free), folder.display());
            Some(if free < room::LEAST {
                Line::wrong(what, says, "make room now: nothing can be written any more")
            } else if free < LITTLE {
                Line::look(what, says, "make room, or move to a larger disk")
            } else {
                Line::ok(what, says)
            })
        })
        .collect()
}
