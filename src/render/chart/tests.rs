//! What every chart must be: well-formed, within its frame, its texts apart.

use quick_xml::events::{BytesStart, Event};

use super::canvas::LINE;
use super::*;

fn point(value: &str, period: &str) -> Point {
    let period = Some(period).filter(|text| !text.is_empty()).map(|text| Period::parse(text).unwrap());
    Point {
        label: format!("figure {value} & <more>"),
        text: format!("{value} trips"),
        short: value.to_owned(),
        period: period.map(|p| p.to_string()).unwrap_or_default(),
        facts: Facts { value: Decimal::parse(value).unwrap(), period, ..Facts::default() },
    }
}

fn rows(values: &[&str]) -> Vec<Vec<Point>> {
    let year = |i: usize| format!("{}", 1990 + i);
    values.iter().enumerate().map(|(i, value)| vec![point(value, &year(i))]).collect()
}

fn drawn(kind: Kind, rows: &[Vec<Point>], whole: Option<&str>, rtl: bool) -> Result<String, Fault> {
    let whole = whole.map(|whole| Decimal::parse(whole).unwrap());
    let facts: Vec<Vec<&Facts>> = rows.iter().map(|row| row.iter().map(|p| &p.facts).collect()).collect();
    check(kind, &facts, whole.as_ref())?;
    let write = |value: &Decimal| value.to_string();
    let between = |low: &str, high: &str| format!("{low} – {high}");
    Ok(draw(&Chart {
        kind,
        id: "c",
        title: "Title & \"more\"",
        description: "What <it> shows",
        rows,
        whole: whole.as_ref(),
        rtl,
        write: &write,
        between: &between,
    }))
}

/// A text: its place across in per cent, its ground in em, which end stands there, its words.
#[derive(Debug, Clone)]
struct Text {
    x: f64,
    y: f64,
    anchor: String,
    words: String,
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).unwrap()?;
    Some(found.value.into_owned())
}

fn number(element: &BytesStart<'_>, name: &str) -> f64 {
    let text = attribute(element, name).unwrap_or_else(|| "0".to_owned());
    let number = text.trim_end_matches('%').trim_end_matches("em").parse().unwrap();
    assert!(f64::is_finite(number), "{text}");
    number
}

/// Reads a chart as XML, and finds that nothing leaves its frame; its texts.
fn texts(svg: &str) -> Vec<Text> {
    let mut reader = quick_xml::Reader::from_str(svg);
    let (mut texts, mut open, mut depth): (Vec<Text>, Option<Text>, _) = (Vec::new(), None, 0);
    let mut height = 0.0;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(e) => {
                depth += 1;
                match e.name().as_ref() {
                    "svg" if depth == 1 => height = number(&e, "height"),
                    "text" => {
                        open = Some(Text {
                            x: number(&e, "x"),
                            y: number(&e, "y"),
                            anchor: attribute(&e, "text-anchor").unwrap_or_default(),
                            words: String::new(),
                        });
                    }
                    _ => {}
                }
            }
            Event::Empty(e) if depth == 1 => {
                for (across, down) in [("x", "y"), ("x1", "y1"), ("x2", "y2"), ("cx", "cy")] {
                    let (x, y) = (number(&e, across), number(&e, down));
                    let (right, bottom) = (x + number(&e, "width"), y + number(&e, "height"));
                    assert!((0.0..=100.01).contains(&x) && right <= 100.01, "{e:?}");
                    assert!((0.0..=height).contains(&y) && bottom <= height + 0.01, "{e:?}");
                }
            }
            Event::Text(t) => {
                if let Some(text) = &mut open {
                    text.words.push_str(&t);
                }
            }
            Event::GeneralRef(r) => {
                if let Some(text) = &mut open {
                    text.words.push(if &*r == "lt" { '<' } else { '>' });
                }
            }
            Event::End(e) => {
                depth -= 1;
                if e.name().as_ref() == "text" {
                    texts.extend(open.take());
                }
            }
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    assert!(texts.iter().all(|text| text.y > 0.0 && text.y <= height), "{svg}");
    texts
}

/// Where a text begins and ends on the narrowest screen, in em.
fn extent(text: &Text, rtl: bool) -> (f64, f64) {
    let (x, width) = (text.x / 100.0 * WIDTH, labels::width(&text.words));
    match (text.anchor.as_str(), rtl) {
        ("middle", _) => (x - width / 2.0, x + width / 2.0),
        ("end", false) | ("", true) => (x - width, x),
        _ => (x, x + width),
    }
}

fn assert_apart(svg: &str, rtl: bool) {
    let texts = texts(svg);
    for (i, one) in texts.iter().enumerate() {
        let (from, to) = extent(one, rtl);
        assert!(from >= -0.6 && to <= WIDTH + 0.6, "{one:?} leaves the frame: {from} to {to}\n{svg}");
        for other in &texts[..i] {
            let (start, end) = extent(other, rtl);
            let beside = (one.y - other.y).abs() < LINE - 0.45;
            assert!(!(beside && from < end && start < to), "{one:?} covers {other:?}\n{svg}");
        }
    }
}

#[test]
fn any_numbers_make_a_sound_chart() {
    let fifty: Vec<String> = (0..50).map(|i| (i * i * 1000 - 300_000).to_string()).collect();
    let fifty: Vec<&str> = fifty.iter().map(String::as_str).collect();
    let sets: &[&[&str]] = &[
        &["4248"],
        &["0"],
        &["0", "0"],
        &["-5", "3.25", "0"],
        &["-1", "-2"],
        &["0.1", "370970000000"],
        &["5900000000000", "1680000000000"],
        &["85.3", "89.7"],
        &["1", "1.0000000000000000000001"],
        &["-999999999999999999999999999999999999999999999999999999999", "0.00000000000000000001"],
        &fifty,
    ];
    for set in sets {
        for rtl in [false, true] {
            for (_, kind) in KINDS {
                match drawn(kind, &rows(set), None, rtl) {
                    Ok(svg) => assert_apart(&svg, rtl),
                    Err(fault) => assert!(!fault.help.is_empty() && kind != Kind::Bars, "{fault:?}"),
                }
            }
        }
    }
}

#[test]
fn long_labels_and_pairs_stay_in_the_frame() {
    let long =
        "a label in many words that says at length what the figure is about 很长的标签，说明这项数据的含义";
    for rtl in [false, true] {
        for kind in [Kind::Bars, Kind::Share, Kind::Range] {
            let mut rows = rows(&["3", "7"]);
            rows[0][0].label = long.to_owned();
            rows[1][0].text = long.to_owned();
            rows[1][0].facts.bound = Some(Bound::Over);
            assert_apart(&drawn(kind, &rows, Some("20"), rtl).unwrap(), rtl);
        }
        let pairs = vec![vec![point("85.3", "2023"), point("89.7", "2023")], vec![point("40", "2022")]];
        assert_apart(&drawn(Kind::Range, &pairs, None, rtl).unwrap(), rtl);
    }
}

#[test]
fn lengths_are_in_proportion() {
    let svg = drawn(Kind::Bars, &rows(&["25", "100", "-100"]), None, false).unwrap();
    let bars: Vec<&str> = svg.split("<rect ").skip(1).map(|rest| rest.split("/>").next().unwrap()).collect();
    assert!(bars[0].contains("x=\"50%\"") && bars[0].contains("width=\"12.5%\""), "{bars:?}");
    assert!(bars[1].contains("x=\"50%\"") && bars[1].contains("width=\"50%\""), "{bars:?}");
    assert!(bars[2].contains("x=\"0%\"") && bars[2].contains("width=\"50%\""), "{bars:?}");
    // In writing from the right a bar grows from the right.
    let svg = drawn(Kind::Bars, &rows(&["25", "100"]), None, true).unwrap();
    assert!(svg.contains("x=\"75%\"") && svg.contains("direction=\"rtl\""), "{svg}");
    // Parts of one whole follow one another.
    let svg = drawn(Kind::Share, &rows(&["1", "3"]), None, false).unwrap();
    assert!(svg.contains("x=\"25%\"") && svg.contains("width=\"75%\""), "{svg}");
}

#[test]
fn what_makes_no_chart_is_said() {
    let told = |kind, rows: &[Vec<Point>], whole| drawn(kind, rows, whole, false).unwrap_err();
    let mut mixed = rows(&["1", "2", "3"]);
    mixed[2][0].facts.unit = Some("kg".to_owned());
    let mut timeless = rows(&["1", "2"]);
    timeless[1][0].facts.period = None;
    let same = vec![vec![point("1", "2023")], vec![point("2", "2022")], vec![point("3", "2023")]];
    let backward = vec![vec![point("1", "")], vec![point("3", ""), point("2", "")]];
    let part = |text: &str| {
        let mut rows = rows(&[text]);
        rows[0][0].facts.unit = Some("percent".to_owned());
        rows
    };
    for (fault, message, at) in [
        (told(Kind::Bars, &[], None), "a chart needs figures", vec![]),
        (told(Kind::Bars, &mixed, None), "a chart has one unit, not `no unit` and `kg`", vec![0, 2]),
        (told(Kind::Bars, &backward, None), "only a range takes pairs of figures", vec![1]),
        (told(Kind::Change, &rows(&["1"]), None), "a change needs two figures or more", vec![0]),
        (told(Kind::Change, &timeless, None), "a figure without a period has no place in time", vec![1]),
        (told(Kind::Change, &same, None), "two figures of a change have the same period", vec![0, 2]),
        (told(Kind::Share, &rows(&["-1", "2"]), None), "a share cannot be negative", vec![0]),
        (told(Kind::Share, &rows(&["0", "0"]), None), "the whole of a share is more than zero", vec![]),
        (told(Kind::Share, &rows(&["5"]), None), "one part alone has no whole", vec![0]),
        (
            told(Kind::Share, &rows(&["0.1", "0.3"]), Some("0.3")),
            "the parts are more than the whole",
            vec![0, 1],
        ),
        (told(Kind::Share, &part("100.1"), None), "the parts are more than the whole", vec![0]),
        (told(Kind::Range, &backward, None), "this range ends below its beginning", vec![1, 2]),
    ] {
        assert_eq!((fault.message.as_str(), &fault.at), (message, &at));
    }
    assert!(drawn(Kind::Share, &rows(&["0.1", "0.2"]), Some("0.3"), false).is_ok());
    assert!(drawn(Kind::Share, &part("100"), None, false).is_ok());
}
