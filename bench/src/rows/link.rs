//! Row 5: from a mail's link, opened by the desktop, to the profile and the picture: while the program runs, and when it
//! has to be started for it.

use harness::{Fault, Outcome};

use super::{Bench, answer, milliseconds};
use crate::display::{Frames, Key};
use crate::programs::{Program, Running};
use crate::results::{Figure, Unit};
use crate::stage::{EMAIL, Place, Stage, shows_picture};

const ROW: &str = "5";

/// What each program's links begin with, for the project's list of them.
const REDIRECTS: &str = "additional_redirect_urls = [\"app.foyer.bench://auth/callback*\", ";

pub(super) async fn measure(bench: &Bench) -> Outcome<Vec<Figure>> {
    let stage = Stage::new(|config| config.replace("additional_redirect_urls = [", REDIRECTS)).await?;
    let time = |what, program| Figure::new(ROW, what, Unit::Milliseconds, program);
    let running = "mail's link to profile, running";
    let cold = "mail's link to profile, from the start";
    let mut figures = Program::APPS.map(|program| [time(running, program), time(cold, program)]);
    for run in 0..=bench.runs {
        for (program, figures) in Program::APPS.into_iter().zip(&mut figures) {
            for (is_running, figure) in [true, false].into_iter().zip(figures) {
                let frames = once(bench, &stage, program, is_running).await?;
                if let Some(at) = frames.painted().filter(|_| run > 0) {
                    figure.push(milliseconds(at));
                }
            }
        }
    }
    Ok(figures.into_iter().flatten().collect())
}

/// Asks for a link, and opens it as the desktop does: by starting the program with it.
async fn once(bench: &Bench, stage: &Stage, program: Program, is_running: bool) -> Outcome<Frames> {
    // Nobody has ever been signed in there.
    let mut place = Place::new(program).await?;
    let mut first = Some(ask(bench, stage, &mut place).await?);
    let mail = stage.server.mail_to(EMAIL).await?;
    let link = stage.server.follow(&mail.link).await?;
    if !is_running && let Some(running) = first.take() {
        place.end(running).await?;
    }
    let (second, frames) =
        place.start_with(&bench.programs, stage.project(), &[&link], answer(shows_picture))?;
    bench.keep(if is_running { "5-running" } else { "5-start" }, &place, &frames)?;
    let is_whole = shows_picture(frames.last());
    if let Some(running) = first {
        place.end(running).await?;
    }
    place.end(second).await?;
    if is_whole {
        Ok(frames)
    } else {
        Err(Fault::new(format!("{} shows no picture after the link", program.name())))
    }
}

/// Asks for a sign-in by mail, by keyboard.
async fn ask(bench: &Bench, stage: &Stage, place: &mut Place) -> Outcome<Running> {
    let running = place.open(&bench.programs, stage.project()).await?;
    if place.program == Program::Foyer {
        // From the address back to the list of ways in, and to the third of them.
        place.press(&[Key::BackTab, Key::Right, Key::Right, Key::Tab])?;
        place.type_text(EMAIL)?;
        place.press(&[Key::Return])?;
    } else {
        place.type_text(EMAIL)?;
        place.press(&[Key::Tab, Key::Tab, Key::Tab, Key::Return])?;
    }
    Ok(running)
}
