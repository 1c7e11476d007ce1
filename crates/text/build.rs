//! Compiles each of `locales/*.ftl`. A file with a fault in it does not build.

mod compile;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let locales = Path::new("locales");
    println!("cargo::rerun-if-changed={}", locales.display());
    println!("cargo::rerun-if-changed=compile.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    for entry in fs::read_dir(locales)? {
        let path = entry?.path();
        let fluent = fs::read_to_string(&path)?;
        let compiled = compile::compile(&fluent).map_err(|fault| format!("{}: {fault}", path.display()))?;
        let name = path.file_stem().ok_or("a locale without a name")?;
        fs::write(out.join(name).with_extension("txt"), compiled)?;
    }
    Ok(())
}
