//! The pages look as they are meant to.

// A test says which pictures are missing.
#![allow(clippy::print_stdout)]

use std::path::Path;

use harness::Outcome;
use harness::contract::brand::NAME;
use harness::gallery::references;

#[tokio::test]
async fn the_pages_look_like_their_reference_pictures() -> Outcome {
    let app = references::app()?;
    if app != NAME {
        println!("skipped: the reference pictures show {app}; cargo xtask gallery --references draws {NAME}");
        return Ok(());
    }
    let shown_in = Path::new(env!("CARGO_TARGET_TMPDIR")).join("differences");

    let (pictures, differences) = references::differences(&shown_in).await?;

    assert!(pictures > 20, "only {pictures} pictures were compared");
    assert!(
        differences.is_empty(),
        "{} of {pictures} pictures look otherwise than their references:\n{}\nIf that is meant: \
         cargo xtask gallery --references",
        differences.len(),
        differences.join("\n")
    );
    Ok(())
}
