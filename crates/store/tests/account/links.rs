//! Links of patients, codes sent to them, and drafts.

use cotreat_store::account::{
    CodeTried, CredentialKind, LinkKind, NewCredential, NewLink, Setup, SetupWhy, Started,
};
use cotreat_store::outbox::Message;
use cotreat_store::{Error, Expected};

use super::{add_user, erase, said, session};
use crate::support::{minute, notes, texts};

fn link(id: &str, kind: LinkKind) -> NewLink<'_> {
    NewLink {
        id,
        kind,
        patient: "p1",
        assignment: if kind == LinkKind::Task { "a1" } else { "" },
        expires: minute(1000),
    }
}

fn letter(words: &str) -> Vec<Message> {
    vec![Message {
        topic: "email".to_owned(),
        body: words.as_bytes().to_vec(),
        due_at: minute(0),
    }]
}

both!(a_link_sent_again_kills_the_one_before, |place| async move {
    let store = place.open().await;
    for (token, id) in [(b"one", "l1"), (b"two", "l2")] {
        store
            .add_link(token, &link(id, LinkKind::Task), &letter(id), minute(0))
            .await
            .unwrap();
    }
    let other = NewLink {
        assignment: "a2",
        ..link("l3", LinkKind::Task)
    };
    store
        .add_link(b"three", &other, &[], minute(0))
        .await
        .unwrap();
    assert_eq!(store.due(minute(0), 10).await.unwrap().len(), 2);
    let good = |token: &'static [u8]| {
        let store = &store;
        async move { store.link(token).await.unwrap().unwrap().is_good(minute(1)) }
    };
    assert!(!good(b"one").await);
    assert!(good(b"two").await);
    assert!(good(b"three").await, "another assignment has its own");
    assert!(store.link(b"four").await.unwrap().is_none());
    assert_eq!(store.links_of("p1").await.unwrap().len(), 3);
    let found = store.link(b"two").await.unwrap().unwrap();
    assert!(found.is_good(minute(999)) && !found.is_good(minute(1000)));
});

both!(five_wrong_tries_kill_a_task_and_tell, |place| async move {
    let store = place.open().await;
    store
        .add_link(b"token", &link("l1", LinkKind::Task), &[], minute(0))
        .await
        .unwrap();
    let dead = letter("a link died");
    let start = |right| store.start_task("l1", right, 5, b"session", minute(60), &dead, minute(1));
    for left in [4, 3] {
        assert_eq!(start(false).await.unwrap(), Started::Wrong { left });
    }
    assert_eq!(start(true).await.unwrap(), Started::Opened);
    for left in [4, 3, 2, 1] {
        assert_eq!(
            start(false).await.unwrap(),
            Started::Wrong { left },
            "from the start again"
        );
    }
    assert!(store.due(minute(1), 10).await.unwrap().is_empty());
    assert_eq!(start(false).await.unwrap(), Started::Died);
    let due = store.due(minute(1), 10).await.unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!(due[0].body, b"a link died");
    assert_eq!(
        start(true).await.unwrap(),
        Started::NotGood,
        "even the right one"
    );
    assert_eq!(
        store.link_session(b"session", minute(2)).await.unwrap(),
        None,
        "what was open is closed"
    );
    assert_eq!(
        store.due(minute(1), 10).await.unwrap().len(),
        1,
        "told once"
    );
});

both!(tries_at_once_are_counted_each, |place| async move {
    let store = place.open().await;
    store
        .add_link(b"token", &link("l1", LinkKind::Task), &[], minute(0))
        .await
        .unwrap();
    let start = || store.start_task("l1", false, 3, b"session", minute(60), &[], minute(1));
    let (a, b, c, d) = tokio::join!(start(), start(), start(), start());
    let mut seen = [a.unwrap(), b.unwrap(), c.unwrap(), d.unwrap()].map(|one| format!("{one:?}"));
    seen.sort();
    assert_eq!(
        seen,
        ["Died", "NotGood", "Wrong { left: 1 }", "Wrong { left: 2 }"]
    );
});

both!(a_task_ends_with_its_answers, |place| async move {
    let store = place.open().await;
    store
        .add_link(b"token", &link("l1", LinkKind::Task), &[], minute(0))
        .await
        .unwrap();
    store
        .start_task("l1", true, 5, b"session", minute(60), &[], minute(1))
        .await
        .unwrap();
    let open = store
        .link_session(b"session", minute(59))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (open.link.assignment.as_str(), open.expires),
        ("a1", minute(60))
    );
    assert_eq!(open.link.opened, Some(minute(1)));
    assert_eq!(
        store.link_session(b"session", minute(60)).await.unwrap(),
        None
    );
    assert_eq!(store.link_session(b"token", minute(2)).await.unwrap(), None);
    store
        .keep_draft("p1", "a1", 0, b"half", minute(2))
        .await
        .unwrap();

    let answers = [notes("p1/e1", Expected::New, &["the answers"])];
    let clash = [notes("p1/e1", Expected::Version(7), &["the answers"])];
    assert!(store.task_submitted("l1", &clash, minute(3)).await.is_err());
    assert!(
        store.draft("p1", "a1").await.unwrap().is_some(),
        "nothing is half done"
    );
    assert!(
        store
            .task_submitted("l1", &answers, minute(3))
            .await
            .unwrap()
    );
    assert!(
        !store
            .task_submitted("l1", &answers, minute(4))
            .await
            .unwrap()
    );
    assert_eq!(texts(&store, "p1/e1").await, ["the answers"]);
    assert!(store.draft("p1", "a1").await.unwrap().is_none());
    assert_eq!(
        store.link_session(b"session", minute(5)).await.unwrap(),
        None
    );
    let link = store.link(b"token").await.unwrap().unwrap();
    assert_eq!(link.submitted, Some(minute(3)));
    let again = store.start_task("l1", true, 5, b"more", minute(60), &[], minute(6));
    assert_eq!(again.await.unwrap(), Started::NotGood);
});

both!(
    a_revoked_link_puts_whoever_has_it_open_out,
    |place| async move {
        let store = place.open().await;
        for (token, id, kind) in [
            (b"one", "l1", LinkKind::Task),
            (b"two", "l2", LinkKind::Page),
        ] {
            store
                .add_link(token, &link(id, kind), &[], minute(0))
                .await
                .unwrap();
        }
        store
            .start_task("l1", true, 5, b"session", minute(60), &[], minute(1))
            .await
            .unwrap();
        assert!(
            !store.revoke_link("p2", "l1", minute(2)).await.unwrap(),
            "not theirs"
        );
        assert!(store.revoke_link("p1", "l1", minute(2)).await.unwrap());
        assert!(!store.revoke_link("p1", "l1", minute(3)).await.unwrap());
        assert_eq!(
            store.link_session(b"session", minute(2)).await.unwrap(),
            None
        );
        assert_eq!(store.revoke_links_of("p1", minute(3)).await.unwrap(), 1);
        assert!(
            !store
                .link(b"two")
                .await
                .unwrap()
                .unwrap()
                .is_good(minute(4))
        );
    }
);

both!(a_code_opens_a_page_once, |place| async move {
    let store = place.open().await;
    store
        .add_link(b"token", &link("l1", LinkKind::Page), &[], minute(0))
        .await
        .unwrap();
    let code =
        |digits: &'static str| store.try_code("l1", digits, 5, b"session", minute(30), minute(5));
    assert_eq!(
        code("11111111").await.unwrap(),
        CodeTried::NotGood,
        "none was sent"
    );
    let sent = store
        .add_code("l1", "11111111", minute(10), &letter("code"), minute(0))
        .await;
    assert!(sent.unwrap());
    assert_eq!(
        code("22222222").await.unwrap(),
        CodeTried::Wrong { left: 4 }
    );
    let late = store.try_code("l1", "11111111", 5, b"s", minute(30), minute(10));
    assert_eq!(late.await.unwrap(), CodeTried::NotGood);
    assert_eq!(code("11111111").await.unwrap(), CodeTried::Opened);
    assert_eq!(code("11111111").await.unwrap(), CodeTried::NotGood, "once");
    assert!(
        store
            .link_session(b"session", minute(29))
            .await
            .unwrap()
            .is_some()
    );
    assert!(store.end_link_session(b"session").await.unwrap());
    assert_eq!(
        store.link_session(b"session", minute(6)).await.unwrap(),
        None
    );
});

both!(
    a_code_dies_of_five_tries_and_a_newer_one_replaces_it,
    |place| async move {
        let store = place.open().await;
        for (token, id) in [(b"one", "l1"), (b"two", "l2")] {
            let new = NewLink {
                patient: id,
                ..link(id, LinkKind::Page)
            };
            store.add_link(token, &new, &[], minute(0)).await.unwrap();
        }
        store
            .add_code("l1", "11111111", minute(10), &[], minute(0))
            .await
            .unwrap();
        store
            .add_code("l1", "33333333", minute(10), &[], minute(0))
            .await
            .unwrap();
        let code =
            |link, digits| store.try_code(link, digits, 5, b"session", minute(30), minute(5));
        assert_eq!(
            code("l1", "11111111").await.unwrap(),
            CodeTried::Wrong { left: 4 }
        );
        assert_eq!(
            code("l2", "33333333").await.unwrap(),
            CodeTried::NotGood,
            "bound to its link"
        );
        for left in [3, 2, 1] {
            assert_eq!(code("l1", "0").await.unwrap(), CodeTried::Wrong { left });
        }
        assert_eq!(code("l1", "0").await.unwrap(), CodeTried::NotGood);
        assert_eq!(
            code("l1", "33333333").await.unwrap(),
            CodeTried::NotGood,
            "even the right one"
        );
        store.revoke_link("l1", "l1", minute(5)).await.unwrap();
        let sent = store
            .add_code("l1", "44444444", minute(10), &letter("code"), minute(6))
            .await;
        assert!(
            !sent.unwrap(),
            "nothing is sent for a link that was taken back"
        );
        assert!(store.due(minute(6), 10).await.unwrap().is_empty());
        assert_eq!(code("l1", "44444444").await.unwrap(), CodeTried::NotGood);
    }
);

both!(
    a_draft_is_one_for_an_assignment_and_ends_with_the_patient,
    |place| async move {
        let store = place.open().await;
        assert!(store.draft("p1", "a1").await.unwrap().is_none());
        assert_eq!(
            store
                .keep_draft("p1", "a1", 0, b"first", minute(0))
                .await
                .unwrap(),
            1
        );
        assert_eq!(
            store
                .keep_draft("p1", "a1", 1, b"second", minute(1))
                .await
                .unwrap(),
            2
        );
        let stale = store
            .keep_draft("p1", "a1", 1, b"other window", minute(1))
            .await;
        assert!(
            matches!(stale, Err(Error::Conflict { found: 2, .. })),
            "{stale:?}"
        );
        let draft = store.draft("p1", "a1").await.unwrap().unwrap();
        assert_eq!(
            (draft.version, draft.body.as_slice()),
            (2, b"second".as_slice())
        );
        assert!(!format!("{draft:?}").contains("115"), "bytes are not shown");
        assert!(store.draft("p1", "a2").await.unwrap().is_none());
        erase(&store, "p1").await;
        assert!(store.draft("p1", "a1").await.unwrap().is_none());
        let more = store.keep_draft("p1", "a1", 0, b"more", minute(3)).await;
        assert!(matches!(more, Err(Error::Erased { .. })));
    }
);

both!(drafts_at_once_make_one_row, |place| async move {
    let store = place.open().await;
    let keep = |words: &'static [u8]| store.keep_draft("p1", "a1", 0, words, minute(0));
    let (a, b) = tokio::join!(keep(b"one"), keep(b"two"));
    assert!(a.is_ok() != b.is_ok());
    assert_eq!(store.draft("p1", "a1").await.unwrap().unwrap().version, 1);
});

both!(old_links_and_drafts_are_swept, |place| async move {
    let store = place.open().await;
    let day = 24 * 60;
    store
        .add_link(b"token", &link("l1", LinkKind::Task), &[], minute(0))
        .await
        .unwrap();
    store
        .keep_draft("p1", "a1", 0, b"half", minute(0))
        .await
        .unwrap();
    assert_eq!(store.sweep(minute(28 * day - 1)).await.unwrap(), 0);
    assert_eq!(store.sweep(minute(28 * day)).await.unwrap(), 1, "the draft");
    assert_eq!(
        store.links_of("p1").await.unwrap().len(),
        1,
        "listed for a while"
    );
    assert_eq!(store.sweep(minute(1000 + 90 * day)).await.unwrap(), 1);
});

both!(an_erased_person_leaves_nothing, |place| async move {
    let store = place.open_known().await;
    for (patient, kind) in [
        ("p1", LinkKind::Task),
        ("p1", LinkKind::Page),
        ("p2", LinkKind::Page),
    ] {
        let id = format!("{patient} {kind:?}");
        let new = NewLink {
            patient,
            ..link(&id, kind)
        };
        store
            .add_link(id.as_bytes(), &new, &[], minute(0))
            .await
            .unwrap();
        if kind == LinkKind::Page {
            store
                .add_code(&id, "11111111", minute(10), &[], minute(0))
                .await
                .unwrap();
        }
    }
    store
        .start_task("p1 Task", true, 5, b"session", minute(60), &[], minute(1))
        .await
        .unwrap();
    store
        .keep_draft("p1", "a1", 0, b"half", minute(1))
        .await
        .unwrap();
    add_user(&store, "u1", "ada@example.org").await;
    store
        .set_password("u1", "hash", None, &said("u1", "password_set"))
        .await
        .unwrap();
    store
        .add_session(b"token", &session("s1", "u1"), minute(0), &[])
        .await
        .unwrap();
    let setup = Setup {
        user: "u1".to_owned(),
        why: SetupWhy::Reset,
    };
    store
        .add_setup(b"setup", &setup, minute(60), &[], minute(0), &[])
        .await
        .unwrap();
    let app = NewCredential {
        id: "c1",
        user: "u1",
        kind: CredentialKind::App,
        look_up: b"c1",
        secret: b"secret",
        counter: 0,
    };
    store.add_credential(&app, minute(0), &[]).await.unwrap();
    erase(&store, "p1").await;
    erase(&store, "user/u1").await;
    for (sql, left) in [
        ("SELECT COUNT(*) FROM link", 1),
        ("SELECT COUNT(*) FROM email_code", 1),
        ("SELECT COUNT(*) FROM link_session", 0),
        ("SELECT COUNT(*) FROM draft", 0),
        ("SELECT COUNT(*) FROM account", 0),
        ("SELECT COUNT(*) FROM credential", 0),
        ("SELECT COUNT(*) FROM session", 0),
        ("SELECT COUNT(*) FROM setup", 0),
    ] {
        let rows = store.ask(sql, &[]).await.unwrap();
        assert_eq!(rows[0].number(0).unwrap(), left, "{sql}");
    }
});
