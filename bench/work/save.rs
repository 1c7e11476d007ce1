//! A session is saved in the app's store, sealed.

use harness::{Fault, Outcome};
use supabase_session::{Project, Secret, SessionStore, StoreError, StoreKey};
use supabase_session_contract::protection::Protection;
use tauri::test::{mock_builder, mock_context, noop_assets};
use tauri_plugin_supabase_session::store::PluginStore;

/// As long as a session is, in bytes.
const SESSION: usize = 2_500;

pub(crate) async fn save(times: u32) -> Outcome {
    let builder = mock_builder().plugin(tauri_plugin_store::Builder::new().build());
    let app = builder.build(mock_context(noop_assets())).map_err(|error| Fault::new(error.to_string()))?;
    let folder = tempfile::tempdir()?;
    let store = PluginStore::new(app.handle().clone(), folder.path(), Some(Protection::KeyFile));
    let project = Project::new("https://p.supabase.co", "sb_publishable_bench")
        .map_err(|error| Fault::new(error.to_string()))?;
    let key = StoreKey::session(&project);
    // The first one makes the key and the file.
    for number in 0..=times {
        store.set(&key, &Secret::from(format!("{number:0>SESSION$}"))).await.map_err(refused)?;
    }
    Ok(())
}

fn refused(error: StoreError) -> Fault {
    Fault::new(error.to_string())
}
