//! The copy of the checkpoints.

use std::fs;

use cotreat_server::operations::checkpoints;

use crate::support::House;

#[tokio::test]
async fn the_copy_gets_what_it_lacks_and_keeps_what_it_has() {
    let house = House::new();
    let store = house.begun().await;
    let copy = house.path("checkpoints");
    assert_eq!(checkpoints::read(&copy).unwrap(), []);
    for (day, added) in [("2026-11-25", 1), ("2026-11-26", 1), ("2026-11-26", 0)] {
        store.checkpoint(day.parse().unwrap()).await.unwrap();
        let all = store.checkpoints().await.unwrap();
        assert_eq!(checkpoints::add_missing(&copy, &all).unwrap(), added);
    }
    let all = store.checkpoints().await.unwrap();
    assert_eq!(checkpoints::read(&copy).unwrap(), all);
    // One that the database no longer has stays in the copy.
    assert_eq!(checkpoints::add_missing(&copy, &all[1..]).unwrap(), 0);
    assert_eq!(checkpoints::read(&copy).unwrap().len(), 2);
    let mut other = all[1].clone();
    other.position -= 1;
    let refused = checkpoints::add_missing(&copy, &[other])
        .unwrap_err()
        .to_string();
    assert!(
        refused.contains("the copy and the database differ about 2026-11-26"),
        "{refused}"
    );
    assert_eq!(checkpoints::read(&copy).unwrap(), all);
    let text = fs::read_to_string(&copy).unwrap();
    fs::write(&copy, text.replacen("2026-11-26", "2026-11-xx", 1)).unwrap();
    let refused = checkpoints::read(&copy).unwrap_err().to_string();
    let words = format!(
        "{}:2: this line is no checkpoint: it was changed or damaged",
        copy.display()
    );
    assert!(refused.starts_with(&words), "{refused}");
}
