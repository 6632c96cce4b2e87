//! Upgrades: the old database or the new one, whatever happens in between.

use cotreat_store::stage::Stage;
use cotreat_store::{Error, Expected, Opening, Projection, Schema, Store, Upgrade};

use crate::support::counting::{Counting, dump};
use crate::support::killed::{Child, given};
use crate::support::{Place, minute, notes, texts};

/// Two steps that change what is there, and take a while.
fn newer() -> Schema {
    Schema::ours()
        .and("ALTER TABLE event ADD COLUMN remark TEXT; UPDATE event SET remark = kind || '!'")
        .and(
            "CREATE TABLE slow (n BIGINT NOT NULL); \
             INSERT INTO slow WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 200000) SELECT n FROM c",
        )
}

fn counting(shape: u32) -> Vec<Box<dyn Projection>> {
    vec![Box::new(Counting { shape })]
}

/// A database of the present schema with events of many people.
async fn old(place: &Place, events: usize) {
    let store = place.open_with(counting(1)).await;
    let batches: Vec<_> = (0..events)
        .map(|n| notes(&format!("p{n}/e1"), Expected::New, &["kept"]))
        .collect();
    store.append_all(&batches, None).await.unwrap();
    store
        .checkpoint("2026-03-01".parse().unwrap())
        .await
        .unwrap();
    store.close().await;
}

async fn begin(place: &Place, schema: Schema) -> Upgrade {
    Upgrade::begin(&place.address, place.key.clone(), schema)
        .await
        .expect("the upgrade can begin")
}

/// The old database, with everything that belongs to it.
async fn is_old(place: &Place, events: u64) {
    let store = place
        .try_open_as(Opening::AsIs, counting(1))
        .await
        .expect("this program's own schema");
    let verdict = store.verify(&[], &mut |_| ()).await.unwrap();
    assert!(verdict.is_fine(), "{verdict:?}");
    assert_eq!((verdict.events, verdict.checkpoints), (events, 1));
    assert_eq!(texts(&store, "p1/e1").await, ["kept"]);
    assert_eq!(dump(&store).await.len() as u64, events);
    store.close().await;
    let rows = place.rows().await;
    assert!(!rows.contains_key("slow"));
}

both!(every_step_and_every_projection, |place| async move {
    old(&place, 3).await;
    let upgrade = begin(&place, newer()).await;
    let present = Schema::ours().newest();
    assert_eq!((upgrade.from(), upgrade.to()), (present, present + 2));
    let in_use = place.try_open(counting(1)).await.unwrap_err();
    assert!(matches!(in_use, Error::InUse { .. }), "{in_use}");
    let mut told = Vec::new();
    let verdict = upgrade
        .run(&counting(2), &mut |stage, done| told.push((stage, done)))
        .await
        .unwrap();
    assert_eq!((verdict.events, verdict.checkpoints), (3, 1));
    let steps = u64::try_from(present).unwrap();
    assert_eq!(
        told,
        [
            (Stage::Tables, steps + 1),
            (Stage::Tables, steps + 2),
            (Stage::Projection("counting"), 3),
            (Stage::Chain, 3)
        ]
    );
    let rows = place.rows().await;
    assert_eq!(rows["slow"].len(), 200_000);
    assert_eq!(rows["counting"].len(), 3);
    assert_eq!(
        rows["projection"],
        [[Some("counting".into()), Some("2".into())]]
    );
    // The program from before refuses it, in words.
    let refused = place.try_open(counting(1)).await.unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("was written by a newer program"),
        "{refused}"
    );
    // There is nothing left to do, and doing it does no harm.
    let again = begin(&place, newer()).await;
    assert_eq!(again.from(), again.to());
    again.run(&counting(2), &mut |_, _| ()).await.unwrap();
});

both!(a_step_that_fails_changes_nothing, |place| async move {
    old(&place, 3).await;
    let before = place.rows().await;
    for wrong in [
        "INSERT INTO nowhere VALUES (1)",
        "DROP TABLE event",
        "DELETE FROM event WHERE position = 2",
        "UPDATE event SET actor = 'somebody else'",
    ] {
        let upgrade = begin(&place, newer().and(wrong)).await;
        let refused = upgrade.run(&counting(1), &mut |_, _| ()).await;
        assert!(refused.is_err(), "{wrong}");
        assert_eq!(place.rows().await, before, "{wrong}");
    }
    is_old(&place, 3).await;
});

both!(a_broken_chain_is_not_upgraded, |place| async move {
    old(&place, 3).await;
    place
        .behind_its_back("UPDATE event SET actor = 'somebody else' WHERE position = 2")
        .await;
    let before = place.rows().await;
    let upgrade = begin(&place, newer()).await;
    let refused = upgrade.run(&counting(1), &mut |_, _| ()).await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the chain of events (event 2 was changed after it was written) cannot be opened: it was changed or damaged. \
         Verify the store, and restore the newest backup that verifies."
    );
    assert_eq!(place.rows().await, before);
});

async fn refused(place: &Place) -> Error {
    Upgrade::begin(&place.address, place.key.clone(), Schema::ours())
        .await
        .expect_err("it cannot begin")
}

both!(what_cannot_be_upgraded_is_said, |place| async move {
    let said = refused(&place).await;
    assert!(matches!(said, Error::Empty { .. }), "{said}");
    let store = place.open().await;
    let said = refused(&place).await;
    assert!(matches!(said, Error::InUse { .. }), "{said}");
    store.close().await;
    let other = Place {
        key: cotreat_store::MasterKey::random().unwrap(),
        address: place.address.clone(),
        folder: None,
    };
    let said = refused(&other).await;
    assert!(matches!(said, Error::WrongKey), "{said}");
    place
        .behind_its_back("UPDATE instance SET schema = 99")
        .await;
    let said = refused(&place).await;
    assert!(matches!(said, Error::Newer { .. }), "{said}");
});

both!(
    a_backup_made_on_the_way_restores_the_old,
    |place| async move {
        old(&place, 3).await;
        let before = place.rows().await;
        let upgrade = begin(&place, newer()).await;
        let label = cotreat_store::backup::Label {
            taken_at: minute(1),
            program: "0.1.0".to_owned(),
            knowledge: None,
        };
        let mut backup = Vec::new();
        upgrade
            .backup_to(&label, &mut backup, &mut |_| ())
            .await
            .unwrap();
        upgrade.run(&counting(2), &mut |_, _| ()).await.unwrap();
        let to = Place {
            key: place.key.clone(),
            ..Place::sqlite()
        };
        cotreat_store::backup::restore(
            &mut backup.as_slice(),
            &to.address,
            &to.key,
            &Schema::ours(),
            &counting(1),
            &mut |_, _| (),
        )
        .await
        .unwrap();
        assert_eq!(to.rows().await, before);
    }
);

/// Tables that came after the first schema.
const AFTER_THE_FIRST: [&str; 15] = [
    "DROP INDEX event_at",
    "DROP TABLE diary",
    "DROP TABLE refusal",
    "DROP TABLE inquiry",
    "DROP TABLE reminder",
    "DROP TABLE unreachable",
    "DROP TABLE account",
    "DROP TABLE credential",
    "DROP TABLE session",
    "DROP TABLE setup",
    "DROP TABLE oidc_state",
    "DROP TABLE link",
    "DROP TABLE link_session",
    "DROP TABLE email_code",
    "DROP TABLE draft",
];

both!(
    a_database_of_the_first_program_is_backed_up_and_upgraded,
    |place| async move {
        old(&place, 3).await;
        for drop in AFTER_THE_FIRST {
            place.behind_its_back(drop).await;
        }
        place
            .behind_its_back("UPDATE instance SET schema = 1")
            .await;
        let refused = place
            .try_open_as(Opening::AsIs, counting(1))
            .await
            .unwrap_err();
        assert!(
            refused.to_string().contains("run `cotreat upgrade`"),
            "{refused}"
        );
        let upgrade = begin(&place, Schema::ours()).await;
        assert_eq!(upgrade.from(), 1);
        let label = cotreat_store::backup::Label {
            taken_at: minute(1),
            program: "0.0.1".to_owned(),
            knowledge: None,
        };
        let mut backup = Vec::new();
        let rows = upgrade
            .backup_to(&label, &mut backup, &mut |_| ())
            .await
            .unwrap();
        assert_eq!((rows["event"], rows.get("account")), (3, None));
        upgrade.run(&counting(1), &mut |_, _| ()).await.unwrap();
        is_old(&place, 3).await;
        let to = Place {
            key: place.key.clone(),
            ..Place::sqlite()
        };
        let restored = cotreat_store::backup::restore(
            &mut backup.as_slice(),
            &to.address,
            &to.key,
            &Schema::ours(),
            &counting(1),
            &mut |_, _| (),
        )
        .await
        .unwrap();
        assert_eq!(restored.schema, 1);
        is_old(&to, 3).await;
    }
);

/// `COTREAT_KILLS=200 cargo test -p cotreat-store upgrade` kills so often on each database; the ordinary run kills a few times.
const KILLS: usize = 6;

both!(a_kill_leaves_the_old_or_the_new, |place| async move {
    let kills = std::env::var("COTREAT_KILLS").map_or(KILLS, |n| n.parse().expect("a number"));
    let events = 1200;
    old(&place, 1200).await;
    let mut left_old = 0;
    for kill in 0..kills {
        // The lines it says: "begun", each step, two pages of the projection, two of the chain.
        let mut child = Child::start("upgrade::upgrades", &place, "");
        let said = child.lines(1 + kill % 6);
        std::thread::sleep(std::time::Duration::from_millis(kill as u64 * 7 % 50));
        child.kill();
        assert!(said.is_some(), "it was killed before it was done");
        let upgrade = begin(&place, newer()).await;
        let found = upgrade.from();
        upgrade.leave().await;
        if found == newer().newest() {
            let again = begin(&place, newer()).await;
            let verdict = again.run(&counting(1), &mut |_, _| ()).await.unwrap();
            assert_eq!((verdict.events, verdict.checkpoints), (events, 1));
            assert_eq!(place.rows().await["slow"].len(), 200_000);
            break;
        }
        assert_eq!(found, Schema::ours().newest(), "never in between");
        is_old(&place, events).await;
        left_old += 1;
    }
    assert!(left_old > 0, "no kill came in time");
    // However often it was killed, the next attempt goes through.
    let upgrade = begin(&place, newer()).await;
    upgrade.run(&counting(1), &mut |_, _| ()).await.unwrap();
    assert_eq!(place.rows().await["slow"].len(), 200_000);
});

/// Not a test: the process that is killed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started and killed by the tests of this file"]
async fn upgrades() {
    let given = given();
    let upgrade = Upgrade::begin(&given.address, given.key.clone(), newer())
        .await
        .expect("the upgrade can begin");
    given.say("begun");
    upgrade
        .run(&counting(1), &mut |stage, done| {
            given.say(&format!("{stage:?} {done}"));
        })
        .await
        .expect("it goes through");
    // The test waits for a line that may never come otherwise.
    given.say("done");
}

impl Place {
    async fn try_open_as(
        &self,
        opening: Opening,
        projections: Vec<Box<dyn Projection>>,
    ) -> Result<Store, Error> {
        Store::open(&self.address, self.key.clone(), opening, projections).await
    }
}
