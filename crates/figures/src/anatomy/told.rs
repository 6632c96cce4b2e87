//! What the picture says, in words and as a table.

use maud::{Markup, html};

use super::{Part, Role, shapes};
use crate::Words;
use crate::words::{capital, fill};

/// The parts by what is done to them: `Released: piriformis, left. Spared: hip, right.`
pub fn words(parts: &[Part], words: &Words) -> String {
    let mut said = Vec::new();
    for role in roles(parts) {
        let named: Vec<String> = parts
            .iter()
            .filter(|part| part.role == role)
            .map(|part| words.with_side(&part.name, part.side.name(words)))
            .collect();
        said.push(format!(
            "{}: {}.",
            capital(role.name(words)),
            named.join("; ")
        ));
    }
    let missing: Vec<&str> = parts
        .iter()
        .filter(|part| !has_shape(part))
        .map(|part| part.name.as_str())
        .collect();
    if !missing.is_empty() {
        said.push(fill(
            &words.anatomy.not_drawn,
            &[("parts", &missing.join("; "))],
        ));
    }
    if parts.is_empty() {
        said.push(words.anatomy.none.clone());
    }
    said.join(" ")
}

fn has_shape(part: &Part) -> bool {
    shapes().any(|id| id == part.id)
}

/// The roles that occur.
fn roles(parts: &[Part]) -> impl Iterator<Item = Role> {
    Role::ALL
        .into_iter()
        .filter(|role| parts.iter().any(|part| part.role == *role))
}

/// How each role looks.
pub fn legend(parts: &[Part], words: &Words) -> Markup {
    html! {
        ul class="fig-legend" {
            @for role in roles(parts) {
                li {
                    svg viewBox="0 0 16 16" aria-hidden="true" focusable="false" {
                        g class=(role.class()) {
                            path class="fig-shape" d="M2 3h12v10h-12z" {}
                            @if role != Role::Spared { path class="fig-fibre" d="M2 6.3h12M2 9.7h12" {} }
                        }
                    }
                    (capital(role.name(words)))
                }
            }
        }
    }
}

/// One row for each part.
pub fn table(parts: &[Part], words: &Words) -> Markup {
    let own = &words.anatomy;
    html! {
        table {
            thead { tr { @for head in [&own.part, &words.body.side, &own.role] { th scope="col" { (head) } } } }
            tbody {
                @for part in parts {
                    tr {
                        th scope="row" { (part.name) }
                        td { (part.side.name(words)) }
                        td { (part.role.name(words)) }
                    }
                }
                @if parts.is_empty() { tr { td colspan="3" { (own.none) } } }
            }
        }
    }
}
