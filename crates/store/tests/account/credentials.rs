//! Passkeys, authenticator apps, recovery codes.

use cotreat_store::account::{CredentialKind, NewCredential};

use super::{add_user, log, said, session};
use crate::support::minute;

fn new<'a>(id: &'a str, user: &'a str, kind: CredentialKind) -> NewCredential<'a> {
    NewCredential {
        id,
        user,
        kind,
        look_up: id.as_bytes(),
        secret: b"the secret",
        counter: 0,
    }
}

both!(
    a_credential_is_kept_sealed_and_found_again,
    |place| async move {
        let store = place.open_known().await;
        let passkey = new("c1", "u1", CredentialKind::Passkey);
        assert!(
            store
                .add_credential(&passkey, minute(0), &[])
                .await
                .unwrap()
        );
        let taken = NewCredential {
            id: "c2",
            user: "u2",
            ..passkey
        };
        assert!(
            !store.add_credential(&taken, minute(0), &[]).await.unwrap(),
            "a passkey belongs to one user"
        );
        let found = store
            .credential_by(CredentialKind::Passkey, b"c1")
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (found.user.as_str(), found.secret.as_slice()),
            ("u1", b"the secret".as_slice())
        );
        assert!(!format!("{found:?} {passkey:?}").contains("secret"));
        assert!(
            store
                .credential_by(CredentialKind::Issuer, b"c1")
                .await
                .unwrap()
                .is_none()
        );
        let rows = store
            .ask("SELECT sealed, look_up FROM credential", &[])
            .await
            .unwrap();
        for column in 0..2 {
            let bytes = rows[0].bytes(column).unwrap();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            assert!(!text.contains("secret") && !text.contains("c1"));
        }
        assert!(!store.remove_credential("u2", "c1", &[]).await.unwrap());
        assert!(store.remove_credential("u1", "c1", &[]).await.unwrap());
        assert!(
            store
                .credentials("u1", CredentialKind::Passkey)
                .await
                .unwrap()
                .is_empty()
        );
    }
);

both!(a_counter_only_rises, |place| async move {
    let store = place.open_known().await;
    let app = new("c1", "u1", CredentialKind::App);
    store.add_credential(&app, minute(0), &[]).await.unwrap();
    for (step, good) in [(7, true), (7, false), (6, false), (8, true)] {
        let advanced = store
            .advance_credential("c1", step, minute(1))
            .await
            .unwrap();
        assert_eq!(advanced, good, "{step}");
    }
    let mut found = store
        .credentials("u1", CredentialKind::App)
        .await
        .unwrap()
        .remove(0);
    assert_eq!((found.counter, found.used), (8, Some(minute(1))));
    for (counter, good) in [(8, false), (0, false), (9, true)] {
        found.counter = counter;
        assert_eq!(
            store.replace_credential(&found, minute(2)).await.unwrap(),
            good,
            "{counter}"
        );
    }
});

both!(
    a_counter_that_stands_at_nought_may_stay_there,
    |place| async move {
        let store = place.open_known().await;
        let passkey = new("c1", "u1", CredentialKind::Passkey);
        store
            .add_credential(&passkey, minute(0), &[])
            .await
            .unwrap();
        let found = store
            .credentials("u1", CredentialKind::Passkey)
            .await
            .unwrap()
            .remove(0);
        for _ in 0..2 {
            assert!(store.replace_credential(&found, minute(1)).await.unwrap());
        }
    }
);

both!(two_at_once_spend_a_code_once, |place| async move {
    let store = place.open_known().await;
    add_user(&store, "u1", "ada@example.org").await;
    let code = new("c1", "u1", CredentialKind::RecoveryCode);
    store.add_credential(&code, minute(0), &[]).await.unwrap();
    let told = said("u1", "recovery_code_used");
    let spend = || store.spend_credential("u1", CredentialKind::RecoveryCode, b"c1", &told);
    let (a, b) = tokio::join!(spend(), spend());
    assert_ne!(a.unwrap(), b.unwrap());
    assert_eq!(log(&store, "u1").await, ["user_added", "sign_in"]);
});

both!(two_at_once_use_a_step_once, |place| async move {
    let store = place.open_known().await;
    let app = new("c1", "u1", CredentialKind::App);
    store.add_credential(&app, minute(0), &[]).await.unwrap();
    let (a, b) = tokio::join!(
        store.advance_credential("c1", 5, minute(1)),
        store.advance_credential("c1", 5, minute(1))
    );
    assert_ne!(a.unwrap(), b.unwrap());
});

both!(
    a_confirmed_app_replaces_the_one_before,
    |place| async move {
        let store = place.open_known().await;
        add_user(&store, "u1", "ada@example.org").await;
        let old = new("old", "u1", CredentialKind::App);
        let unconfirmed = new("new", "u1", CredentialKind::UnconfirmedApp);
        let old_code = new("old code", "u1", CredentialKind::RecoveryCode);
        for one in [&old, &unconfirmed, &old_code] {
            assert!(store.add_credential(one, minute(0), &[]).await.unwrap());
        }
        let app = store
            .credentials("u1", CredentialKind::UnconfirmedApp)
            .await
            .unwrap()
            .remove(0);
        let codes = [new("code", "u1", CredentialKind::RecoveryCode)];
        let told = said("u1", "second_factor_added");
        for good in [true, false] {
            let confirmed = store
                .confirm_app(&app, 9, &codes, minute(1), &told)
                .await
                .unwrap();
            assert_eq!(confirmed, good, "once");
        }
        let apps = store.credentials("u1", CredentialKind::App).await.unwrap();
        assert_eq!(apps.len(), 1);
        assert_eq!((apps[0].id.as_str(), apps[0].counter), ("new", 9));
        let codes = store
            .credentials("u1", CredentialKind::RecoveryCode)
            .await
            .unwrap();
        assert_eq!(codes.len(), 1);
        assert_eq!(codes[0].id, "code");
        assert_eq!(log(&store, "u1").await, ["user_added", "sign_in"]);
    }
);

both!(an_app_that_is_not_confirmed_is_swept, |place| async move {
    let store = place.open_known().await;
    let unconfirmed = new("c1", "u1", CredentialKind::UnconfirmedApp);
    store
        .add_credential(&unconfirmed, minute(0), &[])
        .await
        .unwrap();
    assert_eq!(store.sweep(minute(59)).await.unwrap(), 0);
    assert_eq!(store.sweep(minute(60)).await.unwrap(), 1);
});

both!(
    taking_second_factors_away_ends_sessions,
    |place| async move {
        let store = place.open_known().await;
        add_user(&store, "u1", "ada@example.org").await;
        store
            .add_session(b"token", &session("s1", "u1"), minute(0), &[])
            .await
            .unwrap();
        for (id, kind) in [
            ("a", CredentialKind::Passkey),
            ("b", CredentialKind::App),
            ("c", CredentialKind::RecoveryCode),
            ("d", CredentialKind::Issuer),
        ] {
            store
                .add_credential(&new(id, "u1", kind), minute(0), &[])
                .await
                .unwrap();
        }
        store
            .remove_second_factors("u1", &said("u1", "second_factors_removed"))
            .await
            .unwrap();
        for kind in [
            CredentialKind::Passkey,
            CredentialKind::App,
            CredentialKind::RecoveryCode,
        ] {
            assert!(store.credentials("u1", kind).await.unwrap().is_empty());
        }
        assert_eq!(
            store
                .credentials("u1", CredentialKind::Issuer)
                .await
                .unwrap()
                .len(),
            1
        );
        assert_eq!(store.session(b"token", minute(1)).await.unwrap(), None);
    }
);
