//! The types of the npm package `tauri-plugin-supabase-session-api` are those of `supabase-session-contract`:
//! `guest-js/src/contract.ts` is written from the sources of that crate. After a change of the crate:
//!
//! ```sh
//! WRITE_TYPES=1 cargo test -p xtask --test typescript
//! ```

// A test whose setting fails has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod declarations;
mod serde_names;

use std::fs;
use std::path::{Path, PathBuf};

/// The crate's sources, in the order in which their types are written.
const SOURCES: [&str; 11] = [
    "view",
    "protection",
    "project",
    "session",
    "flows",
    "links",
    "security",
    "fetch",
    "import_session",
    "error",
    "secret_text",
];

/// Sources without a type that crosses the line.
const WITHOUT_TYPES: [&str; 5] = ["lib", "class", "command", "credentials", "names"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn contract() -> PathBuf {
    root().join("crates/supabase-session-contract/src")
}

#[test]
fn no_file_of_the_contract_is_left_out() {
    let mut named: Vec<String> =
        SOURCES.iter().chain(&WITHOUT_TYPES).map(|name| format!("{name}.rs")).collect();
    let mut found: Vec<String> = fs::read_dir(contract())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    named.sort();
    found.sort();

    assert_eq!(named, found, "SOURCES and WITHOUT_TYPES in {} name every file once", file!());
}

#[test]
fn the_npm_packages_types_are_those_of_the_contract() {
    let path = root().join("crates/tauri-plugin-supabase-session/guest-js/src/contract.ts");
    let sources = SOURCES.map(|name| {
        let text = fs::read_to_string(contract().join(format!("{name}.rs"))).unwrap();
        syn::parse_file(&text).unwrap()
    });
    let wanted = declarations::of(&sources);

    if std::env::var_os("WRITE_TYPES").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    let differing = there.lines().zip(wanted.lines()).find(|(there, wanted)| there != wanted);
    assert!(
        there == wanted,
        "contract.ts is not what the contract says, first at {differing:?}: \
         WRITE_TYPES=1 cargo test -p xtask --test typescript"
    );
}

#[test]
fn what_a_change_of_the_contract_changes() {
    let of = |source: &str| declarations::of(&[syn::parse_str(source).unwrap()]);
    let source = |variant: &str| {
        format!(
            "/// Why. `None`: see [`Other::code`](crate::Other). `Debug` hides it.
            #[derive(Serialize)] #[serde(rename_all = \"snake_case\")] pub enum Reason {{ TooLate, {variant} }}"
        )
    };

    assert!(
        of(&source("")).contains("/** Why. `null`: see `Other.code`. */\nexport type Reason = 'too_late'\n")
    );
    assert!(of(&source("Spent")).contains("export type Reason = 'too_late' | 'spent'\n"));
    let tagged = "#[derive(Serialize)] #[serde(rename_all = \"snake_case\", tag = \"state\")]
        pub enum SessionView { Restoring, SignedIn { /** Who. */ user: UserView } }";
    assert!(of(tagged).contains(
        "export type SessionView =\n  | { state: 'restoring' }\n  | {\n      state: 'signed_in'\n      \
         /** Who. */\n      user: UserView\n    }\n"
    ));
    let request = "#[derive(Serialize)] pub struct SignUp {
            pub names: Vec<Option<String>>, #[serde(default, rename = \"type\")] pub kind: Map<String, Value>,
            pub pairs: Vec<(String, u16)> }
        command!(SignUp => \"sign_up\", Option<Value>);";
    let generic = "#[derive(Serialize)] pub struct Notice<Code = NoticeCode> { pub code: Code }";
    assert!(of(generic).contains("export interface Notice<Code = NoticeCode> {\n  code: Code\n}\n"));
    let written = of(request);
    for line in [
        "  names: (string | null)[]\n",
        "  type?: object\n",
        "  pairs: [string, number][]\n",
        "  sign_up: { request: SignUp; answer: unknown }\n",
    ] {
        assert!(written.contains(line), "{line} {written}");
    }
}

#[test]
#[should_panic(expected = "flatten")]
fn what_cannot_be_written_down_rightly_is_a_failure() {
    let source = "#[derive(Serialize)] pub struct View { #[serde(flatten)] pub more: More }";
    declarations::of(&[syn::parse_str(source).unwrap()]);
}
