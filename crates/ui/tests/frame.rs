//! The frame: for whom it shows what.

use cotreat_ui::{Field, Fields, Frame, Lang, PLACES, Place, Role, Staff, Words};
use maud::html;

const EN: Words = Words::of(Lang::En);

fn staff(roles: &[Role]) -> Staff {
    Staff {
        name: "Ana Ruiz".to_owned(),
        organisation: "Riverside".to_owned(),
        roles: roles.to_vec(),
    }
}

#[test]
fn a_page_has_its_title_once_as_a_heading_and_says_what_it_is_not() {
    let page = Frame::new(&EN, "Patients").page(html! {}).into_string();
    assert!(page.contains("<title>Patients – Cotreat</title>"));
    assert_eq!(page.matches("<h1").count(), 1);
    assert!(page.contains("No clinician has certified this knowledge so far"));
    let own = Frame::new(&EN, "Patients")
        .own_heading()
        .page(html! {})
        .into_string();
    assert_eq!(own.matches("<h1").count(), 0);
    let es = Frame::new(&Words::of(Lang::Es), "Pacientes")
        .page(html! {})
        .into_string();
    assert!(es.contains("lang=\"es\"") && es.contains("Ir al contenido"));
}

#[test]
fn the_menu_is_for_what_somebody_is() {
    let page = |roles: &[Role]| {
        Frame::new(&EN, "x")
            .staff(staff(roles))
            .at("/patients/7")
            .page(html! {})
            .into_string()
    };
    let clinician = page(&[Role::Clinician]);
    assert!(clinician.contains("href=\"/patients\" aria-current=\"true\""));
    assert!(!page(&[Role::Operator]).contains("href=\"/patients\""));
    let nobody = Frame::new(&EN, "x").page(html! {}).into_string();
    assert!(!nobody.contains("<nav") && !nobody.contains("ct-help"));
    for place in PLACES {
        assert!(
            !place.roles.is_empty(),
            "{} is shown to nobody",
            place.address
        );
    }
    let mut places = Place::of(&[Role::Clinician]);
    let patients = places.find(|place| place.address == "/patients");
    let patients = patients.expect("a place");
    assert!(patients.holds("/patients?q=x") && !patients.holds("/patients-7"));
}

#[test]
fn a_language_is_offered_where_there_is_a_way_back() {
    let frame = Frame::new(&EN, "x");
    assert!(!frame.page(html! {}).into_string().contains("/language"));
    let page = frame.at("/p").page(html! {}).into_string();
    assert!(
        page.contains("action=\"/language\"")
            && page.contains("lang=\"es\"")
            && page.contains("value=\"/p\"")
    );
}

#[test]
fn a_page_with_something_wrong_says_so_in_its_title() {
    let mut fields = Fields::new(&EN);
    assert!(
        !Frame::new(&EN, "x")
            .checked(&fields)
            .page(html! {})
            .into_string()
            .contains("Error: x")
    );
    fields.wrong("name", "Name: this is missing. Fill it in.");
    assert!(
        Frame::new(&EN, "x")
            .checked(&fields)
            .page(html! {})
            .into_string()
            .contains("<title>Error: x")
    );
    let shown = fields.text(&Field::new("name", "Name")).into_string();
    assert!(shown.contains("aria-describedby=\"name-error\""));
}
