//! What a command is.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A question that a page may ask. One struct a command.
///
/// It crosses as the single argument `request` of the Tauri command called [`NAME`](Self::NAME).
pub trait Command: Serialize + DeserializeOwned {
    /// The Tauri command's name.
    const NAME: &'static str;
    /// What a successful call answers.
    type Answer: Serialize + DeserializeOwned;
}

/// Declares a command of the plugin beside its request: `command!(Wake => "wake", ());`.
macro_rules! command {
    ($request:ty => $name:literal, $answer:ty) => {
        impl $crate::Command for $request {
            const NAME: &'static str = concat!("plugin:supabase-session|", $name);
            type Answer = $answer;
        }
    };
}
pub(crate) use command;
