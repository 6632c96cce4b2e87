//! Ids into handles.

use cotreat_knowledge::model::Profession;
use cotreat_knowledge::{Handle, Table, did_you_mean};

use super::Reader;
use crate::input::node::{At, Node};

impl Reader<'_> {
    pub(super) fn handle<T>(
        &mut self,
        at: &At,
        id: &str,
        table: &Table<T>,
        kind: &str,
    ) -> Option<Handle<T>> {
        let found = table.find(id);
        if found.is_none() {
            let help = did_you_mean(id, table.ids().iter().map(String::as_str))
                .unwrap_or_else(|| format!("`cotreat explain` lists every {kind}"));
            self.wrong(at, format!("there is no {kind} `{id}`"), help);
        }
        found
    }

    pub(super) fn handles<T>(&mut self, at: &At, table: &Table<T>, kind: &str) -> Vec<Handle<T>> {
        let mut found = Vec::new();
        if let Node::List(items) = &at.node {
            for item in items {
                if let Some(handle) = self
                    .text(item, kind)
                    .and_then(|id| self.handle(item, id, table, kind))
                    && !found.contains(&handle)
                {
                    found.push(handle);
                }
            }
        } else {
            self.wrong(
                at,
                format!("this must be a list of {kind}s"),
                "write `[\"…\", \"…\"]`",
            );
        }
        found
    }

    pub(super) fn profession(&mut self, at: &At) -> Option<Handle<Profession>> {
        let written = at.get("profession")?;
        let id = self.text(written, "profession")?;
        let knowledge = self.knowledge;
        self.handle(written, id, &knowledge.professions, "profession")
    }
}
