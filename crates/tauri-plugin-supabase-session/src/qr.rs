//! QR codes (ISO/IEC 18004), drawn on this machine: what they hold never leaves it.

use qrcodegen::{QrCode, QrCodeEcc};
use supabase_session_contract::security::QrView;

/// The code for this text; `None` where it is longer than a code can hold (2,331 bytes at this level).
#[must_use]
pub(crate) fn draw(text: &str) -> Option<QrView> {
    // Level M is enough: a code on a screen is neither worn nor dirty.
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let rows = 0..code.size();
    let dark =
        rows.flat_map(|y| (0..code.size()).map(move |x| (x, y))).filter(|(x, y)| code.get_module(*x, *y));
    let path = dark.map(|(x, y)| format!("M{x} {y}h1v1h-1z")).collect();
    Some(QrView { size: u32::try_from(code.size()).ok()?, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_finder_patterns_and_fits_its_size() {
        let code = draw("otpauth://totp/Foyer:ada@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Foyer").unwrap();

        let last = code.size - 7;
        for (x, y) in [(0, 0), (last, 0), (0, last)] {
            assert!(code.path.contains(&format!("M{x} {y}h1v1h-1z")), "{x} {y}");
        }
        assert!(!code.path.contains(&format!("M{} ", code.size)));
    }

    #[test]
    fn a_text_that_is_too_long_has_none() {
        assert!(draw(&"x".repeat(3000)).is_none());
    }
}
