//! Simulated days: many small worlds, each decided by its seed alone, and what they found.

mod actions;
mod checks;
mod clock;
mod delivery;
mod disk;
mod edits;
mod faults;
mod flaw;
mod generator;
mod life;
mod mail;
mod mailbox;
mod model;
mod network;
mod process;
mod races;
mod report;
mod requests;
mod run;
mod saving;
mod scenarios;
mod server;
mod sign_ins;
mod tokens;
mod trace;
mod world;

pub use flaw::Flaw;
pub use report::{Report, Violation};
pub use run::{Plan, run};
