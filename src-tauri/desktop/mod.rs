//! The desktop around the app: its window, its folders, its log.

pub mod colours;
pub mod folders;
pub mod log;
pub mod recent;
pub mod window;
