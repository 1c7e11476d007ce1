//! The server's certificate: for how long it holds, and which version of TLS was agreed on.

use std::time::Duration;

use foyer_contract::doctor::Finding;
use reqwest::tls::{TlsInfo, Version};
use time::{Date, Month, OffsetDateTime, Time};

use super::Found;
use crate::ask::ProjectQuestions;
use crate::ask::observed::ANSWER_DEADLINE;

/// A certificate that is renewed by a program is so a month before its end: with less than these days left, that has
/// failed.
const DAYS_LEFT: i64 = 14;

/// Longest time until the connection stands.
const CONNECT_DEADLINE: Duration = Duration::from_secs(5);

/// Asks the server for a page without a body, and looks at what its certificate says. Whether it is to be trusted has
/// been decided by then.
pub(crate) async fn check(questions: &ProjectQuestions, now: OffsetDateTime) -> Found {
    if questions.project.url().scheme() != "https" {
        return Finding::NotNeeded.into();
    }
    let address = questions.address("auth/v1/health");
    let Some(tls) = handshake(&address, questions.project.is_loopback()).await else {
        return Finding::NoAnswer.into();
    };
    let version = match tls.version() {
        Some(version) if version == Version::TLS_1_3 => "TLS 1.3",
        Some(version) if version == Version::TLS_1_2 => "TLS 1.2",
        _ => "TLS",
    };
    judge(version, tls.peer_certificate().and_then(not_after), now)
}

/// What it means that the certificate ends at this moment.
fn judge(version: &str, end: Option<OffsetDateTime>, now: OffsetDateTime) -> Found {
    let Some(end) = end else { return Found::from(Finding::Good).figure(version) };
    let days = (end - now).whole_days();
    if days < DAYS_LEFT {
        return Found::from(Finding::CertificateEnds).figure(days.max(0));
    }
    Found::from(Finding::Good).figure(format!("{version}, {}", end.date()))
}

async fn handshake(address: &str, is_loopback: bool) -> Option<TlsInfo> {
    let builder = reqwest::Client::builder()
        .tls_info(true)
        .connect_timeout(CONNECT_DEADLINE)
        .timeout(ANSWER_DEADLINE)
        .redirect(reqwest::redirect::Policy::none());
    let builder = if is_loopback { builder.no_proxy() } else { builder };
    let answer = builder.build().ok()?.head(address).send().await.ok()?;
    answer.extensions().get::<TlsInfo>().cloned()
}

/// DER's tags that stand before a certificate's end (X.690, RFC 5280 section 4.1).
mod tag {
    pub(super) const INTEGER: u8 = 0x02;
    pub(super) const UTC_TIME: u8 = 0x17;
    pub(super) const GENERALIZED_TIME: u8 = 0x18;
    pub(super) const SEQUENCE: u8 = 0x30;
    pub(super) const VERSION: u8 = 0xa0;
}

/// The moment at which a certificate ends: `notAfter` in `validity`, the fifth part of what is signed.
fn not_after(certificate: &[u8]) -> Option<OffsetDateTime> {
    let (signed, _) = value(certificate, tag::SEQUENCE)?;
    let (mut part, _) = value(signed, tag::SEQUENCE)?;
    if part.first() == Some(&tag::VERSION) {
        part = value(part, tag::VERSION)?.1;
    }
    for skipped in [tag::INTEGER, tag::SEQUENCE, tag::SEQUENCE] {
        part = value(part, skipped)?.1;
    }
    let (validity, _) = value(part, tag::SEQUENCE)?;
    let after_begin = value(validity, *validity.first()?)?.1;
    let kind = *after_begin.first()?;
    moment(kind, std::str::from_utf8(value(after_begin, kind)?.0).ok()?)
}

/// The value that the bytes begin with, if it has this tag, and what follows it.
fn value(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let [found, length, rest @ ..] = bytes else { return None };
    if *found != tag {
        return None;
    }
    let (length, rest) = match length {
        short @ 0..=0x7f => (usize::from(*short), rest),
        // A certificate is smaller than 64 KiB.
        0x81 | 0x82 => {
            let (digits, rest) = rest.split_at_checked(usize::from(length & 0x0f))?;
            (digits.iter().fold(0, |sum, digit| sum << 8 | usize::from(*digit)), rest)
        }
        _ => return None,
    };
    rest.split_at_checked(length)
}

/// `YYMMDDHHMMSSZ` for years until 2049, `YYYYMMDDHHMMSSZ` for later ones.
fn moment(kind: u8, text: &str) -> Option<OffsetDateTime> {
    let (year, rest) = match kind {
        tag::UTC_TIME => {
            let (year, rest) = text.split_at_checked(2)?;
            let year: i32 = year.parse().ok()?;
            (if year < 50 { 2000 + year } else { 1900 + year }, rest)
        }
        tag::GENERALIZED_TIME => {
            let (year, rest) = text.split_at_checked(4)?;
            (year.parse().ok()?, rest)
        }
        _ => return None,
    };
    let number = |at: usize| rest.get(at..at + 2)?.parse::<u8>().ok();
    let month = Month::try_from(number(0)?).ok()?;
    let date = Date::from_calendar_date(year, month, number(2)?).ok()?;
    Some(date.with_time(Time::from_hms(number(4)?, number(6)?, number(8)?).ok()?).assume_utc())
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    /// Signed by itself, for a hundred years.
    const CERTIFICATE: &[u8] = include_bytes!("../../../supabase-session/tests/it/data/self_signed.crt.der");

    #[test]
    fn the_end_of_a_certificate_is_read() {
        assert_eq!(not_after(CERTIFICATE).map(OffsetDateTime::year), Some(2126));
        assert_eq!(moment(tag::UTC_TIME, "261127115900Z"), Some(datetime!(2026-11-27 11:59:00 UTC)));
        assert_eq!(moment(tag::UTC_TIME, "500101000000Z"), Some(datetime!(1950-01-01 00:00:00 UTC)));
        assert_eq!(
            moment(tag::GENERALIZED_TIME, "20500101000000Z"),
            Some(datetime!(2050-01-01 00:00:00 UTC))
        );
    }

    #[test]
    fn a_certificate_that_ends_within_two_weeks_was_not_renewed() {
        let now = datetime!(2026-11-27 12:00:00 UTC);
        for (end, expected) in [
            (datetime!(2026-12-11 12:00:00 UTC), Found::from(Finding::Good).figure("TLS 1.3, 2026-12-11")),
            (datetime!(2026-12-11 11:59:59 UTC), Found::from(Finding::CertificateEnds).figure(13)),
            // This machine's clock is ahead.
            (datetime!(2026-11-01 00:00:00 UTC), Found::from(Finding::CertificateEnds).figure(0)),
        ] {
            assert_eq!(judge("TLS 1.3", Some(end), now), expected);
        }
        assert_eq!(judge("TLS 1.2", None, now), Found::from(Finding::Good).figure("TLS 1.2"));
    }

    #[test]
    fn what_is_cut_off_or_no_certificate_has_no_end() {
        let reaches_it = |length: &usize| not_after(&CERTIFICATE[..*length]).is_some();
        // The outermost length says how long it is, so that nothing shorter is one.
        assert_eq!((0..CERTIFICATE.len()).find(reaches_it), None);
        for at in 0..CERTIFICATE.len() {
            let mut changed = CERTIFICATE.to_vec();
            changed[at] ^= 0xff;
            let _no_panic = not_after(&changed);
        }
        for text in ["", "26", "261327115900Z", "2611271159", "äöüäöüä"] {
            assert_eq!(moment(tag::UTC_TIME, text), None, "{text}");
        }
    }
}
