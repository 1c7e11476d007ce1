//! A Windows of its own: a folder that Wine takes for a system, with a person in it and a screen that nobody sees.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::fault::Fault;
use crate::layout::{Layout, unreadable};
use crate::shell::{must, program, shown, succeeds};

/// Who is signed in: the folder of the profile has this name. Letters that no code page of Windows has together, and a
/// blank.
const PERSON: &str = "Zoë Łukasiewicz 雪";

/// How long something that Windows does by itself is waited for.
const TIMEOUT: Duration = Duration::from_secs(90);
/// The pause between two looks at it.
const PAUSE: Duration = Duration::from_millis(100);

/// Rust's standard library takes its random numbers from a library of Windows that Wine has from version 9 on. Before that
/// this one takes its place.
const RANDOM: &str = "#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) {
    return RtlGenRandom(data, (ULONG)length);
}
";
const RANDOM_LIBRARY: &str = "bcryptprimitives.dll";

/// What Wine would ask to download, and what would write into the desktop of whoever runs the test.
const LEFT_OUT: &str = "mscoree,mshtml=;winemenubuilder.exe=d";

/// The system. It is removed when this is dropped.
pub(super) struct Prefix {
    folder: PathBuf,
    wine: PathBuf,
    server: PathBuf,
    screen: Child,
    display: String,
}

impl Prefix {
    /// A fresh system.
    ///
    /// # Errors
    /// Without Wine or Xvfb.
    pub(super) fn new(layout: &Layout) -> Result<Self, Fault> {
        let folder = layout.target.join("wine").join("system");
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| unreadable(&folder, &error))?;
        }
        for name in ["prefix", "home"] {
            let made = folder.join(name);
            fs::create_dir_all(&made).map_err(|error| unreadable(&made, &error))?;
        }
        let (screen, display) = screen(layout)?;
        // Debian's `wine` asks at each start for the 32 bits that nothing here needs.
        let wine = found(layout, "/usr/lib/wine/wine64", "wine");
        let server = found(layout, "/usr/lib/wine/wineserver64", "wineserver");
        let prefix = Self { folder, wine, server, screen, display };
        must(prefix.program("wineboot.exe").arg("--init").stderr(Stdio::null()))?;
        prefix.complete(layout)?;
        Ok(prefix)
    }

    /// Adds what Rust needs of Windows and this Wine lacks.
    fn complete(&self, layout: &Layout) -> Result<(), Fault> {
        let library = self.drive().join("windows").join("system32").join(RANDOM_LIBRARY);
        if library.exists() {
            return Ok(());
        }
        let source = self.folder.join("random.c");
        fs::write(&source, RANDOM).map_err(|error| unreadable(&source, &error))?;
        let mut compiler = program(layout, "x86_64-w64-mingw32-gcc");
        compiler.arg("-shared").arg("-o").arg(&library).arg(&source).arg("-ladvapi32");
        println!("      {RANDOM_LIBRARY} is missing in this Wine: one of our own takes its place");
        must(&mut compiler)
    }

    /// The version of Wine.
    pub(super) fn version(&self) -> String {
        super::version(&self.wine)
    }

    /// A program for Windows, by its name or by its path on this machine.
    pub(super) fn program(&self, name: impl AsRef<Path>) -> Command {
        let mut command = Command::new(&self.wine);
        command.arg(name.as_ref());
        self.put_in(&mut command);
        command
    }

    fn put_in(&self, command: &mut Command) {
        let home = self.folder.join("home");
        command.env("WINEPREFIX", self.folder.join("prefix")).env("HOME", &home);
        command.env("XDG_DATA_HOME", &home).env("XDG_CONFIG_HOME", &home).env("XDG_CACHE_HOME", &home);
        command.env("WINEDEBUG", "-all").env("WINEDLLOVERRIDES", LEFT_OUT).env("DISPLAY", &self.display);
        command.env("LC_ALL", "C.UTF-8").env("USER", PERSON).stdin(Stdio::null());
    }

    /// Runs a program to its end; gives back its exit status.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(super) fn status(&self, command: &mut Command) -> Result<Option<i32>, Fault> {
        let status = command.status();
        let status = status.map_err(|error| Fault::new(format!("{}: {error}", shown(command))))?;
        Ok(status.code())
    }

    /// The profile of the person.
    pub(super) fn profile(&self) -> PathBuf {
        self.drive().join("users").join(PERSON)
    }

    /// A path below the profile, as Windows writes it.
    pub(super) fn windows_path(&self, below_profile: &str) -> String {
        format!("C:\\users\\{PERSON}\\{}", below_profile.replace('/', "\\"))
    }

    fn drive(&self) -> PathBuf {
        self.folder.join("prefix").join("drive_c")
    }

    /// All that stands in the registry below a key, as lines of a `.reg` file; `None` where there is no such key.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub(super) fn registry(&self, key: &str) -> Result<Option<String>, Fault> {
        let file = self.drive().join("asked.reg");
        let mut export = self.program("reg.exe");
        export.args(["export", key, "C:\\asked.reg", "/y"]).stdout(Stdio::null()).stderr(Stdio::null());
        if !succeeds(&mut export)? {
            return Ok(None);
        }
        let bytes = fs::read(&file).map_err(|error| unreadable(&file, &error))?;
        fs::remove_file(&file).map_err(|error| unreadable(&file, &error))?;
        // Exported as UTF-16, with quotes and backslashes escaped.
        let units: Vec<u16> =
            bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        Ok(Some(String::from_utf16_lossy(&units).replace("\\\"", "\"").replace("\\\\", "\\")))
    }

    /// Copies a key with all that is below it.
    ///
    /// # Errors
    /// When it cannot be copied.
    pub(super) fn copy_registry(&self, from: &str, to: &str) -> Result<(), Fault> {
        must(self.program("reg.exe").args(["copy", from, to, "/s", "/f"]).stdout(Stdio::null()))
    }

    /// Sets the text of a key itself.
    ///
    /// # Errors
    /// When it cannot be set.
    pub(super) fn set_registry(&self, key: &str, text: &str) -> Result<(), Fault> {
        must(self.program("reg.exe").args(["add", key, "/ve", "/d", text, "/f"]).stdout(Stdio::null()))
    }
}

impl Drop for Prefix {
    fn drop(&mut self) {
        let mut ended = Command::new(&self.server);
        self.put_in(&mut ended);
        // What cannot be ended or removed is seen by the next run, which begins with removing it.
        let _ended = ended.arg("--kill").status();
        let _gone =
            Command::new(&self.server).arg("--wait").env("WINEPREFIX", self.folder.join("prefix")).status();
        let _killed = self.screen.kill();
        let _status = self.screen.wait();
        let _removed = fs::remove_dir_all(&self.folder);
    }
}

/// Waits until `look` sees something.
///
/// # Errors
/// When it does not in time; `what` says what was waited for.
pub(super) fn until<T>(what: &str, mut look: impl FnMut() -> Result<Option<T>, Fault>) -> Result<T, Fault> {
    let deadline = Instant::now() + TIMEOUT;
    loop {
        if let Some(seen) = look()? {
            return Ok(seen);
        }
        if Instant::now() > deadline {
            return Err(Fault::new(format!("waited {} s for {what}", TIMEOUT.as_secs())));
        }
        thread::sleep(PAUSE);
    }
}

/// A screen in memory, and its name.
fn screen(layout: &Layout) -> Result<(Child, String), Fault> {
    let mut command = program(layout, "Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1024x768x24", "-nolisten", "tcp"]);
    let not_started = |error| Fault::new(format!("Xvfb cannot be started: {error}"));
    let mut screen = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(not_started)?;
    let mut number = String::new();
    let output = screen.stdout.as_mut().map(BufReader::new);
    output.map(|mut output| output.read_line(&mut number)).transpose().map_err(not_started)?;
    Ok((screen, format!(":{}", number.trim())))
}

/// A file where it is on Debian, else a program on the `PATH`.
fn found(layout: &Layout, debian: &str, name: &str) -> PathBuf {
    let debian = PathBuf::from(debian);
    if debian.is_file() { debian } else { layout.program(name).unwrap_or_else(|| name.into()) }
}
