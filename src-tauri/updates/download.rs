//! The file of a newer version, read within limits and checked.

use foyer_contract::updates::UpdateProblem;
use tauri_plugin_updater::Update;
use tokio::sync::oneshot;

use super::problem;

/// Downloads this version and checks that its owner signed it; `None` where that was cancelled. `told` hears the bytes that
/// have come and how many there are in all.
///
/// # Errors
/// Why there is no file.
pub(super) async fn fetch(
    update: &Update,
    largest: u64,
    told: impl Fn(u64, Option<u64>),
    cancelled: oneshot::Receiver<()>,
) -> Result<Option<Vec<u8>>, UpdateProblem> {
    let (stop, stopped) = oneshot::channel::<()>();
    let (mut stop, mut received) = (Some(stop), 0);
    let on_chunk = |bytes: usize, total: Option<u64>| {
        received += bytes as u64;
        if received > largest || total.is_some_and(|total| total > largest) {
            // Dropped, it stops the download. Nobody listens where it is stopped already.
            drop(stop.take());
        } else {
            told(received, total);
        }
    };
    let fetched = update.download(on_chunk, || ());
    tokio::select! {
        biased;
        _ = cancelled => Ok(None),
        _ = stopped => Err(UpdateProblem::TooLarge),
        fetched = fetched => fetched.map(Some).map_err(|error| problem::of_download(&error)),
    }
}
