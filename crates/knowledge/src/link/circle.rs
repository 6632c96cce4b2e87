//! Things that lead to one another: in which order they come, and the circles among them.

use std::collections::HashMap;

use crate::At;
use crate::files::Written;
use crate::handle::Handle;
use crate::link::context::Context;
use crate::link::ids::Index;

/// A longer circle is not named in full.
const NAMED: usize = 6;

/// Every thing after those it leads to. `found` is called with each circle: every thing in it leads to the next, the last to the first.
///
/// Depth-first, without recursion: a long chain of files must not overflow the stack.
pub(crate) fn in_order<T>(
    all: impl ExactSizeIterator<Item = Handle<T>>,
    leads_to: impl Fn(Handle<T>) -> Vec<Handle<T>>,
    mut found: impl FnMut(&[Handle<T>]),
) -> Vec<Handle<T>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; all.len()];
    let mut order = Vec::new();
    // The way from the start to where we are.
    let mut way: Vec<Handle<T>> = Vec::new();
    for start in all {
        let mut stack = vec![(start, false)];
        while let Some((one, is_left)) = stack.pop() {
            if is_left {
                marks[one.index()] = Mark::Done;
                order.push(one);
                way.pop();
            } else if marks[one.index()] == Mark::New {
                marks[one.index()] = Mark::Open;
                way.push(one);
                stack.push((one, true));
                for next in leads_to(one).into_iter().rev() {
                    match marks[next.index()] {
                        Mark::New => stack.push((next, false)),
                        Mark::Open => {
                            let from = way.iter().position(|on_way| *on_way == next);
                            found(&way[from.unwrap_or(0)..]);
                        }
                        Mark::Done => {}
                    }
                }
            }
        }
    }
    order
}

/// Refuses circles among the files of a kind: `names` gives the ids by which a file leads to others.
pub(crate) fn refuse<F, T>(
    context: &Context<'_>,
    index: &Index<T>,
    files: &[Written<F>],
    id: impl Fn(&F) -> &At<String>,
    names: impl Fn(&F) -> &[At<String>],
    (leads_to, help): (&str, &str),
) {
    let by_id: HashMap<&str, &Written<F>> = files
        .iter()
        .map(|written| (id(&written.value).value.as_str(), written))
        .collect();
    let ids = index.ids();
    let named = |one: Handle<T>| ids[one.index()].as_str();
    let below = |one: Handle<T>| by_id.get(named(one)).map_or(&[][..], |w| names(&w.value));
    in_order(
        index.handles(),
        |one| {
            below(one)
                .iter()
                .filter_map(|at| index.find(&at.value))
                .collect()
        },
        |circle| {
            let (Some(first), Some(last)) = (circle.first(), circle.last()) else {
                return;
            };
            let closing = below(*last).iter().find(|at| at.value == named(*first));
            if let (Some(at), Some(written)) = (closing, by_id.get(named(*last))) {
                let circle: Vec<&str> = circle.iter().map(|one| named(*one)).collect();
                context.wrong(&written.file, at, words(&circle, leads_to), help);
            }
        },
    );
}

/// "`a` gives way to `b`, which gives way to `a`".
pub(crate) fn words(circle: &[&str], leads_to: &str) -> String {
    let Some((first, rest)) = circle.split_first() else {
        return String::new();
    };
    if rest.is_empty() {
        return format!("`{first}` {leads_to} itself");
    }
    let named: Vec<String> = rest
        .iter()
        .take(NAMED)
        .map(|one| format!("{leads_to} `{one}`"))
        .collect();
    let end = if rest.len() > NAMED {
        format!(
            "and so on; the last of {} {leads_to} `{first}`",
            circle.len()
        )
    } else {
        format!("which {leads_to} `{first}`")
    };
    format!("`{first}` {}, {end}", named.join(", which "))
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_circle_is_named_unless_it_is_long() {
        assert_eq!(words(&["a"], "cites"), "`a` cites itself");
        assert_eq!(
            words(&["a", "b", "c"], "cites"),
            "`a` cites `b`, which cites `c`, which cites `a`"
        );
        let long = ["a", "b", "c", "d", "e", "f", "g", "h"];
        assert_eq!(
            words(&long, "cites"),
            "`a` cites `b`, which cites `c`, which cites `d`, which cites `e`, which cites `f`, which cites `g`, and so on; the last of 8 cites `a`"
        );
    }
}
