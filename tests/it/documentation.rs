//! The documentation names what the program knows: every code, key, name and function.
//!
//! The tables of the code are compared with the text, so that whoever adds to one is told where
//! the other stands.

use bashu::diag::{ALL_CODES, Severity};
use bashu::yaml::{Field, Shape};

const MESSAGES: &str = include_str!("../../docs/messages.md");
const WRITING: &str = include_str!("../../docs/writing.md");
const SITE: &str = include_str!("../../docs/site.md");
const TRANSLATING: &str = include_str!("../../docs/translating.md");
const PREVIEW: &str = include_str!("../../docs/preview.md");
const PUBLISHING: &str = include_str!("../../docs/publishing.md");
const THEMES: &str = include_str!("../../docs/themes.md");

/// The cells of every table row that begins with something in backquotes.
fn rows(text: &str) -> Vec<Vec<&str>> {
    text.lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect()
}

/// What a table's first column names: several names may share a row.
fn named(text: &str) -> Vec<&str> {
    rows(text).into_iter().flat_map(|row| row[0].split('`').skip(1).step_by(2)).collect()
}

fn check(text: &str, file: &str, names: &[&str]) {
    let known = named(text);
    let missing: Vec<_> = names.iter().filter(|name| !known.contains(name)).collect();
    assert!(missing.is_empty(), "{file} has no table row for {missing:?}");
}

/// The keys of a table of fields, with those of the mappings in it.
fn keys(fields: &'static [Field]) -> Vec<&'static str> {
    fn inside(shape: &'static Shape) -> Vec<&'static str> {
        match shape {
            Shape::Map(fields) => keys(fields),
            Shape::List(inner) | Shape::Names(inner) => inside(inner),
            Shape::Either(a, b) => [inside(a), inside(b)].concat(),
            _ => Vec::new(),
        }
    }
    fields.iter().flat_map(|field| [vec![field.key], inside(&field.shape)].concat()).collect()
}

#[test]
fn every_message_is_listed_as_it_is_and_no_other() {
    let listed: Vec<Vec<&str>> = rows(MESSAGES).into_iter().map(|row| row[..3].to_vec()).collect();
    let known: Vec<Vec<String>> = ALL_CODES
        .iter()
        .map(|code| {
            let severity = if code.severity == Severity::Error { "error" } else { "warning" };
            vec![
                format!("`{}`", code.name),
                severity.to_owned(),
                (if code.fixed { "no" } else { "yes" }).to_owned(),
            ]
        })
        .collect();
    assert_eq!(listed, known, "docs/messages.md and src/diag/code.rs differ");
}

#[test]
fn every_key_is_described() {
    for (text, file, fields) in
        [(WRITING, "docs/writing.md", bashu::article::FIELDS), (SITE, "docs/site.md", bashu::config::FIELDS)]
    {
        check(text, file, &fields.iter().map(|f| f.key).collect::<Vec<_>>());
        // The keys of a mapping may stand in the row of the mapping.
        for key in keys(fields) {
            assert!(in_prose(text, key), "{file} does not name `{key}`");
        }
    }
    for key in keys(bashu::theme::FIELDS) {
        assert!(in_prose(THEMES, key), "docs/themes.md does not name `{key}`");
    }
}

fn in_prose(text: &str, name: &str) -> bool {
    text.contains(&format!("`{name}`"))
}

/// The states and the options of `bashu translations`.
#[test]
fn the_ledger_is_described() {
    let states = bashu::site::State::ALL.map(|state| state.as_str());
    check(TRANSLATING, "docs/translating.md", &states);
    let source = include_str!("../../src/cli/translations/list.rs");
    for option in options(source).iter().filter(|option| *option != "--ids") {
        assert!(TRANSLATING.contains(&format!("`{option}")), "docs/translating.md does not name {option}");
    }
}

/// The options of `bashu serve`; of some the row says what stands after them.
#[test]
fn the_preview_is_described() {
    let described = named(PREVIEW);
    for option in options(include_str!("../../src/cli/serve.rs")) {
        let has = |name: &&str| name.split(' ').next() == Some(option.as_str());
        assert!(described.iter().any(has), "docs/preview.md has no table row for {option}");
    }
}

/// The options of `bashu publish`, its kinds of hosts, and what `require` can ask for.
#[test]
fn publishing_is_described() {
    let described = named(PUBLISHING);
    let has = |option: &str| described.iter().any(|name| name.split([' ', '=']).next() == Some(option));
    let options = options(include_str!("../../src/cli/publish/mod.rs"));
    assert!(options.len() > 7, "{options:?}");
    for option in options.iter().filter(|option| *option != "--host") {
        assert!(has(option), "docs/publishing.md has no table row for {option}");
    }
    let publish = bashu::config::FIELDS.iter().find(|field| field.key == "publish").unwrap();
    let Shape::Names(Shape::Map(keys)) = publish.shape else { panic!("`publish` has another shape") };
    let site = named(SITE);
    for key in keys.iter() {
        assert!(site.contains(&key.key), "docs/site.md has no table row for `{}`", key.key);
        match key.shape {
            Shape::Map(of_kind) => {
                assert!(has(key.key), "docs/publishing.md has no table row for `{}`", key.key);
                let row = rows(SITE).into_iter().find(|row| row[0] == format!("`{}`", key.key)).unwrap();
                let lacking = of_kind.iter().find(|field| !row[1].contains(&format!("`{}`", field.key)));
                assert!(lacking.is_none(), "docs/site.md: `{}` lacks {:?}", key.key, lacking.map(|f| f.key));
            }
            Shape::List(Shape::OneOf(words)) if key.key == "require" => {
                words
                    .iter()
                    .for_each(|word| assert!(has(word), "docs/publishing.md has no row for `{word}`"));
            }
            _ => {}
        }
    }
}

/// The options that a command declares, as they are typed.
fn options(source: &str) -> Vec<String> {
    let fields = source.split("struct Arguments {").nth(1).and_then(|rest| rest.split_once("\n}"));
    let names = fields.unwrap().0.lines().filter_map(|line| line.trim().split_once(": "));
    let names = names.map(|(name, _)| name.trim_start_matches("pub(super) "));
    let fields = names.filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
    fields.map(|name| format!("--{}", name.replace('_', "-"))).collect()
}

#[test]
fn every_name_of_the_view_is_described() {
    let view = include_str!("../../src/render/view.rs");
    let list = view.split_once("NAMES: &[&str] = &[").and_then(|(_, rest)| rest.split_once("];"));
    let names: Vec<&str> = list.unwrap().0.split('"').skip(1).step_by(2).collect();
    assert!(names.contains(&"paginator"), "the list of names has moved: {names:?}");
    check(THEMES, "docs/themes.md", &names);

    // The fields: `("title", …)` in the code that builds objects.
    let others = [
        include_str!("../../src/render/subject.rs"),
        include_str!("../../src/render/item.rs"),
        include_str!("../../src/render/head.rs"),
    ];
    for source in [view].iter().chain(&others) {
        for rest in source.split("(\"").skip(1) {
            let Some((name, _)) = rest.split_once("\", ") else { continue };
            if name.bytes().all(|b| b.is_ascii_lowercase()) {
                assert!(in_prose(THEMES, name), "docs/themes.md does not name the field `{name}`");
            }
        }
    }
}

#[test]
fn every_function_of_templates_is_described() {
    for name in bashu::theme::FUNCTIONS {
        assert!(THEMES.contains(&format!("| `{name}(")), "docs/themes.md has no row for `{name}`");
    }
}

#[test]
fn links_between_documents_lead_somewhere() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["", "docs", "docs/design", "docs/hosts"].map(|folder| root.join(folder));
    let files = folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap());
    let files =
        files.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "md"));
    for path in files {
        let file = path.display();
        let text = std::fs::read_to_string(&path).unwrap();
        let mut fenced = false;
        for line in text.lines() {
            fenced ^= line.starts_with("```");
            let links = line.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
            for (link, _) in links.filter(|_| !fenced) {
                let target = link.split('#').next().unwrap();
                // In writing.md some links are examples, in backquotes.
                let example = line.contains(&format!("]({link})`")) || target.ends_with(".en.md");
                if target.is_empty() || target.contains(':') || example {
                    continue;
                }
                assert!(path.parent().unwrap().join(target).exists(), "{file} links to {target}");
            }
        }
    }
}

/// Files and folders that the architecture names by a path, from the repository or from `src/`.
#[test]
fn every_path_of_the_architecture_is_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = include_str!("../../ARCHITECTURE.md");
    let rooms = std::fs::read_dir(root.join("src")).unwrap();
    let rooms: Vec<_> = rooms.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let ours = |path: &&str| {
        let first = path.split('/').next().unwrap();
        path.contains('/')
            && (["src", "tests", "themes", "benches"].contains(&first)
                || rooms.iter().any(|room| room == first))
    };
    let paths: Vec<&str> =
        text.split('`').skip(1).step_by(2).filter(ours).filter(|path| !path.contains("TAG")).collect();
    assert!(paths.len() > 50, "{paths:?}");
    for path in paths {
        assert!(root.join(path).exists() || root.join("src").join(path).exists(), "{path} is not there");
    }
}

/// Newcomers follow the walks through the code by searching for their names.
#[test]
fn every_name_on_a_walk_is_in_the_code() {
    let walk = concat!(
        include_str!("../../docs/design/page.md"),
        include_str!("../../docs/design/cache.md"),
        include_str!("../../docs/design/preview.md"),
        include_str!("../../docs/design/publishing.md"),
    );
    let mut code = String::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                code.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let names = walk.split('`').skip(1).step_by(2);
    let functions = names.filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || "_:".contains(c)));
    let last = functions.map(|name| name.rsplit("::").next().unwrap_or(name));
    let lacking: Vec<&str> = last
        .filter(|name| name.len() > 2)
        // The parser's and the template engine's own, and keys of files.
        .filter(|name| !["new_ext", "render_to", "link", "foreign", "messages", "main"].contains(name))
        .filter(|name| {
            !["fn ", "struct ", "enum ", "mod ", "const ", "trait ", "as ", "    "].iter().any(|kind| {
                [" ", "(", "<", ":", ",", ";"].iter().any(|end| code.contains(&format!("{kind}{name}{end}")))
            })
        })
        .collect();
    assert_eq!(lacking, Vec::<&str>::new());
}
