//! Nothing on a page keeps anybody from using it, as far as a program can tell.

use harness::Outcome;
use harness::gallery::{Order, findings};

#[tokio::test]
async fn axe_finds_nothing_in_any_state_and_what_can_be_pressed_can_be_hit_and_is_reached_in_order() -> Outcome
{
    let (states, findings) = findings(&Order { words: Vec::new(), looks: Vec::new() }).await?;

    assert!(states > 100, "only {states} states were looked at");
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
    Ok(())
}
