//! Calls of the Auth server on behalf of the signed-in user: a refusal may end their session, an answer may describe
//! them.

use serde::de::DeserializeOwned;

use crate::client::{Client, Inner};
use crate::error::RequestError;
use crate::http::fault::ServerError;
use crate::http::transport::{Method, Request, Response};
use crate::secret::Secret;
use crate::session::Session;
use crate::session::authorized::Unsent;
use crate::user::User;

/// An answer, and whose session it is for.
pub(crate) struct Answer {
    pub(crate) response: Response,
    pub(crate) generation: u64,
    /// The access token that the server took.
    pub(crate) token: Secret<String>,
}

/// Sends a request on behalf of the user, for a feature whose error holds a [`RequestError`].
pub(crate) async fn send(
    client: &Client,
    request: Request,
) -> Result<Result<Answer, ServerError>, RequestError> {
    Ok(try_send(client, request).await?)
}

/// Sends a request on behalf of the user. The outer error says that no answer came, the inner one is the API's refusal.
pub(super) async fn try_send(
    client: &Client,
    request: Request,
) -> Result<Result<Answer, ServerError>, Unsent> {
    let Inner { authorized, session, .. } = &*client.inner;
    let (answer, bearer) = authorized.send_with(request).await?;
    let generation = bearer.version.generation;
    match answer {
        Ok(response) => Ok(Ok(Answer { response, generation, token: bearer.token })),
        Err(fault) => match fault.ends_session() {
            // The Auth server itself, asked with this very session, says that it or its user is gone.
            Some(cause) => {
                session.end(generation, cause).await;
                Err(Unsent::SignedOut)
            }
            None => Ok(Err(fault)),
        },
    }
}

/// Asks who the user is now.
pub(super) async fn describe(client: &Client) -> Result<Result<User, ServerError>, RequestError> {
    match send(client, client.inner.gateway.auth(Method::Get, "user")).await? {
        Ok(answer) => Ok(Ok(answer.user(&client.inner.session).await?)),
        Err(fault) => Ok(Err(fault)),
    }
}

impl Answer {
    /// The body, read as JSON of this form.
    pub(crate) fn parse<T: DeserializeOwned>(&self) -> Result<T, RequestError> {
        serde_json::from_slice(&self.response.body).map_err(|_| RequestError::NOT_SUPABASE)
    }

    /// The user that it describes, whom state and store learn of too.
    pub(crate) async fn user(self, session: &Session) -> Result<User, RequestError> {
        let user = user(&self.response)?;
        session.describe(self.generation, user.clone()).await;
        Ok(user)
    }
}

/// The user whom an answer of the Auth server describes.
pub(super) fn user(response: &Response) -> Result<User, RequestError> {
    User::read(&response.body).ok_or(RequestError::NOT_SUPABASE)
}
