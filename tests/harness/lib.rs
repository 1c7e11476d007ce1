//! What the tests of the whole app share: a desktop of their own, a local Supabase, the app under a driver, a network
//! that can be cut. What the app should do is said in `e2e/`, not here.
#![cfg(target_os = "linux")]

pub mod announcements;
pub mod app;
pub mod at_spi;
pub mod authenticator;
pub mod browser;
mod bus;
pub mod canaries;
mod clipboard;
mod crop;
pub mod deadline;
pub mod desktop;
mod disk;
pub mod drag;
pub mod fault;
pub mod gallery;
pub mod keyboard;
pub mod keyring;
pub mod language;
mod leftovers;
mod memory;
pub mod notifications;
pub mod opener;
pub mod other_user;
pub mod owner;
pub mod page;
pub mod photo;
pub mod processes;
mod project;
pub mod proxy;
pub mod recorder;
mod screen;
mod sealed;
mod search;
pub mod server;
pub mod steps;
pub mod stored;
pub mod stranger;
pub mod x11;

/// What crosses between the page and the backend, for tests that look at it.
pub use foyer_contract as contract;

pub use app::App;
pub use browser::Browser;
pub use canaries::Canaries;
pub use desktop::Desktop;
pub use fault::{Fault, Outcome};
pub use keyring::Keyring;
pub use notifications::NotificationServer;
pub use proxy::Proxy;
pub use server::Server;
pub use stranger::Stranger;
