//! What stands on the app's pages and what a person does there, by the names that never change (`data-testid`).

use std::path::Path;

use serde_json::{Value, json};
use thirtyfour::error::{WebDriverError, WebDriverErrorInner};
use thirtyfour::{By, Key, WebElement};

use crate::app::App;
use crate::deadline::until;
use crate::fault::{Fault, Outcome};

impl App {
    /// Waits for an element to be shown.
    ///
    /// # Errors
    /// When it is not; the sentence says what the page shows instead.
    pub async fn wait_for(&self, id: &str) -> Outcome<WebElement> {
        let found = until(id, async || self.shown(id).await).await;
        match found {
            Ok(element) => Ok(element),
            Err(fault) => Err(Fault::new(format!("{fault}; the page shows: {}", self.page_text().await?))),
        }
    }

    /// Waits for one of several elements, and says which it is.
    ///
    /// # Errors
    /// When none of them is shown.
    pub async fn wait_for_any<'a>(&self, ids: &[&'a str]) -> Outcome<&'a str> {
        let found = until(&ids.join(" or "), async || {
            for id in ids {
                if self.shown(id).await?.is_some() {
                    return Ok(Some(*id));
                }
            }
            Ok(None)
        })
        .await;
        match found {
            Ok(id) => Ok(id),
            Err(fault) => Err(Fault::new(format!("{fault}; the page shows: {}", self.page_text().await?))),
        }
    }

    /// Waits until an element is not shown any more.
    ///
    /// # Errors
    /// When it stays.
    pub async fn wait_gone(&self, id: &str) -> Outcome {
        until(&format!("{id} to go"), async || Ok(self.shown(id).await?.is_none().then_some(()))).await
    }

    /// Waits for an element whose text fits, and answers the text.
    ///
    /// # Errors
    /// When it does not come to fit.
    pub async fn wait_text(&self, id: &str, fits: impl Fn(&str) -> bool) -> Outcome<String> {
        let found = until(&format!("another text in {id}"), async || {
            let Some(element) = self.shown(id).await? else { return Ok(None) };
            // An element that was replaced meanwhile is looked for again.
            Ok(element.text().await.ok().filter(|text| fits(text)))
        })
        .await;
        match found {
            Ok(text) => Ok(text),
            Err(fault) => Err(Fault::new(format!("{fault}; the page shows: {}", self.page_text().await?))),
        }
    }

    /// The element, if it is shown now.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn shown(&self, id: &str) -> Outcome<Option<WebElement>> {
        let found = match self.window.find_all(By::Css(format!("[data-testid=\"{id}\"]"))).await {
            Ok(found) => found,
            // Found, and replaced before the driver could say so.
            Err(error) if is_stale(&error) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        for element in found {
            if element.is_displayed().await.unwrap_or(false) {
                return Ok(Some(element));
            }
        }
        Ok(None)
    }

    /// Does something with an element as soon as it is shown. The page may replace the element between the look and the
    /// action: then the new one is waited for.
    ///
    /// # Errors
    /// When it is not shown, or what `action` says.
    pub(crate) async fn with<T>(
        &self,
        id: &str,
        mut action: impl AsyncFnMut(WebElement) -> Result<T, WebDriverError>,
    ) -> Outcome<T> {
        until(&format!("{id} to stay"), async || match action(self.wait_for(id).await?).await {
            Ok(done) => Ok(Some(done)),
            Err(error) if is_stale(&error) => Ok(None),
            Err(error) => Err(error.into()),
        })
        .await
    }

    /// Brings an element to the middle of the window.
    ///
    /// # Errors
    /// When it is not shown.
    pub async fn scroll_to(&self, id: &str) -> Outcome {
        let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.with(id, async |element| self.window.execute(script, vec![element.to_json()?]).await.map(drop))
            .await
    }

    /// Whether an element can be used, waited for.
    ///
    /// # Errors
    /// When it is not shown.
    pub async fn is_enabled(&self, id: &str) -> Outcome<bool> {
        self.with(id, async |element| element.is_enabled().await).await
    }

    /// Clicks an element as soon as it is shown and enabled.
    ///
    /// # Errors
    /// When it never is.
    pub async fn click(&self, id: &str) -> Outcome {
        let clicked = until(&format!("{id} to be clickable"), async || {
            let Some(element) = self.shown(id).await? else { return Ok(None) };
            if !element.is_enabled().await.unwrap_or(false) {
                return Ok(None);
            }
            if element.click().await.is_ok() {
                return Ok(Some(()));
            }
            // Replaced in this moment, or under something that stays in its place while the page scrolls: a person scrolls
            // on and tries once more.
            self.scroll_to(id).await?;
            Ok(None)
        })
        .await;
        match clicked {
            Ok(()) => Ok(()),
            Err(fault) => Err(Fault::new(format!("{fault}; the page shows: {}", self.page_text().await?))),
        }
    }

    /// Replaces what a field holds by typing.
    ///
    /// # Errors
    /// When the field is not shown.
    pub async fn type_into(&self, id: &str, text: &str) -> Outcome {
        let keys = if text.is_empty() { "\u{e003}" } else { text };
        self.with(id, async |field| {
            let script = "arguments[0].focus(); arguments[0].select();";
            self.window.execute(script, vec![field.to_json()?]).await?;
            field.send_keys(keys).await
        })
        .await
    }

    /// Replaces what a field holds as a paste does: all at once, line ends too (which the driver's keys leave out).
    ///
    /// # Errors
    /// When the field is not shown.
    pub async fn paste_into(&self, id: &str, text: &str) -> Outcome {
        let script = "const [field, text] = arguments; field.focus();
            Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, text);
            field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));";
        self.with(id, async |field| {
            self.window.execute(script, vec![field.to_json()?, json!(text)]).await.map(drop)
        })
        .await
    }

    /// Pastes what lies on the clipboard into a field, as a person does, and answers what the field holds then.
    ///
    /// # Errors
    /// When the field is not shown, or nothing comes.
    pub async fn pasted(&self, id: &str) -> Outcome<String> {
        self.type_into(id, "").await?;
        self.with(id, async |field| field.send_keys(Key::Control + "v").await).await?;
        until(
            "the clipboard's text",
            async || Ok(Some(self.value(id).await?).filter(|text| !text.is_empty())),
        )
        .await
    }

    /// The text of an element, waited for.
    ///
    /// # Errors
    /// When it is not shown.
    pub async fn text(&self, id: &str) -> Outcome<String> {
        self.with(id, async |element| element.text().await).await
    }

    /// What a field holds.
    ///
    /// # Errors
    /// When it is not shown.
    pub async fn value(&self, id: &str) -> Outcome<String> {
        self.with(id, async |field| Ok(field.prop("value").await?.unwrap_or_default())).await
    }

    /// Waits until a field holds this.
    ///
    /// # Errors
    /// When it does not come to hold it.
    pub async fn wait_value(&self, id: &str, wanted: &str) -> Outcome {
        until(&format!("{id} to hold \"{wanted}\""), async || {
            Ok((self.value(id).await? == wanted).then_some(()))
        })
        .await
    }

    /// All visible text.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn page_text(&self) -> Outcome<String> {
        let text = self.run("return document.body ? document.body.innerText : ''", vec![]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// The document as it stands, as text.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn page_source(&self) -> Outcome<String> {
        Ok(self.window.source().await?)
    }

    /// Opens a row of the security page; its name is the end of its button's test id.
    ///
    /// # Errors
    /// When there is no such row.
    pub async fn open_row(&self, name: &str) -> Outcome {
        let button = format!("open-{name}");
        let is_open = self.with(&button, async |button| button.attr("aria-expanded").await).await?;
        if is_open.as_deref() == Some("true") { Ok(()) } else { self.click(&button).await }
    }

    /// Fills in and sends the sign-up form.
    ///
    /// # Errors
    /// When the form is not there.
    pub async fn sign_up(&self, full_name: &str, email: &str, password: &str) -> Outcome {
        self.click("tab-sign-up").await?;
        self.type_into("full-name", full_name).await?;
        self.type_into("email", email).await?;
        self.type_into("password", password).await?;
        self.click("submit").await
    }

    /// Fills in and sends the sign-in form, and waits for the account.
    ///
    /// # Errors
    /// When the account is not shown.
    pub async fn sign_in(&self, email: &str, password: &str) -> Outcome {
        self.fill_in_sign_in(email, password).await?;
        self.click("submit").await?;
        self.wait_for("account-page").await.map(drop)
    }

    /// Fills in the sign-in form as a password manager does. Its tab is there only where new accounts are taken.
    ///
    /// # Errors
    /// When the form is not there.
    pub async fn fill_in_sign_in(&self, email: &str, password: &str) -> Outcome {
        self.wait_for("sign-in-page").await?;
        if self.shown("tab-sign-in").await?.is_some() {
            self.click("tab-sign-in").await?;
        }
        self.paste_into("email", email).await?;
        self.paste_into("password", password).await
    }

    /// Chooses a picture; the file dialog answers with `file`.
    ///
    /// # Errors
    /// When the button is not there.
    pub async fn choose_avatar(&self, desktop: &crate::Desktop, file: &Path) -> Outcome {
        desktop.pick(file)?;
        self.click("avatar-choose").await
    }

    /// Chooses a picture, keeps the middle of it, and so has it uploaded.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn set_avatar(&self, desktop: &crate::Desktop, file: &Path) -> Outcome {
        self.choose_avatar(desktop, file).await?;
        self.click("crop-apply").await
    }

    /// Width and height of the picture that the page shows, once it is loaded.
    ///
    /// # Errors
    /// When no picture is loaded.
    pub async fn avatar_size(&self) -> Outcome<(u64, u64)> {
        let script =
            "const image = arguments[0].matches('img') ? arguments[0] : arguments[0].querySelector('img');
            return image && image.complete ? [image.naturalWidth, image.naturalHeight] : null";
        until("the picture to be loaded", async || {
            let size = self
                .with("avatar-image", async |element| {
                    Ok(self.window.execute(script, vec![element.to_json()?]).await?.json().clone())
                })
                .await?;
            Ok(size[0].as_u64().zip(size[1].as_u64()).filter(|(width, _)| *width > 0))
        })
        .await
    }

    /// Whether what an element says is a sentence for people: not empty, no code, no braces, no server's text.
    ///
    /// # Errors
    /// When it is not, with what it says.
    pub async fn says_a_plain_sentence(&self, id: &str) -> Outcome<String> {
        let text = self.wait_text(id, |text| !text.trim().is_empty()).await?;
        plain(&text).map(|()| text)
    }

    /// What lies in the page's own stores and in its global names.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn page_memory(&self) -> Outcome<String> {
        let script = r"
            const seen = new WeakSet();
            const shown = (value, depth) => {
                if (typeof value === 'string') return value;
                if (value === null || typeof value !== 'object' || depth > 4 || seen.has(value)) return '';
                seen.add(value);
                if (value instanceof Node) return value.outerHTML || '';
                const inside = value instanceof Map ? Array.from(value.entries()) : Object.values(value);
                return inside.map((one) => shown(one, depth + 1)).join('\n');
            };
            const names = Object.getOwnPropertyNames(window).filter((name) => name !== '__recorded');
            const globals = names.map((name) => {
                try { return name + '=' + (window[name] === window ? '' : shown(window[name], 0)); } catch (error) { return name; }
            });
            const store = (store) => { try { return JSON.stringify(Object.assign({}, store())); } catch (error) { return ''; } };
            return [store(() => localStorage), store(() => sessionStorage), document.cookie, location.href,
                    JSON.stringify(history.state), document.title].concat(globals).join('\n');
        ";
        Ok(self.run(script, vec![]).await?.as_str().unwrap_or_default().to_owned())
    }

    /// Calls one of the app's commands from the page, as a script in it could.
    ///
    /// # Errors
    /// When the page cannot be asked.
    pub async fn invoke(&self, command: &str, arguments: Value) -> Outcome<Value> {
        let script = "const done = arguments[2];
            window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1])
                .then((answer) => done({ answer }), (error) => done({ error }));";
        self.run_async(script, vec![json!(command), arguments]).await
    }
}

/// Whether the page has replaced the element that was asked about.
fn is_stale(error: &WebDriverError) -> bool {
    matches!(**error, WebDriverErrorInner::StaleElementReference(..))
}

/// Whether a text is a sentence for people.
///
/// # Errors
/// When it is not, with the text.
pub fn plain(text: &str) -> Outcome {
    let text = text.trim();
    let codes = ["_", "{", "}", "null", "undefined", "panicked", "Error:", "http status", "::", "\\u"];
    let begins = text.chars().next().is_some_and(char::is_uppercase);
    let ends = text.ends_with(['.', '!', '?']) || text.contains(". ") || text.contains(".\n");
    match codes.iter().find(|code| text.contains(**code)) {
        Some(code) => Err(Fault::new(format!("not a plain sentence, as it contains \"{code}\": {text}"))),
        None if begins && ends => Ok(()),
        None => Err(Fault::new(format!("not a plain sentence: \"{text}\""))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_or_a_servers_text_is_no_plain_sentence() {
        assert!(plain("This link was already used.").is_ok());
        assert!(plain("This username is taken. Choose another").is_ok());
        assert!(plain("otp_expired").is_err());
        assert!(plain("{\"code\":400}").is_err());
        assert!(plain("Error: null").is_err());
        assert!(plain("").is_err());
    }
}
