//! What was shown is kept as it was shown.

use crate::support::minute;

both!(
    the_same_text_is_kept_once_and_comes_back,
    |place| async move {
        let store = place.open().await;
        let text = "{\"alarms\": []}\n".repeat(2000);
        let name = store
            .keep_shown("p1", text.as_bytes(), minute(0))
            .await
            .unwrap();
        let again = store
            .keep_shown("p1", text.as_bytes(), minute(9))
            .await
            .unwrap();
        let other = store
            .keep_shown("p2", text.as_bytes(), minute(0))
            .await
            .unwrap();
        assert_eq!(name, again);
        assert_eq!(name, other, "the name is that of the text");
        let rows = store
            .ask("SELECT COUNT(*), SUM(LENGTH(body)) FROM shown", &[])
            .await
            .unwrap();
        assert_eq!(rows[0].number(0).unwrap(), 2, "once for each person");
        assert_eq!(
            store.shown("p1", &name).await.unwrap().as_deref(),
            Some(text.as_bytes())
        );
        assert_eq!(store.shown("p3", &name).await.unwrap(), None);
    }
);

both!(a_changed_text_is_not_shown_again, |place| async move {
    let store = place.open().await;
    let name = store
        .keep_shown("p1", b"as it was", minute(0))
        .await
        .unwrap();
    store.close().await;
    place
        .behind_its_back(
            "UPDATE shown SET body = (SELECT sealed FROM person_key WHERE person = 'p1')",
        )
        .await;
    let store = place.open().await;
    let damaged = store.shown("p1", &name).await.unwrap_err();
    assert!(
        damaged.to_string().contains("cannot be opened"),
        "{damaged}"
    );
});
