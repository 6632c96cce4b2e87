//! Erasure.

use cotreat_store::{Error, Expected};

use crate::support::{minute, notes, texts};

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
        assert!(store.erase("p1", minute(5)).await.unwrap());
        assert!(!store.erase("p1", minute(6)).await.unwrap(), "only once");

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
        assert_eq!(bodies, [false, true]);
        assert!(store.verify(&[], &mut |_| ()).await.unwrap().is_fine());
    }
);
