//! A power cut at every instant of some changes: every state that the disk may be in then is made, the store is opened in
//! it, and must hold the last acknowledged session (or the one that was being written) and no key that is of no use.

mod disk;
mod recorder;

use std::fs;
use std::path::Path;

use tauri::App;
use tauri::test::MockRuntime;

use crate::TortureError;
use crate::child::{self, Keychain, WriterKind};
use crate::kills::keys::Keys;
use crate::model::{Change, Held, judge};
use crate::report::SHOWN;
use recorder::Left;

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PowerCuts {
    /// Changes that were made.
    pub changes: u64,
    /// Different states that a power cut may have left.
    pub states: u64,
    /// Those in which the acknowledged session, or sign-out, was not there.
    pub lost: u64,
    /// Those in which a start left keys behind that are of no use.
    pub keys_left: u64,
    /// The first of both, a line each.
    pub found: Vec<String>,
}

/// Makes so many changes in a new folder below `folder`, and opens the store in every state that a power cut may have left
/// meanwhile.
///
/// # Errors
/// When a folder cannot be made or looked at, or a change fails.
pub fn run(folder: &Path, kind: WriterKind, changes: u64) -> Result<PowerCuts, TortureError> {
    let app = child::app(folder)?;
    let home = folder.join("recorded");
    fs::create_dir(&home).map_err(TortureError::io("a folder for a store is made"))?;
    recorder::begin(&home);
    tauri::async_runtime::block_on(async {
        let mut writer = child::writer(&app, kind, &home, Keychain::Folder).await?;
        writer.found().await?;
        for number in 1..=changes {
            writer.write(number, Change::numbered(number)).await?;
            recorder::acknowledge(number);
        }
        writer.tidy().await
    })?;
    let mut cuts = PowerCuts { changes, ..PowerCuts::default() };
    for left in recorder::end()? {
        let place = folder.join(cuts.states.to_string());
        cuts.states += 1;
        make(&place, &left)?;
        let (found, keys) = tauri::async_runtime::block_on(open(&app, kind, &place))?;
        cuts.judge(&left, &found, &keys);
        // One that cannot be used may still be at work there.
        if !matches!(found, Held::Unusable(_)) {
            fs::remove_dir_all(&place).map_err(TortureError::io("a folder is removed"))?;
        }
    }
    Ok(cuts)
}

impl PowerCuts {
    fn judge(&mut self, left: &Left, found: &Held, keys: &Keys) {
        let (after, files) = (left.acknowledged, left.files.keys().collect::<Vec<_>>());
        if let Err(loss) = judge(after, found) {
            self.lost += 1;
            self.found.push(format!("{loss:?}: change {after}, then {found}; {files:?}"));
        } else if !keys.left().is_empty() {
            self.keys_left += 1;
            self.found.push(format!("change {after}: the keys {:?} are left; {files:?}", keys.left()));
        }
        self.found.truncate(SHOWN);
    }

    /// The last line of a run.
    #[must_use]
    pub fn verdict(&self) -> String {
        let Self { changes, states, lost, keys_left, .. } = self;
        format!(
            "power-cuts: {states} states of {changes} changes, {lost} acknowledged sessions lost, {keys_left} with keys left behind"
        )
    }
}

fn make(place: &Path, left: &Left) -> Result<(), TortureError> {
    let make = || {
        for (folder, files) in [(place, &left.files), (&child::keychain(place), &left.keychain)] {
            fs::create_dir(folder)?;
            files.iter().try_for_each(|(name, content)| fs::write(folder.join(name), content))?;
        }
        Ok(())
    };
    make().map_err(TortureError::io("what a power cut left is made"))
}

/// What the next start finds, and the keys that it leaves.
async fn open(app: &App<MockRuntime>, kind: WriterKind, place: &Path) -> Result<(Held, Keys), TortureError> {
    let mut writer = child::writer(app, kind, place, Keychain::Folder).await?;
    let found = writer.found().await?;
    if matches!(found, Held::Unusable(_)) {
        return Ok((found, Keys::default()));
    }
    writer.tidy().await?;
    Ok((found, Keys::of(place, Keychain::Folder)?))
}
