//! What a person does with a picture behind the circle, and sees of it.

use serde_json::json;
use thirtyfour::prelude::TypingData;

use crate::app::App;
use crate::fault::Outcome;

impl App {
    /// Presses keys where the keyboard is, as a person does who uses nothing else.
    ///
    /// # Errors
    /// When nothing has the focus.
    pub async fn press(&self, keys: impl Into<TypingData>) -> Outcome {
        Ok(self.window.active_element().await?.send_keys(keys).await?)
    }

    /// Moves the pointer to this place in the page, in CSS pixels from its upper left corner.
    ///
    /// # Errors
    /// When the place is outside of the window.
    pub async fn move_pointer(&self, x: i64, y: i64) -> Outcome {
        Ok(self.window.action_chain().move_to(x, y).perform().await?)
    }

    /// What an element says to a screen reader, even one that is not seen.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn told(&self, id: &str) -> Outcome<String> {
        let script = "return document.querySelector(`[data-testid=\"${arguments[0]}\"]`)?.textContent ?? ''";
        Ok(self.run(script, vec![json!(id)]).await?.as_str().unwrap_or_default().to_owned())
    }

    /// An element as it is painted. It is cut out of a picture of the whole page: WebKit's picture of an element in an
    /// open dialog is one of another place.
    ///
    /// # Errors
    /// When it is not shown.
    pub async fn painted(&self, id: &str) -> Outcome<image::RgbImage> {
        let script = "const area = arguments[0].getBoundingClientRect(), scale = window.devicePixelRatio;
            return [area.left, area.top, area.width, area.height].map((length) => Math.round(length * scale))";
        let area = self
            .with(id, async |element| {
                Ok(self.window.execute(script, vec![element.to_json()?]).await?.json().clone())
            })
            .await?;
        let [left, top, width, height] = serde_json::from_value(area)?;
        let page = image::load_from_memory(&self.window.screenshot_as_png().await?)?;
        Ok(page.crop_imm(left, top, width, height).into_rgb8())
    }
}
