//! The session note.

use cotreat_care::decide::Act;
use cotreat_care::event::{
    Addressee, Guidance, Position, Referral, ReferralAccepted, ReferralDrafted, ReferralSent, Said,
};

use super::*;

/// A first session: deep work at the right flank.
async fn first(room: &mut Room) -> Form {
    let mut form = room.form("/session").await;
    form.set("technique-0", DEEP)
        .set("target-0", "quadratus_lumborum")
        .set("side-0", "right")
        .set("direction-0", "along the fibres")
        .set("minutes-0", "8")
        .set("pressure-0", "deep")
        .set("position-0", "side_lying")
        .set("minutes", "40")
        .set("pain-before", "6")
        .set("pain-after", "4")
        .set("spread", "no")
        .set("safety-net", "yes")
        .set("safety-said", "Come back at once if a leg gets weaker.")
        .set("home", "bridge, twice a day")
        .set("consent-massage", "yes");
    form
}

both!(
    a_session_is_signed_with_consent_and_safety_net,
    |house: House| async move {
        let mut room = assessed(&house).await;
        let form = first(&mut room).await;
        house.later(50);
        let signed = room.send(&form, "sign").await;
        assert_eq!(signed.status, 303, "{}", signed.text);
        assert!(signed.place().ends_with("?done=session"));
        let record = read(&house, &room).await;
        let session = record.sessions.values().next().expect("a session");
        let did = &session.valid().expect("a version").did;
        assert_eq!(did.work[0].dose.as_deref(), Some("8 min, deep pressure"));
        assert_eq!(did.work[0].direction.as_deref(), Some("along the fibres"));
        assert_eq!(did.response.pain_after, Some(4));
        // Consent names every risk of the intervention and the classes of what was done.
        let consent = &record.treatment_consents[0].what;
        assert_eq!(
            (consent.intervention.as_str(), consent.classes.as_slice()),
            ("massage", &["deep".to_owned()][..])
        );
        assert!(consent.risks_named.contains(&"bruise_or_nerve".to_owned()));
        assert_eq!(
            record.safety_nets[0].what.advice,
            ["Come back at once if a leg gets weaker."]
        );
        // Training comes from the directory.
        assert_eq!(session.experience.training_hours, Some(2_200));
        let page = room.page("").await;
        assert!(page.text.contains("8 min, deep pressure"));
    }
);

both!(
    the_last_visit_is_carried_forward_and_few_fields_are_touched,
    |house: House| async move {
        let mut room = assessed(&house).await;
        let form = first(&mut room).await;
        house.later(50);
        assert_eq!(room.send(&form, "sign").await.status, 303);
        house.later(7 * 24 * 60);
        let page = room.page("/session").await;
        let mut next = Form::of(&page.text, &room.at("/session"));
        for (name, value) in [
            ("technique-0", DEEP),
            ("target-0", "quadratus_lumborum"),
            ("side-0", "right"),
            ("minutes-0", "8"),
            ("pressure-0", "deep"),
            ("position-0", "side_lying"),
            ("minutes", "40"),
            ("home", "bridge, twice a day"),
        ] {
            assert_eq!(next.get(name), value, "{name} is carried forward");
        }
        assert!(page.text.contains("as last time"), "{}", page.text);
        assert!(
            !page.text.contains("consent-massage"),
            "risks that were named are not named again"
        );
        // What must be touched: pain before, pain after, the leg, when to come back; and the button.
        let touched = [
            ("pain-before", "5"),
            ("pain-after", "3"),
            ("spread", "no"),
            ("safety-net", "yes"),
        ];
        for (name, value) in touched {
            assert_eq!(next.get(name), "", "{name} is never carried forward");
            next.set(name, value);
        }
        let interactions = touched.len() + 1;
        assert!(interactions <= 12, "{interactions} interactions");
        println!("a carried-forward note takes {interactions} interactions");
        let signed = room.send(&next, "sign").await;
        assert_eq!(signed.status, 303, "{}", signed.text);
        assert_eq!(read(&house, &room).await.sessions.len(), 2);
        // What differs from the last visit is marked.
        house.later(7 * 24 * 60);
        let mut changed = room.form("/session").await;
        changed
            .set("pressure-0", "light")
            .set("technique-1", LIGHT)
            .set("rows", "2");
        assert_eq!(room.send(&changed, "keep").await.status, 303);
        let page = room.page("/session").await.text;
        assert!(page.contains("last time: 8 min, deep pressure"), "{page}");
        assert!(page.contains(">new<"), "{page}");
    }
);

both!(
    what_may_not_be_done_is_refused_at_its_row,
    |house: House| async move {
        let room = assessed(&house).await;
        let mut max = beside(&house, &room, "max", "massage_therapist").await;
        let mut form = first(&mut max).await;
        form.set("technique-1", "spinal_thrust").set("rows", "2");
        house.later(50);
        let refused = max.send(&form, "sign").await;
        assert_eq!(refused.status, 422, "{}", refused.text);
        // The summary leads to the second row, and everything that was typed is still there.
        assert!(
            refused.text.contains("href=\"#technique-1\""),
            "{}",
            refused.text
        );
        assert!(refused.text.contains("scope of practice"));
        assert!(refused.text.contains("professions/massage_therapist.toml"));
        let again = Form::of(&refused.text, &max.at("/session"));
        assert_eq!(again.get("home"), "bridge, twice a day");
        assert_eq!(again.get("technique-1"), "spinal_thrust");
        assert!(read(&house, &max).await.sessions.is_empty());
        // Taken away, the rest is signed.
        let gone = max.send(&again, "remove-1").await;
        assert_eq!(gone.status, 303);
        let rest = max.form("/session").await;
        assert_eq!(rest.get("rows"), "1");
        let signed = max.send(&rest, "sign").await;
        assert_eq!(signed.status, 303, "{}", signed.text);
    }
);

both!(
    techniques_out_of_scope_are_not_listed,
    |house: House| async move {
        let room = assessed(&house).await;
        let mut max = beside(&house, &room, "max", "massage_therapist").await;
        let page = max.page("/session").await.text;
        assert!(page.contains("value=\"effleurage\""));
        assert!(!page.contains("value=\"spinal_thrust\""));
        assert!(page.contains("outside your scope of practice"));
    }
);

both!(
    a_contraindication_is_overridden_by_name_with_a_reason,
    |house: House| async move {
        let mut room = assessed(&house).await;
        record(&house, &room, fact("anticoagulant", Said::Yes)).await;
        let page = room.page("/session").await.text;
        assert!(page.contains("(needs a reason)"), "{page}");
        let form = first(&mut room).await;
        house.later(50);
        let refused = room.send(&form, "sign").await;
        assert_eq!(refused.status, 422);
        let mut again = Form::of(&refused.text, &room.at("/session"));
        again.set("override-0", "paused, clotting normal since Friday");
        let signed = room.send(&again, "sign").await;
        assert_eq!(signed.status, 303, "{}", signed.text);
        let record = read(&house, &room).await;
        let work = &record
            .sessions
            .values()
            .next()
            .unwrap()
            .valid()
            .unwrap()
            .did
            .work[0];
        let over = work.overridden.as_ref().expect("an override");
        assert_eq!(over.by, "Person pia");
    }
);

both!(
    risks_are_named_before_deep_work,
    |house: House| async move {
        let mut room = assessed(&house).await;
        let mut form = first(&mut room).await;
        form.set("consent-massage", "");
        house.later(50);
        let refused = room.send(&form, "sign").await;
        assert_eq!(refused.status, 422, "{}", refused.text);
        // The tick is right there.
        assert!(
            refused.text.contains("name=\"consent-massage\""),
            "{}",
            refused.text
        );
    }
);

both!(
    the_guidance_of_the_referral_stands_on_top_and_holds,
    |house: House| async move {
        let room = assessed(&house).await;
        let mut max = beside(&house, &room, "max", "massage_therapist").await;
        let headings = &house
            .clinic
            .knowledge
            .professions
            .get("massage_therapist")
            .unwrap()
            .referral_content;
        let draft = Referral {
            pathway: None,
            to: Addressee {
                profession: "massage_therapist".into(),
                practitioner: Some("max".into()),
                organisation: None,
                outside: None,
            },
            content: headings
                .iter()
                .map(|heading| (heading.clone(), "as told".to_owned()))
                .collect(),
            guidance: vec![Guidance {
                says: "No deep pressure, and not on the belly.".into(),
                not: vec!["class:deep".into()],
                at: None,
                avoid: vec![Position::Prone],
                supervisor: Some("pia".into()),
            }],
        };
        record(
            &house,
            &room,
            Act::DraftReferral(ReferralDrafted {
                referral: "r1".into(),
                draft,
            }),
        )
        .await;
        record(
            &house,
            &room,
            Act::SendReferral(ReferralSent {
                referral: "r1".into(),
            }),
        )
        .await;
        record(
            &house,
            &max,
            Act::AcceptReferral(ReferralAccepted {
                referral: "r1".into(),
            }),
        )
        .await;
        let page = max.page("/session").await.text;
        assert!(page.contains("No deep pressure, and not on the belly."));
        assert!(page.contains("supervised by Person pia"));
        assert!(page.contains("not on the belly"));
        let mut form = first(&mut max).await;
        house.later(50);
        let refused = max.send(&form, "sign").await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.text.contains("the referral says: No deep pressure"),
            "{}",
            refused.text
        );
        form.set("technique-0", LIGHT)
            .set("pressure-0", "light")
            .set("position-0", "prone");
        let refused = max.send(&form, "sign").await;
        assert!(
            refused.status == 422 && refused.text.contains("lying on the belly"),
            "{}",
            refused.text
        );
        form.set("position-0", "side_lying");
        assert_eq!(max.send(&form, "sign").await.status, 303);
    }
);

both!(
    symptoms_that_spread_stop_the_session_and_the_page_says_so,
    |house: House| async move {
        let mut room = assessed(&house).await;
        let mut form = first(&mut room).await;
        form.set("spread", "yes");
        house.later(50);
        assert_eq!(room.send(&form, "sign").await.status, 303);
        let page = room.page("").await.text;
        assert!(
            page.contains("Symptoms spread down the leg in a session"),
            "{page}"
        );
        assert!(page.contains("Session, stopped"));
    }
);

both!(
    what_went_wrong_is_told_whole_or_not_at_all,
    |house: House| async move {
        let mut room = assessed(&house).await;
        let mut form = first(&mut room).await;
        form.set("harm-what", "bruise at the flank")
            .set("harm-severity", "mild");
        house.later(50);
        let refused = room.send(&form, "sign").await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.text.contains("href=\"#harm-relatedness\""),
            "{}",
            refused.text
        );
        assert!(
            read(&house, &room).await.sessions.is_empty(),
            "nothing is written by half"
        );
        form.set("harm-seriousness", "not_serious")
            .set("harm-relatedness", "probable")
            .set("harm-expectedness", "expected");
        assert_eq!(room.send(&form, "sign").await.status, 303);
        let record = read(&house, &room).await;
        assert_eq!(record.adverse_events.len(), 1);
        assert_eq!(
            record.adverse_events[0].what.session.as_ref(),
            record.sessions.keys().next()
        );
    }
);

both!(
    a_signed_session_is_corrected_by_an_addendum,
    |house: House| async move {
        let mut room = assessed(&house).await;
        let form = first(&mut room).await;
        house.later(50);
        assert_eq!(room.send(&form, "sign").await.status, 303);
        let id = read(&house, &room)
            .await
            .sessions
            .keys()
            .next()
            .unwrap()
            .clone();
        let below = format!("/sessions/{id}");
        let mut addendum = room.form(&below).await;
        assert_eq!(addendum.get("technique-0"), DEEP);
        addendum.set("side-0", "left");
        let refused = room.send(&addendum, "sign").await;
        assert_eq!(refused.status, 422, "a reason is needed");
        addendum.set("reason", "it was the left side");
        let signed = room.send(&addendum, "sign").await;
        assert_eq!(signed.status, 303, "{}", signed.text);
        let record = read(&house, &room).await;
        assert_eq!(record.sessions[&id].versions.len(), 2);
        let page = room.page(&below).await.text;
        assert!(
            page.contains("it was the left side") && page.contains("Before that"),
            "{page}"
        );
        // There is no session of another name.
        let nothing = room.browser.get(&room.at("/sessions/nothing")).await;
        assert_eq!(nothing.status, 404);
    }
);

both!(
    a_note_that_is_sent_twice_is_signed_once,
    |house: House| async move {
        let mut room = assessed(&house).await;
        let form = first(&mut room).await;
        house.later(50);
        let once = room.send(&form, "sign").await;
        let twice = room.send(&form, "sign").await;
        assert_eq!((once.status, twice.status), (303, 303), "{}", twice.text);
        assert_eq!(read(&house, &room).await.sessions.len(), 1);
    }
);
