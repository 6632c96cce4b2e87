//! Hostile and absurd input: an error with a position, on an ordinary test thread with its 2 MiB of stack.

mod support;

use cotreat_expr::{Error, Expr, Tri, limits};
use support::{Known, Words};

/// The only error of a text that must not compile.
fn refused(text: &str) -> Error {
    match Expr::compile(text, &Words) {
        Ok(_) => panic!("compiles: {:.80}", text),
        Err(errors) => {
            assert_eq!(errors.len(), 1, "{:?}", errors);
            errors.into_iter().next().expect("one error")
        }
    }
}

fn accepted(text: &str) -> Expr {
    Expr::compile(text, &Words).unwrap_or_else(|errors| panic!("{:.80}: {errors:?}", text))
}

#[test]
fn ten_thousand_parentheses() {
    for text in [
        "(".repeat(10_000),
        format!("{}a{}", "(".repeat(10_000), ")".repeat(10_000)),
    ] {
        let error = refused(&text);
        assert_eq!(error.span.start, limits::LENGTH);
        assert!(error.message.contains("is the most"), "{error}");
    }
}

/// As many as fit into the length, so that it is the depth that refuses them.
#[test]
fn every_kind_of_nesting_stops_at_the_depth_limit() {
    let cases = [
        ("(", ")"),
        ("!", ""),
        ("[", "]"),
        ("f(", ")"),
        ("atLeast(1, [", "])"),
        ("!(", ")"),
        ("a || (b && ", ")"),
    ];
    for (open, close) in cases {
        let many = limits::LENGTH / (open.len() + close.len()) - 1;
        let error = refused(&format!("{}a{}", open.repeat(many), close.repeat(many)));
        assert!(
            error.message.contains("nested more than 64 levels"),
            "{open}: {error}"
        );
        assert!(
            error.span.start < 64 * open.len() + open.len(),
            "{open}: {:?}",
            error.span
        );
    }
}

#[test]
fn the_depth_limit_itself_is_allowed() {
    let nested = |depth: usize| format!("{}a{}", "(b || ".repeat(depth), ")".repeat(depth));
    let expr = accepted(&nested(limits::DEPTH));
    let facts = Known::nothing();
    assert_eq!(expr.eval(&facts), Tri::Unknown);
    assert_eq!(expr.trace(&facts).value, Tri::Unknown);
    let mut out = Vec::new();
    expr.unknowns(&facts, &mut out);
    assert_eq!(out.len(), 2);
    refused(&nested(limits::DEPTH + 1));
    accepted(&format!("{}a", "!".repeat(limits::DEPTH)));
    refused(&format!("{}a", "!".repeat(limits::DEPTH + 1)));
}

/// Depth is counted inside one another, not side by side.
#[test]
fn many_brackets_side_by_side_are_not_deep() {
    for part in [
        "(a)",
        "!a",
        "alarm('malignancy')",
        "onset in ['sudden']",
        "atLeast(1, [a])",
    ] {
        accepted(&vec![part; 200].join(" && "));
    }
}

#[test]
fn a_hundred_thousand_nots() {
    assert_eq!(refused(&"!".repeat(100_000)).span.start, limits::LENGTH);
}

#[test]
fn a_line_of_a_megabyte() {
    for piece in ["a", " ", "'", "a && ", "ß", "[", "1", "\\", "\0"] {
        let error = refused(&piece.repeat(1_000_000 / piece.len()));
        assert!(error.message.contains("bytes long"), "{piece:?}: {error}");
    }
}

#[test]
fn the_length_limit_falls_on_a_character() {
    let text = format!("a{}", "ß".repeat(limits::LENGTH));
    let error = refused(&text);
    assert!(text.get(error.span.start..error.span.end).is_some());
    let longest = format!("a{}", " ".repeat(limits::LENGTH - 1));
    accepted(&longest);
    refused(&format!("{longest} "));
}

#[test]
fn the_number_of_parts_is_limited() {
    let chain = |facts: usize| vec!["a"; facts].join("||");
    accepted(&chain(limits::NODES - 1));
    let error = refused(&chain(limits::NODES));
    assert!(error.message.contains("more than 2000 parts"), "{error}");
}

/// Each part may be wrong in its own way, and all of it is told.
#[test]
fn many_errors_are_all_reported() {
    let errors = Expr::compile(&vec!["x"; 1_000].join("||"), &Words).expect_err("an unknown name");
    assert_eq!(errors.len(), 1_000);
}

#[test]
fn every_byte_alone_and_in_place() {
    for byte in 0..=u8::MAX {
        for bytes in [
            &[byte][..],
            &[b'a', byte],
            &[b'a', b' ', byte, b' ', b'b'],
            &[b'\'', byte, b'\''],
            &[b'1', byte],
        ] {
            let text = String::from_utf8_lossy(bytes);
            if let Err(errors) = Expr::compile(&text, &Words) {
                for error in errors {
                    assert!(
                        text.get(error.span.start..error.span.end).is_some(),
                        "{text:?}: {error:?}"
                    );
                }
            }
        }
    }
}

/// A beginning of a good expression is good or refused, wherever it is cut.
#[test]
fn cut_anywhere() {
    let whole = "atLeast(2, [fever, age >= -50.5, onset in ['sudden', \"gradual\"]]) && !('buttock' in pain_sites)";
    accepted(whole);
    for end in 0..whole.len() {
        let _ = Expr::compile(&whole[..end], &Words);
        let _ = Expr::compile(&whole[end..], &Words);
    }
}

/// The words of a message stay short and visible, whatever was written.
#[test]
fn messages_do_not_repeat_a_flood() {
    let error = refused(&format!("{} && a", "x".repeat(8_000)));
    assert!(error.to_string().len() < 400, "{error}");
    let error = refused(&format!("onset == '{}'", "\u{7}".repeat(2_000)));
    assert!(!error.message.contains('\u{7}'));
    assert!(error.message.len() < 1_000);
}
