//! Why a task cannot go on.

use std::fmt;

/// Why a task cannot go on: one sentence, with what to do.
#[derive(Debug)]
pub struct Fault(String);

impl Fault {
    /// A sentence for the person at the terminal.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
