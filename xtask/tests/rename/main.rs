//! Making the app one's own: a copy of the checkout is renamed, and says the new name in every place and the old one in
//! none. Whether the copy's own tests pass is the task `rename-test`.

// A test that cannot be set up panics, and says which checker is not installed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod copy;
mod literals;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use foyer_contract::brand;
use serde_json::Value;
use xtask::rename::{Brand, Request, changes, write};

use copy::Copy;

/// The folders of the code that ships.
const SHIPS: [&str; 9] = [
    "src-tauri",
    "src-ui/src",
    "crates/contract/src",
    "crates/doctor/src",
    "crates/picture/src",
    "crates/public-fetch/src",
    "crates/supabase-session/src",
    "crates/supabase-session-contract/src",
    "crates/tauri-plugin-supabase-session/src",
];

/// What people get to see, or read about the app.
const SEEN: [&str; 11] = [
    "CHANGELOG.md",
    "README.md",
    "SECURITY.md",
    "docs",
    "packaging",
    "tauri.conf.json",
    "supabase/config.toml",
    "src-ui/index.html",
    "crates/text/locales",
    "tests/supabase-js/people.mjs",
    "src-tauri/capabilities/windows.json",
];

/// Names of the code, which keep theirs, and the notice that the licences ask for.
const STAYS: [&str; 6] =
    ["foyer-", "foyer_", "__FOYER__", "foyer/e2e", "foyer/custom-protocol", "The Foyer authors"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn request(name: &str, id: &str, scheme: Option<&str>) -> Request {
    Request {
        name: name.to_owned(),
        id: id.to_owned(),
        scheme: scheme.map(str::to_owned),
        accent: None,
        icon: None,
        publisher: None,
        dry_run: false,
        force: false,
    }
}

fn rename(copy: &Copy, request: &Request) {
    write(copy.root(), &changes(copy.root(), request).unwrap()).unwrap();
}

fn config(root: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(root.join("tauri.conf.json")).unwrap()).unwrap()
}

/// The files that no Rust code reads say the same as the code.
fn assert_agrees(root: &Path, brand: &Brand) {
    let text =
        |file: &str| fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let config = config(root);
    let at = |pointer: &str| config.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    assert_eq!(at("/productName"), brand.name);
    assert_eq!(at("/identifier"), brand.identifier);
    assert_eq!(at("/plugins/deep-link/desktop/schemes/0"), brand.scheme);
    let callback = format!("{}://auth/callback", brand.scheme);
    for (file, said) in [
        ("Cargo.toml", format!("[[bin]]\nname = \"{}\"", brand.program)),
        ("Cargo.toml", format!("default-run = \"{}\"", brand.program)),
        ("supabase/config.toml", format!("\"{callback}*\"")),
        ("tests/supabase-js/people.mjs", format!("'{callback}'")),
        ("src-ui/index.html", format!("<title>{}</title>", brand.name)),
        ("README.md", format!("`{callback}*`")),
        ("README.md", format!("`{}_SUPABASE_URL`", brand.variables)),
        (".github/workflows/release.yml", format!("--title \"{} ", brand.name)),
    ] {
        assert!(text(file).contains(&said), "{file} does not say {said}");
    }
    let metainfo = text(&format!("packaging/linux/{}.metainfo.xml", brand.identifier));
    for said in [
        format!("<id>{}</id>", brand.identifier),
        format!("<name>{}</name>", brand.name),
        format!("<launchable type=\"desktop-id\">{}.desktop</launchable>", brand.name),
        format!("<binary>{}</binary>", brand.program),
        format!("<mediatype>x-scheme-handler/{}</mediatype>", brand.scheme),
    ] {
        assert!(metainfo.contains(&said), "the metainfo does not say {said}");
    }
    // Every file that the packages are told to hold is there.
    for kind in ["deb", "rpm"] {
        let linux = &config["bundle"]["linux"][kind];
        let files = linux["files"].as_object().unwrap().values().chain([&linux["desktopTemplate"]]);
        for file in files.filter_map(Value::as_str) {
            assert!(root.join(file).is_file(), "{kind}: there is no {file}");
        }
    }
}

#[test]
fn every_file_says_the_name_that_the_code_says() {
    let brand = Brand::read(&root()).unwrap();

    assert_agrees(&root(), &brand);
    let of_the_code = [brand::NAME, brand::IDENTIFIER, brand::SCHEME, brand::PROGRAM];
    assert_eq!([&*brand.name, &*brand.identifier, &*brand.scheme, &*brand.program], of_the_code);
    assert_eq!(brand::CALLBACK, format!("{}://auth/callback", brand.scheme));
}

/// Whoever writes a sentence for people takes the name from where `rename` changes it.
#[test]
fn no_text_in_the_code_that_ships_spells_the_app() {
    let own = Brand::read(&root()).unwrap();
    let mut spelt = Vec::new();
    let mut seen = 0;
    for folder in SHIPS {
        for (file, literals) in literals::below(&root().join(folder)) {
            seen += literals.len();
            let of_the_brand = file.ends_with("contract/src/brand.rs");
            let named = literals.into_iter().filter(|text| own.is_spelt_in(text));
            spelt.extend(named.filter(|_| !of_the_brand).map(|text| format!("{}: {text}", file.display())));
        }
    }

    assert!(seen > 1000, "{seen} texts were looked at");
    assert!(spelt.is_empty(), "take it from foyer_contract::brand:\n  {}", spelt.join("\n  "));
}

#[test]
fn a_renamed_copy_says_the_new_name_everywhere_and_the_old_one_nowhere() {
    let copy = Copy::of(&root());

    rename(&copy, &request("Acme Account", "com.acme.account", Some("acme")));

    let brand = Brand::read(copy.root()).unwrap();
    assert_agrees(copy.root(), &brand);
    assert_eq!((&*brand.program, &*brand.variables), ("acme-account", "ACME_ACCOUNT"));
    let mut left = Vec::new();
    for (file, text) in copy.texts(&SEEN) {
        for (number, line) in (1..).zip(text.lines().chain([&*file.to_string_lossy()])) {
            let rest = STAYS.iter().fold(line.to_owned(), |line, name| line.replace(name, ""));
            if rest.to_lowercase().contains("foyer") {
                left.push(format!("{}:{number}: {line}", file.display()));
            }
        }
    }
    assert!(left.is_empty(), "the old name is left in\n  {}", left.join("\n  "));
    let notice = fs::read_to_string(copy.root().join("packaging/linux/copyright")).unwrap();
    assert!(notice.contains("The Foyer authors"), "the licence's notice stays:\n{notice}");
    let publisher = config(copy.root())["bundle"]["publisher"].clone();
    assert_eq!(publisher, "The Acme Account authors <maintainers@acme.com>");
    for locale in ["en", "de", "es", "ja", "ar"] {
        let text = fs::read_to_string(copy.root().join(format!("crates/text/locales/{locale}.ftl"))).unwrap();
        assert!(
            text.contains("\n-brand = Acme Account\n-program = acme-account\n-variables = ACME_ACCOUNT\n"),
            "{locale}"
        );
    }
}

/// What the packages' own checkers and Cargo say of a renamed copy.
#[test]
fn a_renamed_copy_is_sound() {
    let copy = Copy::of(&root());
    rename(&copy, &request("Acme Account", "com.acme.account", None));

    let cargo = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO"));
        let output = command.args(arguments).current_dir(copy.root()).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    cargo(&["fmt", "--all", "--", "--check"]);
    let metadata = cargo(&["metadata", "--no-deps", "--offline", "--locked", "--format-version", "1"]);
    assert!(String::from_utf8_lossy(&metadata).contains("\"acme-account\""));
    copy.validate("appstreamcli", &["validate", "--no-net"], "packaging/linux/com.acme.account.metainfo.xml");
    let entry = copy.filled_in("packaging/linux/acme-account.desktop", &config(copy.root()));
    assert!(entry.contains("MimeType=x-scheme-handler/com.acme.account\n"), "{entry}");
    fs::write(copy.root().join("Acme Account.desktop"), entry).unwrap();
    copy.validate("desktop-file-validate", &[], "Acme Account.desktop");
}

#[test]
fn renaming_twice_and_back_leaves_no_trace() {
    let (copy, before) = (Copy::of(&root()), Copy::of(&root()));
    let own = Brand::read(&root()).unwrap();
    let mut back = request(&own.name, &own.identifier, Some(&own.scheme));
    back.publisher = config(&root())["bundle"]["publisher"].as_str().map(str::to_owned);

    // Names that no document uses in an example.
    rename(&copy, &request("Quince Desk", "com.quince.desk", Some("quince")));
    rename(&copy, &request("Zephyr", "org.zephyr.sign-in", None));
    let zephyr = Brand::read(copy.root()).unwrap();
    assert_agrees(copy.root(), &zephyr);
    rename(&copy, &back);

    let (now, then) = (copy.texts(&["."]), before.texts(&["."]));
    let differs = |(one, two): (&(PathBuf, String), &(PathBuf, String))| one != two;
    let changed: Vec<_> =
        now.iter().zip(&then).filter(|pair| differs(*pair)).map(|(file, _)| &file.0).collect();
    assert_eq!(now.len(), then.len());
    assert!(changed.is_empty(), "{changed:?}");
    assert!(changes(copy.root(), &back).unwrap().is_empty());
}

#[test]
fn what_cannot_be_used_changes_nothing() {
    let copy = Copy::of(&root());
    let good = request("Acme Account", "com.acme.account", None);
    for (bad, why) in [
        (Request { id: "acme".into(), ..good.clone() }, "reverse DNS"),
        (Request { scheme: Some("https".into()), ..good.clone() }, "belongs to browsers"),
        (Request { name: "Account".into(), ..good.clone() }, "is a word that the app's sentences use"),
        (Request { name: "Ac\u{202e}me\n".into(), ..good.clone() }, "blank"),
        (Request { accent: Some("mauve".into()), ..good.clone() }, "no colour"),
        (Request { publisher: Some("Acme".into()), ..good.clone() }, "Name <address>"),
    ] {
        let refused = changes(copy.root(), &bad).expect_err(why).to_string();
        assert!(refused.contains(why), "{refused}");
    }
    // The place where the program's name is written was edited by hand.
    let manifest = copy.root().join("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap().replace("default-run", "#default-run");
    fs::write(&manifest, text.replace("#default-run = \"", "#default-run = '")).unwrap();
    let refused = changes(copy.root(), &good).expect_err("an edited place").to_string();
    assert!(refused.contains("Cargo.toml no longer says `default-run"), "{refused}");
}
