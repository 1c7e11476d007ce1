//! What is found in small crates that are written for the test.

use std::fs;
use std::path::Path;

use crate::sources::{Arrow, Sources};

/// A crate of these files, read.
fn read(name: &str, files: &[(&str, &str)]) -> Sources {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    for (file, text) in files {
        let file = root.join("src").join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    Sources::read(&root, Path::new("src"))
}

fn shown(sources: &Sources) -> Vec<String> {
    sources.arrows.iter().map(Arrow::to_string).collect()
}

#[test]
fn an_import_leads_to_the_file_that_defines_it_however_it_is_written() {
    let sources = read(
        "imports",
        &[
            ("lib.rs", "mod a; mod b; mod m;"),
            ("a/mod.rs", "mod inner; pub use inner::Thing;"),
            ("a/inner.rs", "pub struct Thing; pub fn go() {}"),
            ("b.rs", "use crate::a::{Thing as Other};\nfn f(_: Other) { super::m::g(); }"),
            (
                "m.rs",
                "pub fn g() { println!(\"{}\", crate::a::Thing::new()); }\n#[cfg(test)] mod tests { use crate::b; }",
            ),
        ],
    );

    let arrows = shown(&sources);

    for wanted in [
        "src/b.rs imports src/a/inner.rs: crate::a::Thing",
        "src/b.rs imports src/m.rs: super::m::g",
        "src/m.rs imports src/a/inner.rs: crate::a::Thing::new",
    ] {
        assert!(arrows.iter().any(|arrow| arrow == wanted), "{wanted}: {arrows:?}");
    }
    assert!(!arrows.iter().any(|arrow| arrow.contains("imports src/b.rs")), "what tests import: {arrows:?}");
}

#[test]
fn a_name_that_comes_with_all_of_a_module_leads_to_the_file_that_defines_it() {
    let sources = read(
        "globs",
        &[
            ("lib.rs", "mod a; mod b; mod c;"),
            ("a.rs", "pub use crate::b::*;\npub fn own() {}"),
            ("b.rs", "pub use super::a::*;\npub struct Deep;"),
            ("c.rs", "fn f() { crate::a::Deep::new(); crate::a::own(); }"),
        ],
    );

    let arrows = shown(&sources);

    for wanted in
        ["src/c.rs imports src/b.rs: crate::a::Deep::new", "src/c.rs imports src/a.rs: crate::a::own"]
    {
        assert!(arrows.iter().any(|arrow| arrow == wanted), "{wanted}: {arrows:?}");
    }
}

#[test]
fn a_crate_is_found_in_a_use_in_code_and_in_a_macro() {
    let sources = read(
        "crates",
        &[
            ("lib.rs", "mod tauri_words; mod http;\nuse reqwest::Client;\nfn f() { let _ = reqwest::get; }"),
            ("http.rs", "fn f() { log!(reqwest::get(1)); }"),
            ("tauri_words.rs", "fn f() { crate::tauri_words::f(); }"),
        ],
    );

    let found = sources.outside(|name| name == "reqwest");

    assert_eq!(
        found,
        [
            "src/lib.rs names reqwest: reqwest::Client",
            "src/lib.rs names reqwest: reqwest::get",
            "src/http.rs names reqwest: reqwest::get",
        ]
    );
    assert!(sources.outside(|name| name.starts_with("tauri")).is_empty());
}

#[test]
fn an_arrow_that_runs_back_up_is_found() {
    let sources = read(
        "layers",
        &[
            ("lib.rs", "mod session; mod auth;"),
            ("session/mod.rs", "use crate::auth::sign_in;"),
            ("auth/mod.rs", "pub mod sign_in;"),
            ("auth/sign_in.rs", "use crate::session;"),
        ],
    );

    let broken = crate::arrows_between(&sources, "session", "auth");

    assert_eq!(broken, ["src/session/mod.rs imports src/auth/sign_in.rs: crate::auth::sign_in"]);
}
