//! Every id by kind, and what to say about an id that does not exist.

use cotreat_care::face::{Block, Tone};
use cotreat_knowledge::{Knowledge, Problem, did_you_mean};
use serde_json::{Value, json};

use crate::terminal;

use cotreat_care::explain::{Kinds, kinds, part};

use super::missing;

/// Prints every id by kind.
pub(super) fn print(knowledge: &Knowledge, json: bool) {
    let kinds: Kinds<'_> = kinds(knowledge);
    if json {
        let all: Vec<Value> = kinds
            .iter()
            .flat_map(|(kind, list)| {
                list.iter()
                    .map(move |(id, name)| json!({ "kind": kind, "id": id, "name": name }))
            })
            .collect();
        terminal::print(&format!("{:#}\n", Value::Array(all)));
        return;
    }
    let mut blocks = Vec::new();
    for (kind, list) in &kinds {
        blocks.push(Block::Heading(2, format!("{kind} ({})", list.len())));
        blocks.extend(
            list.iter()
                .map(|(id, name)| Block::Item(0, format!("{id} : {name}"), Tone::Plain)),
        );
    }
    terminal::show(&blocks);
}

/// How many names are offered for a word that is no id.
const OFFERED: usize = 5;

/// The nearest id, or ids whose name holds the word.
pub(super) fn unknown(knowledge: &Knowledge, id: &str) -> Problem {
    let kinds: Kinds<'_> = kinds(knowledge);
    let problem = missing(format!("nothing is called `{id}`"));
    let parts = id
        .split_once('.')
        .map(|(whole, _)| part::labels(knowledge, whole))
        .unwrap_or_default();
    let ids = kinds
        .iter()
        .flat_map(|(_, list)| list.iter().map(|(id, _)| *id))
        .chain(parts.iter().map(String::as_str));
    if let Some(close) = did_you_mean(id, ids) {
        return problem.help(close);
    }
    let word = id.to_lowercase().replace('_', " ");
    let holds = |(id, name): &&(&str, &str)| {
        name.to_lowercase().contains(&word) || id.replace('_', " ").contains(&word)
    };
    let mut named: Vec<&str> = kinds
        .iter()
        .flat_map(|(_, list)| list.iter().filter(holds).map(|(id, _)| *id))
        .take(OFFERED + 1)
        .collect();
    named.dedup();
    if !parts.is_empty() {
        return problem.help(format!("its parts are {}", parts.join(", ")));
    }
    match named.len() {
        0 => problem.help("`cotreat explain` lists every id"),
        n if n > OFFERED => problem.help(format!(
            "these hold the word, among others: {}",
            named[..OFFERED].join(", ")
        )),
        _ => problem.help(format!("these hold the word: {}", named.join(", "))),
    }
}
