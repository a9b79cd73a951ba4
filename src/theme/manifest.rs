//! `theme.yaml`: a theme's name, parent, the versions it works with, and its settings.

use semver::{Version, VersionReq};

use crate::base::ContentPath;
use crate::diag::{Diagnostic, Diagnostics, code};
use crate::yaml::{self, Field, Key, Node, Reader, Shape, Spanned};

/// The name of the file, in a theme's folder.
pub(super) const FILE_NAME: &str = "theme.yaml";

/// The keys of `theme.yaml`.
pub const FIELDS: &[Field] = &[
    Field::new("name", Shape::Text, "The theme's name; its folder's."),
    Field::new("about", Shape::Text, "What it looks like, in a sentence."),
    Field::new("parent", Shape::Text, "The theme that it overrides."),
    Field::new("bashu", Shape::Text, "The versions of Bashu that it works with, as in >=0.1, <0.3."),
    Field::new(
        "image_sizes",
        Shape::Text,
        "How wide pictures in texts are shown, as in the attribute `sizes` of HTML; 100vw by default.",
    ),
    Field::new("settings", Shape::Names(&Shape::Map(SETTING)), "What a site may set."),
];

const SETTING: &[Field] = &[
    Field::new(
        "type",
        Shape::OneOf(&["text", "bool", "number", "list", "choice"]),
        "The type; text may differ by language. Needed.",
    ),
    Field::new("default", Shape::Any, "The value unless the site sets one."),
    Field::new("choices", Shape::List(&Shape::Text), "What may be chosen."),
    Field::new("about", Shape::Text, "What it does."),
];

/// A theme's `theme.yaml`.
pub(super) struct Manifest {
    pub(super) file: ContentPath,
    pub(super) parent: Option<Spanned<String>>,
    /// How wide pictures in texts are shown.
    pub(super) image_sizes: Option<String>,
    pub(super) settings: Vec<Setting>,
}

/// A setting as a theme declares it.
pub(super) struct Setting {
    pub(super) name: String,
    pub(super) kind: SettingKind,
    pub(super) default: Option<(Key, Node)>,
    /// What it does, as the theme says.
    pub(super) about: Option<String>,
}

/// The type of a setting.
pub(super) enum SettingKind {
    Text,
    Bool,
    Number,
    List,
    Choice(Vec<String>),
}

/// Reads a `theme.yaml`. `None`: it is no YAML mapping.
pub(super) fn read(text: &str, file: &ContentPath, diags: &mut Diagnostics) -> Option<Manifest> {
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let node = yaml::parse(&text[bom..], bom, file, diags)?;
    let mut reader = Reader { file, diags };
    let mut map = reader.mapping(node, "theme.yaml", FIELDS)?;
    let _ = (map.take("name"), map.take("about"));
    let parent = reader.some_text(map.take("parent"));
    if let Some(wanted) = reader.some_text(map.take("bashu")) {
        check_version(&wanted, &mut reader);
    }
    let image_sizes = reader.some_text(map.take("image_sizes")).map(|sizes| sizes.value);
    let mut settings = Vec::new();
    for (key, node) in reader.names(map.take("settings")) {
        settings.extend(setting(&mut reader, key, node));
    }
    Some(Manifest { file: file.clone(), parent, image_sizes, settings })
}

fn check_version(wanted: &Spanned<String>, reader: &mut Reader<'_>) {
    let own = env!("CARGO_PKG_VERSION");
    let (Ok(requirement), Ok(version)) = (VersionReq::parse(&wanted.value), Version::parse(own)) else {
        reader.invalid(
            wanted.span,
            format!("`{}` names no versions", wanted.value),
            "write it as in `\">=0.1, <0.3\"`",
        );
        return;
    };
    if !requirement.matches(&version) {
        reader.diags.push(
            Diagnostic::new(
                code::THEME_VERSION,
                format!("this theme works with Bashu {}, and this is {own}", wanted.value),
            )
            .at(reader.file, wanted.span)
            .help("install a version of Bashu that fits, or a newer version of the theme"),
        );
    }
}

fn setting(reader: &mut Reader<'_>, key: Key, node: Node) -> Option<Setting> {
    #[derive(Clone, Copy)]
    enum Word {
        Text,
        Bool,
        Number,
        List,
        Choice,
    }
    let words = [
        ("text", Word::Text),
        ("bool", Word::Bool),
        ("number", Word::Number),
        ("list", Word::List),
        ("choice", Word::Choice),
    ];
    let mut map = reader.mapping(node, "a setting", SETTING)?;
    let about = reader.text(map.take("about")).map(|t| t.value);
    let (kind, default) = (map.take("type"), map.take("default"));
    let choices: Vec<String> =
        reader.texts(map.take("choices")).unwrap_or_default().into_iter().map(|c| c.value).collect();
    if kind.is_none() {
        reader.missing(key.span, "type", "write `type: text`, bool, number, list or choice");
    }
    let kind = match reader.one_of(kind, &words)? {
        Word::Text => SettingKind::Text,
        Word::Bool => SettingKind::Bool,
        Word::Number => SettingKind::Number,
        Word::List => SettingKind::List,
        Word::Choice if choices.is_empty() => {
            reader.missing(key.span, "choices", "write what may be chosen: `choices: [a, b]`");
            return None;
        }
        Word::Choice => SettingKind::Choice(choices),
    };
    Some(Setting { name: key.name.to_string(), kind, default, about })
}

impl SettingKind {
    /// What a value of this type is, in the words of a message.
    pub(super) fn wanted(&self) -> String {
        match self {
            SettingKind::Text => "text, or a mapping from language codes to text".to_owned(),
            SettingKind::Bool => "`true` or `false`".to_owned(),
            SettingKind::Number => "a number".to_owned(),
            SettingKind::List => "a list".to_owned(),
            SettingKind::Choice(choices) => {
                format!("one of {}", choices.iter().map(|c| format!("`{c}`")).collect::<Vec<_>>().join(", "))
            }
        }
    }
}
