//! Who opens the app's links on a desktop, and how a click on one gets there.

use std::fs;
use std::process::ExitStatus;

use foyer_contract::brand::{NAME, SCHEME};

use crate::deadline::until;
use crate::desktop::Desktop;
use crate::fault::{Fault, Outcome};
use crate::processes::{app_program, installed};

impl Desktop {
    /// Opens a link as a click in a mail program or a browser would: the desktop finds the app that is registered for
    /// it and starts it.
    ///
    /// # Errors
    /// When `gio` cannot be started.
    pub async fn open(&self, link: &str) -> Outcome<ExitStatus> {
        self.open_with(&["gio", "open"], link).await
    }

    /// As [`open`](Self::open), with another program that opens links.
    ///
    /// # Errors
    /// When it cannot be started.
    pub async fn open_with(&self, opener: &[&str], link: &str) -> Outcome<ExitStatus> {
        let [program, arguments @ ..] = opener else { return Err(Fault::new("no program opens nothing")) };
        // A file as output: the app that is started inherits it and lives on.
        let mut command = self.command(&installed(program)?, "opened")?;
        // The app must outlive the program that starts it, so that only this one is bound to this thread.
        Ok(command.args(arguments).arg(link).status().await?)
    }

    /// Waits until the app has registered itself for its links.
    ///
    /// # Errors
    /// When it does not.
    pub async fn registered(&self) -> Outcome {
        self.registered_for(SCHEME).await
    }

    /// Waits until an app has registered itself for links of this scheme.
    ///
    /// # Errors
    /// When no app registers itself.
    pub async fn registered_for(&self, scheme: &str) -> Outcome {
        let (list, entry) = (self.path("config/mimeapps.list"), format!("x-scheme-handler/{scheme}="));
        until(&format!("the app to be registered for {scheme} links"), async || {
            Ok(fs::read_to_string(&list).ok().filter(|list| list.contains(&entry)))
        })
        .await
        .map(drop)
    }

    /// Enters the app as its package does: for everybody on this desktop, in a folder that is the system's.
    ///
    /// # Errors
    /// When the entry cannot be written, or the desktop does not take it.
    pub async fn install_entry(&mut self) -> Outcome {
        let (system, program) = (self.path("system"), app_program()?);
        let applications = system.join("applications");
        fs::create_dir_all(&applications)?;
        let entry = format!(
            "[Desktop Entry]\nType=Application\nName={NAME}\nExec={} %u\nMimeType=x-scheme-handler/{SCHEME};\n",
            program.display()
        );
        fs::write(applications.join(format!("{NAME}.desktop")), entry)?;
        self.set("XDG_DATA_DIRS", &format!("{}:/usr/share", system.display()));
        let mut update = self.command(&installed("update-desktop-database")?, "entered")?;
        let status = update.arg(&applications).status().await?;
        if status.success() { Ok(()) } else { Err(Fault::new(format!("the entry was not taken: {status}"))) }
    }

    /// Makes another app the one for our links, in a list that this desktop reads before all others.
    ///
    /// # Errors
    /// When that cannot be written.
    pub fn give_links_to_another_app(&mut self) -> Outcome {
        let applications = self.path("data").join("applications");
        fs::create_dir_all(&applications)?;
        let scheme = format!("x-scheme-handler/{SCHEME}");
        let other =
            format!("[Desktop Entry]\nType=Application\nName=Other\nExec=true %u\nMimeType={scheme};\n");
        fs::write(applications.join("other.desktop"), other)?;
        let list = format!("[Default Applications]\n{scheme}=other.desktop\n");
        fs::write(self.path("config").join("special-mimeapps.list"), list)?;
        self.set("XDG_CURRENT_DESKTOP", "Special");
        Ok(())
    }
}
