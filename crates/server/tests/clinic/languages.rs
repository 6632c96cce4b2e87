//! Pages in the language of whoever reads: chosen, or asked for by the browser.

use cotreat_people::Role;
use cotreat_server::web::{Access, ROUTES};

use crate::support::House;

both!(a_choice_is_kept_and_leads_back, |house: House| async move {
    let desk = house.somebody("dora", "north", Role::FrontDesk).await;
    let mut browser = house.browser(&desk).await;
    assert!(browser.get("/today").await.text.contains("lang=\"en\""));
    let chosen = browser
        .post("/language", &[("lang", "es"), ("back", "/today")])
        .await;
    assert_eq!((chosen.status, chosen.place()), (303, "/today"));
    let page = browser.get("/today").await;
    assert!(
        page.text.contains("lang=\"es\"") && page.text.contains("Leer la agenda"),
        "{}",
        page.text
    );
    for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example"] {
        let answer = browser
            .post("/language", &[("lang", "en"), ("back", elsewhere)])
            .await;
        assert_eq!(answer.place(), "/", "{elsewhere}");
    }
});

both!(
    every_page_of_ours_is_in_spanish_too,
    |house: House| async move {
        let owner = house.somebody("olga", "north", Role::Owner).await;
        let desk = house.somebody("dora", "north", Role::FrontDesk).await;
        let patient = house.patient(&desk, "García").await;
        let mut at_desk = house.browser(&desk).await;
        let mut owning = house.browser(&owner).await;
        let mut stranger = house.stranger();
        let mut pages = vec![(
            stranger
                .send(
                    "GET",
                    "/sign-in",
                    &[("accept-language", "es-MX,en;q=0.5")],
                    String::new(),
                )
                .await,
            "/sign-in".to_owned(),
        )];
        for browser in [&mut at_desk, &mut owning] {
            browser
                .post("/language", &[("lang", "es"), ("back", "/")])
                .await;
        }
        for place in [
            "/",
            "/today",
            "/chase",
            "/patients",
            "/patients/new",
            "/account",
            "/account/second-factor",
            "/organisations",
            "/unlock",
            "/knowledge",
            &format!("/patients/{patient}"),
            &format!("/patients/{patient}/identity"),
        ] {
            pages.push((at_desk.get(place).await, place.to_owned()));
        }
        for place in [
            "/",
            "/owner",
            "/organisation",
            "/members",
            "/members/new",
            "/members/dora",
            "/audit",
        ] {
            pages.push((owning.get(place).await, place.to_owned()));
        }
        for (page, place) in &pages {
            assert_eq!(page.status, 200, "{place} {}", page.text);
            assert!(
                page.text
                    .contains("<html class=\"govuk-template ct-page\" lang=\"es\">"),
                "{place}"
            );
            // Words of the program's own that stand on every page, and those of common parts.
            for english in [
                "Skip to the content",
                "Main menu",
                "Register a",
                "Sign out",
                "Find a patient",
                "(optional)",
                "Nothing is due",
                "Password<",
            ] {
                assert!(!page.text.contains(english), "{english} on {place}");
            }
        }
        // Problems too.
        let nowhere = at_desk.get("/nowhere").await;
        assert!(
            nowhere.status == 404 && nowhere.text.contains("No encontrado"),
            "{}",
            nowhere.text
        );
        let refused = at_desk.get("/owner").await;
        assert!(
            refused.status == 403 && refused.text.contains("No es para usted"),
            "{}",
            refused.text
        );
    }
);

#[test]
fn the_pages_of_signed_in_people_are_known() {
    // A new page that nobody looks at in Spanish would pass unseen: whoever adds one adds it above or to its own area's tests.
    let ours = [
        "/today",
        "/chase",
        "/owner",
        "/organisation",
        "/audit",
        "/members",
        "/knowledge",
        "/account",
    ];
    for place in ours {
        assert!(
            ROUTES.iter().any(|route| route.path == place
                && route.method == "GET"
                && route.access == Access::SignedIn),
            "{place}"
        );
    }
}
