//! A fresh page with the packed npm package: installed, type-checked as strictly as TypeScript can, and loaded.

use std::path::Path;

use serde_json::json;

use crate::fault::Fault;
use crate::layout::Layout;
use crate::shell::{must, program};

use super::{npm, write};

/// What the page does with the package.
const PAGE: &str = include_str!("../../fresh/page.ts");

/// Loads the package as a bundler would, by its name.
const LOAD: &str = "const all = await import('tauri-plugin-supabase-session-api'); \
    for (const name of ['auth', 'createFetch', 'importSession', 'session']) if (!all[name]) throw new Error(name)";

/// Installs the packed file in `folder` and checks a page there.
///
/// # Errors
/// When it cannot be installed, or the page has an error.
pub(super) fn check(layout: &Layout, folder: &Path, package: &Path) -> Result<(), Fault> {
    let manifest = json!({ "name": "fresh-page", "version": "0.0.0", "private": true, "type": "module" });
    write(&folder.join("package.json"), &manifest.to_string())?;
    write(&folder.join("page.ts"), PAGE)?;
    let tauri = npm::version_of(layout, "@tauri-apps/api")?;
    let mut install = program(layout, "npm");
    install.args(["install", "--no-audit", "--no-fund", "--prefer-offline"]).arg(package);
    must(install.arg(format!("@tauri-apps/api@{tauri}")).current_dir(folder))?;
    let compiler = layout.root.join(npm::GUEST_JS).join("node_modules").join("typescript").join("bin");
    // As bundlers resolve modules, and as Node does.
    for (module, resolution) in [("ES2022", "bundler"), ("NodeNext", "NodeNext")] {
        write(&folder.join("tsconfig.json"), &options(module, resolution))?;
        must(program(layout, "node").arg(compiler.join("tsc")).arg("--noEmit").current_dir(folder))?;
    }
    must(program(layout, "node").args(["--input-type=module", "--eval", LOAD]).current_dir(folder))
}

fn options(module: &str, resolution: &str) -> String {
    let options = json!({
        "target": "ES2022", "module": module, "moduleResolution": resolution,
        "lib": ["ES2022", "ESNext.Disposable", "DOM", "DOM.Iterable"], "types": [],
        "strict": true, "exactOptionalPropertyTypes": true, "noUncheckedIndexedAccess": true,
        "skipLibCheck": false,
    });
    json!({ "compilerOptions": options, "include": ["page.ts"] }).to_string()
}
