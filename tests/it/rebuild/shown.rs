//! Figures that another text shows: its page is made anew when one changes, and no other.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::fixture::{SITE, write};
use crate::program::bashu;

const CONTENT: &str = r#"== content/a/ants.en.md
---
title: Ants
figures: {hills: {value: 4, unit: percent, label: hills}, legs: {value: 6, unit: percent, label: legs}}
---
== content/a/bees.en.md
---
title: Bees
---
```{chart}
title: Hills
figures: [figure:ants/hills]
```
== content/a/wasps.en.md
---
title: Wasps
---
== content/all.en.md
---
title: All
template: figures.html
---
"#;

fn site() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &format!("== site.yaml\n{SITE}feeds: false\n{CONTENT}"));
    assert!(explained(dir.path()).contains("figures.csv: it is new"));
    dir
}

/// The causes that a build tells, without its last line.
fn explained(dir: &Path) -> String {
    let run = bashu(dir, &["build", "--today", "2023-12-31", "--explain"]);
    assert_eq!(run.status, 0, "{}", run.err);
    run.out.lines().filter(|line| !line.starts_with("pages: ")).collect::<Vec<_>>().join("\n")
}

/// Replaces a text in the file of the ants.
fn edit(dir: &Path, from: &str, to: &str) {
    let file = dir.join("content/a/ants.en.md");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(from));
    fs::write(&file, text.replace(from, to)).unwrap();
}

#[test]
fn a_chart_is_drawn_anew_when_its_figure_changes() {
    let site = site();
    let dir = site.path();
    edit(dir, "value: 4", "value: 40");
    insta::assert_snapshot!(explained(dir), @r"
    en/a/ants/index.html: page.figures
    en/a/bees/index.html: page.description, page.content
    en/all/index.html: all_figures
    figures.csv: what it lists
    figures.json: what it lists
    ");
    let bees = fs::read_to_string(dir.join("output/en/a/bees/index.html")).unwrap();
    assert!(bees.contains("<data value=\"40\">40%</data>") && bees.contains("width=\"100%\""), "{bees}");
    // Not shown by the chart.
    edit(dir, "value: 6", "value: 8");
    insta::assert_snapshot!(explained(dir), @r"
    en/a/ants/index.html: page.figures
    en/all/index.html: all_figures
    figures.csv: what it lists
    figures.json: what it lists
    ");
    edit(dir, "label: hills", "label: ant hills");
    insta::assert_snapshot!(explained(dir), @r"
    en/a/ants/index.html: page.figures
    en/a/bees/index.html: page.description, page.content
    en/all/index.html: all_figures, dataset
    figures.csv: what it lists
    figures.json: what it lists
    ");
    write(dir, "== strings/en.ftl\nunit-percent = { $number } per cent\n");
    insta::assert_snapshot!(explained(dir), @r"
    en/a/ants/index.html: interface strings: unit-percent (en)
    en/a/bees/index.html: interface strings: unit-percent (en)
    en/all/index.html: interface strings: unit-percent (en)
    figures.csv: interface strings: unit-percent (en)
    figures.json: interface strings: unit-percent (en)
    ");
    let csv = fs::read_to_string(dir.join("output/figures.csv")).unwrap();
    assert!(csv.contains("ant hills,40 per cent,Ants"), "{csv}");
}
