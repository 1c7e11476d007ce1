//! What package managers read: winget, Homebrew and Flatpak each download a bundle of a release and want its SHA-256.
//! The templates lie in `packaging/`; they are filled from the product and from the bundles themselves.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::files;
use super::product::{self, Product, without_blanks};
use crate::fault::Fault;
use crate::layout::{Layout, unreadable};

/// What a template is written in: a value must not end the text that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A value is a text of its own, in quotes.
    Yaml,
    /// A value stands within quotes.
    Json,
    /// The same, in Ruby.
    Ruby,
}

/// A template below `packaging/`, what it is written in, and the name of what it becomes.
const TEMPLATES: [(&str, Form, &str); 5] = [
    ("winget/version.yaml", Form::Yaml, "winget/@WINGET@.yaml"),
    ("winget/installer.yaml", Form::Yaml, "winget/@WINGET@.installer.yaml"),
    ("winget/locale.en-US.yaml", Form::Yaml, "winget/@WINGET@.locale.en-US.yaml"),
    ("homebrew/cask.rb", Form::Ruby, "homebrew/@PROGRAM@.rb"),
    ("flatpak/manifest.json", Form::Json, "flatpak/@IDENTIFIER@.json"),
];

/// A bundle that a template names, by the end of its file's name.
const BUNDLES: [(&str, &str); 4] = [
    ("NSIS", "_x64-setup.exe"),
    ("DMG_AARCH64", "_aarch64.dmg"),
    ("DMG_X64", "_x64.dmg"),
    ("DEB", "_amd64.deb"),
];

/// Where the bundles of a release can be downloaded.
#[derive(Debug)]
pub(crate) struct Addresses {
    /// The folder of the bundles, without a slash behind it.
    pub(crate) download: String,
    /// The project's page.
    pub(crate) homepage: String,
}

/// Fills the templates with the bundles of this version in `bundles`, or in the target folder. `false` where one could not
/// be filled as a bundle is missing.
///
/// # Errors
/// Without an address, or when a file cannot be read or written.
pub(crate) fn write(
    layout: &Layout,
    download: Option<&str>,
    homepage: Option<&str>,
    bundles: Option<&Path>,
) -> Result<bool, Fault> {
    let product = Product::read(layout)?;
    let addresses = Addresses::find(layout, &product, download, homepage)?;
    let folder = layout.target.join("release").join("bundle");
    let bundles = files::below(bundles.unwrap_or(&folder))?;
    let values = values(&product, &addresses, &bundles)?;
    let into = layout.target.join("manifests");
    let mut is_whole = true;
    for (template, form, name) in TEMPLATES {
        let text = files::read(&layout.root.join("packaging").join(template))?;
        match filled(&text, form, &values) {
            Ok(text) => {
                let file = into.join(replaced(name, &values, str::to_owned));
                files::write(&file, &text)?;
                println!("      {}", file.display());
            }
            Err(missing) => {
                println!("      skipped: {template} needs {missing}, of which there is no bundle");
                is_whole = false;
            }
        }
    }
    Ok(is_whole)
}

impl Addresses {
    /// What was asked for, else what the manifest of the workspace says.
    fn find(
        layout: &Layout,
        product: &Product,
        download: Option<&str>,
        homepage: Option<&str>,
    ) -> Result<Self, Fault> {
        let repository = product::repository(layout)?;
        let of_release =
            repository.as_ref().map(|page| format!("{page}/releases/download/v{}", product.version));
        let download = download.map(|text| text.trim_end_matches('/').to_owned()).or(of_release).ok_or_else(|| {
            Fault::new("nobody says where the bundles are: set `repository` in Cargo.toml, or say --download-url URL")
        })?;
        if !download.starts_with("https://") {
            return Err(Fault::new(format!("{download} does not begin with https://")));
        }
        let homepage = homepage.map(str::to_owned).or(repository).unwrap_or_else(|| download.clone());
        Ok(Self { download, homepage })
    }
}

/// What stands for each placeholder. A bundle that is missing has none.
fn values(
    product: &Product,
    addresses: &Addresses,
    bundles: &[PathBuf],
) -> Result<BTreeMap<String, String>, Fault> {
    let mut values: BTreeMap<String, String> = [
        ("NAME", &product.name),
        ("PROGRAM", &product.program),
        ("VERSION", &product.version),
        ("PUBLISHER", &product.publisher),
        ("COPYRIGHT", &product.copyright),
        ("LICENSE", &product.license),
        ("DESCRIPTION", &product.description),
        ("LONG_DESCRIPTION", &product.long_description),
        ("IDENTIFIER", &product.identifier),
        ("SCHEME", &product.scheme),
        ("FILE", &product.file_name()),
        ("URL", &addresses.download),
        ("HOMEPAGE", &addresses.homepage),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.clone()))
    .collect();
    values.insert("WINGET".into(), winget_identifier(product));
    for (bundle, ending) in BUNDLES {
        let name = format!("{}_{}{ending}", product.file_name(), product.version);
        let is_it = |file: &&PathBuf| {
            file.file_name().is_some_and(|own| without_blanks(&own.to_string_lossy()) == name)
        };
        let Some(file) = bundles.iter().find(is_it) else { continue };
        let bytes = fs::read(file).map_err(|error| unreadable(file, &error))?;
        let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        values.insert(format!("{bundle}_SHA256"), hash);
        values.insert(format!("{bundle}_URL"), format!("{}/{name}", addresses.download));
    }
    Ok(values)
}

/// `TheAuthors.Name`.
fn winget_identifier(product: &Product) -> String {
    let joined = |text: &str| -> String {
        let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        let capitalised = words.map(|word| {
            let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
            first.to_uppercase() + rest
        });
        capitalised.collect()
    };
    format!("{}.{}", joined(&product.publisher), joined(&product.name))
}

/// The template with its values; the first placeholder without one otherwise.
fn filled(template: &str, form: Form, values: &BTreeMap<String, String>) -> Result<String, String> {
    let text = replaced(template, values, |value| {
        let quoted = serde_json::Value::from(value).to_string();
        let within = || quoted[1..quoted.len() - 1].to_owned();
        match form {
            Form::Yaml => quoted,
            Form::Json => within(),
            Form::Ruby => within().replace("#{", "\\#{"),
        }
    });
    match placeholder(&text) {
        Some(left) => Err(left.to_owned()),
        None => Ok(text),
    }
}

fn replaced(template: &str, values: &BTreeMap<String, String>, write: impl Fn(&str) -> String) -> String {
    values
        .iter()
        .fold(template.to_owned(), |text, (name, value)| text.replace(&format!("@{name}@"), &write(value)))
}

/// The first `@NAME@` in a text.
fn placeholder(text: &str) -> Option<&str> {
    let is_name = |part: &&str| {
        !part.is_empty() && part.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'_'))
    };
    let parts: Vec<&str> = text.split('@').collect();
    // The first and the last part have an @ on one side only.
    parts.get(1..parts.len().saturating_sub(1))?.iter().copied().find(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://downloads.example/v1";

    fn product() -> Product {
        Product::read(&Layout::find().expect("a checkout")).expect("a product")
    }

    /// Every template, filled for a release with these bundles: its text, or the placeholder that is left.
    fn release_with(product: &Product, endings: &[&str]) -> BTreeMap<&'static str, Result<String, String>> {
        let (layout, folder) = (Layout::find().expect("a checkout"), tempfile::tempdir().expect("a folder"));
        for ending in endings {
            let name = format!("{}_{}{ending}", product.name, product.version);
            files::write(&folder.path().join("kind").join(name), ending).expect("a bundle");
        }
        let addresses = Addresses { download: URL.into(), homepage: "https://example.com".into() };
        let bundles = files::below(folder.path()).expect("bundles");
        let values = values(product, &addresses, &bundles).expect("values");
        let fill = |(template, form, _)| {
            let text = files::read(&layout.root.join("packaging").join(template)).expect("a template");
            (template, filled(&text, form, &values))
        };
        TEMPLATES.map(fill).into()
    }

    fn whole(product: &Product) -> BTreeMap<&'static str, String> {
        let filled = release_with(product, &BUNDLES.map(|(_, ending)| ending));
        filled.into_iter().map(|(name, text)| (name, text.expect(name))).collect()
    }

    /// The top level of a YAML file that is a list of `key: value`, of lists and of what they hold.
    fn yaml(text: &str) -> BTreeMap<&str, &str> {
        let mut top = BTreeMap::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let item = line.trim_start().trim_start_matches("- ");
            let (key, value) = item.split_once(':').unwrap_or((item, ""));
            assert!(!key.contains(['"', ' ', '\t']) || item.starts_with('"'), "{line}");
            let value = value.trim();
            if value.starts_with('"') {
                serde_json::from_str::<String>(value).expect(line);
            }
            if !line.starts_with([' ', '-']) {
                assert!(top.insert(key, value).is_none(), "{key} stands there twice");
            }
        }
        top
    }

    #[test]
    fn winget_gets_the_keys_that_its_schema_requires() {
        let filled = whole(&product());
        let both = ["PackageIdentifier", "PackageVersion", "ManifestType", "ManifestVersion"];
        for (name, own) in [
            ("winget/version.yaml", &["DefaultLocale"][..]),
            ("winget/installer.yaml", &["Installers", "InstallerType", "Scope", "ProductCode"]),
            (
                "winget/locale.en-US.yaml",
                &["PackageLocale", "Publisher", "PackageName", "License", "ShortDescription"],
            ),
        ] {
            let keys = yaml(&filled[name]);
            let missing: Vec<_> = both.iter().chain(own).filter(|key| !keys.contains_key(**key)).collect();
            assert!(missing.is_empty(), "{name} has no {missing:?}");
            assert_eq!(keys["PackageIdentifier"], format!("\"{}\"", winget_identifier(&product())));
        }
        let (product, installer) = (product(), &filled["winget/installer.yaml"]);
        let file = format!("{}_{}_x64-setup.exe", product.file_name(), product.version);
        assert!(installer.contains(&format!("InstallerUrl: \"{URL}/{file}\"")));
        let hash = format!("{:x}", Sha256::digest("_x64-setup.exe"));
        assert!(installer.contains(&format!("InstallerSha256: \"{hash}\"")), "{installer}");
    }

    #[test]
    fn winget_knows_a_product_by_its_makers_and_its_name() {
        let named = |publisher: &str, name: &str| {
            winget_identifier(&Product { publisher: publisher.into(), name: name.into(), ..product() })
        };

        assert_eq!(named("The Foyer authors", "Foyer"), "TheFoyerAuthors.Foyer");
        assert_eq!(named("acme", "Acme Account"), "Acme.AcmeAccount");
    }

    #[test]
    fn a_name_with_a_blank_leads_to_the_files_of_a_release() {
        let filled = whole(&Product { name: "Acme Account".into(), version: "1.2.3".into(), ..product() });

        let windows = format!("InstallerUrl: \"{URL}/Acme.Account_1.2.3_x64-setup.exe\"");
        assert!(filled["winget/installer.yaml"].contains(&windows), "{}", filled["winget/installer.yaml"]);
        assert!(filled["flatpak/manifest.json"].contains(&format!("{URL}/Acme.Account_1.2.3_amd64.deb")));
        let disk_image = format!("url \"{URL}/Acme.Account_#{{version}}_#{{arch}}.dmg\"");
        assert!(filled["homebrew/cask.rb"].contains(&disk_image), "{}", filled["homebrew/cask.rb"]);
    }

    #[test]
    fn flatpak_gets_the_keys_that_its_schema_requires() {
        let filled = whole(&product());
        let manifest: serde_json::Value =
            serde_json::from_str(&filled["flatpak/manifest.json"]).expect("a manifest");

        for key in ["id", "runtime", "runtime-version", "sdk", "command", "modules"] {
            assert!(!manifest[key].is_null(), "{key}");
        }
        let source = &manifest["modules"][0]["sources"][0];
        assert_eq!(source["sha256"], format!("{:x}", Sha256::digest("_amd64.deb")));
        assert!(source["url"].as_str().is_some_and(|url| url.starts_with(URL)));
    }

    #[test]
    fn homebrew_gets_both_architectures() {
        let cask = &whole(&product())["homebrew/cask.rb"];

        for ending in ["_aarch64.dmg", "_x64.dmg"] {
            assert!(cask.contains(&format!("\"{:x}\"", Sha256::digest(ending))), "{ending}: {cask}");
        }
    }

    #[test]
    fn a_release_without_a_bundle_fills_what_does_not_need_it() {
        let filled = release_with(&product(), &["_x64-setup.exe"]);

        let lacking: Vec<_> =
            filled.iter().filter(|(_, text)| text.is_err()).map(|(name, _)| *name).collect();
        assert_eq!(lacking, ["flatpak/manifest.json", "homebrew/cask.rb"]);
        assert_eq!(filled["flatpak/manifest.json"], Err("DEB_URL".into()));
    }

    #[test]
    fn no_name_of_a_product_ends_the_text_that_it_stands_in() {
        let name = "Ada's \"Own\" #{app}: & more";
        let filled = whole(&Product { name: name.into(), description: name.into(), ..product() });

        let manifest: serde_json::Value =
            serde_json::from_str(&filled["flatpak/manifest.json"]).expect("a manifest");
        let commands = manifest["modules"][0]["build-commands"].as_array().expect("commands");
        // A shell reads them, for which a quote in a name would end a word.
        assert!(!commands.iter().any(|command| command.to_string().contains("Ada's")), "{commands:?}");
        let package = yaml(&filled["winget/locale.en-US.yaml"])["PackageName"];
        assert_eq!(serde_json::from_str::<String>(package).expect("a text"), name);
        assert!(filled["homebrew/cask.rb"].contains("name \"Ada's \\\"Own\\\" \\#{app}: & more\""));
    }

    #[test]
    fn an_address_is_asked_for_and_never_made_up() {
        let layout = Layout::find().expect("a checkout");
        let find = |download| Addresses::find(&layout, &product(), download, None);

        let found = find(Some("https://example.com/files/")).expect("an address");
        assert_eq!(found.download, "https://example.com/files");
        assert!(find(Some("http://example.com")).is_err());
        let manifest = files::read(&layout.root.join("Cargo.toml")).expect("a manifest");
        if !manifest.contains("\nrepository = ") {
            let fault = find(None).expect_err("no address").to_string();
            assert!(fault.contains("--download-url"), "{fault}");
        }
    }
}
