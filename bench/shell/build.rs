//! Tells Tauri about the app. The peer's page is npm's (`npm run build`): where nobody has built it yet, a page that says
//! so stands in for it, so that the workspace builds without Node.

use std::path::Path;
use std::{fs, io};

fn main() {
    let page = Path::new("../peer/dist/index.html");
    let built = if page.exists() { Ok(()) } else { placeholder(page) };
    if let Err(error) = built {
        println!("cargo::error=the page's folder: {error}");
    } else if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new()) {
        println!("cargo::error=tauri-build: {error:#}");
    }
    println!("cargo::rerun-if-changed=../peer/dist");
}

fn placeholder(page: &Path) -> io::Result<()> {
    page.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(page, "<p>The page is not built: run <code>npm ci && npm run build</code> in bench/peer.</p>")
}
