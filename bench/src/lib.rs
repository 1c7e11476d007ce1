//! What is measured as a time and counted in instructions alike.

#[cfg(target_os = "linux")]
pub mod store;
