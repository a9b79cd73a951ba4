//! `theme.yaml`: a theme's name, parent, the versions it works with, and its settings.

use semver::{Version, VersionReq};

use crate::base::{ContentPath, Decimal};
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
        Shape::OneOf(&["text", "bool", "number", "list", "choice", "choices", "color", "pages"]),
        "The type; text may differ by language. Needed.",
    ),
    Field::new("default", Shape::Any, "The value unless the site sets one."),
    Field::new("choices", Shape::List(&Shape::Text), "What may be chosen."),
    Field::new("min", Shape::Number, "The least that a number may be."),
    Field::new("max", Shape::Number, "The most that a number may be."),
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
    Number {
        min: Option<f64>,
        max: Option<f64>,
    },
    List,
    Choice(Vec<String>),
    /// A list of choices, in an order of the site's own.
    Choices(Vec<String>),
    Color,
    /// Links to pages of the site and elsewhere.
    Pages,
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
        Choices,
        Color,
        Pages,
    }
    let words = [
        ("text", Word::Text),
        ("bool", Word::Bool),
        ("number", Word::Number),
        ("list", Word::List),
        ("choice", Word::Choice),
        ("choices", Word::Choices),
        ("color", Word::Color),
        ("pages", Word::Pages),
    ];
    let mut map = reader.mapping(node, "a setting", SETTING)?;
    let about = reader.text(map.take("about")).map(|t| t.value);
    let (kind, default) = (map.take("type"), map.take("default"));
    let choices: Vec<String> =
        reader.texts(map.take("choices")).unwrap_or_default().into_iter().map(|c| c.value).collect();
    let bound = |bound: Option<Decimal>| bound.and_then(|bound| bound.as_str().parse().ok());
    let (min, max) = (bound(reader.decimal(map.take("min"))), bound(reader.decimal(map.take("max"))));
    if kind.is_none() {
        reader.missing(
            key.span,
            "type",
            "write `type: text`, bool, number, list, choice, choices, color or pages",
        );
    }
    let kind = match reader.one_of(kind, &words)? {
        Word::Text => SettingKind::Text,
        Word::Bool => SettingKind::Bool,
        Word::Number => SettingKind::Number { min, max },
        Word::List => SettingKind::List,
        Word::Color => SettingKind::Color,
        Word::Pages => SettingKind::Pages,
        Word::Choice | Word::Choices if choices.is_empty() => {
            reader.missing(key.span, "choices", "write what may be chosen: `choices: [a, b]`");
            return None;
        }
        Word::Choice => SettingKind::Choice(choices),
        Word::Choices => SettingKind::Choices(choices),
    };
    Some(Setting { name: key.name.to_string(), kind, default, about })
}

impl SettingKind {
    /// What a value of this type is, in the words of a message.
    pub(super) fn wanted(&self) -> String {
        match self {
            SettingKind::Text => "text, or a mapping from language codes to text".to_owned(),
            SettingKind::Bool => "`true` or `false`".to_owned(),
            SettingKind::Number { min: None, max: None } => "a number".to_owned(),
            SettingKind::Number { min: Some(min), max: None } => format!("a number, {min} or more"),
            SettingKind::Number { min: None, max: Some(max) } => format!("a number, {max} or less"),
            SettingKind::Number { min: Some(min), max: Some(max) } => format!("a number from {min} to {max}"),
            SettingKind::List => "a list".to_owned(),
            SettingKind::Choice(choices) => format!("one of {}", listed(choices)),
            SettingKind::Choices(choices) => format!("a list of some of {}", listed(choices)),
            SettingKind::Color => "a colour as CSS writes it".to_owned(),
            SettingKind::Pages => "a list of pages".to_owned(),
        }
    }
}

fn listed(choices: &[String]) -> String {
    choices.iter().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(", ")
}
