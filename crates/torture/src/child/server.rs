//! The server that a child's client talks to, in the same process. It rotates the refresh token with every refresh, as
//! Supabase does, and takes only the newest access token.

use async_trait::async_trait;
use parking_lot::Mutex;
use serde_json::json;
use supabase_session::{Request, Response, Transport, TransportError};

use super::writer::{number_in, numbered};
use crate::line::Line;

/// The server.
#[derive(Default)]
pub(super) struct Server(Mutex<Expectation>);

#[derive(Default)]
struct Expectation {
    /// The change that is under way: its number is in the tokens that are issued, and only they are taken. `None`: any
    /// token is taken.
    change: Option<u64>,
    /// The number in the access token that was last sent.
    seen: Option<u64>,
}

impl Server {
    /// The change of this number is under way.
    pub(super) fn expect(&self, number: u64) {
        self.0.lock().change = Some(number);
    }

    /// The number in the access token that was last sent.
    pub(super) fn seen(&self) -> Option<u64> {
        self.0.lock().seen
    }

    fn issue(&self) -> Result<Response, TransportError> {
        let number = self.0.lock().change.ok_or(TransportError::Unreachable)?;
        Ok(answer(
            200,
            &json!({
                "access_token": numbered(number),
                "refresh_token": format!("refresh-{number}"),
                "token_type": "bearer",
                "expires_in": 3600,
                "user": { "id": "6f1c7a0e-0000-4000-8000-000000000001", "email": "ada@example.com" },
            }),
        ))
    }

    /// A request with the newest token is its use: from then on the change must not be lost. It is said right here,
    /// between the save and whatever the client does after it.
    fn rows(&self, request: &Request) -> Result<Response, TransportError> {
        let bearer = request.headers.iter().find(|(name, _)| name == "authorization");
        let token = bearer.and_then(|(_, value)| number_in(value.expose().strip_prefix("Bearer ")?));
        let mut expectation = self.0.lock();
        expectation.seen = token;
        if expectation.change.is_some() && expectation.change != token {
            return Ok(answer(401, &json!({ "code": "PGRST301", "message": "JWT expired" })));
        }
        if let (Some(_), Some(number)) = (expectation.change, token) {
            Line::Done(number).say().map_err(|_| TransportError::Unreachable)?;
        }
        Ok(answer(200, &json!({ "id": 1 })))
    }
}

#[async_trait]
impl Transport for Server {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        match request.url.path() {
            "/auth/v1/token" => self.issue(),
            "/auth/v1/logout" => Ok(answer(204, &json!(null))),
            path if path.starts_with("/rest/v1/") => self.rows(&request),
            _ => Err(TransportError::Unreachable),
        }
    }
}

fn answer(status: u16, body: &serde_json::Value) -> Response {
    let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    let body = if body.is_null() { String::new() } else { body.to_string() };
    Response { status, headers, body: body.into() }
}
