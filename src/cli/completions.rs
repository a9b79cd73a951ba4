//! `bashu completions`.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, Status};

#[derive(Args)]
pub(super) struct Arguments {
    /// The shell
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments) -> Status {
    clap_complete::generate(arguments.shell, &mut Cli::command(), "bashu", &mut std::io::stdout());
    Status::Done
}
