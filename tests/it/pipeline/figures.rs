//! Figures shown: cards, tables, charts, the page of all of them, and the files of data.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use quick_xml::events::Event;
use serde_json::Value as Json;

use super::{assert_order, site};
use crate::dice::Dice;
use crate::fixture::{Built, build_files, clock};

/// The site of every kind of chart, which the judges see as well.
fn charts() -> Built {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site/charts");
    let mut files = BTreeMap::new();
    let mut folders = vec![PathBuf::from(".")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = folder.join(entry.file_name());
            match entry.file_type().unwrap().is_dir() {
                true => folders.push(path),
                false => {
                    let name = path.strip_prefix(".").unwrap().to_str().unwrap().to_owned();
                    files.insert(name, fs::read(entry.path()).unwrap());
                }
            }
        }
    }
    let built = build_files(files, clock());
    assert_eq!(built.report, "");
    built
}

/// The part of a page from one text to another, both included.
fn between<'t>(page: &'t str, from: &str, to: &str) -> &'t str {
    let start = page.find(from).unwrap();
    let end = start + page[start..].find(to).unwrap() + to.len();
    &page[start..end]
}

#[test]
fn every_kind_of_chart_in_english() {
    let built = charts();
    insta::assert_snapshot!(between(&built.main("en/charts/index.html"), "<figure", "</h2>"));
}

#[test]
fn every_kind_of_chart_in_chinese() {
    let built = charts();
    insta::assert_snapshot!(between(&built.main("zh/charts/index.html"), "<figure", "</h2>"));
}

#[test]
fn cards_and_tables_in_two_languages() {
    let built = charts();
    let shown = |lang: &str| {
        let main = built.main(&format!("{lang}/charts/index.html"));
        between(&main[main.find("<h2").unwrap()..], "<ul class=\"figures\">", "</article>").to_owned()
    };
    insta::assert_snapshot!(format!("{}\n\n{}", shown("en"), shown("zh")));
}

#[test]
fn charts_are_well_formed_and_their_ids_are_each_once() {
    let built = charts();
    for lang in ["en", "zh", "ar"] {
        let page = built.text(&format!("{lang}/charts/index.html"));
        let drawn: Vec<&str> = page
            .match_indices("<svg class")
            .map(|(at, _)| between(&page[at..], "<svg", "</details>"))
            .collect();
        assert_eq!(drawn.len(), 5);
        for chart in drawn {
            let svg = &chart[..chart.rfind("</svg>").unwrap() + "</svg>".len()];
            let mut reader = quick_xml::Reader::from_str(svg);
            while reader.read_event().unwrap() != Event::Eof {}
            let named = between(svg, "aria-labelledby=\"", "\" ");
            for id in named.trim_start_matches("aria-labelledby=").trim().trim_matches('"').split(' ') {
                assert!(svg.contains(&format!(" id=\"{id}\"")), "{id} in {svg}");
            }
            assert!(svg.contains(" role=\"img\"") && chart.contains("<th scope=\"row\">"), "{chart}");
            assert!(!svg.contains("style=") && !svg.contains("http"), "{svg}");
        }
        let ids: Vec<&str> = page.split(" id=\"").skip(1).map(|r| r.split('"').next().unwrap()).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    }
    // In Arabic they are drawn from the right, in the page's own words.
    let page = built.text("ar/charts/index.html");
    assert!(page.contains("direction=\"rtl\"") && page.contains(">أعشاش النمل عبر السنين</title>"));
}

#[test]
fn the_page_of_all_figures_goes_by_topic() {
    let built = site(
        "",
        "== content/all.en.md
---
title: All figures
template: figures.html
source: {title: A book}
---
== content/topics/legs.en.md
---
title: Legs
weight: 2
---
== content/topics/wings.en.md
---
title: Wings
weight: 1
---
== content/a/ants.en.md
---
title: Ants
topics: [legs, wings]
source: {title: A book}
figures: {legs: {value: 6, period: 2023-06, label: legs}, hills: {value: 90000, bound: over, label: hills}}
---
== content/a/bees.en.md
---
title: Bees
topics: [wings]
source: {title: Another book}
figures: {wings: {value: 4, label: wings}}
---
== content/a/bees.zh.md
---
title: 蜜蜂
translated_from: en
figures: {wings: {label: 翅}}
---
== content/plain.en.md
---
title: Plain
figures: {none: {value: 0}}
---
",
    );
    assert_eq!(built.report, "");
    let main = built.main("en/all/index.html");
    assert_order(
        &main,
        &[
            "<h3><a href=\"/en/topics/wings/\">Wings</a></h3>",
            "<data value=\"4\">4</data>",
            "<a href=\"/en/a/bees/\">Bees</a>",
            // Its source is not the page's.
            "<cite>Another book</cite>",
            "<h3><a href=\"/en/topics/legs/\">Legs</a></h3>",
            "<data value=\"6\">6</data>",
            "June 2023",
            "<data value=\"90000\">over 90,000</data>",
            "<h3>Others</h3>",
            "<data value=\"0\">0</data>",
            ">none</p>",
            "<a href=\"/figures.csv\" type=\"text/csv\" download>",
            "<a href=\"/figures.json\"",
        ],
    );
    assert_eq!(main.matches("<data value=\"6\">").count(), 1, "an article with two topics shows once");
    assert_eq!(main.matches("A book").count(), 1, "{main}");
}

#[test]
fn a_component_gets_the_figure_that_is_cited() {
    let files = |cited: &str| {
        format!(
            "== templates/components/one.html
{{% component one(of: map, all: array = []) %}}<i>{{{{ of.label }}}} {{{{ of.text }}}} {{{{ of.compact }}}} {{{{ of.article.title }}}} {{{{ of.source.title }}}}
{{%- for f in all %}} {{{{ f.number }}}}{{% endfor %}}</i>{{% endcomponent one %}}
== content/a/ants.en.md
---
title: Ants
figures: {{hills: {{value: 15000000, unit: CNY, bound: over, label: hills}}}}
source: {{title: A book}}
---
== content/a/bees.zh.md
---
title: 蜜蜂
---
```{{one}}
of: {cited}
all: [figure:ants/hills, figure:ants/hills]
```
"
        )
    };
    let shown = |cited: &str| {
        let built = site("", &files(cited));
        assert_eq!(built.report, "");
        let main = built.main("zh/a/bees/index.html");
        between(&main, "<i>", "</i>").to_owned()
    };
    // Ants have no Chinese version: the number is written in Chinese, the label as it is.
    insta::assert_snapshot!(shown("figure:ants/hills"), @"<i>hills 超过1500万元 1500万+元 Ants A book 1500万 1500万</i>");
    insta::assert_snapshot!(shown("figure:ants/hills?style=compact"), @"<i>hills 1500万+元 1500万+元 Ants A book 1500万 1500万</i>");
}

#[test]
fn a_component_that_cites_a_figure_mentions_its_article() {
    let ants = "== content/a/ants.en.md\n---\ntitle: Ants\nfigures: {legs: {value: 6}}\n---\n";
    let bees =
        "== content/a/bees.en.md\n---\ntitle: Bees\n---\n```{figures}\nfigures: [figure:ants/legs]\n```\n";
    let built = site("", &format!("{ants}{bees}"));
    assert_eq!(built.report, "");
    assert_order(&built.main("en/a/ants/index.html"), &["Mentioned in", "<a href=\"/en/a/bees/\">Bees</a>"]);
    // A component of an article that cites nothing shows the article's own.
    let own = ants.replace("---\n\n", "") + "```{figure-table}\ncaption: Own\n```\n";
    let main = site("", &own).main("en/a/ants/index.html");
    assert_order(
        &main,
        &["<caption>Own</caption>", "<th scope=\"row\">legs</th>", "<data value=\"6\">6</data>"],
    );
}

/// The records of a CSV file.
fn csv(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut lines: Vec<Vec<String>> = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.strip_prefix('\u{feff}').expect("Excel needs the mark").chars().peekable();
    while let Some(c) = chars.next() {
        let line = lines.last_mut().unwrap();
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                line.last_mut().unwrap().push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => line.push(String::new()),
            '\r' if !quoted => {
                assert_eq!(chars.next(), Some('\n'));
                lines.push(vec![String::new()]);
            }
            c => line.last_mut().unwrap().push(c),
        }
    }
    assert_eq!(lines.pop(), Some(vec![String::new()]), "the last line ends as the others do");
    let header = lines.remove(0);
    let record = |line: Vec<String>| {
        assert_eq!(line.len(), header.len(), "{line:?}");
        header.iter().cloned().zip(line).collect()
    };
    lines.into_iter().map(record).collect()
}

#[test]
fn the_files_of_data_in_whole() {
    let built = site(
        "",
        "== content/topics/rail.en.md
---
title: Rail
---
== content/a/trains.en.md
---
title: \"-Trains, \\\"fast\\\"\"
topics: [rail]
source: {title: \"=A book\"}
figures:
  trips: {value: 4248, unit: trip, period: 2023-01/2023-09, label: +trips}
  loss: {value: -0.10, unit: percent, bound: under, label: \"@loss,\\nin two lines\"}
---
== content/a/trains.zh.md
---
title: 班列
translated_from: en
figures: {trips: {label: 开行}, loss: {label: ＝减少}}
---
",
    );
    assert_eq!(built.report, "");
    insta::assert_snapshot!(built.text("figures.csv").replace("\r\n", "⏎\n"));
    insta::assert_snapshot!(built.text("figures.json"));
}

#[test]
fn data_carry_exact_values() {
    let mut dice = Dice::new(4);
    let mut front = String::new();
    let mut values = BTreeMap::new();
    for i in 0..200 {
        let digits = |dice: &mut Dice, most: usize| -> String {
            (0..=dice.below(most)).map(|_| char::from(b'0' + dice.below(10) as u8)).collect()
        };
        let sign = if dice.one_in(4) { "-" } else { "" };
        let fraction = if dice.one_in(2) { format!(".{}", digits(&mut dice, 20)) } else { String::new() };
        let value = format!("{sign}{}{fraction}", digits(&mut dice, 30));
        front.push_str(&format!("  f{i}: {{value: \"{value}\"}}\n"));
        values.insert(format!("f{i}"), value);
    }
    let built = site("", &format!("== content/a.en.md\n---\ntitle: A\nfigures:\n{front}---\n"));
    assert_eq!(built.report, "");
    let table = csv(built.text("figures.csv"));
    let of_table: BTreeMap<_, _> =
        table.into_iter().map(|mut r| (r.remove("figure").unwrap(), r.remove("value").unwrap())).collect();
    assert_eq!(of_table, values);
    let json: Json = serde_json::from_str(built.text("figures.json")).unwrap();
    let text = |value: &Json| value.as_str().unwrap().to_owned();
    let of_json: BTreeMap<_, _> =
        json["figures"].as_array().unwrap().iter().map(|f| (text(&f["figure"]), text(&f["value"]))).collect();
    assert_eq!(of_json, values);
}

#[test]
fn data_are_the_originals_and_leave_nothing_out() {
    let built = site(
        "",
        "== content/a.zh.md
---
title: 班列
figures: {trips: {value: 4248, unit: trip}}
---
== content/a.en.md
---
title: Trains
translated_from: zh
figures: {trips: {value: 4249}, own: {value: 5}}
---
",
    );
    let json: Json = serde_json::from_str(built.text("figures.json")).unwrap();
    let [trips, own] = json["figures"].as_array().unwrap().as_slice() else { panic!("{json}") };
    // English comes first in the site, and is the translation.
    assert_eq!(trips["value"], "4248");
    assert_eq!(trips["languages"]["en"]["text"], "4,249 trips");
    assert_eq!(trips["languages"]["zh"]["text"], "4248列");
    assert_eq!((&own["figure"], &own["value"]), (&"own".into(), &"5".into()));
    assert_eq!(own["languages"].as_object().unwrap().len(), 1);
}

#[test]
fn a_chart_takes_numbers_that_are_no_figures() {
    let built = site(
        "",
        "== content/a.en.md
---
title: A
---
```{chart}
title: Numbers
figures: [{value: 370970, label: legs}, {value: 7, period: 2023}]
```
",
    );
    assert_eq!(built.report, "");
    let main = built.main("en/a/index.html");
    let row = "<tr><th scope=\"row\">legs</th><td><data value=\"370970\">370,970</data></td><td></td></tr>";
    assert!(main.contains(row), "{main}");
}

#[test]
fn a_table_names_each_source_once() {
    let source = |name: &str, title: &str| {
        format!(
            "== content/a/{name}.en.md\n---\ntitle: {name}\nsource: {{title: {title}}}\nfigures: {{f: {{value: 6}}}}\n---\n"
        )
    };
    let call = "```{chart}\ntitle: R\nkind: range\nfigures: [[figure:b/f, figure:c/f], figure:d/f]\n```\n";
    let files = [source("b", "A book"), source("c", "A"), source("d", "A book")].concat();
    let built = site("", &format!("{files}== content/a/q.en.md\n---\ntitle: Q\n---\n{call}"));
    assert_eq!(built.report, "");
    assert!(built.main("en/a/q/index.html").contains("<cite>A book; A</cite>"));
}

#[test]
fn search_engines_are_told_of_the_data() {
    let built = charts();
    let page = built.text("en/all/index.html");
    // The page itself is told of before.
    let script = page.rsplit("<script type=\"application/ld+json\">").next().unwrap();
    let json = script.split("</script>").next().unwrap();
    // The summary holds the end of a script.
    assert!(!json.contains('<'), "{json}");
    let set: Json = serde_json::from_str(json).unwrap();
    assert_eq!(set["@type"], "Dataset");
    assert_eq!(set["description"], "Made-up numbers & <their> </script> kin.");
    assert_eq!(set["distribution"][0]["contentUrl"], "https://ants.example/figures.csv");
    assert_eq!(set["temporalCoverage"], "2019-01-01/2023-12-31");
    assert_eq!(set["isBasedOn"][0]["name"], "=A book, \"Ants\"");
    assert!(page.contains("<link rel=\"alternate\" type=\"text/csv\" href=\"/figures.csv\">"));
    assert!(built.paths().contains(&"figures.csv"));
}

#[test]
fn data_can_be_turned_off_and_are_not_made_of_nothing() {
    let page = "== content/all.en.md\n---\ntitle: All\ntemplate: figures.html\n";
    for (settings, figures) in [("figures: false\n", "figures: {a: {value: 1}}\n"), ("", "")] {
        let built = site(settings, &format!("{page}{figures}---\n"));
        assert_eq!(built.report, "");
        assert!(!built.paths().iter().any(|path| path.starts_with("figures.")), "{:?}", built.paths());
        assert!(!built.text("en/all/index.html").contains("figures.csv"));
    }
}
