//! `wine-test`: what ships for Windows, in Wine. The installer is run as a person's, the app's links go through the
//! registry to the app that runs, the tests of the session and its store run as Windows programs, and the uninstaller
//! takes back what it should. Wine has no WebView2: no window opens, and what is in it is tested on Windows itself.

mod installed;
mod prefix;
mod suites;

use std::fs;
use std::path::{Path, PathBuf};

use crate::builds;
use crate::bundle::product::Product;
use crate::bundle::windows;
use crate::fault::Fault;
use crate::layout::{Layout, unreadable};
use crate::setup::{self, Purpose};
use crate::shell::{Steps, answer, must, program, spoken};

use installed::Apps;
use prefix::Prefix;

/// Runs all of it; `false` where a test failed.
///
/// # Errors
/// When the set-up or a build fails, or what is installed does not behave.
pub(crate) fn test(layout: &Layout, installer: Option<&Path>) -> Result<bool, Fault> {
    if !cfg!(target_os = "linux") {
        return Err(Fault::new("Wine is used on Linux; on Windows the same tests run by `cargo test`"));
    }
    setup::ensure(layout, Purpose::Wine)?;
    let product = Product::read(layout)?;
    let mut steps = Steps::new(6);
    steps.begin("the page", "2 min the first time");
    builds::page(layout)?;
    steps.begin("the app and the tests, for Windows", "20 min the first time");
    let apps = apps(layout, &product, installer)?;
    let suites = suites::build(layout)?;
    steps.begin("a Windows of its own", "30 s");
    let prefix = Prefix::new(layout)?;
    println!("      {}", prefix.version());
    let begun = steps.begin("installed, handed a link, upgraded, removed", "1 min");
    installed::check(&prefix, &product, &apps)?;
    println!("      passed in {}", spoken(begun.elapsed()));
    steps.begin("the tests of the session and its store", "5 min");
    let tally = suites::run(&prefix, &suites)?;
    steps.begin("what Wine cannot show", "");
    suites::say_what_is_left();
    println!("\nwine: {} passed, {} failed", tally.passed, tally.failed);
    Ok(tally.failed == 0)
}

/// Builds the app as it ships and as a test drives it, and the installer of the former.
fn apps(layout: &Layout, product: &Product, installer: Option<&Path>) -> Result<Apps, Fault> {
    let folder = layout.target.join("wine").join("apps");
    let driven = kept(layout, product, &folder.join("driven"), "foyer/e2e,foyer/custom-protocol")?;
    let (installer, is_debug) = match installer {
        Some(installer) => (installer.to_path_buf(), false),
        None => {
            let shipped = kept(layout, product, &folder.join("shipped"), "foyer/custom-protocol")?;
            let output = folder.join(format!("{}-setup.exe", product.name));
            (windows::installer(layout, product, &shipped, &output)?, true)
        }
    };
    Ok(Apps { installer, is_debug, driven })
}

/// Builds the app with these features and keeps it, without what only a debugger reads, beside what it loads.
fn kept(layout: &Layout, product: &Product, folder: &Path, features: &str) -> Result<PathBuf, Fault> {
    must(&mut windows::build(layout, &["--features", features, "--bin", &product.program]))?;
    let built = layout.target.join(windows::TARGET).join("debug");
    fs::create_dir_all(folder).map_err(|error| unreadable(folder, &error))?;
    let program_file = product.executable();
    for name in [&program_file, windows::LOADER] {
        let file = built.join(name);
        fs::copy(&file, folder.join(name)).map_err(|error| unreadable(&file, &error))?;
    }
    let app = folder.join(&program_file);
    must(program(layout, "x86_64-w64-mingw32-strip").arg(&app))?;
    Ok(app)
}

/// The version of Wine, as it names itself.
fn version(wine: &Path) -> String {
    answer(std::process::Command::new(wine).arg("--version")).unwrap_or_default().trim().to_owned()
}
