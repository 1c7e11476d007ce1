//! `bench`: builds what is measured, in release, and starts the program that measures.

use std::path::{Path, PathBuf};

use foyer_contract::brand;

use crate::builds;
use crate::bundle;
use crate::fault::Fault;
use crate::layout::Layout;
use crate::setup::{self, Purpose};
use crate::shell::{Steps, cargo, must, program, succeeds};

/// The page of React and supabase-js.
const PEER: &str = "bench/peer";

/// The local server from npm.
const LITE: &str = "bench/lite";

/// The row of instructions, which are counted in builds for tests.
const INSTRUCTIONS: &str = "15";

/// What works while something is measured, in builds for tests: a local Supabase, and pieces of work one at a time.
const WORKS: &[&str] = &["supabase-local", "foyer-bench-work"];

/// Measures; `false` where a row could not be measured.
///
/// # Errors
/// When the set-up or a build fails.
pub(crate) fn bench(layout: &Layout, arguments: &[String]) -> Result<bool, Fault> {
    if !cfg!(target_os = "linux") {
        return Err(Fault::new("what is painted is read from the memory of Xvfb, which only Linux has"));
    }
    setup::ensure(layout, Purpose::Develop)?;
    let has = |words: &[&str]| arguments.iter().any(|word| words.contains(&&**word));
    let measure = |programs: &Path| {
        let mut bench = builds::built(layout, "foyer-bench")?;
        bench.arg("--programs").arg(programs).args(arguments);
        Ok::<_, Fault>(bench)
    };
    if has(&["--help", "-h"]) {
        return succeeds(&mut measure(&layout.target)?);
    }
    // A row that there is none of is known before anything is built for a quarter of an hour.
    if !succeeds(measure(&layout.target)?.arg("--check"))? {
        return Ok(false);
    }
    let programs = if has(&["--quick"]) {
        builds::programs(layout, &[&[brand::PROGRAM, "foyer-bench-shell"], WORKS].concat())?;
        layout.target.join("debug")
    } else if arguments == [INSTRUCTIONS] {
        builds::programs(layout, WORKS)?;
        layout.target.join("debug")
    } else {
        release(layout)?
    };
    succeeds(&mut measure(&programs)?)
}

/// Builds all that is measured as people get it; answers the folder with the programs.
fn release(layout: &Layout) -> Result<PathBuf, Fault> {
    let mut steps = Steps::new(5);
    steps.begin("the page of React and supabase-js, and the local server from npm", "1 min");
    let peer = layout.root.join(PEER);
    for folder in [&peer, &layout.root.join(LITE)] {
        must(program(layout, "npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(folder))?;
    }
    must(program(layout, "npm").args(["run", "build"]).current_dir(&peer))?;
    steps.begin("Foyer, in release", "10 min the first time");
    bundle::app(layout)?;
    steps.begin("the window of the others, in release", "5 min the first time");
    must(cargo(layout).args([
        "build",
        "--release",
        "--package",
        "foyer-bench-shell",
        "--features",
        "custom-protocol",
    ]))?;
    steps.begin("the local server, in release", "5 min the first time");
    must(cargo(layout).args(["build", "--release", "--package", "supabase-local"]))?;
    steps.begin("what measures, and a local Supabase", "minutes the first time");
    builds::programs(layout, WORKS)?;
    Ok(layout.target.join("release"))
}
