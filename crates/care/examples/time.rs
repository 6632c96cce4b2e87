use std::time::Instant;
fn main() {
    let root = std::path::Path::new("knowledge");
    let mut files = Vec::new();
    fn walk(root: &std::path::Path, d: &std::path::Path, out: &mut Vec<(String, String)>) { for e in std::fs::read_dir(d).unwrap() { let p = e.unwrap().path(); if p.is_dir() { walk(root, &p, out) } else if p.extension().is_some_and(|e| e == "toml" || e == "md") { out.push((p.strip_prefix(root).unwrap().to_string_lossy().into(), std::fs::read_to_string(&p).unwrap())) } } }
    walk(root, root, &mut files);
    let t = Instant::now();
    let k = cotreat_knowledge::load(files.iter().map(|(a, b)| (a.as_str(), b.as_str()))).unwrap();
    println!("load {:?}", t.elapsed());
    let t = Instant::now();
    let k2 = cotreat_knowledge::load(files.iter().map(|(a, b)| (a.as_str(), b.as_str()))).unwrap(); drop(k2);
    println!("load again {:?}", t.elapsed());
    let mut eps = Vec::new();
    for (p, t) in files.iter().filter(|(p, _)| p.starts_with("cases/")) { if let Ok(cases) = cotreat_care::case::read(p, t) { for c in cases { if let Ok(e) = c.episode(&k) { eps.push(e) } } } }
    let n: usize = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(20);
    let time = |name: &str, f: &dyn Fn(&cotreat_care::Episode)| { let t = Instant::now(); for _ in 0..n { for e in &eps { f(e) } } println!("{name} {:.1} us", t.elapsed().as_secs_f64() * 1e6 / (n * eps.len()) as f64); };
    println!("{} episodes", eps.len());
    time("state", &|_| { std::hint::black_box(cotreat_care::state::State::new(&k)); });
    time("assess", &|e| { std::hint::black_box(cotreat_care::assess::assess(e, &k)); });
    time("conclude", &|e| { std::hint::black_box(cotreat_care::conclude(e, &k)); });
    let c: Vec<_> = eps.iter().map(|e| cotreat_care::conclude(e, &k)).collect();
    let i = std::cell::Cell::new(0usize);
    time("questions", &|e| { let at = i.get() % eps.len(); i.set(i.get() + 1); std::hint::black_box({ let o = cotreat_care::open::Open::new(&c[at].assessment, &k); cotreat_care::ask::questions(e, &c[at].assessment, &c[at].plan, &k, &o) }); });
    time("appraise", &|e| { std::hint::black_box(cotreat_care::appraise(e, &k)); });
}
