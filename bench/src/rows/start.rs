//! Rows 1, 2, 3 and 8: from the start of a program to its first pixel and to its whole page, and the memory that it has
//! then.

use std::time::Duration;

use harness::{Outcome, Proxy};

use super::sign_in::sign_in;
use super::{Bench, mebibytes, milliseconds};
use crate::display::Awaits;
use crate::programs::Program;
use crate::results::{Figure, Unit};
use crate::stage::{Place, Stage, shows_picture};

/// A session that is this old is refreshed before anything else: Foyer and supabase-js both do so when less than 90 s of
/// it are left.
const LIFETIME: &str = "jwt_expiry = 100";

/// The subjects of a start, in the words of the table.
struct Subject<'a> {
    row: &'a str,
    first_pixel: Option<&'a str>,
    painted: &'a str,
    /// What a page adds to the profile and the picture later, without taking anything of them back.
    added: Option<&'a str>,
    memory: Option<&'a str>,
    /// Whether a page is only right with the person's picture on it.
    has_picture: bool,
}

/// Row 1.
pub(super) async fn signed_out(bench: &Bench) -> Outcome<Vec<Figure>> {
    let stage = Stage::new(|config| config).await?;
    let mut places = Place::each(&Program::ALL).await?;
    let subject = Subject {
        row: "1",
        first_pixel: Some("first pixel of the window"),
        painted: "sign-in page painted",
        added: None,
        memory: Some("memory, signed out"),
        has_picture: false,
    };
    starts(bench, &mut places, stage.project(), &subject).await
}

/// Row 2.
pub(super) async fn signed_in(bench: &Bench) -> Outcome<Vec<Figure>> {
    let stage = Stage::new(|config| config).await?;
    let mut places = everyone_signed_in(bench, stage.project(), &Program::ALL).await?;
    let subject = Subject {
        row: "2",
        first_pixel: None,
        painted: "profile and picture painted",
        added: None,
        memory: Some("memory, signed in"),
        has_picture: true,
    };
    starts(bench, &mut places, stage.project(), &subject).await
}

/// Row 3.
pub(super) async fn unrefreshed(bench: &Bench) -> Outcome<Vec<Figure>> {
    let stage = Stage::new(|config| config.replace("jwt_expiry = 3600", LIFETIME)).await?;
    let network = Proxy::before(&stage.network.url).await?;
    let project = (&*network.url, &*stage.server.anon_key);
    let mut places = everyone_signed_in(bench, project, &Program::ALL).await?;
    let mut subject = Subject {
        row: "3",
        first_pixel: None,
        painted: "the same, token to be refreshed",
        added: None,
        memory: None,
        has_picture: true,
    };
    let mut figures = starts(bench, &mut places, project, &subject).await?;
    network.cut();
    (subject.painted, subject.added) = ("the same, no network", Some("and the page says so"));
    figures.extend(starts(bench, &mut places, project, &subject).await?);
    Ok(figures)
}

/// A desktop for each program, on which somebody is signed in.
pub(super) async fn everyone_signed_in(
    bench: &Bench,
    project: (&str, &str),
    programs: &[Program],
) -> Outcome<Vec<Place>> {
    let mut places = Place::each(programs).await?;
    for place in places.iter_mut().filter(|place| place.program != Program::Floor) {
        let (running, _) = sign_in(bench, place, project).await?;
        place.end(running).await?;
    }
    Ok(places)
}

/// Starts each program again and again, one after the other. The first time does not count.
async fn starts(
    bench: &Bench,
    places: &mut [Place],
    project: (&str, &str),
    subject: &Subject<'_>,
) -> Outcome<Vec<Figure>> {
    let mut measured: Vec<Start> = places.iter().map(|place| Start::new(subject, place.program)).collect();
    for run in 0..=bench.runs {
        for (place, measured) in places.iter_mut().zip(&mut measured) {
            let start = once(bench, place, project, subject).await?;
            if run > 0 {
                measured.add(&start);
            }
        }
    }
    Ok(measured.into_iter().flat_map(Start::figures).collect())
}

/// What one start gave.
struct Once {
    first_pixel: Option<Duration>,
    painted: Option<Duration>,
    added: Option<Duration>,
    memory: u64,
}

async fn once(
    bench: &Bench,
    place: &mut Place,
    project: (&str, &str),
    subject: &Subject<'_>,
) -> Outcome<Once> {
    let mut watch = bench.start();
    if subject.has_picture && place.program != Program::Floor {
        watch.awaits = Awaits::Frame(shows_picture);
    }
    let (running, frames) = place.start(&bench.programs, project, watch)?;
    let memory = running.memory();
    place.end(running).await?;
    bench.keep(&format!("{}-{}", subject.row, subject.painted.replace([' ', ','], "-")), place, &frames)?;
    let is_whole = !subject.has_picture || place.program == Program::Floor || shows_picture(frames.last());
    let whole = frames.painted().filter(|_| is_whole);
    let (painted, added) = match subject.added {
        Some(_) if place.program != Program::Floor => {
            (frames.first(shows_picture).filter(|_| is_whole), whole)
        }
        _ => (whole, None),
    };
    Ok(Once { first_pixel: frames.first_pixel(), painted, added, memory })
}

/// The figures of one program.
struct Start {
    first_pixel: Option<Figure>,
    painted: Figure,
    added: Option<Figure>,
    memory: Option<Figure>,
}

impl Start {
    fn new(subject: &Subject<'_>, program: Program) -> Self {
        let time = |what: &str| Figure::new(subject.row, what, Unit::Milliseconds, program);
        let memory = |what: &str| Figure::new("8", what, Unit::Mebibytes, program);
        Self {
            first_pixel: subject.first_pixel.map(time),
            painted: time(subject.painted),
            added: subject.added.map(time),
            memory: subject.memory.map(memory),
        }
    }

    fn add(&mut self, start: &Once) {
        for (figure, at) in [(&mut self.first_pixel, start.first_pixel), (&mut self.added, start.added)] {
            if let (Some(figure), Some(at)) = (figure, at) {
                figure.push(milliseconds(at));
            }
        }
        match start.painted {
            Some(at) => self.painted.push(milliseconds(at)),
            None => self.painted.note = Some("it does not show the profile and the picture".to_owned()),
        }
        if let Some(figure) = &mut self.memory {
            figure.push(mebibytes(start.memory));
        }
    }

    fn figures(self) -> impl Iterator<Item = Figure> {
        self.first_pixel.into_iter().chain([self.painted]).chain(self.added).chain(self.memory)
    }
}
