//! Times in the forms that clients and PostgreSQL read.

use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

/// JavaScript's `toISOString`.
const ISO: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");

/// HTTP's date (RFC 9110 section 5.6.7).
const HTTP_DATE: &[BorrowedFormatItem<'_>] =
    format_description!("[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT");

/// A time in UTC as Auth writes it and PostgreSQL reads it (RFC 3339), in whole microseconds: PostgreSQL keeps no more,
/// and what is answered at once and what is read later must be the same.
pub(crate) fn rfc3339(when: OffsetDateTime) -> String {
    let nanosecond = when.nanosecond() / 1000 * 1000;
    let when = when.replace_nanosecond(nanosecond).unwrap_or(when);
    // Rfc3339 refuses only years outside of 0..=9999.
    when.format(&Rfc3339).unwrap_or_default()
}

/// A time in UTC as JavaScript and Storage write it, in whole milliseconds.
pub(crate) fn iso(when: OffsetDateTime) -> String {
    when.format(ISO).unwrap_or_default()
}

/// A time in UTC as an HTTP header has it, in whole seconds.
pub(crate) fn http_date(when: OffsetDateTime) -> String {
    when.format(HTTP_DATE).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_javascript_and_http_write_them() {
        let when = time::macros::datetime!(2026-11-21 16:28:46.962_5 UTC);

        assert_eq!(iso(when), "2026-11-21T16:28:46.962Z");
        assert_eq!(http_date(when), "Sat, 21 Nov 2026 16:28:46 GMT");
    }

    #[test]
    fn a_time_is_written_as_exactly_as_postgresql_keeps_it() {
        let when = time::macros::datetime!(2026-11-21 16:28:46.123_456_789 UTC);

        assert_eq!(rfc3339(when), "2026-11-21T16:28:46.123456Z");
    }
}
