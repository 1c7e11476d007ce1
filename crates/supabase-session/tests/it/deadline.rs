//! A deadline for tests: a test that hangs fails with its name, instead of holding up all others for ever.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Mutex, Once, PoisonError};
use std::time::{Duration, Instant};

/// Longest time for a test: far more than any takes, even on a busy machine.
const TEST_TIMEOUT: Duration = Duration::from_secs(300);
/// How often the running tests are checked.
const CHECK_INTERVAL: Duration = Duration::from_millis(500);

/// Tests by number.
type Tests = BTreeMap<u64, (String, Instant)>;

/// Every test that is running, by the order in which they began: its name, and when its time is up.
static RUNNING: Mutex<(u64, Tests)> = Mutex::new((0, Tests::new()));
static WATCH: Once = Once::new();

/// Held by a test while it runs. In real time, whatever clock the test has: a thread of its own looks, so that a test
/// whose runtime is stuck is seen too. What waits on a thread cannot be ended one at a time, so all of them are.
#[must_use]
pub(crate) struct Deadline(u64);

impl Deadline {
    /// The deadline of the calling test. libtest names the thread of a test after the test.
    pub(crate) fn here() -> Self {
        Self::after(TEST_TIMEOUT)
    }

    fn after(patience: Duration) -> Self {
        WATCH.call_once(|| drop(std::thread::spawn(watch)));
        let name = std::thread::current().name().unwrap_or("a test").to_owned();
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        running.0 += 1;
        let number = running.0;
        running.1.insert(number, (name, Instant::now() + patience));
        Self(number)
    }
}

impl Drop for Deadline {
    fn drop(&mut self) {
        RUNNING.lock().unwrap_or_else(PoisonError::into_inner).1.remove(&self.0);
    }
}

fn watch() {
    loop {
        std::thread::sleep(CHECK_INTERVAL);
        let running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        let late = running.1.values().filter(|(_, end)| *end < Instant::now());
        let names: Vec<&str> = late.map(|(name, _)| name.as_str()).collect();
        if !names.is_empty() {
            // Written past libtest, which would hold the line back until the test ends.
            let said = format!("\ntest {} ... FAILED: its time is up\n", names.join(", "));
            let _closed = std::io::stderr().write_all(said.as_bytes());
            std::process::abort();
        }
    }
}

/// Names the test that is to hang, in the process in which it does.
const HANGS: &str = "SUPABASE_SESSION_TEST_HANGS";

#[test]
fn a_test_that_hangs_fails_with_its_name() {
    if std::env::var_os(HANGS).is_some() {
        let _deadline = Deadline::after(Duration::ZERO);
        loop {
            std::thread::park();
        }
    }
    let name = "deadline::a_test_that_hangs_fails_with_its_name";
    let hanging = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture", "--test-threads=2"])
        .env(HANGS, "yes")
        .output()
        .unwrap();

    let said = String::from_utf8_lossy(&hanging.stderr);
    assert!(!hanging.status.success(), "{said}");
    assert!(said.contains(&format!("{name} ... FAILED: its time is up")), "{said}");
}
