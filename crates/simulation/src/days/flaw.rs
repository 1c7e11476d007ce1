//! What a simulation breaks on purpose, to see that its checks notice.

/// What can be broken on purpose, to see that it is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// The store brings back the session of two generations ago when the program starts.
    LosesTwoGenerations,
    /// Every refresh is sent twice at once.
    LetsTwoRefreshesThrough,
    /// Something between client and server claims that the session is gone.
    InventsAnEnd,
    /// The client's clocks stand still.
    StopsTheClocks,
    /// The store says that it has written, and has not.
    ForgetsWrites,
    /// The program takes every change that finds its row changed for a conflict, its own with a lost answer too.
    TakesLostAnswersForConflicts,
}
