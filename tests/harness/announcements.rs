//! What a screen reader would say of its own: texts that come into live regions which were in the document before.

use serde_json::json;

use crate::app::App;
use crate::deadline::until;
use crate::fault::{Fault, Outcome};

const LISTEN: &str = "
    if (window.__announced) return;
    const announced = [];
    Object.defineProperty(window, '__announced', { value: announced });
    const last = new WeakMap();
    const live = '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]';
    new MutationObserver((changes) => {
        const added = changes.flatMap((change) => Array.from(change.addedNodes));
        for (const change of changes) {
            const at = change.target.nodeType === Node.TEXT_NODE ? change.target.parentElement : change.target;
            const region = at?.closest?.(live);
            // A region that comes together with its text says nothing.
            if (!region || !region.isConnected || added.some((node) => node.contains(region))) continue;
            if (region.closest('[hidden]')) continue;
            const text = region.textContent.trim();
            if (text && last.get(region) !== text) announced.push(text);
            last.set(region, text);
        }
    }).observe(document, { subtree: true, childList: true, characterData: true });";

impl App {
    /// Listens from now on.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn listen(&self) -> Outcome {
        self.run(LISTEN, vec![]).await.map(drop)
    }

    /// Waits until something was announced that fits, and forgets everything up to it.
    ///
    /// # Errors
    /// When it is not; the sentence says what was announced instead.
    pub async fn announced(&self, what: &str, fits: impl Fn(&str) -> bool) -> Outcome<String> {
        let texts = async || -> Outcome<Vec<String>> {
            Ok(serde_json::from_value(self.run("return window.__announced ?? []", vec![]).await?)?)
        };
        let heard = until("an announcement", async || {
            let texts = texts().await?;
            let found = texts.iter().position(|text| fits(text));
            Ok(found.map(|index| (index, texts[index].clone())))
        })
        .await;
        match heard {
            Ok((index, text)) => {
                self.run("window.__announced.splice(0, arguments[0])", vec![json!(index + 1)]).await?;
                Ok(text)
            }
            Err(_) => Err(Fault::new(format!("not announced: {what}; heard instead: {:?}", texts().await?))),
        }
    }
}
