//! Two texts, and the edits of them: each with a label, and whether it makes a translation stale.

pub(super) const ENGLISH: &str = "\
---
# The trains of the year.
title: Freight trains
summary: Two cities, one brand.
date: 2023-12
topics: [transport]
figures:
  trips: {value: 4248, unit: trip, period: 2023-01/2023-09, label: freight-train trips}
  cities: {value: 2, label: cities}
source: {title: Year-end review, url: https://example.org/a}
cover: {image: train.jpg, alt: A train, caption: The first train}
---

## Brand

The trains of *Chengdu* and **Chongqing** now carry the same logo. They made [4,248](figure:trips) trips, and [the air routes](air.en.md \"Routes\") are counted apart.[^1]

- one logo
- one fare system
- one dispatcher

1. First
2. Second

> The two cities speak with one voice.

> [!NOTE]
> The count covers nine months.

| month | trips |
|-------|------:|
| May   | 400   |

```
fare = 4
```

```{quote}
text: One brand at last.
by: A reader
```

![A map](map.png \"The map\")

<details><summary>More</summary>Details.</details>

Term
: What it means.

The fare is 4 yuan.\\
It is flat.

[^1]: Counted by the two airports.
";

pub(super) const CHINESE: &str = "\
---
title: 货运班列
summary: 两座城市，一个品牌。
date: 2023-12
---

成都和重庆的班列如今使用同一标识。它们开行了4248列，航线另计。

由GitHub上的记录统计，**两地**合计。
";

/// What an edit does to the original's file.
pub(super) enum Edit {
    /// Puts the second text in the place of the first, which stands there once.
    Put(&'static str, &'static str),
    /// Ends lines as Windows does.
    Crlf,
    /// Puts a byte order mark first.
    Bom,
    /// Breaks every paragraph after so many characters: at spaces, and in Chinese anywhere.
    Wrap(usize),
}
use Edit::{Bom, Crlf, Put, Wrap};

const STALE: bool = true;
const SAME: bool = false;

pub(super) const IN_ENGLISH: &[(&str, bool, Edit)] = &[
    // Words.
    ("a typo is mended", STALE, Put("counted apart", "counted separately")),
    ("a letter is changed", STALE, Put("same logo", "sane logo")),
    ("a sentence is added", STALE, Put("same logo. They", "same logo. It is red. They")),
    (
        "a sentence is taken out",
        STALE,
        Put(
            " They made [4,248](figure:trips) trips, and [the air routes](air.en.md \"Routes\") are counted apart.[^1]",
            "[^1]",
        ),
    ),
    (
        "two sentences change places",
        STALE,
        Put("The fare is 4 yuan.\\\nIt is flat.", "It is flat.\\\nThe fare is 4 yuan."),
    ),
    ("a comma is added", STALE, Put("now carry", "now, carry")),
    ("a capital letter", STALE, Put("Two cities, one brand.", "Two Cities, one brand.")),
    ("a word is cut in two", STALE, Put("airports", "air ports")),
    ("two words are joined", STALE, Put("What it means", "Whatit means")),
    ("a number in the text", STALE, Put("[4,248]", "[4,249]")),
    ("a number in a sentence", STALE, Put("fare is 4 yuan", "fare is 5 yuan")),
    ("an apostrophe", STALE, Put("The fare", "The fare's sum")),
    ("a word in quotation marks", STALE, Put("one voice", "“one voice”")),
    ("a dash is added", STALE, Put("speak with", "speak – with")),
    ("a paragraph is added", STALE, Put("- one logo", "All is one now.\n\n- one logo")),
    ("a paragraph is cut in two", STALE, Put("same logo. They", "same logo.\n\nThey")),
    ("a paragraph is taken out", STALE, Put("The fare is 4 yuan.\\\nIt is flat.\n\n", "")),
    ("a heading is added", STALE, Put("Term\n:", "## Terms\n\nTerm\n:")),
    ("a heading is reworded", STALE, Put("## Brand", "## One brand")),
    ("a heading is lowered", STALE, Put("## Brand", "### Brand")),
    ("a heading becomes a paragraph", STALE, Put("## Brand", "Brand")),
    // Front matter that is translated.
    ("the title", STALE, Put("title: Freight trains", "title: The freight trains")),
    ("the summary", STALE, Put("one brand.\n", "one brand, at last.\n")),
    ("the summary is taken out", STALE, Put("summary: Two cities, one brand.\n", "")),
    ("a label", STALE, Put("freight-train trips", "trips by train")),
    ("a label is added", STALE, Put("  cities:", "  days: {value: 7, label: days}\n  cities:")),
    ("a figure is renamed", STALE, Put("  cities: {", "  towns: {")),
    ("a label is taken out", STALE, Put(", label: cities", "")),
    ("the source's title", STALE, Put("Year-end review", "The year-end review")),
    ("the picture's text", STALE, Put("alt: A train", "alt: A red train")),
    ("the picture's caption", STALE, Put("The first train", "The very first train")),
    // Front matter that is not.
    ("the date", SAME, Put("date: 2023-12", "date: 2023-12-26")),
    ("the date is taken out", SAME, Put("date: 2023-12\n", "")),
    ("a topic", SAME, Put("[transport]", "[transport, opening-up]")),
    ("topics in lines", SAME, Put("topics: [transport]", "topics:\n  - transport")),
    ("a figure's value", SAME, Put("value: 4248", "value: 4249")),
    ("a figure's unit", SAME, Put("unit: trip,", "unit: train,")),
    ("a figure's period", SAME, Put("2023-01/2023-09", "2023-01/2023-10")),
    ("a figure's bound", SAME, Put("value: 4248,", "value: 4248, bound: over,")),
    ("a figure without a label", SAME, Put("  cities: {", "  tons: {value: 7}\n  cities: {")),
    (
        "figures change places",
        SAME,
        Put(
            "  trips: {value: 4248, unit: trip, period: 2023-01/2023-09, label: freight-train trips}\n  cities: {value: 2, label: cities}\n",
            "  cities: {value: 2, label: cities}\n  trips: {value: 4248, unit: trip, period: 2023-01/2023-09, label: freight-train trips}\n",
        ),
    ),
    ("the source's address", SAME, Put("https://example.org/a", "https://example.org/b")),
    ("another picture", SAME, Put("train.jpg", "train-2.jpg")),
    ("a weight", SAME, Put("topics:", "weight: 3\ntopics:")),
    ("a slug", SAME, Put("topics:", "slug: trains\ntopics:")),
    ("an alias", SAME, Put("topics:", "aliases: [/en/old/]\ntopics:")),
    ("a template", SAME, Put("topics:", "template: wide.html\ntopics:")),
    ("values for the theme", SAME, Put("topics:", "extra: {wide: true}\ntopics:")),
    ("a draft", SAME, Put("topics:", "draft: true\ntopics:")),
    ("an update", SAME, Put("topics:", "updated: 2023-12-28\ntopics:")),
    ("an end", SAME, Put("topics:", "expires: 2033\ntopics:")),
    (
        "keys change places",
        SAME,
        Put(
            "title: Freight trains\nsummary: Two cities, one brand.\n",
            "summary: Two cities, one brand.\ntitle: Freight trains\n",
        ),
    ),
    ("a comment in front matter", SAME, Put("# The trains of the year.", "# The trains of 2023.")),
    ("a comment behind a value", SAME, Put("date: 2023-12\n", "date: 2023-12 # checked\n")),
    ("a quoted title", SAME, Put("title: Freight trains", "title: \"Freight trains\"")),
    ("a title with an escape", SAME, Put("title: Freight trains", "title: \"Freight\\u0020trains\"")),
    (
        "a folded summary",
        SAME,
        Put("summary: Two cities, one brand.", "summary: >\n  Two cities,\n  one brand."),
    ),
    (
        "a mapping in lines",
        SAME,
        Put(
            "source: {title: Year-end review, url: https://example.org/a}",
            "source:\n  title: Year-end review\n  url: https://example.org/a",
        ),
    ),
    // White space.
    ("a line ends with a space", SAME, Put("Chongqing** now", "Chongqing** \nnow")),
    ("two spaces between words", SAME, Put("It is flat.", "It  is  flat.")),
    ("an empty line more", SAME, Put("\n## Brand\n", "\n\n\n## Brand\n\n")),
    ("empty lines at the end", SAME, Put("two airports.\n", "two airports.\n\n\n")),
    ("no line end at the end", SAME, Put("two airports.\n", "two airports.")),
    ("an indented paragraph", SAME, Put("\nThe trains of", "\n  The trains of")),
    ("a tab", SAME, Put("What it means", "What\tit means")),
    ("a no-break space", SAME, Put("4 yuan", "4\u{a0}yuan")),
    (
        "items with lines between",
        SAME,
        Put(
            "- one logo\n- one fare system\n- one dispatcher",
            "- one logo\n\n- one fare system\n\n- one dispatcher",
        ),
    ),
    ("a table in columns", SAME, Put("| May   | 400   |", "|May|400|")),
    // Spellings of Markdown.
    ("another emphasis", SAME, Put("*Chengdu*", "_Chengdu_")),
    ("another strong emphasis", SAME, Put("**Chongqing**", "__Chongqing__")),
    (
        "another bullet",
        SAME,
        Put(
            "- one logo\n- one fare system\n- one dispatcher",
            "* one logo\n* one fare system\n* one dispatcher",
        ),
    ),
    (
        "indented items",
        SAME,
        Put(
            "- one logo\n- one fare system\n- one dispatcher",
            " +  one logo\n +  one fare system\n +  one dispatcher",
        ),
    ),
    ("numbers that count by themselves", SAME, Put("2. Second", "1. Second")),
    ("numbers with a bracket", SAME, Put("1. First\n2. Second", "1) First\n2) Second")),
    ("an underlined heading", SAME, Put("## Brand\n", "Brand\n-----\n")),
    ("a closed heading", SAME, Put("## Brand\n", "## Brand ##\n")),
    ("a heading's id", SAME, Put("## Brand", "## Brand {#brand .wide}")),
    ("tildes for a fence", SAME, Put("```\nfare = 4\n```", "~~~ text\nfare = 4\n~~~")),
    ("indented code", SAME, Put("```\nfare = 4\n```", "    fare = 4")),
    ("a link's destination", SAME, Put("(air.en.md \"Routes\")", "(../air.en.md#top \"Routes\")")),
    ("a link's title in other marks", SAME, Put("(air.en.md \"Routes\")", "(<air.en.md> 'Routes')")),
    ("an image's file", SAME, Put("map.png", "maps/map.svg")),
    ("a break by two spaces", SAME, Put("4 yuan.\\\n", "4 yuan.  \n")),
    ("an entity", SAME, Put("First\n", "&#70;irst\n")),
    ("a named entity", SAME, Put("fare system", "fare&nbsp;system")),
    ("an escape", SAME, Put("It is flat.", "It is flat\\.")),
    ("a table without edges", SAME, Put("| May   | 400   |", "May | 400")),
    ("another alignment", SAME, Put("|-------|------:|", "|:-----:|-------|")),
    ("a lazy quotation", SAME, Put("> The count covers nine months.", "> The count covers nine\nmonths.")),
    (
        "arguments change places",
        SAME,
        Put("text: One brand at last.\nby: A reader", "by: A reader\ntext: One brand at last."),
    ),
    ("an argument's address", SAME, Put("by: A reader\n", "by: A reader\nurl: https://example.org/r\n")),
    ("an argument in quotation marks", SAME, Put("by: A reader\n", "by: 'A reader'\n")),
    ("a comment", SAME, Put("- one logo", "<!-- checked -->\n\n- one logo")),
    ("a comment in a line", SAME, Put("Second", "Second <!-- really -->")),
    (
        "a comment of several lines",
        SAME,
        Put("## Brand", "<!-- checked\n\nand checked again -->\n\n## Brand"),
    ),
    ("a link definition that nobody uses", SAME, Put("\n[^1]:", "\n[unused]: x.md\n\n[^1]:")),
    ("a footnote that nobody cites", SAME, Put("\n[^1]:", "\n[^2]: Not cited.\n\n[^1]:")),
    // What Markdown means.
    ("emphasis is taken out", STALE, Put("*Chengdu*", "Chengdu")),
    ("emphasis becomes strong", STALE, Put("*Chengdu*", "**Chengdu**")),
    ("emphasis is added", STALE, Put("same logo", "*same* logo")),
    ("words become code", STALE, Put("nine months", "`nine` months")),
    ("words are struck out", STALE, Put("one dispatcher", "~~one~~ dispatcher")),
    ("an item is added", STALE, Put("- one fare system", "- one fare system\n- one timetable")),
    ("an item is taken out", STALE, Put("- one fare system\n", "")),
    (
        "items change places",
        STALE,
        Put("- one fare system\n- one dispatcher", "- one dispatcher\n- one fare system"),
    ),
    ("an item goes a level down", STALE, Put("- one fare system", "  - one fare system")),
    (
        "a list is numbered",
        STALE,
        Put(
            "- one logo\n- one fare system\n- one dispatcher",
            "1. one logo\n2. one fare system\n3. one dispatcher",
        ),
    ),
    ("a list begins at another number", STALE, Put("1. First\n2. Second", "3. First\n4. Second")),
    ("a list becomes a paragraph", STALE, Put("1. First\n2. Second", "First\nSecond")),
    ("a task", STALE, Put("1. First", "1. [ ] First")),
    ("a quotation becomes a paragraph", STALE, Put("> The two cities", "The two cities")),
    ("a note becomes a warning", STALE, Put("[!NOTE]", "[!WARNING]")),
    ("a note becomes a quotation", STALE, Put("> [!NOTE]\n", "")),
    ("a cell", STALE, Put("| May   | 400   |", "| May   | 401   |")),
    ("a table's heading", STALE, Put("| month |", "| Month |")),
    ("a row", STALE, Put("| May   | 400   |", "| May   | 400   |\n| June  | 402   |")),
    ("code", STALE, Put("fare = 4", "fare = 5")),
    ("a line of code is indented", STALE, Put("fare = 4", "  fare = 4")),
    ("an argument", STALE, Put("text: One brand at last.", "text: One brand.")),
    ("an argument under another name", STALE, Put("by: A reader", "source: A reader")),
    ("another component", STALE, Put("{quote}", "{remark}")),
    ("a link's title", STALE, Put("\"Routes\"", "\"All routes\"")),
    ("a link is taken out", STALE, Put("[the air routes](air.en.md \"Routes\")", "the air routes")),
    ("a link is moved", STALE, Put("[the air routes](", "the [air routes](")),
    ("a figure's citation is another's", STALE, Put("(figure:trips)", "(figure:cities)")),
    ("a figure's words are left to the language", STALE, Put("[4,248](figure", "[](figure")),
    ("a citation is taken out", STALE, Put("[4,248](figure:trips)", "4,248")),
    ("an image's text", STALE, Put("![A map]", "![A map of the routes]")),
    ("an image's caption", STALE, Put("\"The map\"", "\"The routes\"")),
    ("an image is taken out", STALE, Put("![A map](map.png \"The map\")\n\n", "")),
    ("a footnote", STALE, Put("Counted by", "Added up by")),
    ("a footnote is cited elsewhere", STALE, Put("apart.[^1]\n", "apart.\n\nAll of it.[^1]\n")),
    ("words in HTML", STALE, Put("Details.", "All details.")),
    ("other HTML", STALE, Put("<details>", "<details open>")),
    ("a term", STALE, Put("Term\n", "Terms\n")),
    ("a definition", STALE, Put("What it means", "What that means")),
    ("a break is taken out", STALE, Put("4 yuan.\\\n", "4 yuan.\n")),
    ("a line across", STALE, Put("Term\n:", "---\n\nTerm\n:")),
    // The whole file.
    ("lines are wrapped closely", SAME, Wrap(20)),
    ("lines are wrapped widely", SAME, Wrap(60)),
    ("Windows line ends", SAME, Crlf),
    ("a byte order mark", SAME, Bom),
];

pub(super) const IN_CHINESE: &[(&str, bool, Edit)] = &[
    ("a character", STALE, Put("同一标识", "统一标识")),
    ("a clause", STALE, Put("，航线另计", "，航线也另计")),
    ("a mark", STALE, Put("4248列，", "4248列。")),
    ("emphasis moves", STALE, Put("**两地**合计", "**两地合计**")),
    ("a number", STALE, Put("4248列", "4249列")),
    ("a character is added", STALE, Put("成都和重庆", "成都市和重庆")),
    ("the title", STALE, Put("货运班列", "中欧班列")),
    ("a line break between characters", SAME, Put("重庆的班列", "重庆的\n班列")),
    ("a line break after a mark", SAME, Put("同一标识。它们", "同一标识。\n它们")),
    ("a line break before a mark", SAME, Put("列，航线", "列\n，航线")),
    ("a line break beside emphasis", SAME, Put("**两地**合计", "**两地**\n合计")),
    ("a line break beside Latin letters", SAME, Put("由GitHub上", "由\nGitHub\n上")),
    ("spaces around Latin letters", SAME, Put("由GitHub上", "由 GitHub 上")),
    ("a wide space at the beginning", SAME, Put("\n成都和", "\n\u{3000}\u{3000}成都和")),
    ("a line break before digits", SAME, Put("开行了4248列", "开行了\n4248\n列")),
    ("the date", SAME, Put("date: 2023-12", "date: 2023-11")),
    (
        "a folded summary",
        SAME,
        Put("summary: 两座城市，一个品牌。", "summary: >-\n  两座城市，\n  一个品牌。"),
    ),
    // The whole file.
    ("lines are wrapped closely", SAME, Wrap(7)),
    ("lines are wrapped widely", SAME, Wrap(13)),
    ("Windows line ends", SAME, Crlf),
    ("a byte order mark", SAME, Bom),
];
