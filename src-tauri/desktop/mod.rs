//! The desktop around the app: its windows, its folders, its log.

mod clipboard;
pub mod colours;
pub mod first_frame;
pub mod folders;
pub mod log;
#[cfg(any(target_os = "macos", test))]
pub(crate) mod menu_bar;
pub mod notification;
pub mod picture_input;
pub mod placement;
pub mod recent;
pub mod window;
pub mod window_place;
pub mod windows;
