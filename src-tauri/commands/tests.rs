//! Every command of the contract is registered and permitted, and nothing else is. Driven through the real access
//! check, with the capability file that ships.

use foyer_contract::session_contract::fetch;
use foyer_contract::view::Protection;
use foyer_contract::{COMMAND_NAMES, session_contract};
use serde_json::json;
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{WebviewUrl, WebviewWindow, WebviewWindowBuilder};
use tempfile::TempDir;

use crate::desktop::folders::Folders;
use crate::desktop::windows::LABELS;
use crate::environment::Environment;
use crate::{context, session, with_commands};

/// The shell's commands and plugins under the mock runtime, with a window of this label.
struct Page {
    window: WebviewWindow<MockRuntime>,
    _app: tauri::App<MockRuntime>,
    _folder: TempDir,
}

fn page(label: &str) -> Page {
    let folder = tempfile::tempdir().unwrap();
    let folders = Folders::below(folder.path().join("foyer"));
    let app = with_commands(mock_builder())
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_store::Builder::new().build())
        // Nobody's keychain is asked.
        .plugin(session(&Environment::default(), &folders).protection(Protection::Memory).build())
        .build(context())
        .unwrap();
    let window = WebviewWindowBuilder::new(&app, label, WebviewUrl::default()).build().unwrap();
    Page { window, _app: app, _folder: folder }
}

/// What the page may call of its session: all but what the app's own commands do in its place, or nothing here asks for.
fn of_the_session() -> impl Iterator<Item = &'static str> {
    let names = session_contract::COMMAND_NAMES.iter().copied();
    names.filter(|name| !NOT_PERMITTED.contains(name))
}

const NOT_PERMITTED: [&str; 9] = [
    "plugin:supabase-session|watch",
    "plugin:supabase-session|dismiss_notice",
    "plugin:supabase-session|sign_up",
    "plugin:supabase-session|sign_out",
    "plugin:supabase-session|wake",
    "plugin:supabase-session|get_user",
    "plugin:supabase-session|get_session",
    "plugin:supabase-session|get_claims",
    "plugin:supabase-session|update_user_data",
];

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

/// Pages that are not the app's, among them those that resemble it and frames without an address of their own.
const FOREIGN_PAGES: [&str; 8] = [
    "https://example.com",
    "http://127.0.0.1:1420",
    "http://tauri.localhost:8080",
    "https://tauri.localhost.example.com",
    "tauri://example.com",
    "data:text/html,x",
    "about:blank",
    "about:srcdoc",
];

const OWN_PAGE: &str = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };

#[test]
fn every_command_of_the_contract_is_registered_and_permitted() {
    for label in [LABELS[0], LABELS[1], LABELS[7]] {
        let page = page(label);
        for command in COMMAND_NAMES.iter().copied().chain(of_the_session()) {
            let answer = refusal(&page.window, command, OWN_PAGE);
            // It got as far as reading its arguments.
            assert!(answer.contains("invalid args `request`"), "{label}, {command}: {answer}");
        }
    }
}

#[test]
fn nothing_of_the_plugins_and_of_tauri_itself_is_permitted() {
    let page = page(LABELS[0]);

    let foreign = [
        "plugin:store|load",
        "plugin:store|get",
        "plugin:event|listen",
        "plugin:event|emit",
        "plugin:window|close",
        "plugin:app|version",
        "plugin:path|resolve_directory",
        "plugin:updater|check",
        "plugin:updater|download_and_install",
        "read_file",
    ];
    let of_other_apps = fetch::COMMAND_NAMES.iter().copied();
    for command in foreign.into_iter().chain(NOT_PERMITTED).chain(of_other_apps) {
        let answer = refusal(&page.window, command, OWN_PAGE);
        assert!(answer.contains("not allowed") || answer.contains("not found"), "{command}: {answer}");
        assert!(!answer.contains("invalid args"), "{command}: {answer}");
    }
}

#[test]
fn another_window_and_another_page_may_call_nothing() {
    let others =
        ["other", "window-1", "window-9", "window-22", "window-", "Main", "main2", "window-2/x"].map(page);
    let main = page(LABELS[0]);

    for command in COMMAND_NAMES.iter().copied().chain(of_the_session()) {
        let mut answers: Vec<_> =
            others.iter().map(|other| refusal(&other.window, command, OWN_PAGE)).collect();
        answers.extend(FOREIGN_PAGES.map(|page| refusal(&main.window, command, page)));
        for answer in answers {
            assert!(answer.contains("not allowed") || answer.contains("not found"), "{command}: {answer}");
            assert!(!answer.contains("invalid args"), "{command}: {answer}");
        }
    }
}
