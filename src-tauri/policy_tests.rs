//! What the window's page may do, as the shipped configuration says it: the content security policy, the capability, and
//! what of Tauri is switched on.

use serde_json::{Value, json};
use tauri::test::MockRuntime;

use crate::context;
use crate::desktop::windows;

fn app_config() -> Value {
    serde_json::to_value(&context::<MockRuntime>().config().app).unwrap()
}

#[test]
fn the_page_loads_its_own_scripts_and_styles_and_nothing_from_anywhere_else() {
    let security = &app_config()["security"];

    assert_eq!(
        security["csp"],
        json!({
            "default-src": "'none'",
            "script-src": "'self' 'wasm-unsafe-eval'",
            "style-src": "'self'",
            "img-src": "'self' avatar: http://avatar.localhost",
            "connect-src": "'self' ipc: http://ipc.localhost",
            "font-src": "'self'",
            "form-action": "'none'",
            "base-uri": "'none'",
        })
    );
    // Tauri adds the hashes of its own scripts and may add nothing else.
    assert_eq!(security["dangerousDisableAssetCspModification"], json!(false));
    assert_eq!(security["devCsp"], Value::Null);
    assert_eq!(security["assetProtocol"]["enable"], json!(false));
}

#[test]
fn no_script_can_change_what_all_objects_inherit_or_finds_tauri_among_its_globals() {
    let app = app_config();

    assert_eq!(app["security"]["freezePrototype"], json!(true));
    assert_eq!(app["withGlobalTauri"], json!(false));
    // All windows are made by the backend, with its rules for navigation.
    assert_eq!(app["windows"], json!([]));
}

#[test]
fn one_capability_for_the_apps_windows_without_a_page_from_elsewhere_and_without_tauris_own_commands() {
    let capability: Value = serde_json::from_str(include_str!("capabilities/windows.json")).unwrap();
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src-tauri/capabilities")).unwrap();

    assert_eq!(files.count(), 1);
    assert_eq!(app_config()["security"]["capabilities"], json!(["windows"]));
    assert_eq!(capability["windows"], json!(windows::LABELS));
    // Each label by its name: a pattern would take in windows that the app does not make.
    assert!(windows::LABELS.iter().all(|label| !label.contains(['*', '?', '['])));
    for absent in ["remote", "webviews"] {
        assert_eq!(capability.get(absent), None, "{absent}");
    }
    let permissions = capability["permissions"].as_array().unwrap();
    assert!(permissions.len() > 30);
    for permission in permissions.iter().map(|permission| permission.as_str().unwrap()) {
        // A permission without a plugin's name is one of the app's own.
        let plugin = permission.split_once(':').map(|(plugin, _)| plugin);
        assert!([None, Some("supabase-session")].contains(&plugin), "{permission}");
        assert!(!permission.contains('*') && permission != "supabase-session:default", "{permission}");
    }
}
