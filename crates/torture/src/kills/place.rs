//! A folder with a store in which one child lives after the other.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::Plan;
use super::choice::Choice;
use super::keys::Keys;
use super::life::Life;
use crate::TortureError;
use crate::child::{Keychain, WriterKind};
use crate::model::{Held, judge};
use crate::report::Report;

/// So many children live in one place: long enough for what one leaves behind to meet the next, and short enough for
/// the first change on an empty folder to be killed often.
pub(super) const LIVES: u64 = 20;

/// A folder, and what is known of its store.
pub(super) struct Place {
    folder: PathBuf,
    pub(super) writer: WriterKind,
    /// All changes up to this number were acknowledged.
    acknowledged: u64,
    lives: u64,
    most_lives: u64,
}

impl Place {
    /// An empty folder. The number of the kill that is the first in it names it and decides who writes.
    pub(super) fn new(plan: &Plan, kill: u64) -> Result<Self, TortureError> {
        let writer = plan.writer(kill);
        let most_lives = if kill < plan.sweep { 1 } else { LIVES };
        let folder = plan.folder.join(format!("{writer:?}-{kill}"));
        fs::create_dir(&folder).map_err(TortureError::io("a folder for a store is made"))?;
        for_its_owner(&folder)?;
        Ok(Self { folder, writer, acknowledged: 0, lives: 0, most_lives })
    }

    pub(super) fn is_new(&self) -> bool {
        self.lives == 0
    }

    pub(super) fn is_used_up(&self) -> bool {
        self.lives >= self.most_lives
    }

    /// A child lives here and is killed as chosen.
    pub(super) fn kill(&mut self, plan: &Plan, choice: Choice) -> Result<Report, TortureError> {
        self.lives += 1;
        let life = Life::live(&mut self.child(plan), Some(choice))?;
        let mut report = Report { kills: 1, changes: life.changes, ..Report::default() };
        if let Some(step) = &life.step {
            report.steps.insert(step.clone(), 1);
        }
        self.judge(life.found.as_ref(), &mut report)?;
        if let Some(done) = life.done {
            self.acknowledged = done;
        }
        report.leave_keys(&Keys::of(&self.folder, plan.keychain)?.unnamed());
        if report.lost() == 0 && !life.was_killed {
            return Err(TortureError::Child("a child ended by itself before it was killed".into()));
        }
        Ok(report)
    }

    /// The last child's store is looked at; the folder goes, unless something was lost in it.
    pub(super) fn close(mut self, plan: &Plan) -> Result<Report, TortureError> {
        let life = Life::live(self.child(plan).arg("--look"), None)?;
        let mut report = Report::default();
        if life.found.is_none() {
            return Err(TortureError::Child("a child did not say what it found".into()));
        }
        self.judge(life.found.as_ref(), &mut report)?;
        let keys = Keys::of(&self.folder, plan.keychain)?;
        // Only this one was given the time to tidy up.
        report.leave_keys(&if self.writer == WriterKind::Protected { keys.left() } else { keys.unnamed() });
        fs::remove_dir_all(&self.folder).map_err(TortureError::io("a folder is removed"))?;
        Ok(report)
    }

    /// Compares what a child found with what the one before it had acknowledged. After a loss a new store is begun.
    fn judge(&mut self, found: Option<&Held>, report: &mut Report) -> Result<(), TortureError> {
        let Some(found) = found else { return Ok(()) };
        match judge(self.acknowledged, found) {
            Ok(number) => self.acknowledged = number,
            Err(loss) => {
                report.lose(
                    loss,
                    format!("{:?} {:?}: change {}, then {found}", self.writer, loss, self.acknowledged),
                );
                self.begin_anew()?;
            }
        }
        Ok(())
    }

    fn begin_anew(&mut self) -> Result<(), TortureError> {
        fs::remove_dir_all(&self.folder).map_err(TortureError::io("a folder is removed"))?;
        fs::create_dir(&self.folder).map_err(TortureError::io("a folder for a store is made"))?;
        for_its_owner(&self.folder)?;
        self.acknowledged = 0;
        Ok(())
    }

    fn child(&self, plan: &Plan) -> Command {
        let mut command = Command::new(&plan.program);
        command.args([
            "child",
            "--writer",
            self.writer.name(),
            "--acknowledged",
            &self.acknowledged.to_string(),
        ]);
        command.args(["--keychain", plan.keychain.name()]).arg("--folder").arg(&self.folder);
        if plan.keychain == Keychain::Folder {
            // Nobody's keychain is to be written by this.
            command.env_remove("DBUS_SESSION_BUS_ADDRESS");
        }
        command
    }
}

fn for_its_owner(folder: &std::path::Path) -> Result<(), TortureError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
            .map_err(TortureError::io("a folder is closed to others"))?;
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
