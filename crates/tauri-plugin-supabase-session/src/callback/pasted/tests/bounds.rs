//! How much of a text is read, and that no text makes the reading panic.

use proptest::prelude::*;

use super::*;

#[test]
fn so_many_wrappers_are_taken_off_and_no_more() {
    let mut text = MAIL.to_owned();
    for layer in 1..=LAYERS + 1 {
        text = format!(
            "https://gateway.example/?to={}",
            base64::engine::general_purpose::URL_SAFE.encode(filled_in(&text))
        );
        assert_eq!(taken(&text).is_ok(), layer <= LAYERS, "{layer}");
    }
}

#[test]
fn a_long_text_and_a_long_link_are_cut_short() {
    let padding = "x".repeat(LONGEST_LINK);
    assert_eq!(taken(&format!("{MAIL}&x={padding}")), Err(Unusable::NoLink));
    let words = "word ".repeat(LONGEST_TEXT / 5);
    assert_eq!(taken(&format!("{}{MAIL}", &words[..words.len() - 1_000])), completes());
    assert_eq!(taken(&format!("{words}é{MAIL}")), Err(Unusable::NoLink));
}

/// Texts of what links, mails and gateways are made of.
fn pieces() -> impl Strategy<Value = String> {
    let link = filled_in(MAIL);
    let wrapped = format!("https://eur01.safelinks.protection.outlook.com/?url={}&data=1", encoded(MAIL));
    let piece = prop_oneof![
        Just(link),
        Just(wrapped),
        Just("https://urldefense.com/v3/__".to_owned()),
        Just("__;JSUl!!".to_owned()),
        Just("https://urldefense.proofpoint.com/v2/url?u=http-3A__".to_owned()),
        Just(format!("{DEEP_LINK}?")),
        "(https?://|http%3A%2F%2F|https%253A%252F%252F|/verify\\?|token=|token_hash=|&type=|&amp;|=3D|=\n|\\*\\*|%25|aHR0c[A-Za-z0-9]{0,30})",
        "[ -~\n]{0,12}",
        ".{0,6}",
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_text_makes_it_panic_and_what_it_gives_leads_back_here(text in pieces()) {
        if let Ok(link) = taken(&text) {
            prop_assert!(link.starts_with(DEEP_LINK) || link.starts_with("http://127.0.0.1:"), "{link}");
            prop_assert!(link.len() <= LONGEST_LINK + 512);
        }
    }

    #[test]
    fn any_text_around_the_link_leaves_it_what_it_is(before in "[ -<>-~äöü]{0,40}\n", after in "\n[ -<>-~äöü]{0,40}") {
        prop_assert_eq!(taken(&format!("{before}{MAIL}{after}")), completes());
    }

}

#[test]
fn so_many_links_are_looked_at_and_no_more() {
    let link = |number: usize| format!("https://gateway.example/?u=https%3A%2F%2Fapp.example%2F{number} . ");
    let many: String = (0..MOST_LINKS).map(link).collect();
    let few: String = (0..10).map(link).collect();

    assert_eq!(taken(&format!("{few}{MAIL}")), completes());
    assert_eq!(taken(&format!("{many}{MAIL}")), Err(Unusable::NoLink));
    for piece in [
        "https://a/?u=",
        "http%3A%2F%2F",
        "https://urldefense.com/v3/__",
        "https://a/?u=https%253A%252F%252F",
    ] {
        assert!(taken(&piece.repeat(LONGEST_TEXT / piece.len())).is_err());
    }
}
