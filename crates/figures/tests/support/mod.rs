//! What every drawing must keep to, whatever it was asked to draw.

use std::collections::BTreeSet;

use roxmltree::Document;

/// Every `svg` of a piece of HTML.
pub fn drawings(html: &str) -> Vec<&str> {
    html.split("<svg")
        .skip(1)
        .map(|rest| {
            let end = rest.find("</svg>").expect("an svg ends");
            let start = rest.as_ptr() as usize - html.as_ptr() as usize - "<svg".len();
            &html[start..start + "<svg".len() + end + "</svg>".len()]
        })
        .collect()
}

/// Checks a piece of HTML: its drawings are XML, are named or hidden, bring no style or script, have no number that is none, and no id twice.
pub fn check(html: &str) {
    for drawing in drawings(html) {
        let document = Document::parse(drawing).unwrap_or_else(|e| panic!("{e}: {drawing}"));
        let root = document.root_element();
        if root.attribute("role") == Some("img") {
            let title = root.children().find(|node| node.has_tag_name("title"));
            let said = title.and_then(|node| node.text()).unwrap_or_default();
            assert!(
                !said.trim().is_empty(),
                "a drawing without title: {drawing}"
            );
            for named in ["aria-labelledby", "aria-describedby"] {
                for id in root.attribute(named).unwrap_or_default().split_whitespace() {
                    let there = document
                        .descendants()
                        .any(|node| node.attribute("id") == Some(id));
                    assert!(there, "{named} names `{id}`, which is not there");
                }
            }
        } else {
            assert_eq!(
                root.attribute("aria-hidden"),
                Some("true"),
                "neither named nor hidden: {drawing}"
            );
        }
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            let name = node.tag_name().name();
            assert!(
                !["style", "script", "foreignObject", "a", "image"].contains(&name),
                "`{name}` in a drawing"
            );
            for attribute in node.attributes() {
                assert!(
                    attribute.name() != "style" && !attribute.name().starts_with("on"),
                    "{attribute:?}"
                );
                let shape = [
                    "d",
                    "x",
                    "y",
                    "x1",
                    "x2",
                    "y1",
                    "y2",
                    "cx",
                    "cy",
                    "r",
                    "width",
                    "height",
                    "points",
                    "transform",
                    "viewBox",
                ];
                if shape.contains(&attribute.name()) {
                    let value = attribute.value();
                    assert!(
                        !value.contains("NaN") && !value.contains("inf") && !value.contains('e')
                            || value.contains("translate")
                            || value.contains("rotate"),
                        "{attribute:?}"
                    );
                }
            }
        }
    }
    assert!(!html.contains(" style="), "inline style: {html}");
    let ids: Vec<&str> = html
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert_eq!(
        ids.iter().collect::<BTreeSet<_>>().len(),
        ids.len(),
        "an id twice: {ids:?}"
    );
}
