//! The parsers, for tests and fuzzing only. This module is not part of the API and may change with every version.

use std::time::UNIX_EPOCH;

use url::Url;

use crate::callback::parse::{Answer, Callback};
use crate::clock::Clock;
use crate::http::fault;
use crate::http::transport::Response;
use crate::session::tokens::Issued;
use crate::user::User;
use crate::{HttpError, SignOutCause, VerifyKind};

/// What a link was read as.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Link {
    Code { code: String, flow: Option<String> },
    Refusal { error: String, code: Option<String>, flow: Option<String> },
    Halfway { flow: Option<String> },
    Hash { kind: VerifyKind, hash: String, flow: Option<String> },
    Tokens { access: String, refresh: String, kind: Option<VerifyKind>, flow: Option<String> },
    Refused(String),
}

/// Reads a link.
#[must_use]
pub fn link(link: &str, redirect_to: &Url) -> Link {
    match Callback::parse(link, redirect_to) {
        Ok(Callback { flow, answer }) => {
            let flow = flow.map(|flow| flow.expose().clone());
            match answer {
                Answer::Code(code) => Link::Code { code: code.expose().clone(), flow },
                Answer::Refusal { error, code } => Link::Refusal { error, code, flow },
                Answer::Halfway => Link::Halfway { flow },
                Answer::Hash(kind, hash) => Link::Hash { kind, hash: hash.expose().clone(), flow },
                Answer::Tokens(tokens) => Link::Tokens {
                    access: tokens.access.expose().clone(),
                    refresh: tokens.refresh.expose().clone(),
                    kind: tokens.kind,
                    flow,
                },
            }
        }
        Err(reason) => Link::Refused(format!("{reason:?}")),
    }
}

/// What an answer of an API was read as.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Read {
    Accepted,
    Refused { status: u16, code: String, ends: Option<SignOutCause>, token_refused: bool, weak: usize },
    NotTheApi(HttpError),
}

/// Reads an answer.
#[must_use]
pub fn answer(response: Response) -> Read {
    match fault::read(response, UNIX_EPOCH) {
        Ok(Ok(_)) => Read::Accepted,
        Ok(Err(fault)) => Read::Refused {
            status: fault.status,
            code: fault.code.as_str().to_owned(),
            ends: fault.ends_session(),
            token_refused: fault.refuses_token(),
            weak: fault.weak_password.len(),
        },
        Err(error) => Read::NotTheApi(error),
    }
}

/// A session in an answer: access token, refresh token, seconds left, user.
#[must_use]
pub fn session(response: &Response, clock: &dyn Clock) -> Option<(String, String, u64, User)> {
    let Issued { tokens, user } = Issued::receive(response, clock)?;
    let left = tokens.remaining(clock.moment()).as_secs();
    Some((tokens.access.expose().clone(), tokens.refresh.expose().clone(), left, user))
}

/// What a project offers.
#[must_use]
pub fn settings(body: &[u8]) -> Option<crate::Settings> {
    crate::Settings::parse(body)
}
