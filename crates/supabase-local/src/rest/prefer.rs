//! The `Prefer` header (RFC 7240), as PostgREST reads it.

use axum::http::{HeaderMap, StatusCode};

use super::error::RestError;
use super::sql::Conflict;

/// What a client prefers.
#[derive(Debug, Default)]
pub(super) struct Prefer {
    resolution: Option<String>,
    missing: Option<String>,
    returned: Option<String>,
    count: Option<String>,
    handling: Option<String>,
}

impl Prefer {
    /// Reads the headers.
    ///
    /// # Errors
    /// `PGRST122`, when the client wants strict handling and has a preference that this server does not know.
    pub(super) fn read(headers: &HeaderMap) -> Result<Self, RestError> {
        let mut prefer = Self::default();
        let mut unknown = Vec::new();
        let values = headers.get_all("prefer").iter().filter_map(|value| value.to_str().ok());
        for preference in values.flat_map(|value| value.split(',')).map(str::trim) {
            match prefer.slot(preference) {
                Some((slot, value)) => *slot = Some(value.to_owned()),
                // A server may ignore this preference. This one does, as PostgREST does by default.
                None if matches!(preference, "tx=commit" | "tx=rollback") => {}
                None => unknown.push(preference),
            }
        }
        if prefer.handling.as_deref() != Some("strict") || unknown.is_empty() {
            return Ok(prefer);
        }
        Err(RestError::Refused {
            status: StatusCode::BAD_REQUEST,
            code: "PGRST122",
            message: "Invalid preferences given with handling=strict".into(),
            details: Some(format!("Invalid preferences: {}", unknown.join(", "))),
            hint: None,
        })
    }

    fn slot<'a>(&mut self, preference: &'a str) -> Option<(&mut Option<String>, &'a str)> {
        let (name, value) = preference.split_once('=')?;
        let (slot, known): (_, &[&str]) = match name {
            "resolution" => (&mut self.resolution, &["merge-duplicates", "ignore-duplicates"]),
            "missing" => (&mut self.missing, &["default", "null"]),
            "return" => (&mut self.returned, &["representation", "minimal", "headers-only"]),
            "count" => (&mut self.count, &["exact", "planned", "estimated"]),
            "handling" => (&mut self.handling, &["strict", "lenient"]),
            _ => return None,
        };
        known.contains(&value).then_some((slot, value))
    }

    /// Whether the answer to a write has the written rows.
    pub(super) fn representation(&self) -> bool {
        self.returned.as_deref() == Some("representation")
    }

    /// Whether the answer tells the number of all rows. An estimated count is answered by the exact one.
    pub(super) fn counts(&self) -> bool {
        self.count.is_some()
    }

    /// Whether a column that a row does not set gets the table's default instead of null.
    pub(super) fn fills_in_defaults(&self) -> bool {
        self.missing.as_deref() == Some("default")
    }

    pub(super) fn conflict(&self) -> Conflict {
        match self.resolution.as_deref() {
            Some("merge-duplicates") => Conflict::Merge,
            Some(_) => Conflict::Ignore,
            None => Conflict::Fail,
        }
    }

    /// The `Preference-Applied` header: the preferences that the request made use of. `writes` is whether it is a write.
    pub(super) fn applied(&self, writes: bool) -> Option<String> {
        let of_write = |slot: &Option<String>| slot.clone().filter(|_| writes);
        let parts: Vec<String> = [
            ("resolution", of_write(&self.resolution)),
            ("missing", of_write(&self.missing)),
            ("return", of_write(&self.returned)),
            ("count", self.count.clone()),
            ("handling", self.handling.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", value?)))
        .collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}
