//! Fields: what is read from them, and what is said of what cannot be read.

use cotreat_ui::{Choice, Field, Fields, GridRow, Lang, Words};
use jiff::civil::date;

const EN: Words = Words::of(Lang::En);

fn sent(pairs: &[(&str, &str)]) -> Fields {
    let pairs = pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Fields::sent(&EN, pairs)
}

fn born() -> Field {
    Field::new("born", "Date of birth")
}

#[test]
fn a_date_is_read_or_told_what_is_wrong_where() {
    let cases = [
        (["27", "3", "1974"], Some(date(1974, 3, 27)), ""),
        ([" 7 ", "03", "2026 "], Some(date(2026, 3, 7)), ""),
        (["31", "2", "1974"], None, "#born-day"),
        (["27", "", "1974"], None, "#born-month"),
        (["27", "3", "74"], None, "#born-day"),
        (["", "", ""], None, "#born-day"),
        (["x", "3", "1974"], None, "#born-day"),
        (["99999999999", "3", "1974"], None, "#born-day"),
    ];
    for ([day, month, year], expected, place) in cases {
        let mut fields = sent(&[
            ("born-day", day),
            ("born-month", month),
            ("born-year", year),
        ]);
        assert_eq!(fields.read_date(&born()), expected, "{day} {month} {year}");
        let summary = fields.summary().into_string();
        assert_eq!(fields.is_right(), expected.is_some());
        assert!(
            summary.contains(&format!("href=\"{place}\"")) || expected.is_some(),
            "{summary}"
        );
        let shown = fields.date(&born()).into_string();
        assert_eq!(shown.contains("govuk-error-message"), expected.is_none());
        assert!(
            shown.contains(&format!("value=\"{day}\"")),
            "what was typed stays: {shown}"
        );
    }
}

#[test]
fn an_optional_field_may_be_empty_but_not_wrong() {
    let mut fields = sent(&[("born-day", "")]);
    assert_eq!(fields.read_date(&born().optional()), None);
    assert_eq!(
        fields.read_text(&Field::new("name", "Name").optional()),
        None
    );
    assert!(fields.is_right());
    assert_eq!(fields.read_text(&Field::new("name", "Name")), None);
    assert!(!fields.is_right());
    let mut fields = sent(&[("minutes", "many")]);
    assert_eq!(
        fields.read_number(&Field::new("minutes", "Minutes").optional()),
        None
    );
    assert!(!fields.is_right(), "what is there must be readable");
}

#[test]
fn a_number_is_read_with_point_or_comma_and_kept_in_its_range() {
    let field = Field::new("dose", "Dose").range(0.0, 10.0);
    let cases = [
        ("3", Some(3.0)),
        ("2,5", Some(2.5)),
        (" 2.5 ", Some(2.5)),
        ("0", Some(0.0)),
        ("10.1", None),
        ("-1", None),
        ("NaN", None),
        ("inf", None),
        ("1e400", None),
        ("1,000.5", None),
        ("", None),
    ];
    for (text, expected) in cases {
        let mut fields = sent(&[("dose", text)]);
        assert_eq!(fields.read_number(&field), expected, "{text:?}");
        assert_eq!(fields.is_right(), expected.is_some());
    }
}

#[test]
fn only_what_was_offered_can_be_chosen() {
    let choices = [Choice::new("yes", "Yes"), Choice::new("no", "No")];
    let field = Field::new("known", "Known");
    let mut fields = sent(&[("known", "maybe")]);
    assert_eq!(fields.read_choice(&field, &choices), None);
    assert!(!fields.is_right());
    let mut fields = sent(&[("known", "no"), ("known", "yes"), ("known", "drop")]);
    assert_eq!(fields.read_choices(&field, &choices), ["yes", "no"]);
    let mut fields = sent(&[("worst", "11"), ("best", "0")]);
    assert_eq!(
        fields.read_scale(&Field::new("worst", "Worst"), 0, 10),
        None
    );
    assert_eq!(
        fields.read_scale(&Field::new("best", "Best"), 0, 10),
        Some(0)
    );
}

#[test]
fn a_text_has_its_limit_in_characters_not_in_bytes() {
    let field = Field::new("noted", "Noted").most(3);
    assert_eq!(
        sent(&[("noted", "ñáé")]).read_text(&field).as_deref(),
        Some("ñáé")
    );
    assert_eq!(sent(&[("noted", "ñáéí")]).read_text(&field), None);
    assert_eq!(
        sent(&[("noted", " a\r\nb ")]).read_text(&field).as_deref(),
        Some("a\nb")
    );
}

#[test]
fn a_password_is_never_written_back() {
    let fields = sent(&[("password", "correct horse")]);
    let shown = fields
        .password(&Field::new("password", "Password"))
        .into_string();
    assert!(!shown.contains("correct horse"));
    assert!(!format!("{fields:?}").contains("correct horse"));
}

#[test]
fn a_date_and_a_row_of_a_session_are_prefilled() {
    let mut fields = Fields::new(&EN);
    fields.set_date("born", date(1974, 3, 27));
    assert_eq!(fields.read_date(&born()), Some(date(1974, 3, 27)));
    fields.set(GridRow(1).technique(), "b");
    let choices = [Choice::new("a", "First"), Choice::new("b", "Second")];
    let grid = fields
        .session_grid(&choices, &choices, &choices, 2)
        .into_string();
    assert_eq!(grid.matches("value=\"b\" selected").count(), 1);
    assert!(grid.contains("id=\"minutes-1\""));
}
