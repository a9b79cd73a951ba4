//! The parts of code: which class each gets, and that nothing else changes.

use super::*;

fn written(name: &str, code: &str) -> String {
    let Language::Known(syntax) = language(name) else { panic!("{name}") };
    let mut out = String::new();
    write(&mut out, code, syntax);
    out
}

/// What is written, with a class as `[class text]`.
fn classes(name: &str, code: &str) -> String {
    written(name, code).replace("<span class=\"hl-", "[").replace("\">", " ").replace("</span>", "]")
}

#[test]
fn parts_are_told_apart() {
    for (name, code, expected) in [
        (
            "rust",
            "fn f(n: &str) -> u8 { g!(\"a\\n\", 0x1F) } // é",
            "[keyword fn] [function f]([variable n]: &amp;[keyword str]) -&gt; [keyword u8] { [function g!]([string \"a][constant \\n][string \"], [number 0x1F]) } [comment // é]",
        ),
        (
            "JS",
            "let a = `b ${c} d`; /* e\nf */",
            "[keyword let] a = [string `b] ${c} [string d`]; [comment /* e\nf */]",
        ),
        ("json", "{\"a\": [1, true]}\n", "{[property \"a\"]: [[number 1], [constant true]]}\n"),
        ("yml", "标题: 蚂蚁 # c\n", "[property 标题]: 蚂蚁 [comment # c]\n"),
        (
            "diff",
            "@@ -1 +1 @@\n-old\n+new\n same\n",
            "[section @@ -1 +1 @@]\n[deleted -old]\n[inserted +new]\n same\n",
        ),
        (
            "html",
            "<a href=\"x\">&amp;</a>",
            "&lt;[tag a] [attribute href]=[string \"x\"]&gt;[constant &amp;amp;]&lt;/[tag a]&gt;",
        ),
        ("css", "a { color: red }", "[tag a] { [property color]: [constant red] }"),
        ("sh", "ls \"$x\" --y", "[function ls] [string \"][variable $x][string \"] [variable --y]"),
        (
            "tera",
            "{% if a %}<p>{{ b }}</p>{% endif %}",
            "[keyword {% if] a [keyword %}]&lt;[tag p]&gt;[keyword {{] b [keyword }}]&lt;/[tag p]&gt;[keyword {% endif %}]",
        ),
    ] {
        assert_eq!(classes(name, code), expected, "{name}");
    }
}

#[test]
fn every_name_stands_for_one_language() {
    let mut seen = std::collections::HashSet::new();
    for name in names() {
        assert!(seen.insert(name), "{name} twice");
        assert!(!matches!(language(name), Language::Unknown), "{name}");
    }
    for name in PLAIN.iter().chain(&[""]) {
        assert!(matches!(language(name), Language::Plain));
    }
    assert!(matches!(language("rust "), Language::Unknown));
}

#[test]
fn every_scope_and_class_is_well_named() {
    assert_eq!(SCOPES.rules.len(), CLASSES.len());
    let known = |class: &str| class.is_empty() || class.starts_with("hl-");
    assert!(CLASSES.iter().all(|(_, class)| known(class)));
    assert!(CLASSES.is_sorted());
}

#[test]
fn what_is_too_long_stays_plain() {
    let line = format!("let a = \"{}\";\n", "x".repeat(LONGEST_LINE));
    assert_eq!(
        classes("js", &format!("let b;\n{line}let c;")),
        format!("[keyword let] b;\n{line}[keyword let] c;")
    );
    let block = "let a;\n".repeat(LONGEST_BLOCK / 7 + 1);
    assert_eq!(written("js", &block), block);
}

#[test]
fn javascript_has_an_end() {
    for (name, code) in [
        ("js", "a = b / c /* d */\n"),
        ("html", "<a onclick=\"/b/ /*\">\n<script>\na = b / c /* d */\n</script>\n"),
        ("md", "```js\na = b / c /* d */\n```\n"),
        ("ruby", "<<~JS\na = b / c /* d */\nJS\n"),
    ] {
        written(name, code);
    }
}

/// Nothing but spans is added to any text, in time; of all languages with `BASHU_SOUP`.
#[test]
fn the_text_stays_what_it_is() {
    #[rustfmt::skip]
    let pieces = [
        "\n", " ", "    ", "\t", "\"", "'", "`", "(", ")", "[", "]", "{", "}", "<", ">", "</", "/>", "=",
        "==", ":", ";", ",", ".", "#", "//", "/*", "*/", "--", "-", "+", "$", "${", "@", "%", "{%", "%}",
        "{{", "}}", "&", "|", "\\", "\\n", "<<EOF\n", "EOF\n", "fn ", "def ", "class ", "if ", "end ",
        "begin ", "function ", "return ", "let ", "import ", "a", "b1", "X", "0x1f", "3.5", "重庆", "é",
        "<!--", "-->", "<script>", "<style>", "?", "!", "~", "^", "\0", "|-\n", "---\n", "r#\"", "'''",
        "\"\"\"", "<%", "%>", "<?php ", "?>", "\\begin{a}", "=> ", "-> ", "::", "/", "/re/", "*", "**",
        "_", "#if ", "&amp;", "@@ ", "\u{FDD0}", "```\n", "```js\n", "/*\n",
    ];
    let rounds: Option<usize> = std::env::var("BASHU_SOUP").ok().and_then(|n| n.parse().ok());
    let usual = ["sh", "css", "diff", "html", "js", "json", "md", "py", "rust", "toml", "yaml"];
    let mut random = 7u64;
    let mut below = |n: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % n
    };
    for name in LANGUAGES.iter().map(|(_, names)| names[0]) {
        if rounds.is_none() && !usual.contains(&name) {
            continue;
        }
        for _ in 0..rounds.unwrap_or(12) {
            let mut code: String = (0..below(80)).map(|_| pieces[below(pieces.len())]).collect();
            match below(8) {
                0 => code = pieces[below(pieces.len())].repeat(below(300)),
                1 | 2 => code = code.replace('\n', " ").repeat(1 + 900 / code.len().max(1)),
                3 => code.insert_str(0, "<script>\n"),
                _ => {}
            }
            let start = std::time::Instant::now();
            let mut html = written(name, &code);
            let took = start.elapsed();
            assert!(took.as_secs() < 20, "{name} took {took:?}: {code:?}");
            for class in CLASSES.iter().map(|(_, class)| class) {
                html = html.replace(&format!("<span class=\"{class}\">"), "");
            }
            let mut plain = String::new();
            escape::text(&mut plain, &code);
            assert_eq!(html.replace("</span>", ""), plain, "{name}: {code:?}");
        }
    }
}
