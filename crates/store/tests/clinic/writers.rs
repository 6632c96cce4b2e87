//! Two who write to one episode: one of them is told, and nothing is lost.

use std::sync::Arc;

use cotreat_care::decide::{Act, Command};
use cotreat_care::event::QuestionAsked;
use cotreat_people::event::Sharing;
use cotreat_store::clinic::{EpisodeRead, batch};
use cotreat_store::{Batch, Error, Expected};
use jiff::civil::date;

use super::knowledge::knowledge;
use super::world::{Clinic, FIRST, gp, identity};
use crate::support::minute;

/// A question, asked by whoever has seen this much.
fn asked(read: &EpisodeRead, question: &str) -> Batch {
    let act = Act::AskQuestion(QuestionAsked {
        question: question.to_owned(),
        text: "May she garden?".to_owned(),
    });
    let command = Command {
        by: gp(),
        at: minute(60),
        today: FIRST,
        day: FIRST,
        act,
    };
    let events =
        cotreat_care::decide(&read.record, &command, knowledge()).expect("it may be asked");
    batch::episode(
        "e1",
        &read.patient,
        Expected::Version(read.version),
        &events,
    )
    .expect("it can be written")
}

both!(of_two_one_is_told_and_nothing_is_lost, |place| async move {
    let clinic = Clinic::open(place).await;
    clinic.organisation("clinic_a", Sharing::CareTeam).await;
    let ana = identity("García", "Ana", date(1980, 5, 1));
    clinic.patient("p1", ana, "clinic_a").await;
    clinic.opens("e1", "p1", &gp()).await;
    let read = clinic.store.episode("e1").await.unwrap().unwrap();
    clinic
        .store
        .append(&asked(&read, "mine"), None)
        .await
        .unwrap();
    let late = clinic
        .store
        .append(&asked(&read, "yours"), None)
        .await
        .unwrap_err();
    assert_eq!(
        late.to_string(),
        "`episode/e1` was changed in the meantime: version 1 was seen, it has version 2. Read it again and repeat."
    );

    let clinic = Arc::new(clinic);
    let mut writers = Vec::new();
    for writer in 0..4 {
        let clinic = Arc::clone(&clinic);
        writers.push(tokio::spawn(async move {
            let mut told = 0;
            for turn in 0..8 {
                loop {
                    let read = clinic.store.episode("e1").await.unwrap().unwrap();
                    let batch = asked(&read, &format!("{writer} {turn}"));
                    match clinic.store.append(&batch, None).await {
                        Ok(_) => break,
                        Err(Error::Conflict { .. }) => told += 1,
                        Err(error) => panic!("{error}"),
                    }
                }
            }
            told
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    let read = clinic.store.episode("e1").await.unwrap().unwrap();
    assert_eq!(read.version, 2 + 4 * 8);
    assert_eq!(read.record.questions.len(), 1 + 4 * 8);
    clinic.comes_out_the_same().await;
});
