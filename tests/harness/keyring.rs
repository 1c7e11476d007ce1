//! A real gnome-keyring-daemon on a desktop of one's own: its keyring lies in that desktop's folders, and nobody but the
//! programs of that desktop reaches it. Without it a desktop has no keychain at all, as its bus starts no service.

use std::path::PathBuf;
use std::process::Stdio;

use rustix::process::Pid;
use tokio::io::AsyncWriteExt;
use tokio::process::Child;

use crate::deadline::until;
use crate::desktop::Desktop;
use crate::fault::{Fault, Outcome};
use crate::processes::{Signal, installed, send};

/// What unlocks the keyring.
const PASSWORD: &[u8] = b"keyring-password\n";

/// Where the keyring is on the session bus.
const COLLECTION: &str = "/org/freedesktop/secrets/collection/login";

/// The keyring of a desktop, as long as this lives. A later one of the same desktop takes the place of an earlier one,
/// with the same content.
#[derive(Debug)]
pub struct Keyring {
    daemon: Child,
}

impl Keyring {
    /// The keyring, unlocked. It is made where there was none.
    ///
    /// # Errors
    /// When the daemon does not start.
    pub async fn unlocked(desktop: &Desktop) -> Outcome<Self> {
        Self::start(desktop, &["--unlock"], PASSWORD, "(<false>,)").await
    }

    /// The keyring, locked, with nobody who could be asked for its password.
    ///
    /// # Errors
    /// When the daemon does not start, or there is no keyring yet.
    pub async fn locked(desktop: &Desktop) -> Outcome<Self> {
        Self::start(desktop, &[], b"", "(<true>,)").await
    }

    /// Lets the daemon hang: it takes questions and answers none.
    ///
    /// # Errors
    /// When it does not run.
    pub fn stop(&self) -> Outcome {
        self.send(Signal::STOP)
    }

    /// Lets it live again.
    ///
    /// # Errors
    /// When it does not run.
    pub fn resume(&self) -> Outcome {
        self.send(Signal::CONT)
    }

    fn send(&self, signal: Signal) -> Outcome {
        let id = self.daemon.id().and_then(|id| Pid::from_raw(id.try_into().ok()?));
        send(id.ok_or_else(|| Fault::new("the keyring's daemon does not run"))?, signal)
    }

    async fn start(desktop: &Desktop, arguments: &[&str], input: &[u8], is_locked: &str) -> Outcome<Self> {
        let mut command = desktop.command(&daemon()?, "keyring")?;
        command.args(["--replace", "--foreground", "--components=secrets"]).args(arguments);
        let mut daemon = command.stdin(Stdio::piped()).spawn()?;
        let mut stdin = daemon.stdin.take().ok_or_else(|| Fault::new("the keyring's daemon has no input"))?;
        stdin.write_all(input).await?;
        drop(stdin);
        until("the keyring to be ready", async || {
            Ok((asked(desktop).await? == is_locked.as_bytes()).then_some(()))
        })
        .await?;
        Ok(Self { daemon })
    }
}

/// What the keyring says of being locked.
async fn asked(desktop: &Desktop) -> Outcome<Vec<u8>> {
    let mut ask = desktop.command(&installed("gdbus")?, "keyring-asked")?;
    ask.args(["call", "--session", "--timeout", "2", "--dest", "org.freedesktop.secrets"]);
    ask.args(["--object-path", COLLECTION, "--method", "org.freedesktop.DBus.Properties.Get"]);
    ask.args(["org.freedesktop.Secret.Collection", "Locked"]).stdout(Stdio::piped());
    Ok(ask.output().await?.stdout.trim_ascii().to_vec())
}

fn daemon() -> Outcome<PathBuf> {
    Ok(installed("gnome-keyring-daemon")?.canonicalize()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_keyring_is_locked_and_unlocked_and_a_desktop_without_it_has_none() -> Outcome {
        let desktop = Desktop::new().await?;
        assert_eq!(asked(&desktop).await?, b"");

        let unlocked = Keyring::unlocked(&desktop).await?;
        let locked = Keyring::locked(&desktop).await?;
        let again = Keyring::unlocked(&desktop).await?;

        drop((unlocked, locked, again));
        Ok(())
    }
}
