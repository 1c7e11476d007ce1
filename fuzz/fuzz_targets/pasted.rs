//! Any text as one that a person has in the clipboard.

#![no_main]

use libfuzzer_sys::fuzz_target;

use plugin::pasted::{WaysIn, read};

#[path = "../checks/pasted.rs"]
mod pasted;
#[path = "../plugin/mod.rs"]
mod plugin;

fuzz_target!(|text: &str| {
    pasted::check(text, |text, deep_link| read(text, &WaysIn { deep_link, pending: &[] }).ok());
});
