//! Lists of patients, what stands there when a list is empty, and the way to its next page.

use maud::{Markup, html};

use crate::Words;

/// One patient of a caseload.
#[derive(Clone, Debug)]
pub struct CaseRow {
    /// Who it is.
    pub name: String,
    /// Where their record is.
    pub address: String,
    /// What tells them apart and matters now: born, week of care, last score.
    pub facts: Vec<String>,
    /// Alarms, what is due; see [`crate::tag`].
    pub tags: Vec<Markup>,
    /// What comes next, in words.
    pub next: Option<String>,
}

/// A caseload. The keys `j` and `k` go from row to row.
#[must_use]
pub fn caseload(rows: &[CaseRow]) -> Markup {
    html! {
        ul class="ct-caseload" {
            @for row in rows {
                li class="ct-case" data-row {
                    div class="ct-case__who" {
                        a class="ct-case__name" href=(row.address) { (row.name) }
                        span class="ct-case__facts" { @for fact in &row.facts { span { (fact) } } }
                    }
                    div class="ct-case__tags" { @for tag in &row.tags { (tag) } }
                    @if let Some(next) = &row.next { div class="ct-case__next" { (next) } }
                }
            }
        }
    }
}

/// What stands where nothing is yet: what would be here, and what to do.
#[must_use]
pub fn empty(heading: &str, body: Markup) -> Markup {
    html! { div class="ct-empty" { h2 class="govuk-heading-m" { (heading) } (body) } }
}

/// The way through a list of several pages, counted from 1; nothing for a list of one.
#[must_use]
pub fn pager(
    words: &Words,
    page: usize,
    pages: usize,
    address: impl Fn(usize) -> String,
) -> Markup {
    html! {
        @if pages > 1 {
            nav class="govuk-pagination" aria-label=(words.say("pager-label")) {
                @if page > 1 {
                    div class="govuk-pagination__prev" { a class="govuk-link govuk-pagination__link" href=(address(page - 1)) rel="prev" { "← " (words.say("pager-before")) } }
                }
                ul class="govuk-pagination__list" {
                    @for shown in near(page, pages) {
                        @match shown {
                            Some(number) if number == page => li class="govuk-pagination__item govuk-pagination__item--current" {
                                a class="govuk-link govuk-pagination__link" href=(address(number)) aria-current="page" aria-label=(nth(words, number)) { (number) }
                            },
                            Some(number) => li class="govuk-pagination__item" {
                                a class="govuk-link govuk-pagination__link" href=(address(number)) aria-label=(nth(words, number)) { (number) }
                            },
                            None => li class="govuk-pagination__item govuk-pagination__item--ellipsis" { "⋯" },
                        }
                    }
                }
                @if page < pages {
                    div class="govuk-pagination__next" { a class="govuk-link govuk-pagination__link" href=(address(page + 1)) rel="next" { (words.say("pager-next")) " →" } }
                }
            }
        }
    }
}

fn nth(words: &Words, number: usize) -> String {
    words.say_with("pager-page", &[("n", number.into())])
}

/// First, last, and the neighbours of this one; nothing where pages are left out.
fn near(page: usize, pages: usize) -> Vec<Option<usize>> {
    let mut shown = Vec::new();
    let mut last = 0;
    for number in 1..=pages {
        if number == 1 || number == pages || number.abs_diff(page) <= 1 {
            if number > last + 1 {
                shown.push(None);
            }
            shown.push(Some(number));
            last = number;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn a_long_list_shows_its_ends_and_the_neighbours() {
        let numbers = |page, pages| {
            near(page, pages)
                .into_iter()
                .map(|shown| shown.unwrap_or(0))
                .collect::<Vec<_>>()
        };
        assert_eq!(numbers(1, 2), [1, 2]);
        assert_eq!(numbers(5, 9), [1, 0, 4, 5, 6, 0, 9]);
        assert_eq!(numbers(9, 9), [1, 0, 8, 9]);
    }
}
