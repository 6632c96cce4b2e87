//! Sessions of people who work here.

use cotreat_people::event::UserEvent;
use cotreat_store::account::{CredentialKind, NewCredential, Renewed};

use super::{about, add_user, erase, log, said, session};
use crate::support::minute;

both!(
    a_session_is_found_by_its_token_until_it_ends,
    |place| async move {
        let store = place.open_known().await;
        add_user(&store, "u1", "ada@example.org").await;
        store
            .add_session(
                b"token",
                &session("s1", "u1"),
                minute(0),
                &said("u1", "signed_in"),
            )
            .await
            .unwrap();
        let found = store.session(b"token", minute(59)).await.unwrap().unwrap();
        assert_eq!((found.user.as_str(), found.organisation), ("u1", None));
        assert!(found.second_factor && !found.locked && !found.has_second_factor);
        assert_eq!((found.created, found.expires), (minute(0), minute(60)));
        assert_eq!(store.session(b"tokem", minute(1)).await.unwrap(), None);
        assert_eq!(store.session(b"token", minute(60)).await.unwrap(), None);
        assert_eq!(
            store.session(b"token", minute(-6)).await.unwrap(),
            None,
            "a clock that was set back does not lengthen it"
        );
        assert!(store.end_session(b"token", &[]).await.unwrap());
        assert!(!store.end_session(b"token", &said("u1", "x")).await.unwrap());
        assert_eq!(store.session(b"token", minute(1)).await.unwrap(), None);
        assert_eq!(log(&store, "u1").await, ["user_added", "sign_in"]);
    }
);

both!(whoever_is_disabled_has_no_session, |place| async move {
    let store = place.open_known().await;
    add_user(&store, "u1", "ada@example.org").await;
    add_user(&store, "u2", "bob@example.org").await;
    for (token, user) in [(b"one", "u1"), (b"two", "u2")] {
        store
            .add_session(token, &session(user, user), minute(0), &[])
            .await
            .unwrap();
    }
    let disabled = UserEvent::UserDisabled {
        reason: "left".to_owned(),
    };
    store.append(&about("u1", disabled), None).await.unwrap();
    assert_eq!(store.session(b"one", minute(1)).await.unwrap(), None);
    erase(&store, "user/u2").await;
    assert_eq!(store.session(b"two", minute(1)).await.unwrap(), None);
    assert!(store.sessions_of("u1", minute(1)).await.unwrap().is_empty());
});

both!(a_renewed_session_has_a_new_token_only, |place| async move {
    let store = place.open_known().await;
    add_user(&store, "u1", "ada@example.org").await;
    store
        .add_session(b"old", &session("s1", "u1"), minute(0), &[])
        .await
        .unwrap();
    store.lock_session("s1").await.unwrap();
    store.touch_session("s1", minute(5)).await.unwrap();
    let locked = store.session(b"old", minute(5)).await.unwrap().unwrap();
    assert!(locked.locked);
    assert_eq!(locked.last_seen, minute(0), "a locked session sees nobody");
    let renewed = Renewed {
        organisation: Some("o1"),
        second_factor: true,
        proved: minute(4),
        expires: minute(90),
    };
    assert!(
        store
            .renew_session(b"old", b"new", &renewed, minute(6), &[])
            .await
            .unwrap()
    );
    assert!(
        !store
            .renew_session(b"old", b"newer", &renewed, minute(6), &[])
            .await
            .unwrap()
    );
    assert_eq!(store.session(b"old", minute(6)).await.unwrap(), None);
    let open = store.session(b"new", minute(89)).await.unwrap().unwrap();
    assert_eq!(open.id, "s1");
    assert_eq!(open.organisation.as_deref(), Some("o1"));
    assert!(!open.locked);
    assert_eq!((open.proved, open.last_seen), (minute(4), minute(6)));
    assert_eq!(
        store.form_secret(&open.id),
        store.form_secret("s1"),
        "forms that are open go on working"
    );
    assert_ne!(store.form_secret("s1"), store.form_secret("s2"));
});

both!(
    sessions_end_one_by_one_and_all_at_once,
    |place| async move {
        let store = place.open_known().await;
        add_user(&store, "u1", "ada@example.org").await;
        add_user(&store, "u2", "bob@example.org").await;
        for (id, user) in [("a", "u1"), ("b", "u1"), ("c", "u1"), ("d", "u2")] {
            store
                .add_session(id.as_bytes(), &session(id, user), minute(0), &[])
                .await
                .unwrap();
        }
        assert!(!store.end_session_of("u2", "a", &[]).await.unwrap());
        assert!(store.end_session_of("u1", "a", &[]).await.unwrap());
        assert_eq!(
            store.end_sessions_of("u1", Some("b"), &[]).await.unwrap(),
            1
        );
        let left = store.sessions_of("u1", minute(1)).await.unwrap();
        assert_eq!(left.len(), 1);
        assert_eq!(store.end_sessions_of("u1", None, &[]).await.unwrap(), 1);
        assert!(store.session(b"d", minute(1)).await.unwrap().is_some());
        assert_eq!(store.end_every_session().await.unwrap(), 1);
        assert_eq!(store.session(b"d", minute(1)).await.unwrap(), None);
    }
);

both!(a_session_knows_of_a_second_factor, |place| async move {
    let store = place.open_known().await;
    add_user(&store, "u1", "ada@example.org").await;
    store
        .add_session(b"token", &session("s1", "u1"), minute(0), &[])
        .await
        .unwrap();
    for (kind, counts) in [
        (CredentialKind::UnconfirmedApp, false),
        (CredentialKind::RecoveryCode, false),
        (CredentialKind::Issuer, false),
        (CredentialKind::App, true),
        (CredentialKind::Passkey, true),
    ] {
        let new = NewCredential {
            id: "c1",
            user: "u1",
            kind,
            look_up: b"c1",
            secret: b"secret",
            counter: 0,
        };
        store.add_credential(&new, minute(0), &[]).await.unwrap();
        let found = store.session(b"token", minute(1)).await.unwrap().unwrap();
        assert_eq!(found.has_second_factor, counts, "{kind:?}");
        store.remove_credential("u1", "c1", &[]).await.unwrap();
    }
});

both!(
    what_has_expired_is_swept_and_the_rest_stays,
    |place| async move {
        let store = place.open_known().await;
        add_user(&store, "u1", "ada@example.org").await;
        for (token, expires) in [("short", 10), ("longer", 20)] {
            let mut new = session("", "u1");
            let id = expires.to_string();
            new.id = &id;
            new.expires = minute(expires);
            store
                .add_session(token.as_bytes(), &new, minute(0), &[])
                .await
                .unwrap();
        }
        store
            .add_oidc_state(b"state", b"nonce", minute(10))
            .await
            .unwrap();
        assert_eq!(store.sweep(minute(9)).await.unwrap(), 0);
        assert_eq!(store.sweep(minute(10)).await.unwrap(), 2);
        assert!(
            store
                .session(b"longer", minute(10))
                .await
                .unwrap()
                .is_some()
        );
        assert_eq!(store.sweep(minute(10)).await.unwrap(), 0);
    }
);

both!(
    what_is_remembered_for_an_issuer_is_taken_once,
    |place| async move {
        let store = place.open_known().await;
        for state in [b"one", b"two"] {
            store
                .add_oidc_state(state, b"nonce and verifier", minute(10))
                .await
                .unwrap();
        }
        let rows = store
            .ask("SELECT sealed FROM oidc_state", &[])
            .await
            .unwrap();
        let sealed = String::from_utf8_lossy(&rows[0].bytes(0).unwrap()).into_owned();
        assert!(!sealed.contains("nonce"));
        let taken = store.take_oidc_state(b"one", minute(9)).await.unwrap();
        assert_eq!(taken.unwrap().as_slice(), b"nonce and verifier");
        assert!(
            store
                .take_oidc_state(b"one", minute(9))
                .await
                .unwrap()
                .is_none()
        );
        assert!(
            store
                .take_oidc_state(b"two", minute(10))
                .await
                .unwrap()
                .is_none()
        );
        assert!(
            store
                .take_oidc_state(b"two", minute(9))
                .await
                .unwrap()
                .is_none(),
            "late is once too"
        );
    }
);
