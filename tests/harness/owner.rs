//! The owner of an app who has switched updates on: a key, a server for updates, and the app as an AppImage.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use axum::Router;
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use foyer_contract::variable;
use minisign::KeyPair;
use serde_json::json;
use tokio::net::TcpListener;

use crate::desktop::Desktop;
use crate::fault::{Fault, Outcome};
use crate::processes::app_program;

/// What stands in a program that was built, and what Tauri's bundler writes over it for an AppImage.
const BUILT: &[u8] = b"__TAURI_BUNDLE_TYPE_VAR_UNK";
const AS_APPIMAGE: &[u8] = b"__TAURI_BUNDLE_TYPE_VAR_APP";

/// The app's owner.
#[derive(Debug)]
pub struct Owner {
    /// The file that the person runs.
    pub appimage: PathBuf,
    /// What the new version's file holds.
    pub release: Vec<u8>,
}

impl Owner {
    /// Gives the person of this desktop the app as an AppImage, and releases a newer version of it.
    ///
    /// # Errors
    /// When the app is not built, or the server does not start.
    pub async fn releases(version: &str, desktop: &mut Desktop) -> Outcome<Self> {
        let program = as_appimage(fs::read(app_program()?)?)?;
        let appimage = desktop.path("App.AppImage");
        fs::write(&appimage, &program)?;
        fs::set_permissions(&appimage, fs::Permissions::from_mode(0o755))?;
        // The same program, but another file: what stands behind the end of one is no part of it.
        let release = [program, version.as_bytes().to_vec()].concat();

        let key = KeyPair::generate_unencrypted_keypair().map_err(fault)?;
        let comment = format!("timestamp:1790000000\tfile:App.AppImage\tversion:{version}");
        let signature = minisign::sign(Some(&key.pk), &key.sk, release.as_slice(), Some(&comment), None)
            .map_err(fault)?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let system = format!("linux-{}-appimage", std::env::consts::ARCH);
        let platform = json!({ "url": format!("{address}/file"), "signature": STANDARD.encode(signature.into_string()) });
        let manifest = json!({ "version": version, "notes": "Faster.", "platforms": { system: platform } });
        let (manifest, file) = (manifest.to_string(), axum::body::Bytes::from(release.clone()));
        let routes = Router::new()
            .route("/latest.json", get(async move || manifest))
            .route("/file", get(async move || file));
        tokio::spawn(async move { axum::serve(listener, routes).await });

        let public_key = key.pk.to_box().map_err(fault)?.into_string();
        let endpoints = [format!("{address}/latest.json")];
        let settings = json!({ "pubkey": STANDARD.encode(public_key), "endpoints": endpoints });
        desktop.set(variable!("UPDATER"), &settings.to_string());
        desktop.set("APPIMAGE", &appimage.to_string_lossy());
        Ok(Self { appimage, release })
    }
}

fn fault(error: minisign::PError) -> Fault {
    Fault::new(error.to_string())
}

/// The program as Tauri's bundler puts it into an AppImage.
fn as_appimage(mut program: Vec<u8>) -> Outcome<Vec<u8>> {
    let place = program.windows(BUILT.len()).position(|window| window == BUILT);
    let place =
        place.ok_or_else(|| Fault::new("the app's program has no place for the kind of its bundle"))?;
    program[place..place + AS_APPIMAGE.len()].copy_from_slice(AS_APPIMAGE);
    Ok(program)
}
