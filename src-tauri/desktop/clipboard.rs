//! The picture on the clipboard. WebKit's paste event comes without it more often than not, so the backend looks itself.

use std::path::PathBuf;

use foyer_contract::ErrorCode;
use tauri::{AppHandle, Runtime};

use super::picture_input::{PictureInput, one_file};
use crate::error::Failure;

/// What lies on the clipboard, as far as it matters for a picture.
#[derive(Debug)]
enum Content {
    /// A text, where the person types: it is for the field.
    Text,
    /// A picture's bytes.
    Picture(Vec<u8>),
    /// Files that were copied in a file manager.
    Files(Vec<PathBuf>),
    Nothing,
}

/// The picture, or the one file, on the clipboard. Where the person `is_typing`, a text is left to the field, and no
/// picture is no failure.
///
/// # Errors
/// `NoPictureCopied` or `NotOneFile`.
pub(super) async fn picture<R: Runtime>(
    app: &AppHandle<R>,
    is_typing: bool,
) -> Result<Option<PictureInput>, Failure> {
    match system::content(app, is_typing).await {
        Content::Text => Ok(None),
        Content::Nothing if is_typing => Ok(None),
        Content::Nothing => {
            Err(Failure::new(ErrorCode::NoPictureCopied, "there is no picture on the clipboard"))
        }
        Content::Picture(bytes) => Ok(Some(PictureInput::Bytes(bytes))),
        Content::Files(paths) => one_file(paths).await.map(Some),
    }
}

/// GTK's own clipboard, as the window has it: by X11, and by Wayland where the window has the keyboard. It hands over
/// the bytes as they were copied, so that they are decoded within the same limits as a file's.
#[cfg(target_os = "linux")]
mod system {
    use foyer_picture::LARGEST_FILE;
    use gtk::gdk::{Atom, SELECTION_CLIPBOARD};
    use gtk::{Clipboard, SelectionData, glib};
    use tauri::{AppHandle, Runtime};
    use tokio::sync::oneshot::{self, Sender};

    use super::Content;

    /// What is asked for, the best first. A picture that was copied in a browser or an editor comes as PNG at least.
    const PICTURES: [&str; 3] = ["image/png", "image/jpeg", "image/webp"];

    const FILES: &str = "text/uri-list";

    pub(super) async fn content<R: Runtime>(app: &AppHandle<R>, is_typing: bool) -> Content {
        let (tell, told) = oneshot::channel();
        if let Err(error) = app.run_on_main_thread(move || ask(is_typing, tell)) {
            tracing::warn!(%error, "the clipboard cannot be asked");
        }
        told.await.unwrap_or(Content::Nothing)
    }

    /// Asks which kinds of content there are, then for the best of them.
    fn ask(is_typing: bool, tell: Sender<Content>) {
        let clipboard = Clipboard::get(&SELECTION_CLIPBOARD);
        clipboard.request_contents(&Atom::intern("TARGETS"), move |clipboard, kinds| {
            let offered: Vec<String> =
                kinds.targets().unwrap_or_default().iter().map(|kind| kind.name().to_string()).collect();
            let is_offered = |kind: &str| offered.iter().any(|offered| offered == kind);
            let picture = PICTURES.into_iter().find(|kind| is_offered(kind));
            if is_typing && kinds.targets_include_text() {
                answer(tell, Content::Text);
            } else if is_offered(FILES) {
                request(clipboard, FILES, tell, |data| Content::Files(paths(&data.uris())));
            } else if let Some(picture) = picture {
                request(clipboard, picture, tell, |data| Content::Picture(bytes(data)));
            } else {
                answer(tell, Content::Nothing);
            }
        });
    }

    fn request(
        clipboard: &Clipboard,
        kind: &str,
        tell: Sender<Content>,
        read: impl FnOnce(&SelectionData) -> Content + 'static,
    ) {
        clipboard.request_contents(&Atom::intern(kind), move |_, data| answer(tell, read(data)));
    }

    /// Nobody waits any more when the person has given it up.
    fn answer(tell: Sender<Content>, content: Content) {
        drop(tell.send(content));
    }

    /// More than a file may have is refused as such a file is, so that much is kept and no more.
    fn bytes(data: &SelectionData) -> Vec<u8> {
        let mut bytes = data.data();
        bytes.truncate(LARGEST_FILE as usize + 1);
        bytes
    }

    /// Addresses that name no file of this machine stay what they are, and are refused as what they are.
    fn paths(addresses: &[glib::GString]) -> Vec<std::path::PathBuf> {
        let path = |address: &glib::GString| match glib::filename_from_uri(address) {
            Ok((path, None)) => path,
            _ => address.as_str().into(),
        };
        addresses.iter().map(path).collect()
    }
}

/// The other systems hand over pixels, which become a file's content again.
#[cfg(not(target_os = "linux"))]
mod system {
    use std::io::Cursor;

    use foyer_picture::LONGEST_SIDE;
    use image::codecs::png::{CompressionType, FilterType, PngEncoder};
    use image::{ExtendedColorType, ImageEncoder};
    use tauri::{AppHandle, Runtime};
    use tauri_plugin_clipboard_manager::ClipboardExt;

    use super::Content;

    pub(super) async fn content<R: Runtime>(app: &AppHandle<R>, is_typing: bool) -> Content {
        let app = app.clone();
        let looked = tauri::async_runtime::spawn_blocking(move || look(&app, is_typing)).await;
        looked.unwrap_or(Content::Nothing)
    }

    fn look<R: Runtime>(app: &AppHandle<R>, is_typing: bool) -> Content {
        let clipboard = app.clipboard();
        if is_typing && clipboard.read_text().is_ok_and(|text| !text.is_empty()) {
            return Content::Text;
        }
        let Ok(picture) = clipboard.read_image() else { return Content::Nothing };
        let (width, height) = (picture.width(), picture.height());
        if width > LONGEST_SIDE || height > LONGEST_SIDE {
            tracing::info!("the picture on the clipboard is too large");
            return Content::Nothing;
        }
        let mut bytes = Cursor::new(Vec::new());
        let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Sub);
        match encoder.write_image(picture.rgba(), width, height, ExtendedColorType::Rgba8) {
            Ok(()) => Content::Picture(bytes.into_inner()),
            Err(_) => Content::Nothing,
        }
    }
}
