//! Nothing on a page keeps anybody from using it, as far as a program can tell.

use harness::Outcome;
use harness::gallery::{Order, axe};

#[tokio::test]
async fn axe_finds_nothing_in_any_state() -> Outcome {
    let (states, findings) = axe(&Order { words: Vec::new(), looks: Vec::new() }).await?;

    assert!(states > 100, "only {states} states were looked at");
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
    Ok(())
}
