//! Pictures: what pages show of them, which files are made, and what is taken out of them.

use super::site;
use crate::fixture::{Built, SITE, build, build_files, clock, files, picture};

const RED: &str = "== content/ants/red/index.en.md
---
title: Red
date: 2023-12
cover: {image: 'cover 100%.jpg', alt: 'A & \"B\"', caption: Close}
---
![A \"red\" ant](<红 蚁.png> \"Nearer\")

Inline ![An ant](%E7%BA%A2%20%E8%9A%81.png \"Title\") and ![-](/logo.svg).
== content/ants/red/cover 100%.jpg (picture 64x48)
== content/ants/red/红 蚁.png (picture 30x40)
== static/logo.svg
<svg xmlns='http://www.w3.org/2000/svg' width='9' height='7' onload='alert(1)'/>
== static/unused.jpg (picture 64x48)
";

/// HTML without what depends on pixels: placeholders and fingerprints.
fn shape(html: &str) -> String {
    let mut out = String::new();
    for (i, piece) in html.split("<svg class=\"placeholder\"").enumerate() {
        let rest = if i == 0 { piece } else { piece.split_once("</svg>").unwrap().1 };
        out.push_str(if i == 0 { "" } else { "[…]" });
        out.push_str(rest);
    }
    let is_print = |part: &str| part.len() == 10 && part.bytes().all(|b| b.is_ascii_hexdigit());
    out.split('.').map(|part| if is_print(part) { "F" } else { part }).collect::<Vec<_>>().join(".")
}

/// The lines of a page that show pictures.
fn shown(built: &Built, path: &str) -> String {
    shape(built.text(path))
        .lines()
        .filter(|line| line.contains("<img"))
        .map(|line| format!("{line}\n"))
        .collect()
}

#[test]
fn a_picture_is_offered_in_several_widths_and_formats() {
    let built = site("images: {widths: [20, 40]}", RED);
    assert_eq!(built.report, "");
    insta::assert_snapshot!(shown(&built, "en/ants/red/index.html"), @r##"
    <figure class="cover"><span class="picture">[…]<picture><source type="image/webp" srcset="/media/cover-100-20.F.webp 20w, /media/cover-100-40.F.webp 40w" sizes="(min-width: 46rem) 43rem, 100vw"><img src="/media/cover-100-40.F.jpg" alt="A &amp; &quot;B&quot;" width="40" height="30" loading="eager" fetchpriority="high"></picture></span><figcaption>Close</figcaption></figure>
    <figure><span class="picture">[…]<picture><source type="image/webp" srcset="/media/%E7%BA%A2-%E8%9A%81-20.F.webp 20w, /media/%E7%BA%A2-%E8%9A%81-30.F.webp 30w" sizes="(min-width: 46rem) 43rem, 100vw"><img src="/media/%E7%BA%A2-%E8%9A%81-30.F.jpg" alt="A “red” ant" width="30" height="40" loading="lazy" decoding="async"></picture></span><figcaption>Nearer</figcaption></figure>
    <p>Inline <span class="picture">[…]<picture><source type="image/webp" srcset="/media/%E7%BA%A2-%E8%9A%81-20.F.webp 20w, /media/%E7%BA%A2-%E8%9A%81-30.F.webp 30w" sizes="(min-width: 46rem) 43rem, 100vw"><img src="/media/%E7%BA%A2-%E8%9A%81-30.F.jpg" alt="An ant" title="Title" width="30" height="40" loading="lazy" decoding="async"></picture></span> and <span class="picture"><img src="/logo.svg" alt="" width="9" height="7" loading="lazy" decoding="async"></span>.</p>
    "##);
    let media: Vec<String> =
        built.paths().into_iter().filter(|path| path.starts_with("media/")).map(shape).collect();
    assert_eq!(
        media,
        [
            "media/cover-100-20.F.webp",
            "media/cover-100-40.F.jpg",
            "media/cover-100-40.F.webp",
            "media/红-蚁-20.F.webp",
            "media/红-蚁-30.F.jpg",
            "media/红-蚁-30.F.webp"
        ]
    );
}

/// What stands at an address has the width that it is said to have, and the format that its name says.
#[test]
fn every_address_of_a_page_is_a_picture_as_it_says() {
    let built = site("images: {widths: [20, 40]}", RED);
    let page = built.text("en/ants/red/index.html");
    let attributes = |name: &str| {
        page.split(&format!(" {name}=\""))
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect::<Vec<_>>()
    };
    let widths = attributes("srcset").into_iter().flat_map(|urls| urls.split(", ")).map(|one| {
        let (url, width) = one.split_once(' ').unwrap();
        (url, width.strip_suffix('w').unwrap())
    });
    let whole =
        attributes("src").into_iter().zip(attributes("width")).filter(|(url, _)| url.contains("/media/"));
    let mut count = 0;
    for (url, width) in widths.chain(whole) {
        let path = percent_encoding::percent_decode_str(url).decode_utf8().unwrap().into_owned();
        let bytes = &built.files.as_ref().unwrap()[path.trim_start_matches('/')];
        let format = image::ImageFormat::from_path(&path).unwrap();
        let picture = image::load_from_memory_with_format(bytes, format).unwrap();
        assert_eq!(picture.width().to_string(), width, "{url}");
        count += 1;
    }
    assert_eq!(count, 9);
}

#[test]
fn pictures_in_raw_html_are_looked_up_and_have_their_size() {
    let built = site(
        "images: {widths: [20]}",
        "== content/ants/red/index.en.md
---
title: Red
date: 2023-12
---
<p><IMG class=a src='ant%201.jpg' alt=\"An <ant>\" onerror=x></p>

Here <img src=\"/logo.svg?a&amp;b\" alt width=4> and <img src='https://other.example/a.png' alt=''>.
== content/ants/red/ant 1.jpg (picture 64x48)
== static/logo.svg
<svg xmlns='http://www.w3.org/2000/svg' width='9' height='7'/>
",
    );
    assert_eq!(built.report.matches("remote-image").count(), 1, "{}", built.report);
    insta::assert_snapshot!(shown(&built, "en/ants/red/index.html"), @r##"
    <p><img src="/media/ant-1-20.F.jpg" width="20" height="15" class="a" alt="An &lt;ant&gt;"></p>
    <p>Here <img src="/logo.svg" alt="" width="4"> and <img src="https://other.example/a.png" alt="">.</p>
    "##);
    let feed = shape(built.text("en/feed.xml"));
    assert!(
        feed.contains("src=&quot;https://ants.example/media/ant-1-20.F.jpg&quot; width=&quot;20&quot;"),
        "{feed}"
    );
}

#[test]
fn feeds_show_pictures_as_simply_as_can_be() {
    let built = site("images: {widths: [20]}", RED);
    let feed = shape(built.text("en/feed.xml"));
    let inline = "&lt;img src=&quot;https://ants.example/media/%E7%BA%A2-%E8%9A%81-20.F.jpg&quot; \
                  alt=&quot;An ant&quot; title=&quot;Title&quot; width=&quot;20&quot; height=&quot;27&quot; \
                  loading=&quot;lazy&quot; decoding=&quot;async&quot;&gt;";
    assert!(feed.contains(inline), "{feed}");
    assert!(!feed.contains("srcset") && !feed.contains("placeholder"));
}

#[test]
fn feeds_name_files_of_components_by_whole_addresses() {
    let called = "== content/ants/a.en.md\n---\ntitle: A\ndate: 2023\n---\n\
                  ```{picture}\nimage: file:a.png\nalt: An ant\n```\n\n\
                  ```{video}\ntitle: V\nfile: file:/v.mp4\ntranscript: file:/v.txt\n```\n\
                  == content/ants/a.png (picture 30x40)\n== static/v.mp4\nv\n== static/v.txt\nv\n";
    let built = site("images: {widths: [20]}", called);
    assert_eq!(built.report, "");
    let feed = shape(built.text("en/feed.xml"));
    for url in ["media/a-20.F.jpg", "v.mp4", "v.txt"] {
        assert!(feed.contains(&format!("&quot;https://ants.example/{url}&quot;")), "{feed}");
    }
    assert!(
        !feed.contains("=&quot;/") && !feed.contains("srcset") && !feed.contains("placeholder"),
        "{feed}"
    );
    assert!(built.text("en/ants/a/index.html").contains("srcset=\"/media/a-20."));
}

#[test]
fn without_images_pictures_are_as_they_are() {
    let built = site("images: false", RED);
    assert_eq!(built.report, "");
    insta::assert_snapshot!(shown(&built, "en/ants/red/index.html"), @r##"
    <figure class="cover"><span class="picture">[…]<img src="/en/ants/red/cover%20100%25.jpg" alt="A &amp; &quot;B&quot;" width="64" height="48" loading="eager" fetchpriority="high"></span><figcaption>Close</figcaption></figure>
    <figure><span class="picture">[…]<img src="/en/ants/red/%E7%BA%A2%20%E8%9A%81.png" alt="A “red” ant" width="30" height="40" loading="lazy" decoding="async"></span><figcaption>Nearer</figcaption></figure>
    <p>Inline <span class="picture">[…]<img src="/en/ants/red/%E7%BA%A2%20%E8%9A%81.png" alt="An ant" title="Title" width="30" height="40" loading="lazy" decoding="async"></span> and <span class="picture"><img src="/logo.svg" alt="" width="9" height="7" loading="lazy" decoding="async"></span>.</p>
    "##);
    assert!(!built.paths().iter().any(|path| path.starts_with("media/")));
    assert!(built.text("logo.svg").contains("alert"));
}

#[test]
fn what_is_noted_in_pictures_is_published_if_that_is_asked_for() {
    let noted = "== static/a.jpg (picture 8x6)\nTaken in Wonderland.\n== static/b.svg\n\
                 <svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'><!-- Drawn in Wonderland. --></svg>\n\
                 == static/c.txt\nWritten in Wonderland.\n";
    for (settings, expected) in [
        ("", "c.txt"),
        ("images: true", "c.txt"),
        ("images: {quality: 70}", "c.txt"),
        ("images: {metadata: remove}", "c.txt"),
        ("images: {metadata: keep}", "a.jpg b.svg c.txt"),
        ("images: false", "a.jpg b.svg c.txt"),
    ] {
        let built = site(settings, noted);
        assert_eq!(built.report, "");
        let tells = |bytes: &[u8]| bytes.windows(10).any(|window| window == b"Wonderland");
        let files = built.files.unwrap();
        let telling: Vec<&str> =
            files.iter().filter(|(_, bytes)| tells(bytes)).map(|(path, _)| path.as_str()).collect();
        assert_eq!(telling.join(" "), expected, "{settings}");
    }
}

/// A file that is of another format than its name says is published without what it tells all the same, and so
/// is one that is too large to be shown.
#[test]
fn what_no_page_can_show_tells_nothing_either() {
    let png = picture("a.png", 8, 6, 0);
    let mut large = png.clone();
    large[16..24].copy_from_slice(&[0, 0, 0x40, 0, 0, 0, 0x40, 0]);
    let noted = |picture: &[u8]| [picture, b"Taken in Wonderland."].concat();
    let mut files = files(&format!("== site.yaml\n{SITE}"));
    files.insert("static/a.jpg".to_owned(), noted(&png));
    files.insert("static/large.png".to_owned(), noted(&large));
    let built = build_files(files, clock());
    assert!(built.report.starts_with("warning[bad-image]: `static/a.jpg`"), "{}", built.report);
    assert_eq!(built.report.matches("bad-image").count(), 1, "{}", built.report);
    let published = built.files.unwrap();
    assert_eq!((&published["a.jpg"], &published["large.png"]), (&png, &large));
}

#[test]
fn the_same_picture_in_two_places_is_made_once() {
    let article = |name: &str, picture: &str| {
        format!(
            "== content/{name}/index.en.md\n---\ntitle: {name}\n---\n![A](<{picture}>)\n\
             == content/{name}/{picture} (picture 64x48)\n"
        )
    };
    let files = article("ants/red", "An Ant.jpg") + &article("ants/black", "an-ant.JPG");
    let built = site("images: {widths: [20]}", &files);
    assert_eq!(built.report, "");
    let media: Vec<&str> = built.paths().into_iter().filter(|path| path.starts_with("media/")).collect();
    assert_eq!(media.len(), 2, "{media:?}");
}

#[test]
fn components_are_given_files_and_templates_show_pictures() {
    let built = build(
        "== site.yaml
title: Ants
base_url: https://ants.example/ants/
languages: [{code: en, tag: en, name: English}]
images: {widths: [20]}
== templates/components/clip.html
{% component clip(file: map, poster: map, alt: string, more: array = []) %}<p>{{ file.url }} {{ file.type }} {{ file.bytes }}
{{ poster.url }} {{ poster.width }} {{ poster.height }} {{ poster.type }} [{{ poster.alt }}] {% for s in poster.srcset %}{{ s.type }} {{ s.urls }}{% endfor %}
{{ picture(of=poster, alt=alt, sizes=\"10rem\", class=\"poster\", eager=true) }}
{% for one in more %}{{ one.picture.type }} {{ picture(of=one.picture, alt=one.alt) }}{% endfor %}
{{ picture(of=none) }}</p>{% endcomponent clip %}
== content/ants/clip/index.en.md
---
title: Ants
date: 2023-12
---
```{clip}
file: file:/clip.mp4
poster: file:poster.jpg
alt: A <clip>
more:
  - {picture: file:/still.svg, alt: Still}
```
== content/ants/clip/poster.jpg (picture 64x48)
== static/clip.mp4
1234567
== static/still.svg
<svg xmlns='http://www.w3.org/2000/svg' width='9' height='7'/>
",
    );
    assert_eq!(built.report, "");
    let feed = shape(built.text("feed.xml"));
    // In feeds a picture is one file.
    assert!(!feed.contains("srcset"), "{feed}");
    for url in [
        "&lt;p&gt;https://ants.example/ants/clip.mp4 video/mp4",
        "src=&quot;https://ants.example/ants/media/poster-20.F.jpg&quot;",
        "src=&quot;https://ants.example/ants/still.svg&quot;",
    ] {
        assert!(feed.contains(url), "{url} is not in {feed}");
    }
    let page = shape(built.text("ants/clip/index.html"));
    let clip = page.split("<p>/ants/clip").nth(1).unwrap().split("</p>").next().unwrap();
    insta::assert_snapshot!(clip, @r##"
    .mp4 video/mp4 8
    /ants/media/poster-20.F.jpg 20 15 image/jpeg [] image/webp /ants/media/poster-20.F.webp 20w
    <span class="picture poster">[…]<picture><source type="image/webp" srcset="/ants/media/poster-20.F.webp 20w" sizes="10rem"><img src="/ants/media/poster-20.F.jpg" alt="A &lt;clip&gt;" width="20" height="15" loading="eager" fetchpriority="high"></picture></span>
    image/svg+xml <span class="picture"><img src="/ants/still.svg" alt="Still" width="9" height="7" loading="lazy" decoding="async"></span>
    "##);
}
