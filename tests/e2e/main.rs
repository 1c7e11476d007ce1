//! The whole app from end to end: the real window under a driver, real deep links, a real local server. A module a
//! feature, one program, so that it is linked once.
#![cfg(target_os = "linux")]

mod accessibility;
mod account;
mod avatar;
mod bad_input;
mod doctor;
mod drafts;
mod drag;
mod first_frame;
mod hostile_page;
mod keyboard;
mod language;
mod links;
mod notifications;
mod offline;
mod other_programs;
mod pictures;
mod protection;
mod providers;
mod react;
mod redirect_modes;
mod restart;
mod route_guard;
mod screen_reader;
mod secrets;
mod security;
mod settings;
mod sign_in;
mod sign_up;
mod speed;
mod step_count;
mod top_of_page;
mod updates;
mod windows;
