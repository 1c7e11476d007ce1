//! Records what crosses the line between the page and the backend, from inside the page: requests at `fetch`, answers
//! and messages where Tauri hands them to the page's callbacks.

use foyer_contract::Message;
use foyer_contract::view::{AppView, Notice};
use serde_json::Value;

use crate::app::App;
use crate::deadline::until;
use crate::fault::{Fault, Outcome};

/// Starts recording; `true` once the page is there and recorded. Run again it changes nothing.
pub(crate) const INSTALL: &str = r"
    const tauri = window.__TAURI_INTERNALS__;
    if (!tauri || !tauri.callbacks || !document.querySelector('[data-testid]')) return false;
    if (window.__recorded) return true;
    const recorded = [];
    Object.defineProperty(window, '__recorded', { value: recorded });
    const bytes = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value);
    const shown = (value) => {
        if (bytes(value)) return new TextDecoder().decode(value);
        const text = typeof value === 'string' ? value : JSON.stringify(value);
        return text === undefined ? '' : text;
    };
    const callbacks = tauri.callbacks;
    const set = callbacks.set;
    const listened = (callback) => (value) => { recorded.push({ kind: 'in', text: shown(value) }); return callback(value); };
    for (const [id, callback] of Array.from(callbacks)) set.call(callbacks, id, listened(callback));
    callbacks.set = (id, callback) => set.call(callbacks, id, listened(callback));
    const fetch = window.fetch;
    window.fetch = (url, options) => {
        const body = options && options.body;
        recorded.push({ kind: 'out', text: String(url) + ' ' + (typeof body === 'string' || bytes(body) ? shown(body) : '') });
        return fetch.call(window, url, options);
    };
    return true;
";

/// What crossed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Crossed {
    /// From the page: the command and its request.
    Out(String),
    /// To the page: an answer or a message.
    In(String),
}

impl App {
    /// All that crossed since the page was first seen.
    ///
    /// # Errors
    /// When the page is gone.
    pub async fn crossed(&self) -> Outcome<Vec<Crossed>> {
        let recorded = self.run("return window.__recorded", vec![]).await?;
        let entries = recorded.as_array().ok_or_else(|| Fault::new("nothing records in this page"))?;
        let entry = |entry: &Value| {
            let text = entry["text"].as_str()?.to_owned();
            Some(if entry["kind"] == "in" { Crossed::In(text) } else { Crossed::Out(text) })
        };
        Ok(entries.iter().filter_map(entry).collect())
    }

    /// The states that the backend told the page, oldest first.
    ///
    /// # Errors
    /// When the page is gone.
    pub async fn states(&self) -> Outcome<Vec<AppView>> {
        let state = |crossed: Crossed| {
            let Crossed::In(text) = crossed else { return None };
            let content: Value = serde_json::from_str(&text).ok()?;
            match serde_json::from_value(content.get("message")?.clone()).ok()? {
                Message::App(view) => Some(*view),
                Message::AvatarProgress(_)
                | Message::Drag(_)
                | Message::Check(_)
                | Message::MenuBar(_)
                | Message::CloseAsked => None,
            }
        };
        Ok(self.crossed().await?.into_iter().filter_map(state).collect())
    }

    /// Waits for a notice that is newer than `before` (`None`: than none at all).
    ///
    /// # Errors
    /// When none comes.
    pub async fn next_notice(&self, before: Option<Notice>) -> Outcome<Notice> {
        let last = before.map_or(0, |notice| notice.id);
        until("a notice", async || {
            let newest = self.states().await?.into_iter().rev().find_map(|state| state.notice);
            Ok(newest.filter(|notice| before.is_none() || notice.id > last))
        })
        .await
    }
}
