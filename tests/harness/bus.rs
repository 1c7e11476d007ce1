//! The session bus of a desktop, asked whether an app is on it.

use std::ffi::OsString;

use crate::deadline::until;
use crate::fault::Outcome;
use crate::processes::{bound, installed};

/// The address of a session bus, where there is one, and the name that an app has on it while it runs.
#[derive(Debug)]
pub(crate) struct Bus {
    pub(crate) address: Option<OsString>,
    pub(crate) name: String,
}

impl Bus {
    /// Waits until the bus has noticed that the app is gone. Until then a new
    /// app takes itself for the second one.
    pub(crate) async fn released(&self) -> Outcome {
        let Some(address) = &self.address else { return Ok(()) };
        let gdbus = installed("gdbus")?;
        until("the bus to notice that the app is gone", async || {
            let mut ask = bound(&gdbus);
            ask.args(["call", "--address"]).arg(address).args(["--dest", "org.freedesktop.DBus"]);
            ask.args([
                "--object-path",
                "/org/freedesktop/DBus",
                "--method",
                "org.freedesktop.DBus.NameHasOwner",
            ]);
            let answer = ask.arg(&self.name).output().await?;
            Ok((answer.stdout.trim_ascii() == b"(false,)").then_some(()))
        })
        .await
    }
}
