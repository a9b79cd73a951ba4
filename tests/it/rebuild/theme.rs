//! A theme whose pages write down the whole of what they see: what a page depends on and does not
//! show is nothing, so that each page that was made and stayed the same was made for nothing.

use bashu::render::NAMES;

use crate::dice::Dice;

const KINDS: [&str; 8] = ["home", "section", "topics", "topic", "article", "page", "404", "landing"];

/// What texts call: a badge, and a panel that shows the figures of its article and one that it is
/// given. A site with `plain` has it as well, in a file of its own.
pub(crate) const BADGE: &str = "{% component badge(text: string, shown = none, alt = none, @lang: map, @settings: map) -%}
<b lang=\"{{ lang.tag }}\" title=\"{{ settings }} {{ asset(path=\"style.css\") }}\">{{ text }} {{ t(key=\"badge\") }} {{ shown }}{{ picture(of=shown, alt=alt) }}</b>
{%- endcomponent badge %}
{% component panel(@figures: array, of = none, @id: string, @settings: map) -%}
<b title=\"{{ settings }}\">{{ figures }}{{ of }}{% if of %}{{ chart(kind=\"bars\", title=\"Panel\", figures=[of], id=id) }}{% endif %}</b>
{%- endcomponent panel %}
";

/// The strings that Bashu asks for, and two of the theme's own; `number` makes them new words.
pub(crate) fn strings(code: &str, number: usize) -> String {
    let keys = [
        "topics",
        "not-found",
        "footnotes",
        "footnote-back",
        "alert-note",
        "greeting",
        "task-done",
        "task-open",
    ];
    let mut text: String = keys.iter().map(|key| format!("{key} = {key} {code} {number}\n")).collect();
    for key in ["unit-trip", "unit-kg", "unit-percent", "unit-person-per-day", "bound-over", "bound-about"] {
        text.push_str(&figure_string(key, code, number));
    }
    text.push_str(&format!("redirect = {code} {number} moved to {{ $url }}\n"));
    text.push_str(&format!("feed-title-topic = {{ $site }}: {{ $topic }} {code} {number}\n"));
    text
}

/// A string that writes figures. Some have a compact form, some bounds stand within the unit.
pub(crate) fn figure_string(key: &str, code: &str, number: usize) -> String {
    let argument = if key.starts_with("unit-") || number.is_multiple_of(2) { "number" } else { "quantity" };
    let compact = if number.is_multiple_of(3) {
        format!("    .compact = {{ ${argument} }}c{number}\n")
    } else {
        String::new()
    };
    format!("{key} = {{ ${argument} }} {key} {code} {number}\n{compact}")
}

/// The theme's files. Not every site has pages that see all: where each page shows what changed
/// anyhow, no other reason to make it would be missed.
pub(crate) fn files(dice: &mut Dice) -> Vec<(String, String)> {
    let at = |path: &str| format!("themes/telling/{path}");
    let mut files = vec![
        (at("theme.yaml"), "name: telling\nsettings:\n  greeting: {type: text, default: hello}\n".to_owned()),
        (at("assets/style.css"), "@import \"_part.css\";\na { color: red }\n".to_owned()),
        (at("assets/_part.css"), "b { background: url(dot.svg) }\n".to_owned()),
        (at("assets/dot.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n".to_owned()),
        (at("templates/components/badge.html"), BADGE.to_owned()),
        (at("strings/en.ftl"), strings("en", 0) + "badge = badge\n"),
        (at("strings/zh.ftl"), strings("zh", 0)),
    ];
    let shown = dice.some(NAMES.len(), 1).into_iter().map(|i| NAMES[i]);
    let mut view: String = shown.map(|name| format!("{name}: {{{{ {name} }}}}\n")).collect();
    if !view.contains("\npage: ") && !dice.one_in(4) {
        view.push_str("page: {{ page }}\n");
    }
    view.push_str("{{ t(key=\"greeting\") }}\n");
    if view.contains("translations: ") {
        view.push_str("{% for l in translations %}{{ t(key=\"topics\", lang=l.code) }}{% endfor %}\n");
    }
    files.push((at("templates/all.html"), view));
    for kind in KINDS {
        files.push((at(&format!("templates/{kind}.html")), "{% include \"all.html\" %}\n".to_owned()));
    }
    files
}
