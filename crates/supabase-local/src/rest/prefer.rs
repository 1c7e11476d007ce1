//! The `Prefer` header (RFC 7240), as far as PostgREST reads it.

use axum::http::HeaderMap;

use super::sql::Conflict;

/// What a client prefers.
#[derive(Debug, Default)]
pub(super) struct Prefer {
    resolution: Option<String>,
    missing: Option<String>,
    returned: Option<String>,
    count: Option<String>,
}

impl Prefer {
    pub(super) fn read(headers: &HeaderMap) -> Self {
        let mut prefer = Self::default();
        let values = headers.get_all("prefer").iter().filter_map(|value| value.to_str().ok());
        for preference in values.flat_map(|value| value.split(',')) {
            let Some((name, value)) = preference.trim().split_once('=') else { continue };
            let (slot, known): (_, &[&str]) = match name {
                "resolution" => (&mut prefer.resolution, &["merge-duplicates", "ignore-duplicates"]),
                "missing" => (&mut prefer.missing, &["default", "null"]),
                "return" => (&mut prefer.returned, &["representation", "minimal", "headers-only"]),
                "count" => (&mut prefer.count, &["exact", "planned", "estimated"]),
                _ => continue,
            };
            if known.contains(&value) {
                *slot = Some(value.to_owned());
            }
        }
        prefer
    }

    /// Whether written rows are to be answered.
    pub(super) fn representation(&self) -> bool {
        self.returned.as_deref() == Some("representation")
    }

    /// Whether all rows are to be counted. An estimate is answered by an exact count, which is never wrong.
    pub(super) fn counts(&self) -> bool {
        self.count.is_some()
    }

    pub(super) fn conflict(&self) -> Conflict {
        match self.resolution.as_deref() {
            Some("merge-duplicates") => Conflict::Merge,
            Some(_) => Conflict::Ignore,
            None => Conflict::Fail,
        }
    }

    /// The `Preference-Applied` header: what of it this request made use of.
    pub(super) fn applied(&self, writes: bool) -> Option<String> {
        let of_write = |slot: &Option<String>| slot.clone().filter(|_| writes);
        let parts: Vec<String> = [
            ("resolution", of_write(&self.resolution)),
            ("missing", of_write(&self.missing)),
            ("return", of_write(&self.returned)),
            ("count", self.count.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", value?)))
        .collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}
