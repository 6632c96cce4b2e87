//! In which order findings and classifications that cite one another are worked out; a circle is a problem.

use crate::handle::{Handle, Table};
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
    let mut order = sort(context, findings.handles(), findings.len(), cites, |h| {
        (findings[h].id.clone(), findings[h].place.clone())
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
    sort(context, all.handles(), all.len(), cites, |h| {
        (all[h].id.clone(), all[h].place.clone())
    })
}

fn cited(context: &Context<'_>, rule: &Rule) -> Vec<Name> {
    rule.expr
        .symbols()
        .iter()
        .map(|symbol| context.names.of(*symbol))
        .collect()
}

/// Depth-first, without recursion: a long chain of files must not overflow the stack.
fn sort<T>(
    context: &Context<'_>,
    handles: impl Iterator<Item = Handle<T>>,
    len: usize,
    cites: impl Fn(Handle<T>) -> Vec<Handle<T>>,
    named: impl Fn(Handle<T>) -> (String, Place),
) -> Vec<Handle<T>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; len];
    let mut order = Vec::new();
    for start in handles {
        let mut stack = vec![(start, false)];
        while let Some((handle, children_done)) = stack.pop() {
            if children_done {
                marks[handle.index()] = Mark::Done;
                order.push(handle);
            } else if marks[handle.index()] == Mark::New {
                marks[handle.index()] = Mark::Open;
                stack.push((handle, true));
                for other in cites(handle).into_iter().rev() {
                    match marks[other.index()] {
                        Mark::New => stack.push((other, false)),
                        Mark::Open => {
                            let (id, place) = named(handle);
                            let (other, _) = named(other);
                            context.problem(
                                Problem::new(
                                    place,
                                    format!("`{id}` and `{other}` cite each other in a circle"),
                                )
                                .help("let one of them be asked, or split off what both need"),
                            );
                        }
                        Mark::Done => {}
                    }
                }
            }
        }
    }
    order
}
