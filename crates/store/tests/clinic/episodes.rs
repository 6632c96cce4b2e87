//! What episodes add up to: caseload, care team, what is due; and what stays out of it when a transaction is undone.

use cotreat_care::decide::Act;
use cotreat_care::event::{
    AppraisalShown, Expectedness, QuestionAsked, Recorded, Relatedness, Seriousness, Severity,
};
use cotreat_care::record::Record;
use cotreat_people::Sight;
use cotreat_people::event::Sharing;
use cotreat_store::clinic::ask::EpisodeListed;
use cotreat_store::clinic::batch;
use cotreat_store::{Error, Expected};
use jiff::civil::date;

use super::knowledge::knowledge;
use super::world::{
    Clinic, FIRST, accept, close, desk, gp, identity, leave, now, team_of, therapist, to,
};
use crate::support::{Place, minute};

/// The GP opened an episode and the massage therapist took the referral.
async fn shared(place: Place) -> Clinic {
    let clinic = Clinic::open(place).await;
    clinic.organisation("clinic_a", Sharing::CareTeam).await;
    let ana = identity("García", "Ana", date(1980, 5, 1));
    clinic.patient("p1", ana, "clinic_a").await;
    clinic.opens("e1", "p1", &gp()).await;
    clinic
        .refers("e1", "r1", &gp(), to(Some("max"), None))
        .await;
    clinic.happens("e1", &therapist(), accept("r1")).await;
    clinic
}

fn ask(question: &str) -> Act {
    Act::AskQuestion(QuestionAsked {
        question: question.to_owned(),
        text: "May she garden?".to_owned(),
    })
}

async fn caseload(clinic: &Clinic, user: &str) -> Vec<EpisodeListed> {
    let entries = clinic.store.caseload(&team_of(user), now(), user).await;
    let entries = entries.expect("it can be asked");
    entries
        .into_iter()
        .inspect(|entry| assert_eq!(entry.identity.given_name, "Ana"))
        .map(|entry| entry.episode)
        .collect()
}

both!(
    an_episode_is_on_the_list_of_its_care_team,
    |place| async move {
        let clinic = shared(place).await;
        let listed = caseload(&clinic, "max").await;
        assert_eq!(listed.len(), 1);
        let one = &listed[0];
        assert_eq!((one.episode.as_str(), one.file.as_str()), ("e1", "p1"));
        assert_eq!((one.opened_on, one.closed_on), (FIRST, None));
        assert_eq!(one.opened_by.as_deref(), Some("grey"));
        assert_eq!(one.organisation.as_deref(), Some("clinic_a"));
        assert_eq!(one.setting, "primary_care");
        assert_eq!(
            (one.version, one.last_kind.as_str()),
            (4, "referral_accepted")
        );
        assert_eq!(one.last_on, Some(FIRST));
        assert_eq!(caseload(&clinic, "grey").await, listed);
        assert_eq!(caseload(&clinic, "mia").await, []);

        let team = clinic.store.care_team(&team_of("max"), now(), "p1").await;
        let team: Vec<_> = team
            .unwrap()
            .into_iter()
            .map(|one| (one.practitioner, one.organisation, one.through, one.ended))
            .collect();
        let at = |clinic: &str| Some(clinic.to_owned());
        let grey = ("grey".to_owned(), at("clinic_a"), None, None);
        let max = (
            "max".to_owned(),
            at("clinic_b"),
            Some("r1".to_owned()),
            None,
        );
        assert_eq!(team, [grey, max]);
    }
);

both!(leaving_and_closing_end_access, |place| async move {
    let clinic = shared(place).await;
    let sees = async |user| clinic.sees(&team_of(user), "p1").await.is_some();
    assert!(sees("max").await && sees("grey").await);
    clinic.happens("e1", &therapist(), leave("max")).await;
    assert!(!sees("max").await && sees("grey").await);
    assert_eq!(caseload(&clinic, "max").await, []);
    clinic.happens("e1", &gp(), close()).await;
    assert!(!sees("grey").await);
    assert_eq!(caseload(&clinic, "grey").await, []);
    // It is still an episode of the patient.
    let desk = desk("clinic_a");
    let listed = clinic.store.episodes_of(&desk, now(), "p1").await.unwrap();
    assert_eq!(listed[0].closed_on, Some(FIRST));
    let unseen = clinic
        .store
        .episodes_of(&Sight::default(), now(), "p1")
        .await;
    assert_eq!(unseen.unwrap(), []);
});

both!(an_appraisal_is_due_until_it_is_shown, |place| async move {
    let clinic = shared(place).await;
    let fell = Act::RecordAdverseEvent {
        what: "fell off the couch and broke a wrist".to_owned(),
        session: None,
        seriousness: Some(Seriousness::Serious),
        severity: Some(Severity::Severe),
        relatedness: Some(Relatedness::Probable),
        expectedness: Some(Expectedness::Unexpected),
    };
    clinic.happens("e1", &gp(), fell).await;
    assert_eq!(
        caseload(&clinic, "grey").await[0].appraisal_due_on,
        Some(FIRST)
    );
    let shown = AppraisalShown {
        appraisal: "0".repeat(64),
        engine: "0.1.0".to_owned(),
        knowledge: "1".repeat(64),
    };
    clinic.happens("e1", &gp(), Act::ShowAppraisal(shown)).await;
    assert_eq!(caseload(&clinic, "grey").await[0].appraisal_due_on, None);
});

both!(an_episode_is_read_as_it_was_written, |place| async move {
    let clinic = shared(place).await;
    let events = clinic.store.stream("episode/e1").await.unwrap();
    let kinds: Vec<&str> = events.iter().map(|event| event.kind.as_str()).collect();
    let expected = [
        "episode_opened",
        "referral_drafted",
        "referral_sent",
        "referral_accepted",
    ];
    assert_eq!(kinds, expected);
    assert_eq!((events[3].actor.as_str(), events[3].shape), ("max", 1));
    let said: Vec<Recorded> = events
        .iter()
        .map(|event| serde_json::from_slice(event.body.as_deref().unwrap()).unwrap())
        .collect();
    let read = clinic
        .store
        .episode("e1")
        .await
        .unwrap()
        .expect("it is there");
    assert_eq!(read.record, Record::of(&said));
    assert_eq!((read.version, read.patient.as_str()), (4, "p1"));
    assert_eq!(clinic.store.episode("e2").await.unwrap(), None);
});

both!(
    an_event_that_no_release_could_have_written_is_refused,
    |place| async move {
        let clinic = shared(place).await;
        let read = clinic.store.episode("e1").await.unwrap().unwrap();
        let mut batch = batch::episode("e1", "p1", Expected::Version(read.version), &[]).unwrap();
        batch.events.push(crate::support::note("no JSON"));
        batch.actor = "grey".to_owned();
        let refused = clinic.store.append(&batch, None).await.unwrap_err();
        assert!(
            refused.to_string().contains("event 5 of `episode/e1`"),
            "{refused}"
        );
        assert_eq!(clinic.store.episode("e1").await.unwrap(), Some(read));
    }
);

both!(
    what_was_undone_is_not_taken_for_what_happened,
    |place| async move {
        let clinic = shared(place).await;
        let read = clinic.store.episode("e1").await.unwrap().unwrap();
        // Closing the episode comes together with something that clashes, so neither happens, after the projection had taken the closing in.
        let closing = |version| {
            let command = cotreat_care::decide::Command {
                by: gp(),
                at: minute(600),
                today: FIRST,
                day: FIRST,
                act: close(),
            };
            let events = cotreat_care::decide(&read.record, &command, knowledge()).unwrap();
            batch::episode("e1", "p1", Expected::Version(version), &events).unwrap()
        };
        let clash = crate::support::notes("other/1", Expected::Version(7), &["clashes"]);
        let undone = [closing(read.version), clash.clone()];
        for _ in 0..2 {
            let refused = clinic.store.append_all(&undone, None).await.unwrap_err();
            assert!(matches!(refused, Error::Conflict { .. }), "{refused}");
        }
        // The same number of events happens instead.
        let closing_events = closing(read.version).events.len();
        for nth in 0..closing_events + 1 {
            clinic.happens("e1", &gp(), ask(&format!("q{nth}"))).await;
        }
        let listed = caseload(&clinic, "max").await;
        assert_eq!(listed[0].closed_on, None);
        assert_eq!(listed[0].last_kind, "question_asked");
        clinic.comes_out_the_same().await;
    }
);
