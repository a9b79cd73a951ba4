//! What the components for writers make of their arguments.

use super::site;

/// The text of a page with one block, in a language.
fn page(lang: &str, block: &str) -> String {
    let built = site("", &format!("== content/ants.{lang}.md\n---\ntitle: Ants\n---\n{block}\n"));
    assert_eq!(built.report, "");
    built.main(&format!("{lang}/ants/index.html"))
}

#[test]
fn a_timeline_writes_its_dates_as_the_language_does() {
    let block = "```{timeline}
items:
  - {date: 2023, title: A & B}
  - {date: 2023-06, title: C, text: <More>}
```";
    let english = page("en", block);
    assert!(english.contains("<ol class=\"timeline\">"), "{english}");
    assert!(english.contains("<time datetime=\"2023\">2023</time>"), "{english}");
    assert!(english.contains("<strong>A &amp; B</strong>"), "{english}");
    assert!(english.contains("<time datetime=\"2023-06\">June 2023</time>"), "{english}");
    assert!(english.contains("<p>&lt;More&gt;</p>"), "{english}");
    let chinese = page("zh", block);
    assert!(chinese.contains("<time datetime=\"2023-06\">2023年6月</time>"), "{chinese}");
}

#[test]
fn a_figure_in_a_timeline_says_its_language_where_it_is_foreign() {
    let built = site(
        "",
        "== content/a/ants.en.md
---
title: Ants
figures:
  legs: {value: 6, unit: item, label: legs}
---
== content/a/days.zh.md
---
title: 日子
---
```{timeline}
items:
  - {date: 2023, title: 蚂蚁, figure: figure:ants/legs}
```
",
    );
    assert_eq!(built.report, "");
    let main = built.main("zh/a/days/index.html");
    let line = "<p class=\"timeline-figure\"><data value=\"6\">6项</data> <span lang=\"en\" dir=\"ltr\">legs</span></p>";
    assert!(main.contains(line), "{main}");
}

#[test]
fn a_notice_is_an_alert_with_a_title_of_its_own() {
    let own = page("en", "```{notice}\nkind: tip\ntitle: First\ntext: |\n  One.\n\n  Two.\n```");
    let wanted = "<div class=\"alert alert-tip\" role=\"note\">\n<p class=\"alert-title\">First</p>\n<p>One.</p>\n<p>Two.</p>\n</div>";
    assert!(own.contains(wanted), "{own}");
    let usual = page("zh", "```{notice}\ntext: 一。\n```");
    assert!(
        usual.contains("<div class=\"alert alert-note\" role=\"note\">\n<p class=\"alert-title\">说明</p>"),
        "{usual}"
    );
    // As Markdown writes it, so that one style serves both.
    let alert = page("zh", "> [!NOTE]\n> 一。");
    let main = |page: &str| page.split("class=\"content\"").nth(1).unwrap().to_owned();
    assert_eq!(main(&alert), main(&usual));
}

#[test]
fn a_pull_quote_is_not_read_twice() {
    let main = page("en", "```{pull-quote}\ntext: Six legs & no more\n```");
    let wanted = "<aside class=\"pull-quote\" aria-hidden=\"true\">\n<p>Six legs &amp; no more</p>\n</aside>";
    assert!(main.contains(wanted), "{main}");
}

#[test]
fn a_video_elsewhere_is_a_link_that_says_where() {
    let main = page("en", "```{video}\ntitle: A walk\nurl: https://video.example/1?a=1&b=2\n```");
    assert!(
        main.contains(
            "<a class=\"video-open\" href=\"https://video.example/1?a=1&amp;b=2\" rel=\"external\">"
        ),
        "{main}"
    );
    assert!(main.contains("Watch at video.example: A walk"), "{main}");
    assert!(!main.contains("<template>"), "{main}");
}

/// An article in a folder of its own, beside it a picture of six to four and other files.
fn folder(block: &str) -> crate::fixture::Built {
    site(
        "",
        &format!(
            "== content/ants/index.en.md
---
title: Ants
---
{block}
== content/ants/hill.png (hex)
89504e470d0a1a0a0000000d49484452000000060000000408020000002266d914000000144944415478da63b4af6f6340054c0c18803821005edd014cae9aec2f0000000049454e44ae426082
== content/ants/walk.mp4
A film.
== content/ants/walk.en.vtt
WEBVTT
== content/other.en.md
---
title: Nothing moves here
---
"
        ),
    )
}

#[test]
fn a_gallery_tells_its_style_sheet_the_proportions() {
    let built = folder(
        "```{gallery}\ncaption: Hills\nimages:\n  - {image: file:hill.png, alt: A hill, caption: \"<One>\", credit: B}\n```",
    );
    assert_eq!(built.report, "");
    let main = built.main("en/ants/index.html");
    assert!(main.contains("<li class=\"units-1 hundredths-50\"><figure>"), "{main}");
    assert!(main.contains("Large picture: </span><span class=\"picture\">"), "{main}");
    assert!(main.contains("alt=\"A hill\" width=\"6\" height=\"4\" loading=\"lazy\""), "{main}");
    assert!(
        main.contains("<figcaption><span>&lt;One&gt;</span> <small class=\"credit\">B</small></figcaption>"),
        "{main}"
    );
    assert!(main.contains("</ul>\n<figcaption><span>Hills</span></figcaption>"), "{main}");
}

#[test]
fn what_a_type_cannot_say_is_refused_at_the_call() {
    let cases = [
        ("```{gallery}\nimages:\n  - {image: file:walk.mp4, alt: A}\n```", "needs a picture"),
        ("```{gallery}\nimages: []\n```", "needs a picture"),
        ("```{gallery}\nimages: [hill.png]\n```", "needs a picture"),
        ("```{timeline}\nitems: [2023]\n```", "needs a date and a title"),
        ("```{picture}\nimage: file:walk.mp4\nalt: A\n```", "must be a picture"),
        ("```{video}\ntitle: A\n```", "needs a video"),
        (
            "```{video}\ntitle: A\nfile: file:walk.mp4\nposter: file:walk.en.vtt\nalt: A\n```",
            "must be a picture",
        ),
        ("```{video}\ntitle: A\nfile: file:walk.mp4\ncaptions: [file:walk.en.vtt]\n```", "is written"),
    ];
    for (block, wanted) in cases {
        let report = folder(block).report;
        assert!(report.contains("error[component-argument]") && report.contains(wanted), "{block}\n{report}");
        assert!(report.contains(" --> content/ants/index.en.md:4:5"), "{block}\n{report}");
    }
}

#[test]
fn a_video_waits_in_a_template_and_its_script_is_asked_for_where_there_is_one() {
    let built = folder(
        "```{video}\ntitle: A walk\nfile: file:walk.mp4\nposter: file:hill.png\nalt: A hill\nduration: \"1:05\"\ncaptions:\n  - {file: file:walk.en.vtt, lang: en, label: English}\ntranscript: https://ants.example/said\n```",
    );
    assert_eq!(built.report, "");
    let page = built.text("en/ants/index.html");
    let (before, template) = page.split_once("<template>").unwrap();
    let template = template.split("</template>").next().unwrap();
    assert!(
        before.contains("<a class=\"video-open\" href=\"/en/ants/walk.mp4\" type=\"video/mp4\">"),
        "{page}"
    );
    assert!(template.contains("<video controls autoplay playsinline tabindex=\"0\" aria-label=\"A walk\" width=\"6\" height=\"4\">"), "{template}");
    assert!(
        template.contains(
            "<track kind=\"captions\" src=\"/en/ants/walk.en.vtt\" srclang=\"en\" label=\"English\">"
        ),
        "{template}"
    );
    assert!(page.contains("href=\"https://ants.example/said\">Transcript</a>"), "{page}");
    assert!(!before.contains("<video") && before.contains("/assets/video."), "{page}");
    assert!(!built.text("en/other/index.html").contains("/assets/video."));
}
