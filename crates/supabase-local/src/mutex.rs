//! Locking a mutex, whether or not a thread panicked while it held the lock.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The content of `mutex`. A panic of another thread that held the lock is ignored: every change under these locks is a
/// single step, so the content is never half changed.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
