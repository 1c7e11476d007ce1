//! What the access token says, told only once it is known to be genuine: by the project's keys, or else by the server.

use std::sync::Arc;
use std::time::UNIX_EPOCH;

use crate::auth::as_user;
use crate::error::ClaimsError;
use crate::http::transport::Method;
use crate::jwks::Keys;
use crate::jwks::check::Check;
use crate::session::Session;
use crate::session::authorized::{Authorized, Unsent};
use crate::session::claims::Claims;
use crate::session::tokens::Bearer;
use crate::user::User;

pub(crate) async fn get(
    session: &Arc<Session>,
    authorized: &Authorized,
    keys: &Keys,
) -> Result<Claims, ClaimsError> {
    let tokens = &authorized.tokens;
    let mut bearer = tokens.bearer().await.map_err(Unsent::from)?;
    // A token may end earlier than its session says (a store that somebody wrote into): one more then.
    for last in [false, true] {
        match keys.check(&bearer.token).await? {
            Check::CannotTell => return by_server(session, authorized).await,
            Check::Forged => return Err(ClaimsError::NotGenuine),
            Check::Signed => {}
        }
        let claims = Claims::read(&bearer.token).ok_or(ClaimsError::NotGenuine)?;
        if claims.exp > server_now(session, &bearer) {
            session.vouch(bearer.version.generation, &claims);
            return Ok(claims);
        }
        if !last {
            bearer = tokens.replace(&bearer).await.map_err(Unsent::from)?;
        }
    }
    Err(ClaimsError::NotGenuine)
}

/// The server takes the token, so it is genuine; and it says whose it is.
async fn by_server(session: &Arc<Session>, authorized: &Authorized) -> Result<Claims, ClaimsError> {
    let answer = match as_user::send(session, authorized, session.gateway.auth(Method::Get, "user")).await? {
        Ok(answer) => answer,
        Err(fault) => return Err(ClaimsError::Unexpected { code: fault.code }),
    };
    let token = answer.token.clone();
    let user: User = answer.user(session).await?;
    Claims::read(&token).filter(|claims| claims.sub == user.id).ok_or(ClaimsError::NotGenuine)
}

/// By the server's clock, as far as it is known.
fn server_now(session: &Session, bearer: &Bearer) -> u64 {
    let now = session.gateway.clock.moment();
    let held = session.held().filter(|held| held.version == bearer.version);
    let wall = || now.wall.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    held.map_or_else(wall, |held| held.tokens.server_now(now))
}
