//! Debugging.
#[test]
fn zz() {
    for line in std::fs::read_to_string("/tmp/lines.txt").unwrap().lines() {
        let tag = if line.chars().any(|c| c > '\u{3000}') { "zh-Hans" } else { "en" };
        println!("{line}");
        for r in bashu::quantity::read(line, tag) {
            println!(
                "    `{}` {} {:?} {:?} {:?}{}",
                &line[r.range.clone()],
                r.value,
                r.to.map(|t| t.to_string()),
                r.unit,
                r.bound,
                if r.weak { " weak" } else { "" }
            );
        }
    }
}
