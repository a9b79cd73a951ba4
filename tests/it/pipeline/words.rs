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
    for (arguments, fault) in [
        ("lang=\"xx\"", "`xx` is not a language of this site"),
        ("length=-1", "`length` of `truncate` must be a whole number, 0 or more"),
        ("length=\"9\"", "`length` of `truncate` must be a whole number, 0 or more"),
    ] {
        let wrong = site(
            "",
            &format!(
                "== templates/page.html\n{{{{ page.title | truncate({arguments}) }}}}\n== content/a.en.md\n---\ntitle: A\n---\n"
            ),
        );
        assert!(wrong.report.contains(fault), "{}", wrong.report);
    }
}

#[test]
fn an_index_has_the_letters_of_its_language_and_order() {
    let article = |id: &str, en: &str, zh: &str| {
        format!(
            "== content/news/{id}.en.md\n---\ntitle: {en}\n---\n== content/news/{id}.zh.md\n---\ntitle: {zh}\ntranslated_from: en\n---\n"
        )
    };
    let files = [
        "== content/a-z.en.md\n---\ntitle: Articles\ntemplate: a-z.html\n---\n== content/a-z.zh.md\n---\ntitle: 索引\ntranslated_from: en\n---\n".to_owned(),
        article("rivers", "Rivers", "长江两岸"),
        article("water", "Water", "重庆的水"),
        article("digits", "7+13", "“7+13”体系"),
        "== content/news/only.en.md\n---\ntitle: Only here\n---\n".to_owned(),
    ]
    .concat();
    let letters = |collation: &str, page: &str| -> Vec<String> {
        let site_yaml = format!(
            "title: Ants\nbase_url: https://ants.example/\nlanguages:\n  - {{code: en, tag: en, name: English}}\n  - {{code: zh, tag: zh-Hans, name: 中文{collation}}}\n"
        );
        let built = crate::fixture::build(&format!("== site.yaml\n{site_yaml}{files}"));
        assert_eq!(built.report, "");
        let main = built.main(page);
        let sections = main.split("<section class=\"place\" aria-labelledby=\"").skip(1);
        let title = |link: &str| {
            link.split_once('>').and_then(|(_, t)| t.split_once("</a>")).map(|(t, _)| t.to_owned())
        };
        sections
            .map(|section| {
                let id = section.split('"').next().unwrap();
                // The letter above leads here.
                assert!(
                    main.contains(&format!("<a href=\"#{id}\">"))
                        && main.contains(&format!("<h2 id=\"{id}\">"))
                );
                let titles: Vec<_> = section.split("<a href=").skip(1).filter_map(title).collect();
                format!("{id}: {}", titles.join(" "))
            })
            .collect()
    };
    assert_eq!(
        letters("", "en/a-z/index.html"),
        ["_o: Only here", "_r: Rivers", "_w: Water", "_other: 7+13"]
    );
    // A title in another language stands under its letter.
    assert_eq!(
        letters("", "zh/a-z/index.html"),
        ["_c: 长江两岸 重庆的水", "_o: Only here", "_other: “7+13”体系"]
    );
    assert_eq!(
        letters(", collation: stroke", "zh/a-z/index.html"),
        ["_5画: 长江两岸", "_9画: 重庆的水", "_o: Only here", "_other: “7+13”体系"]
    );
}
