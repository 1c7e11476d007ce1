//! `GET /user` and `PUT /user`: what the server says of the user, and what the user changes about themselves.

use std::sync::Arc;

use serde_json::Value;

use crate::authorized::Authorized;
use crate::error::{ApiError, HttpError};
use crate::http::{Method, Request};
use crate::session::Session;
use crate::user::{User, UserUpdate};

pub(crate) async fn get(session: &Arc<Session>, authorized: &Authorized) -> Result<User, ApiError> {
    ask(session, authorized, session.gateway.auth(Method::Get, "user")).await
}

pub(crate) async fn update(
    session: &Arc<Session>,
    authorized: &Authorized,
    update: &UserUpdate,
) -> Result<User, ApiError> {
    let body = serde_json::to_value(update).unwrap_or(Value::Null);
    ask(session, authorized, session.gateway.auth(Method::Put, "user").json(&body)).await
}

async fn ask(session: &Arc<Session>, authorized: &Authorized, request: Request) -> Result<User, ApiError> {
    let (answer, bearer) = authorized.send_with(request).await?;
    let generation = bearer.version.generation;
    match answer {
        Ok(response) => {
            let user: User = serde_json::from_slice(&response.body).map_err(|_| HttpError::NotSupabase)?;
            session.describe(generation, user.clone()).await;
            Ok(user)
        }
        Err(fault) => match fault.ends_session() {
            // The Auth server itself, asked with this very session, says that it or its user is gone.
            Some(cause) => {
                session.end(generation, cause).await;
                Err(ApiError::SignedOut)
            }
            None => Err(ApiError::Unexpected { code: fault.code }),
        },
    }
}
