//! Reference pictures: a few states as they are meant to look, in `tests/references/`. A change of the pages is held
//! against them, and one that is wanted draws them anew.

mod indexed;
mod tiles;

use std::fs;
use std::path::{Path, PathBuf};

use foyer_contract::brand::NAME;
use image::RgbImage;

use super::server::Server;
use super::stage::{self, Stage};
use super::{Look, State, states};
use crate::desktop::Desktop;
use crate::fault::{Fault, Outcome};

/// The file beside them with the name of the app that they show.
const APP: &str = "app.txt";

/// So many tiles of a picture may differ: no page lost anything that a person would see in less than this.
const TILES_TO_SPARE: usize = 3;

const NARROW: u32 = 480;
const MIDDLE: u32 = 900;
const LIGHT: Look =
    Look { language: "en", theme: "light", text: 100, direction: "ltr", more_contrast: false };
const DARK: Look = Look { theme: "dark", ..LIGHT };
const LARGE: Look = Look { text: 200, ..LIGHT };
const GERMAN: Look = Look { language: "de", ..LIGHT };
const ARABIC: Look = Look { language: "ar", direction: "rtl", ..LIGHT };

/// The states, and how each is looked at: every page, every component, and each kind of look.
const REFERENCES: [(&str, Look, u32); 28] = [
    ("starting-failed", LIGHT, NARROW),
    ("connect-local", LIGHT, NARROW),
    ("sign-in-providers", LIGHT, NARROW),
    ("sign-in-providers", DARK, MIDDLE),
    ("sign-in-refused", ARABIC, NARROW),
    ("sign-up-weak", LIGHT, NARROW),
    ("sign-in-code-wrong", LARGE, NARROW),
    ("signed-out-expired", GERMAN, NARROW),
    ("waiting-sign-up", LIGHT, NARROW),
    ("waiting-all-open", DARK, NARROW),
    ("consent", LIGHT, NARROW),
    ("new-password", DARK, NARROW),
    ("second-factor-choice", LIGHT, NARROW),
    ("account", LIGHT, MIDDLE),
    ("account", DARK, MIDDLE),
    ("account", ARABIC, MIDDLE),
    ("account-loading", LIGHT, NARROW),
    ("account-mistakes", LIGHT, NARROW),
    ("account-conflict", LIGHT, NARROW),
    ("account-leaving", DARK, NARROW),
    ("picture-cropping", LIGHT, NARROW),
    ("picture-uploading", LIGHT, NARROW),
    ("menu-walked", LIGHT, MIDDLE),
    ("security", LIGHT, MIDDLE),
    ("security-enroll", DARK, NARROW),
    ("security-delete", GERMAN, NARROW),
    ("settings", DARK, MIDDLE),
    ("settings-check-mixed", LIGHT, NARROW),
];

/// One of the pictures.
#[derive(Debug, Clone)]
struct Reference {
    state: State,
    look: Look,
    width: u32,
}

impl Reference {
    /// All of them.
    ///
    /// # Errors
    /// When a state that is named here is not there.
    fn all() -> Outcome<Vec<Self>> {
        let states = states::all();
        let named = |name| states.iter().find(|state| state.name == name).cloned();
        let mut all = Vec::new();
        for (name, look, width) in REFERENCES {
            let state = named(name).ok_or_else(|| Fault::new(format!("there is no state {name}")))?;
            all.push(Self { state, look, width });
        }
        Ok(all)
    }

    fn file(&self) -> String {
        format!("{}--{}-{}.png", self.state.name, self.look.name(), self.width)
    }
}

/// Draws all reference pictures anew, in the place of the old ones. How many there are.
///
/// # Errors
/// When the page is not built, the browser does not start, a state cannot be reached, or a picture cannot be written.
pub async fn renew() -> Outcome<usize> {
    let folder = folder();
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let drawn = drawn().await?;
    for (reference, picture) in &drawn {
        indexed::write(picture, &folder.join(reference.file()))?;
    }
    fs::write(folder.join(APP), format!("{NAME}\n"))?;
    Ok(drawn.len())
}

/// The app that the reference pictures show. One that was renamed since then looks otherwise: by its name, its mark and its
/// accent.
///
/// # Errors
/// When there are no reference pictures.
pub fn app() -> Outcome<String> {
    Ok(fs::read_to_string(folder().join(APP))?.trim().to_owned())
}

/// How many pictures there are, and those that look otherwise than their references, each with where the difference is
/// shown: in this folder, which is emptied first.
///
/// # Errors
/// When the page is not built, the browser does not start, a state cannot be reached, or a reference is not there.
pub async fn differences(shown_in: &Path) -> Outcome<(usize, Vec<String>)> {
    if shown_in.exists() {
        fs::remove_dir_all(shown_in)?;
    }
    let drawn = drawn().await?;
    let mut differences = Vec::new();
    for (reference, now) in &drawn {
        let file = reference.file();
        let then = image::open(folder().join(&file))
            .map_err(|error| {
                Fault::new(format!("{file}: {error} (cargo xtask gallery --references draws it)"))
            })?
            .into_rgb8();
        let differing = tiles::differing(&then, now);
        if differing.len() > TILES_TO_SPARE {
            fs::create_dir_all(shown_in)?;
            let shown = shown_in.join(&file);
            tiles::side_by_side(&then, now, &differing).save(&shown)?;
            differences.push(format!("{file}: {} tiles differ, see {}", differing.len(), shown.display()));
        }
    }
    Ok((drawn.len(), differences))
}

/// Where the references lie.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("references")
}

/// All pictures as they look now. Fonts and the time zone are the same on every machine.
async fn drawn() -> Outcome<Vec<(Reference, RgbImage)>> {
    let references = Reference::all()?;
    let mut desktop = Desktop::with_screen(stage::SCREEN).await?;
    desktop.composite();
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("harness/gallery/fonts.conf");
    desktop.set("FONTCONFIG_FILE", &fonts.to_string_lossy());
    desktop.set("TZ", "UTC");
    let states = references.iter().map(|reference| reference.state.clone()).collect();
    let server = Server::start(states, &[MIDDLE]).await?;
    let stage = Stage::open(&desktop, &server.url, (MIDDLE + 60, 900)).await?;
    let mut drawn = Vec::new();
    for reference in references {
        stage.load(&server.url, reference.look.language, &reference.state).await?;
        let framed = stage.look_in(reference.look, reference.width).await?;
        let window = stage.picture().await?;
        let picture = framed.first().map(|frame| frame.cut(&window).into_rgb8());
        drawn.push((reference, picture.ok_or_else(|| Fault::new("the page has no frame"))?));
    }
    Ok(drawn)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_reference_is_a_file_and_each_file_a_reference() {
        let named: BTreeSet<_> = Reference::all().expect("the states").iter().map(Reference::file).collect();
        let files = fs::read_dir(folder()).expect("the folder").flatten();
        let mut files: BTreeSet<_> = files.filter_map(|file| file.file_name().into_string().ok()).collect();

        assert!(files.remove(APP), "it is said whose they are");
        assert_eq!(files, named);
        assert_eq!(named.len(), REFERENCES.len());
    }
}
