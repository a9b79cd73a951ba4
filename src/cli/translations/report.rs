//! The list of versions as a table with the words that changed, as JSON and as CSV.

use clap::builder::styling::AnsiColor;
use serde_json::{Value, json};

use super::super::console::Console;
use super::list::Row;
use crate::locale::columns;
use crate::site::State;
use crate::translations::{Change, Kind, Ledger, Lost, Since, shown_id};

/// For people.
pub(super) fn table(rows: &[Row<'_, '_>], ledger: &Ledger<'_>, console: &Console) -> String {
    let mut out = String::new();
    let code = |row: &Row<'_, '_>| ledger.config.language(row.lang).code.clone();
    let widest =
        |width: fn(&str) -> usize, texts: Vec<String>| texts.iter().map(|t| width(t)).max().unwrap_or(0);
    let ids = widest(columns, rows.iter().map(|row| shown_id(&row.entry.id).to_owned()).collect());
    let codes = widest(columns, rows.iter().map(code).collect());
    for row in rows {
        let id = padded(shown_id(&row.entry.id), ids);
        let since = row.since.as_ref().map(|since| format!("  {}", since_words(since))).unwrap_or_default();
        let state = format!("{:<8}", row.state.as_str());
        let color = match row.state {
            State::Original | State::Current => AnsiColor::Green,
            State::Stale | State::Unmarked => AnsiColor::Yellow,
            State::Missing => AnsiColor::Red,
        };
        let draft = if row.is_draft() { "  draft" } else { "" };
        let code = padded(&code(row), codes);
        let line = format!("{id}  {code}  {}{draft}{since}", console.paint(&state, color));
        out.push_str(line.trim_end());
        out.push('\n');
    }
    for row in rows {
        if let (Some(since), Some(original)) = (&row.since, row.entry.source(row.lang)) {
            let file = row.entry.version(row.lang).map_or("", |version| version.file.as_str());
            out.push_str(&format!("\n{file}: what changed in {}\n", original.file));
            match since {
                Ok(since) => since.changes.iter().for_each(|change| paragraph(change, console, &mut out)),
                Err(lost) => {
                    let (what, remedy) = lost.explain();
                    out.push_str(&format!("  cannot be shown: {what}\n  = help: {remedy}\n"));
                }
            }
        }
    }
    out.push_str(&counts(rows, ledger));
    out
}

/// A line for each language that is listed.
fn counts(rows: &[Row<'_, '_>], ledger: &Ledger<'_>) -> String {
    let mut out = String::new();
    for lang in ledger.config.langs() {
        let count = |state| rows.iter().filter(|row| row.lang == lang && row.state == state).count();
        let counts = State::ALL.into_iter().map(|state| (state, count(state))).filter(|(_, n)| *n > 0);
        let counts: Vec<String> = counts.map(|(state, n)| format!("{n} {}", state.as_str())).collect();
        if !counts.is_empty() {
            out.push_str(&format!("{}: {}\n", ledger.config.language(lang).code, counts.join(", ")));
        }
    }
    match (rows.is_empty(), out.is_empty()) {
        (true, _) => "nothing to list\n".to_owned(),
        _ => format!("\n{out}"),
    }
}

fn since_words(since: &Result<Since, Lost>) -> String {
    match since {
        Ok(Since { commit: Some(commit), .. }) => {
            format!("since {} ({})", commit.date, commit.id.get(..8).unwrap_or(&commit.id))
        }
        Ok(Since { commit: None, .. }) => "since a change that is not committed yet".to_owned(),
        Err(_) => "since when is not known".to_owned(),
    }
}

fn paragraph(change: &Change, console: &Console, out: &mut String) {
    out.push_str(&format!("  {}\n", change.field));
    let mut text = String::new();
    for part in &change.parts {
        // Marks also where there are colours: not everybody sees them.
        match part.kind {
            Kind::Same => text.push_str(&part.text),
            Kind::Removed => text.push_str(&console.paint(&format!("[-{}-]", part.text), AnsiColor::Red)),
            Kind::Added => text.push_str(&console.paint(&format!("{{+{}+}}", part.text), AnsiColor::Green)),
            Kind::Gap if text.is_empty() || text.ends_with(['\n', ' ']) => text.push('…'),
            Kind::Gap => text.push_str(" … "),
        }
    }
    for line in text.trim_end().lines() {
        out.push_str(&format!("    {line}\n"));
    }
}

/// For programs.
pub(super) fn json(rows: &[Row<'_, '_>], ledger: &Ledger<'_>) -> String {
    let code = |lang| ledger.config.language(lang).code.as_str();
    let rows: Vec<Value> = rows
        .iter()
        .map(|row| {
            let from = row.entry.origins.get(row.lang.index()).and_then(|origin| origin.from);
            let original = row.entry.source(row.lang);
            let text =
                |fingerprint: Option<crate::base::BriefFingerprint>| fingerprint.map(|f| f.to_string());
            let mut object = json!({
                "id": shown_id(&row.entry.id),
                "kind": row.entry.kind.as_str(),
                "language": code(row.lang),
                "state": row.state.as_str(),
                "draft": row.is_draft(),
                "file": row.entry.version(row.lang).map(|version| version.file.as_str()),
                "from": from.map(code),
                "from_file": original.map(|original| original.file.as_str()),
                "recorded": text(row.entry.recorded(row.lang)),
                "now": text(original.and_then(|original| original.outline.fingerprint)),
            });
            match &row.since {
                None => {}
                Some(Ok(Since { commit, changes })) => {
                    object["since"] =
                        json!(commit.as_ref().map(|c| json!({ "commit": c.id, "date": c.date })));
                    object["changes"] = json!(changes);
                }
                Some(Err(lost)) => {
                    let (what, remedy) = lost.explain();
                    object["unknown"] = json!({ "message": what, "help": remedy });
                }
            }
            object
        })
        .collect();
    format!("{:#}\n", Value::from(rows))
}

/// For spreadsheets, as RFC 4180 has it but for the line ends.
pub(super) fn csv(rows: &[Row<'_, '_>], ledger: &Ledger<'_>) -> String {
    let code = |lang| ledger.config.language(lang).code.as_str();
    let mut out = String::from("id,kind,language,state,draft,file,from,since,commit\n");
    for row in rows {
        let from = row.entry.origins.get(row.lang.index()).and_then(|origin| origin.from);
        let commit = match &row.since {
            Some(Ok(Since { commit: Some(commit), .. })) => Some(commit),
            _ => None,
        };
        let cells = [
            shown_id(&row.entry.id),
            row.entry.kind.as_str(),
            code(row.lang),
            row.state.as_str(),
            if row.is_draft() { "true" } else { "false" },
            row.entry.version(row.lang).map_or("", |version| version.file.as_str()),
            from.map_or("", code),
            commit.map_or("", |c| c.date.as_str()),
            commit.map_or("", |c| c.id.as_str()),
        ];
        let cells: Vec<String> = cells.into_iter().map(cell).collect();
        out.push_str(&cells.join(","));
        out.push('\n');
    }
    out
}

fn cell(text: &str) -> String {
    match text.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}
