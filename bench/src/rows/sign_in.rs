//! Row 4: from the key that sends a password to the profile and the picture.

use harness::Outcome;
use harness::steps::PASSWORD;

use super::{Bench, answer, milliseconds};
use crate::display::{Frames, Key};
use crate::programs::{Program, Running};
use crate::results::{Figure, Unit};
use crate::stage::{EMAIL, Place, Stage, shows_picture};

const ROW: &str = "4";

/// Signs in by keyboard. Times count from the key that sends the form.
///
/// # Errors
/// When the account is not shown with its picture.
pub(super) async fn sign_in(
    bench: &Bench,
    place: &mut Place,
    project: (&str, &str),
) -> Outcome<(Running, Frames)> {
    let running = place.open(&bench.programs, project).await?;
    place.type_text(EMAIL)?;
    place.press(&[Key::Tab])?;
    place.type_text(PASSWORD)?;
    let frames = place.press_and_watch(Key::Return, answer(shows_picture))?;
    bench.keep(ROW, place, &frames)?;
    if shows_picture(frames.last()) {
        return Ok((running, frames));
    }
    running.kill();
    Err(place.fault("shows no picture after the sign-in"))
}

pub(super) async fn measure(bench: &Bench) -> Outcome<Vec<Figure>> {
    let stage = Stage::new(|config| config).await?;
    let times = |program| Figure::new(ROW, "sign-in to profile and picture", Unit::Milliseconds, program);
    let counts = |program| Figure::new(ROW, "its requests", Unit::Requests, program);
    let mut figures = Program::APPS.map(|program| (times(program), counts(program)));
    for run in 0..=bench.runs {
        for (program, (time, count)) in Program::APPS.into_iter().zip(&mut figures) {
            // Nobody has ever been signed in there.
            let mut place = Place::new(program).await?;
            let before = stage.server.requests_of_the_app()?.len();
            let (running, frames) = sign_in(bench, &mut place, stage.project()).await?;
            let after = stage.server.requests_of_the_app()?;
            place.end(running).await?;
            if run == 0 {
                continue;
            }
            if let Some(at) = frames.painted() {
                time.push(milliseconds(at));
            }
            count.push(of_the_sign_in(&after[before..]));
            count.note = Some(after[before..].join(", "));
        }
    }
    Ok(figures.into_iter().flat_map(|(time, count)| [time, count]).collect())
}

/// How many requests there were from the one that carries the password on.
#[allow(clippy::cast_precision_loss)]
fn of_the_sign_in(requests: &[String]) -> f64 {
    let begin = requests.iter().position(|request| request.contains("/token"));
    begin.map_or(0, |begin| requests.len() - begin) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_before_the_sign_in_does_not_count() {
        let requests = ["GET /auth/v1/settings 200", "OPTIONS /auth/v1/token 200", "POST /auth/v1/token 200"];

        assert_eq!(of_the_sign_in(&requests.map(str::to_owned)), 2.0);
        assert_eq!(of_the_sign_in(&[]), 0.0);
    }
}
