//! What a simulation came to.

/// Something happened that must never happen.
#[derive(Debug, Clone)]
pub struct Violation {
    /// In which world.
    pub world: u64,
    /// At which step of it.
    pub step: u64,
    /// What.
    pub what: String,
    /// What happened before it, the last line last.
    pub before: Vec<String>,
}

/// What a run came to.
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
    /// Adds what another world came to.
    pub(super) fn add(&mut self, other: Self) {
        self.days += other.days;
        self.events += other.events;
        self.refreshes += other.refreshes;
        // Worlds end in any order.
        self.fingerprint = self.fingerprint.wrapping_add(other.fingerprint);
        self.violations.extend(other.violations);
    }
}
