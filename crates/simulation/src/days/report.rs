//! The report of a simulation.

/// Something happened that must never happen.
#[derive(Debug, Clone)]
pub struct Violation {
    /// In which world.
    pub world: u64,
    /// At which step of it.
    pub step: u64,
    /// What happened.
    pub what: String,
    /// What happened before it, the last line last.
    pub before: Vec<String>,
}

/// The report of a run.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Days that passed in it.
    pub days: u64,
    /// Steps and answers in it.
    pub events: u64,
    /// How many refreshes were sent in it.
    pub refreshes: u64,
    /// Distinguishes runs that differ in any event.
    pub fingerprint: u64,
    /// What must never happen and did.
    pub violations: Vec<Violation>,
}

impl Report {
    /// Adds the report of another world.
    pub(super) fn add(&mut self, other: Self) {
        self.days += other.days;
        self.events += other.events;
        self.refreshes += other.refreshes;
        // The sum is the same in whatever order worlds end.
        self.fingerprint = self.fingerprint.wrapping_add(other.fingerprint);
        self.violations.extend(other.violations);
    }
}
