//! The command line: arguments, progress, exit status. A file a command.
//!
//! The only room that prints.

mod build;
mod check;
mod completions;
mod console;
mod init;
mod new;
mod publish;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod timings;
mod translations;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use console::Console;

/// A static site generator for publications in more than one language.
#[derive(Parser)]
#[command(name = "bashu", version, about, propagate_version = true, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Args)]
#[command(next_help_heading = "Options of every command")]
struct Global {
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".", global = true)]
    site: PathBuf,
    /// Say nothing but errors and warnings
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more
    #[arg(long, short, global = true)]
    verbose: bool,
    /// Colours in messages
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto, global = true)]
    color: Color,
    /// How messages are written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human, global = true)]
    message_format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    /// Where messages go to a terminal that shows them
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs: one JSON object a line
    Json,
}

#[derive(Subcommand)]
enum Command {
    /// Build the site
    Build(build::Arguments),
    /// Show the site in a browser while you write, and every change at once
    #[cfg(feature = "serve")]
    Serve(serve::Arguments),
    /// Check what a build does not: whether the versions of articles agree
    Check(check::Arguments),
    /// Write a small bilingual site to start from, or what a host needs to build one
    Init(init::Arguments),
    /// Write the files of a new article, one for each language
    New(new::Arguments),
    /// List translations and what changed since they were made; stamp or begin one
    Translations(translations::Arguments),
    /// Publish the site to a host: only what changed, and never a broken page
    Publish(publish::Arguments),
    /// Print the JSON Schema of front matter, site.yaml or theme.yaml, for editors
    Schema(schema::Arguments),
    /// Print completions for a shell
    Completions(completions::Arguments),
}

/// What a command ends with.
enum Status {
    /// Done.
    Done,
    /// The site has errors.
    Errors,
    /// The command was used wrongly.
    Usage,
    /// The user stopped it.
    Stopped,
}

/// Runs the program: 0 when done, 1 when the site has errors, 2 for wrong usage, 130 when it was
/// stopped.
pub fn run() -> ExitCode {
    // `parse` prints help and usage faults itself, and ends with 2 for the latter.
    let cli = Cli::parse();
    let console = Console::new(&cli.global);
    let site = &cli.global.site;
    let status = match &cli.command {
        Command::Build(arguments) => build::run(arguments, site, &console),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => serve::run(arguments, site, console),
        Command::Check(arguments) => check::run(arguments, site, &console),
        Command::Init(arguments) => init::run(arguments, site, &console),
        Command::New(arguments) => new::run(arguments, site, &console),
        Command::Translations(arguments) => translations::run(arguments, site, &console),
        Command::Publish(arguments) => publish::run(arguments, site, &console),
        Command::Schema(arguments) => schema::run(arguments, &console),
        Command::Completions(arguments) => completions::run(arguments),
    };
    match status {
        Status::Done => ExitCode::SUCCESS,
        Status::Errors => ExitCode::from(1),
        Status::Usage => ExitCode::from(2),
        Status::Stopped => ExitCode::from(publish::STOPPED),
    }
}
