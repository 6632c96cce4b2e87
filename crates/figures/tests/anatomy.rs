//! The picture of muscles and joints as pages have it.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use cotreat_figures::Words;
use cotreat_figures::anatomy::{Part, Role, Sides, picture, shapes};
use proptest::prelude::*;
use support::{check, drawings};

fn part(id: &str, role: Role, side: Sides) -> Part {
    Part {
        id: id.to_owned(),
        name: id.replace('_', " "),
        role,
        side,
    }
}

fn html(parts: &[Part]) -> String {
    let words = Words::of("en");
    let html = picture("a", parts, words).whole(words).into_string();
    check(&html);
    html
}

/// The ids of the knowledge are the names of its files.
fn known(folder: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../knowledge")
        .join(folder);
    fs::read_dir(&folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            path.file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned()
        })
        .collect()
}

#[test]
fn every_muscle_and_joint_of_the_knowledge_has_a_shape_and_no_shape_is_of_nothing() {
    let drawn: BTreeSet<String> = shapes().map(str::to_owned).collect();
    let known: BTreeSet<String> = known("muscles").union(&known("joints")).cloned().collect();
    let without: Vec<_> = known.difference(&drawn).collect();
    assert!(
        without.is_empty(),
        "give these a shape in src/anatomy/atlas.toml: {without:?}"
    );
    let of_nothing: Vec<_> = drawn.difference(&known).collect();
    assert!(
        of_nothing.is_empty(),
        "shapes that belong to nothing known: {of_nothing:?}"
    );
}

#[test]
fn every_shape_can_be_drawn_on_each_side() {
    for id in shapes() {
        let [left, right, both] = [Sides::Left, Sides::Right, Sides::Both]
            .map(|side| html(&[part(id, Role::Released, side)]));
        for html in [&left, &right, &both] {
            assert_eq!(
                drawings(html)
                    .iter()
                    .filter(|svg| svg.contains("role=\"img\""))
                    .count(),
                1,
                "{id}: one view is enough"
            );
            assert!(html.contains("class=\"fig-shape\" d=\"M"), "{id}");
            assert!(html.contains("<text class=\"fig-label\""), "{id}");
        }
        let pieces = |html: &str| {
            html.split("fig-shape\" d=\"")
                .skip(1)
                .map(|d| d.split('"').next().unwrap_or_default().matches('M').count())
                .sum::<usize>()
        };
        // The key below the picture has one shape too.
        let [left, right, both] = [&left, &right, &both].map(|html| pieces(html) - 1);
        assert_eq!(left, right, "{id}");
        assert!(
            both == left + right || both == left,
            "{id}: both sides, or across the midline: {left} {right} {both}"
        );
    }
}

#[test]
fn the_patients_side_is_the_right_one_in_each_view() {
    // From behind the patient's right is on the viewer's right, from the front on the left.
    let first_x = |html: &str| -> f64 {
        let point = html
            .split("class=\"fig-point-out\" cx=\"")
            .nth(1)
            .expect("a label points there");
        point
            .split('"')
            .next()
            .expect("a number")
            .parse()
            .expect("a number")
    };
    assert!(first_x(&html(&[part("piriformis", Role::Released, Sides::Right)])) > 0.0);
    assert!(first_x(&html(&[part("piriformis", Role::Released, Sides::Left)])) < 0.0);
    assert!(first_x(&html(&[part("psoas_major", Role::Released, Sides::Right)])) < 0.0);
    assert!(first_x(&html(&[part("psoas_major", Role::Released, Sides::Left)])) > 0.0);
}

#[test]
fn a_part_with_two_views_joins_the_view_that_is_there() {
    let views = |ids: &[&str]| {
        let parts: Vec<Part> = ids
            .iter()
            .map(|id| part(id, Role::Mobilised, Sides::Left))
            .collect();
        let html = html(&parts);
        (
            html.contains(">From behind</title>"),
            html.contains(">From the front</title>"),
        )
    };
    assert_eq!(views(&["hip"]), (true, false));
    assert_eq!(views(&["psoas_major", "hip"]), (false, true));
    assert_eq!(views(&["hip", "piriformis"]), (true, false));
    assert_eq!(views(&["hip", "piriformis", "psoas_major"]), (true, true));
}

#[test]
fn words_and_table_say_roles_and_sides() {
    let parts = [
        part("piriformis", Role::Released, Sides::Left),
        part("gluteus_medius", Role::Activated, Sides::Both),
        part("hip", Role::Mobilised, Sides::Left),
        part("sacroiliac", Role::Spared, Sides::Right),
        part("<b>other", Role::Released, Sides::Right),
    ];
    let figure = picture("a", &parts, Words::of("en"));
    assert_eq!(
        figure.words,
        "Released: piriformis, left; <b>other, right. Activated: gluteus medius, both sides. Mobilised: hip, left. Spared: sacroiliac, right. Not drawn: <b>other."
    );
    let table = figure.table.into_string();
    assert_eq!(table.matches("<th scope=\"row\">").count(), parts.len());
    assert!(table.contains("&lt;b&gt;other"));
    assert_eq!(figure.legend.into_string().matches("<li>").count(), 4);
    assert_eq!(
        picture("a", &[], Words::of("en")).words,
        "No muscle or joint is named."
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_parts_can_be_drawn(picked in prop::collection::vec((0..60_usize, 0..4_usize, 0..3_usize, ".{0,40}"), 0..30), key in ".{0,8}") {
        let ids: Vec<&str> = shapes().collect();
        let parts: Vec<Part> = picked
            .into_iter()
            .map(|(id, role, side, name)| Part {
                id: ids.get(id).map_or_else(|| name.clone(), |id| (*id).to_owned()),
                name,
                role: [Role::Released, Role::Activated, Role::Mobilised, Role::Spared][role],
                side: [Sides::Left, Sides::Right, Sides::Both][side],
            })
            .collect();
        let words = Words::of("es");
        // Control characters are no XML; a page has none, because what is stored has none.
        let printable = parts.iter().all(|part| !part.name.chars().any(|c| c.is_control() || c as u32 >= 0xfffe));
        let html = picture(&key, &parts, words).whole(words).into_string();
        if printable {
            check(&html);
        }
    }
}
