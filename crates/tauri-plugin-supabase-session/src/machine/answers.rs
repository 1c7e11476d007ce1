//! What a machine may answer.

/// With what the desktop opens links of a scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkOpener {
    /// With this program.
    ThisProgram,
    /// With another one, by the name that the desktop shows or by its desktop entry's.
    Other(String),
    /// With none.
    Nobody,
    /// The desktop does not tell, or not in time.
    Unknown,
}

/// The D-Bus session bus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionBus {
    /// It answers.
    Answers,
    /// It is there and does not answer.
    Silent,
    /// There is none.
    Absent,
    /// This system has no D-Bus, and the plugin needs none.
    NotNeeded,
}
