//! Who the app is: what people read as its name, and the names by which their system knows it.
//!
//! This is the one place in the Rust code that says so; `cargo xtask rename` writes it anew. Files that no Rust code
//! reads (`tauri.conf.json`, the packages' files, the texts) say the same, and a test compares them.

/// What people read: in titles, sentences and notifications.
pub const NAME: &str = "Foyer";

/// The app's identifier, reverse DNS: it names the data folder, the keychain's entries and the app on the session bus.
pub const IDENTIFIER: &str = "app.foyer.desktop";

/// The scheme of the app's own links.
pub const SCHEME: &str = "app.foyer.desktop";

/// Where links in mails and browsers lead back to.
pub const CALLBACK: &str = "app.foyer.desktop://auth/callback";

/// The program, and what is named after it: the package, the icon, the log, what the app calls itself to servers.
pub const PROGRAM: &str = crate::program!();

/// [`PROGRAM`](brand::PROGRAM) as a literal: `concat!(program!(), ".log")`.
#[macro_export]
macro_rules! program {
    () => {
        "foyer"
    };
}

/// The name of one of the app's environment variables: `variable!("LOG")`.
#[macro_export]
macro_rules! variable {
    ($name:literal) => {
        concat!("FOYER_", $name)
    };
}
