//! Formulas: where they stand, what they become, and what is wrong with them.

use super::super::tests::body;
use super::*;
use crate::article::{Slot, SlotKind};
use crate::config::HtmlPolicy;

fn html(text: &str) -> String {
    let (body, diags) = body(text, HtmlPolicy::Clean);
    assert!(diags.iter().next().is_none(), "{text}: {diags:?}");
    body.html
}

const X: &str =
    "<math><semantics><mi>x</mi><annotation encoding=\"application/x-tex\">x</annotation></semantics></math>";

#[test]
fn marks_beside_a_formula_stay_on_its_line() {
    for (text, expected) in [
        ("a $`x`$, b", "a [X,] b"),
        ("真$`x`$。", "真[X。]"),
        ("真（$`x`$）。假", "真[（X）。]假"),
        ("真（$`x`$假", "真[（X]假"),
        ("“$`x`$”<b>", "[“X”]&lt;b&gt;"),
        // What is between them may be the end of a line.
        ("真（ $`x`$ ）", "真（ X ）"),
        ("（*$`x`$*）", "（<em>X</em>）"),
        ("（\n$`x`$\n）", "（\nX\n）"),
        ("$`x`$$`x`$.", "X[X.]"),
    ] {
        let expected =
            expected.replace('X', X).replace('[', "<span class=\"math-held\">").replace(']', "</span>");
        let (body, _) = body(text, HtmlPolicy::Escape);
        assert_eq!(body.html, format!("<p>{expected}</p>\n"), "{text}");
        // Also where the formula waits for the rest to be cleaned.
        let (body, _) = super::super::tests::body(&format!("{text}\n\n<b>a</b>"), HtmlPolicy::Clean);
        assert!(
            body.html.contains("<b>a</b>")
                && body.html.matches("math-held").count() == expected.matches("math-held").count(),
            "{text}"
        );
    }
}

#[test]
fn code_between_dollars_is_a_formula() {
    for (text, expected) in [
        ("$`x`$", "X"),
        ("a $`x`$ b", "a X b"),
        ("$``x``$ $` x `$", "X X"),
        ("*$`x`$*", "<em>X</em>"),
        ("[$`x`$](https://e.org)", "<a href=\"https://e.org\">X</a>"),
        ("$`x`$`y`$", "X<code>y</code>$"),
        ("$`x`$$`x`$", "XX"),
        ("$$`x`$$", "$X$"),
        ("真$`x`$假", "真X假"),
        // Prices and code.
        ("$5 and `x`$", "$5 and <code>x</code>$"),
        ("$`x`", "$<code>x</code>"),
        ("`x`$", "<code>x</code>$"),
        ("\\$`x`$", "$<code>x</code>$"),
        ("&#36;`x`$", "$<code>x</code>$"),
        ("\\\\$`x`$", "\\X"),
        ("$ `x` $", "$ <code>x</code> $"),
        ("$*`x`*$", "$<em><code>x</code></em>$"),
        ("`$x$`", "<code>$x$</code>"),
    ] {
        assert_eq!(html(text), format!("<p>{}</p>\n", expected.replace('X', X)), "{text}");
    }
}

#[test]
fn a_block_is_a_formula_of_its_own() {
    assert!(html("> ```math\n> a\n> < b\n> ```\n").contains(">a\n&lt; b</annotation>"));
    let inner = X.replace("<math>", "<math display=\"block\">");
    for name in ["math", "Math"] {
        let block = html(&format!("```{name}\nx\n```\n"));
        assert_eq!(block, format!("<div class=\"math\" tabindex=\"0\">{inner}</div>\n"));
    }
}

#[test]
fn cleaning_takes_others_away_and_leaves_ours() {
    let text = "<b>y</b> $`x`$ <math><mi>z</mi></math> [a](b.md) $`x`$\n\n```math\nx\n```\n";
    let cleaned = html(text);
    assert_eq!(cleaned.matches("<mi>x</mi>").count(), 3, "{cleaned}");
    assert!(!cleaned.contains("<mi>z</mi>"));
    // What a tag left open swallows does not come back.
    let swallowed = html("<b title=\"\n$`x`$\n\n$`x`$");
    assert!(!swallowed.contains("title=\"<math"), "{swallowed}");
    // Nor can anybody ask for one.
    let forged = html("<b>\u{FDD0}m0\u{FDD1}</b> &#xFDD0;m0&#xFDD1; $`x`$");
    assert_eq!(forged.matches("<math").count(), 1, "{forged}");
}

#[test]
fn headings_and_descriptions_have_the_latex_as_text() {
    let (body, _) = body("## On $`x`$\n\n![a $`x`$](b.png)\n", HtmlPolicy::Clean);
    assert_eq!(body.headings[0].text, "On x");
    assert_eq!(body.headings[0].id, "on-x");
    assert_eq!(body.headings[0].html, format!("On {X}"));
    let alt = |slot: &Slot| match &slot.kind {
        SlotKind::Image { alt, .. } => alt.clone(),
        _ => None,
    };
    assert_eq!(body.slots.iter().find_map(alt).as_deref(), Some("a x"));
}

#[test]
fn equations_are_numbered_through_the_text() {
    let align = "```math\n\\begin{align} a \\end{align}\n```\n";
    let html = html(&format!("{align}\n{align}"));
    assert!(html.contains("(1)") && html.contains("(2)"), "{html}");
}

#[test]
fn faults_have_their_place() {
    for (text, at, message) in [
        ("真 $`a \\foo b`$", "\\foo", "unknown command `\\foo`"),
        ("a $`b\n\\foo`$", "\\foo", "unknown command `\\foo`"),
        ("> ```math\n> a\n> \\foo\n> ```", "\\foo", "unknown command `\\foo`"),
        ("```math\r\na\r\n\\foo\r\n```\r\n", "\\foo", "unknown command `\\foo`"),
        ("| a |\n|---|\n| $`\\foo\\|`$ |", "`\\foo\\|`", "unknown command `\\foo`"),
        ("```math\n```", "```math\n```", "nothing stands in it"),
        ("$`\\hspace{-9em}x`$", "\\hspace{-9em}x", "it asks for a measure that pages cannot have"),
        ("$`\\limits`$", "\\limits", "found `\\limits`, which may only appear after \\int, \\sum, ..."),
        ("$`\\eqref{x}`$", "\\eqref{x}", "it refers to an equation that has no label"),
    ] {
        let (body, diags) = body(text, HtmlPolicy::Clean);
        let fault = diags.iter().next().unwrap_or_else(|| panic!("{text:?}"));
        assert_eq!(&text[fault.labels[0].span.unwrap().range()], at, "{text:?}");
        assert!(fault.message.contains(message), "{text:?}: {}", fault.message);
        assert!(body.html.contains("<code>") && !body.html.contains("<math"), "{}", body.html);
    }
}

/// No formula has a style, an id or a link, whatever it asks for.
#[test]
fn what_latex_measures_becomes_classes() {
    for (latex, part) in [
        ("\\begin{aligned} a &= b \\end{aligned}", "<mtd class=\"math-end math-right-0\">"),
        ("\\begin{cases} a & b \\end{cases}", "math-left-18"),
        (
            "\\begin{array}{|c:r} \\hline a & b \\end{array}",
            "class=\"math-line-left math-line-top math-depth-0\"",
        ),
        ("\\begin{align} a \\label{l} \\end{align}", "class=\"math-half math-end\""),
        ("\\begin{multline} a \\\\ b \\end{multline}", "math-margin"),
        ("\\begin{array}{c} a \\\\ \\hdashline b \\end{array}", "math-dashes-top"),
        ("a \\! b", "<mspace class=\"math-back-3\"/>"),
        ("f'", "f"),
        ("x \\mathrel{R} y", "<mpadded class=\"math-left-5 math-right-5\">"),
        ("\\cfrac{1}{2}", "math-top-3"),
        ("\\sqrt{x}", "msqrt"),
        ("\\color{red} x", "<mrow mathcolor=\"#FF0000\">"),
        ("\\text{\\textsc{A} \\large b}", "math-small-caps"),
        ("\\text{\\large b}", "mathsize=\"120%\""),
        ("\\hspace{1cm} x", "<mspace width="),
        ("\\cancel{x}", "menclose-updiagonalstrike"),
        ("\\text{a style=\"b\" id=\"c\" <d>}", "a style=\"b\" id=\"c\" &lt;d&gt;"),
    ] {
        let mathml = Formulas::default().convert(latex, MathDisplay::Block);
        let mathml = mathml.unwrap_or_else(|fault| panic!("{latex}: {}", fault.message));
        assert!(mathml.contains(part), "{latex}: {mathml}");
        let tags: String = mathml.split('<').skip(1).filter_map(|tag| tag.split('>').next()).collect();
        assert!(!tags.contains(" style=") && !tags.contains(" id=") && !tags.contains("href"), "{mathml}");
    }
}

#[test]
fn depth_has_an_end() {
    for (open, close) in [
        ("{", "}"),
        ("\\sqrt ", ""),
        ("\\frac a ", ""),
        ("x^{", "}"),
        ("\\left(", "\\right)"),
        ("\\begin{matrix}", "\\end{matrix}"),
        ("\\text{\\textbf{", "}}"),
        ("{%}\n", "}"),
        ("{\\}", "}"),
        ("\\sqrt[", "]{x}"),
        ("\\color{red}", ""),
        ("(", ")"),
        ("'", ""),
    ] {
        for levels in [20, DEEPEST - 1, 2 * DEEPEST, 20_000] {
            let latex = open.repeat(levels) + "x" + &close.repeat(levels);
            let _ = Formulas::default().convert(&latex, MathDisplay::Block);
        }
    }
    assert_eq!(depth("a_1 + {b^{c} \\frac{d}{e}}"), 5);
}
