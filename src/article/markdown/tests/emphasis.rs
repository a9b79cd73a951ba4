//! Emphasis in Chinese, Japanese and Korean, and that marking it changes nothing else.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::super::{Options, flanking, syntax};
use super::{HtmlPolicy, html, slot_texts, with};

/// Markdown, and what becomes of it; where that is one paragraph, the paragraph's content.
///
/// All of it as `markdown-it-cjk-friendly` 3.0.0, which the authors of the amendments wrote, has it.
const CASES: &[(&str, &str)] = &[
    ("**真，**她", "<strong>真，</strong>她"),
    ("**真。**她", "<strong>真。</strong>她"),
    ("**真、**她", "<strong>真、</strong>她"),
    ("**真；**她", "<strong>真；</strong>她"),
    ("**真：**她", "<strong>真：</strong>她"),
    ("**真？**她", "<strong>真？</strong>她"),
    ("**真！**她", "<strong>真！</strong>她"),
    ("**真）**她", "<strong>真）</strong>她"),
    ("真**（她**", "真<strong>（她</strong>"),
    ("**真】**她", "<strong>真】</strong>她"),
    ("真**【她**", "真<strong>【她</strong>"),
    ("**真》**她", "<strong>真》</strong>她"),
    ("真**《她**", "真<strong>《她</strong>"),
    ("**真～**她", "<strong>真～</strong>她"),
    ("**真〃**她", "<strong>真〃</strong>她"),
    ("**真“**她", "<strong>真“</strong>她"),
    ("**真”**她", "<strong>真”</strong>她"),
    ("**真’**她", "<strong>真’</strong>她"),
    ("**真—**她", "<strong>真—</strong>她"),
    ("**真…**她", "<strong>真…</strong>她"),
    ("**真·**她", "<strong>真·</strong>她"),
    ("**真-**她", "<strong>真-</strong>她"),
    ("**真々**她", "<strong>真々</strong>她"),
    ("**真**她", "<strong>真</strong>她"),
    ("**真，** 她", "<strong>真，</strong> 她"),
    ("**真**，她", "<strong>真</strong>，她"),
    ("**真，**&ZeroWidthSpace;她", "<strong>真，</strong>\u{200B}她"),
    ("**“引文”**后", "<strong>“引文”</strong>后"),
    ("前**“引文”**后", "前<strong>“引文”</strong>后"),
    ("前**\"引文\"**后", "前<strong>\"引文\"</strong>后"),
    ("前**'引文'**后", "前<strong>'引文'</strong>后"),
    ("成渝**“双城”**记", "成渝<strong>“双城”</strong>记"),
    ("*成都。*重庆", "<em>成都。</em>重庆"),
    ("成都*（锦官城）*好", "成都<em>（锦官城）</em>好"),
    ("***成都。***重庆", "<em><strong>成都。</strong></em>重庆"),
    ("**_成都。_**重庆", "<strong><em>成都。</em></strong>重庆"),
    ("前**_成都。_**后", "前<strong><em>成都。</em></strong>后"),
    ("**成都*。*重庆**", "<strong>成都<em>。</em>重庆</strong>"),
    ("成都**(Chengdu)**好", "成都<strong>(Chengdu)</strong>好"),
    ("成都**[链接](https://e.org)**好", "成都<strong><a href=\"https://e.org\">链接</a></strong>好"),
    (
        "**[链接](https://e.org)**与**[链接](https://e.org)**好",
        "<strong><a href=\"https://e.org\">链接</a></strong>与<strong><a href=\"https://e.org\">链接</a></strong>好",
    ),
    ("前**`代码`**后", "前<strong><code>代码</code></strong>后"),
    ("前**<https://e.org>**后", "前<strong><a href=\"https://e.org\">https://e.org</a></strong>后"),
    ("税込**¥10,000**で", "税込<strong>¥10,000</strong>で"),
    ("正解は**④**です", "正解は<strong>④</strong>です"),
    (
        "**C#**や**F#**は**「.NET」**です",
        "<strong>C#</strong>や<strong>F#</strong>は<strong>「.NET」</strong>です",
    ),
    ("Git**（注：不是GitHub）**", "Git<strong>（注：不是GitHub）</strong>"),
    ("東京**（とうきょう）**都", "東京<strong>（とうきょう）</strong>都"),
    ("「成都」**「重庆」**", "「成都」<strong>「重庆」</strong>"),
    ("これは**大事なこと。**だから", "これは<strong>大事なこと。</strong>だから"),
    ("ﾃｽﾄ**（半角）**ﾃｽﾄ", "ﾃｽﾄ<strong>（半角）</strong>ﾃｽﾄ"),
    ("패키지를 **`npm`**를 실행", "패키지를 <strong><code>npm</code></strong>를 실행"),
    ("한국어**(괄호)**을 강조", "한국어<strong>(괄호)</strong>을 강조"),
    ("**한국어(괄호 포함)**을 강조", "<strong>한국어(괄호 포함)</strong>을 강조"),
    ("*이 텍스트(괄호)*는", "<em>이 텍스트(괄호)</em>는"),
    ("ᄀᄀ**(옛)**ᄀᄀ", "ᄀᄀ<strong>(옛)</strong>ᄀᄀ"),
    ("a**(b)**c", "a**(b)**c"),
    ("a**“b”**c", "a**“b”**c"),
    ("**a.**b", "**a.**b"),
    ("é**(b)**é", "é**(b)**é"),
    ("а**(б)**в", "а**(б)**в"),
    ("ไทย**(ก)**ไทย", "ไทย**(ก)**ไทย"),
    ("真**(a)**b", "真**(a)**b"),
    ("a**(b)**真", "a**(b)**真"),
    ("a**。b**", "a<strong>。b</strong>"),
    ("a**（b）**c", "a<strong>（b）</strong>c"),
    ("𰻞𰻞**（面）**好", "𰻞𰻞<strong>（面）</strong>好"),
    ("𰻞𰻞**(面)**好", "𰻞𰻞<strong>(面)</strong>好"),
    ("𠮟**(叱)**る", "𠮟<strong>(叱)</strong>る"),
    ("石𮧟**(面)**", "石𮧟<strong>(面)</strong>"),
    ("葛\u{E0100}**(地名)**城", "葛\u{E0100}<strong>(地名)</strong>城"),
    ("禰\u{E0100}**(地名)**豆", "禰\u{E0100}<strong>(地名)</strong>豆"),
    ("塚\u{FE00}**(塚)**好", "塚\u{FE00}<strong>(塚)</strong>好"),
    ("〽\u{FE0E}**(庵点)**は", "〽\u{FE0E}<strong>(庵点)</strong>は"),
    ("**“\u{FE01}Git”\u{FE01}**Hub", "<strong>“\u{FE01}Git”\u{FE01}</strong>Hub"),
    ("**a”\u{FE0E}**b", "**a”\u{FE0E}**b"),
    ("。\u{FE01}**(a)**b", "。\u{FE01}**(a)**b"),
    ("。\u{FE01}_Traditional._", "。\u{FE01}<em>Traditional.</em>"),
    ("。\u{FE01}__Hong Kong.__", "。\u{FE01}<strong>Hong Kong.</strong>"),
    ("体。\u{FE00}_Simplified._", "体。\u{FE00}<em>Simplified.</em>"),
    ("字”\u{FE0E}_a_", "字”\u{FE0E}<em>a</em>"),
    ("字”\u{FE01}_a_", "字”\u{FE01}<em>a</em>"),
    ("字_，a_", "字_，a_"),
    ("字，_好_。", "字，<em>好</em>。"),
    ("__注意__：事项", "<strong>注意</strong>：事项"),
    ("注意：__事项__", "注意：<strong>事项</strong>"),
    ("真_她_真", "真_她_真"),
    ("真，_她_真", "真，_她_真"),
    ("_真。_她", "_真。_她"),
    ("__真。__她", "__真。__她"),
    ("（_真_）", "（<em>真</em>）"),
    ("😀**(a)**b", "😀**(a)**b"),
    ("😀**（a）**b", "😀<strong>（a）</strong>b"),
    ("a**😀**b", "a**😀**b"),
    ("**好😀**好", "<strong>好😀</strong>好"),
    ("真**✅**好", "真<strong>✅</strong>好"),
    ("真**♻\u{FE0F}（a）**好", "真<strong>♻\u{FE0F}（a）</strong>好"),
    ("ㄅ**(注音)**ㄆ", "ㄅ<strong>(注音)</strong>ㄆ"),
    ("꒐**(彝)**꒐", "꒐<strong>(彝)</strong>꒐"),
    ("〈**a**〉", "〈<strong>a</strong>〉"),
    ("a〈**〈a〉**b", "a〈<strong>〈a〉</strong>b"),
    ("\\**真，**她", "**真，**她"),
    ("\\\\**真，**她", "\\<strong>真，</strong>她"),
    ("真\\***，她*", "真***，她*"),
    ("真*\\*，她*", "真<em>*，她</em>"),
    ("> **真，**她", "<blockquote>\n<p><strong>真，</strong>她</p>\n</blockquote>"),
    (">**真，**她", "<blockquote>\n<p><strong>真，</strong>她</p>\n</blockquote>"),
    ("- **真，**她", "<ul>\n<li><strong>真，</strong>她</li>\n</ul>"),
    ("1. **真，**她", "<ol>\n<li><strong>真，</strong>她</li>\n</ol>"),
    ("   **真，**她", "<strong>真，</strong>她"),
    ("真**\u{3000}她**", "真**\u{3000}她**"),
    ("\u{3000}**真，**她", "\u{3000}<strong>真，</strong>她"),
    ("*真**，她**好*", "<em>真<strong>，她</strong>好</em>"),
    ("**真*，她*好**", "<strong>真<em>，她</em>好</strong>"),
    ("真**，*她*，**好", "真<strong>，<em>她</em>，</strong>好"),
    ("**真，**她**真，**她", "<strong>真，</strong>她<strong>真，</strong>她"),
    ("《**真**》她", "《<strong>真</strong>》她"),
    ("**（真）****（她）**", "<strong>（真）****（她）</strong>"),
    ("~~删除（旧）。~~新", "<del>删除（旧）。</del>新"),
    ("旧~~（旧）~~新", "旧<del>（旧）</del>新"),
    ("a~~a()~~あ", "a<del>a()</del>あ"),
    ("a~~「a~~」", "a<del>「a</del>」"),
    ("「~~a」~~a", "「<del>a」</del>a"),
    ("~~a~~：~~a~~", "<del>a</del>：<del>a</del>"),
    ("葛\u{E0100}~~()a~~a", "葛\u{E0100}<del>()a</del>a"),
    ("**~~真。~~**她", "<strong><del>真。</del></strong>她"),
    ("~~**真。**~~她", "<del><strong>真。</strong></del>她"),
];

#[test]
fn emphasis_is_as_the_amendments_define_it() {
    let mut wrong = Vec::new();
    for &(text, expected) in CASES {
        let found = with(text, HtmlPolicy::Allow);
        let found = found.trim_end();
        let one = found.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
        let found = one.filter(|one| !one.contains("<p>")).unwrap_or(found);
        if found != expected {
            wrong.push(format!("{text:?}\n     is {found}\n not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), CASES.len(), wrong.join("\n"));
}

#[test]
fn emphasis_is_found_in_every_block() {
    insta::assert_snapshot!(html("# **真，**她\n\n| **真，**她 | 他**（她）**他|**真**|\n|---|---|---|\n|**真。**她|真**真**|*（真）*真|\n\n词\n: **真，**她[^1]\n\n>**真**真\n>**真**真\n\n[^1]: **真，**她\n"), @r##"
    <h2 id="真-她"><strong>真，</strong>她</h2>
    <div class="table" tabindex="0"><table>
    <thead>
    <tr><th scope="col"><strong>真，</strong>她</th><th scope="col">他<strong>（她）</strong>他</th><th scope="col"><strong>真</strong></th></tr>
    </thead>
    <tbody>
    <tr><td><strong>真。</strong>她</td><td>真<strong>真</strong></td><td><em>（真）</em>真</td></tr>
    </tbody>
    </table></div>
    <dl>
    <dt>词</dt>
    <dd><strong>真，</strong>她<sup class="footnote-ref"><a href="#fn-1" id="fnref-1" role="doc-noteref">1</a></sup></dd>
    </dl>
    <blockquote>
    <p><strong>真</strong>真<strong>真</strong>真</p>
    </blockquote>
    <section class="footnotes" role="doc-endnotes" aria-label="T:footnotes">
    <ol>
    <li id="fn-1">
    <p><strong>真，</strong>她 <a href="#fnref-1" class="footnote-back" role="doc-backlink" aria-label="T:footnote-back">↩︎</a></p>
    </li>
    </ol>
    </section>
    "##);
}

#[test]
fn code_links_html_and_references_keep_their_text() {
    insta::assert_snapshot!(with("`a*，b` ``**，`` <b title=\"真*，*\">真**（x）**真</b> <https://e.org/真_（x）_y> &#x2E30;**，真**她\n\n[真*，*她](真*，*她.md \"真*，*她\") [文**真，**她] ![真**（图）**](真*，.png)\n\n```真*，*她\n真*，*她\n```\n\n    真*，*她\n\n```{c}\ntext: 真*，*她\n```\n\n## 题 {#真*，*她 .真*，*她}\n\n[文**真，**她]: b*，*c '真*，*她'\n", HtmlPolicy::Allow), @r##"
    <p><code>a*，b</code> <code>**，</code> <b title="真*，*">真<strong>（x）</strong>真</b> <a href="https://e.org/%E7%9C%9F_%EF%BC%88x%EF%BC%89_y">https://e.org/真_（x）_y</a> ⸰<strong>，真</strong>她</p>
    <p><a href="L:真*，*她.md" title="真*，*她">真<em>，</em>她</a> <a href="L:b*，*c" title="真*，*她">文<strong>真，</strong>她</a> <img src="I:真*，.png" alt="真（图）"></p>
    <pre tabindex="0"><code class="language-真*，*她">真*，*她
    </code></pre>
    <pre tabindex="0"><code>真*，*她
    </code></pre>
    <div class="c">{&quot;text&quot;:&quot;真*，*她&quot;}</div>
    <h2 id="真*，*她" class="真*，*她">题</h2>
    "##);
    // A text that holds what would be marks has others, and one that holds all of them has none.
    let all: String = ('\u{2E30}'..='\u{2E4F}').collect();
    assert_eq!(html("⸰⸱**真，**她"), "<p>⸰⸱<strong>真，</strong>她</p>\n");
    assert_eq!(html(&format!("{all}**真，**她")), format!("<p>{all}**真，**她</p>\n"));
    assert_eq!(slot_texts("**真，**她**（[x](真*，*.md)）**她[y](z.md)"), ["真*，*.md", "z.md"]);
}

/// The events of a text without the runs that the marking is about, which become text or tags.
fn rest<'t>(events: impl Iterator<Item = Event<'t>>) -> (Vec<Event<'t>>, String) {
    let (mut others, mut text) = (Vec::new(), String::new());
    for event in events {
        match event {
            Event::Text(t) => text.extend(t.chars().filter(|c| !matches!(c, '*' | '_' | '~'))),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {}
            event => others.push(event),
        }
    }
    (others, text)
}

#[test]
fn marks_come_out_of_any_text_without_a_trace() {
    const PIECES: &[&str] = &[
        "*",
        "**",
        "***",
        "_",
        "__",
        "~~",
        "~",
        "真",
        "她",
        "，",
        "。",
        "（",
        "）",
        "“",
        "”",
        "\u{FE0E}",
        "\u{FE01}",
        "\u{E0100}",
        "𰻞",
        "한",
        "😀",
        "a",
        "é",
        " ",
        "\n",
        "\n\n",
        "(",
        ")",
        "\"",
        "`",
        "``",
        "\\",
        "[",
        "](u*，v)",
        "](<真_（x）_>)",
        "![",
        "[r，*]",
        "\n\n[r，*]: r*，*.md\n\n",
        "<b c=\"*，*\">",
        "<i>",
        "<https://e.org/*，*>",
        "&amp;",
        "&#x2E30;",
        "⸰",
        "|",
        "\n|-|-|\n",
        "> ",
        ">",
        "- ",
        "\n    ",
        "\n```*，\n",
        "[^n]",
        "\n\n[^n]: ",
        "# ",
        " {#真*，}",
        "\r\n",
        "\t",
    ];
    let mut state = 11u64;
    let mut random = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    let syntax = syntax(&Options::default());
    let mut marked_texts = 0;
    for _ in 0..20_000 {
        let text: String = (0..random(24)).map(|_| PIECES[random(PIECES.len())]).collect();
        let Some(marked) = flanking::mark(&text) else { continue };
        marked_texts += 1;
        let events = Parser::new_ext(&marked.text, syntax).into_offset_iter();
        let events: Vec<_> = events.filter_map(|event| marked.unmark(event)).collect();
        for (event, place) in &events {
            let there = text.get(place.clone()).unwrap_or_else(|| panic!("{text:?} {event:?} {place:?}"));
            if let Event::Text(pulldown_cmark::CowStr::Borrowed(t)) = event {
                assert!(
                    t.trim() == there.trim() || there.contains('&') || there.contains('\\'),
                    "{text:?} {t:?} {there:?}"
                );
            }
        }
        let plain = rest(Parser::new_ext(&text, syntax));
        assert_eq!(rest(events.into_iter().map(|(event, _)| event)), plain, "{text:?}");
    }
    assert!(marked_texts > 5_000, "{marked_texts}");
}

/// A reference in the place of a letter changes nothing but that runs around it get their marks.
#[test]
fn what_needs_no_marks_is_the_same_with_marks() {
    let mut random = 1u64;
    let mut below = |n: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % n
    };
    let pieces = [
        "**",
        "**",
        "**",
        "*",
        "***",
        "_",
        "__",
        "~~",
        "成都府",
        "成都府",
        "成都府",
        "**成都府**",
        "*成都府*",
        "，",
        "，",
        "。",
        "“",
        "A都b",
        " ",
        "\n",
        "\n\n",
        "`",
        "[",
        "](x)",
        "<b>",
        "\\",
        "(",
        "|",
        ">",
    ];
    let marks = |text: &str| flanking::mark(text).map_or(0, |marked| marked.text.len() - text.len());
    let mut without = 0;
    for _ in 0..15_000 {
        let text: String = (0..3 + below(12)).map(|_| pieces[below(pieces.len())]).collect();
        let spelled = text.replace('都', "&#37117;");
        without += usize::from(marks(&text) < marks(&spelled));
        let [plain, spelled] = [html(&text), html(&spelled)].map(|html| html.replace("&amp;#37117;", "都"));
        assert_eq!(plain, spelled, "{text:?}");
    }
    assert!(without > 1_000, "{without} texts have fewer marks");
}
