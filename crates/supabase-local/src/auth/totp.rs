//! Time-based one-time passwords (TOTP, RFC 6238) with SHA-1, six digits and thirty seconds, as authenticator apps expect
//! them; and the QR code from which such an app reads the secret.

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, Mac};
use qrcodegen::{QrCode, QrCodeEcc};
use sha1::Sha1;

use super::redirect::escape;
use crate::random::Random;

/// How long a code is the current one, in seconds. The RFC's default.
const STEP_S: i64 = 30;

/// Bytes of a secret: the length of SHA-1's output, as RFC 4226 section 4 recommends.
const SECRET_LENGTH: usize = 20;

/// The white border of a QR code, in modules (ISO/IEC 18004).
const QUIET_ZONE: i32 = 4;

/// A new secret in base 32.
pub(super) fn new_secret(random: &dyn Random) -> String {
    let mut secret = [0; SECRET_LENGTH];
    random.fill(&mut secret);
    BASE32_NOPAD.encode(&secret)
}

/// Whether `code` is the code of `secret` at `now` (seconds since 1970). The codes of the step before and of the step
/// after are accepted too, as the clocks of two machines differ.
pub(super) fn verify(secret: &str, code: &str, now: i64) -> bool {
    let Ok(secret) = BASE32_NOPAD.decode(secret.as_bytes()) else { return false };
    let step = now.div_euclid(STEP_S);
    (step - 1..=step + 1).any(|step| code_at(&secret, step).is_some_and(|right| right == code))
}

/// The code of the step `step`: RFC 4226 section 5.3, with the step as the counter.
fn code_at(secret: &[u8], step: i64) -> Option<String> {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).ok()?;
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest.last()? & 0xf);
    let word: [u8; 4] = digest.get(offset..offset + 4)?.try_into().ok()?;
    let number = u32::from_be_bytes(word) & 0x7fff_ffff;
    Some(format!("{:06}", number % 1_000_000))
}

/// The `otpauth` URI that an authenticator app reads (Google's key URI format).
pub(super) fn uri(issuer: &str, account: &str, secret: &str) -> String {
    let blank = |text: &str| escape(text).replace('+', "%20");
    let label = format!("{}:{}", blank(issuer), blank(account).replace("%40", "@"));
    let issuer = blank(issuer);
    format!("otpauth://totp/{label}?algorithm=SHA1&digits=6&issuer={issuer}&period={STEP_S}&secret={secret}")
}

/// `text` as a QR code in SVG, `None` when the text is too long for a QR code. The SVG has no `#`, because clients put
/// it unescaped behind `data:image/svg+xml;utf-8,`.
pub(super) fn qr_svg(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = code.size() + 2 * QUIET_ZONE;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            path.push_str(&format!("M{},{}h1v1h-1z", x + QUIET_ZONE, y + QUIET_ZONE));
        }
    }
    Some(format!(
        "<?xml version=\"1.0\"?>\n<svg width=\"200\" height=\"200\" viewBox=\"0 0 {side} {side}\" \
         xmlns=\"http://www.w3.org/2000/svg\"><path fill=\"white\" d=\"M0,0h{side}v{side}h-{side}z\"/>\
         <path fill=\"black\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B.
    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn the_codes_are_those_of_the_rfc() {
        let secret = BASE32_NOPAD.encode(SECRET);

        // The appendix lists eight digits; six are their end.
        for (time, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert!(verify(&secret, code, time), "{time}");
        }
    }

    #[test]
    fn a_code_lives_one_step_to_either_side() {
        let secret = BASE32_NOPAD.encode(SECRET);

        for (now, right) in [(29, true), (30, true), (89, true), (90, false), (-1, false)] {
            assert_eq!(verify(&secret, "287082", now), right, "{now}");
        }
        assert!(!verify("no base 32!", "287082", 59));
    }

    #[test]
    fn a_name_cannot_break_out_of_the_uri() {
        let uri = uri("Two words", "a&b=c@x.example", "S");

        assert!(uri.starts_with("otpauth://totp/Two%20words:a%26b%3Dc@x.example?algorithm=SHA1&"));
    }

    #[test]
    fn the_picture_has_no_character_that_ends_a_data_address() {
        let svg = qr_svg("otpauth://totp/x").unwrap();

        assert!(!svg.contains('#') && svg.ends_with("</svg>"));
        assert_eq!(qr_svg(&"x".repeat(5000)), None);
    }
}
