//! Another user of the same machine, who starts the app on the same display.

use std::fs::{self, File};
use std::os::unix::fs::chown;

use foyer_contract::brand::PROGRAM;
use rustix::process::geteuid;
use tempfile::TempDir;
use tokio::process::Child;

use crate::desktop::{Desktop, USER_FOLDERS};
use crate::fault::Outcome;
use crate::leftovers;
use crate::processes::{Mark, app_program, installed};

/// The user `nobody`, and the group of the same number.
const NOBODY: u32 = 65534;

/// The app, started by another user. It ends when this is dropped.
#[derive(Debug)]
pub struct OtherUser {
    folder: TempDir,
    mark: Mark,
    _program: Child,
}

impl Desktop {
    /// Starts the app as `nobody`, with a home of their own; everything else of the environment is this desktop's: its
    /// session bus and its data folder too. `None` where this test is not root and can start nothing as somebody else.
    ///
    /// # Errors
    /// When the app is not built or cannot be started.
    pub fn start_as_nobody(&self, arguments: &[&str]) -> Outcome<Option<OtherUser>> {
        if !geteuid().is_root() {
            return Ok(None);
        }
        let folder = tempfile::Builder::new().prefix("foyer-nobody-").tempdir()?;
        chown(folder.path(), Some(NOBODY), Some(NOBODY))?;
        // A copy: the build may lie where nobody else may look.
        let program = folder.path().join(PROGRAM);
        fs::copy(app_program()?, &program)?;
        let log = File::create(folder.path().join("log"))?;
        let mut command = self.command(&installed("setpriv")?, "nobody")?;
        command.arg(format!("--reuid={NOBODY}")).arg(format!("--regid={NOBODY}"));
        command.args(["--clear-groups", "--"]).arg(&program).args(arguments);
        command.stdout(log.try_clone()?).stderr(log).current_dir(folder.path());
        for (variable, name) in USER_FOLDERS {
            let own = folder.path().join(name);
            fs::create_dir(&own)?;
            chown(&own, Some(NOBODY), Some(NOBODY))?;
            command.env(variable, own);
        }
        let mark = Mark::new("FOYER_OTHER_USER");
        mark.put_on(&mut command);
        Ok(Some(OtherUser { folder, mark, _program: command.spawn()? }))
    }
}

impl OtherUser {
    /// What their app has printed.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn output(&self) -> Outcome<String> {
        Ok(fs::read_to_string(self.folder.path().join("log"))?)
    }
}

impl Drop for OtherUser {
    fn drop(&mut self) {
        leftovers::expect_none(&leftovers::clear(&self.mark, self.folder.path()));
    }
}
