//! A clock that does what a test says.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use supabase_session::Clock;
use tokio::sync::{Notify, watch};

use crate::fake::NOW;

pub(crate) struct FakeClock {
    wall: Mutex<SystemTime>,
    monotonic: Mutex<Duration>,
    /// Sleeping takes no time but moves the clock.
    auto: bool,
    slept: watch::Sender<Vec<Duration>>,
    moved: Notify,
}

impl FakeClock {
    fn with(auto: bool) -> Arc<Self> {
        Arc::new(Self {
            wall: Mutex::new(UNIX_EPOCH + Duration::from_secs(NOW)),
            monotonic: Mutex::new(Duration::from_secs(1000)),
            auto,
            slept: watch::Sender::default(),
            moved: Notify::new(),
        })
    }

    /// Moves by itself with every sleep.
    pub(crate) fn auto() -> Arc<Self> {
        Self::with(true)
    }

    /// Moves only when it is told to.
    pub(crate) fn manual() -> Arc<Self> {
        Self::with(false)
    }

    pub(crate) fn advance(&self, seconds: u64) {
        self.move_by(Duration::from_secs(seconds));
    }

    fn move_by(&self, by: Duration) {
        *self.wall.lock().unwrap() += by;
        *self.monotonic.lock().unwrap() += by;
        self.moved.notify_waiters();
    }

    /// Sets the wall clock alone, relative to what it shows.
    pub(crate) fn set_wall(&self, by: i64) {
        let mut wall = self.wall.lock().unwrap();
        let step = Duration::from_secs(by.unsigned_abs());
        *wall = if by < 0 { *wall - step } else { *wall + step };
    }

    /// Every sleep that was begun.
    pub(crate) fn slept(&self) -> Vec<Duration> {
        self.slept.borrow().clone()
    }

    /// Waits until so many sleeps were begun in all.
    pub(crate) async fn until_slept(&self, count: usize) {
        self.slept.subscribe().wait_for(|slept| slept.len() >= count).await.unwrap();
    }
}

#[async_trait]
impl Clock for FakeClock {
    fn now(&self) -> SystemTime {
        *self.wall.lock().unwrap()
    }

    fn monotonic(&self) -> Duration {
        *self.monotonic.lock().unwrap()
    }

    async fn sleep(&self, duration: Duration) {
        let until = self.monotonic() + duration;
        self.slept.send_modify(|slept| slept.push(duration));
        if self.auto {
            self.move_by(duration);
            return tokio::task::yield_now().await;
        }
        loop {
            let moved = self.moved.notified();
            tokio::pin!(moved);
            moved.as_mut().enable();
            if self.monotonic() >= until {
                break;
            }
            moved.await;
        }
    }
}
