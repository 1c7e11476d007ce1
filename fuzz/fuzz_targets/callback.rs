//! Any bytes as a link that comes back from a mail or a browser.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../checks/callback.rs"]
mod callback;

fuzz_target!(|link: &str| {
    callback::check(link);
});
