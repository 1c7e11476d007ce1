//! What is known of the machine that the app runs on.

use foyer_doctor::{Bus, LinkOpener, Machine};
use tauri_plugin_supabase_session::machine;

/// Asks the desktop, the keychain and the bus, for an app with this scheme of links and this identifier.
pub(super) async fn ask(scheme: &str, identifier: &str) -> Machine {
    let links = match machine::link_opener(scheme).await {
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
