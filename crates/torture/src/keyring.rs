//! A Secret Service of one's own: a gnome-keyring-daemon on a session bus that nobody else is on, with its files in a
//! folder that goes with it.

use std::env;
use std::fs;
use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tauri_plugin_supabase_session::store::driven::keys_in_keychain;

use crate::TortureError;

/// Says to this program that it runs in a session of its own.
const INSIDE: &str = "TORTURE_HAS_ITS_OWN_SESSION";

/// A bus that starts no program: a keyring of the machine must not answer in the place of ours.
const BUS: &str = include_str!("../../../tests/harness/session-bus.conf");

/// The folders of a user, and the variables that name them.
const FOLDERS: [&str; 5] = ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"];

/// A daemon that is not on the bus after this does not start.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often it is asked whether it is there.
const PAUSE: Duration = Duration::from_millis(20);

/// Whether this program runs in a session of its own.
#[must_use]
pub fn is_own_session() -> bool {
    env::var_os(INSIDE).is_some()
}

/// Runs this program once more with the same arguments, in a session of its own whose folders lie in `folder`.
///
/// # Errors
/// When there is no `dbus-run-session`, or the folders cannot be made.
pub fn in_own_session(folder: &Path) -> Result<ExitStatus, TortureError> {
    let program = env::current_exe().map_err(TortureError::io("this program is found"))?;
    let config = folder.join("bus.conf");
    let bus = BUS.replace("ADDRESS", &folder.join("bus").to_string_lossy());
    fs::write(&config, bus).map_err(TortureError::io("the bus is described"))?;
    let mut session = Command::new("dbus-run-session");
    session.arg("--config-file").arg(config).arg("--").arg(program).args(env::args_os().skip(1));
    session.env(INSIDE, "1").env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    for name in FOLDERS {
        let path = folder.join(name);
        let made = fs::DirBuilder::new().mode(0o700).create(&path);
        made.map_err(TortureError::io("a folder of the session is made"))?;
        session.env(name, path);
    }
    session.status().map_err(TortureError::io("dbus-run-session is started"))
}

/// The keyring of this session, unlocked, for as long as this lives.
pub struct Keyring(Child);

impl Keyring {
    /// Starts it and waits until it answers.
    ///
    /// # Errors
    /// When there is no `gnome-keyring-daemon`, or it does not answer.
    pub fn start() -> Result<Self, TortureError> {
        let mut daemon = Command::new("gnome-keyring-daemon");
        daemon.args(["--foreground", "--components=secrets", "--unlock"]);
        daemon.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let daemon = daemon.spawn().map_err(TortureError::io("gnome-keyring-daemon is started"))?;
        let mut keyring = Self(daemon);
        if let Some(mut stdin) = keyring.0.stdin.take() {
            stdin.write_all(b"password").map_err(TortureError::io("the keyring is unlocked"))?;
        }
        let begun = Instant::now();
        while let Err(error) = keys_in_keychain("app.foyer.torture") {
            if begun.elapsed() > PATIENCE {
                return Err(TortureError::Child(format!("the keyring does not answer: {error}")));
            }
            thread::sleep(PAUSE);
        }
        Ok(keyring)
    }
}

impl Drop for Keyring {
    fn drop(&mut self) {
        // Fails only where it has ended.
        let _ended = self.0.kill();
        let _status = self.0.wait();
    }
}
