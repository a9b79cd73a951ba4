//! Style sheets and scripts of a theme: bundled, lowered, named by what is in them.

use super::site;
use crate::fixture::Built;

/// A finished asset by its name without the fingerprint: its path and its text.
fn asset<'b>(built: &'b Built, name: &str) -> (&'b str, &'b str) {
    assert_eq!(built.report, "");
    let (stem, extension) = name.rsplit_once('.').unwrap();
    let is_it = |path: &&str| {
        let rest = path.strip_prefix("assets/").and_then(|path| path.strip_prefix(stem));
        rest.is_some_and(|rest| {
            rest.len() == 12 + extension.len() && rest.ends_with(&format!(".{extension}"))
        })
    };
    let path =
        built.paths().into_iter().find(is_it).unwrap_or_else(|| panic!("no {name} in {:?}", built.paths()));
    (path, built.text(path))
}

fn style(settings: &str, files: &str) -> String {
    asset(&site(settings, files), "style.css").1.trim().to_owned()
}

/// The style sheet that becomes of one.
fn one(settings: &str, css: &str) -> String {
    style(settings, &format!("== assets/style.css\n{css}\n"))
}

#[test]
fn imports_are_looked_for_along_the_chain() {
    let river = "== themes/river/theme.yaml
name: river
parent: plain
== themes/river/assets/style.css
@import \"css/_a.css\";
@import 'river/_b.css';
.river { color: red }
== themes/river/assets/css/_a.css
@import \"../_b.css\";
@import \"./deep/_c.css\";
.a { color: red }
== themes/river/assets/css/deep/_c.css
.c { color: red }
== themes/river/assets/_b.css
.b { color: red }
";
    let expected = ".b,.c,.a,.b,.river{color:red}";
    assert_eq!(style("theme: river", river), expected);
    // The nearest part is meant, unless a layer is named.
    let own = format!("{river}== assets/_b.css\n.own {{ color: blue }}\n");
    assert_eq!(style("theme: river", &own), ".own{color:#00f}.c,.a,.b,.river{color:red}");
    let own = format!("{river}== assets/style.css\n@import \"river/style.css\";\n.own {{ color: red }}\n");
    assert_eq!(style("theme: river", &own), ".b,.c,.a,.b,.river,.own{color:red}");
    // A part alone changes what the built-in theme is made of.
    let code = style("", "== assets/_code.css\n.own-code { color: red }\n");
    assert!(code.contains(".own-code{color:red}") && code.contains(".masthead{"), "{code}");
}

#[test]
fn parts_are_not_published() {
    let built = site("", "== assets/_a.css\na {}\n== assets/_b.js\nb\n== assets/x/_c.CSS\na {}\n");
    assert_eq!(built.report, "");
    let paths = built.paths();
    assert!(!paths.iter().any(|path| path.ends_with("css") && path.contains("/_")), "{paths:?}");
    assert!(paths.iter().any(|path| path.starts_with("assets/_b.")), "{paths:?}");
}

#[test]
fn imports_keep_their_conditions() {
    let css = style(
        "",
        "== assets/style.css
@layer x, y;
@import \"_a.css\" layer(x);
@import \"_a.css\" supports(text-wrap: balance) print;
@import \"_b.css\" layer;
== assets/_a.css
@import \"_b.css\" (orientation: portrait);
a { color: red }
== assets/_b.css
b { color: blue }
",
    );
    let b = "@media (orientation:portrait){b{color:#00f}}";
    let expected = format!(
        "@layer x{{{b}a{{color:red}}}}@layer y;@media print{{@supports (text-wrap:balance){{{b}a{{color:red}}}}}}@layer{{b{{color:#00f}}}}"
    );
    assert_eq!(css, expected);
}

/// A chain of style sheets, each of which imports the next under three conditions; the last has rules in blocks.
fn nested(imports: usize, blocks: usize) -> String {
    // Names ascend towards the last, or descend: what is imported has been read already, or has not.
    let name = |i: usize| format!("_{}.css", if blocks.is_multiple_of(2) { i } else { 1000 - i });
    let sheet = |i: usize| {
        let (name, next) = (if i == 0 { "style.css".to_owned() } else { name(i) }, name(i + 1));
        let import = format!("@import \"{next}\" layer(a) supports(color: red) print;");
        let rules = "@container (width > 1px){".repeat(blocks) + "a{color:red}" + &"}".repeat(blocks);
        format!("== assets/{name}\n{}\n", if i == imports { &rules } else { &import })
    };
    (0..=imports).map(sheet).collect()
}

#[test]
fn imports_and_blocks_may_be_nested_so_far() {
    for blocks in [48, 49] {
        let css = style("", &nested(19, blocks));
        assert_eq!(css.matches("@layer a{").count(), 19);
        assert_eq!(css.matches("@container").count(), blocks);
        let deep = site("", &nested(20, blocks)).report;
        assert!(deep.contains("imports are nested more than 20 deep"), "{deep}");
    }
    let deep = site("", &nested(0, 50)).report;
    assert!(deep.contains("more than 50 blocks and brackets stand one within the other"), "{deep}");
    assert!(deep.contains("--> assets/style.css:1:1252"), "{deep}");
}

#[test]
fn what_browsers_know_stays_as_it_is() {
    // Lowering these would break what they are for, or make them larger than they need be.
    for kept in [
        "a{color:oklch(60% .1 200)}",
        "a{color:color-mix(in oklab, var(--a), red 20%)}",
        "a{text-autospace:normal;text-spacing-trim:trim-start}",
        "a{border-start-start-radius:1em;margin-inline:1em 2em;inset-inline-start:0}",
        ":dir(rtl) a{float:inline-start}",
        "a:hovering::somewhere{colour:red}",
        "@unheard of{a{b:c}}",
        "@container (inline-size>30em){a{color:red}}",
        "a{hanging-punctuation:first allow-end;line-break:strict;text-wrap:pretty}",
    ] {
        assert_eq!(one("", kept), kept);
    }
}

#[test]
fn style_sheets_are_lowered_for_the_browsers_of_the_site() {
    let css = "a { color: light-dark(#fff, #000); & b { inset: 0 } }\n:root { color-scheme: light dark }";
    insta::assert_snapshot!(one("", css), @"a{color:var(--lightningcss-light,#fff)var(--lightningcss-dark,#000)}a b{inset:0}:root{--lightningcss-light:initial;--lightningcss-dark: ;color-scheme:light dark}@media (prefers-color-scheme:dark){:root{--lightningcss-light: ;--lightningcss-dark:initial}}");
    let range = "@media (width>=30em){a{color:red}}";
    assert_eq!(one("", range), range);
    let old = "browsers: [safari >= 14, not safari > 14]";
    assert_eq!(one(old, range), "@media (min-width:30em){a{color:red}}");
    insta::assert_snapshot!(one("browsers: chrome 140", css), @"a{color:light-dark(#fff,#000);& b{inset:0}}:root{color-scheme:light dark}");
}

#[test]
fn urls_lead_to_fingerprinted_files_and_change_with_them() {
    let files = |font: &str| {
        format!(
            "== assets/css/style.css
@import \"../_fonts.css\";
a {{ background: url( ../图/a%20b.svg#x ), url('/favicon.svg') }}
b {{ background: image-set('../图/a b.svg' type('image/svg+xml')) }}
c {{ background: url(data:image/png;base64,AA==); mask: url(#m); --d: url(../fonts/a.woff2) }}
== assets/_fonts.css
@namespace svg url(http://www.w3.org/2000/svg);
@font-face {{ font-family: A; src: url(\"fonts/a.woff2?v=1\") format(\"woff2\") }}
== assets/fonts/a.woff2
{font}
== assets/图/a b.svg
<svg xmlns=\"http://www.w3.org/2000/svg\"/>
== static/favicon.svg
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>
"
        )
    };
    let built = site("", &files("one"));
    let (path, css) = asset(&built, "css/style.css");
    insta::assert_snapshot!(css, @r#"@namespace svg "http://www.w3.org/2000/svg";@font-face{font-family:A;src:url("../fonts/a.e0e63aa4c8.woff2?v=1")format("woff2")}a{background:url("../%E5%9B%BE/a%20b.e5009587fb.svg#x"),url("../../favicon.svg")}b{background:-webkit-image-set(url("../%E5%9B%BE/a%20b.e5009587fb.svg") 1x type("image/svg+xml"));background:image-set("../%E5%9B%BE/a%20b.e5009587fb.svg" 1x type("image/svg+xml"))}c{--d:url("../fonts/a.e0e63aa4c8.woff2");background:url(data:image/png;base64,AA==);-webkit-mask:url(#m);mask:url(#m)}"#);
    let font = asset(&built, "fonts/a.woff2").0.trim_start_matches("assets/");
    assert!(css.contains(&format!("../{font}?v=1")), "{css}");
    let other = site("", &files("two"));
    assert_ne!(asset(&other, "css/style.css").0, path);
}

#[test]
fn modules_import_each_other_by_their_fingerprints() {
    let files = |leaf: &str| {
        format!(
            "== assets/app.js
import {{ a }} from './lib/a.mjs';
const later = () => import(\"./lib/b.js\");
== assets/lib/a.mjs
export {{ b as a }} from '../lib/b.js';
== assets/lib/b.js
export const b = '{leaf}'; // from './a.mjs'
"
        )
    };
    let built = site("", &files("one"));
    let name = |of: &str| asset(&built, of).0.trim_start_matches("assets/").to_owned();
    let (a, b) = (name("lib/a.mjs"), name("lib/b.js"));
    assert_eq!(
        asset(&built, "app.js").1,
        format!("import {{ a }} from \"./{a}\";\nconst later = () => import(\"./{b}\");\n")
    );
    assert_eq!(
        asset(&built, "lib/a.mjs").1,
        format!("export {{ b as a }} from \"./{}\";\n", &b["lib/".len()..])
    );
    assert_eq!(asset(&built, "lib/b.js").1, "export const b = 'one'; // from './a.mjs'\n");
    // What is imported changes the name of what imports it.
    let other = site("", &files("two"));
    assert_ne!(asset(&other, "app.js").0, asset(&built, "app.js").0);
}

#[test]
fn pages_say_what_their_assets_must_be() {
    let built = site("", "== content/about.en.md\n---\ntitle: About\n---\n");
    let page = built.text("en/about/index.html");
    let (path, css) = asset(&built, "style.css");
    let integrity = bashu::base::Integrity::of(css.as_bytes()).to_string();
    let link = format!("<link rel=\"stylesheet\" href=\"/{path}\" integrity=\"{integrity}\">");
    assert!(page.contains(&link), "{page}");
    let (_, script) = asset(&built, "landing.js");
    let integrity = bashu::base::Integrity::of(script.as_bytes()).to_string();
    assert!(built.text("index.html").contains(&format!("integrity=\"{integrity}\"></script>")));
}
