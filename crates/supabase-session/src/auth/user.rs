//! `GET /user` and `PUT /user`: what the server says of the user, and what the user changes about themselves.

use serde_json::Value;

use crate::auth::as_user;
use crate::client::Client;
use crate::error::ApiError;
use crate::http::transport::{Method, Request};
use crate::shared::spawn_to_completion;
use crate::user::{User, UserUpdate};

impl Client {
    /// Asks the server who is signed in. An answer makes the state's user `verified`.
    ///
    /// # Errors
    /// See [`ApiError`]. When the server says that the session or its user is gone, the session has ended.
    #[doc(alias = "getUser")]
    pub async fn get_user(&self) -> Result<User, ApiError> {
        let client = self.clone();
        spawn_to_completion(async move { get(&client).await }).await
    }

    /// Changes what the user may change about themselves.
    ///
    /// # Errors
    /// See [`ApiError`].
    #[doc(alias = "updateUser")]
    pub async fn update_user(&self, changes: UserUpdate) -> Result<User, ApiError> {
        let client = self.clone();
        spawn_to_completion(async move { update(&client, &changes).await }).await
    }
}

pub(crate) async fn get(client: &Client) -> Result<User, ApiError> {
    call(client, client.inner.gateway.auth(Method::Get, "user")).await
}

async fn update(client: &Client, update: &UserUpdate) -> Result<User, ApiError> {
    let body = serde_json::to_value(update).unwrap_or(Value::Null);
    call(client, client.inner.gateway.auth(Method::Put, "user").json(&body)).await
}

async fn call(client: &Client, request: Request) -> Result<User, ApiError> {
    match as_user::try_send(client, request).await? {
        Ok(answer) => Ok(answer.user(&client.inner.session).await?),
        Err(fault) => Err(ApiError::Unexpected { code: fault.code }),
    }
}
