//! Messages leave once the event behind them is safe, and are not lost.

use cotreat_store::Expected;
use cotreat_store::outbox::Message;

use crate::support::{erasure, minute, notes};

both!(
    messages_wait_until_they_are_due_and_sent,
    |place| async move {
        let store = place.open().await;
        let mut batch = notes("p1/e1", Expected::New, &["questionnaire assigned"]);
        for (body, due) in [("later", 10), ("now", 0)] {
            batch.messages.push(Message {
                topic: "reminder".to_owned(),
                body: body.as_bytes().to_vec(),
                due_at: minute(due),
            });
        }
        store.append(&batch, Some("once")).await.unwrap();
        store.append(&batch, Some("once")).await.unwrap();
        let due = store.due(minute(5), 10).await.unwrap();
        assert_eq!(due.len(), 1, "one is not due, and none came twice");
        assert_eq!(due[0].body, b"now");
        store
            .not_sent(due[0].id, "no mail server", minute(6))
            .await
            .unwrap();
        assert!(store.due(minute(5), 10).await.unwrap().is_empty());
        let again = store.due(minute(6), 10).await.unwrap();
        assert_eq!(again[0].tries, 1);
        assert!(store.sent(again[0].id, minute(6)).await.unwrap());
        assert!(!store.sent(again[0].id, minute(6)).await.unwrap());
        let left: Vec<_> = store.due(minute(60), 10).await.unwrap();
        assert_eq!(left.len(), 1);
        store.erase(&erasure(&["p1"], 61)).await.unwrap();
        assert!(store.due(minute(60), 10).await.unwrap().is_empty());
    }
);

both!(a_refused_event_sends_nothing, |place| async move {
    let store = place.open().await;
    let mut batch = notes("p1/e1", Expected::Version(7), &["clashes"]);
    batch.messages.push(Message {
        topic: "reminder".to_owned(),
        body: b"never".to_vec(),
        due_at: minute(0),
    });
    assert!(store.append(&batch, None).await.is_err());
    assert!(store.due(minute(60), 10).await.unwrap().is_empty());
});
