use std::collections::BTreeMap;
fn walk(root: &std::path::Path, dir: &std::path::Path, out: &mut BTreeMap<String, String>) {
    for e in std::fs::read_dir(dir).unwrap() {
        let p = e.unwrap().path();
        if p.is_dir() { walk(root, &p, out) } else if p.extension().is_some_and(|e| e == "toml" || e == "md") {
            out.insert(p.strip_prefix(root).unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&p).unwrap());
        }
    }
}
fn main() {
    let dir = std::env::args().nth(2).expect("dir");
    let mut files = BTreeMap::new();
    walk(dir.as_ref(), dir.as_ref(), &mut files);
    let t = std::time::Instant::now();
    match cotreat_knowledge::load(files.iter().map(|(a, b)| (a.as_str(), b.as_str()))) {
        Ok(k) => println!("fine: {} files, {} findings, {} conditions, {} interventions, {} techniques, {} sources; {:?}", files.len(), k.findings.len(), k.conditions.len(), k.interventions.len(), k.techniques.len(), k.sources.len(), t.elapsed()),
        Err(problems) => { for p in &problems { println!("{p}"); } println!("{} problems in {} files", problems.len(), files.len()); std::process::exit(1) }
    }
}
