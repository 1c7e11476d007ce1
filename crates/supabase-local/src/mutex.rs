//! Locking a mutex that no panic can break.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The content of `mutex`. A panic of another thread that held the lock is passed over: every change under these locks
/// is a single step, so the content is whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
