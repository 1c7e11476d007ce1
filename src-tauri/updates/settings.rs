//! The settings of the plugin as the app's owner writes them, `plugins.updater` in `tauri.conf.json`, and how this app was
//! installed.

use std::path::Path;

use serde_json::Value;
use tauri::plugin::TauriPlugin;
use tauri::utils::config::BundleType;
use tauri::utils::platform::bundle_type;
use tauri::{AppHandle, Config, Manager, Runtime};
use tauri_plugin_updater::UpdaterBuilder;

/// Where the plugin's settings are.
const NAME: &str = "updater";

/// Settings of the plugin that would take a guard away, in both their spellings.
const WEAKENING: [&str; 10] = [
    "requireSignedVersion",
    "require-signed-version",
    "allowDowngrades",
    "allow-downgrades",
    "dangerousAcceptInvalidCerts",
    "dangerous-accept-invalid-certs",
    "dangerousAcceptInvalidHostnames",
    "dangerous-accept-invalid-hostnames",
    "dangerousInsecureTransportProtocol",
    "dangerous-insecure-transport-protocol",
];

/// Whether the owner has switched updates on: with a key and an endpoint at least.
#[must_use]
pub fn are_on(config: &Config) -> bool {
    let Some(settings) = config.plugins.0.get(NAME) else { return false };
    let has_key = settings["pubkey"].as_str().is_some_and(|key| !key.is_empty());
    let has_endpoint = settings["endpoints"].as_array().is_some_and(|all| !all.is_empty());
    has_key && has_endpoint
}

/// Makes the settings as strict as this app wants them, whatever else they say. A test driver may name others.
pub fn make_strict(config: &mut Config, of_a_driver: Option<&str>) {
    if let Some(named) = of_a_driver.and_then(|json| serde_json::from_str(json).ok()) {
        config.plugins.0.insert(NAME.to_owned(), named);
    }
    let settings = config.plugins.0.get_mut(NAME).and_then(Value::as_object_mut);
    if let Some(settings) = settings {
        settings.retain(|name, _| !WEAKENING.contains(&name.as_str()));
        settings.insert("requireSignedVersion".to_owned(), Value::Bool(true));
    }
}

/// The plugin. Its own commands are permitted to no page.
#[must_use]
pub fn plugin<R: Runtime>() -> TauriPlugin<R, tauri_plugin_updater::Config> {
    tauri_plugin_updater::Builder::new().build()
}

/// How this app was installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Installed {
    /// As a bundle that the person runs or installed alone: the app replaces it.
    Alone,
    /// By a package manager, or it was built here: the newer version comes the same way.
    BySomebody,
}

impl Installed {
    /// How the app that runs was.
    pub(super) fn now<R: Runtime>(handle: &AppHandle<R>) -> Self {
        // Flatpak unpacks the .deb.
        let is_flatpak = Path::new("/.flatpak-info").exists();
        #[cfg(target_os = "linux")]
        let has_appimage = handle.env().appimage.is_some();
        #[cfg(not(target_os = "linux"))]
        let has_appimage = {
            _ = handle;
            false
        };
        Self::of(bundle_type().as_ref(), has_appimage, is_flatpak)
    }

    fn of(bundle: Option<&BundleType>, has_appimage: bool, is_flatpak: bool) -> Self {
        let is_alone = match bundle {
            // The runtime of an AppImage says where the file is. An app that was unpacked from one has nothing to replace.
            Some(BundleType::AppImage) => has_appimage && !is_flatpak,
            Some(BundleType::Deb | BundleType::Rpm) => false,
            Some(_) => true,
            // The app's own installer for Windows leaves the program as it was built.
            None => cfg!(windows),
        };
        if is_alone { Self::Alone } else { Self::BySomebody }
    }
}

/// The same, with the name under which the manifest has the file of the app's own installer for Windows.
pub(super) fn named(builder: UpdaterBuilder) -> UpdaterBuilder {
    match tauri_plugin_updater::target() {
        Some(system) if cfg!(windows) && bundle_type().is_none() => builder.target(format!("{system}-nsis")),
        _ => builder,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn config(settings: &Value) -> Config {
        let mut config = Config::default();
        config.plugins.0.insert(NAME.to_owned(), settings.clone());
        config
    }

    #[test]
    fn without_a_key_and_an_endpoint_there_are_no_updates() {
        assert!(!are_on(crate::context::<tauri::test::MockRuntime>().config()), "as the repository ships");

        for (settings, expected) in [
            (json!({}), false),
            (json!({ "pubkey": "a2V5" }), false),
            (json!({ "pubkey": "a2V5", "endpoints": [] }), false),
            (json!({ "pubkey": "", "endpoints": ["https://a.example"] }), false),
            (json!("on"), false),
            (json!({ "pubkey": "a2V5", "endpoints": ["https://a.example"] }), true),
        ] {
            assert_eq!(are_on(&config(&settings)), expected, "{settings}");
        }
    }

    #[test]
    fn no_setting_takes_a_guard_away() {
        let owners = json!({ "pubkey": "a2V5", "endpoints": ["https://a.example"], "windows": {} });
        let mut weak = owners.clone();
        for name in WEAKENING {
            // To require something is the strong value, to allow or accept something the weak one.
            weak[name] = json!(!name.starts_with("require"));
        }
        let mut config = config(&weak);

        make_strict(&mut config, None);

        let mut strict = owners;
        strict["requireSignedVersion"] = json!(true);
        assert_eq!(config.plugins.0.get(NAME), Some(&strict));
    }

    #[test]
    fn what_a_package_manager_installed_is_not_replaced() {
        use BundleType::{App, AppImage, Deb, Msi, Nsis, Rpm};
        for (bundle, has_appimage, is_flatpak, expected) in [
            (Some(AppImage), true, false, Installed::Alone),
            // Unpacked, or in a sandbox whose files nobody may change.
            (Some(AppImage), false, false, Installed::BySomebody),
            (Some(AppImage), true, true, Installed::BySomebody),
            // A terminal that is an AppImage itself hands its variable on to all that is started from it.
            (Some(Deb), true, false, Installed::BySomebody),
            (Some(Rpm), false, false, Installed::BySomebody),
            (Some(Nsis), false, false, Installed::Alone),
            (Some(Msi), false, false, Installed::Alone),
            (Some(App), false, false, Installed::Alone),
        ] {
            assert_eq!(Installed::of(bundle.as_ref(), has_appimage, is_flatpak), expected, "{bundle:?}");
        }
        assert_eq!(Installed::of(None, true, false) == Installed::Alone, cfg!(windows));
    }
}
