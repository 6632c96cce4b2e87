use crate::common;
#[test]
fn look() {
    let t = std::time::Instant::now();
    let clinic = common::clinic(1, 600);
    eprintln!("made in {:?}", t.elapsed());
    let t = std::time::Instant::now();
    let mut events = 0; let mut kinds = std::collections::BTreeMap::<&str, u32>::new();
    let mut given = Vec::new();
    for h in clinic.histories() { events += h.entries.len(); for e in &h.entries { *kinds.entry(e.happened.kind()).or_default() += 1; } for g in h.given_up { given.push(format!("{} {:?}: {g}", h.number, h.fate)); } }
    eprintln!("{events} events in {:?}", t.elapsed());
    eprintln!("{kinds:#?}");
    eprintln!("{} given up", given.len());
    for g in given.iter().take(25) { eprintln!("{g}"); }
}
