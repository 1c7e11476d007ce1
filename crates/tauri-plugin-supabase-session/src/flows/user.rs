//! What the server says of whoever is signed in.

use serde_json::{Value, json};
use supabase_session::{AssuranceLevel, Claims, User};

use crate::error::Error;
use crate::supabase::Supabase;

impl Supabase {
    /// Asks the server for the user who is signed in.
    ///
    /// # Errors
    /// Why it cannot be said.
    pub async fn get_user(&self) -> Result<User, Error> {
        Ok(self.client()?.get_user().await?)
    }

    /// The user who is signed in, as last described. Nothing is sent.
    ///
    /// # Errors
    /// [`Error::NotConnected`].
    pub async fn get_session(&self) -> Result<Option<User>, Error> {
        let state = self.client()?.restore().await;
        Ok(state.signed_in().map(|now| now.user.clone()))
    }

    /// The claims of the access token, verified.
    ///
    /// # Errors
    /// Why they cannot be verified.
    pub async fn get_claims(&self) -> Result<Claims, Error> {
        Ok(self.client()?.get_claims().await?)
    }
}

/// Claims as a page sees them, with the names that they have in the token.
pub(crate) fn claims_value(claims: Claims) -> Value {
    let methods = claims.amr.iter().map(|it| json!({ "method": it.method, "timestamp": it.timestamp }));
    let mut value = Value::Object(claims.other);
    value["sub"] = json!(claims.sub.to_string());
    value["session_id"] = json!(claims.session_id.map(|id| id.to_string()));
    value["aal"] = json!(if claims.aal == AssuranceLevel::Aal2 { "aal2" } else { "aal1" });
    value["amr"] = methods.collect();
    value["exp"] = json!(claims.exp);
    value["role"] = json!(claims.role);
    value["is_anonymous"] = json!(claims.is_anonymous);
    value["email"] = json!(claims.email);
    value
}
