//! The language as a table: every file in `conformance/` holds sections of rows, in the manner of cel-spec's simple tests.
//!
//! | field | meaning |
//! | --- | --- |
//! | `name`, `expr` | what the row shows; the expression |
//! | `given` | known facts; what is absent is unknown. A set is a list of codes, or `{ yes = […], no = […] }` when known in part |
//! | `expect` | `yes`, `no` or `unknown` |
//! | `unknowns` | the facts in the way, in text order; may be left out when the value is decided |
//! | `reasons` | the facts that made it so; optional |
//! | `trace` | every part on a line, indented, with its value; optional |
//! | `error` or `errors` | instead of `expect`: `message`, `help`, `at` (line:column) and `marks`, the words pointed at |

mod support;

use std::path::{Path, PathBuf};

use cotreat_expr::{Domain, Error, Expr, Symbol, Trace, Tri, Type};
use support::{FACTS, Known, Value, Words, code_of, codes_of, symbol, written};
use toml::{Table, Value as Toml};

#[test]
fn every_row_holds() {
    let mut rows = 0;
    let mut failures = Vec::new();
    for file in files() {
        let text = std::fs::read_to_string(&file).expect("a readable file");
        let table: Table = text
            .parse()
            .unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        for section in list(&table, "section") {
            let section = section.as_table().expect("a section");
            for row in list(section, "tests") {
                rows += 1;
                let row = row.as_table().expect("a row");
                if let Err(why) = check(row) {
                    let place = file.file_name().unwrap_or_default().to_string_lossy();
                    failures.push(format!(
                        "{place}, {}, {}\n    {}\n    {why}",
                        string(section, "name"),
                        string(row, "name"),
                        string(row, "expr")
                    ));
                }
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {rows} rows fail:\n\n{}",
        failures.len(),
        failures.join("\n\n")
    );
    assert!(rows >= 150, "only {rows} rows were found");
}

/// One row against the crate.
fn check(row: &Table) -> Result<(), String> {
    let known_fields = [
        "name", "expr", "given", "expect", "unknowns", "reasons", "trace", "error", "errors",
    ];
    if let Some(field) = row.keys().find(|key| !known_fields.contains(&key.as_str())) {
        return Err(format!("the row has a field nobody reads: {field}"));
    }
    let text = string(row, "expr");
    let expected_errors: Vec<&Table> = match (row.get("error"), row.get("errors")) {
        (Some(error), None) => vec![error.as_table().expect("an error")],
        (None, Some(_)) => list(row, "errors")
            .iter()
            .filter_map(Toml::as_table)
            .collect(),
        _ => Vec::new(),
    };
    let expr = match Expr::compile(text, &Words) {
        Ok(expr) => expr,
        Err(errors) => {
            return same(
                "errors",
                &show_expected(&expected_errors),
                &show_errors(text, &errors),
            );
        }
    };
    if !expected_errors.is_empty() {
        return Err("compiles, but an error was expected".into());
    }
    let facts = given(row);
    let value = expr.eval(&facts);
    same("value", string(row, "expect"), &value.to_string())?;

    let mut unknowns = Vec::new();
    expr.unknowns(&facts, &mut unknowns);
    same(
        "unknowns",
        &strings(row, "unknowns").join(", "),
        &names(&unknowns),
    )?;

    let mut reasons = Vec::new();
    expr.reasons(&facts, &mut reasons);
    if row.contains_key("reasons") {
        same(
            "reasons",
            &strings(row, "reasons").join(", "),
            &names(&reasons),
        )?;
    }

    let mut lines = String::new();
    let trace = expr.trace(&facts);
    show_trace(&trace, 0, &mut lines);
    if row.contains_key("trace") {
        same("trace", string(row, "trace"), &lines)?;
    }
    same(
        "value of the trace",
        &value.to_string(),
        &trace.value.to_string(),
    )
}

fn same(what: &str, expected: &str, found: &str) -> Result<(), String> {
    if expected.trim() == found.trim() {
        Ok(())
    } else {
        Err(format!(
            "{what}: expected\n{expected}\n    but found\n{found}"
        ))
    }
}

fn show_expected(errors: &[&Table]) -> String {
    let line = |error: &&Table| {
        let help = error
            .get("help")
            .map_or("-", |help| help.as_str().expect("a text"));
        let fields = ["at", "marks", "message"].map(|field| string(error, field));
        format!("{} | {} | {} | {help}", fields[0], fields[1], fields[2])
    };
    errors.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn show_errors(text: &str, errors: &[Error]) -> String {
    let line = |error: &Error| {
        let (line, column) = error.span.line_column(text);
        let marks = error.span.slice(text);
        let help = error.help.as_deref().unwrap_or("-");
        format!("{line}:{column} | {marks} | {} | {help}", error.message)
    };
    errors.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn show_trace(trace: &Trace, depth: usize, out: &mut String) {
    out.push_str(&format!(
        "{:indent$}{}: {}\n",
        "",
        trace.text,
        trace.value,
        indent = depth * 2
    ));
    for child in &trace.children {
        show_trace(child, depth + 1, out);
    }
}

fn names(symbols: &[Symbol]) -> String {
    symbols
        .iter()
        .map(|&symbol| written(symbol))
        .collect::<Vec<_>>()
        .join(", ")
}

fn given(row: &Table) -> Known {
    let mut facts = Known::nothing();
    let Some(given) = row.get("given") else {
        return facts;
    };
    for (name, value) in given.as_table().expect("`given` is a table") {
        let place = symbol(name)
            .unwrap_or_else(|| panic!("no fact is called {name}"))
            .0 as usize;
        facts.0[place] = match (FACTS[place].1, value) {
            (Type::Bool, Toml::Boolean(value)) => Value::Bool(*value),
            (Type::Number, Toml::Integer(value)) => {
                Value::Number(value.to_string().parse().expect("a number"))
            }
            (Type::Number, Toml::Float(value)) => Value::Number(*value),
            (Type::Code(domain), Toml::String(text)) => {
                Value::Code(code_of(domain, text).expect("a code"))
            }
            (Type::Set(domain), value) => Value::Set(set(domain, value)),
            _ => panic!("{name} cannot be {value}"),
        };
    }
    facts
}

fn set(domain: Domain, value: &Toml) -> Vec<Tri> {
    let holds = |list: &Toml, code: &str| {
        list.as_array()
            .expect("codes")
            .iter()
            .any(|c| c.as_str() == Some(code))
    };
    let of_code = |code: &&str| match value {
        Toml::Table(parts) if holds(&parts["yes"], code) => Tri::Yes,
        Toml::Table(parts) if holds(&parts["no"], code) => Tri::No,
        Toml::Table(_) => Tri::Unknown,
        all => Tri::from(holds(all, code)),
    };
    codes_of(domain).iter().map(of_code).collect()
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    files
}

fn list<'a>(table: &'a Table, field: &str) -> &'a [Toml] {
    table
        .get(field)
        .and_then(Toml::as_array)
        .map_or(&[], Vec::as_slice)
}

fn string<'a>(table: &'a Table, field: &str) -> &'a str {
    table
        .get(field)
        .and_then(Toml::as_str)
        .unwrap_or_else(|| panic!("`{field}` is missing in {table}"))
}

fn strings<'a>(table: &'a Table, field: &str) -> Vec<&'a str> {
    list(table, field).iter().filter_map(Toml::as_str).collect()
}
