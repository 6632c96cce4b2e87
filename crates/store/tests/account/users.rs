//! Who may sign in, and with which password.

use cotreat_people::event::UserEvent;
use cotreat_store::account::{Failures, Setup, SetupWhy};
use cotreat_store::outbox::Message;
use jiff::{SignedDuration, Timestamp};

use super::{about, account, add_user, log, said, session};
use crate::support::minute;

both!(
    a_user_is_found_by_address_until_disabled_or_erased,
    |place| async move {
        let store = place.open_known().await;
        add_user(&store, "u1", "Ada@Example.org").await;
        add_user(&store, "u2", "bob@example.org").await;
        let found = store.user_with_email(" ada@example.ORG ").await.unwrap();
        assert_eq!(found.as_deref(), Some("u1"));
        assert_eq!(
            store.user_with_email("eve@example.org").await.unwrap(),
            None
        );

        let changed = UserEvent::UserChanged {
            account: account("ada@elsewhere.org"),
        };
        store.append(&about("u1", changed), None).await.unwrap();
        assert_eq!(
            store.user_with_email("ada@example.org").await.unwrap(),
            None
        );
        let found = store.user_with_email("ada@elsewhere.org").await.unwrap();
        assert_eq!(found.as_deref(), Some("u1"));

        let disabled = UserEvent::UserDisabled {
            reason: "left".to_owned(),
        };
        store.append(&about("u1", disabled), None).await.unwrap();
        assert_eq!(
            store.user_with_email("ada@elsewhere.org").await.unwrap(),
            None
        );
        assert!(!store.may_sign_in("u1").await.unwrap());
        store
            .append(&about("u1", UserEvent::UserEnabled), None)
            .await
            .unwrap();
        assert!(store.may_sign_in("u1").await.unwrap());

        store.erase("user/u2", minute(1)).await.unwrap();
        assert_eq!(
            store.user_with_email("bob@example.org").await.unwrap(),
            None
        );
        assert!(!store.may_sign_in("u2").await.unwrap());
    }
);

both!(an_address_of_two_users_is_nobodys, |place| async move {
    let store = place.open_known().await;
    add_user(&store, "u1", "desk@example.org").await;
    add_user(&store, "u2", "desk@example.org").await;
    assert_eq!(
        store.user_with_email("desk@example.org").await.unwrap(),
        None
    );
});

both!(
    who_may_sign_in_is_the_same_after_a_rebuild,
    |place| async move {
        let store = place.open_known().await;
        add_user(&store, "u1", "ada@example.org").await;
        add_user(&store, "u2", "bob@example.org").await;
        let disabled = UserEvent::UserDisabled {
            reason: "left".to_owned(),
        };
        store.append(&about("u2", disabled), None).await.unwrap();
        add_user(&store, "u3", "eve@example.org").await;
        store.erase("user/u3", minute(1)).await.unwrap();
        store.rebuild(&mut |_, _| ()).await.unwrap();
        for (user, may) in [("u1", true), ("u2", false), ("u3", false)] {
            assert_eq!(store.may_sign_in(user).await.unwrap(), may, "{user}");
        }
    }
);

both!(an_address_does_not_stand_in_the_table, |place| async move {
    let store = place.open_known().await;
    add_user(&store, "u1", "ada@example.org").await;
    let rows = store
        .ask("SELECT user_id, email FROM known_user", &[])
        .await
        .unwrap();
    let kept = rows[0].bytes(1).unwrap();
    assert_eq!(kept.len(), 32);
    assert_ne!(kept, blake3::hash(b"ada@example.org").as_bytes(), "keyed");
});

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
        store.set_password("u1", hash, &[]).await.unwrap();
        store.set_password("u2", "another", &[]).await.unwrap();
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
