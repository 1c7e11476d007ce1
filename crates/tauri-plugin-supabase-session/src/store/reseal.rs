//! Sealing what is stored of every project with other keys, and making them count.

use std::collections::BTreeSet;
use std::io;

use supabase_session::StoreError;
use tauri::Runtime;

use super::access::{KeyAccess, Ready};
use super::inner::{Inner, Project, Projects, unwritable};
use super::protection::{Failed, New};
use super::setting;
use super::slots::Pair;

impl<R: Runtime> Inner<R> {
    /// Seals every project with new keys, and makes them count.
    pub(super) fn reseal(&self, access: &KeyAccess, old: &Ready, new: &New) -> Result<(), Failed> {
        let mut projects = self.projects();
        // Before a file is written: what another program has sealed meanwhile stays.
        let (record, _) = setting::read(&self.folder).map_err(unwritable).map_err(Failed::Store)?;
        if !old.counts(record.setting.as_ref()) {
            return Err(Failed::Store(unwritable(io::ErrorKind::ResourceBusy.into())));
        }
        let found = Pair::all(&self.folder).map_err(unwritable).map_err(Failed::Store)?;
        let known = projects.keys().cloned().collect::<BTreeSet<_>>();
        let pairs: BTreeSet<Pair> = known.into_iter().chain(found).collect();
        for pair in &pairs {
            self.project(&mut projects, pair, old).map_err(Failed::Store)?;
        }
        let mut sealed = Vec::new();
        let outcome = pairs.iter().try_for_each(|pair| {
            self.seal_with(&mut projects, pair, new, false)?;
            sealed.push(pair);
            Ok(())
        });
        let commit = || {
            let (setting, keys) = (new.setting.clone(), new.keys.clone());
            access.commit(setting, keys, true, |found| old.counts(found)).map_err(unwritable)
        };
        if let Err(error) = outcome.and_then(|()| commit()) {
            sealed.into_iter().for_each(|pair| undo(&mut projects, pair));
            return Err(Failed::Store(error));
        }
        for pair in &pairs {
            let second = match &new.keys {
                Some(_) => self.seal_with(&mut projects, pair, new, true),
                None => self.forget(&mut projects, pair),
            };
            if let Err(error) = second {
                tracing::warn!(%error, "what was sealed with the old key cannot be overwritten");
            }
        }
        Ok(())
    }

    fn seal_with(
        &self,
        projects: &mut Projects<'_>,
        pair: &Pair,
        new: &New,
        wipes: bool,
    ) -> Result<(), StoreError> {
        let (Some(keys), Some(project)) = (&new.keys, projects.get_mut(pair)) else { return Ok(()) };
        if project.is_unused() {
            return Ok(());
        }
        let values = project.values.clone();
        self.save(pair, project, &values, keys, wipes)?;
        let checked = self.check_saved(pair, project, &values, keys);
        if checked.is_err() {
            step_back(project, pair);
        }
        checked
    }

    fn forget(&self, projects: &mut Projects<'_>, pair: &Pair) -> Result<(), StoreError> {
        let Some(project) = projects.get_mut(pair) else { return Ok(()) };
        project.forget_files(pair).map_err(unwritable)
    }
}

/// Removes the file that was written with keys that will not count.
fn undo(projects: &mut Projects<'_>, pair: &Pair) {
    if let Some(project) = projects.get_mut(pair).filter(|project| !project.is_unused()) {
        step_back(project, pair);
    }
}

fn step_back(project: &mut Project, pair: &Pair) {
    if let Err(error) = project.step_back(pair) {
        tracing::warn!(kind = %error.kind(), "a file that was sealed with a new key cannot be removed");
    }
}
