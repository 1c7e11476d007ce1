//! Tells Tauri about the app. The page is npm's (`npm run build`): where nobody has built it yet, a page that says so
//! stands in for it, so that the workspace builds without Node.

use std::path::Path;
use std::{fs, io};

fn main() {
    let page = Path::new("../dist/index.html");
    let built = if page.exists() { Ok(()) } else { placeholder(page) };
    let attributes = tauri_build::Attributes::new();
    if let Err(error) = built {
        println!("cargo::error=the page's folder: {error}");
    } else if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error=tauri-build: {error:#}");
    }
    println!("cargo::rerun-if-changed=../dist");
}

fn placeholder(page: &Path) -> io::Result<()> {
    page.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(
        page,
        "<p>The page is not built: run <code>npm ci && npm run build</code> in examples/react.</p>",
    )
}
