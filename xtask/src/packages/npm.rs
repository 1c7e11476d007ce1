//! The page's half of the plugin, an npm package.

use std::path::PathBuf;

use serde_json::Value;

use crate::fault::Fault;
use crate::layout::Layout;
use crate::shell::{answer, must, program};

use super::{create, read};

/// Its folder in the checkout.
pub(super) const GUEST_JS: &str = "crates/tauri-plugin-supabase-session/guest-js";

/// Compiles and packs it; the file.
///
/// # Errors
/// When npm is missing or fails.
pub(super) fn pack(layout: &Layout) -> Result<PathBuf, Fault> {
    let folder = layout.root.join(GUEST_JS);
    if !folder.join("node_modules").join("typescript").is_dir() {
        must(program(layout, "npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder))?;
    }
    let into = layout.target.join("package");
    create(&into)?;
    let mut pack = program(layout, "npm");
    pack.args(["pack", "--json", "--pack-destination"]).arg(&into).current_dir(&folder);
    let said = answer(&mut pack).ok_or_else(|| Fault::new(format!("`npm pack` fails in {GUEST_JS}")))?;
    let name = packed_name(&said).ok_or_else(|| Fault::new("`npm pack` does not say what it packed"))?;
    Ok(into.join(name))
}

/// The file's name in what npm says, which the compiler's own lines may stand in front of.
fn packed_name(said: &str) -> Option<String> {
    let list: Value = serde_json::from_str(&said[said.find("[\n")?..]).ok()?;
    list.pointer("/0/filename")?.as_str().map(str::to_owned)
}

/// The version of a package that the page's half is developed with.
///
/// # Errors
/// When its `package.json` cannot be read, or does not name the package.
pub(super) fn version_of(layout: &Layout, package: &str) -> Result<String, Fault> {
    let text = read(&layout.root.join(GUEST_JS).join("package.json"))?;
    let manifest: Value =
        serde_json::from_str(&text).map_err(|error| Fault::new(format!("package.json: {error}")))?;
    let version = manifest["devDependencies"][package].as_str().map(str::to_owned);
    version.ok_or_else(|| Fault::new(format!("{GUEST_JS} is not developed with {package}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_packed_file_is_found_behind_what_the_compiler_says() {
        let said =
            "\n> a@0.1.0 prepack\n> tsc\n\n[\n  { \"id\": \"a@0.1.0\", \"filename\": \"a-0.1.0.tgz\" }\n]\n";

        assert_eq!(packed_name(said).as_deref(), Some("a-0.1.0.tgz"));
        assert_eq!(packed_name("nothing"), None);
    }
}
