//! Tells Tauri where the permissions and capabilities are. The list of commands in `permissions/` is written by
//! hand: a command that is not there cannot be called by any page.

fn main() {
    let manifest = tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*");
    let attributes = tauri_build::Attributes::new()
        .app_manifest(manifest)
        .capabilities_path_pattern("./src-tauri/capabilities/**/*");
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error=tauri-build: {error:#}");
    }
    println!("cargo::rerun-if-changed=src-tauri/permissions");
    println!("cargo::rerun-if-changed=src-tauri/capabilities");
}
