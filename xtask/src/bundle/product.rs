//! What packages say of the app: names and version, each from the one place that says it.

use std::fs;

use foyer_contract::brand;
use serde_json::Value;

use super::VERSION;
use crate::fault::Fault;
use crate::layout::{Layout, unreadable};

/// The app as a package names it.
#[derive(Debug, Clone)]
pub(crate) struct Product {
    /// What persons call it.
    pub(crate) name: String,
    /// Its executable, without an ending.
    pub(crate) program: String,
    pub(crate) version: String,
    /// Who makes it, without an address.
    pub(crate) publisher: String,
    pub(crate) copyright: String,
    pub(crate) license: String,
    /// One line.
    pub(crate) description: String,
    /// Several lines.
    pub(crate) long_description: String,
    /// The name that no other app has, in reverse domain form.
    pub(crate) identifier: String,
    /// The scheme of its links.
    pub(crate) scheme: String,
}

impl Product {
    /// Its executable on Windows.
    pub(crate) fn executable(&self) -> String {
        format!("{}.exe", self.program)
    }

    /// The name as it stands in the names of a release's files: whoever keeps them may take no blanks.
    pub(crate) fn file_name(&self) -> String {
        without_blanks(&self.name)
    }

    /// Reads `tauri.conf.json`; the version is the workspace's.
    ///
    /// # Errors
    /// When the file cannot be read or says less.
    pub(crate) fn read(layout: &Layout) -> Result<Self, Fault> {
        let file = layout.root.join("tauri.conf.json");
        let text = fs::read_to_string(&file).map_err(|error| unreadable(&file, &error))?;
        let config: Value =
            serde_json::from_str(&text).map_err(|error| Fault::new(format!("tauri.conf.json: {error}")))?;
        let said = |pointer: &str| {
            let value = config.pointer(pointer).and_then(Value::as_str);
            value.map(str::to_owned).ok_or_else(|| Fault::new(format!("tauri.conf.json has no {pointer}")))
        };
        Ok(Self {
            name: said("/productName")?,
            program: brand::PROGRAM.into(),
            version: VERSION.into(),
            publisher: without_address(&said("/bundle/publisher")?).into(),
            copyright: said("/bundle/copyright")?,
            license: said("/bundle/license")?,
            description: said("/bundle/shortDescription")?,
            long_description: said("/bundle/longDescription")?,
            identifier: said("/identifier")?,
            scheme: said("/plugins/deep-link/desktop/schemes/0")?,
        })
    }
}

/// The repository's page, without a slash behind it, where `Cargo.toml` names one.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn repository(layout: &Layout) -> Result<Option<String>, Fault> {
    let file = layout.root.join("Cargo.toml");
    let manifest = fs::read_to_string(&file).map_err(|error| unreadable(&file, &error))?;
    let named = manifest.lines().find_map(|line| line.strip_prefix("repository = "));
    Ok(named.map(|page| page.trim_matches('"').trim_end_matches('/').to_owned()))
}

/// The name of a release's file: GitHub writes a dot for a blank.
pub(crate) fn without_blanks(name: &str) -> String {
    name.replace(' ', ".")
}

/// `The authors` of `The authors <somebody@example.com>`.
fn without_address(publisher: &str) -> &str {
    publisher.split_once('<').map_or(publisher, |(name, _)| name).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_says_all_that_packages_say() {
        let product = Product::read(&Layout::find().expect("a checkout")).expect("a product");

        assert_eq!((product.name.as_str(), product.version.as_str()), (brand::NAME, VERSION));
        assert_eq!(
            (product.identifier.as_str(), product.scheme.as_str()),
            (brand::IDENTIFIER, brand::SCHEME)
        );
        assert!(!product.publisher.is_empty() && !product.publisher.contains('<'), "{}", product.publisher);
    }

    #[test]
    fn a_publisher_is_named_without_an_address() {
        assert_eq!(without_address("Ada <ada@example.com>"), "Ada");
        assert_eq!(without_address("Ada"), "Ada");
    }
}
