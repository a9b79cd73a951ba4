//! Five languages, from left to right and from right to left; both forms of URLs; the pages of all languages.

use super::{TELLING, article, tells, told};
use crate::fixture::{Built, build};

fn site(languages: &[(&str, &str)], more: &str, content: &str) -> Built {
    let mut text = format!(
        "== site.yaml\ntitle: Ants\nbase_url: https://ants.example/\ntheme: telling\n{more}\nlanguages:\n"
    );
    for (code, tag) in languages {
        text.push_str(&format!("  - {{code: {code}, tag: {tag}}}\n"));
    }
    build(&format!("{text}{TELLING}{content}"))
}

#[test]
fn five_languages_know_of_one_another() {
    let languages = [("en", "en"), ("zh", "zh-Hans"), ("ar", "ar"), ("de", "de"), ("ja", "ja")];
    let content = article("notes/ants.de", "Ameisen", "", "")
        + &article("notes/ants.ar", "نمل", "translated_from: de", "")
        + &article("notes/ants.ja", "アリ", "translated_from: de", "");
    let built = site(&languages, "", &content);
    assert!(built.files.is_some(), "{}", built.report);
    let alternates = "de=https://ants.example/de/notes/ants/ ja=https://ants.example/ja/notes/ants/ \
                      x-default=https://ants.example/de/notes/ants/";
    let alternates = format!("ar=https://ants.example/ar/notes/ants/ {alternates}");
    for lang in ["ar", "de", "ja"] {
        assert_eq!(tells(&built, &format!("{lang}/notes/ants/index.html"), "alternates"), alternates);
    }
    assert_eq!(tells(&built, "ar/notes/ants/index.html", "html"), "ar rtl");
    assert_eq!(tells(&built, "ja/notes/ants/index.html", "html"), "ja ltr");
    assert_eq!(
        tells(&built, "ar/notes/ants/index.html", "switcher"),
        "en?=/en/ zh?=/zh/ ar*=/ar/notes/ants/ de=/de/notes/ants/ ja=/ja/notes/ants/"
    );
    assert_eq!(tells(&built, "index.html", "languages").matches(';').count(), 5);
}

#[test]
fn the_first_language_may_stand_at_the_root() {
    let content =
        article("about.en", "About", "", "") + &article("about.zh", "关于", "translated_from: en", "");
    let built = told("urls: root", &content);
    assert_eq!(built.report, "");
    let alternates = "en=https://ants.example/about/ zh-Hans=https://ants.example/zh/about/ \
                      x-default=https://ants.example/about/";
    assert_eq!(tells(&built, "about/index.html", "alternates"), alternates);
    assert_eq!(tells(&built, "zh/about/index.html", "alternates"), alternates);
    // The root is the first language's home page and no page of all languages.
    assert_eq!(tells(&built, "index.html", "kind"), "home");
    assert_eq!(
        tells(&built, "zh/index.html", "alternates"),
        "en=https://ants.example/ zh-Hans=https://ants.example/zh/ x-default=https://ants.example/"
    );
    // The 404 page at the root still serves both.
    assert_eq!(tells(&built, "404.html", "languages"), "Ants /;蚂蚁 /zh/;");
    assert!(built.paths().contains(&"zh/404.html"));
}

#[test]
fn the_root_page_shows_every_language_and_is_the_default() {
    let content = article("notes/ants.en", "Six legs", "", "") + &article("notes/bees.zh", "蜜蜂", "", "");
    let built = told("missing_translation: hide", &content);
    assert_eq!(tells(&built, "index.html", "kind"), "landing");
    assert_eq!(tells(&built, "index.html", "languages"), "Ants /en/ Six legs;蚂蚁 /zh/ 蜜蜂;");
    assert_eq!(tells(&built, "index.html", "canonical"), "https://ants.example/");
    let alternates =
        "en=https://ants.example/en/ zh-Hans=https://ants.example/zh/ x-default=https://ants.example/";
    for page in ["index.html", "en/index.html", "zh/index.html"] {
        assert_eq!(tells(&built, page, "alternates"), alternates);
    }
    assert_eq!(tells(&built, "index.html", "switcher"), "en=/en/ zh=/zh/");
}

#[test]
fn what_is_not_found_is_said_in_every_language() {
    let built = told("", "");
    for (page, html, languages) in [
        ("404.html", "en ltr", "Ants /en/;蚂蚁 /zh/;"),
        ("en/404.html", "en ltr", ""),
        ("zh/404.html", "zh-Hans ltr", ""),
    ] {
        assert_eq!(tells(&built, page, "html"), html);
        assert_eq!(tells(&built, page, "languages"), languages);
        assert_eq!(tells(&built, page, "robots"), "noindex");
        assert_eq!(tells(&built, page, "canonical"), "none");
        assert_eq!(tells(&built, page, "alternates"), "");
    }
    assert_eq!(tells(&built, "zh/404.html", "title"), "没有找到");
}
