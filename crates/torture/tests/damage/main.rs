//! What only real processes, other users and other file systems show: a disk that is full, a file system and a folder that
//! cannot be written, files of somebody else, and things in a file's place that are no files.

// A test whose setting fails has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used)]
// Where it cannot be run, a test says so.
#![allow(clippy::print_stderr)]
#![cfg(target_os = "linux")]

mod child;
mod mounted;
mod other_user;

#[path = "../../../supabase-session/tests/it/deadline.rs"]
mod deadline;
