//! How a child dies by itself, at a step of a change on disk: as if it were killed from outside at that instant.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use tauri_plugin_supabase_session::store::steps;

use crate::line::Line;

/// Steps that are still to be taken.
static LEFT: OnceLock<AtomicU64> = OnceLock::new();

/// This process dies when it has taken so many steps.
pub(super) fn after(steps: u64) {
    LEFT.get_or_init(|| AtomicU64::new(steps));
    steps::observe(count_down);
}

fn count_down(step: &'static str) {
    let is_last = LEFT.get().is_some_and(|left| left.fetch_sub(1, Ordering::Relaxed) == 1);
    if is_last {
        // A parent that is gone does not listen, and this process is to end either way.
        let _gone = Line::At(step.to_owned()).say();
        die();
    }
}

/// Nothing of this process runs after this: no destructor, no exit hook.
#[cfg(unix)]
fn die() -> ! {
    use rustix::process::{Signal, getpid, kill_process};
    // A process may always signal itself. Whatever comes back, the next line ends it too.
    let _never = kill_process(getpid(), Signal::KILL);
    std::process::abort()
}

#[cfg(not(unix))]
fn die() -> ! {
    std::process::abort()
}
