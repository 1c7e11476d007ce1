//! The steps of a change on disk, for a test that ends the program at one of them. Without the feature `steps`, which
//! no app has, there is nothing to tell and nobody to tell it to.

#[cfg(feature = "steps")]
static OBSERVER: std::sync::OnceLock<fn(&'static str)> = std::sync::OnceLock::new();

/// Has `observer` told the name of each step that was just taken, on the thread that took it. Only the first observer
/// of a process is told.
#[cfg(feature = "steps")]
pub fn observe(observer: fn(&'static str)) {
    OBSERVER.get_or_init(|| observer);
}

/// Tells the observer that this step was just taken.
#[cfg(feature = "steps")]
pub(crate) fn step(name: &'static str) {
    if let Some(observer) = OBSERVER.get() {
        observer(name);
    }
}

/// Nothing, without the feature `steps`.
#[cfg(not(feature = "steps"))]
pub(crate) const fn step(_name: &'static str) {}
