//! Row 6: from a photo of twelve megapixels, chosen in the system's dialog, to the new picture on the page; and what goes
//! to the server and comes from it. The times begin when the dialog has closed, which takes GTK half a second.

use std::path::Path;
use std::time::Duration;

use harness::{Outcome, photo};

use super::start::everyone_signed_in;
use super::{Bench, answer, milliseconds};
use crate::display::{Frame, Frames, Key};
use crate::programs::Program;
use crate::results::{Figure, Unit};
use crate::stage::{Place, Stage};

const ROW: &str = "6";

/// A photo is larger than the project's bucket takes, and the peer sends it as it is: for this row the bucket takes it.
const LARGER: &str = "update storage.buckets set file_size_limit = null where id = 'avatars'";

/// So many pixels of the photo's red half are the photo.
const PHOTO: usize = 300;

/// And no page shows more of it: only the preview does.
const PICTURE: usize = 12_000;

/// What one choice gave.
struct Choice {
    preview: Option<Duration>,
    shown: Duration,
    up: u64,
    down: u64,
}

pub(super) async fn measure(bench: &Bench) -> Outcome<Vec<Figure>> {
    let stage = Stage::new(|config| config).await?;
    stage.server.sql(LARGER).await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("photo.jpg");
    photo::write_with_gps(&file)?;
    let mut places = everyone_signed_in(bench, stage.project(), &Program::APPS).await?;
    let mut measured = Program::APPS.map(figures);
    for run in 0..=bench.runs {
        for (place, figures) in places.iter_mut().zip(&mut measured) {
            let choice = choose(bench, &stage, place, &file).await?;
            if run > 0 {
                add(figures, &choice);
            }
        }
    }
    Ok(measured.into_iter().flatten().filter(|figure| !figure.values.is_empty()).collect())
}

fn figures(program: Program) -> [Figure; 4] {
    let figure = |what, unit| Figure::new(ROW, what, unit, program);
    [
        figure("photo to preview", Unit::Milliseconds),
        figure("photo to new picture, without the time to decide", Unit::Milliseconds),
        figure("bytes to the server", Unit::Kilobytes),
        figure("bytes from the server", Unit::Kilobytes),
    ]
}

#[allow(clippy::cast_precision_loss)]
fn add([preview, shown, up, down]: &mut [Figure; 4], choice: &Choice) {
    if let Some(at) = choice.preview {
        preview.push(milliseconds(at));
    }
    shown.push(milliseconds(choice.shown));
    up.push(choice.up as f64 / 1000.0);
    down.push(choice.down as f64 / 1000.0);
}

/// Chooses the photo in the dialog; in Foyer keeps the middle of it too.
async fn choose(bench: &Bench, stage: &Stage, place: &mut Place, file: &Path) -> Outcome<Choice> {
    // With the small picture on the page, not the photo of the last time.
    stage.reset_profile().await?;
    let running = place.open(&bench.programs, stage.project()).await?;
    open_dialog(place)?;
    place.wait_for_windows(2).await?;
    place.focus().await?;
    // The first character opens the field for the rest of the path.
    let path = file.to_string_lossy();
    let (first, rest) = path.split_at(1);
    place.type_text(first)?;
    place.type_text(rest)?;
    stage.network.take_bytes();
    let (preview, new) = if place.program == Program::Foyer {
        let chosen = place.press_and_watch(Key::Return, answer(shows_preview))?;
        bench.keep("6-preview", place, &chosen)?;
        let preview = painted_after_dialog(place, &chosen, shows_preview)?;
        place.focus().await?;
        // What can be moved has the focus, and Enter keeps it.
        let kept = place.press_and_watch(Key::Return, answer(shows_photo))?;
        bench.keep(ROW, place, &kept)?;
        (Some(preview), preview + painted(place, &kept, shows_photo)?)
    } else {
        let chosen = place.press_and_watch(Key::Return, answer(shows_photo))?;
        bench.keep(ROW, place, &chosen)?;
        (None, painted_after_dialog(place, &chosen, shows_photo)?)
    };
    let (up, down) = stage.network.take_bytes();
    place.end(running).await?;
    Ok(Choice { preview, shown: new, up, down })
}

/// When all of the page stood, as it should.
fn painted(place: &Place, frames: &Frames, is_right: fn(&Frame) -> bool) -> Outcome<Duration> {
    let painted = frames.painted().filter(|_| is_right(frames.last()));
    painted.ok_or_else(|| place.fault("does not show the photo"))
}

/// The same, counted from when the dialog was gone. What completes the path closes before it.
fn painted_after_dialog(place: &Place, frames: &Frames, is_right: fn(&Frame) -> bool) -> Outcome<Duration> {
    let painted = painted(place, frames, is_right)?;
    let closed = frames.closed().filter(|closed| *closed < painted);
    closed.map(|closed| painted - closed).ok_or_else(|| place.fault("does not close its dialog first"))
}

fn shows_preview(frame: &Frame) -> bool {
    red(frame) > PICTURE
}

fn shows_photo(frame: &Frame) -> bool {
    (PHOTO..=PICTURE).contains(&red(frame))
}

/// How many pixels have the colour of the photo's upper half.
fn red(frame: &Frame) -> usize {
    frame.count(|[red, green, blue]| red > 190 && green < 70 && blue < 70)
}

/// Opens the system's dialog: in Foyer from the list of commands, in the peer's page behind the three fields and the button.
fn open_dialog(place: &mut Place) -> Outcome {
    if place.program == Program::Foyer {
        place.press(&[Key::Control('k')])?;
        place.type_text("Choose picture")?;
    } else {
        place.press(&[Key::Tab; 4])?;
    }
    place.press(&[Key::Return])
}
