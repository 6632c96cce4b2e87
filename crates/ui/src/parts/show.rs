//! Facts to read: tables, lists of a name and a value, and single numbers.

use maud::{Markup, Render, html};

use crate::Words;

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    says: String,
    numeric: bool,
}

impl Column {
    /// Of words.
    #[must_use]
    pub fn new(says: impl Into<String>) -> Self {
        Self {
            says: says.into(),
            numeric: false,
        }
    }

    /// Of numbers, which stand under each other at the right.
    #[must_use]
    pub fn numeric(says: impl Into<String>) -> Self {
        Self {
            numeric: true,
            ..Self::new(says)
        }
    }
}

/// A table; the first cell of a row is its heading. If it is wider than the screen, it scrolls by itself and the page does not.
#[derive(Clone, Debug)]
pub struct Table {
    caption: String,
    columns: Vec<Column>,
    rows: Vec<Vec<Markup>>,
    hidden_caption: bool,
}

impl Table {
    /// With what it shows in words.
    #[must_use]
    pub fn new(caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Self {
            caption: caption.into(),
            columns,
            rows: Vec::new(),
            hidden_caption: false,
        }
    }

    /// The caption is only read out, as a heading above says the same.
    #[must_use]
    pub const fn hide_caption(mut self) -> Self {
        self.hidden_caption = true;
        self
    }

    /// One more row.
    #[must_use]
    pub fn row(mut self, cells: Vec<Markup>) -> Self {
        self.rows.push(cells);
        self
    }
}

impl Render for Table {
    fn render(&self) -> Markup {
        let caption = if self.hidden_caption {
            "govuk-visually-hidden"
        } else {
            "govuk-table__caption govuk-table__caption--s"
        };
        let numeric = |at: usize| self.columns.get(at).is_some_and(|column| column.numeric);
        html! {
            // It takes the keyboard, so that those without a mouse can scroll it.
            div class="ct-scroll" tabindex="0" role="region" aria-label=(self.caption) {
                table class="govuk-table" {
                    caption class=(caption) { (self.caption) }
                    thead class="govuk-table__head" {
                        tr class="govuk-table__row" {
                            @for column in &self.columns {
                                th class={ "govuk-table__header" @if column.numeric { " govuk-table__header--numeric" } } scope="col" { (column.says) }
                            }
                        }
                    }
                    tbody class="govuk-table__body" {
                        @for row in &self.rows {
                            tr class="govuk-table__row" data-row {
                                @for (at, cell) in row.iter().enumerate() {
                                    @if at == 0 {
                                        th class="govuk-table__header" scope="row" { (cell) }
                                    } @else {
                                        td class={ "govuk-table__cell" @if numeric(at) { " govuk-table__cell--numeric" } } { (cell) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A name and a value, perhaps with a way to change it.
#[derive(Clone, Debug)]
pub struct Row {
    key: String,
    value: Markup,
    change: Option<String>,
}

impl Row {
    /// A name and a value.
    #[must_use]
    pub fn new(key: impl Into<String>, value: impl Render) -> Self {
        Self {
            key: key.into(),
            value: value.render(),
            change: None,
        }
    }

    /// Where it is changed.
    #[must_use]
    pub fn change(mut self, address: impl Into<String>) -> Self {
        self.change = Some(address.into());
        self
    }
}

/// Names and values: who somebody is, check your answers.
#[must_use]
pub fn summary_list(words: &Words, rows: &[Row]) -> Markup {
    let changes = rows.iter().any(|row| row.change.is_some());
    html! {
        dl class="govuk-summary-list" {
            @for row in rows {
                div class={ "govuk-summary-list__row" @if changes && row.change.is_none() { " govuk-summary-list__row--no-actions" } } {
                    dt class="govuk-summary-list__key" { (row.key) }
                    dd class="govuk-summary-list__value" { (row.value) }
                    @if let Some(address) = &row.change {
                        dd class="govuk-summary-list__actions" {
                            a class="govuk-link" href=(address) { (words.say("change")) span class="govuk-visually-hidden" { ": " (row.key) } }
                        }
                    }
                }
            }
        }
    }
}

/// A single number.
#[derive(Clone, Debug)]
pub struct Tile {
    /// The number, written.
    pub number: String,
    /// What it counts.
    pub says: String,
    /// How sure, out of how many, since when.
    pub note: Option<String>,
    /// Where it opens.
    pub address: Option<String>,
}

/// Single numbers side by side.
#[must_use]
pub fn tiles(tiles: &[Tile]) -> Markup {
    html! {
        ul class="ct-tiles" {
            @for tile in tiles {
                li class="ct-tile" {
                    span class="ct-tile__number" { (tile.number) }
                    span class="ct-tile__says" {
                        @match &tile.address { Some(address) => a href=(address) { (tile.says) }, None => (tile.says) }
                    }
                    @if let Some(note) = &tile.note { span class="ct-tile__note" { (note) } }
                }
            }
        }
    }
}
