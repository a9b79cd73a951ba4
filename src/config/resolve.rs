//! From the text of `site.yaml` to a [`Config`].

use std::sync::Arc;

use super::cards::cards;
use super::fields::{COLLECTION, FEEDS, FIELDS, LANGUAGE};
use super::images;
use super::publish::hosts;
use super::{
    ArticleType, BaseUrl, Collection, Config, Feeds, HtmlPolicy, Language, MissingTranslation, Order,
    PerLang, TranslationNotice, UrlScheme,
};
use crate::base::{ContentPath, Span};
use crate::diag::{
    ALL_CODES, Code, Diagnostic, Diagnostics, Severity, code, code_named, did_you_mean, did_you_mean_and,
};
use crate::locale::Locale;
use crate::yaml::{self, Key, Node, Reader, Spanned, Value};

/// The name of the file, in the site's folder.
pub const FILE_NAME: &str = "site.yaml";

/// Reads `site.yaml`; `base_url` replaces what it says (`--base-url`).
///
/// `None` when the languages cannot be known, without which nothing else can be checked; every
/// other fault is reported and its key's default stands in, so that content is still checked.
pub fn resolve(text: &str, base_url: Option<&str>, diags: &mut Diagnostics) -> Option<Config> {
    let file = ContentPath::new(FILE_NAME);
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let root = yaml::parse(&text[bom..], bom, &file, diags)?;
    let mut reader = Reader { file: &file, diags };
    let mut map = reader.mapping(root, "site.yaml", FIELDS)?;
    let start = Span::new(bom, bom);

    let languages = match map.take("languages") {
        Some(entry) => languages(&mut reader, entry),
        None => {
            reader.missing(start, "languages", "add `languages: [{code: en, tag: en, name: English}, …]`");
            Vec::new()
        }
    };
    let codes: Vec<&str> = languages.iter().map(|l| l.code.as_str()).collect();
    let title = map.take("title");
    if title.is_none() {
        reader.missing(start, "title", "add `title: …`, one for all languages or one for each");
    }
    let title = per_language(&mut reader, title, &codes);
    let description = per_language(&mut reader, map.take("description"), &codes);
    let author = per_language(&mut reader, map.take("author"), &codes);
    let base_url = match base_url {
        Some(url) => {
            map.take("base_url");
            self::base_url(url).ok()
        }
        None => match map.take("base_url") {
            Some(entry) => reader.some_text(Some(entry)).and_then(|url| {
                let help = "write it as https://example.org/ or https://example.org/path/";
                self::base_url(&url.value).map_err(|why| reader.invalid(url.span, why, help)).ok()
            }),
            None => {
                reader.missing(
                    start,
                    "base_url",
                    "add `base_url: https://example.org/`: feeds and search engines need it",
                );
                None
            }
        },
    };
    let default_scheme = if languages.len() > 1 { UrlScheme::Prefix } else { UrlScheme::Root };
    let urls = reader.one_of(map.take("urls"), &[("prefix", UrlScheme::Prefix), ("root", UrlScheme::Root)]);
    let page_size = reader.integer(map.take("page_size"), 1..=10_000);
    let feeds = feeds(&mut reader, map.take("feeds"));
    let figures = reader.bool(map.take("figures")).unwrap_or(true);
    let cards = cards(&mut reader, map.take("cards"), &codes);
    let theme =
        reader.some_text(map.take("theme")).unwrap_or(Spanned { span: start, value: "plain".to_owned() });
    let settings = reader.names(map.take("settings"));
    let browsers = browsers(&mut reader, map.take("browsers"));
    let collections = collections(&mut reader, map.take("collections"));
    let article_type = reader.one_of(
        map.take("article_type"),
        &[("Article", ArticleType::Article), ("NewsArticle", ArticleType::NewsArticle)],
    );
    let missing = reader.one_of(
        map.take("missing_translation"),
        &[
            ("hide", MissingTranslation::Hide),
            ("link", MissingTranslation::Link),
            ("show", MissingTranslation::Show),
        ],
    );
    let notice = translation_notice(&mut reader, map.take("translation_notice"));
    let html = reader.one_of(
        map.take("html"),
        &[("clean", HtmlPolicy::Clean), ("allow", HtmlPolicy::Allow), ("escape", HtmlPolicy::Escape)],
    );
    let images = images::read(&mut reader, map.take("images"));
    let publish = hosts(&mut reader, map.take("publish"));
    let messages = messages(&mut reader, map.take("messages"));
    if languages.is_empty() {
        return None;
    }
    let none = || vec![None; languages.len()];
    Some(Config {
        title: PerLang(title.unwrap_or_else(none).into_iter().map(Option::unwrap_or_default).collect()),
        description: PerLang(description.unwrap_or_else(none)),
        author: PerLang(author.unwrap_or_else(none)),
        base_url: base_url.unwrap_or(BaseUrl { origin: "https://invalid.example".into(), path: "/".into() }),
        urls: urls.unwrap_or(default_scheme),
        page_size: page_size.map_or(20, |n| n as usize),
        feeds,
        figures,
        cards,
        theme,
        settings,
        browsers,
        collections,
        article_type: article_type.unwrap_or_default(),
        missing_translation: missing.unwrap_or(MissingTranslation::Link),
        translation_notice: notice,
        html: html.unwrap_or(HtmlPolicy::Clean),
        images,
        publish,
        messages,
        languages,
        file,
    })
}

/// Reads a base URL: absolute, HTTP, no query, no fragment.
pub fn base_url(text: &str) -> Result<BaseUrl, String> {
    let url = url::Url::parse(text).map_err(|_| format!("`{text}` is not a whole URL"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return Err(format!("`{text}` is not an http or https URL"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(format!("the base URL `{text}` cannot hold a query or a fragment"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("a base URL cannot hold a user name or a password".to_owned());
    }
    let path = url.path().trim_matches('/');
    let path = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
    Ok(BaseUrl { origin: url.origin().ascii_serialization(), path })
}

fn languages(reader: &mut Reader<'_>, (key, node): (Key, Node)) -> Vec<Language> {
    let Value::List(items) = node.value else {
        reader.invalid(
            node.span,
            "`languages` must be a list",
            "write one line a language: `- {code: en, tag: en, name: English}`",
        );
        return Vec::new();
    };
    if items.is_empty() || items.len() > 100 {
        reader.invalid(
            key.span,
            "a site has 1 to 100 languages",
            "add `- {code: en, tag: en, name: English}`",
        );
        return Vec::new();
    }
    let mut languages: Vec<Language> = Vec::new();
    let count = items.len();
    for item in items {
        let span = item.span;
        if let Value::Text(code) = &item.value {
            let help =
                format!("write `{{code: {code}, tag: {code}, name: …}}`, with the language's own name");
            reader.invalid(span, format!("`{code}` is a word, and a language has keys"), help);
            continue;
        }
        let Some(mut map) = reader.mapping(item, "a language", LANGUAGE) else { continue };
        let Some(code) = reader.some_text(map.take("code")) else {
            reader.missing(span, "code", "add what file names call the language, as `code: en` for x.en.md");
            continue;
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if !code.value.chars().all(plain) || code.value.starts_with('-') {
            reader.invalid(
                code.span,
                format!("`{}` cannot stand in file names", code.value),
                "use letters, digits and hyphens",
            );
            continue;
        }
        if languages.iter().any(|l| l.code.eq_ignore_ascii_case(&code.value)) {
            reader.invalid(
                code.span,
                format!("two languages have the code `{}`", code.value),
                "give each its own",
            );
            continue;
        }
        let tag = reader.some_text(map.take("tag")).unwrap_or_else(|| code.clone());
        let name = reader.some_text(map.take("name")).map_or_else(|| code.value.clone(), |n| n.value);
        let collation = reader.some_text(map.take("collation"));
        match Locale::new(&tag.value) {
            Ok(locale) if languages.iter().any(|l| l.tag() == locale.tag()) => {
                reader.invalid(
                    tag.span,
                    format!("two languages have the tag `{}`", tag.value),
                    "a tag names one language of the site",
                );
            }
            Ok(mut locale) => {
                if let Some(collation) = collation
                    && let Err(why) = locale.set_order(&collation.value)
                {
                    invalid(reader, collation.span, &why);
                }
                if !locale.is_known() {
                    no_data(reader, &tag);
                }
                languages.push(Language { code: code.value, name, locale: Arc::new(locale) });
            }
            Err(why) => invalid(reader, tag.span, &why),
        }
    }
    // With a language lost, every file of it would be reported as well; one message is enough.
    if languages.len() == count { languages } else { Vec::new() }
}

/// The fault of a tag or a collation; the locale names its own remedy after the colon.
fn invalid(reader: &mut Reader<'_>, span: Span, why: &str) {
    let (what, remedy) = why.split_once(": ").unwrap_or((why, "tags look like `en`, `en-GB` or `zh-Hans`"));
    reader.invalid(span, what, remedy);
}

fn no_data(reader: &mut Reader<'_>, tag: &Spanned<String>) {
    let message = format!("Bashu has no data for the language `{}`", tag.value);
    reader.diags.push(
        Diagnostic::new(code::NO_LANGUAGE_DATA, message).at(reader.file, tag.span).help(
            "its dates, numbers and order are those of CLDR's root, as `2023 M12 26`. If another language is meant, write its tag; if not, take `no-language-data: allow` into `messages`",
        ),
    );
}

/// One text for all languages, or one for each; a language that is not named takes the first's.
fn per_language(
    reader: &mut Reader<'_>,
    entry: Option<(Key, Node)>,
    codes: &[&str],
) -> Option<Vec<Option<String>>> {
    let (key, node) = entry?;
    if !matches!(node.value, Value::Map(_)) {
        let text = reader.some_text(Some((key, node)))?;
        return Some(vec![Some(text.value); codes.len()]);
    }
    let mut texts: Vec<Option<String>> = vec![None; codes.len()];
    for (code, value) in reader.names(Some((key.clone(), node))) {
        if let Some(i) = language_of(reader, &code, codes) {
            texts[i] = reader.some_text(Some((code, value))).map(|t| t.value);
        }
    }
    let first = texts.iter().flatten().next().cloned();
    for text in &mut texts {
        if text.is_none() {
            text.clone_from(&first);
        }
    }
    Some(texts)
}

/// The position of the language that a key names; one that the site does not have is reported.
pub(super) fn language_of(reader: &mut Reader<'_>, key: &Key, codes: &[&str]) -> Option<usize> {
    let found = codes.iter().position(|code| *code == &*key.name);
    // Without languages, that they are missing is said already.
    if found.is_none() && !codes.is_empty() {
        let clause = "languages are declared under `languages`";
        let message = format!("`{}` is not a language of this site", key.name);
        reader.diags.push(
            Diagnostic::new(code::UNKNOWN_LANGUAGE, message)
                .at(reader.file, key.span)
                .help(did_you_mean_and(&key.name, codes.iter().copied(), clause)),
        );
    }
    found
}

fn feeds(reader: &mut Reader<'_>, entry: Option<(Key, Node)>) -> Feeds {
    let mut feeds = Feeds { enabled: true, topics: true, items: 20, full: true };
    match entry {
        None => {}
        Some((_, Node { value: Value::Bool(enabled), .. })) => feeds.enabled = enabled,
        Some((_, node)) => {
            if let Some(mut map) = reader.mapping(node, "`feeds`", FEEDS) {
                feeds.topics = reader.bool(map.take("topics")).unwrap_or(feeds.topics);
                feeds.items = reader.integer(map.take("items"), 1..=1000).map_or(feeds.items, |n| n as usize);
                feeds.full = reader
                    .one_of(map.take("content"), &[("summary", false), ("full", true)])
                    .unwrap_or(feeds.full);
            }
        }
    }
    feeds
}

/// One query, or several.
fn browsers(reader: &mut Reader<'_>, entry: Option<(Key, Node)>) -> Vec<Spanned<String>> {
    match entry {
        Some((_, Node { value: Value::List(_), .. })) => reader.texts(entry).unwrap_or_default(),
        entry => reader.some_text(entry).into_iter().collect(),
    }
}

fn collections(reader: &mut Reader<'_>, entry: Option<(Key, Node)>) -> Vec<Collection> {
    let mut collections = Vec::new();
    for (key, node) in reader.names(entry) {
        let Some(mut map) = reader.mapping(node, "a collection", COLLECTION) else { continue };
        collections.push(Collection {
            name: key.name.to_string(),
            sections: reader.texts(map.take("sections")).unwrap_or_default(),
            topics: reader.texts(map.take("topics")).unwrap_or_default(),
            order: reader
                .one_of(map.take("order"), &[("date", Order::Date), ("title", Order::Title)])
                .unwrap_or(Order::Date),
            limit: reader.integer(map.take("limit"), 1..=100_000).map_or(10, |n| n as usize),
        });
    }
    collections
}

fn translation_notice(reader: &mut Reader<'_>, entry: Option<(Key, Node)>) -> TranslationNotice {
    let Some(states) = reader.texts(entry) else { return TranslationNotice { stale: false, missing: true } };
    let mut notice = TranslationNotice { stale: false, missing: false };
    for state in states {
        match state.value.as_str() {
            "stale" => notice.stale = true,
            "missing" => notice.missing = true,
            other => {
                let help = did_you_mean(other, ["stale", "missing"]).unwrap_or_default();
                reader.invalid(state.span, format!("no notice is called `{other}`"), help);
            }
        }
    }
    notice
}

fn messages(reader: &mut Reader<'_>, entry: Option<(Key, Node)>) -> Vec<(Code, Severity)> {
    let words = [("error", Severity::Error), ("warning", Severity::Warning), ("allow", Severity::Allow)];
    let mut messages = Vec::new();
    for (key, node) in reader.names(entry) {
        let Some(code) = code_named(&key.name) else {
            let help = did_you_mean(&key.name, ALL_CODES.iter().map(|c| c.name));
            reader.invalid(
                key.span,
                format!("there is no kind of message `{}`", key.name),
                help.unwrap_or_else(|| "its name stands in brackets at the beginning of each message".into()),
            );
            continue;
        };
        let span = node.span;
        if let Some(severity) = reader.one_of(Some((key, node)), &words) {
            if code.fixed && severity != Severity::Error {
                reader.invalid(
                    span,
                    format!("`{}` is always an error", code.name),
                    "a site with this fault cannot be built: take the line out",
                );
            } else {
                messages.push((code, severity));
            }
        }
    }
    messages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_urls_have_an_origin_and_a_path() {
        let url = base_url("https://example.org/a b/").unwrap();
        assert_eq!((url.origin.as_str(), url.path.as_str()), ("https://example.org", "/a%20b/"));
        assert_eq!(base_url("https://example.org").unwrap().absolute("/zh/"), "https://example.org/zh/");
        assert_eq!(
            base_url("http://localhost:8080/x").unwrap().absolute("/zh/"),
            "http://localhost:8080/x/zh/"
        );
        for text in
            ["example.org", "ftp://example.org/", "https://", "https://a.org/?q", "/x/", "https://u:p@a.org/"]
        {
            assert!(base_url(text).is_err(), "{text}");
        }
    }
}
