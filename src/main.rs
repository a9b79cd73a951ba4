//! The program `bashu`: everything it does stands in the library, so that tests reach it.

fn main() -> std::process::ExitCode {
    bashu::cli::run()
}
