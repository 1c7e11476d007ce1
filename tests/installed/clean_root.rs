//! A Debian of its own: a fresh system in a folder, which a test may change and which is gone afterwards.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use harness::processes::{Mark, installed};
use harness::{Fault, Outcome};
use tempfile::TempDir;
use tokio::process::Command;

/// The root of a system. Everything that was changed goes with it.
pub(crate) struct CleanRoot {
    folder: TempDir,
    /// Carried by every program in it.
    mark: Mark,
}

impl CleanRoot {
    /// A fresh system of this machine's own release.
    ///
    /// # Errors
    /// Without root's rights, debootstrap, or a mirror.
    pub(crate) async fn new() -> Outcome<Self> {
        let base = base().await?;
        let folder = tempfile::Builder::new().prefix("foyer-root-").tempdir()?;
        for name in ["changes", "work", "root"] {
            fs::create_dir(folder.path().join(name))?;
        }
        let root = Self { folder, mark: Mark::new("FOYER_CLEAN_ROOT") };
        let layers = format!(
            "lowerdir={},upperdir={},workdir={}",
            base.display(),
            root.folder.path().join("changes").display(),
            root.folder.path().join("work").display()
        );
        root.mount(&["-t", "overlay", "overlay", "-o", &layers], "").await?;
        root.mount(&["-t", "proc", "proc"], "proc").await?;
        root.mount(&["--rbind", "--make-rslave", "/dev"], "dev").await?;
        fs::copy("/etc/resolv.conf", root.path("etc/resolv.conf"))?;
        // Packages that were fetched before are not fetched again.
        let archives = cache()?.join("archives");
        fs::create_dir_all(archives.join("partial"))?;
        root.mount(&["--bind", &archives.to_string_lossy()], "var/cache/apt/archives").await?;
        root.run("apt-get", &["update", "-qq"]).await?;
        Ok(root)
    }

    async fn mount(&self, arguments: &[&str], at: &str) -> Outcome {
        must(Command::new("mount").args(arguments).arg(self.path(at))).await.map(drop)
    }

    /// A path in the system, seen from outside.
    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join("root").join(inside.trim_start_matches('/'))
    }

    /// A program in the system, not started yet.
    pub(crate) fn command(&self, user: &str, program: &str) -> Command {
        let mut command = Command::new("chroot");
        command.arg(format!("--userspec={user}")).arg(self.path("")).arg(program).env_clear();
        command.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env("LANG", "C.UTF-8");
        command.env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null()).kill_on_drop(true);
        self.mark.put_on(&mut command);
        command
    }

    /// Runs a program as root and answers what it says.
    ///
    /// # Errors
    /// When it fails.
    pub(crate) async fn run(&self, program: &str, arguments: &[&str]) -> Outcome<String> {
        must(self.command("root", program).args(arguments)).await
    }

    /// Installs packages of the distribution.
    ///
    /// # Errors
    /// When apt cannot.
    pub(crate) async fn install(&self, packages: &[&str]) -> Outcome {
        let options = ["install", "--yes", "-qq", "--no-install-recommends"];
        self.run("apt-get", &[&options[..], packages].concat()).await.map(drop)
    }

    /// Installs a package of a file, with what it depends on.
    ///
    /// # Errors
    /// When apt cannot.
    pub(crate) async fn install_file(&self, package: &Path) -> Outcome {
        fs::copy(package, self.path("tmp/package.deb"))?;
        self.install(&["/tmp/package.deb"]).await
    }

    /// The same package under another version.
    ///
    /// # Errors
    /// When it cannot be packed.
    pub(crate) async fn repacked_as(&self, package: &Path, version: &str) -> Outcome<PathBuf> {
        fs::copy(package, self.path("tmp/package.deb"))?;
        self.run("dpkg-deb", &["--raw-extract", "/tmp/package.deb", "/tmp/package"]).await?;
        let control = self.path("tmp/package/DEBIAN/control");
        let fields = fs::read_to_string(&control)?;
        let changed = fields.lines().map(|line| {
            if line.starts_with("Version: ") { format!("Version: {version}\n") } else { format!("{line}\n") }
        });
        fs::write(&control, changed.collect::<String>())?;
        self.run("dpkg-deb", &["--build", "/tmp/package", "/tmp/newer.deb"]).await?;
        fs::remove_dir_all(self.path("tmp/package"))?;
        Ok(self.path("tmp/newer.deb"))
    }

    /// Removes a package and its configuration.
    ///
    /// # Errors
    /// When apt cannot.
    pub(crate) async fn purge(&self, package: &str) -> Outcome {
        self.run("apt-get", &["purge", "--yes", "-qq", package]).await?;
        for leftover in ["tmp/package.deb", "tmp/newer.deb"] {
            fs::remove_file(self.path(leftover))?;
        }
        Ok(())
    }

    /// Every file whose name holds this word, but for the logs of apt and dpkg, and what apt fetched.
    ///
    /// # Errors
    /// When the system cannot be searched.
    pub(crate) async fn files_named(&self, word: &str) -> Outcome<Vec<String>> {
        let name = format!("*{word}*");
        let found = self.run("find", &["/", "-xdev", "-iname", &name, "-not", "-path", "/proc/*"]).await?;
        Ok(found.lines().map(str::to_owned).collect())
    }
}

impl Drop for CleanRoot {
    fn drop(&mut self) {
        self.mark.sweep();
        let unmounted = std::process::Command::new("umount")
            .args(["--recursive", "--lazy"])
            .arg(self.folder.path().join("root"))
            .status();
        if !unmounted.as_ref().is_ok_and(std::process::ExitStatus::success) {
            eprintln!("{} stays mounted: {unmounted:?}", self.folder.path().display());
            // What is still mounted there is this machine's own, and must not be removed with the folder.
            self.folder.disable_cleanup(true);
        }
    }
}

/// The system that all others begin with, kept for the next time.
async fn base() -> Outcome<PathBuf> {
    let release = fs::read_to_string("/etc/os-release")?;
    let name = release.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME="));
    let name = name.ok_or_else(|| Fault::new("this system does not name its release"))?;
    let base = cache()?.join(name);
    if base.is_dir() {
        return Ok(base);
    }
    let made = base.with_extension("partial");
    if made.exists() {
        fs::remove_dir_all(&made)?;
    }
    must(Command::new(installed("debootstrap")?).args(["--variant=minbase", name]).arg(&made)).await?;
    fs::rename(&made, &base)?;
    Ok(base)
}

fn cache() -> Outcome<PathBuf> {
    let home = std::env::home_dir().ok_or_else(|| Fault::new("no home folder: set HOME"))?;
    let cache = std::env::var_os("XDG_CACHE_HOME").map_or_else(|| home.join(".cache"), PathBuf::from);
    let cache = cache.join("foyer").join("roots");
    fs::create_dir_all(&cache)?;
    Ok(cache)
}

/// Runs a program that must succeed and answers what it says.
///
/// # Errors
/// When it cannot be started or fails.
pub(crate) async fn must(command: &mut Command) -> Outcome<String> {
    let output = command.output().await?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Fault::new(format!("{:?}: {} {said}", command.as_std(), output.status)))
}
