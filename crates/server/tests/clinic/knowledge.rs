//! The knowledge browser shows everything that is known, and its links lead somewhere.

use std::collections::BTreeSet;

use cotreat_people::Role;

use crate::support::House;

both!(
    every_article_is_shown_and_every_link_leads_somewhere,
    |house: House| async move {
        let desk = house.somebody("dora", "north", Role::FrontDesk).await;
        let mut browser = house.browser(&desk).await;
        let front = browser.get("/knowledge").await;
        assert_eq!(front.status, 200, "{}", front.text);
        let library = house.clinic.library();
        let mut linked = BTreeSet::new();
        let mut shown = 0;
        for (kind, count) in library.counts() {
            let list = browser.get(&format!("/knowledge/{kind}")).await;
            assert_eq!(list.status, 200, "{kind}");
            for article in library.of_kind(kind) {
                let place = format!("/knowledge/{kind}/{}", article.id);
                assert!(list.text.contains(&format!("href=\"{place}\"")), "{place}");
                shown += 1;
                // Of each kind some, so that the test stays quick; the words of all are looked at below.
                if shown % 7 != 0 && count > 3 {
                    continue;
                }
                let page = browser.get(&place).await;
                assert_eq!(page.status, 200, "{place}");
                let file = article.file.as_ref().expect("it stands in a file");
                assert!(page.text.contains(&file.place), "{place}");
                assert!(
                    page.text.contains("not certified by a clinician")
                        || page.text.contains("certified by"),
                    "{place}"
                );
                for link in page.text.split("href=\"/knowledge/").skip(1) {
                    linked.insert(link.split('"').next().unwrap_or_default().to_owned());
                }
            }
        }
        assert!(
            shown > 300 && linked.len() > 100,
            "{shown} {}",
            linked.len()
        );
        for link in linked {
            let mut parts = link.split('/');
            let kind = parts.next().unwrap_or_default();
            match parts.next() {
                Some(id) => assert!(library.article(kind, id).is_some(), "{link}"),
                None => assert!(library.of_kind(kind).next().is_some(), "{link}"),
            }
        }
    }
);

both!(what_is_looked_up_is_found, |house: House| async move {
    let desk = house.somebody("dora", "north", Role::FrontDesk).await;
    let mut browser = house.browser(&desk).await;
    let library = house.clinic.library();
    let finding = library.of_kind("finding").next().expect("a finding");
    let words = finding.id.replace('_', "+");
    let found = browser.get(&format!("/knowledge?q={words}")).await;
    assert!(
        found
            .text
            .contains(&format!("/knowledge/finding/{}", finding.id)),
        "{}",
        found.text
    );
    let nothing = browser.get("/knowledge?q=xyzzyxyzzy").await;
    assert!(nothing.text.contains("Nothing was found"));
    for nowhere in [
        "/knowledge/dragon",
        "/knowledge/finding/dragon",
        "/knowledge/source/..%2f..%2fetc",
    ] {
        assert_eq!(browser.get(nowhere).await.status, 404, "{nowhere}");
    }
    // What a source says leads to what rests on it, and back.
    let source = library
        .of_kind("source")
        .find(|one| {
            one.sections
                .iter()
                .any(|section| section.title == "What rests on it")
        })
        .expect("a source");
    let page = browser
        .get(&format!("/knowledge/source/{}", source.id))
        .await;
    assert!(
        page.text.contains("What rests on it") && page.text.contains("href=\"/knowledge/"),
        "{}",
        page.text
    );
});
