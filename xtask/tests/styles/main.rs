//! What the stylesheets of the page promise: every text can be read in both themes, whatever accent a project's owner
//! sets; values come from the tokens; nothing moves for somebody who asked for less motion.

// A test that cannot be set up panics.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::{Path, PathBuf};

use xtask::contrast::sheet::{Rule, Tokens, rules};
use xtask::contrast::{ACCENT, CONTROL, MORE, TEXT, fainter, too_faint};

/// Accents that an owner may come with, hopeless ones among them: too light, too dark, without any colour.
const ACCENTS: [&str; 12] = [
    "#3ecf8e", "#2563eb", "#7c3aed", "#db2777", "#dc2626", "#ea580c", "#ffcc00", "#ffff00", "#00ffff",
    "#000000", "#808080", "#ffffff",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("src-ui/src/styles")
}

/// Every stylesheet: its name and its text.
fn sheets() -> Vec<(String, String)> {
    let mut found: Vec<_> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap()))
        .collect();
    found.sort();
    assert!(found.len() > 3, "the stylesheets stand in {}", folder().display());
    found
}

#[test]
fn every_block_is_closed() {
    for (name, text) in sheets() {
        assert_eq!(text.matches('{').count(), text.matches('}').count(), "{name}");
    }
}

fn all_rules() -> Vec<(String, Rule)> {
    let sheets = sheets().into_iter();
    sheets.flat_map(|(name, text)| rules(&text).into_iter().map(move |rule| (name.clone(), rule))).collect()
}

fn tokens() -> String {
    fs::read_to_string(folder().join("tokens.css")).unwrap()
}

#[test]
fn every_text_can_be_read_on_its_surface_in_both_themes() {
    assert_eq!(too_faint(&Tokens::read(&tokens()), TEXT, CONTROL), Vec::<String>::new());
}

#[test]
fn whatever_accent_an_owner_sets_can_be_read_too() {
    for accent in ACCENTS {
        let tokens = Tokens::read(&tokens()).with(ACCENT, accent);

        assert_eq!(too_faint(&tokens, TEXT, CONTROL), Vec::<String>::new(), "with the accent {accent}");
    }
}

#[test]
fn more_contrast_is_more_contrast() {
    for accent in ACCENTS {
        let tokens = Tokens::read_with_more_contrast(&tokens()).with(ACCENT, accent);

        assert_eq!(too_faint(&tokens, MORE, TEXT), Vec::<String>::new(), "with the accent {accent}");
    }
}

#[test]
fn a_faint_text_is_found() {
    let tokens = Tokens::read(&tokens()).with("--text-soft", "light-dark(#999999, #a4b1ab)");

    let faint = too_faint(&tokens, TEXT, CONTROL);

    assert!(
        faint.iter().all(|line| line.starts_with("--text-soft on ") && line.contains("Light")),
        "{faint:?}"
    );
    assert_eq!(faint.len(), 4, "{faint:?}");
}

/// A rule that sets both text and surface by tokens is measured as it stands, so that no pair is left out above.
#[test]
fn a_rule_with_a_text_and_a_surface_can_be_read() {
    let tokens = Tokens::read(&tokens());
    let token = |rule: &Rule, property: &str| {
        let value = rule.get(property)?.strip_prefix("var(")?.strip_suffix(')')?.to_owned();
        Some(value)
    };
    let mut pairs = 0;
    for (sheet, rule) in all_rules() {
        let (Some(ink), Some(surface)) = (token(&rule, "color"), token(&rule, "background")) else {
            continue;
        };
        pairs += 1;
        assert_eq!(
            fainter(&tokens, &ink, &surface, TEXT),
            Vec::<String>::new(),
            "{sheet}: {}",
            rule.selector
        );
    }
    assert!(pairs > 5, "rules set text and surface together");
}

#[test]
fn colours_stand_in_the_tokens_and_nowhere_else() {
    let is_colour = |value: &str| {
        ["#", "rgb(", "rgba(", "hsl(", "oklch(", "white", "black"].iter().any(|sign| value.contains(sign))
    };
    for (sheet, rule) in all_rules().into_iter().filter(|(sheet, _)| sheet != "tokens.css") {
        for (property, value) in &rule.declarations {
            assert!(!is_colour(value), "{sheet}: {} {{ {property}: {value} }}", rule.selector);
        }
    }
}

#[test]
fn every_token_that_is_used_is_there() {
    let tokens = Tokens::read(&tokens());
    // The width of the navigation is a size of its own sheet.
    let is_local = |name: &str| name == "--rail";
    for (sheet, rule) in all_rules() {
        for (property, value) in &rule.declarations {
            for used in value.split("var(").skip(1).filter_map(|rest| rest.split([')', ',']).next()) {
                let is_there = tokens.get(used).is_some() || is_local(used);
                assert!(is_there, "{sheet}: {} {{ {property}: {value} }}: no {used}", rule.selector);
            }
        }
    }
}

/// The one guard covers everything, so what has to be shown is that nothing gets around it.
#[test]
fn nothing_moves_for_somebody_who_asked_for_less_motion() {
    let all = all_rules();
    let guard = all.iter().find(|(_, rule)| rule.around == ["@media (prefers-reduced-motion: reduce)"]);
    let (_, guard) = guard.expect("base.css holds the guard");

    assert_eq!(guard.selector, "*, *::before, *::after");
    for (property, value) in [("animation", "none !important"), ("transition", "none !important")] {
        assert_eq!(guard.get(property), Some(value), "{property}");
    }
    for (sheet, rule) in &all {
        for (property, value) in &rule.declarations {
            let moves = property.starts_with("animation") || property.starts_with("transition");
            let is_guard = rule == guard;
            assert!(!moves || is_guard || !value.contains("!important"), "{sheet}: {}", rule.selector);
            assert_ne!((property.as_str(), value.as_str()), ("scroll-behavior", "smooth"), "{sheet}");
        }
    }
}

/// What an animation begins with must not be how a thing looks once the animation is left out.
#[test]
fn what_is_animated_is_there_without_its_animation() {
    for (sheet, rule) in all_rules() {
        if rule.get("animation").is_some() {
            assert_ne!(rule.get("opacity"), Some("0"), "{sheet}: {}", rule.selector);
        }
    }
}

/// Arabic reads from the right: a side is named by its place in the line.
#[test]
fn sides_are_named_by_the_direction_of_the_text() {
    let named = [
        "margin-left",
        "margin-right",
        "padding-left",
        "padding-right",
        "border-left",
        "border-right",
        "left",
        "right",
    ];
    for (sheet, rule) in all_rules() {
        for (property, value) in &rule.declarations {
            let is_side = named.contains(&property.as_str())
                || (property == "text-align" && ["left", "right"].contains(&value.as_str()));
            assert!(!is_side, "{sheet}: {} {{ {property}: {value} }}", rule.selector);
        }
    }
}

/// Without a graphics processor WebKitGTK computes a blurred shadow anew whenever what throws it is painted: some 60 ms
/// for a card, which is longer than all the rest of a page.
#[test]
fn nothing_throws_a_blurred_shadow() {
    let is_length =
        |word: &&str| word.trim_start_matches('-').starts_with(|first: char| first.is_ascii_digit());
    for (sheet, rule) in all_rules() {
        for (property, value) in &rule.declarations {
            let blurs = match property.as_str() {
                "box-shadow" | "text-shadow" => {
                    let lengths: Vec<&str> = value.split(' ').filter(is_length).collect();
                    value != "none" && !matches!(lengths.as_slice(), [_, _] | [_, _, "0"] | [_, _, "0", _])
                }
                "filter" | "backdrop-filter" => value != "none",
                _ => false,
            };
            assert!(!blurs, "{sheet}: {} {{ {property}: {value} }}", rule.selector);
        }
    }
}
