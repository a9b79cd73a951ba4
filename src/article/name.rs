//! What a file's name says: which article it is a version of, and in which language.

use std::sync::Arc;

use crate::base::{ContentPath, Lang};
use crate::config::Config;
use crate::diag::{Diagnostic, code, did_you_mean_and};

/// The folder of articles, in the site's folder.
pub const CONTENT: &str = "content";

/// What a Markdown file below `content/` is, by its path alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The article's id: its path below `content/` without language and extension.
    /// `_index` files have the id of their folder; the home page's is empty.
    pub id: Arc<str>,
    /// The version's language.
    pub lang: Lang,
    /// Whether it is an `_index`: the page of a folder.
    pub index: bool,
    /// Whether it is an `index` with files of its own beside it.
    pub bundle: bool,
}

impl Name {
    /// Reads a path such as `content/initiatives/ants.zh.md`. A file without a language code is
    /// of the site's first language, so that a site in one language needs no codes.
    pub fn of(path: &ContentPath, config: &Config) -> Result<Self, Diagnostic> {
        let relative = path.as_str().strip_prefix("content/").unwrap_or(path.as_str());
        let (folder, file) = relative.rsplit_once('/').unwrap_or(("", relative));
        let stem = file.strip_suffix(".md").unwrap_or(file);
        let (stem, lang) = match stem.rsplit_once('.') {
            None => (stem, Lang(0)),
            Some((stem, code)) => match config.lang_of_code(code) {
                Some(lang) => (stem, lang),
                None => {
                    let codes = config.languages.iter().map(|l| l.code.as_str());
                    let help = did_you_mean_and(code, codes, "languages are declared in site.yaml");
                    return Err(Diagnostic::new(
                        code::UNKNOWN_LANGUAGE,
                        format!("`{code}` in this file's name is not a language of the site"),
                    )
                    .in_file(path)
                    .help(help));
                }
            },
        };
        if stem.is_empty() || stem.contains('.') || relative.contains("//") {
            return Err(Diagnostic::new(code::BAD_FILE_NAME, format!("`{file}` does not name an article"))
                .in_file(path)
                .help("an article's file is called NAME.LANGUAGE.md, without other full stops"));
        }
        let (index, bundle) = (stem == "_index", stem == "index");
        let id: Arc<str> = match (index || bundle, folder) {
            (true, _) => folder.into(),
            (false, "") => stem.into(),
            // The path up to the language, as it stands.
            (false, _) => relative[..folder.len() + 1 + stem.len()].into(),
        };
        if bundle && id.is_empty() {
            return Err(Diagnostic::new(code::BAD_FILE_NAME, format!("`{file}` does not name an article"))
                .in_file(path)
                .help("the home page's own words stand in content/_index.LANGUAGE.md"));
        }
        Ok(Self { id, lang, index, bundle })
    }
}

/// The id that a file whose name has a fault was probably to have, so that what refers to it is
/// not reported as well.
pub fn likely_id(path: &ContentPath) -> String {
    let relative = path.as_str().strip_prefix("content/").unwrap_or(path.as_str());
    let (folder, file) = relative.rsplit_once('/').unwrap_or(("", relative));
    match file.split('.').next().unwrap_or(file) {
        "index" | "_index" => folder.to_owned(),
        stem if folder.is_empty() => stem.to_owned(),
        stem => format!("{folder}/{stem}"),
    }
}

/// Whether a path is an article's, by where it stands and its extension.
pub fn is_article(path: &ContentPath) -> bool {
    path.as_str().starts_with("content/") && path.as_str().ends_with(".md")
}
