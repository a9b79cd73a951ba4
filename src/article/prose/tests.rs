//! What a text's blocks are, and that their places are right.

use super::*;

const TEXT: &str = "---
title: \"Ants: a study\"
summary: 六条腿
figures: {legs: {value: 6, label: legs}}
---

## Legs &amp; *all*

They have [six](figure:legs) legs, see [bees](bees.en.md \"Bees\") and [more](https://a.example/)[^n].
A second line.

- one
- two ![an ant](ant.jpg \"The ant\")

  more of two

| a | b |
|---|---|
| 1 | 2 |

> [!NOTE]
> Watch out.

**真，**她来了。

```rust
let x = 1;
```

```{quote}
text: x
```

<!-- hidden --> <b>raw</b>

[^n]: The note.
";

#[test]
fn blocks_are_what_a_translator_translates() {
    let prose = prose(&ContentPath::new("content/ants.en.md"), TEXT);
    let found: Vec<String> = prose.blocks.iter().map(|b| format!("{:?} {}", b.kind, b.text.trim())).collect();
    assert_eq!(
        found,
        [
            "Title Ants: a study",
            "Summary 六条腿",
            "Label(\"legs\") legs",
            "Heading(2) Legs & all",
            "Paragraph They have six legs, see bees and more. A second line.",
            "Item one",
            "Item two",
            "Alternative an ant",
            "Caption The ant",
            "Item more of two",
            "Cell(0, 0, 0) a",
            "Cell(0, 0, 1) b",
            "Cell(0, 1, 0) 1",
            "Cell(0, 1, 1) 2",
            "Paragraph Watch out.",
            "Paragraph 真，她来了。",
            "Code(\"rust\") let x = 1;",
            "Component(\"quote\") text: x",
            "Html raw",
            "Note The note.",
        ]
    );
    let marks: Vec<(usize, MarkKind, &str)> =
        prose.marks().map(|(at, m)| (at, m.kind.clone(), &prose.blocks[at].text[m.range.clone()])).collect();
    assert_eq!(
        marks,
        [
            (4, MarkKind::Citation("legs".to_owned()), "six"),
            (4, MarkKind::Link("bees.en.md".to_owned()), "bees"),
            (4, MarkKind::Elsewhere("https://a.example/".to_owned()), "more"),
            (4, MarkKind::Note("n".to_owned()), ""),
            (6, MarkKind::Image("ant.jpg".to_owned()), ""),
        ]
    );
    assert_eq!(prose.lists.len(), 1);
    assert_eq!(prose.lists[0].items.len(), 2);
    assert_eq!((prose.tables[0].rows, prose.tables[0].columns), (2, 2));
    assert_eq!(prose.alerts[0].kind, "NOTE");
    assert_eq!(prose.stated(&["figures", "legs", "value"]).map(|n| &TEXT[n.span.range()]), Some("6"));
}

#[test]
fn figures_among_the_arguments_of_a_component_are_citations() {
    let text = "---\ntitle: T\n---\n> ```{chart}\r\n> title: figure:no such\r\n> figures:\r\n> - figure:a\r\n> - [ \"figure:b/c?style=number\" ]\r\n> ```\r\n\r\n```{chart}\nfigures: [\n```\n\n```yaml\nfigures: [figure:a]\n```\n";
    let prose = prose(&ContentPath::new("content/ants.en.md"), text);
    let marks: Vec<_> = prose.marks().map(|(at, m)| (at, m.kind.clone(), &text[m.span.range()])).collect();
    let cites = |name: &str| MarkKind::Citation(name.to_owned());
    assert_eq!(
        marks,
        [(1, cites("a"), "figure:a"), (1, cites("b/c?style=number"), "\"figure:b/c?style=number\"")]
    );
    assert!(prose.marks().all(|(_, mark)| mark.range.is_empty()));
}

#[test]
fn every_word_is_found_again_in_the_file() {
    let prose = prose(&ContentPath::new("content/ants.en.md"), TEXT);
    for block in &prose.blocks {
        for word in block.text.split_whitespace().filter(|word| *word != "&") {
            // Positions in the block's own text: `split_whitespace` hands out slices of it.
            let at = word.as_ptr() as usize - block.text.as_ptr() as usize;
            let trimmed = word.trim_end_matches(['.', ',']);
            let written = &TEXT[block.place(at..at + trimmed.len()).range()];
            assert_eq!(written.replace("**", ""), trimmed, "{:?}", block.text);
        }
        assert_eq!(block.place(0..0).start, block.place(0..1).start);
    }
    let heading = prose.blocks.iter().find(|b| b.kind == Kind::Heading(2)).unwrap();
    assert_eq!(&TEXT[heading.place(5..6).range()], "&amp;");
}
