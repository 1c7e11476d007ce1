//! Timestamps as Supabase writes them: RFC 3339, PostgreSQL's own text, and the dates of HTTP headers.

use time::OffsetDateTime;
use time::format_description::well_known::{Rfc2822, Rfc3339};

/// Reads `2026-11-21T16:28:46.962+00:00`, `...Z`, and PostgreSQL's `2026-11-21 16:28:46.962+00` (also `+05:30`).
/// `None` for anything else, a time without an offset included: it would have to be guessed.
///
/// ```
/// use supabase_session::timestamp;
///
/// assert_eq!(timestamp::parse("2026-11-21 16:28:46.962+00"), timestamp::parse("2026-11-21T16:28:46.962Z"));
/// ```
#[must_use]
pub fn parse(text: &str) -> Option<OffsetDateTime> {
    let (date, time) = text.split_once(['T', 't', ' '])?;
    let hour_only = time.rfind(['+', '-']).is_some_and(|sign| time.len() - sign == 3);
    let minutes = if hour_only { ":00" } else { "" };
    OffsetDateTime::parse(&format!("{date}T{time}{minutes}"), &Rfc3339).ok()
}

/// Reads an HTTP date (RFC 9110 section 5.6.7, the form that must be sent today). `None` for anything else.
#[must_use]
pub fn parse_http_date(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc2822).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;

    #[test]
    fn both_forms_are_read() {
        let moment = Some(datetime!(2026-11-21 16:28:46.962 UTC));
        for text in [
            "2026-11-21T16:28:46.962Z",
            "2026-11-21T16:28:46.962+00:00",
            "2026-11-21 16:28:46.962+00",
            "2026-11-21 21:58:46.962+05:30",
            "2026-11-21 08:28:46.962-08",
        ] {
            assert_eq!(parse(text), moment, "{text}");
        }
        assert_eq!(parse("2026-11-21 16:28:46+00"), Some(datetime!(2026-11-21 16:28:46 UTC)));
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in
            ["", "infinity", "2026-11-21", "2026-11-21 16:28:46", "2026-13-01 00:00:00+00", "now", "T", " "]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_http_date_is_read() {
        let moment = Some(datetime!(2026-11-21 18:38:30 UTC));

        assert_eq!(parse_http_date("Sat, 21 Nov 2026 18:38:30 GMT"), moment);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            let _ = (parse(&text), parse_http_date(&text));
        }
    }
}
