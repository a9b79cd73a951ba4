//! The site that is measured, and the edits that somebody makes of it.
//!
//! Owns what an edit writes. Each carries its number into the page, as `bench17x` in a text and as
//! the value of `--bench` in a style sheet, so that the browser can tell when it shows which.

use std::fs;
use std::path::{Path, PathBuf};

use crate::corpus::Language;
use crate::files::{copy, write, write_all};
use crate::sites;

/// What is edited.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Edit {
    /// A word in an article's text.
    Words,
    /// The title in an article's front matter.
    Title,
    /// A part of the theme's style sheet.
    Style,
    /// The template of every page.
    Template,
}

/// The site's folder.
pub(crate) struct Site {
    folder: PathBuf,
    initiatives: usize,
}

impl Site {
    /// Writes the corpus with the theme `plain`, which a site has from the beginning: its pages are
    /// larger and say more of other pages than those of the theme that builds are measured with. It
    /// stands in the site's folder, so that it can be edited.
    pub(crate) fn write(folder: PathBuf, initiatives: usize) -> Result<Self, String> {
        write_all(&folder, sites::bashu(initiatives))?;
        write(&folder.join("site.yaml"), sites::SITE)?;
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/plain"), &folder.join("themes/plain"))?;
        Ok(Self { folder, initiatives })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The address of an initiative's page.
    pub(crate) fn page(number: usize, language: Language) -> String {
        format!("/{}/{}/", language.code(), sites::place(number))
    }

    /// Saves an edit over the file as it was first, in place, as most editors do. Where an article is
    /// edited it is this initiative's.
    pub(crate) fn save(&self, edit: Edit, mark: u32, number: usize) -> Result<(), String> {
        let file = self.folder.join(match edit {
            Edit::Words | Edit::Title => sites::article_path(number, Language::English),
            Edit::Style => "themes/plain/assets/_ground.css".to_owned(),
            Edit::Template => "themes/plain/templates/base.html".to_owned(),
        });
        let article = || sites::article(number, Language::English, self.initiatives);
        let theme = |path: &str| {
            let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/plain").join(path);
            fs::read_to_string(&original).map_err(|why| format!("{}: {why}", original.display()))
        };
        let (before, after) = match edit {
            // The first full stop at the end of a paragraph.
            Edit::Words => (article(), (".\n\n", format!(" bench{mark}x.\n\n"))),
            Edit::Title => (article(), ("title: \"", format!("title: \"bench{mark}x "))),
            Edit::Style => (theme("assets/_ground.css")?, ("", format!(":root {{ --bench: {mark} }}\n"))),
            Edit::Template => (
                theme("templates/base.html")?,
                ("<footer class=\"imprint\">", format!("<footer class=\"imprint\"><p>bench{mark}x</p>")),
            ),
        };
        let text = before.replacen(after.0, &after.1, 1);
        if text == before {
            return Err(format!("{} has no place for an edit", file.display()));
        }
        fs::write(&file, text).map_err(|why| format!("{} cannot be written: {why}", file.display()))
    }
}
