#[test]
fn x() {
    match cotreat_access::Access::load() {
        Ok(a) => println!("{a:?}"),
        Err(p) => panic!(
            "{}",
            p.iter()
                .map(|p| p.to_string())
                .collect::<Vec<_>>()
                .join("\n")
        ),
    }
}
