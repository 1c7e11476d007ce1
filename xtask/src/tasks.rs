//! The small tasks: the tour, the gallery, the recordings, simulated days, hostile links, kills, the local server alone.

use foyer_contract::brand;

use crate::builds::{self, native};
use crate::fault::Fault;
use crate::layout::Layout;
use crate::setup::{self, Purpose};
use crate::shell::{Steps, program, succeeds};

/// Does the main job by itself in a real window and says where the pictures are.
///
/// # Errors
/// When the set-up or a build fails.
pub(crate) fn tour(layout: &Layout) -> Result<bool, Fault> {
    if !cfg!(target_os = "linux") {
        return Err(Fault::new(
            "the tour drives the window through WebKitWebDriver, which only Linux has. `cargo xtask dev` shows you \
             the app itself.",
        ));
    }
    setup::ensure(layout, Purpose::Drive)?;
    let mut steps = Steps::new(3);
    steps.begin("the page", "2 min the first time");
    builds::page(layout)?;
    steps.begin("the app and a local Supabase", "8 min the first time, then seconds");
    builds::programs(layout, &[brand::PROGRAM, "supabase-local", "tour"])?;
    steps.begin("the tour", "about 1 min");
    let mut tour = program(layout, &layout.built("tour").to_string_lossy());
    succeeds(tour.arg(layout.root.join("target").join("tour")))
}

/// Takes pictures of every page in every state; `false` where a page is wider than its window.
///
/// # Errors
/// When the set-up or a build fails.
pub(crate) fn gallery(layout: &Layout, arguments: &[String]) -> Result<bool, Fault> {
    if !cfg!(target_os = "linux") {
        return Err(Fault::new(
            "the gallery drives a browser through WebKitWebDriver, which only Linux has.",
        ));
    }
    setup::ensure(layout, Purpose::Gallery)?;
    let mut steps = Steps::new(3);
    steps.begin("the page", "2 min the first time");
    builds::page(layout)?;
    steps.begin("the gallery", "5 min the first time, then seconds");
    let mut gallery = builds::built(layout, "gallery")?;
    steps.begin("the pictures", "some minutes");
    succeeds(gallery.arg(layout.root.join("target").join("gallery")).args(arguments))
}

/// Replays recordings.
///
/// # Errors
/// When Cargo cannot be started.
pub(crate) fn golden(layout: &Layout, names: &[String]) -> Result<bool, Fault> {
    succeeds(native(layout, "test", &["--quiet", "--test", "golden", "--"]).args(names))
}

/// Simulated days.
///
/// # Errors
/// When the build fails or the program cannot be started.
pub(crate) fn simulate(layout: &Layout, arguments: &[String]) -> Result<bool, Fault> {
    succeeds(builds::built(layout, "simulate")?.args(arguments))
}

/// Hostile links, from a build of its own: optimized, and without the server, which would take long to optimize.
///
/// # Errors
/// When Cargo cannot be started.
pub(crate) fn fuzz(layout: &Layout, arguments: &[String]) -> Result<bool, Fault> {
    let mut fuzzer = crate::shell::cargo(layout);
    fuzzer.args(["run", "--profile", "fuzz", "--package", "foyer-simulation", "--no-default-features"]);
    succeeds(fuzzer.args(["--bin", "fuzz_links", "--"]).args(arguments))
}

/// Kills while a session is saved.
///
/// # Errors
/// When the build fails or the program cannot be started.
pub(crate) fn torture(layout: &Layout, arguments: &[String]) -> Result<bool, Fault> {
    succeeds(builds::built(layout, "torture")?.args(arguments))
}

/// The check of a project's set-up.
///
/// # Errors
/// When the build fails or the program cannot be started.
pub(crate) fn doctor(layout: &Layout, arguments: &[String]) -> Result<bool, Fault> {
    succeeds(builds::built(layout, "foyer-doctor")?.args(arguments))
}

/// The local server alone.
///
/// # Errors
/// When Cargo cannot be started.
pub(crate) fn local(layout: &Layout, arguments: &[String]) -> Result<bool, Fault> {
    let mut server = crate::shell::cargo(layout);
    succeeds(server.args(["run", "--package", "supabase-local", "--"]).args(arguments))
}
