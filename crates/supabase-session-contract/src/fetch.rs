//! Requests of a page to the project's data, sent in the backend so that the page needs no token.
//!
//! The one command whose request and answer are bytes: the length of a head (4 bytes, big endian), the head as JSON, the
//! body as it is.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Command, command};

/// The Tauri command. Its whole argument are the bytes of a request, whose head is a [`FetchHead`]; it answers the bytes
/// of an answer, whose head is a [`FetchAnswer`].
pub const FETCH: &str = "plugin:supabase-session|fetch";

/// The commands of this module. An app whose page asks the project itself permits them; others do not.
pub const COMMAND_NAMES: &[&str] = &[FETCH, CancelFetch::NAME];

/// The head of a request. `Debug` shows neither its address nor its headers.
#[derive(Clone, Serialize, Deserialize)]
pub struct FetchHead {
    /// Names the request in [`CancelFetch`], among all of this window. At most 64 characters.
    pub id: String,
    /// In capitals.
    pub method: String,
    /// On the project's own origin, below `/rest/v1`, `/storage/v1` or `/functions/v1`.
    pub url: String,
    /// Names and values. Credentials among them are left out.
    pub headers: Vec<(String, String)>,
    /// Whether what follows is a body, be it empty.
    pub has_body: bool,
}

/// The head of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchAnswer {
    /// The HTTP status, of an error too.
    pub status: u16,
    /// Those that a browser shows to a page. Names in small letters.
    pub headers: Vec<(String, String)>,
}

/// Ends a request that is under way: its command fails with [`Cancelled`](crate::ErrorCode::Cancelled). One that has
/// ended already is left alone.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CancelFetch {
    /// From [`FetchHead::id`].
    pub id: String,
}
command!(CancelFetch => "cancel_fetch", ());

impl fmt::Debug for FetchHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FetchHead({}, {})", self.id, self.method)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_asks_for_does_not_show_in_debug_output() {
        let head = FetchHead {
            id: "1".into(),
            method: "GET".into(),
            url: "https://abcd.supabase.co/rest/v1/t?name=canary".into(),
            headers: vec![("x-mine".into(), "canary".into())],
            has_body: false,
        };

        assert_eq!(format!("{head:?}"), "FetchHead(1, GET)");
    }
}
