//! Atom feeds: what is in them, and that readers far from the site can follow every link.

use super::{article, told};

fn content() -> String {
    article("topics/t.en", "T & co", "", "")
        + &article("topics/t.zh", "题", "translated_from: en", "")
        + &article(
            "notes/a/index.en",
            "A <b>",
            "date: 2023-05\nupdated: 2023-06-01\ntopics: [t]\nsummary: Short.",
            "[b](../b.en.md) [here](#part) [out](https://x.example/) ![P](p.svg) [root](/en/notes/b/)\n\n## Part",
        )
        + "== content/notes/a/p.svg\n<svg xmlns='http://www.w3.org/2000/svg' width='64' height='48'/>\n"
        + &article("notes/b.en", "B", "date: 2023-07\nweight: -9", "")
        + &article("notes/b.zh", "乙", "translated_from: en\ntopics: [t]", "见[甲](a/index.en.md)。")
        + &article("notes/undated.en", "Undated", "", "")
}

#[test]
fn a_feed_holds_what_its_language_has_newest_first() {
    let built = told("", &content());
    let feed = built.text("en/feed.xml");
    let ids: Vec<&str> = feed.split("<id>").skip(2).map(|rest| rest.split('<').next().unwrap()).collect();
    assert_eq!(ids, ["https://ants.example/en/notes/b/", "https://ants.example/en/notes/a/"]);
    assert!(feed.contains("<updated>2023-07-01T00:00:00Z</updated>"));
    assert!(feed.contains(
        "<published>2023-05-01T00:00:00Z</published>\n    <updated>2023-06-01T00:00:00Z</updated>"
    ));
    assert!(feed.contains("<title>A &lt;b&gt;</title>") && feed.contains("<summary>Short.</summary>"));
    assert!(feed.contains("<category term=\"t\" label=\"T &amp; co\"/>"));
    assert!(feed.contains("xml:lang=\"en\"") && built.text("zh/feed.xml").contains("xml:lang=\"zh-Hans\""));
    assert!(!built.text("zh/feed.xml").contains("notes/a/</id>"));
}

#[test]
fn every_url_in_a_feed_is_absolute() {
    let built = told("", &content());
    let feed = built.text("en/feed.xml");
    for url in [
        "href=&quot;https://ants.example/en/notes/b/&quot;",
        "href=&quot;https://ants.example/en/notes/a/#part&quot;",
        "href=&quot;https://x.example/&quot;",
        "src=&quot;https://ants.example/en/notes/a/p.svg&quot;",
    ] {
        assert!(feed.contains(url), "{url} in\n{feed}");
    }
    for file in ["en/feed.xml", "zh/feed.xml", "en/topics/t/feed.xml"] {
        let text = built.text(file).replace("&quot;", "\"");
        for part in ["href=\"", "src=\""] {
            let urls = text.split(part).skip(1).map(|rest| rest.split('"').next().unwrap());
            urls.for_each(|url| assert!(url.starts_with("https://"), "{file}: {url}"));
        }
    }
    // A link to what the reader's language lacks says where it leads.
    assert!(
        built.text("zh/feed.xml").contains("https://ants.example/en/notes/a/&quot; hreflang=&quot;en&quot;")
    );
}

#[test]
fn a_feed_without_articles_is_a_feed() {
    let built = told("", "");
    assert!(built.text("en/feed.xml").contains("<updated>1970-01-01T00:00:00Z</updated>"));
}
