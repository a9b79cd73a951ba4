//! The chain of a theme: the site's own folders, the theme, its parents; on disk or built in.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use super::manifest::{self, Manifest};
use crate::base::ContentPath;
use crate::config::Config;
use crate::diag::{Diagnostic, Diagnostics, code, did_you_mean_and};
use crate::source::Source;
use crate::yaml::Spanned;

/// The themes that come with the program, so that a site needs no `themes/` of its own.
static JIALING: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/jialing");
static PLAIN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/plain");

const BUILT_IN: &[(&str, &Dir<'_>)] = &[("jialing", &JIALING), ("plain", &PLAIN)];

/// What built-in files are called in messages.
const BUILT_IN_PREFIX: &str = "bashu:themes/";

/// The name of the layer that the site's own `templates/`, `strings/` and `assets/` make.
const OWN: &str = "site";

/// The layers in which a file is looked for, nearest first.
pub(super) struct Chain {
    pub(super) layers: Vec<Layer>,
}

/// One folder with `templates/`, `strings/` and `assets/`.
pub(super) struct Layer {
    /// What its templates' names begin with.
    pub(super) name: String,
    /// Its `theme.yaml`; the site's own folders have none.
    pub(super) manifest: Option<Manifest>,
    /// Its files: the path within it, and the path in the site.
    files: BTreeMap<String, ContentPath>,
}

impl Chain {
    /// The nearest file of a path.
    pub(super) fn nearest(&self, path: &str) -> Option<&ContentPath> {
        self.layers.iter().find_map(|layer| layer.file(path))
    }

    /// The names in a folder that end so, each once, in order.
    pub(super) fn names(&self, folder: &str, end: &str) -> Vec<&str> {
        let all = self.layers.iter().flat_map(|layer| layer.files.keys());
        let named = all.filter_map(|path| path.strip_prefix(folder)).filter(|name| name.ends_with(end));
        let mut names: Vec<&str> = named.collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The text of a file of any layer.
    pub(super) fn text(&self, source: &Source, path: &ContentPath) -> Result<String, Diagnostic> {
        built_in_text(path).map_or_else(|| source.text(path), Ok)
    }

    /// The bytes of a file of any layer.
    pub(super) fn bytes(&self, source: &Source, path: &ContentPath) -> Result<Vec<u8>, Diagnostic> {
        built_in(path).map_or_else(|| source.read(path), |bytes| Ok(bytes.to_vec()))
    }
}

impl Layer {
    /// A file by its path within the layer.
    pub(super) fn file(&self, path: &str) -> Option<&ContentPath> {
        self.files.get(path)
    }

    /// The files below a folder, by their path within it.
    pub(super) fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a ContentPath)> {
        self.files.iter().filter_map(move |(path, file)| Some((path.strip_prefix(folder)?, file)))
    }
}

fn built_in(path: &ContentPath) -> Option<&'static [u8]> {
    let (name, rest) = path.as_str().strip_prefix(BUILT_IN_PREFIX)?.split_once('/')?;
    let (_, dir) = BUILT_IN.iter().find(|(n, _)| *n == name)?;
    dir.get_file(rest).map(|file| file.contents())
}

/// The text of a built-in theme's file, for messages that point into it.
pub fn built_in_text(path: &ContentPath) -> Option<String> {
    built_in(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
}

/// Finds the layers, from the site's own folders to the last parent.
pub(super) fn find(
    source: &Source,
    files: &[ContentPath],
    config: &Config,
    diags: &mut Diagnostics,
) -> Option<Chain> {
    let mut layers = vec![Layer { name: OWN.to_owned(), manifest: None, files: own_files(files) }];
    let mut wanted = Some((config.file.clone(), config.theme.clone()));
    while let Some((asked_in, name)) = wanted {
        if layers.iter().any(|l| l.manifest.is_some() && l.name == name.value) {
            let chain: Vec<_> = layers.iter().skip(1).map(|l| l.name.as_str()).collect();
            diags.push(
                Diagnostic::new(
                    code::THEME_CYCLE,
                    format!(
                        "the theme `{}` is its own ancestor: {} → {}",
                        name.value,
                        chain.join(" → "),
                        name.value
                    ),
                )
                .at(&asked_in, name.span)
                .help("name another parent, or none"),
            );
            return None;
        }
        let Some(theme_files) = theme_files(&name.value, files) else {
            diags.push(missing(&asked_in, &name, files));
            return None;
        };
        let mut layer = Layer { name: name.value.clone(), manifest: None, files: theme_files };
        let manifest = read_manifest(&layer, source, &asked_in, &name, diags)?;
        wanted = manifest.parent.clone().map(|parent| (manifest.file.clone(), parent));
        layer.manifest = Some(manifest);
        layers.push(layer);
    }
    Some(Chain { layers })
}

fn own_files(files: &[ContentPath]) -> BTreeMap<String, ContentPath> {
    let folders = ["templates/", "strings/", "assets/"];
    let own = files.iter().filter(|f| folders.iter().any(|folder| f.as_str().starts_with(folder)));
    own.map(|f| (f.as_str().to_owned(), f.clone())).collect()
}

fn theme_files(name: &str, files: &[ContentPath]) -> Option<BTreeMap<String, ContentPath>> {
    // The site's own folders are the layer of that name.
    if name == OWN {
        return None;
    }
    let prefix = format!("themes/{name}/");
    let own: BTreeMap<String, ContentPath> = files
        .iter()
        .filter_map(|f| Some((f.as_str().strip_prefix(&prefix)?.to_owned(), f.clone())))
        .collect();
    if !own.is_empty() {
        return Some(own);
    }
    let (_, dir) = BUILT_IN.iter().find(|(n, _)| *n == name)?;
    let mut built_in = BTreeMap::new();
    let mut folders = vec![*dir];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            built_in.insert(path.clone(), ContentPath::new(format!("{BUILT_IN_PREFIX}{name}/{path}")));
        }
    }
    Some(built_in)
}

fn missing(asked_in: &ContentPath, name: &Spanned<String>, files: &[ContentPath]) -> Diagnostic {
    let mut known: Vec<&str> = files
        .iter()
        .filter_map(|f| f.as_str().strip_prefix("themes/")?.split_once('/').map(|(theme, _)| theme))
        .chain(BUILT_IN.iter().map(|(n, _)| *n))
        .filter(|name| *name != OWN)
        .collect();
    known.sort_unstable();
    known.dedup();
    let help =
        did_you_mean_and(&name.value, known.iter().copied(), "themes are folders of themes/, or built in");
    Diagnostic::new(code::MISSING_THEME, format!("there is no theme `{}`", name.value))
        .at(asked_in, name.span)
        .help(help)
}

fn read_manifest(
    layer: &Layer,
    source: &Source,
    asked_in: &ContentPath,
    name: &Spanned<String>,
    diags: &mut Diagnostics,
) -> Option<Manifest> {
    let Some(path) = layer.file(manifest::FILE_NAME) else {
        diags.push(
            Diagnostic::new(code::MISSING_THEME, format!("the theme `{}` has no theme.yaml", name.value))
                .at(asked_in, name.span)
                .help(format!(
                    "write themes/{0}/theme.yaml, with `name: {0}` and `parent: plain`",
                    name.value
                )),
        );
        return None;
    };
    match built_in_text(path).map_or_else(|| source.text(path), Ok) {
        Ok(text) => manifest::read(&text, path, diags),
        Err(diagnostic) => {
            diags.push(diagnostic);
            None
        }
    }
}
