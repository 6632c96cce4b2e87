//! In which order findings and classifications that cite one another are worked out; a circle is a problem.

use crate::handle::{Handle, Table};
use crate::link::circle;
use crate::link::context::Context;
use crate::model::{Classification, Finding, Rule};
use crate::names::Name;
use crate::problem::{Place, Problem};

/// Findings that follow from others, each after those it cites.
pub(crate) fn findings(context: &Context<'_>, findings: &Table<Finding>) -> Vec<Handle<Finding>> {
    let cites = |finding: Handle<Finding>| {
        let one = &findings[finding];
        let rules = [one.derive.as_ref(), one.no_when.as_ref()];
        rules
            .into_iter()
            .flatten()
            .flat_map(|rule| cited(context, rule))
            .filter_map(|name| match name {
                Name::Finding(other) => Some(other),
                _ => None,
            })
            .collect()
    };
    let mut order = circle::in_order(findings.handles(), cites, |circle| {
        tell(context, circle, |one| {
            (&findings[one].id, &findings[one].place)
        });
    });
    order.retain(|h| findings[*h].derive.is_some() || findings[*h].no_when.is_some());
    order
}

/// Classifications, each after those it cites.
pub(crate) fn classifications(
    context: &Context<'_>,
    all: &Table<Classification>,
) -> Vec<Handle<Classification>> {
    let cites = |one: Handle<Classification>| {
        all[one]
            .values
            .iter()
            .flat_map(|value| cited(context, &value.when))
            .filter_map(|name| match name {
                Name::Classification(other) => Some(other),
                _ => None,
            })
            .collect()
    };
    circle::in_order(all.handles(), cites, |circle| {
        tell(context, circle, |one| (&all[one].id, &all[one].place));
    })
}

fn cited(context: &Context<'_>, rule: &Rule) -> Vec<Name> {
    rule.expr
        .symbols()
        .iter()
        .map(|symbol| context.names.of(*symbol))
        .collect()
}

/// Says that things cite one another in a circle, at the one that closes it.
fn tell<'n, T>(
    context: &Context<'_>,
    circle: &[Handle<T>],
    named: impl Fn(Handle<T>) -> (&'n String, &'n Place),
) {
    let ids: Vec<&str> = circle.iter().map(|one| named(*one).0.as_str()).collect();
    let Some((_, place)) = circle.last().map(|one| named(*one)) else {
        return;
    };
    let message = circle::words(&ids, "cites");
    context.problem(
        Problem::new(place.clone(), message)
            .help("let one of them be asked, or split off what both need"),
    );
}
