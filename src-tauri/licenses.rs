//! The packages of others that the app is made of, and their licenses. `licenses.tsv` is written by `cargo xtask licenses`;
//! a test compares it with what Cargo resolves.

use std::collections::BTreeMap;

use foyer_contract::desktop::License;

/// A line a package: its license, name and version, with tabs between them.
const PACKAGES: &str = include_str!("licenses.tsv");

/// The licenses, each with its packages.
#[must_use]
pub fn of_others() -> Vec<License> {
    let mut licenses = BTreeMap::<&str, Vec<String>>::new();
    for line in PACKAGES.lines() {
        if let Some((license, package)) = line.split_once('\t') {
            licenses.entry(license).or_default().push(package.replace('\t', " "));
        }
    }
    let license = |(name, packages): (&str, Vec<String>)| License { name: name.to_owned(), packages };
    licenses.into_iter().map(license).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_stands_under_its_license() {
        let licenses = of_others();

        let packages: usize = licenses.iter().map(|license| license.packages.len()).sum();
        assert_eq!(packages, PACKAGES.lines().count());
        assert!(licenses.iter().all(|license| !license.name.is_empty()));
        let named = |package: &str| {
            let starts = |it: &String| it.starts_with(&format!("{package} "));
            licenses.iter().any(|license| license.packages.iter().any(starts))
        };
        assert!(named("tauri") && named("yew") && named("tokio"));
    }
}
