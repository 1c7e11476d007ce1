//! Which project the app on a desktop talks to, and what it has found out about the project.

use std::fs;

use foyer_contract::variable;
use foyer_contract::view::RedirectMode;
use serde_json::Value;

use crate::deadline::until;
use crate::desktop::Desktop;
use crate::fault::Outcome;
use crate::proxy::Proxy;
use crate::server::Server;

impl Desktop {
    /// A desktop on which the app talks to `server`.
    ///
    /// # Errors
    /// When a program that makes the desktop cannot be started.
    pub async fn with(server: &Server) -> Outcome<Self> {
        let mut desktop = Self::new().await?;
        desktop.connect(server);
        Ok(desktop)
    }

    /// The same through a network that can be cut.
    ///
    /// # Errors
    /// As [`with`](Self::with), or when the network cannot listen.
    pub async fn with_network(server: &Server) -> Outcome<(Self, Proxy)> {
        let mut desktop = Self::with(server).await?;
        let network = desktop.go_through_network(server).await?;
        Ok((desktop, network))
    }

    /// From its next start on the app talks to `server`.
    pub fn connect(&mut self, server: &Server) {
        self.set(variable!("SUPABASE_URL"), &server.url);
        self.set(variable!("SUPABASE_KEY"), &server.anon_key);
    }

    /// From its next start on the app talks to `server` through a network that can be cut.
    ///
    /// # Errors
    /// When the network cannot listen.
    pub async fn go_through_network(&mut self, server: &Server) -> Outcome<Proxy> {
        let network = Proxy::before(&server.url).await?;
        self.set(variable!("SUPABASE_URL"), &network.url);
        Ok(network)
    }

    /// How links come back, once the app has found out and remembered it.
    ///
    /// # Errors
    /// When it does not, or what it remembers cannot be read.
    pub async fn redirect_mode(&self) -> Outcome<RedirectMode> {
        let file = self.data_dir().join("way-back.json");
        until("the way back to be known", async || {
            let Ok(text) = fs::read_to_string(&file) else { return Ok(None) };
            let remembered: Value = serde_json::from_str(&text)?;
            Ok(Some(serde_json::from_value(remembered["way"].clone())?))
        })
        .await
    }
}
