//! A desktop of one's own: display, D-Bus, folders. Nothing of the person's own desktop is seen or touched.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};

use foyer_contract::brand::IDENTIFIER;
use foyer_contract::variable;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::bus::Bus;
use crate::deadline::{TIMEOUT, until};
use crate::fault::{Fault, Outcome};
use crate::leftovers;
use crate::processes::{Mark, Signal, app_program, bound, installed, send};

/// Large enough for the window at its first size.
const SCREEN: &str = "1280x960x24";

/// The session bus, which starts no service.
const BUS: &str = include_str!("session-bus.conf");

/// A display, a session bus and folders. All of it ends when this is dropped.
#[derive(Debug)]
pub struct Desktop {
    /// Where its folders lie, and anything else that a test wants to keep for its time.
    root: TempDir,
    environment: BTreeMap<OsString, OsString>,
    mark: Mark,
    /// Whether the app finds no locks on its disk.
    pub(crate) has_no_locks: bool,
    /// The programs of the desktop, which end when this is dropped.
    pub(crate) programs: Vec<Child>,
}

/// The folders that a user has, below one of their own, and the variables that name them.
pub(crate) const USER_FOLDERS: [(&str, &str); 6] = [
    ("HOME", "home"),
    ("XDG_DATA_HOME", "data"),
    ("XDG_CONFIG_HOME", "config"),
    ("XDG_CACHE_HOME", "cache"),
    ("XDG_RUNTIME_DIR", "runtime"),
    ("TMPDIR", "tmp"),
];

impl Desktop {
    /// A desktop on which the app knows no project.
    ///
    /// # Errors
    /// When a program that makes the desktop cannot be started.
    pub async fn new() -> Outcome<Self> {
        Self::with_screen(SCREEN).await
    }

    /// The same with a screen of this size (`WIDTHxHEIGHTxDEPTH`).
    ///
    /// # Errors
    /// When a program that makes the desktop cannot be started.
    pub async fn with_screen(screen: &str) -> Outcome<Self> {
        Self::with_bus(Self::with_display(&["-screen", "0", screen]).await?).await
    }

    /// The same with a display that has no pointer and keeps what it shows in the file `Xvfb_screen0` of `folder`.
    ///
    /// # Errors
    /// When a program that makes the desktop cannot be started.
    pub async fn with_framebuffer(folder: &Path) -> Outcome<Self> {
        let folder = folder.to_string_lossy();
        let display = Self::with_display(&["-screen", "0", SCREEN, "-nocursor", "-fbdir", &folder]).await?;
        let mut desktop = Self::with_bus(display).await?;
        desktop.composite();
        Ok(desktop)
    }

    async fn with_bus(mut desktop: Self) -> Outcome<Self> {
        let config = desktop.path("runtime/bus.conf");
        fs::write(&config, BUS.replace("ADDRESS", &desktop.path("runtime/bus").to_string_lossy()))?;
        let mut bus = desktop.command(&installed("dbus-daemon")?, "dbus")?;
        bus.arg("--config-file").arg(config).args(["--nofork", "--nopidfile", "--print-address=1"]);
        let (bus, address) = first_line(bus, "the session bus").await?;
        desktop.set("DBUS_SESSION_BUS_ADDRESS", &address);
        desktop.programs.push(bus);
        Ok(desktop)
    }

    /// A desktop without a session bus, on which no library can start one either.
    ///
    /// # Errors
    /// When the display cannot be started.
    pub async fn without_bus() -> Outcome<Self> {
        let mut desktop = Self::with_display(&["-screen", "0", SCREEN]).await?;
        desktop.hide("dbus-launch")?;
        Ok(desktop)
    }

    async fn with_display(options: &[&str]) -> Outcome<Self> {
        let root = tempfile::Builder::new().prefix("foyer-").tempdir()?;
        for folder in ["home", "data", "config", "cache", "runtime", "tmp", "logs"] {
            fs::DirBuilder::new().mode(0o700).create(root.path().join(folder))?;
        }
        let mark = Mark::new("FOYER_DESKTOP");
        let mut desktop =
            Self { root, environment: BTreeMap::new(), mark, has_no_locks: false, programs: vec![] };
        desktop.furnish();
        let mut display = desktop.command(&installed("Xvfb")?, "display")?;
        display.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset"]).args(options);
        let (display, number) = first_line(display, "the display").await?;
        desktop.set("DISPLAY", &format!(":{number}"));
        desktop.programs.push(display);
        Ok(desktop)
    }

    fn furnish(&mut self) {
        let of_the_app = [
            (variable!("DATA_DIR"), "foyer"),
            (variable!("PICK_FILE"), "pick"),
            (variable!("OPEN_LOG"), "opened-in-browser"),
        ];
        for (name, folder) in USER_FOLDERS.into_iter().chain(of_the_app) {
            let path = self.path(folder);
            self.environment.insert(name.into(), path.into());
        }
        let settings = [
            (variable!("LOG"), "trace"),
            ("GDK_BACKEND", "x11"),
            // Neither a portal nor the accessibility bus is asked for.
            ("GTK_USE_PORTAL", "0"),
            ("NO_AT_BRIDGE", "1"),
            ("GSETTINGS_BACKEND", "memory"),
            ("LIBGL_ALWAYS_SOFTWARE", "1"),
            ("WEBKIT_DISABLE_COMPOSITING_MODE", "1"),
            ("LC_ALL", "C.UTF-8"),
        ];
        settings.into_iter().for_each(|(name, value)| self.set(name, value));
    }

    /// Sets a variable for everything that is started from now on.
    pub fn set(&mut self, name: &str, value: &str) {
        self.environment.insert(name.into(), value.into());
    }

    /// Takes a variable away from everything that is started from now on.
    pub(crate) fn unset(&mut self, name: &str) {
        self.environment.remove(&OsString::from(name));
    }

    /// Lets a program live as long as the desktop.
    pub(crate) fn keep(&mut self, program: Child) {
        self.programs.push(program);
    }

    /// Where the session bus is, if there is one.
    pub(crate) fn bus_address(&self) -> Option<String> {
        self.bus().address.and_then(|address| address.into_string().ok())
    }

    /// What a variable is set to for everything that is started.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&OsString> {
        self.environment.get(&OsString::from(name))
    }

    /// A path in this desktop's own folder.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// Where the app keeps its store, cache and logs.
    #[must_use]
    pub fn data_dir(&self) -> PathBuf {
        self.environment.get(&OsString::from(variable!("DATA_DIR"))).map(PathBuf::from).unwrap_or_default()
    }

    /// The file that the app's file dialog will answer with.
    ///
    /// # Errors
    /// When that cannot be written down.
    pub fn pick(&self, file: &Path) -> Outcome {
        Ok(fs::write(self.path("pick"), file.as_os_str().as_encoded_bytes())?)
    }

    /// Waits until the app has opened the system's browser so many times, and answers the last address.
    ///
    /// # Errors
    /// When it does not.
    pub async fn browser_opened(&self, times: usize) -> Outcome<String> {
        let log = self.path("opened-in-browser");
        until("the app to open the browser", async || {
            let opened = fs::read_to_string(&log).unwrap_or_default();
            Ok(opened.lines().nth(times - 1).map(str::to_owned))
        })
        .await
    }

    /// A program on this desktop, bound to its life. What it prints goes to the log of this name.
    ///
    /// # Errors
    /// When the log cannot be opened.
    pub fn command(&self, program: &Path, log: &str) -> Outcome<Command> {
        let log = File::options().create(true).append(true).open(self.log(log))?;
        let mut command = bound(program);
        command.envs(&self.environment).stdout(log.try_clone()?).stderr(log).current_dir(self.root.path());
        self.mark.put_on(&mut command);
        Ok(command)
    }

    /// Where a program's output goes.
    #[must_use]
    pub fn log(&self, name: &str) -> PathBuf {
        self.path("logs").join(format!("{name}.log"))
    }

    /// What all programs on this desktop have printed, the app's included.
    ///
    /// # Errors
    /// When a log cannot be read.
    pub fn printed(&self) -> Outcome<String> {
        let mut printed = String::new();
        for entry in fs::read_dir(self.path("logs"))? {
            printed += &String::from_utf8_lossy(&fs::read(entry?.path())?);
        }
        Ok(printed)
    }

    /// Takes a program away from everything that is started from now on.
    ///
    /// # Errors
    /// When the others cannot be put together without it.
    pub fn hide(&mut self, program: &str) -> Outcome {
        let without = self.path("without");
        fs::create_dir_all(&without)?;
        let path = std::env::var_os("PATH").unwrap_or_default();
        let files = std::env::split_paths(&path).filter_map(|folder| fs::read_dir(folder).ok()).flatten();
        for file in files.flatten().filter(|file| file.file_name() != program) {
            // The first one of a name counts.
            match std::os::unix::fs::symlink(file.path(), without.join(file.file_name())) {
                Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(error.into()),
                _ => {}
            }
        }
        self.set("PATH", &without.to_string_lossy());
        Ok(())
    }

    /// Kills the app, however it was started, and waits until it is gone.
    ///
    /// # Errors
    /// When it does not run.
    pub async fn kill_app(&self) -> Outcome {
        self.mark.kill_9(&app_program()?).await?;
        self.bus().released().await
    }

    /// Lets the session bus hang: it takes connections and answers nothing, as one does that is stopped.
    ///
    /// # Errors
    /// When it does not run.
    pub fn stop_bus(&self) -> Outcome {
        let running = self.mark.running(&installed("dbus-daemon")?.canonicalize()?);
        if running.is_empty() {
            return Err(Fault::new("the session bus does not run"));
        }
        running.into_iter().try_for_each(|id| send(id, Signal::STOP))
    }

    /// The session bus, with the name that the app has on it.
    pub(crate) fn bus(&self) -> Bus {
        self.bus_of(IDENTIFIER)
    }

    /// The session bus, with the name that the app with this identifier has on it.
    pub(crate) fn bus_of(&self, identifier: &str) -> Bus {
        let address = self.environment.get(&OsString::from("DBUS_SESSION_BUS_ADDRESS")).cloned();
        Bus { address, name: format!("{identifier}.SingleInstance") }
    }

    /// How many processes on this desktop run this program.
    #[must_use]
    pub fn running(&self, program: &Path) -> usize {
        self.mark.running(program).len()
    }

    /// How many processes of the app run on this desktop.
    ///
    /// # Errors
    /// When the app is not built.
    pub fn running_apps(&self) -> Outcome<usize> {
        Ok(self.mark.running(&app_program()?).len())
    }

    /// Runs the app without a driver until it ends by itself; how it ended and what it printed.
    ///
    /// # Errors
    /// When it goes on running.
    pub async fn run_app(&self) -> Outcome<(ExitStatus, String)> {
        self.run_app_with(&[]).await
    }

    /// The same with arguments, as the desktop does with a link.
    ///
    /// # Errors
    /// When it goes on running.
    pub async fn run_app_with(&self, arguments: &[&str]) -> Outcome<(ExitStatus, String)> {
        let mut app = self.app_command(&app_program()?, "ended")?;
        let ended = tokio::time::timeout(TIMEOUT, app.args(arguments).status()).await;
        let status = ended.map_err(|_| Fault::new("the app did not end by itself"))??;
        Ok((status, fs::read_to_string(self.log("ended"))?))
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        leftovers::expect_none(&leftovers::clear(&self.mark, self.root.path()));
    }
}

/// Starts a program and waits for the first line that it prints.
///
/// # Errors
/// When it cannot be started, or prints nothing.
pub async fn first_line(mut command: Command, what: &str) -> Outcome<(Child, String)> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let stdout = child.stdout.take().ok_or_else(|| Fault::new(format!("{what} has no output")))?;
    let mut lines = BufReader::new(stdout).lines();
    let line = tokio::time::timeout(TIMEOUT, lines.next_line()).await;
    match line {
        Ok(Ok(Some(line))) => {
            // The rest is read too, as a full pipe would stop the program.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            Ok((child, line))
        }
        _ => Err(Fault::new(format!("{what} did not start"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn two_desktops_have_displays_of_their_own_and_leave_nothing_behind() -> Outcome {
        let (one, two) = (Desktop::new().await?, Desktop::new().await?);
        let display = |desktop: &Desktop| desktop.environment.get(&OsString::from("DISPLAY")).cloned();
        assert_ne!(display(&one), display(&two));
        one.screenshot(&one.path("empty.png")).await?;
        assert_eq!(image::image_dimensions(one.path("empty.png"))?, (1280, 960));
        let (mark, root) = (one.mark.clone(), one.root.path().to_owned());

        drop(one);

        until("its programs to be gone", async || Ok(mark.carriers().is_empty().then_some(()))).await?;
        assert!(!root.exists());
        Ok(())
    }

    #[tokio::test]
    async fn the_session_bus_starts_no_program_of_the_machine() -> Outcome {
        let desktop = Desktop::new().await?;
        let mut ask = desktop.command(&installed("gdbus")?, "names")?;
        ask.args(["call", "--session", "--dest", "org.freedesktop.DBus", "--object-path"]);
        ask.args(["/org/freedesktop/DBus", "--method", "org.freedesktop.DBus.ListActivatableNames"]);

        assert!(ask.status().await?.success());

        assert_eq!(fs::read_to_string(desktop.log("names"))?.trim(), "(['org.freedesktop.DBus'],)");
        Ok(())
    }

    #[tokio::test]
    async fn without_a_bus_nothing_can_start_one() -> Outcome {
        let desktop = Desktop::without_bus().await?;
        let mut ask = desktop.command(&installed("gdbus")?, "names")?;
        ask.args(["call", "--session", "--dest", "org.freedesktop.DBus", "--object-path"]);
        ask.args(["/org/freedesktop/DBus", "--method", "org.freedesktop.DBus.ListNames"]);

        assert!(!ask.status().await?.success());
        Ok(())
    }

    #[tokio::test]
    async fn a_link_that_no_app_is_registered_for_is_not_opened() -> Outcome {
        let desktop = Desktop::new().await?;

        let status = desktop.open(foyer_contract::brand::CALLBACK).await?;

        assert!(!status.success());
        Ok(())
    }
}
