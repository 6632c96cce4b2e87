//! What the knowledge says about an id: complete, with its file, and with what rests on each source.

use std::collections::BTreeSet;

use cotreat_care::explain::{Library, articles, kinds};

use crate::common::{knowledge, texts};

#[test]
fn everything_that_has_an_id_has_an_article_with_its_file() {
    let library = Library::of(knowledge());
    let mut seen = 0;
    for (kind, ids) in kinds(knowledge()) {
        for (id, name) in ids {
            let article = library
                .article(kind, id)
                .unwrap_or_else(|| panic!("{kind} {id}"));
            let file = article.file.as_ref().expect("it stands in a file");
            assert!(
                texts().contains_key(&file.path),
                "{kind} {id}: {}",
                file.path
            );
            assert!(!article.name.is_empty() && !name.is_empty(), "{kind} {id}");
            assert!(library.kind_of(id).is_some());
            seen += 1;
        }
    }
    assert!(seen > 300, "{seen}");
    assert_eq!(
        library
            .counts()
            .iter()
            .map(|(_, count)| count)
            .sum::<usize>(),
        seen
    );
}

#[test]
fn whatever_names_a_source_rests_on_it() {
    let library = Library::of(knowledge());
    let (mut resting, mut named) = (BTreeSet::new(), BTreeSet::new());
    for (kind, _) in library.counts() {
        for article in library.of_kind(kind) {
            for section in &article.sections {
                for entry in &section.entries {
                    let says = (entry.words.clone(), entry.place.clone());
                    match (kind, section.title) {
                        ("source", "What rests on it") => {
                            resting.insert((article.id.clone(), says));
                        }
                        ("source", _) => {}
                        _ => {
                            let source = entry.origin.as_ref().and_then(|one| one.source.clone());
                            named.extend(source.map(|source| (source, says)));
                        }
                    }
                }
            }
        }
    }
    assert!(named.len() > 300, "{}", named.len());
    assert_eq!(resting, named);
}

#[test]
fn what_the_command_tells_and_what_is_browsed_are_the_same_words() {
    let library = Library::of(knowledge());
    for kind in ["finding", "condition", "intervention", "muscle"] {
        let article = library.of_kind(kind).next().expect("there is one");
        let told = articles(knowledge(), texts(), &article.id);
        let told = told
            .iter()
            .find(|one| one.kind == kind)
            .expect("it is told");
        assert_eq!(told.json(), article.json());
    }
}

#[test]
fn names_are_found_before_what_only_mentions_them() {
    let library = Library::of(knowledge());
    let muscle = library.of_kind("muscle").next().expect("there is one");
    let found = library.find(&muscle.name.to_uppercase(), 50);
    assert!(found.iter().any(|one| one.id == muscle.id));
    assert!(found.first().is_some_and(|first| {
        first
            .name
            .to_lowercase()
            .contains(&muscle.name.to_lowercase())
    }));
    assert!(library.find("", 50).is_empty());
    assert!(library.find("xyzzy xyzzy", 50).is_empty());
    assert_eq!(library.find("pain", 3).len(), 3);
}
