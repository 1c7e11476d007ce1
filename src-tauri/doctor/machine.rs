//! What is known of the machine that the app runs on.

use foyer_doctor::{Bus, LinkOpener, Machine};
use tauri_plugin_supabase_session::machine;

use crate::SCHEME;

/// Asks the desktop, the keychain and the bus. `identifier` is the app's.
pub(super) async fn ask(identifier: &str) -> Machine {
    let links = match machine::link_opener(SCHEME).await {
        machine::LinkOpener::ThisProgram => LinkOpener::ThisApp,
        machine::LinkOpener::Other(name) => LinkOpener::Other(name),
        machine::LinkOpener::Nobody => LinkOpener::Nobody,
        machine::LinkOpener::Unknown => LinkOpener::Unknown,
    };
    let bus = match machine::session_bus().await {
        machine::SessionBus::Answers => Bus::Answers,
        machine::SessionBus::Silent => Bus::Silent,
        machine::SessionBus::Absent => Bus::Absent,
        machine::SessionBus::NotNeeded => Bus::NotNeeded,
    };
    Machine {
        links,
        keychain: machine::keychain(identifier).await,
        webview: tauri::webview_version().ok(),
        is_webkit_gtk: cfg!(target_os = "linux"),
        bus,
    }
}
