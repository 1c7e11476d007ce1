//! The gallery: pictures of every page in every state.

// A terminal program: printing is what it is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("The gallery drives a browser through WebKitWebDriver, which only Linux has.");
    std::process::exit(1);
}

#[cfg(target_os = "linux")]
#[tokio::main(flavor = "current_thread")]
async fn main() -> std::process::ExitCode {
    use std::path::PathBuf;
    use std::process::ExitCode;

    use clap::Parser;
    use harness::gallery::{Order, pictures, references};

    /// Pictures of every page in every state
    #[derive(Parser)]
    struct Arguments {
        /// where the pictures go; what is in it goes
        folder: PathBuf,
        /// those looks alone whose names contain one of these words, for example en-dark or 200-rtl
        #[arg(long = "look", value_name = "WORD")]
        looks: Vec<String>,
        /// those states alone whose names contain one of these words, for example sign-in
        #[arg(value_name = "WORD")]
        words: Vec<String>,
        /// draws the reference pictures anew instead, which the tests hold the pages against
        #[arg(long, conflicts_with_all = ["looks", "words"])]
        references: bool,
    }

    let Arguments { folder, looks, words, references } = Arguments::parse();
    if references {
        return match references::renew().await {
            Ok(count) => {
                println!("{count} reference pictures are in tests/references");
                ExitCode::SUCCESS
            }
            Err(fault) => {
                eprintln!("the gallery stopped: {fault}");
                ExitCode::FAILURE
            }
        };
    }
    let order = Order { words, looks };
    match pictures(&order, &folder).await {
        Ok(found) => {
            println!("{} pictures are in {}", found.pictures, folder.join("index.html").display());
            for picture in &found.overhanging {
                println!("    too wide: {picture}");
            }
            if found.overhanging.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(fault) => {
            eprintln!("the gallery stopped: {fault}");
            ExitCode::FAILURE
        }
    }
}
