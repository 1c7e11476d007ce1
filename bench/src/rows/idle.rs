//! Row 10: what a program does that nobody uses. That fifty callers at a token's end cause one refresh is a test of the
//! client (`crates/supabase-session/src/shared.rs`), as nobody needs a display to count to one.

use std::time::{Duration, Instant};

use harness::Outcome;

use super::Bench;
use super::start::everyone_signed_in;
use crate::programs::Program;
use crate::results::{Figure, Unit};
use crate::stage::Stage;

const ROW: &str = "10";

pub(super) async fn measure(bench: &Bench) -> Outcome<Vec<Figure>> {
    let stage = Stage::new(|config| config).await?;
    let mut places = everyone_signed_in(bench, stage.project(), &Program::ALL).await?;
    let time = Duration::from_secs(if bench.is_quick { 2 } else { 60 });
    let mut figures = Vec::new();
    for place in &mut places {
        let (running, _) = place.start(&bench.programs, stage.project(), bench.start())?;
        let (before, begun) = (running.wake_ups(), Instant::now());
        // Time itself is what passes here.
        tokio::time::sleep(time).await;
        let (after, passed) = (running.wake_ups(), begun.elapsed());
        place.end(running).await?;
        let mut figure = Figure::new(ROW, "wake-ups of all processes", Unit::PerMinute, place.program);
        figure.push(a_minute(after.saturating_sub(before), passed));
        figures.push(figure);
    }
    Ok(figures)
}

#[allow(clippy::cast_precision_loss)]
fn a_minute(times: u64, passed: Duration) -> f64 {
    times as f64 * 60.0 / passed.as_secs_f64()
}
