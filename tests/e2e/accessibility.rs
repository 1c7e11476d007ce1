//! Nothing on a page keeps anybody from using it, as far as a program can tell.

use harness::Outcome;
use harness::gallery::{Order, axe, measures};

#[tokio::test]
async fn axe_finds_nothing_in_any_state() -> Outcome {
    let (states, findings) = axe(&Order { words: Vec::new(), looks: Vec::new() }).await?;

    assert!(states > 100, "only {states} states were looked at");
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
    Ok(())
}

// Three looks and three widths of every state take longer than all other tests together: it is run by its name, with
// `--ignored`, when a page was changed.
#[tokio::test]
#[ignore = "takes ten minutes and more"]
async fn everything_that_can_be_pressed_can_be_hit_and_the_tab_key_goes_where_the_eye_goes() -> Outcome {
    let (states, findings) = measures(&Order { words: Vec::new(), looks: Vec::new() }).await?;

    assert!(states > 100, "only {states} states were looked at");
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
    Ok(())
}
