//! What happened in a world, line by line: the last lines to be shown, all of them as a fingerprint.

use std::collections::VecDeque;

/// How many lines are kept.
const KEPT: usize = 80;

/// The lines of a world.
#[derive(Debug)]
pub(super) struct Trace {
    lines: VecDeque<String>,
    fingerprint: u64,
    pub(super) events: u64,
}

impl Trace {
    pub(super) fn new() -> Self {
        // The offset of FNV-1a (Fowler, Noll, Vo), 64 bits.
        Self { lines: VecDeque::with_capacity(KEPT), fingerprint: 0xCBF2_9CE4_8422_2325, events: 0 }
    }

    /// Adds a line.
    pub(super) fn add(&mut self, line: String) {
        self.events += 1;
        for byte in line.bytes() {
            self.fingerprint = (self.fingerprint ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
        if self.lines.len() == KEPT {
            self.lines.pop_front();
        }
        self.lines.push_back(line);
    }

    pub(super) fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// The last lines.
    pub(super) fn last(&self) -> Vec<String> {
        self.lines.iter().cloned().collect()
    }
}
