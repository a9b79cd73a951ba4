//! SVG files of editors, and of people who mean harm.

use super::*;

const HEAD: &str = r#"<svg xmlns="http://www.w3.org/2000/svg""#;

/// Cleans what stands in an `svg`, and gives what stands in it then. What is cleaned can be cleaned again,
/// and is read as XML by a strict reader.
fn inside(content: &str) -> String {
    let head = r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:i="http://www.inkscape.org/namespaces/inkscape""#;
    let cleaned = whole(&format!("{head}>{content}</svg>"));
    let start = cleaned.find('>').unwrap() + 1;
    cleaned[start..].strip_suffix("</svg>\n").unwrap().to_owned()
}

fn whole(text: &str) -> String {
    let cleaned = clean(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    assert_eq!(clean(&cleaned).as_deref(), Ok(&*cleaned), "cleaned twice");
    #[cfg(feature = "images")]
    if let Err(error) = resvg::usvg::roxmltree::Document::parse(&cleaned) {
        panic!("{cleaned}: {error}");
    }
    cleaned
}

#[test]
fn what_draws_is_kept_as_it_is() {
    for content in [
        r#"<g fill="none" stroke="currentColor" stroke-width="2" transform="translate(1 2) rotate(45)"><path d="M0 0h4"/></g>"#,
        r##"<defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient></defs><rect fill="url(#a)"/>"##,
        r##"<use xlink:href="#a" x="1"/><use href="#嘉陵"/>"##,
        r#"<title>A river &amp; two cities</title><desc xml:lang="zh">一条江 &lt;两座城&gt;</desc>"#,
        r#"<text x="1" xml:space="preserve"> 嘉陵江 <tspan font-weight="bold">flows</tspan> </text>"#,
        r##"<style type="text/css">.a &gt; .b{fill:#fff;mask:url("#m")} .c{content:"\201C"}</style>"##,
        r#"<image href="data:image/png;base64,iVBORw0KGgo=" width="4"/>"#,
        r#"<style>@font-face{font-family:x;src:url(data:font/woff2;base64,d09GMg==)}</style>"#,
        r#"<g role="img" aria-labelledby="t" class="x" data-name="Layer 1" style="fill:rgb(1,2,3)"/>"#,
        r##"<circle r="3"><animate attributeName="r" values="3;5" dur="2s"/><set attributeName="fill" to="#000"/></circle>"##,
        r##"<filter id="f"><feGaussianBlur stdDeviation="2"/><feImage href="#p"/></filter>"##,
        r##"<a href="#part"><path d="M0 0"/></a>"##,
        "",
    ] {
        assert_eq!(inside(content), content);
    }
}

#[test]
fn what_runs_or_asks_others_goes() {
    for (content, expected) in [
        // Scripts, in every guise.
        ("<script>alert(1)</script><g/>", "<g/>"),
        ("<script href='//evil.example/x.js'/><g/>", "<g/>"),
        ("<h:script>alert(1)</h:script><g/>", "<g/>"),
        ("<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script><g/>", "<g/>"),
        ("<g><script><![CDATA[</script><script>]]></script></g>", "<g></g>"),
        ("<handler type='text/javascript'>alert(1)</handler><g/>", "<g/>"),
        // HTML.
        ("<foreignObject><h:iframe src='https://evil.example'/></foreignObject><g/>", "<g/>"),
        ("<h:img src='x' onerror='alert(1)'/><iframe src='x'/><g/>", "<g/>"),
        ("<iframe xmlns='' src='x'/><g/>", "<g/>"),
        ("<g xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></g>", ""),
        // Handlers.
        ("<g onclick='alert(1)' ONLOAD='alert(1)' onbegin='x' h:onclick='x'/>", "<g/>"),
        ("<animate onbegin='alert(1)' attributeName='x'/>", r#"<animate attributeName="x"/>"#),
        ("<set attributeName='onmouseover' to='alert(1)'/><g/>", "<g/>"),
        // Where things lead.
        ("<a href='javascript:alert(1)'><g/></a>", "<a><g/></a>"),
        ("<a href=' &#106;ava&#x0A;script:alert(1)'/>", "<a/>"),
        ("<a xlink:href='https://evil.example'/>", "<a/>"),
        ("<a href='#a' ping='https://evil.example'/>", r##"<a href="#a"/>"##),
        ("<use href='https://evil.example/x.svg#a'/><use xlink:href='other.svg#a'/>", "<use/><use/>"),
        ("<use href='data:image/svg+xml;base64,PHN2Zz4='/>", "<use/>"),
        ("<use href='data:image/png;base64,AAAA'/>", "<use/>"),
        ("<image href='https://evil.example/pixel.gif'/>", "<image/>"),
        ("<image href='file:///etc/passwd'/><image href='//evil.example'/>", "<image/><image/>"),
        ("<image href='data:image/svg+xml;base64,PHN2Zz4='/>", "<image/>"),
        ("<image href='data:text/html;base64,AAAA'/>", "<image/>"),
        ("<feImage xlink:href='https://evil.example/x'/>", "<feImage/>"),
        ("<animate attributeName='href' values='javascript:alert(1)'/><g/>", "<g/>"),
        ("<set attributeName='xlink:href' to='x'/><set attributeName=' h:HREF ' to='x'/><g/>", "<g/>"),
        ("<g xml:base='https://evil.example/'/>", "<g/>"),
        // Style.
        ("<rect fill='url(https://evil.example/#a)'/>", r##"<rect fill="url(#)"/>"##),
        ("<rect fill='URL( \"https://evil.example\" ) red'/>", r##"<rect fill="url(#) red"/>"##),
        ("<rect fill='u\\72l(https://evil.example)'/>", "<rect/>"),
        ("<rect style='fill:\\75 rl(//evil.example)'/>", "<rect/>"),
        ("<rect style='background:image-set(\"https://evil.example\" 1x)'/>", "<rect/>"),
        (
            "<animate attributeName='fill' to='url(//evil.example)'/>",
            r##"<animate attributeName="fill" to="url(#)"/>"##,
        ),
        (
            "<style>@import url(https://fonts.example/css2?a=1;b);.a{fill:red}</style>",
            "<style> .a{fill:red}</style>",
        ),
        ("<style>@IMPORT 'https://evil.example/;x.css' screen;.a{}</style>", "<style> .a{}</style>"),
        (
            "<style>@im@import 'x';port 'https://evil.example';</style>",
            "<style>@im port 'https://evil.example';</style>",
        ),
        ("<style>.a{fill:u<!-- -->rl(https://evil.example)}</style>", "<style>.a{fill:url(#)}</style>"),
        ("<style>.a{fill:u<![CDATA[rl(//evil.example)}]]></style>", "<style>.a{fill:url(#)}</style>"),
        ("<style>.a{fill:u&#114;l(//evil.example)}</style>", "<style>.a{fill:url(#)}</style>"),
        ("<style>.a{fill:url(\"#a\n url(//evil.example)\")}</style>", "<style>.a{fill:url(#)\")}</style>"),
        ("<style>@\\69mport '//evil.example';</style><g/>", "<g/>"),
        ("<style>.a{background:src(\"//evil.example\")}</style><g/>", "<g/>"),
        ("<style>.a{fill:url(//evil.example</style>", "<style>.a{fill:url(#)</style>"),
        ("<style>.a{}<script>alert(1)</script></style>", "<style>.a{}</style>"),
        // Instructions, comments, names that cannot be.
        ("<?xml-stylesheet href='https://evil.example/x.css'?><g/>", "<g/>"),
        ("<!-- a place --><g/>", "<g/>"),
        ("<g a:b='1' x&y='2' 1a='3' id='4'/>", r#"<g id="4"/>"#),
        ("<g id='a&quot;&gt;&lt;script&gt;'/>", r#"<g id="a&quot;&gt;&lt;script&gt;"/>"#),
        ("<g id='a\tb&#10;c&#1;'/>", r#"<g id="a b c"/>"#),
        (
            "<text>&lt;script&gt;]]&gt;<![CDATA[<b>&]]>&#1;</text>",
            "<text>&lt;script&gt;]]&gt;&lt;b&gt;&amp;</text>",
        ),
        (
            "<use xlink:href='#a' l:href='#b' xmlns:l='http://www.w3.org/1999/xlink'/>",
            r##"<use xlink:href="#a"/>"##,
        ),
        // What editors leave.
        ("<metadata><rdf>by me</rdf></metadata><i:grid/><g i:label='Layer 1' id='a'/>", r#"<g id="a"/>"#),
        ("\n  <g>\n  text that is not drawn\n  </g>\n", "<g></g>"),
    ] {
        assert_eq!(inside(content), expected, "{content}");
    }
}

#[test]
fn a_file_of_an_old_editor_is_read() {
    let text = r##"<?xml version="1.0" encoding="utf-8"?>
<?xml-stylesheet type="text/css" href="https://evil.example/x.css"?>
<!-- Generator -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
    <!ENTITY ns_svg "http://www.w3.org/2000/svg">
    <!ENTITY ns_xlink "http://www.w3.org/1999/xlink">
    <!ENTITY red "fill:#c00">
    <!ENTITY far SYSTEM "https://evil.example/x">
]>
<svg:svg xmlns:svg="&ns_svg;" xmlns:x="&ns_xlink;" viewBox="0 0 4 3"><svg:g style="&red;"><svg:use x:href="#a"/></svg:g></svg:svg>"##;
    let expected = r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 4 3"><g style="fill:#c00"><use xlink:href="#a"/></g></svg>
"##;
    assert_eq!(whole(text), expected);
    assert_eq!(whole(&format!("\u{feff}{text}")), expected);
}

#[test]
fn what_browsers_would_not_show_is_refused() {
    for (text, expected) in [
        ("", "ends too early"),
        ("<svg viewBox='0 0 1 1'/>", "its first element is no `svg` with xmlns="),
        ("<html xmlns='http://www.w3.org/1999/xhtml'/>", "its first element is no `svg`"),
        (&format!("{HEAD}>"), "ends too early"),
        (&format!("{HEAD}><script>"), "ends too early"),
        (&format!("{HEAD}>\n<g></svg>"), "line 2:"),
        (&format!("{HEAD}/>{HEAD}/>"), "two elements at its top"),
        (&format!("{HEAD}><g a='1' a='2'/></svg>"), "line 1:"),
        (&format!("{HEAD}>\n\n<text>&lol;</text></svg>"), "line 3: nothing says what `&lol;` is"),
        (&format!("{HEAD}><g id='&lol;'/></svg>"), "lol"),
        (&format!("{HEAD}>\u{1}</svg>"), "U+0001"),
        (&format!("{HEAD}>{}{}</svg>", "<g>".repeat(200), "</g>".repeat(200)), "more than 200 deep"),
        (&format!("<!DOCTYPE svg [<!ENTITY a '<script/>'>]>{HEAD}><text>&a;</text></svg>"), "`&a;`"),
        (
            &format!("<!DOCTYPE svg [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]>{HEAD}><text>&c;</text></svg>"),
            "`&c;`",
        ),
    ] {
        let fault = clean(text).expect_err(text);
        assert!(fault.0.contains(expected), "{text}: {fault}");
    }
}

#[test]
fn sizes_are_those_that_browsers_give() {
    for (attributes, expected) in [
        (r#"width="40" height="30""#, Some((40, 30))),
        (r#"width=" 40px " height="30.6px" viewBox="0 0 1 1""#, Some((40, 31))),
        (r#"viewBox="0 0 400 300.2""#, Some((400, 300))),
        (r#"viewBox="-5,-5, 10	20""#, Some((10, 20))),
        (r#"width="200" viewBox="0 0 400 300""#, Some((200, 150))),
        (r#"height="150" viewBox="0 0 400 300""#, Some((200, 150))),
        (r#"width="100%" height="100%" viewBox="0 0 400 300""#, Some((400, 300))),
        (r#"width="1in" height="25.4mm""#, Some((96, 96))),
        (r#"width="72pt" height="6pc""#, Some((96, 96))),
        (r#"width="1e2" height="0.1""#, Some((100, 1))),
        (r#"width="4em" height="2em""#, None),
        (r#"width="40""#, None),
        (r#"viewBox="0 0 0 3""#, None),
        (r#"viewBox="0 0 3""#, None),
        (r#"viewBox="0 0 inf nan""#, None),
        ("", None),
    ] {
        assert_eq!(
            size(&format!("<?xml version='1.0'?>\n<!-- a -->{HEAD} {attributes}/>")),
            expected,
            "{attributes}"
        );
    }
}
