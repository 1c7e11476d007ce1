//! A session is saved in the app's store, sealed.

use foyer_bench::store::{self, app, project, refused};
use harness::Outcome;
use supabase_session::{SessionStore, StoreKey};

pub(crate) async fn save(times: u32) -> Outcome {
    let app = app()?;
    let folder = tempfile::tempdir()?;
    let store = store::open(&app, folder.path());
    let key = StoreKey::session(&project(0)?);
    // The first one makes the key and the file.
    for number in 0..=times {
        store.set(&key, &store::session(number)).await.map_err(refused)?;
    }
    Ok(())
}
