//! The names of an app: what they may be, and what the checkout says that they are.

use std::fs;
use std::path::Path;

use super::words;
use crate::fault::Fault;
use crate::layout::unreadable;

/// Where the Rust code has them.
pub(super) const SOURCE: &str = "crates/contract/src/brand.rs";

/// The longest name and the longest identifier: a title bar, a package and a line of source hold them.
const LONGEST_NAME: usize = 40;
const LONGEST_IDENTIFIER: usize = 64;

/// Schemes that belong to browsers, mail programs and systems, or that this app's own page is served by.
const TAKEN_SCHEMES: [&str; 26] = [
    "about",
    "asset",
    "avatar",
    "blob",
    "chrome",
    "data",
    "facetime",
    "file",
    "ftp",
    "geo",
    "http",
    "https",
    "intent",
    "ipc",
    "itms",
    "javascript",
    "mailto",
    "news",
    "sftp",
    "sms",
    "ssh",
    "tauri",
    "tel",
    "view-source",
    "ws",
    "wss",
];

/// Names of programs that the workspace builds beside the app, and folders of Cargo's where they would lie.
const TAKEN_PROGRAMS: [&str; 14] = [
    "build",
    "deps",
    "examples",
    "fuzz-links",
    "gallery",
    "golden",
    "incremental",
    "installed",
    "simulate",
    "supabase-local",
    "test",
    "torture",
    "tour",
    "xtask",
];

/// What people read of an app, and by what their system knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brand {
    /// `Acme Account`.
    pub name: String,
    /// `com.acme.account`.
    pub identifier: String,
    /// `com.acme.account`, or another one that was chosen.
    pub scheme: String,
    /// `acme-account`: program, package and icon, as Tauri makes a package's name from the app's.
    pub program: String,
    /// `ACME_ACCOUNT`: what environment variables begin with.
    pub variables: String,
}

impl Brand {
    /// The names that follow from these three. Without a scheme of its own the identifier is the scheme.
    ///
    /// # Errors
    /// One sentence that says which of them cannot be used, and why.
    pub fn new(name: &str, identifier: &str, scheme: Option<&str>) -> Result<Self, Fault> {
        check_name(name)?;
        check_identifier(identifier)?;
        let scheme = scheme.unwrap_or(identifier);
        check_scheme(scheme)?;
        let program = kebab(name);
        if TAKEN_PROGRAMS.contains(&&*program) {
            return Err(Fault::new(format!(
                "`{program}` is another program of this repository: take another name"
            )));
        }
        Ok(Self {
            name: name.to_owned(),
            identifier: identifier.to_owned(),
            scheme: scheme.to_owned(),
            variables: program.replace('-', "_").to_uppercase(),
            program,
        })
    }

    /// What the checkout in this folder is called.
    ///
    /// # Errors
    /// When it does not say so where `rename` wrote it.
    pub fn read(root: &Path) -> Result<Self, Fault> {
        let file = root.join(SOURCE);
        let text = fs::read_to_string(&file).map_err(|error| unreadable(&file, &error))?;
        let after = |before: &str| {
            let found =
                text.split_once(before).and_then(|(_, rest)| rest.split_once('"')).map(|(found, _)| found);
            found.map(str::to_owned).ok_or_else(|| Fault::new(format!("{SOURCE} no longer says `{before}`")))
        };
        Ok(Self {
            name: after("NAME: &str = \"")?,
            identifier: after("IDENTIFIER: &str = \"")?,
            scheme: after("SCHEME: &str = \"")?,
            program: after("() => {\n        \"")?,
            variables: after("concat!(\"")?.trim_end_matches('_').to_owned(),
        })
    }
}

impl Brand {
    /// Whether a text spells one of these names, as a word of its own.
    #[must_use]
    pub fn is_spelt_in(&self, text: &str) -> bool {
        words::spells(text, self)
    }
}

fn check_name(name: &str) -> Result<(), Fault> {
    let refuse = |why: &str| Err(Fault::new(format!("the name {name:?} {why}")));
    if name.trim() != name || name.is_empty() {
        return refuse("begins or ends with a blank, or is empty");
    }
    if name.chars().any(char::is_control) {
        return refuse("has a control character in it");
    }
    if name.chars().count() > LONGEST_NAME {
        return refuse(&format!("has more than {LONGEST_NAME} characters"));
    }
    if !name.is_ascii() {
        return refuse(
            "becomes the name of packages and files, which are ASCII. In another script it can stand in `-brand` of that \
             language, in crates/text/locales/",
        );
    }
    let fits = |letter: char| letter.is_ascii_alphanumeric() || " -_.'+!".contains(letter);
    if let Some(other) = name.chars().find(|letter| !fits(*letter)) {
        return refuse(&format!("has `{other}` in it, which files, links or texts of this app cannot hold"));
    }
    if !name.starts_with(|letter: char| letter.is_ascii_alphabetic()) || kebab(name).len() < 2 {
        return refuse("does not begin with a letter, or is too short for the name of a package");
    }
    Ok(())
}

/// Reverse DNS, as D-Bus, macOS and AppStream take it.
fn check_identifier(identifier: &str) -> Result<(), Fault> {
    let refuse = |why: &str| Err(Fault::new(format!("the identifier `{identifier}` {why}")));
    let is_part = |part: &str| {
        part.starts_with(|letter: char| letter.is_ascii_lowercase())
            && part.ends_with(|letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit())
            && part
                .chars()
                .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
    };
    let parts: Vec<&str> = identifier.split('.').collect();
    if parts.len() < 2 || !parts.iter().all(|part| is_part(part)) {
        return refuse(
            "is no reverse DNS: a domain of yours backwards and a word, in small letters, digits and hyphens, like \
             com.acme.account",
        );
    }
    if identifier.len() > LONGEST_IDENTIFIER {
        return refuse(&format!("has more than {LONGEST_IDENTIFIER} characters"));
    }
    if parts.last() == Some(&"app") {
        return refuse("ends with .app, which macOS takes for the folder of an app");
    }
    Ok(())
}

/// RFC 3986, in small letters, as browsers write schemes.
fn check_scheme(scheme: &str) -> Result<(), Fault> {
    let refuse = |why: &str| Err(Fault::new(format!("the scheme `{scheme}` {why}")));
    let fits = |letter: char| {
        letter.is_ascii_lowercase() || letter.is_ascii_digit() || matches!(letter, '+' | '-' | '.')
    };
    if TAKEN_SCHEMES.contains(&scheme) {
        return refuse("belongs to browsers or to the system: take one of your own, best your identifier");
    }
    if !scheme.starts_with(|letter: char| letter.is_ascii_lowercase()) || !scheme.chars().all(fits) {
        return refuse("is none: a small letter, then small letters, digits, `+`, `-` and `.`");
    }
    if scheme.len() < 3 || scheme.len() > LONGEST_IDENTIFIER {
        return refuse(&format!("has less than 3 characters or more than {LONGEST_IDENTIFIER}"));
    }
    Ok(())
}

/// `Acme Account` becomes `acme-account`, `AcmeHTTPApp2` becomes `acme-http-app2`: as Tauri makes a Debian package's name.
fn kebab(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut made = String::new();
    for (at, letter) in letters.iter().enumerate() {
        if !letter.is_ascii_alphanumeric() {
            made.push('-');
            continue;
        }
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(at + 1);
        let begins_word = letter.is_ascii_uppercase()
            && before.is_some_and(|before| {
                before.is_ascii_lowercase()
                    || (before.is_ascii_uppercase() && after.is_some_and(char::is_ascii_lowercase))
            });
        if begins_word {
            made.push('-');
        }
        made.push(letter.to_ascii_lowercase());
    }
    made.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_names_follow_from_name_and_identifier() {
        let brand = Brand::new("Acme Account", "com.acme.account", None).expect("a brand");

        let expected =
            ["Acme Account", "com.acme.account", "com.acme.account", "acme-account", "ACME_ACCOUNT"];
        let Brand { name, identifier, scheme, program, variables } = brand;
        assert_eq!([name, identifier, scheme, program, variables], expected);
        for (name, program) in
            [("AcmeHTTPApp2", "acme-http-app2"), ("Ada's Account!", "ada-s-account"), ("a.b_c", "a-b-c")]
        {
            assert_eq!(kebab(name), program);
        }
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_its_reason() {
        let good = ("Acme", "com.acme.account");
        let bad = [
            (("", good.1, None), "empty"),
            (("Ac\u{7}me", good.1, None), "control character"),
            (("Ac\nme", good.1, None), "control character"),
            ((" Acme", good.1, None), "blank"),
            (("A/B", good.1, None), "`/`"),
            (("A\"B", good.1, None), "`\"`"),
            (("A{B", good.1, None), "`{`"),
            (("Acme & Co", good.1, None), "`&`"),
            (("口座", good.1, None), "-brand"),
            (("A", good.1, None), "too short"),
            (("1Acme", good.1, None), "letter"),
            (("Xtask", good.1, None), "another program"),
            (("Acme Account of a name that does not end", good.1, None), ""),
            (("Acme Account of a name that does not end.", good.1, None), "more than 40"),
            ((good.0, "acme", None), "reverse DNS"),
            ((good.0, "com.acme.", None), "reverse DNS"),
            ((good.0, "com.Acme", None), "reverse DNS"),
            ((good.0, "com.acme_account", None), "reverse DNS"),
            ((good.0, "com.1acme", None), "reverse DNS"),
            ((good.0, "com acme", None), "reverse DNS"),
            ((good.0, "com.acme.app", None), ".app"),
            ((good.0, good.1, Some("https")), "belongs to browsers"),
            ((good.0, good.1, Some("mailto")), "belongs to browsers"),
            ((good.0, good.1, Some("file")), "belongs to browsers"),
            ((good.0, good.1, Some("Acme")), "is none"),
            ((good.0, good.1, Some("acme://")), "is none"),
            ((good.0, good.1, Some("1acme")), "is none"),
        ];
        for ((name, identifier, scheme), why) in bad {
            let refused = Brand::new(name, identifier, scheme).err().map(|fault| fault.to_string());

            assert_eq!(refused.is_none(), why.is_empty(), "{name:?} {identifier} {scheme:?}: {refused:?}");
            assert!(refused.unwrap_or_default().contains(why), "{name:?} {identifier} {scheme:?}: {why}");
        }
    }

    #[test]
    fn the_checkout_says_what_it_is_called() {
        let root = crate::layout::Layout::find().expect("a checkout").root;

        let brand = Brand::read(&root).expect("a brand");

        use foyer_contract::{brand as said, variable};
        let of_the_code = [said::NAME, said::IDENTIFIER, said::SCHEME, said::PROGRAM, variable!("X")];
        let read =
            [brand.name, brand.identifier, brand.scheme, brand.program, format!("{}_X", brand.variables)];
        assert_eq!(read, of_the_code);
    }
}
