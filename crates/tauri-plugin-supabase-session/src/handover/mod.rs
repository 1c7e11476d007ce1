//! One app for one data folder on Linux, before Tauri is built: later starts hand over what they were started with.

pub mod bus;
pub mod instance;
