//! The way to one project's APIs: its URL, its key's headers, sending and reading. No session in here.

use std::sync::Arc;

use url::Url;

use crate::clock::Clock;
use crate::error::HttpError;
use crate::http::fault::{self, ServerError};
use crate::http::transport::{Method, Request, Response, Transport};
use crate::project::Project;
use crate::secret::Secret;

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

    /// Sends a request without a user: the project's key stands in the place of an access token.
    pub(crate) async fn send(&self, request: Request) -> Result<Result<Response, ServerError>, HttpError> {
        let key = Secret::from(self.project.key());
        self.send_as(request, &key).await
    }

    /// Sends a request with an access token.
    pub(crate) async fn send_as(
        &self,
        request: Request,
        token: &Secret<String>,
    ) -> Result<Result<Response, ServerError>, HttpError> {
        let (is_call, asked) = (request.is_call(), request.url.clone());
        self.read(self.exchange_as(request, token).await?, is_call, &asked)
    }

    /// Sends a request with an access token, and gives the answer as it is.
    pub(crate) async fn exchange_as(
        &self,
        request: Request,
        token: &Secret<String>,
    ) -> Result<Response, HttpError> {
        self.exchange(request.header("authorization", format!("Bearer {}", token.expose()))).await
    }

    /// What an answer from the address `asked` means. `is_call` says that an API was called, which never answers with a
    /// page for people.
    pub(crate) fn read(
        &self,
        response: Response,
        is_call: bool,
        asked: &Url,
    ) -> Result<Result<Response, ServerError>, HttpError> {
        let is_page = is_call && (200..300).contains(&response.status) && response.is_web_page();
        if is_page || response.leads_elsewhere(asked) {
            return Err(HttpError::WebPage);
        }
        fault::read(response, self.clock.now())
    }

    /// Sends a request as it is, and gives the answer as it is.
    pub(crate) async fn exchange(&self, request: Request) -> Result<Response, HttpError> {
        let (method, path) = (request.method, loggable(request.url.path()));
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

/// A path as far as it may stand in a log. What somebody wrote into a row becomes part of the path of an object, and
/// may be a whole address with a token in its query.
fn loggable(path: &str) -> String {
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// One part of a path. There is room for a UUID and an ending, and for no token.
fn part(part: &str) -> &str {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if part.len() <= 48 && part.bytes().all(plain) { part } else { "…" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_in_a_path_is_not_logged() {
        let picture = "/storage/v1/object/authenticated/avatars/6f1c7a0e-0000-4000-8000-000000000001/6f1c7a0e-0000-4000-8000-000000000002.webp";
        assert_eq!(loggable(picture), picture);

        let token = "eyJhbGciOiJIUzI1NiJ9.eyJ1cmwiOiJhdmF0YXJzL3gucG5nIn0.c4n4ry-c4n4ry-c4n4ry";
        for end in
            [format!("https:/a.example/x.png%3Ftoken={token}"), format!("x/{token}"), format!("x?{token}")]
        {
            let logged = loggable(&format!("/storage/v1/object/avatars/{end}"));

            assert!(logged.starts_with("/storage/v1/object/avatars/") && logged.ends_with('…'), "{logged}");
            assert!(!logged.contains("c4n4ry"), "{logged}");
        }
    }
}
