//! Tests of `names.rs`.

use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory, NoncharacterCodePoint};
use icu_properties::{CodePointMapData, CodePointSetData};

use super::*;
use ErrorCode::{TextTooLong, UnseenCharacters, UsernameTooShort};

#[test]
fn exactly_what_unicode_calls_invisible_and_four_blank_ones_are_unseen() {
    use GeneralCategory as Category;
    let categories = CodePointMapData::<GeneralCategory>::new();
    let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    let none = CodePointSetData::new::<NoncharacterCodePoint>();
    for c in '\0'..=char::MAX {
        let unseen = matches!(
            categories.get(c),
            Category::Control
                | Category::Format
                | Category::PrivateUse
                | Category::LineSeparator
                | Category::ParagraphSeparator
        ) || ignorable.contains(c)
            || none.contains(c)
            || matches!(c, '\u{2800}' | '\u{FFFC}' | '\u{16FE4}' | '\u{1D159}');

        assert_eq!(is_unseen(c), unseen, "U+{:04X}", u32::from(c));
    }
}

#[test]
fn a_name_with_a_character_that_nobody_sees_is_refused_wherever_it_stands() {
    for unseen in [
        '\u{0}',
        '\u{1}',
        '\t',
        '\n',
        '\u{7F}',
        '\u{85}',
        '\u{AD}',
        '\u{34F}',
        '\u{61C}',
        '\u{115F}',
        '\u{17B4}',
        '\u{180E}',
        '\u{200B}',
        '\u{200C}',
        '\u{200D}',
        '\u{200E}',
        '\u{200F}',
        '\u{2028}',
        '\u{202A}',
        '\u{202E}',
        '\u{2060}',
        '\u{2066}',
        '\u{2069}',
        '\u{2800}',
        '\u{3164}',
        '\u{E000}',
        '\u{FDD0}',
        '\u{FE0F}',
        '\u{FEFF}',
        '\u{FFA0}',
        '\u{FFF9}',
        '\u{FFFC}',
        '\u{FFFF}',
        '\u{1D173}',
        '\u{E0001}',
        '\u{E0061}',
        '\u{E0100}',
        '\u{F0000}',
        '\u{10FFFD}',
        '\u{10FFFF}',
    ] {
        let of = u32::from(unseen);
        for name in [format!("ad{unseen}a"), format!("a{unseen} da")] {
            assert_eq!(username(&name), Err(UnseenCharacters), "U+{of:04X}");
            assert_eq!(full_name(&name), Err(UnseenCharacters), "U+{of:04X}");
        }
        // White space is trimmed at the ends, whatever it is; all else stays and is refused.
        let whole = unseen.to_string().repeat(3);
        for name in [whole.clone(), format!("{unseen}ada"), format!("ada{unseen}")] {
            let right = if unseen.is_whitespace() { Ok(None) } else { Err(UnseenCharacters) };
            assert_eq!(username(&name).map(|name| name.filter(|name| name != "ada")), right, "U+{of:04X}");
            assert_eq!(full_name(&name).map(|name| name.filter(|name| name != "ada")), right, "U+{of:04X}");
        }
        assert!(unseen.is_whitespace() || !is_visible(&whole), "U+{of:04X}");
    }
}

#[test]
fn a_decomposed_name_is_sent_composed_and_is_the_same_name() {
    let (composed, decomposed) =
        ("Ren\u{E9}e \u{AC00}\u{AC01}", "Rene\u{301}e \u{1100}\u{1161}\u{1100}\u{1161}\u{11A8}");

    assert_eq!(full_name(decomposed), Ok(Some(composed.to_owned())));
    assert_eq!(username(decomposed), Ok(Some(composed.to_owned())));
    assert!(is_same(decomposed, &format!(" {composed} ")));
    assert!(!is_same("Renee", composed));
}

#[test]
fn a_length_counts_code_points_of_the_composed_form() {
    assert_eq!(username("e\u{301}e\u{301}"), Err(UsernameTooShort));
    assert_eq!(username("e\u{301}e\u{301}e\u{301}"), Ok(Some("\u{E9}\u{E9}\u{E9}".to_owned())));
    assert_eq!(username(" ab\u{3000}"), Err(UsernameTooShort));
    assert_eq!(username("\u{E9}".repeat(256).as_str()).map(|name| name.is_some()), Ok(true));
    assert_eq!(username("\u{E9}".repeat(257).as_str()), Err(TextTooLong));
    assert_eq!(full_name("e\u{301}".repeat(256).as_str()).map(|name| name.is_some()), Ok(true));
    assert_eq!(full_name("e\u{301}".repeat(257).as_str()), Err(TextTooLong));
}

#[test]
fn white_space_around_a_name_goes_and_within_a_username_it_is_one_plain_blank() {
    assert_eq!(full_name("\u{3000}\u{A0} \u{2003}"), Ok(None));
    assert_eq!(username(" \u{2003}\u{A0}\n"), Ok(None));
    assert_eq!(full_name("\u{2009}山田\u{3000}太郎\u{A0}"), Ok(Some("山田\u{3000}太郎".to_owned())));
    for same in ["ada  l", "ada\u{A0}l", "ada\u{2003}\u{3000}l", " ada l\t"] {
        assert_eq!(username(same), Ok(Some("ada l".to_owned())), "{same:?}");
    }
}

#[test]
fn a_full_name_may_hold_what_its_script_or_its_emoji_is_made_of() {
    for name in [
        "Ada 👩\u{200D}🔬",
        "👩🏽\u{200D}❤\u{FE0F}\u{200D}👨🏻",
        "❤\u{FE0F}",
        "1\u{FE0F}\u{20E3}",
        "علی\u{200C}رضا",
        "ශ\u{DCA}\u{200D}රී",
        "葛\u{E0100}城",
        "O’Neil-\u{141}ukasz \u{1E6}\u{327}",
    ] {
        assert!(full_name(name).is_ok(), "{name}");
        assert_eq!(shown(name), name);
    }
    // None of it in a username, and none of it where it does nothing that can be seen.
    for name in ["👩\u{200D}🔬", "❤\u{FE0F}", "علی\u{200C}رضا", "葛\u{E0100}城"] {
        assert_eq!(username(&format!("ada {name}")), Err(UnseenCharacters), "{name}");
    }
    for name in [
        "a\u{200D}b",
        "👩\u{200D}",
        "\u{200D}👩",
        "👩\u{200D} 👩",
        "👩\u{200D}\u{200D}🔬",
        "a\u{FE0F}",
        "1\u{FE0F}2",
        "❤\u{FE0F}\u{FE0F}",
        "ada\u{E0100}",
        "\u{FE0F}",
        "🏴\u{E0067}\u{E007F}",
        "علی\u{200C}",
        "علی\u{200B}رضا",
    ] {
        assert_eq!(full_name(name), Err(UnseenCharacters), "{name:?}");
    }
}

#[test]
fn a_username_that_is_looked_for_may_be_short_and_is_composed_too() {
    assert_eq!(sought_username(" e\u{301} "), Ok("\u{E9}".to_owned()));
    assert_eq!(sought_username("ad\u{0}a"), Err(UnseenCharacters));
}

#[test]
fn what_a_server_holds_is_shown_and_turns_nothing_around() {
    assert_eq!(shown("Ada Lovelace"), "Ada Lovelace");
    assert_eq!(shown("ada\u{200B}"), "ada\u{FFFD}");
    assert_eq!(shown("\u{202E}moc.elpmaxe"), "\u{FFFD}moc.elpmaxe");
    assert_eq!(shown("Ada\nLovelace\u{0}"), "Ada Lovelace\u{FFFD}");
    assert!(!is_visible(" \u{3164}\u{200B}") && is_visible("\u{200B}a"));
}
