//! Who makes changes, and what a change writes.

use async_trait::async_trait;

use crate::TortureError;
use crate::line::Line;
use crate::model::{Change, Held};

/// Makes changes and keeps their outcome.
#[async_trait]
pub(crate) trait Writer: Send {
    /// What is in the store.
    async fn found(&mut self) -> Result<Held, TortureError>;

    /// Makes a change. It may be relied upon when this returns.
    async fn write(&mut self, number: u64, change: Change) -> Result<(), TortureError>;

    /// Makes a change, and says that it is done as soon as it may be relied upon.
    async fn change(&mut self, number: u64, change: Change) -> Result<(), TortureError> {
        self.write(number, change).await?;
        Line::Done(number).say().map_err(TortureError::io("the parent is told"))
    }

    /// Waits until that is done which a start leaves for later.
    async fn tidy(&mut self) -> Result<(), TortureError> {
        Ok(())
    }
}

/// A text with this number in it, of 0.5 to 4 KB, as sessions are: no two in a row are of one length.
pub(super) fn numbered(number: u64) -> String {
    let padding = usize::try_from(500 + number.wrapping_mul(977) % 3500).unwrap_or_default();
    format!("torture-{number}-{}", "A".repeat(padding))
}

/// The number in such a text; `None` when it is not whole.
pub(super) fn number_in(text: &str) -> Option<u64> {
    let number = text.strip_prefix("torture-")?.split('-').next()?.parse().ok()?;
    (text == numbered(number)).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_text_has_its_number() {
        let text = numbered(42);

        assert_eq!(number_in(&text), Some(42));
        assert_eq!(number_in(&text[..text.len() - 1]), None);
        assert_eq!(number_in(&text.replace("42", "43")), None);
    }
}
