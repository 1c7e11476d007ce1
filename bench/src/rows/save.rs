//! Row 7: from the key that saves a changed name to the page that says so.

use std::time::Duration;

use harness::Outcome;

use super::start::everyone_signed_in;
use super::{Bench, milliseconds};
use crate::display::{Awaits, Key, Watch};
use crate::programs::Program;
use crate::results::{Figure, Unit};
use crate::stage::{Place, Stage};

const ROW: &str = "7";

pub(super) async fn measure(bench: &Bench) -> Outcome<Vec<Figure>> {
    let stage = Stage::new(|config| config).await?;
    let mut places = everyone_signed_in(bench, stage.project(), &Program::APPS).await?;
    let answered = |program| Figure::new(ROW, "save to the button's answer", Unit::Milliseconds, program);
    let saved = |program| Figure::new(ROW, "save to \"Saved\"", Unit::Milliseconds, program);
    let mut figures = Program::APPS.map(|program| [answered(program), saved(program)]);
    for run in 0..=bench.runs {
        for (place, [answered, saved]) in places.iter_mut().zip(&mut figures) {
            let times = save(bench, &stage, place).await?;
            if run > 0 {
                answered.push(times[0]);
                saved.push(times[1]);
            }
        }
    }
    Ok(figures.into_iter().flatten().collect())
}

/// Changes the name and saves it; when the page answered, and when it stood still.
async fn save(bench: &Bench, stage: &Stage, place: &mut Place) -> Outcome<[f64; 2]> {
    stage.reset_profile().await?;
    let running = place.open(&bench.programs, stage.project()).await?;
    change_the_name(place)?;
    let before = name(stage).await?;
    // Enter in a field sends its form. What says that it is saved may go away again after a while.
    let (still, at_most) = (Duration::from_millis(700), Duration::from_secs(20));
    let watch = Watch { at_least: still, still, at_most, awaits: Awaits::Change };
    let frames = place.press_and_watch(Key::Return, watch)?;
    bench.keep(ROW, place, &frames)?;
    let after = name(stage).await?;
    place.end(running).await?;
    let (answered, saved) = frames
        .first_change()
        .zip(frames.painted())
        .ok_or_else(|| place.fault("does not show that it has saved"))?;
    if before == after {
        return Err(place.fault("has not saved the name"));
    }
    Ok([answered, saved].map(milliseconds))
}

/// More tab stops than there are before the name.
const STOPS: usize = 24;

/// So many pixels change when the button that saves becomes one that can be pressed.
const BUTTON: usize = 400;

/// Changes the name. The peer's page gives the focus to that field itself; in Foyer it is the first one that one can type
/// into, and what is typed there shows on the button.
fn change_the_name(place: &mut Place) -> Outcome {
    if place.program != Program::Foyer {
        return place.type_text("x");
    }
    for _ in 0..STOPS {
        place.press(&[Key::Tab])?;
        if place.typed_changes("x")? > BUTTON {
            return Ok(());
        }
    }
    Err(place.fault("has no field for the name"))
}

async fn name(stage: &Stage) -> Outcome<Option<String>> {
    stage.server.profile(&stage.person, "full_name").await
}
