//! The steps of a change on disk or in the keychain, for a test that ends the program at one of them. Without the feature
//! `steps`, which no app has, there is nothing to tell and nobody to tell it to.

#[cfg(feature = "steps")]
mod observers {
    use std::fs::File;
    use std::sync::OnceLock;

    pub(super) static OBSERVER: OnceLock<fn(&'static str)> = OnceLock::new();

    /// Has `observer` told the name of each step that was just taken, on the thread that took it. Only the first observer
    /// of a process is told.
    pub fn observe(observer: fn(&'static str)) {
        OBSERVER.get_or_init(|| observer);
    }

    pub(super) static SYNC_OBSERVER: OnceLock<fn(&File)> = OnceLock::new();

    /// Has `observer` told each file or folder that the disk has just been made to keep. Only the first observer of a
    /// process is told.
    pub fn observe_syncs(observer: fn(&File)) {
        SYNC_OBSERVER.get_or_init(|| observer);
    }
}

#[cfg(feature = "steps")]
pub use observers::{observe, observe_syncs};

/// Tells the observer that this step was just taken.
#[cfg(feature = "steps")]
pub(crate) fn step(name: &'static str) {
    if let Some(observer) = observers::OBSERVER.get() {
        observer(name);
    }
}

/// Nothing, without the feature `steps`.
#[cfg(not(feature = "steps"))]
pub(crate) const fn step(_name: &'static str) {}

/// Tells the observer that the disk keeps this file or folder as it is now.
#[cfg(feature = "steps")]
pub(crate) fn synced(file: &std::fs::File) {
    if let Some(observer) = observers::SYNC_OBSERVER.get() {
        observer(file);
    }
}

/// Nothing, without the feature `steps`.
#[cfg(not(feature = "steps"))]
pub(crate) const fn synced(_file: &std::fs::File) {}
