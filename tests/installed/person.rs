//! A person at a desktop in a clean system: a display, a session bus, a keyboard, and eyes for the window's title.

use std::fs;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use harness::contract::brand::{IDENTIFIER, PROGRAM, SCHEME};
use harness::contract::variable;
use harness::deadline::until;
use harness::desktop::first_line;
use harness::processes::{bound, installed};
use harness::{Fault, Outcome, Server};
use tokio::process::{Child, Command};

use super::clean_root::{CleanRoot, must};

/// The app as `pgrep` knows it: Linux keeps so much of a program's name.
const PROCESS: &str = PROGRAM.split_at(if PROGRAM.len() < 15 { PROGRAM.len() } else { 15 }).0;

const NAME: &str = "ada";
const HOME: &str = "/home/ada";

/// Somebody with an account on the system.
pub(crate) struct Person<'a> {
    root: &'a CleanRoot,
    environment: Vec<(&'static str, String)>,
    display: String,
    pictures: PathBuf,
    taken: AtomicUsize,
    /// The display and the bus, which end with the person.
    _programs: [Child; 2],
}

impl<'a> Person<'a> {
    /// Somebody who sits down at a fresh desktop.
    ///
    /// # Errors
    /// When the display or the bus does not start.
    pub(crate) async fn new(root: &'a CleanRoot, server: &Server, pictures: &Path) -> Outcome<Self> {
        root.run("useradd", &["--create-home", NAME]).await?;
        let mut screen = bound(&installed("Xvfb")?);
        screen.args(["-displayfd", "1", "-screen", "0", "1280x960x24", "-nolisten", "tcp", "-noreset"]);
        let (screen, number) = first_line(screen, "the display").await?;
        let display = format!(":{number}");
        let runtime = format!("{HOME}/runtime");
        fs::create_dir(root.path(&runtime))?;
        let user: u32 = root.run("id", &["-u", NAME]).await?.trim().parse()?;
        chown(root.path(&runtime), Some(user), Some(user))?;
        let mut environment = vec![
            ("HOME", HOME.to_owned()),
            ("DISPLAY", display.clone()),
            ("XDG_RUNTIME_DIR", runtime),
            ("LIBGL_ALWAYS_SOFTWARE", "1".to_owned()),
            (variable!("SUPABASE_URL"), server.url.clone()),
            (variable!("SUPABASE_KEY"), server.anon_key.clone()),
        ];
        let mut bus = root.command(NAME, "dbus-daemon");
        bus.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
        bus.envs(environment.iter().map(|(name, value)| (*name, value)));
        let (bus, address) = first_line(bus, "the session bus").await?;
        environment.push(("DBUS_SESSION_BUS_ADDRESS", address));
        let pictures = pictures.to_owned();
        Ok(Self {
            root,
            environment,
            display,
            pictures,
            taken: AtomicUsize::new(0),
            _programs: [screen, bus],
        })
    }

    /// Where the app keeps this person's data.
    pub(crate) fn data_folder(&self) -> String {
        format!("/home/ada/.local/share/{IDENTIFIER}")
    }

    fn command(&self, program: &str) -> Command {
        let mut command = self.root.command(NAME, program);
        command.envs(self.environment.iter().map(|(name, value)| (*name, value))).current_dir("/");
        command
    }

    /// Starts the app as the desktop's menu does.
    ///
    /// # Errors
    /// When the package brought no entry, or more than one, or it does not start anything.
    pub(crate) async fn start_from_desktop_entry(&self) -> Outcome {
        let files = self.root.run("dpkg", &["--listfiles", PROGRAM]).await?;
        let entries: Vec<_> = files.lines().filter(|file| file.ends_with(".desktop")).collect();
        let [entry] = entries[..] else { return Err(Fault::new(format!("desktop entries: {entries:?}"))) };
        self.run("gio", &["launch", entry]).await
    }

    /// Opens a link with a program such as `gio open`.
    ///
    /// # Errors
    /// When the program fails.
    pub(crate) async fn opens(&self, opener: &str, link: &str) -> Outcome {
        let mut words = opener.split(' ');
        let program = words.next().unwrap_or_default();
        let arguments: Vec<_> = words.chain([link]).collect();
        self.run(program, &arguments).await
    }

    /// Runs a program to its end. What it starts lives on and writes into a file.
    async fn run(&self, program: &str, arguments: &[&str]) -> Outcome {
        let log = fs::File::options().create(true).append(true).open(self.pictures.join("programs.log"))?;
        let mut command = self.command(program);
        command.args(arguments).stdout(log.try_clone()?).stderr(log).kill_on_drop(false);
        let status = command.status().await?;
        if status.success() { Ok(()) } else { Err(Fault::new(format!("{program} {arguments:?}: {status}"))) }
    }

    /// Presses keys, one after the other.
    ///
    /// # Errors
    /// When there is no keyboard.
    pub(crate) async fn keys(&self, keys: &[&str]) -> Outcome {
        self.xdotool(&[&["key", "--delay", "60"], keys].concat()).await.map(drop)
    }

    /// Types a text.
    ///
    /// # Errors
    /// When there is no keyboard.
    pub(crate) async fn types(&self, text: &str) -> Outcome {
        self.xdotool(&["type", "--delay", "30", text]).await.map(drop)
    }

    /// Waits until the window's title begins with this.
    ///
    /// # Errors
    /// When it does not.
    pub(crate) async fn window_says(&self, title: &str) -> Outcome {
        let mut last = String::new();
        let seen = until("the title", async || {
            last = self.title().await.unwrap_or_default();
            Ok(last.starts_with(title).then_some(()))
        })
        .await;
        if let Err(fault) = seen {
            self.picture("stuck").await?;
            return Err(Fault::new(format!("{fault} `{title}`; it is `{last}`")));
        }
        Ok(())
    }

    /// The title of the app's window, which gets the keyboard's focus: there is no window manager who would give it.
    async fn title(&self) -> Outcome<String> {
        let window = self.xdotool(&["search", "--onlyvisible", "--class", PROGRAM]).await?;
        let window = window.lines().next().unwrap_or_default().to_owned();
        self.xdotool(&["windowfocus", "--sync", &window]).await?;
        self.xdotool(&["getwindowname", &window]).await
    }

    async fn xdotool(&self, arguments: &[&str]) -> Outcome<String> {
        must(Command::new(installed("xdotool")?).args(arguments).env("DISPLAY", &self.display)).await
    }

    /// Takes a picture of the screen.
    ///
    /// # Errors
    /// When it cannot be taken.
    pub(crate) async fn picture(&self, name: &str) -> Outcome {
        let number = self.taken.fetch_add(1, Ordering::Relaxed) + 1;
        let file = self.pictures.join(format!("{number:02}-{name}.png"));
        let mut import = Command::new(installed("import")?);
        must(import.args(["-window", "root"]).arg(file).env("DISPLAY", &self.display)).await.map(drop)
    }

    /// Ends the app and waits until it is gone.
    ///
    /// # Errors
    /// When it does not end.
    pub(crate) async fn quit(&self) -> Outcome {
        self.root.run("pkill", &["--exact", PROCESS]).await?;
        until("the app to be gone", async || {
            Ok(self.root.run("pgrep", &["--exact", PROCESS]).await.is_err().then_some(()))
        })
        .await
    }

    /// Ends the app and removes all that it keeps of this person.
    ///
    /// # Errors
    /// When that cannot be removed.
    pub(crate) async fn forget_everything(&self) -> Outcome {
        self.quit().await?;
        Ok(fs::remove_dir_all(self.root.path(&self.data_folder()))?)
    }

    /// The desktop entry that opens the app's links, as `xdg-mime` names it.
    ///
    /// # Errors
    /// When that cannot be asked.
    pub(crate) async fn who_opens_links(&self) -> Outcome<Option<String>> {
        let said = must(self.command("gio").args(["mime", &format!("x-scheme-handler/{SCHEME}")])).await?;
        let found = said.lines().find(|line| line.contains(".desktop") && !line.starts_with("No "));
        Ok(found.map(str::to_owned))
    }
}
