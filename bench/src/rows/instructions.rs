//! Row 15: instructions of pieces of work, in builds for tests. What is counted is what the suite holds later builds to.

use harness::Outcome;

use crate::instructions::{Instructions, WORKS};
use crate::programs::Program;
use crate::results::{Figure, Unit};

const ROW: &str = "15";

#[allow(clippy::cast_precision_loss)]
pub(super) async fn measure() -> Outcome<Vec<Figure>> {
    let counted = Instructions::count().await?;
    // The first time there is nothing to compare with.
    if let Ok(kept) = Instructions::kept() {
        counted.grown_since(&kept).iter().for_each(|grown| println!("       {grown}"));
    }
    counted.keep()?;
    let figures = WORKS.iter().map(|work| {
        let mut figure = Figure::new(ROW, work.title, Unit::Millions, Program::Foyer);
        let count = counted.counts.get(work.name).copied().unwrap_or_default();
        figure.push(count as f64 / 1_000_000.0);
        figure
    });
    Ok(figures.collect())
}
