//! Which person signs in with a provider's account: the one with that identity, else the one with the account's address,
//! else a new one. The address counts only when the provider has verified it, or where the project confirms addresses
//! without a mail.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::error::AuthError;
use super::mailer::{self, Kind};
use super::signup;
use super::user_row::{NewUser, User};
use crate::db::{DbError, Tx};
use crate::provider::{self, Account};
use crate::state::App;
use crate::timestamp::rfc3339;

/// What the provider says about the owner of an account.
pub(super) struct ProviderProfile<'a> {
    provider: &'a str,
    email: &'a str,
    verified: bool,
    claims: Map<String, Value>,
}

impl<'a> ProviderProfile<'a> {
    pub(super) fn new(app: &App, provider: &'a str, account: &'a Account) -> Self {
        let id = account.id.to_string();
        let claims = [
            ("avatar_url", json!(provider::picture_url(app))),
            ("email", json!(account.email)),
            ("email_verified", json!(account.email_verified)),
            ("full_name", json!(account.name)),
            ("iss", json!(format!("{}/api/v3", provider::address(app)))),
            ("name", json!(account.name)),
            ("phone_verified", json!(false)),
            ("preferred_username", json!(account.login)),
            ("provider_id", json!(id)),
            ("sub", json!(id)),
            ("user_name", json!(account.login)),
        ];
        Self {
            provider,
            email: &account.email,
            verified: account.email_verified,
            claims: claims.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        }
    }

    /// The person who signs in, found or made.
    ///
    /// The outer refusal rolls the transaction back; the inner one keeps what was written, as a mail was sent by which
    /// the person can confirm their address.
    pub(super) fn sign_in(&self, tx: &mut Tx<'_>, app: &App) -> Result<Result<User, AuthError>, AuthError> {
        let counts = self.verified || app.config.autoconfirm;
        let by_address = User::by_email(tx, self.email)?;
        let mut user = match (self.owner(tx)?, by_address) {
            (Some(user), _) => self.update_identity(tx, app, &user)?,
            (None, Some(user)) if counts => self.link_by_email(tx, app, &user)?,
            (None, Some(_)) => return Err(self.unverified_email("Verify the email with")),
            (None, None) => self.create(tx, app)?,
        };
        if user.is_banned(app.clock.now()) {
            return Err(AuthError::new(403, "user_banned", "User is banned"));
        }
        if user.email_confirmed_at.is_none() && !counts {
            mailer::send(tx, app, &mut user, Kind::Confirmation, &app.config.site_url, false)?;
            return Ok(Err(self.unverified_email("A confirmation email has been sent to your")));
        }
        if user.email_confirmed_at.is_none() {
            user.confirm_email(tx, app.clock.now())?;
        }
        Ok(Ok(user.reload(tx)?))
    }

    /// Adds the identity to the person `target`, who asked for the link while signed in.
    ///
    /// # Errors
    /// 422, when the identity is linked already; 404, when the person does not exist any more.
    pub(super) fn link_identity(&self, tx: &mut Tx<'_>, app: &App, target: Uuid) -> Result<User, AuthError> {
        let gone = || AuthError::new(404, "user_not_found", "User not found");
        let exists = |message: &'static str| AuthError::new(422, "identity_already_exists", message);
        match self.owner(tx)? {
            Some(owner) if owner.id == target => return Err(exists("Identity is already linked")),
            Some(_) => return Err(exists("Identity is already linked to another user")),
            None => {}
        }
        let mut user = User::by_id(tx, target)?.ok_or_else(gone)?;
        user.add_identity(tx, app.random.uuid(), self.provider, &self.claims, app.clock.now())?;
        if user.email().is_empty() && self.verified && User::by_email(tx, self.email)?.is_none() {
            tx.execute(
                "update auth.users set email = $2, is_anonymous = false where id = $1",
                &[json!(user.id), json!(self.email)],
            )?;
            user.confirm_email(tx, app.clock.now())?;
        }
        user.record_providers(tx)?;
        Ok(user.reload(tx)?)
    }

    /// The person who has this account of the provider as an identity.
    fn owner(&self, tx: &mut Tx<'_>) -> Result<Option<User>, DbError> {
        tx.find(
            "select to_jsonb(u) as row from auth.users u join auth.identities i on i.user_id = u.id
             where i.provider = $1 and i.provider_id = $2",
            &[json!(self.provider), self.claims["sub"].clone()],
        )
    }

    fn update_identity(&self, tx: &mut Tx<'_>, app: &App, user: &User) -> Result<User, AuthError> {
        tx.execute(
            "update auth.identities set identity_data = $3::jsonb, last_sign_in_at = $4, updated_at = $4
             where provider = $1 and provider_id = $2",
            &[
                json!(self.provider),
                self.claims["sub"].clone(),
                json!(self.claims),
                json!(rfc3339(app.clock.now())),
            ],
        )?;
        self.merge_claims(tx, user)
    }

    /// Adds the identity to `user`, whose address counts as that of the account. When `user` never confirmed the address,
    /// another person may have signed up with it: then the password, the other identities and the metadata are removed.
    fn link_by_email(&self, tx: &mut Tx<'_>, app: &App, user: &User) -> Result<User, AuthError> {
        if user.email_confirmed_at.is_none() {
            tx.execute("delete from auth.identities where user_id = $1", &[json!(user.id)])?;
            tx.execute(
                "update auth.users set encrypted_password = null, raw_user_meta_data = '{}' where id = $1",
                &[json!(user.id)],
            )?;
            mailer::consume_tokens(tx, user)?;
        }
        user.add_identity(tx, app.random.uuid(), self.provider, &self.claims, app.clock.now())?;
        user.record_providers(tx)?;
        self.merge_claims(tx, user)
    }

    fn create(&self, tx: &mut Tx<'_>, app: &App) -> Result<User, AuthError> {
        signup::check_enabled(app)?;
        let now = app.clock.now();
        let new = NewUser {
            id: app.random.uuid(),
            email: Some(self.email),
            encrypted_password: None,
            app_metadata: json!({ "provider": self.provider, "providers": [self.provider] }),
            user_metadata: json!(self.claims),
            is_anonymous: false,
            now,
        };
        let user = User::insert(tx, &new)?;
        user.add_identity(tx, app.random.uuid(), self.provider, &self.claims, now)?;
        Ok(user)
    }

    /// Adds the provider's claims to the person's metadata.
    fn merge_claims(&self, tx: &mut Tx<'_>, user: &User) -> Result<User, AuthError> {
        tx.execute(
            "update auth.users set raw_user_meta_data = coalesce(raw_user_meta_data, '{}') || $2::jsonb
             where id = $1",
            &[json!(user.id), json!(self.claims)],
        )?;
        Ok(user.reload(tx)?)
    }

    fn unverified_email(&self, what_now: &str) -> AuthError {
        let provider = self.provider;
        let end = if what_now.starts_with("Verify") {
            format!("{what_now} {provider} in order to sign in")
        } else {
            format!("{what_now} {provider} email")
        };
        let message = format!("Unverified email with {provider}. {end}");
        AuthError::new(403, "provider_email_needs_verification", message)
    }
}
