//! `bashu schema`: what editors check YAML with while it is written.

use clap::{Args, ValueEnum};

use super::Status;
use super::console::Console;
use crate::yaml::json_schema;
use crate::{article, config, theme};

#[derive(Args)]
pub(super) struct Arguments {
    /// What the schema is of
    #[arg(value_enum, default_value_t = Of::FrontMatter)]
    of: Of,
}

#[derive(Clone, Copy, ValueEnum)]
enum Of {
    /// An article's front matter
    FrontMatter,
    /// site.yaml
    Site,
    /// A theme's theme.yaml
    Theme,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> Status {
    let schema = match arguments.of {
        Of::FrontMatter => json_schema("Bashu: an article's front matter", article::FIELDS, &["title"]),
        Of::Site => json_schema("Bashu: site.yaml", config::FIELDS, &["title", "base_url", "languages"]),
        Of::Theme => json_schema("Bashu: theme.yaml", theme::FIELDS, &["name"]),
    };
    console.out(&format!("{schema:#}\n"));
    Status::Done
}
