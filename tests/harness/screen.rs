//! What is to be seen on a desktop's display.

use std::path::Path;

use crate::desktop::Desktop;
use crate::fault::{Fault, Outcome};
use crate::processes::installed;
use crate::x11::Display;

impl Desktop {
    /// From its next start on the app paints in layers by OpenGL, as it does for people: for whoever looks at what is
    /// painted. All else is the same without: page, focus, events, animations. Where there is no graphics card the
    /// layers are shaders that each process compiles anew, which is half of what a test computes.
    pub fn composite(&mut self) {
        self.unset("WEBKIT_DISABLE_COMPOSITING_MODE");
    }

    /// The display, for what only other programs on it see and do.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn display(&self) -> Outcome<Display> {
        Display::connect(self.variable("DISPLAY").ok_or_else(|| Fault::new("the desktop has no display"))?)
    }

    /// A picture of the whole display, as PNG.
    ///
    /// # Errors
    /// When it cannot be taken.
    pub async fn screenshot(&self, path: &Path) -> Outcome {
        self.import(&[], path).await
    }

    /// A picture of the windows alone: the display without the empty, black part around them.
    ///
    /// # Errors
    /// When it cannot be taken.
    pub async fn windows(&self, path: &Path) -> Outcome {
        self.import(&["-trim", "+repage"], path).await
    }

    async fn import(&self, options: &[&str], path: &Path) -> Outcome {
        let mut import = self.command(&installed("import")?, "screenshot")?;
        let taken = import.args(["-window", "root"]).args(options).arg(path).status().await?;
        if taken.success() { Ok(()) } else { Err(Fault::new(format!("no picture could be taken: {taken}"))) }
    }
}
