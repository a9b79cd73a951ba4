//! What pages say of a text's words: its length, its beginning, and texts that are cut.

use super::site;

const EN: &str = "Sichuan and Chongqing ran <b>4,248</b> trains in the first nine months[^1]. They joined 300 services & more, so that people no longer had to travel between the two for what an office near them can do as well.";
const ZH: &str = "前三季度，中欧班列（成渝）开行超过4200列。川渝两地联合推出三批311项“川渝通办”政务服务，日均办件量超过5万件次，并实现电子证照亮证互认。这里还有一句话，说的是别的事。";

/// A page that tells what it knows of its text.
fn tells(front: &str, text: &str) -> String {
    let template = "{{ page.description or 'none' }}|{{ page.length.words }}+{{ page.length.characters }}|{{ page.reading_time or 'none' }}";
    let built = site(
        "",
        &format!(
            "== templates/page.html\n<main id=\"_content\">{template}</main>\n== content/a.en.md\n---\ntitle: A\n{front}---\n{text}\n"
        ),
    );
    assert_eq!(built.report, "");
    built.main("en/a/index.html")
}

#[test]
fn a_page_without_a_summary_is_described_by_its_beginning() {
    for (front, text, told) in [
        ("summary: Short.\n", "Long.", "Short.|1+0|1"),
        ("", "## Not this\n\nBut [this](a.en.md) & that.\n\nMore.", "But this &amp; that.|6+0|1"),
        ("", "", "none|0+0|none"),
        ("", "- a list\n", "none|2+0|1"),
        (
            "",
            &format!("{EN}\n\n[^1]: A note.\n"),
            "Sichuan and Chongqing ran 4,248 trains in the first nine months. They joined 300 services &amp; more, so that people no longer had to travel between the two for…|39+0|1",
        ),
        (
            "",
            ZH,
            "前三季度，中欧班列（成渝）开行超过4200列。川渝两地联合推出三批311项“川渝通办”政务服务，日均办件量超过5万件次，并实现电子证照亮证互认。|3+68|1",
        ),
        ("", &"word ".repeat(2380), &format!("{}word…|2380+0|10", "word ".repeat(31))),
    ] {
        assert_eq!(tells(front, text), format!("<main id=\"_content\">{told}"), "{text}");
    }
}

#[test]
fn templates_cut_texts_as_the_language_does() {
    let built = site(
        "",
        &format!(
            "== templates/page.html\n<main id=\"_content\">{{{{ page.summary | truncate(length=40) }}}}|{{{{ page.title | truncate(length=10, lang=\"en\") }}}}|{{{{ page.content | truncate }}}}</main>
== content/a.en.md\n---\ntitle: Ants & bees & wasps\nsummary: \"{}\"\n---\nBy *one* & all.\n
== content/a.zh.md\n---\ntitle: Ants & bees\nsummary: \"{ZH}\"\ntranslated_from: en\n---\n川渝\n",
            EN.replace("<b>", "").replace("</b>", ""),
        ),
    );
    assert_eq!(built.report, "");
    assert_eq!(
        built.main("en/a/index.html"),
        "<main id=\"_content\">Sichuan and Chongqing ran 4,248 trains…|Ants…|By one &amp; all."
    );
    assert_eq!(
        built.main("zh/a/index.html"),
        "<main id=\"_content\">前三季度，中欧班列（成渝）开行超过……|Ants…|川渝"
    );
    let wrong = site(
        "",
        "== templates/page.html\n{{ page.title | truncate(lang=\"xx\") }}\n== content/a.en.md\n---\ntitle: A\n---\n",
    );
    assert!(wrong.report.contains("`xx` is not a language of this site"), "{}", wrong.report);
}
