//! Ends of lines between characters of every width.

use super::super::{Options, to_html};
use super::{Diagnostics, HtmlPolicy, fill, html};
use crate::base::ContentPath;

/// As [`html`], in a language without spaces.
fn chinese(text: &str, html: HtmlPolicy) -> String {
    let options = Options { unspaced: true, html, ..Options::default() };
    let mut out = String::new();
    to_html(text, 0, &ContentPath::new("a"), &options, None, &mut Diagnostics::new()).write(&mut out, fill);
    out
}

/// Whether a line break between two texts is no space, in any language and in Chinese.
fn removed(before: &str, after: &str) -> (bool, bool) {
    let text = format!("{before}\n{after}");
    let is_joined = |out: String| {
        let joined = format!("<p>{before}{after}</p>\n");
        assert!(out == joined || out == format!("<p>{text}</p>\n"), "{out}");
        out == joined
    };
    (is_joined(html(&text)), is_joined(chinese(&text, HtmlPolicy::Clean)))
}

#[test]
fn breaks_go_by_the_width_of_both_neighbours() {
    // A sample of each East Asian Width, and those that the rules name.
    let wide = ["测试", "テスト", "。", "𠮟", "ＦＵＬＬ", "ﾃｽﾄ", "（", "\u{3000}、", "ꀀ"];
    let other = ["narrow", "آزمون", "■", "Ω", "é", "12", "테스트", "ￊ", "♻"];
    for before in wide {
        for after in wide {
            assert_eq!(removed(before, after), (true, true), "{before} {after}");
        }
        for after in other {
            // ■ and ♻ are symbols, of ambiguous width and an emoji; Ω is a letter.
            let chinese = matches!(after, "■" | "♻");
            assert_eq!(removed(before, after), (false, chinese), "{before} {after}");
            assert_eq!(removed(after, before), (false, chinese), "{after} {before}");
        }
    }
    for before in other {
        for after in other {
            assert_eq!(removed(before, after), (false, false), "{before} {after}");
        }
    }
}

#[test]
fn breaks_beside_quotation_marks_emoji_and_zero_width_spaces() {
    for (before, after, any, chinese) in [
        ("他说", "“好”", false, true),
        ("“好”", "他说", false, true),
        ("真……", "好", false, true),
        ("真", "——好", false, true),
        ("“", "A", false, false),
        ("한", "“", false, false),
        // Wide emoji are wide; beside one, ambiguous marks stay apart.
        ("真", "🎉", true, true),
        ("🎉", "🎊", true, true),
        ("🎉", "“好”", false, false),
        ("🎉", "a", false, false),
        ("a\u{200B}", "b", true, true),
        ("a", "\u{200B}b", true, true),
        ("한\u{200B}", "국", true, true),
        // A variation selector is no neighbour, nor is what hangs on one.
        ("葛\u{E0100}", "城", true, true),
        ("塚\u{FE00}", "城", true, true),
        ("真", "#好", false, true),
    ] {
        assert_eq!(removed(before, after), (any, chinese), "{before} {after}");
    }
}

#[test]
fn neighbours_are_those_that_readers_see() {
    for (text, expected) in [
        ("真**的**\n好", "真<strong>的</strong>好"),
        ("真**的\n好**", "真<strong>的好</strong>"),
        ("真**的** \n**好**", "真<strong>的</strong><strong>好</strong>"),
        ("真[的](x.md)\n好", "真<a href=\"L:x.md\">的</a>好"),
        ("真\n[*的*](x.md)", "真<a href=\"L:x.md\"><em>的</em></a>"),
        ("真`码`\n`码`好", "真<code>码</code><code>码</code>好"),
        ("真`x`\n好", "真<code>x</code>\n好"),
        ("真\n好\n的", "真好的"),
        ("真\\\n好", "真<br>\n好"),
        ("真  \n好", "真<br>\n好"),
        ("真 \n 好", "真好"),
        ("真<b>的</b>\n好", "真<b>的</b>好"),
        ("真&#x7684;\n好", "真的好"),
        ("真\n[](figure:f)列", "真\n<data value=\"f\">-</data>列"),
        ("真[](figure:f)\n列", "真<data value=\"f\">-</data>\n列"),
        ("真\n[多](figure:f)", "真<data value=\"f\">多</data>"),
        ("真\n![图](a.png)", "真\n<img src=\"I:a.png\" alt=\"图\">"),
        ("![图\n像](a.png)", "<img src=\"I:a.png\" alt=\"图像\">"),
    ] {
        assert_eq!(html(text), format!("<p>{expected}</p>\n"), "{text:?}");
    }
    assert_eq!(html("真的\n好\n=="), "<h2 id=\"真的好\">真的好</h2>\n");
    assert_eq!(html("A\n真\n=="), "<h2 id=\"a-真\">A\n真</h2>\n");
    assert!(html("真。[^1]\n好\n\n[^1]: 注\n释").starts_with("<p>真。<sup class="), "no space after a note");
    assert!(html("真。[^1]\n好\n\n[^1]: 注\n释").contains("</sup>好</p>"));
    assert!(html("真。[^1]\n好\n\n[^1]: 注\n释").contains("<p>注释 <a"));
    assert_eq!(html("```\n真\n好\n```"), "<pre tabindex=\"0\"><code>真\n好\n</code></pre>\n");
    assert_eq!(html("<div>\n真\n好\n</div>"), "<div>\n真\n好\n</div>\n");
    // What is shown as text has neighbours of its own.
    assert_eq!(chinese("真<b>\n好", HtmlPolicy::Escape), "<p>真&lt;b&gt;\n好</p>\n");
}
