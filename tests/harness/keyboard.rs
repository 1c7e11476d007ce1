//! The keyboard alone: keys go to whatever has the focus, as a person's do, and the focus has to be seen.

use serde::Deserialize;
use thirtyfour::Key;

use crate::app::App;
use crate::deadline::until;
use crate::fault::{Fault, Outcome};

/// More tab stops than any page has.
const STOPS: usize = 80;

/// What has the focus.
#[derive(Debug, Clone, Deserialize)]
pub struct Focused {
    /// Its `data-testid`; empty where it has none.
    pub testid: String,
    /// An outline stands around it that stands around nothing else of its kind, it is within the window, and nothing
    /// covers it.
    pub is_seen: bool,
    /// What it looks like, for a message.
    pub described: String,
}

const FOCUSED: &str = "
    const element = document.activeElement ?? document.body;
    const style = getComputedStyle(element);
    const [outline, width] = [style.outlineStyle, parseFloat(style.outlineWidth)];
    const colour = style.outlineColor;
    const box = element.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const top = document.elementFromPoint(x, y);
    const isWithin = box.top >= -1 && box.left >= -1 && box.bottom <= innerHeight + 1 && box.right <= innerWidth + 1;
    const isUncovered = top !== null && (element.contains(top) || top.contains(element));
    const isOutlined = outline !== 'none' && width >= 2 && !/, 0\\)$/.test(colour);
    return {
        testid: element.dataset?.testid ?? '',
        is_seen: isOutlined && isWithin && isUncovered,
        described: `${element.tagName} ${element.dataset?.testid ?? ''} outline ${outline} ${width}px ${colour}, `
            + `at ${Math.round(box.left)},${Math.round(box.top)} ${Math.round(box.width)}x${Math.round(box.height)} of `
            + `${innerWidth}x${innerHeight}, on top: ${top?.tagName}`,
    };";

impl App {
    /// Types on the keyboard, wherever the focus is.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn keys(&self, text: &str) -> Outcome {
        Ok(self.window.action_chain().send_keys(text).perform().await?)
    }

    /// Presses a key while others are held.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn chord(&self, held: &[Key], key: impl Into<char>) -> Outcome {
        let key = key.into();
        let mut chain = self.window.action_chain();
        for held in held {
            chain = chain.key_down(held.clone());
        }
        chain = chain.key_down(key).key_up(key);
        for held in held.iter().rev() {
            chain = chain.key_up(held.clone());
        }
        Ok(chain.perform().await?)
    }

    /// Replaces what the field with the focus holds.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn retype(&self, text: &str) -> Outcome {
        self.chord(&[Key::Control], 'a').await?;
        self.keys(text).await
    }

    /// The page's title.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn title(&self) -> Outcome<String> {
        Ok(self.window.title().await?)
    }

    /// Waits until the page has this title.
    ///
    /// # Errors
    /// When it does not come to have it.
    pub async fn wait_title(&self, wanted: &str) -> Outcome {
        until(&format!("the title \"{wanted}\""), async || Ok((self.title().await? == wanted).then_some(())))
            .await
    }

    /// What has the focus now.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn focused(&self) -> Outcome<Focused> {
        Ok(serde_json::from_value(self.run(FOCUSED, vec![]).await?)?)
    }

    /// Waits until an element has the focus.
    ///
    /// # Errors
    /// When it does not get it.
    pub async fn wait_focused(&self, id: &str) -> Outcome {
        let found = until(&format!("{id} to have the focus"), async || {
            Ok((self.focused().await?.testid == id).then_some(()))
        })
        .await;
        match found {
            Ok(()) => Ok(()),
            Err(fault) => Err(Fault::new(format!("{fault}; it is on {}", self.focused().await?.described))),
        }
    }

    /// Goes from tab stop to tab stop until an element has the focus. Every stop on the way has to be seen.
    ///
    /// # Errors
    /// When the element is not reached, or a stop is not seen.
    pub async fn tab_to(&self, id: &str) -> Outcome {
        self.tab(id, &[]).await
    }

    /// The same backwards.
    ///
    /// # Errors
    /// As [`tab_to`](Self::tab_to).
    pub async fn tab_back_to(&self, id: &str) -> Outcome {
        self.tab(id, &[Key::Shift]).await
    }

    async fn tab(&self, id: &str, held: &[Key]) -> Outcome {
        self.wait_for(id).await?;
        let mut passed = Vec::new();
        for _ in 0..STOPS {
            self.chord(held, Key::Tab).await?;
            self.settled().await?;
            let focused = self.focused().await?;
            // The webview's own end of the page is no stop of ours.
            if !focused.is_seen && !focused.described.starts_with("BODY") {
                return Err(Fault::new(format!("the focus is not seen: {}", focused.described)));
            }
            if focused.testid == id {
                return Ok(());
            }
            passed.push(focused.testid);
        }
        Err(Fault::new(format!("the tab key does not lead to {id}, but to {}", passed.join(", "))))
    }
}
