//! What is typed after `cargo xtask`. What a task does is elsewhere.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use foyer_contract::variable;

use crate::rename::Request;

/// The tasks of this repository
#[derive(Debug, Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", disable_help_flag = false)]
pub struct Arguments {
    /// The one that was asked for.
    #[command(subcommand)]
    pub task: Option<Task>,
}

/// One task.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
#[command(verbatim_doc_comment)]
pub enum Task {
    /// Sets up and starts the app with a project.
    #[command(about = concat!(
        "installs what is missing, starts a local Supabase and the app (Ctrl-C ends both).\n",
        variable!("SUPABASE_URL"), " and ", variable!("SUPABASE_KEY"),
        ": your own project instead of the local one.\nWithout a display (Linux): the tour"
    ))]
    Dev,
    /// does the main job by itself in a real window; a numbered picture a step in target/tour/
    Tour,
    /// pictures of every page in every state, light and dark, three widths, two sizes of text, English and German, both
    /// directions, in target/gallery/: [WORD..] [--look WORD], those alone whose names contain one of the words;
    /// --references: those that a test compares the pages with are drawn anew, in tests/references/
    #[command(verbatim_doc_comment, disable_help_flag = true)]
    Gallery(Passed),
    /// everything that decides whether this may be merged; last line `N passed, N failed`
    Test {
        /// formatting, lints and unit tests only
        #[arg(long)]
        fast: bool,
    },
    /// replays recordings of real servers against supabase-local
    Golden {
        /// those of these names instead of all that supabase-local claims to match
        names: Vec<String>,
    },
    /// days of faults, restarts and wrong clocks in seconds, against supabase-local: [--days N] [--seed N] [--world N];
    /// last line `simulate: D days, E events, V violations`. The same seed is the same run
    #[command(verbatim_doc_comment, disable_help_flag = true)]
    Simulate(Passed),
    /// hostile links into a client that waits for one: [--inputs N] [--seed N];
    /// last line `fuzz: N inputs, P panics, A accepted, R requests`
    #[command(verbatim_doc_comment, disable_help_flag = true)]
    Fuzz(Passed),
    /// kills a program while it saves its session, and looks for it: [--kills N] [--seed N] [--keyring]
    /// [--save-times];
    /// last line `torture: N kills, L acknowledged sessions lost`; [--power-cuts CHANGES]: what a power cut may leave instead
    #[command(verbatim_doc_comment, disable_help_flag = true)]
    Torture(Passed),
    /// Foyer beside React with supabase-js and beside an empty page, in release: times, memory, bytes, requests
    /// (50 min for all rows, and 20 min for the builds the first time): [--quick] [--runs N] [ROW..]; plots in
    /// target/bench/, figures in bench/results.json
    #[command(verbatim_doc_comment, disable_help_flag = true)]
    Bench(Passed),
    /// the app in release and its packages, in the target folder's release/bundle/ (15 min the first time)
    Bundle {
        /// the kinds instead of those that this system makes by itself: deb, rpm, appimage, nsis, msi, app, dmg
        kinds: Vec<String>,
    },
    /// fills the manifests of winget, Homebrew and Flatpak with a release's addresses and hashes, in the target folder's
    /// manifests/; exit status 1 where a bundle is missing for one of them
    #[command(verbatim_doc_comment)]
    Manifests {
        /// where the bundles of this version are downloaded from; without it the release page of `repository` in Cargo.toml
        #[arg(long, value_name = "URL")]
        download_url: Option<String>,
        /// the project's page; without it `repository`
        #[arg(long, value_name = "URL")]
        homepage: Option<String>,
        /// the folder with the bundles instead of the target folder's release/bundle/
        #[arg(long, value_name = "FOLDER")]
        bundles: Option<PathBuf>,
    },
    /// installs the .deb that `bundle` made in a clean Debian, opens an account there by keyboard and comes back through
    /// the mail's link, upgrades it and removes it (as root; pictures in target/installed/)
    #[command(verbatim_doc_comment)]
    InstallTest,
    /// writes latest.json, which an app with an updater asks for, for the signed bundles in a folder
    UpdateManifest {
        /// the folder with the bundles and their signatures
        folder: std::path::PathBuf,
        /// the address of the folder that people download them from
        #[arg(long)]
        base: String,
    },
    /// packs the crates and the npm package that others build on, in the target folder's package/
    Package,
    /// packs them and builds fresh projects from the packed files alone (5 min the first time)
    PackageTest,
    /// installs what ships for Windows in Wine, hands it a link, runs the tests of the session and its store there, and
    /// removes it again (Linux; 20 min the first time)
    #[command(verbatim_doc_comment)]
    WineTest {
        /// this installer instead of one of a debug build
        installer: Option<PathBuf>,
    },
    /// type-checks what ships for Windows and macOS, on Linux (10 min the first time)
    CheckPlatforms,
    /// makes the app your own: name, identifier, links, accent and icon, in code, texts, packages and documents
    Rename(Request),
    /// renames a copy of this checkout and runs its tests (as long as `test --fast` on a fresh target folder)
    RenameTest {
        /// all of its tests, the windows among them
        #[arg(long)]
        whole: bool,
    },
    /// writes the list of packages and licenses that the app shows (src-tauri/licenses.tsv), after a dependency changed
    Licenses,
    /// what mdBook asks when it makes the book from docs/ (docs/book.toml)
    #[command(hide = true)]
    BookLinks {
        /// `supports` and the name of a renderer, else none: then the book comes by standard input
        words: Vec<String>,
    },
    /// says what is right and wrong with a project's set-up, and changes nothing there: --url URL --key KEY [--json];
    /// exit status 0 without problems, 1 with problems, 2 when nothing could be asked
    #[command(verbatim_doc_comment, disable_help_flag = true)]
    Doctor(Passed),
    /// supabase-local alone; its arguments follow
    #[command(disable_help_flag = true)]
    Local(Passed),
}

/// Arguments of the program that a task starts, which reads them itself; `--help` is one of them.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Passed {
    /// They begin behind the task's name.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARG")]
    pub arguments: Vec<String>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn task(words: &[&str]) -> Option<Task> {
        Arguments::try_parse_from([&["xtask"], words].concat()).ok().and_then(|arguments| arguments.task)
    }

    #[test]
    fn the_arguments_make_sense() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_program_gets_all_of_its_arguments_and_none_is_read_here() {
        let words = ["--days", "3", "--seed=7", "--help", "--", "-x"];
        let arguments = words.map(str::to_owned).to_vec();

        let passed = task(&[&["simulate"], &words[..]].concat());

        assert_eq!(passed, Some(Task::Simulate(Passed { arguments })));
    }

    #[test]
    fn an_argument_that_a_task_does_not_have_is_refused() {
        assert_eq!(task(&["test", "--fast"]), Some(Task::Test { fast: true }));
        assert_eq!(task(&["test", "--slow"]), None);
        assert_eq!(task(&["dev", "now"]), None);
        assert_eq!(task(&["nothing"]), None);
    }
}
