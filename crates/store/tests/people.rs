//! Erasure.

use cotreat_store::erasure::INSTALLATION;
use cotreat_store::{Erased, Error, Expected};

use crate::support::{erasure, minute, notes, texts};

both!(
    an_erased_person_is_gone_and_the_chain_holds,
    |place| async move {
        let store = place.open().await;
        store
            .append(&notes("p1/e1", Expected::New, &["hers"]), None)
            .await
            .unwrap();
        store
            .append(&notes("p2/e1", Expected::New, &["his"]), None)
            .await
            .unwrap();
        let shown = store
            .keep_shown("p1", b"what she saw", minute(0))
            .await
            .unwrap();
        let erased = store.erase(&erasure(&["p1", "nobody"], 5)).await.unwrap();
        assert_eq!(erased, ["p1"]);
        let again = store.erase(&erasure(&["p1"], 6)).await.unwrap();
        assert!(again.is_empty(), "only once");

        let gone = store.stream("p1/e1").await.unwrap_err();
        assert!(matches!(gone, Error::Erased { .. }), "{gone}");
        assert!(matches!(
            store.shown("p1", &shown).await,
            Err(Error::Erased { .. })
        ));
        let more = notes("p1/e1", Expected::Version(1), &["more"]);
        assert!(matches!(
            store.append(&more, None).await,
            Err(Error::Erased { .. })
        ));
        assert_eq!(texts(&store, "p2/e1").await, ["his"]);
        let bodies: Vec<bool> = store
            .after(0)
            .await
            .unwrap()
            .iter()
            .map(|event| event.body.is_some())
            .collect();
        assert_eq!(
            bodies,
            [false, true, true],
            "the last one says that it was done"
        );
        assert!(store.verify(&[], &mut |_| ()).await.unwrap().is_fine());
    }
);

both!(an_erasure_is_on_record, |place| async move {
    let store = place.open().await;
    for stream in ["p1/e1", "p2/e1", "p3/e1"] {
        store
            .append(&notes(stream, Expected::New, &["came"]), None)
            .await
            .unwrap();
    }
    store.erase(&erasure(&["p1", "p2"], 5)).await.unwrap();
    store.erase(&erasure(&["p3"], 7)).await.unwrap();
    let one = |person: &str, at: &str| Erased {
        person: person.to_owned(),
        actor: "officer-1".to_owned(),
        asked_by: "the patient, by letter".to_owned(),
        reason: "moved abroad".to_owned(),
        at: at.to_owned(),
    };
    let expected = [
        one("p1", "2026-03-01T21:25:00.000000Z"),
        one("p2", "2026-03-01T21:25:00.000000Z"),
        one("p3", "2026-03-01T21:27:00.000000Z"),
    ];
    assert_eq!(store.erased().await.unwrap(), expected);
    store.close().await;
    let store = place.open().await;
    assert_eq!(store.erased().await.unwrap(), expected);
    // What the installation says about itself stays readable.
    let refused = store
        .erase(&erasure(&["p9", INSTALLATION], 8))
        .await
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "`installation` is nobody who can be erased: it seals what this installation records about itself. Name a patient or a user."
    );
    assert_eq!(store.erased().await.unwrap(), expected);
});
