//! The way to one project's APIs: its URL, its key's headers, sending and reading. No session in here.

use std::sync::Arc;

use crate::clock::Clock;
use crate::error::HttpError;
use crate::http::{Method, Request, Response, Transport};
use crate::project::Project;
use crate::secret::Secret;
use crate::wire::{self, Fault};

/// The version of the Auth server's answers that this crate was written against.
const API_VERSION: &str = "2024-01-01";

pub(crate) struct Gateway {
    pub(crate) project: Project,
    pub(crate) client_info: String,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Gateway {
    /// A request to an endpoint of the Auth server, for example `token`.
    pub(crate) fn auth(&self, method: Method, endpoint: &str) -> Request {
        self.request(method, &format!("auth/v1/{endpoint}")).header("x-supabase-api-version", API_VERSION)
    }

    /// A request to any endpoint, with the project's key.
    pub(crate) fn request(&self, method: Method, path: &str) -> Request {
        Request::new(method, self.project.endpoint(path))
            .header("apikey", self.project.key())
            .header("x-client-info", self.client_info.as_str())
    }

    /// Sends it as nobody in particular: the key stands in for an access token.
    pub(crate) async fn send(&self, request: Request) -> Result<Result<Response, Fault>, HttpError> {
        let key = Secret::from(self.project.key());
        self.send_as(request, &key).await
    }

    /// Sends it with an access token.
    pub(crate) async fn send_as(
        &self,
        request: Request,
        token: &Secret<String>,
    ) -> Result<Result<Response, Fault>, HttpError> {
        let request = request.header("authorization", format!("Bearer {}", token.expose()));
        wire::read(self.exchange(request).await?, self.clock.now())
    }

    /// Sends it as it is, and gives the answer as it is.
    pub(crate) async fn exchange(&self, request: Request) -> Result<Response, HttpError> {
        let (method, path) = (request.method, request.url.path().to_owned());
        let begun = self.clock.monotonic();
        let outcome = self.transport.send(request).await;
        let took_ms = self.clock.monotonic().saturating_sub(begun).as_millis();
        match &outcome {
            Ok(response) => tracing::debug!(?method, path, status = response.status, took_ms, "answered"),
            Err(error) => tracing::debug!(?method, path, %error, took_ms, "not answered"),
        }
        Ok(outcome?)
    }
}
