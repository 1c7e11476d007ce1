//! Where a picture comes from: a file that was chosen or dropped, or the clipboard. Paths stay in the backend.

use std::path::PathBuf;

use foyer_contract::avatar::Drag;
use foyer_contract::{ErrorCode, Field};
use parking_lot::Mutex;
use tauri::DragDropEvent;

use crate::error::Failure;

/// A picture that was not looked at yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureInput {
    /// A file.
    File(PathBuf),
    /// A file's content.
    Bytes(Vec<u8>),
}

/// What was dropped on a window last, until somebody takes it.
#[derive(Debug, Default)]
pub struct DroppedFiles(Mutex<Option<Vec<PathBuf>>>);

impl DroppedFiles {
    /// Takes in what a person drags, and says what the page has to know of it.
    pub fn hear(&self, event: &DragDropEvent) -> Option<Drag> {
        match event {
            // A text or a link that is dragged comes without a path.
            DragDropEvent::Enter { paths, .. } => (!paths.is_empty()).then_some(Drag::Over),
            DragDropEvent::Leave => Some(Drag::Away),
            DragDropEvent::Drop { paths, .. } => {
                *self.0.lock() = Some(paths.clone());
                Some(Drag::Dropped)
            }
            _ => None,
        }
    }

    /// What was dropped, for whoever asks first.
    ///
    /// # Errors
    /// `NotOneFile`.
    pub async fn take(&self) -> Result<Option<PictureInput>, Failure> {
        let paths = self.0.lock().take();
        match paths {
            Some(paths) => one_file(paths).await.map(Some),
            None => Ok(None),
        }
    }
}

/// The one file of these. An address on the web comes as a path that begins nowhere.
///
/// # Errors
/// `NotOneFile` for several, none, a folder, or an address on the web.
pub(super) async fn one_file(paths: Vec<PathBuf>) -> Result<PictureInput, Failure> {
    let [path] = <[PathBuf; 1]>::try_from(paths).map_err(|_| not_one_file())?;
    // What cannot be looked at is refused when it is read.
    let is_folder = tokio::fs::metadata(&path).await.is_ok_and(|metadata| metadata.is_dir());
    if is_folder || !path.is_absolute() { Err(not_one_file()) } else { Ok(PictureInput::File(path)) }
}

fn not_one_file() -> Failure {
    Failure::new(ErrorCode::NotOneFile, "this is not one file").on(Field::Avatar)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tauri::PhysicalPosition;

    fn dropped(paths: &[PathBuf]) -> (Option<Drag>, DroppedFiles) {
        let files = DroppedFiles::default();
        let position = PhysicalPosition::new(10.0, 10.0);
        let drag = files.hear(&DragDropEvent::Drop { paths: paths.to_vec(), position });
        (drag, files)
    }

    #[tokio::test]
    async fn one_file_is_taken_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a photo.jpg");
        std::fs::write(&path, "content").unwrap();

        let (drag, files) = dropped(std::slice::from_ref(&path));

        assert_eq!(drag, Some(Drag::Dropped));
        assert_eq!(files.take().await, Ok(Some(PictureInput::File(path))));
        assert_eq!(files.take().await, Ok(None));
    }

    #[tokio::test]
    async fn several_files_a_folder_and_an_address_are_refused_alike() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("one.png"), "1").unwrap();
        std::fs::write(at("two.png"), "2").unwrap();

        for paths in [
            vec![],
            vec![at("one.png"), at("two.png")],
            vec![folder.path().to_owned()],
            vec!["https://example.com/a.png".into()],
            vec!["data:image/png;base64,AAAA".into()],
            vec!["one.png".into()],
        ] {
            let refused = dropped(&paths).1.take().await.unwrap_err();

            assert_eq!(refused.code(), ErrorCode::NotOneFile, "{paths:?}");
            assert!(!refused.to_string().contains("png"), "no path is told: {refused}");
        }
    }

    #[test]
    fn the_page_hears_that_files_are_held_over_the_window_and_never_which() {
        let files = DroppedFiles::default();
        let position = PhysicalPosition::new(10.0, 10.0);
        let paths = vec![PathBuf::from("/home/ada/secret.png")];

        assert_eq!(files.hear(&DragDropEvent::Enter { paths, position }), Some(Drag::Over));
        assert_eq!(files.hear(&DragDropEvent::Enter { paths: vec![], position }), None);
        assert_eq!(files.hear(&DragDropEvent::Over { position }), None);
        assert_eq!(files.hear(&DragDropEvent::Leave), Some(Drag::Away));
    }
}
