//! `GET /user` and `PUT /user`: what the server says of the user, and what the user changes about themselves.

use std::sync::Arc;

use serde_json::Value;

use crate::auth::as_user;
use crate::client::Client;
use crate::error::ApiError;
use crate::http::transport::{Method, Request};
use crate::session::Session;
use crate::session::authorized::Authorized;
use crate::shared::spawn_to_completion;
use crate::user::{User, UserUpdate};

impl Client {
    /// Asks the server who is signed in. An answer makes the state's user `verified`.
    ///
    /// # Errors
    /// See [`ApiError`]. When the server says that the session or its user is gone, the session has ended.
    pub async fn get_user(&self) -> Result<User, ApiError> {
        let inner = Arc::clone(&self.inner);
        spawn_to_completion(async move { get(&inner.session, &inner.authorized).await }).await
    }

    /// Changes what the user may change about themselves.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn update_user(&self, changes: UserUpdate) -> Result<User, ApiError> {
        let inner = Arc::clone(&self.inner);
        spawn_to_completion(async move { update(&inner.session, &inner.authorized, &changes).await }).await
    }
}

pub(crate) async fn get(session: &Arc<Session>, authorized: &Authorized) -> Result<User, ApiError> {
    call(session, authorized, session.gateway.auth(Method::Get, "user")).await
}

pub(crate) async fn update(
    session: &Arc<Session>,
    authorized: &Authorized,
    update: &UserUpdate,
) -> Result<User, ApiError> {
    let body = serde_json::to_value(update).unwrap_or(Value::Null);
    call(session, authorized, session.gateway.auth(Method::Put, "user").json(&body)).await
}

async fn call(session: &Arc<Session>, authorized: &Authorized, request: Request) -> Result<User, ApiError> {
    match as_user::try_send(session, authorized, request).await? {
        Ok(answer) => Ok(answer.user(session).await?),
        Err(fault) => Err(ApiError::Unexpected { code: fault.code }),
    }
}
