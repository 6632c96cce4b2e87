//! Which language a reader gets, and how it writes dates and numbers.

use cotreat_ui::{Lang, Words};
use jiff::civil::date;

#[test]
fn the_browser_gets_what_it_asks_for() {
    let cases = [
        ("", Lang::En),
        ("es", Lang::Es),
        ("es-MX,es;q=0.9,en;q=0.8", Lang::Es),
        ("fr-FR, de;q=0.9, es;q=0.2", Lang::Es),
        ("en;q=0.4, es;q=0.7", Lang::Es),
        ("en, es", Lang::En),
        ("es;q=0, en;q=0.1", Lang::En),
        ("es;q=abc", Lang::En),
        ("fr", Lang::En),
        ("ES_419", Lang::Es),
        (";;;,,q=1,es;;q=", Lang::En),
    ];
    for (header, lang) in cases {
        assert_eq!(Lang::from_accept_language(header), lang, "{header:?}");
    }
    assert_eq!(Lang::chosen(Some("en"), "es"), Lang::En);
    assert_eq!(Lang::chosen(Some("tlh"), "es"), Lang::Es);
    assert_eq!(Lang::chosen(None, "es"), Lang::Es);
}

#[test]
fn days_and_moments_are_written_as_one_says_them() {
    let (en, es) = (Words::of(Lang::En), Words::of(Lang::Es));
    let day = date(2026, 11, 27);
    assert_eq!(en.date(day), "27 November 2026");
    assert_eq!(es.date(day), "27 de noviembre de 2026");
    assert_eq!(en.short_date(date(2026, 9, 3)), "3 Sep 2026");
    assert_eq!(
        es.moment(date(2026, 1, 3).at(7, 5, 0, 0)),
        "3 ene 2026, 07:05"
    );
    let months: Vec<String> = (1..=12)
        .map(|month| es.date(date(2026, month, 1)))
        .collect();
    let distinct: std::collections::BTreeSet<&String> = months.iter().collect();
    assert_eq!(distinct.len(), 12);
}

#[test]
fn numbers_are_written_as_each_language_does() {
    let (en, es) = (Words::of(Lang::En), Words::of(Lang::Es));
    let cases = [
        (1_234.5, 1, "1,234.5", "1234,5"),
        (12_345.0, 0, "12,345", "12\u{a0}345"),
        (1_234_567.891, 2, "1,234,567.89", "1\u{a0}234\u{a0}567,89"),
        (-0.25, 2, "\u{2212}0.25", "\u{2212}0,25"),
        (-0.001, 1, "0.0", "0,0"),
        (999.0, 0, "999", "999"),
    ];
    for (value, decimals, english, spanish) in cases {
        assert_eq!(en.number(value, decimals), english);
        assert_eq!(es.number(value, decimals), spanish);
    }
    assert_eq!(en.percent(0.624, 1), "62.4%");
    assert_eq!(es.percent(0.624, 1), "62,4 %");
}

#[test]
fn texts_are_told_numbers_and_names_without_marks_around_them() {
    let (en, es) = (Words::of(Lang::En), Words::of(Lang::Es));
    assert_eq!(
        en.say_with("stepper", &[("n", 3.into()), ("of", 12.into())]),
        "Question 3 of 12"
    );
    assert_eq!(
        en.say_with("characters-most", &[("n", 1.into())]),
        "At most 1 character"
    );
    assert_eq!(
        es.say_with("characters-most", &[("n", 2_000.into())]),
        "Como máximo 2000 caracteres"
    );
    assert_eq!(
        en.say_with(
            "field-out-of-range",
            &[
                ("label", "<b>".into()),
                ("least", 0.5.into()),
                ("most", 1_500.into())
            ]
        ),
        "<b>: this must be between 0.5 and 1,500."
    );
    assert_eq!(es.list(&["a", "b", "c"]), "a, b y c");
    assert_eq!(en.list(&["a"]), "a");
    assert_eq!(en.list::<&str>(&[]), "");
}

#[test]
fn a_text_that_is_not_there_shows_its_id_and_nothing_fails() {
    assert_eq!(
        Words::of(Lang::Es).say("nobody-wrote-this"),
        "nobody-wrote-this"
    );
}

#[test]
fn many_threads_read_the_words_at_once() {
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for n in 0..200_usize {
                    let says = Words::of(Lang::En).say_with("pager-page", &[("n", n.into())]);
                    assert_eq!(says, format!("Page {n}"));
                }
            });
        }
    });
}
