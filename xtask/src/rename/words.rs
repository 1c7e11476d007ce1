//! Finds where a text speaks of the app, and writes it anew. Whole words only: `foyer-contract`, a crate, is not `foyer`,
//! the program.

use super::brand::Brand;

/// Features of the app's package, which keeps its name: `foyer/e2e` is no path.
const FEATURES: [&str; 2] = ["/e2e", "/custom-protocol"];

/// The text with one app's names in place of another's, found in one pass, so that nothing is replaced twice.
pub(super) fn renamed(text: &str, old: &Brand, new: &Brand) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let before = &text[..text.len() - rest.len()];
        if let Some((length, word)) = word(before, rest, old, new) {
            made.push_str(&word);
            rest = &rest[length..];
        } else {
            made.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    made
}

/// Whether a text spells one of the app's names.
pub(super) fn spells(text: &str, brand: &Brand) -> bool {
    let mut starts = text.char_indices().map(|(at, _)| text.split_at(at));
    starts.any(|(before, rest)| word(before, rest, brand, brand).is_some())
}

/// The old app's name that `rest` begins with: how long it is, and what takes its place.
fn word(before: &str, rest: &str, old: &Brand, new: &Brand) -> Option<(usize, String)> {
    let previous = before.chars().next_back();
    let behind = |word: &str| rest.strip_prefix(word);
    let begins = |joined: &str| !previous.is_some_and(|it| it.is_alphanumeric() || joined.contains(it));
    let ends = |after: &str, joined: &str| {
        !after.chars().next().is_some_and(|it| it.is_alphanumeric() || joined.contains(it))
    };
    let is_scheme =
        |after: &str| after.starts_with(":/") || after.starts_with(" ,") || is_alone(before, after);
    if begins("-_.")
        && let Some(after) = behind(&old.scheme)
        && ends(after, "-_")
        && (is_scheme(after) || before.ends_with("x-scheme-handler/"))
    {
        return Some((old.scheme.len(), new.scheme.clone()));
    }
    if begins("-_.")
        && let Some(after) = behind(&old.identifier)
        && ends(after, "-_")
    {
        return Some((old.identifier.len(), new.identifier.clone()));
    }
    if begins("_")
        && let Some(after) = behind(&old.variables)
        && after.starts_with('_')
    {
        return Some((old.variables.len(), new.variables.clone()));
    }
    // A manual page's title.
    if before.ends_with(".TH ") && behind(&old.program.to_uppercase()).is_some_and(|after| ends(after, "-_"))
    {
        return Some((old.program.len(), new.program.to_uppercase()));
    }
    if begins("_")
        && let Some(after) = behind(&old.name)
        && ends(after, "_")
    {
        return Some((old.name.len(), new.name.clone()));
    }
    if begins("-_.@")
        && let Some(after) = behind(&old.program)
        && ends(after, "-_")
        && !FEATURES.iter().any(|feature| after.starts_with(feature))
    {
        return Some((old.program.len(), new.program.clone()));
    }
    None
}

/// A quoted word that stands alone in its line, as in the list of schemes of `tauri.conf.json`.
fn is_alone(before: &str, after: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.trim_start() == "\"" && after.starts_with("\"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brands() -> (Brand, Brand) {
        let brand = |name, identifier, scheme| Brand::new(name, identifier, scheme).expect("a brand");
        (brand("Foyer", "app.foyer.desktop", None), brand("Acme Account", "com.acme.account", Some("acme")))
    }

    #[test]
    fn each_name_becomes_its_own_and_nothing_else_changes() {
        let (old, new) = brands();
        for (text, expected) in [
            ("Foyer's window, Foyer.desktop", "Acme Account's window, Acme Account.desktop"),
            ("app.foyer.desktop://auth/callback*", "acme://auth/callback*"),
            ("x-scheme-handler/app.foyer.desktop;", "x-scheme-handler/acme;"),
            ("~/.local/share/app.foyer.desktop", "~/.local/share/com.acme.account"),
            ("a/app.foyer.desktop.metainfo.xml", "a/com.acme.account.metainfo.xml"),
            ("\"schemes\": [\n  \"app.foyer.desktop\"\n]", "\"schemes\": [\n  \"acme\"\n]"),
            ("\"identifier\": \"app.foyer.desktop\"", "\"identifier\": \"com.acme.account\""),
            (".BR app.foyer.desktop ,", ".BR acme ,"),
            (".TH FOYER 1", ".TH ACME-ACCOUNT 1"),
            ("FOYER_LOG=info foyer --doctor", "ACME_ACCOUNT_LOG=info acme-account --doctor"),
            ("/usr/share/doc/foyer/copyright", "/usr/share/doc/acme-account/copyright"),
            ("logs/foyer.log", "logs/acme-account.log"),
            (
                "foyer-contract foyer_text foyer/e2e __FOYER__",
                "foyer-contract foyer_text foyer/e2e __FOYER__",
            ),
            (
                "Foyers foyers myfoyer maintainers@foyer.example",
                "Foyers foyers myfoyer maintainers@foyer.example",
            ),
        ] {
            assert_eq!(renamed(text, &old, &new), expected);
        }
    }

    #[test]
    fn a_renamed_text_can_be_renamed_again() {
        let (old, new) = brands();
        let text = ".TH FOYER 1\nFoyer (`foyer`, FOYER_LOG): app.foyer.desktop://x, ~/app.foyer.desktop/";

        let there = renamed(text, &old, &new);

        assert!(!there.to_lowercase().contains("foyer"), "{there}");
        assert_eq!(renamed(&there, &new, &old), text);
    }
}
