//! Every command of the contract is registered and permitted, and nothing else is. Driven through the real access
//! check, with the capability file that ships.

use foyer_contract::COMMAND_NAMES;
use serde_json::json;
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use crate::{context, window, with_commands};

/// The shell's commands and plugins under the mock runtime, with a window of this label.
fn page(label: &str) -> (tauri::App<MockRuntime>, WebviewWindow<MockRuntime>) {
    let app = with_commands(mock_builder())
        .plugin(tauri_plugin_store::Builder::new().build())
        .build(context())
        .unwrap();
    let window = WebviewWindowBuilder::new(&app, label, WebviewUrl::default()).build().unwrap();
    (app, window)
}

/// What a page hears that calls `command` without arguments.
fn refusal(window: &WebviewWindow<MockRuntime>, command: &str, url: &str) -> String {
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: url.parse().unwrap(),
        body: InvokeBody::Json(json!({})),
        headers: Default::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(window, request).unwrap_err().to_string()
}

const OWN_PAGE: &str = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };

#[test]
fn every_command_of_the_contract_is_registered_and_permitted() {
    let (_app, window) = page(window::LABEL);

    for command in COMMAND_NAMES {
        let answer = refusal(&window, command, OWN_PAGE);
        // It got as far as reading its arguments.
        assert!(answer.contains("invalid args `request`"), "{command}: {answer}");
    }
}

#[test]
fn nothing_of_the_plugins_and_of_tauri_itself_is_permitted() {
    let (_app, window) = page(window::LABEL);

    for command in [
        "plugin:store|load",
        "plugin:store|get",
        "plugin:event|listen",
        "plugin:event|emit",
        "plugin:window|close",
        "plugin:app|version",
        "plugin:path|resolve_directory",
        "read_file",
    ] {
        let answer = refusal(&window, command, OWN_PAGE);
        assert!(answer.contains("not allowed") || answer.contains("not found"), "{command}: {answer}");
        assert!(!answer.contains("invalid args"), "{command}: {answer}");
    }
}

#[test]
fn another_window_and_another_page_may_call_nothing() {
    let (_app, other) = page("other");
    let (_app_of_main, main) = page(window::LABEL);

    for command in COMMAND_NAMES {
        for answer in [refusal(&other, command, OWN_PAGE), refusal(&main, command, "https://example.com")] {
            assert!(!answer.contains("invalid args"), "{command}: {answer}");
        }
    }
}
