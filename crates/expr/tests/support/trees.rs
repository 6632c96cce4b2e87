//! Conditions as trees: made at random, written as rule text and as CEL text.

#![allow(dead_code, reason = "every test file uses its own part of this one")]

use cotreat_expr::{Code, Domain, Tri, Type};
use proptest::prelude::*;

use crate::support::{FACTS, Known, Value, codes_of};

/// The places of numbers in tests: few, so that comparisons often meet at the border.
pub const NUMBERS: &[f64] = &[
    -1.5,
    -1.0,
    0.0,
    0.5,
    1.0,
    2.0,
    50.0,
    9_007_199_254_740_992.0,
];

#[derive(Clone, Debug)]
pub enum Tree {
    Truth(bool),
    Fact(usize),
    /// A comparison of values, `in`, or anything else without conditions inside: its text in rules, and in CEL.
    Leaf(String, String),
    Not(Box<Tree>),
    All(Vec<Tree>),
    Any(Vec<Tree>),
    Same(bool, Box<Tree>, Box<Tree>),
    AtLeast(usize, Vec<Tree>),
    /// Parentheses that are not needed.
    Group(Box<Tree>),
}

/// How a tree is written down.
#[derive(Clone, Copy, PartialEq)]
pub enum Style {
    Rule,
    /// The same, but every number as a CEL double, for CEL keeps whole numbers apart.
    Cel,
}

impl Tree {
    /// With parentheses only where CEL's precedence needs them, so that precedence is tested too.
    pub fn write(&self, style: Style) -> String {
        let inside = |tree: &Tree, at_least: u8| {
            let text = tree.write(style);
            if tree.strength() < at_least {
                format!("({text})")
            } else {
                text
            }
        };
        let join = |parts: &[Tree], operator: &str, strength| {
            let parts: Vec<String> = parts.iter().map(|part| inside(part, strength)).collect();
            parts.join(operator)
        };
        match self {
            Tree::Truth(value) => value.to_string(),
            Tree::Fact(place) => FACTS[*place].0.to_owned(),
            Tree::Leaf(rule, cel) => if style == Style::Cel { cel } else { rule }.clone(),
            Tree::Not(inner) => format!("!{}", inside(inner, 4)),
            Tree::All(parts) => join(parts, " && ", 2),
            Tree::Any(parts) => join(parts, "||", 1),
            Tree::Same(equal, left, right) => {
                let operator = if *equal { "==" } else { "!=" };
                format!("{} {operator} {}", inside(left, 4), inside(right, 4))
            }
            Tree::AtLeast(n, parts) => format!("atLeast({n}, [{}])", join(parts, ", ", 0)),
            Tree::Group(inner) => format!("({})", inner.write(style)),
        }
    }

    /// How tightly the outermost operator binds.
    fn strength(&self) -> u8 {
        match self {
            Tree::Any(_) => 1,
            Tree::All(_) => 2,
            Tree::Leaf(..) | Tree::Same(..) => 3,
            _ => 4,
        }
    }
}

pub fn places(wanted: impl Fn(Type) -> bool) -> Vec<usize> {
    (0..FACTS.len())
        .filter(|&place| wanted(FACTS[place].1))
        .collect()
}

fn fact(wanted: impl Fn(Type) -> bool) -> impl Strategy<Value = usize> {
    proptest::sample::select(places(wanted))
}

fn domain_of(place: usize) -> Domain {
    match FACTS[place].1 {
        Type::Code(domain) | Type::Set(domain) => domain,
        _ => unreachable!("only asked for choices"),
    }
}

fn code_text(place: usize) -> impl Strategy<Value = String> {
    let codes = proptest::sample::select(codes_of(domain_of(place)).to_vec());
    (codes, prop::bool::ANY).prop_map(|(code, single)| {
        if single {
            format!("'{code}'")
        } else {
            format!("\"{code}\"")
        }
    })
}

fn number_leaf() -> impl Strategy<Value = Tree> {
    let relation = || proptest::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]);
    let is_number = |kind| kind == Type::Number;
    let literal = || {
        proptest::sample::select(NUMBERS.to_vec())
            .prop_map(|value| (format!("{value}"), format!("{value:?}")))
    };
    let name = move || {
        fact(is_number).prop_map(|place| (FACTS[place].0.to_owned(), FACTS[place].0.to_owned()))
    };
    prop_oneof![
        4 => (name(), relation(), literal()),
        2 => (literal(), relation(), name()),
        2 => (name(), relation(), name()),
        1 => (literal(), relation(), literal()),
    ]
    .prop_map(|(left, relation, right)| {
        Tree::Leaf(
            format!("{} {relation} {}", left.0, right.0),
            format!("{} {relation} {}", left.1, right.1),
        )
    })
}

fn code_leaf() -> impl Strategy<Value = Tree> {
    let both = |text: String| Tree::Leaf(text.clone(), text);
    let equality = || proptest::sample::select(vec!["==", "!="]);
    let choice = || fact(|kind| matches!(kind, Type::Code(_)));
    let set = || fact(|kind| matches!(kind, Type::Set(_)));
    prop_oneof![
        (choice(), equality()).prop_flat_map(|(place, equality)| {
            code_text(place).prop_map(move |code| format!("{} {equality} {code}", FACTS[place].0))
        }),
        (choice(), equality()).prop_flat_map(|(place, equality)| {
            code_text(place).prop_map(move |code| format!("{code} {equality} {}", FACTS[place].0))
        }),
        choice().prop_flat_map(|place| {
            prop::collection::vec(code_text(place), 1..4)
                .prop_map(move |codes| format!("{} in [{}]", FACTS[place].0, codes.join(", ")))
        }),
        set()
            .prop_flat_map(|place| code_text(place)
                .prop_map(move |code| format!("{code} in {}", FACTS[place].0))),
        set().prop_map(|place| format!("main_site in {}", FACTS[place].0)),
        equality().prop_map(|equality| format!("stage {equality} stage_before")),
    ]
    .prop_map(both)
}

/// Any condition over the test vocabulary, a few levels deep.
pub fn trees() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        1 => prop::bool::ANY.prop_map(Tree::Truth),
        6 => fact(|kind| kind == Type::Bool).prop_map(Tree::Fact),
        3 => number_leaf(),
        3 => code_leaf(),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let several = || prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            1 => inner.clone().prop_map(|tree| Tree::Not(Box::new(tree))),
            3 => several().prop_map(Tree::All),
            3 => several().prop_map(Tree::Any),
            1 => (prop::bool::ANY, inner.clone(), inner.clone())
                .prop_map(|(equal, left, right)| Tree::Same(equal, Box::new(left), Box::new(right))),
            2 => several().prop_flat_map(|parts| (1..=parts.len()).prop_map(move |n| Tree::AtLeast(n, parts.clone()))),
            1 => inner.clone().prop_map(|tree| Tree::Group(Box::new(tree))),
        ]
    })
}

/// Some facts known, some not, some sets in part.
pub fn knowledge() -> impl Strategy<Value = Known> {
    let each: Vec<BoxedStrategy<Value>> = FACTS
        .iter()
        .map(|&(_, kind)| prop_oneof![2 => Just(Value::Unknown), 3 => value(kind)].boxed())
        .collect();
    each.prop_map(Known)
}

fn value(kind: Type) -> BoxedStrategy<Value> {
    match kind {
        Type::Bool => prop::bool::ANY.prop_map(Value::Bool).boxed(),
        Type::Number => proptest::sample::select(NUMBERS.to_vec())
            .prop_map(Value::Number)
            .boxed(),
        Type::Code(domain) => (0..codes_of(domain).len())
            .prop_map(|place| Value::Code(Code(u16::try_from(place).expect("few codes"))))
            .boxed(),
        Type::Set(domain) => {
            let tri = proptest::sample::select(vec![Tri::No, Tri::Unknown, Tri::Yes]);
            prop::collection::vec(tri, codes_of(domain).len())
                .prop_map(Value::Set)
                .boxed()
        }
    }
}

/// Random numbers for filling gaps: xorshift, so that a failing case can be repeated from its seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed | 1)
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }
}

impl Known {
    /// Gives the fact at `place` a value where it has none; a set gets every code decided.
    pub fn fill(&mut self, place: usize, dice: &mut Dice) {
        let kind = FACTS[place].1;
        match (&mut self.0[place], kind) {
            (Value::Set(codes), _) => {
                for code in codes.iter_mut().filter(|code| code.is_unknown()) {
                    *code = Tri::from(dice.roll(2) == 0);
                }
            }
            (gap @ Value::Unknown, Type::Bool) => *gap = Value::Bool(dice.roll(2) == 0),
            (gap @ Value::Unknown, Type::Number) => {
                *gap = Value::Number(NUMBERS[dice.roll(NUMBERS.len())])
            }
            (gap @ Value::Unknown, Type::Code(domain)) => {
                let code = dice.roll(codes_of(domain).len());
                *gap = Value::Code(Code(u16::try_from(code).expect("few codes")));
            }
            (gap @ Value::Unknown, Type::Set(domain)) => {
                *gap = Value::Set(
                    codes_of(domain)
                        .iter()
                        .map(|_| Tri::from(dice.roll(2) == 0))
                        .collect(),
                );
            }
            _ => {}
        }
    }

    /// Everything known, gaps filled at random.
    pub fn completed(&self, dice: &mut Dice) -> Known {
        let mut all = self.clone();
        for place in 0..FACTS.len() {
            all.fill(place, dice);
        }
        all
    }
}
