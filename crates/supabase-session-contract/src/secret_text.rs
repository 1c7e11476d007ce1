//! What a person types, and what a page has kept, and nobody else may read, on its way to the backend.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Declares a text whose `Debug` does not show it.
macro_rules! secret_text {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}

secret_text! {
    /// A password. `Debug` does not show it.
    Password
}

secret_text! {
    /// A code from a mail or an authenticator. `Debug` does not show it.
    OneTimeCode
}

secret_text! {
    /// A session as supabase-js keeps it. `Debug` does not show it.
    KeptSession
}

secret_text! {
    /// A text that a person pasted and that may hold a link. `Debug` does not show it.
    PastedText
}
