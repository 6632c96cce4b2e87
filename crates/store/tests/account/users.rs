//! Passwords, failures, and one-time links.

use cotreat_store::account::{Failures, Setup, SetupWhy};
use cotreat_store::outbox::Message;
use jiff::{SignedDuration, Timestamp};

use super::{add_user, log, said, session};
use crate::support::minute;

fn wait(failures: Failures, now: Timestamp) -> Option<Timestamp> {
    (failures.0 >= 3).then(|| now + SignedDuration::from_mins(5))
}

both!(
    failures_add_up_and_are_forgotten_when_it_goes_well,
    |place| async move {
        let store = place.open_known().await;
        add_user(&store, "u1", "ada@example.org").await;
        for expected in 1..=2 {
            let failures = store
                .sign_in_failed("u1", wait, minute(1), &said("u1", "sign_in_failed"))
                .await
                .unwrap();
            assert_eq!(failures, Failures(expected));
        }
        let before = store.password("u1").await.unwrap();
        assert_eq!(before.wait_until, Timestamp::UNIX_EPOCH);
        assert!(before.hash.is_none(), "failing does not make a password");
        store
            .sign_in_failed("u1", wait, minute(1), &[])
            .await
            .unwrap();
        assert_eq!(store.password("u1").await.unwrap().wait_until, minute(6));
        store.sign_in_went_well("u1").await.unwrap();
        assert_eq!(
            store.password("u1").await.unwrap().wait_until,
            Timestamp::UNIX_EPOCH
        );
        let again = store
            .sign_in_failed("u1", wait, minute(2), &[])
            .await
            .unwrap();
        assert_eq!(again, Failures(1));
        assert_eq!(
            log(&store, "u1").await,
            ["user_added", "sign_in", "sign_in"]
        );
    }
);

both!(
    a_password_hash_is_sealed_and_bound_to_its_user,
    |place| async move {
        let store = place.open_known().await;
        let hash = "$argon2id$v=19$the-hash";
        store.set_password("u1", hash, None, &[]).await.unwrap();
        store
            .set_password("u2", "another", None, &[])
            .await
            .unwrap();
        let kept = store.password("u1").await.unwrap();
        assert_eq!(kept.hash.as_ref().map(|hash| hash.as_str()), Some(hash));
        assert!(!format!("{kept:?}").contains("argon2id"));
        store.rehash_password("u1", "better").await.unwrap();
        let kept = store.password("u1").await.unwrap();
        assert_eq!(kept.hash.unwrap().as_str(), "better");
        let rows = store
            .ask("SELECT sealed FROM account ORDER BY user_id", &[])
            .await
            .unwrap();
        let sealed = String::from_utf8_lossy(&rows[0].bytes(0).unwrap()).into_owned();
        assert!(!sealed.contains("better"));
        store.close().await;
        place
            .behind_its_back(
                "UPDATE account SET sealed = (SELECT b.sealed FROM account b WHERE b.user_id = 'u2') WHERE user_id = 'u1'",
            )
            .await;
        let store = place.open_known().await;
        let swapped = store.password("u1").await.unwrap_err();
        assert!(
            swapped.to_string().contains("cannot be opened"),
            "{swapped}"
        );
    }
);

fn letter() -> Vec<Message> {
    vec![Message {
        topic: "email".to_owned(),
        body: b"your link".to_vec(),
        due_at: minute(0),
    }]
}

both!(
    a_one_time_link_works_once_and_ends_sessions,
    |place| async move {
        let store = place.open_known().await;
        add_user(&store, "u1", "ada@example.org").await;
        store
            .add_session(b"token", &session("s1", "u1"), minute(0), &[])
            .await
            .unwrap();
        let setup = Setup {
            user: "u1".to_owned(),
            why: SetupWhy::Reset,
        };
        for token in [b"older", b"newer"] {
            store
                .add_setup(token, &setup, minute(20), &letter(), minute(0), &[])
                .await
                .unwrap();
        }
        assert_eq!(store.due(minute(0), 10).await.unwrap().len(), 2);
        assert_eq!(store.setup(b"older", minute(1)).await.unwrap(), None);
        for _ in 0..2 {
            let found = store.setup(b"newer", minute(19)).await.unwrap();
            assert_eq!(found.as_ref(), Some(&setup), "looking does not use it up");
        }
        assert_eq!(store.setup(b"newer", minute(20)).await.unwrap(), None);
        let told = said("u1", "password_set");
        let late = store
            .use_setup(b"newer", &setup, "hash", minute(20), &told)
            .await
            .unwrap();
        assert!(!late);
        let other = Setup {
            user: "u2".to_owned(),
            ..setup.clone()
        };
        let swapped = store
            .use_setup(b"newer", &other, "hash", minute(1), &[])
            .await
            .unwrap();
        assert!(!swapped, "it is for one user");
        let used = store
            .use_setup(b"newer", &setup, "hash", minute(1), &told)
            .await
            .unwrap();
        assert!(used);
        assert!(
            !store
                .use_setup(b"newer", &setup, "other", minute(1), &told)
                .await
                .unwrap()
        );
        let kept = store.password("u1").await.unwrap();
        assert_eq!(kept.hash.unwrap().as_str(), "hash");
        assert_eq!(store.session(b"token", minute(1)).await.unwrap(), None);
        assert_eq!(log(&store, "u1").await, ["user_added", "sign_in"]);
    }
);
