//! The clipboard of a desktop of one's own, filled by another program than the app.

use std::path::Path;
use std::process::Stdio;

use crate::deadline::until;
use crate::desktop::Desktop;
use crate::fault::Outcome;
use crate::processes::installed;

impl Desktop {
    /// Puts a file's content on the clipboard, as a program does in which something was copied. `kind` is what it says
    /// of it, for example `image/png`.
    ///
    /// # Errors
    /// When the clipboard cannot be had.
    pub async fn copy(&mut self, kind: &str, file: &Path) -> Outcome {
        let xclip = installed("xclip")?;
        let mut owner = self.command(&xclip, "clipboard")?;
        let owner = owner.args(["-quiet", "-selection", "clipboard", "-target", kind, "-in"]).arg(file);
        let owner = owner.spawn()?;
        self.programs.push(owner);
        until(&format!("{kind} on the clipboard"), async || {
            let mut question = self.command(&xclip, "clipboard-kinds")?;
            question.args(["-selection", "clipboard", "-target", "TARGETS", "-out"]).stdout(Stdio::piped());
            let kinds = question.output().await?.stdout;
            Ok(String::from_utf8_lossy(&kinds).lines().any(|line| line == kind).then_some(()))
        })
        .await
    }
}
