//! The installer for Windows: `packaging/windows/installer.nsi`, compiled by NSIS' own compiler on any system.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::authenticode::SignCommand;
use super::product::Product;
use super::updates;
use crate::builds;
use crate::fault::Fault;
use crate::layout::{Layout, unreadable};
use crate::shell::{cargo, must, program};

/// The toolchain that links for Windows on other systems.
pub(crate) const TARGET: &str = "x86_64-pc-windows-gnu";

/// What the GNU toolchain does not link: Tauri's build puts it beside the app.
pub(crate) const LOADER: &str = "WebView2Loader.dll";

/// The licences lie beside the app.
const LICENSES: [&str; 2] = ["LICENSE-MIT", "LICENSE-APACHE"];

/// Builds the app for Windows in release, where this is not Windows, and makes its installer; signed for updates where
/// bundles are.
///
/// # Errors
/// When a build fails or NSIS is missing.
pub(super) fn bundle(layout: &Layout) -> Result<(), Fault> {
    let product = Product::read(layout)?;
    let mut folder = layout.target.join("release");
    if !cfg!(windows) {
        builds::page(layout)?;
        must(&mut build(
            layout,
            &["--release", "--features", "foyer/custom-protocol", "--bin", &product.program],
        ))?;
        folder = layout.target.join(TARGET).join("release");
    }
    let made = installer(layout, &product, &folder.join(product.executable()), &made(layout, &product))?;
    updates::sign(layout, &made)
}

/// Where the installer of this product goes.
fn made(layout: &Layout, product: &Product) -> PathBuf {
    let name = format!("{}_{}_x64-setup.exe", product.name, product.version);
    layout.target.join("release").join("bundle").join("nsis").join(name)
}

/// A build for Windows, on another system.
pub(crate) fn build(layout: &Layout, arguments: &[&str]) -> Command {
    let mut command = cargo(layout);
    command.args(["build", "--target", TARGET]).args(arguments);
    // Without an assembler: the library brings along what it would make.
    command.env("AWS_LC_SYS_PREBUILT_NASM", "1");
    command
}

/// Makes the installer of this program. Where there is a command that signs, it signs the program, the uninstaller and the
/// installer.
///
/// # Errors
/// When the program is not there, NSIS is missing or refuses the script, or something cannot be signed.
pub(crate) fn installer(
    layout: &Layout,
    product: &Product,
    built: &Path,
    output: &Path,
) -> Result<PathBuf, Fault> {
    let staged = layout.target.join("bundle-files").join("windows");
    let files = stage(layout, product, built, &staged)?;
    let signing = SignCommand::find()?;
    compile(layout, product, (&staged, &files), output, signing.as_ref())?;
    Ok(output.to_path_buf())
}

/// Packs the `files` of the folder `staged`.
fn compile(
    layout: &Layout,
    product: &Product,
    (staged, files): (&Path, &[PathBuf]),
    output: &Path,
    signing: Option<&SignCommand>,
) -> Result<(), Fault> {
    let sign = |file: &Path| signing.map_or(Ok(()), |signing| signing.sign(layout, file));
    sign(&staged.join(product.executable()))?;
    let folder = output.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| unreadable(folder, &error))?;
    let size = files.iter().map(|file| fs::metadata(file).map_or(0, |file| file.len())).sum::<u64>();
    let mut command = program(layout, &makensis(layout)?);
    command.args(["-V2", "-WX", "-INPUTCHARSET", "UTF8"]);
    if let Some(target) = stub() {
        command.arg(format!("-XTarget {target}"));
    }
    for (name, value) in definitions(product, size) {
        command.arg(format!("-D{name}={value}"));
    }
    if files.iter().any(|file| file.ends_with(LOADER)) {
        command.arg("-DLOADER");
    }
    if let Some(signing) = signing {
        command.arg(format!("-DSIGN={}", signing.line()));
    }
    let icon = layout.root.join("icons").join("icon.ico");
    for (name, path) in [("FILES", staged), ("OUTPUT", output), ("ICON", &icon)] {
        command.arg(format!("-D{name}={}", path.display()));
    }
    must(command.arg(layout.root.join("packaging").join("windows").join("installer.nsi")))?;
    sign(output)
}

/// What the script is told. `size`: of what is installed, in bytes.
fn definitions(product: &Product, size: u64) -> [(&'static str, String); 9] {
    [
        ("NAME", product.name.clone()),
        ("PROGRAM", product.program.clone()),
        ("VERSION", product.version.clone()),
        ("PUBLISHER", product.publisher.clone()),
        ("COPYRIGHT", product.copyright.clone()),
        ("DESCRIPTION", product.description.clone()),
        ("IDENTIFIER", product.identifier.clone()),
        ("SCHEME", product.scheme.clone()),
        ("SIZE", size.div_ceil(1024).to_string()),
    ]
}

/// Copies what is installed into a folder of its own, and answers which files that are.
fn stage(layout: &Layout, product: &Product, built: &Path, staged: &Path) -> Result<Vec<PathBuf>, Fault> {
    if staged.exists() {
        fs::remove_dir_all(staged).map_err(|error| unreadable(staged, &error))?;
    }
    fs::create_dir_all(staged).map_err(|error| unreadable(staged, &error))?;
    let loader = built.with_file_name(LOADER);
    let mut sources = vec![(built.to_path_buf(), product.executable())];
    sources.extend(LICENSES.map(|name| (layout.root.join(name), name.to_owned())));
    sources.extend(loader.is_file().then(|| (loader, LOADER.to_owned())));
    let copy = |(from, name): (PathBuf, String)| {
        let to = staged.join(name);
        fs::copy(&from, &to).map_err(|error| unreadable(&from, &error))?;
        Ok(to)
    };
    sources.into_iter().map(copy).collect()
}

/// NSIS' compiler; on Windows its own installer adds it to no `PATH`.
fn makensis(layout: &Layout) -> Result<String, Fault> {
    let usual = Path::new(r"C:\Program Files (x86)\NSIS\makensis.exe");
    let found = layout.program("makensis").or_else(|| usual.is_file().then(|| usual.to_path_buf()));
    let found = found.ok_or_else(|| Fault::new("NSIS is missing: https://nsis.sourceforge.io/Download"))?;
    Ok(found.to_string_lossy().into_owned())
}

/// The kind of installer to make: one of 64 bits where this NSIS can make one, as that needs no 32-bit subsystem.
fn stub() -> Option<&'static str> {
    let has_it = Path::new("/usr/share/nsis/Stubs/lzma_solid-amd64-unicode").is_file();
    has_it.then_some("amd64-unicode")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_gets_all_that_it_asks_for_and_names_nothing_itself() {
        let layout = Layout::find().expect("a checkout");
        let product = Product::read(&layout).expect("a product");
        let script = layout.root.join("packaging").join("windows").join("installer.nsi");
        let script = fs::read_to_string(script).expect("a script");
        let lines = script.lines().filter(|line| !line.starts_with(';'));
        let code: String = lines.flat_map(|line| [line, "\n"]).collect();

        for (name, value) in definitions(&product, 0) {
            assert!(code.contains(&format!("${{{name}}}")), "{name} is not asked for");
            assert!(name == "SIZE" || !code.contains(&value), "{value} is written in the script");
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_app_its_uninstaller_and_the_installer_are_signed() {
        let layout = Layout::find().expect("a checkout");
        if layout.program("makensis").is_none() {
            println!("skipped: no NSIS on this machine");
            return;
        }
        let product = Product::read(&layout).expect("a product");
        let folder = tempfile::tempdir().expect("a folder");
        let [built, staged, output, tool, log] =
            ["app.exe", "staged", "the setup.exe", "sign.sh", "log"].map(|name| folder.path().join(name));
        fs::write(&built, "program").expect("a file");
        // Signs nothing, and notes what it was given.
        let script = format!("[ -s \"$1\" ] && echo \"$1\" >> '{}'", log.display());
        fs::write(&tool, script).expect("a tool");
        let files = stage(&layout, &product, &built, &staged).expect("files");
        let command = SignCommand::parse(&format!("sh {} %1", tool.display())).expect("a command");

        compile(&layout, &product, (&staged, &files), &output, Some(&command)).expect("an installer");

        let signed = fs::read_to_string(&log).expect("a log");
        let signed: Vec<_> = signed.lines().map(PathBuf::from).collect();
        assert_eq!((signed.len(), &signed[0], &signed[2]), (3, &staged.join(product.executable()), &output));
        // The second is the uninstaller, which has no name before it is packed.
        assert!(!signed[1].exists() && output.is_file());
    }

    #[test]
    fn what_is_installed_lies_in_a_folder_of_its_own() {
        let layout = Layout::find().expect("a checkout");
        let product = Product::read(&layout).expect("a product");
        let folder = tempfile::tempdir().expect("a folder");
        let (built, staged) = (folder.path().join(product.executable()), folder.path().join("staged"));
        fs::write(&built, "program").expect("a file");
        let names = || {
            let files = stage(&layout, &product, &built, &staged).expect("files");
            let names = files.iter().map(|file| file.file_name().expect("a name").to_owned());
            names.map(|name| name.into_string().expect("text")).collect::<Vec<_>>()
        };

        let program = product.executable();
        assert_eq!(names(), [&program, "LICENSE-MIT", "LICENSE-APACHE"]);
        fs::write(folder.path().join(LOADER), "loader").expect("a file");
        assert_eq!(names(), [&program, "LICENSE-MIT", "LICENSE-APACHE", LOADER]);
    }
}
