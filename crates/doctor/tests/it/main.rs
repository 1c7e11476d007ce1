//! The doctor beside real servers on real sockets, right ones and wrong ones.

// The functions around the tests may panic like tests, and say how many faults they tried.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod certificates;
mod faults;
mod hostile;
mod program;
mod world;
