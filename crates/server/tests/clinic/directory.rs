//! The directory: searched, a page for each, and one's own entry.

use cotreat_people::Role;

use crate::support::House;

both!(
    clinicians_say_what_they_offer_and_are_found_by_it,
    |house: House| async move {
        let pia = house.somebody("pia", "north", Role::Clinician).await;
        let profession = Some("massage_therapist");
        let max = house
            .somebody_of("max", "south", Role::Clinician, profession)
            .await;
        let mut own = house.browser(&max).await;
        let page = own.get("/directory/people/max").await;
        assert_eq!(page.status, 200, "{}", page.text);
        let technique = house.clinic.knowledge.techniques.iter().next().unwrap().1;
        let says = [
            ("techniques", technique.id.as_str()),
            ("languages", "es, pt-BR"),
            ("areas", "Leeds LS6; <b>York</b>"),
            ("new_patients", "no"),
        ];
        let kept = own
            .submit("/directory/people/max", "/directory/own", &says)
            .await;
        assert_eq!(
            (kept.status, kept.place()),
            (303, "/directory/people/max"),
            "{}",
            kept.text
        );
        let page = own.get("/directory/people/max").await;
        assert!(page.text.contains(&technique.name) && page.text.contains("Leeds LS6"));
        assert!(page.text.contains("&lt;b&gt;York") && !page.text.contains("<b>York"));
        // Name, profession and training are not theirs to change.
        let account = house
            .clinic
            .store
            .user("max")
            .await
            .unwrap()
            .unwrap()
            .account;
        let told = account.qualification.unwrap();
        assert_eq!(
            (told.profession.as_str(), told.training_hours),
            ("massage_therapist", Some(2_200))
        );
        let mut other = house.browser(&pia).await;
        for (query, there) in [
            ("", true),
            ("q=person+MAX", true),
            ("q=nobody", false),
            ("profession=massage_therapist", true),
            ("profession=gp", false),
            ("language=ES", true),
            ("language=pt", true),
            ("language=de", false),
            ("area=leeds", true),
            ("area=Leeds++ls6", true),
            ("area=hull", false),
            ("room=yes", false),
            (&format!("technique={}", technique.id), true),
        ] {
            let page = other.get(&format!("/directory?{query}")).await;
            assert_eq!(page.status, 200, "{}", page.text);
            let found = page.text.contains("/directory/people/max");
            assert_eq!(found, there, "{query}: {}", page.text);
        }
        let page = other.get("/directory/people/max").await;
        assert!(page.status == 200 && !page.text.contains("/directory/own"));
        let page = other.get("/directory/organisations/south").await;
        assert!(page.text.contains("Clinic south") && page.text.contains("Person max"));
        assert_eq!(other.get("/directory/people/nobody").await.status, 404);
        assert_eq!(
            other.get("/directory/organisations/nowhere").await.status,
            404
        );
        // What cannot be taken is said, and stays in the form.
        let wrong = [("languages", "español")];
        let refused = own
            .submit("/directory/people/max", "/directory/own", &wrong)
            .await;
        assert_eq!(refused.status, 422, "{}", refused.text);
        assert!(
            refused.text.contains("value=\"español\""),
            "{}",
            refused.text
        );
        let unknown = [("techniques", "levitation")];
        let refused = own
            .submit("/directory/people/max", "/directory/own", &unknown)
            .await;
        assert_eq!(refused.status, 422, "{}", refused.text);
    }
);
