//! Referrals in and out, and whom they let see a patient.

use cotreat_care::decide::Act;
use cotreat_care::event::{
    ReferralCompleted, ReferralDeclined, ReferralScheduled, ReferralStarted,
};
use cotreat_care::record::State;
use cotreat_people::Sight;
use cotreat_people::event::Sharing;
use cotreat_store::clinic::ask::{ReferralListed, ReferralsWanted, Way};
use jiff::civil::date;

use super::world::{
    Clinic, FIRST, accept, desk, draft, gp, identity, now, other_therapist, send, team_of,
    therapist, to,
};
use crate::support::Place;

async fn opened(place: Place) -> Clinic {
    let clinic = Clinic::open(place).await;
    clinic.organisation("clinic_a", Sharing::CareTeam).await;
    let ana = identity("García", "Ana", date(1980, 5, 1));
    clinic.patient("p1", ana, "clinic_a").await;
    clinic.opens("e1", "p1", &gp()).await;
    clinic
}

fn referred_to(user: Option<&str>, organisation: Option<&str>) -> Sight {
    Sight {
        referred_to: user.map(str::to_owned),
        referred_to_organisation: organisation.map(str::to_owned),
        ..Sight::default()
    }
}

async fn listed(
    clinic: &Clinic,
    sight: &Sight,
    wanted: ReferralsWanted<'_>,
) -> Vec<ReferralListed> {
    let listed = clinic.store.referrals(sight, now(), wanted).await;
    listed.expect("it can be asked")
}

const fn of(way: Way, practitioner: &str) -> ReferralsWanted<'_> {
    ReferralsWanted {
        way,
        practitioner: Some(practitioner),
        organisation: None,
        over: false,
    }
}

const fn of_organisation(way: Way, organisation: &str) -> ReferralsWanted<'_> {
    ReferralsWanted {
        way,
        practitioner: None,
        organisation: Some(organisation),
        over: false,
    }
}

both!(
    a_referral_is_in_one_inbox_and_one_outbox,
    |place| async move {
        let clinic = opened(place).await;
        let sight = desk("clinic_a");
        let inbox = async |user| listed(&clinic, &sight, of(Way::In, user)).await;
        let outbox = async |user| listed(&clinic, &sight, of(Way::Out, user)).await;
        clinic
            .happens("e1", &gp(), draft("r1", to(Some("max"), None)))
            .await;
        assert_eq!(outbox("grey").await[0].state, State::Draft);
        assert_eq!(
            inbox("max").await,
            [],
            "a draft is nobody's but its writer's"
        );

        clinic.happens("e1", &gp(), send("r1")).await;
        let sent = inbox("max").await;
        assert_eq!(sent, outbox("grey").await);
        let one = &sent[0];
        assert_eq!((one.episode.as_str(), one.referral.as_str()), ("e1", "r1"));
        assert_eq!(
            (one.patient.as_str(), one.identity.given_name.as_str()),
            ("p1", "Ana")
        );
        assert_eq!((one.state, one.since), (State::Sent, FIRST));
        assert_eq!((one.sent_on, one.counts_from), (Some(FIRST), Some(FIRST)));
        assert_eq!(one.from_practitioner.as_deref(), Some("grey"));
        assert_eq!(one.from_organisation.as_deref(), Some("clinic_a"));
        assert_eq!(one.to_profession, "massage_therapist");
        assert_eq!(one.to_practitioner.as_deref(), Some("max"));
        assert_eq!(inbox("mia").await, []);
        let unseen = listed(&clinic, &Sight::default(), of(Way::In, "max")).await;
        assert_eq!(unseen, []);

        clinic.happens("e1", &therapist(), accept("r1")).await;
        let schedule = ReferralScheduled {
            referral: "r1".to_owned(),
            appointment: date(2026, 3, 9),
        };
        clinic
            .happens("e1", &therapist(), Act::ScheduleReferral(schedule))
            .await;
        let one = &inbox("max").await[0];
        assert_eq!(
            (one.state, one.appointment),
            (State::Scheduled, Some(date(2026, 3, 9)))
        );
        assert_eq!(one.accepted_by.as_deref(), Some("max"));

        let referral = "r1".to_owned();
        clinic
            .happens(
                "e1",
                &therapist(),
                Act::StartReferral(ReferralStarted { referral }),
            )
            .await;
        let done = ReferralCompleted {
            referral: "r1".to_owned(),
            report: "better".to_owned(),
        };
        clinic
            .happens("e1", &therapist(), Act::CompleteReferral(done))
            .await;
        assert_eq!(inbox("max").await, []);
        let over = ReferralsWanted {
            over: true,
            ..of(Way::Out, "grey")
        };
        assert_eq!(
            listed(&clinic, &sight, over).await[0].state,
            State::Completed
        );
    }
);

both!(
    a_referral_to_anybody_is_in_the_inbox_of_its_organisation,
    |place| async move {
        let clinic = opened(place).await;
        let sight = desk("clinic_a");
        clinic
            .refers("e1", "r1", &gp(), to(None, Some("clinic_c")))
            .await;
        clinic
            .refers("e1", "r2", &gp(), to(Some("max"), Some("clinic_c")))
            .await;
        let referrals = async |way, organisation| {
            let listed = listed(&clinic, &sight, of_organisation(way, organisation)).await;
            listed
                .into_iter()
                .map(|one| one.referral)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            referrals(Way::In, "clinic_c").await,
            ["r1"],
            "the other one is for one person"
        );
        assert_eq!(referrals(Way::Out, "clinic_a").await, ["r1", "r2"]);
        clinic.happens("e1", &other_therapist(), accept("r1")).await;
        let hers = listed(&clinic, &sight, of(Way::In, "mia")).await;
        assert_eq!(hers[0].referral, "r1");
    }
);

both!(
    a_referral_shows_the_patient_until_it_is_answered,
    |place| async move {
        let clinic = opened(place).await;
        let sees = async |sight: Sight| clinic.sees(&sight, "p1").await.is_some();
        let max = || referred_to(Some("max"), None);
        clinic
            .happens("e1", &gp(), draft("r1", to(Some("max"), None)))
            .await;
        assert!(!sees(max()).await, "a draft shows nothing");
        clinic.happens("e1", &gp(), send("r1")).await;
        assert!(sees(max()).await);
        assert!(!sees(referred_to(Some("mia"), None)).await);
        let decline = ReferralDeclined {
            referral: "r1".to_owned(),
            reason: "no room before May".to_owned(),
        };
        clinic
            .happens("e1", &therapist(), Act::DeclineReferral(decline))
            .await;
        assert!(!sees(max()).await);

        clinic
            .refers("e1", "r2", &gp(), to(None, Some("clinic_c")))
            .await;
        assert!(sees(referred_to(None, Some("clinic_c"))).await);
        assert!(!sees(referred_to(None, Some("clinic_b"))).await);
        clinic.happens("e1", &other_therapist(), accept("r2")).await;
        assert!(!sees(referred_to(None, Some("clinic_c"))).await);
        assert!(sees(team_of("mia")).await, "the care team does now");

        clinic
            .refers("e1", "r3", &gp(), to(Some("max"), Some("clinic_c")))
            .await;
        assert!(
            !sees(referred_to(None, Some("clinic_c"))).await,
            "it is for one person there"
        );
        assert!(sees(max()).await);
    }
);
