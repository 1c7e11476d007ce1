//! Addresses that a browser opens.

use url::Url;

use super::pending::flow_id;
use crate::error::Error;
use crate::supabase::Supabase;

impl Supabase {
    /// Opens the browser again where a waiting flow, or a captcha, continues.
    ///
    /// # Errors
    /// [`Error::FlowUnknown`] or [`Error::BrowserUnavailable`].
    pub async fn open_flow(&self, id: &str) -> Result<(), Error> {
        self.open_url(&self.address(id)?).await
    }

    /// Puts the address where a waiting flow, or a captcha, continues on the clipboard.
    ///
    /// # Errors
    /// [`Error::FlowUnknown`] or [`Error::ClipboardUnavailable`].
    pub fn copy_flow_address(&self, id: &str) -> Result<(), Error> {
        if self.desktop().copy(self.address(id)?.as_str()) {
            return Ok(());
        }
        Err(Error::ClipboardUnavailable)
    }

    /// Opens the page with the mails of a project on this machine.
    ///
    /// # Errors
    /// [`Error::NoInbox`] or [`Error::BrowserUnavailable`].
    pub async fn open_local_inbox(&self) -> Result<(), Error> {
        let inbox = self.connection()?.inbox().ok_or(Error::NoInbox)?;
        self.open_url(&inbox).await
    }

    async fn open_url(&self, url: &Url) -> Result<(), Error> {
        if self.desktop().open_in_browser(url).await {
            return Ok(());
        }
        Err(Error::BrowserUnavailable)
    }

    /// Where a waiting flow, or a captcha, continues.
    fn address(&self, id: &str) -> Result<Url, Error> {
        let connection = self.connection()?;
        if let Some(captcha) = connection.flow_state().captcha(id) {
            return Ok(captcha.url);
        }
        connection.flow_state().address(&flow_id(id)?).map(|address| address.url).ok_or(Error::FlowUnknown)
    }
}
