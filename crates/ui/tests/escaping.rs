//! Whatever stands in a text, it stays a text.

use cotreat_ui::styleguide::with_texts;
use cotreat_ui::{Field, Fields, Frame, Lang, Words};

const HOSTILE: [&str; 10] = [
    "<script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "' onmouseover='alert(1)",
    "\" autofocus onfocus=\"alert(1)",
    "</title><script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    "<!--<svg onload=alert(1)>-->",
    "javascript:alert(1)",
    "{ $n } { \"{\" } <b>",
    "\u{202e}&lt;img\u{0}>&#34;&quot;",
];

/// The marks that HTML is made of, in order: texts that stay texts add none.
fn marks(page: &str) -> String {
    page.chars()
        .filter(|letter| matches!(letter, '<' | '>' | '"'))
        .collect()
}

#[test]
fn every_text_of_every_part_stays_a_text() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let plain = with_texts(&words, &|_| "x".to_owned()).into_string();
        for hostile in HOSTILE {
            let page = with_texts(&words, &|_| hostile.to_owned()).into_string();
            assert_eq!(marks(&page), marks(&plain), "{hostile}");
        }
    }
}

/// What is sent comes back into the form: under its own name, and under names nobody expects.
#[test]
fn what_was_sent_stays_a_text() {
    let words = Words::of(Lang::En);
    let page = |text: &str| {
        let mut fields = Fields::sent(
            &words,
            [
                ("name".to_owned(), text.to_owned()),
                (text.to_owned(), text.to_owned()),
            ],
        );
        let field = Field::new("name", text).hint(text).unit(text);
        fields.wrong("name", text);
        let body = maud::html! { (fields.summary()) (fields.text(&field)) (fields.textarea(&field)) (fields.tick(&field, text)) };
        Frame::new(&words, text)
            .checked(&fields)
            .at(format!("/{text}"))
            .back(format!("/{text}"))
            .clinic(text)
            .page(body)
            .into_string()
    };
    for hostile in HOSTILE {
        assert_eq!(marks(&page(hostile)), marks(&page("x")), "{hostile}");
    }
}
