//! `/factors`: a second factor by the codes of an authenticator app (TOTP). A session in which a code was right has the
//! level `aal2`. Once a person has a verified factor, changes to how they sign in need that level. Anonymous people have no
//! factors.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::caller::{self, Caller};
use super::error::AuthError;
use super::factor::Factor;
use super::{assurance, params, totp};
use crate::db::{DbError, Tx};
use crate::state::App;
use crate::timestamp::rfc3339;

/// How long a challenge can be answered: five minutes, the real server's default.
const CHALLENGE_LIFE: Duration = Duration::seconds(300);

/// How long a factor that was begun is kept for its first challenge: the real server's default.
const ENROLMENT_LIFE: Duration = Duration::seconds(300);

/// How many factors a person may have. The real server's default.
const MOST_FACTORS: usize = 10;

/// The IP address of every caller: this server answers its own machine only.
const CALLERS_ADDRESS: &str = "127.0.0.1";

impl Caller {
    /// Whether the caller has a verified factor that was not used in this session.
    pub(super) fn needs_aal2(&self, tx: &mut Tx<'_>) -> Result<bool, DbError> {
        let protected = Factor::of(tx, self.user.id)?.iter().any(Factor::is_verified);
        Ok(protected && !self.has_aal2(tx)?)
    }

    fn has_aal2(&self, tx: &mut Tx<'_>) -> Result<bool, DbError> {
        let sql = "select true from auth.sessions where id = $1 and aal >= 'aal2'";
        Ok(tx.find::<bool>(sql, &[json!(self.session)])?.is_some())
    }
}

#[derive(Debug, Deserialize)]
struct Enrolment {
    #[serde(default)]
    factor_type: String,
    #[serde(default)]
    friendly_name: String,
    #[serde(default)]
    issuer: String,
}

/// `POST /factors`: a new factor. It protects the account once a code of it was verified.
pub(super) async fn enrol(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, AuthError> {
    let claims = caller::permanent_claims(&app, &headers)?;
    let wanted: Enrolment = params::json(&body)?;
    if wanted.factor_type != "totp" {
        return Err(AuthError::invalid("factor_type needs to be totp, phone, or webauthn"));
    }
    app.transact(move |tx, app| {
        let caller = Caller::load(tx, app, &claims)?;
        check_enrolment(tx, app, &caller, &wanted)?;
        let (id, secret) = (app.random.uuid(), totp::new_secret(app.random.as_ref()));
        tx.execute(
            "insert into auth.mfa_factors
               (id, user_id, friendly_name, factor_type, status, secret, created_at, updated_at)
             values ($1, $2, $3, 'totp', 'unverified', $4, $5, $5)",
            &[
                json!(id),
                json!(caller.user.id),
                json!(wanted.friendly_name),
                json!(secret),
                json!(rfc3339(app.clock.now())),
            ],
        )?;
        let issuer = if wanted.issuer.is_empty() { site_host(app) } else { wanted.issuer };
        let uri = totp::uri(&issuer, caller.user.email(), &secret);
        let qr_code = totp::qr_svg(&uri).ok_or_else(|| AuthError::invalid("issuer is too long"))?;
        Ok(Json(json!({
            "id": id,
            "type": "totp",
            "friendly_name": wanted.friendly_name,
            "totp": { "qr_code": qr_code, "secret": secret, "uri": uri },
        })))
    })
    .await
}

fn check_enrolment(tx: &mut Tx<'_>, app: &App, caller: &Caller, wanted: &Enrolment) -> Result<(), AuthError> {
    Factor::delete_abandoned(tx, app.clock.now() - ENROLMENT_LIFE)?;
    let factors = Factor::of(tx, caller.user.id)?;
    // A factor without a name has the empty one, which is taken by the first of them.
    let name = wanted.friendly_name.as_str();
    if factors.iter().any(|factor| factor.friendly_name.as_deref().unwrap_or_default() == name) {
        let message = format!("A factor with the friendly name \"{name}\" for this user already exists");
        return Err(AuthError::new(422, "mfa_factor_name_conflict", message));
    }
    if factors.len() >= MOST_FACTORS {
        let message = "Maximum number of verified factors reached, unenroll to continue";
        return Err(AuthError::new(422, "too_many_enrolled_mfa_factors", message));
    }
    if caller.needs_aal2(tx)? {
        return Err(AuthError::new(403, "insufficient_aal", "AAL2 required to enroll a new factor"));
    }
    Ok(())
}

fn site_host(app: &App) -> String {
    let host = url::Url::parse(&app.config.site_url).ok();
    host.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_else(|| "localhost".into())
}

/// `POST /factors/{id}/challenge`: begins a challenge, for which a code can be tried during [`CHALLENGE_LIFE`].
pub(super) async fn challenge(
    State(app): State<Arc<App>>,
    Path(factor): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, AuthError> {
    let claims = caller::permanent_claims(&app, &headers)?;
    app.transact(move |tx, app| {
        let caller = Caller::load(tx, app, &claims)?;
        let factor = Factor::find(tx, caller.user.id, &factor)?;
        let (id, now) = (app.random.uuid(), app.clock.now());
        tx.execute(
            "insert into auth.mfa_challenges (id, factor_id, created_at, ip_address)
             values ($1, $2, $3, $4::text::inet)",
            &[json!(id), json!(factor.id), json!(rfc3339(now)), json!(CALLERS_ADDRESS)],
        )?;
        let sql = "update auth.mfa_factors set last_challenged_at = $2 where id = $1";
        tx.execute(sql, &[json!(factor.id), json!(rfc3339(now))])?;
        let expires_at = (now + CHALLENGE_LIFE).unix_timestamp();
        Ok(Json(json!({ "id": id, "type": factor.factor_type, "expires_at": expires_at })))
    })
    .await
}

#[derive(Debug, Deserialize)]
struct Attempt {
    #[serde(default)]
    challenge_id: String,
    #[serde(default)]
    code: String,
}

/// `POST /factors/{id}/verify`: a right code raises the session to `aal2`, ends the person's other sessions that are lower
/// and deletes their other factors that were only begun.
pub(super) async fn verify(
    State(app): State<Arc<App>>,
    Path(factor): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, AuthError> {
    let claims = caller::permanent_claims(&app, &headers)?;
    let attempt: Attempt = params::json(&body)?;
    app.transact(move |tx, app| {
        let Caller { user, session } = Caller::load(tx, app, &claims)?;
        let factor = Factor::find(tx, user.id, &factor)?;
        let challenge = open_challenge(tx, app, &factor, &attempt.challenge_id)?;
        let now = app.clock.now();
        let secret = factor.secret.as_deref().unwrap_or_default();
        if !totp::verify(secret, &attempt.code, now.unix_timestamp()) {
            let message = "Invalid TOTP code entered";
            return Err(AuthError::new(422, "mfa_verification_failed", message));
        }
        let sql = "update auth.mfa_challenges set verified_at = $2 where id = $1";
        tx.execute(sql, &[json!(challenge), json!(rfc3339(now))])?;
        tx.execute(
            "update auth.mfa_factors set status = 'verified', updated_at = $2
             where id = $1 and status <> 'verified'",
            &[json!(factor.id), json!(rfc3339(now))],
        )?;
        let session = session.ok_or_else(|| AuthError::new(403, "session_not_found", "Session not found"))?;
        let answer = assurance::raise(tx, app, &user, session, factor.id)?;
        // After the answer was made, as on the real server: it still lists them.
        Factor::delete_unverified(tx, user.id, &factor.factor_type)?;
        Ok(Json(answer))
    })
    .await
}

/// The id of the challenge `id` of `factor`.
///
/// # Errors
/// 404, when there is no such challenge; 422, when it was answered before or is too old.
fn open_challenge(tx: &mut Tx<'_>, app: &App, factor: &Factor, id: &str) -> Result<Uuid, AuthError> {
    #[derive(Deserialize)]
    struct Challenge {
        id: Uuid,
        #[serde(with = "time::serde::rfc3339")]
        created_at: OffsetDateTime,
        #[serde(with = "time::serde::rfc3339::option")]
        verified_at: Option<OffsetDateTime>,
    }
    let message = "MFA factor with the provided challenge ID not found";
    let gone = || AuthError::new(404, "mfa_factor_not_found", message);
    let id = Uuid::parse_str(id).map_err(|_| gone())?;
    let sql = "select to_jsonb(c) as row from auth.mfa_challenges c where c.id = $1 and c.factor_id = $2";
    let challenge: Challenge = tx.find(sql, &[json!(id), json!(factor.id)])?.ok_or_else(gone)?;
    if challenge.verified_at.is_some() {
        // The real server has the same sentence for a challenge that was answered before.
        let message = "Challenge and verify IP addresses mismatch.";
        return Err(AuthError::new(422, "mfa_ip_address_mismatch", message));
    }
    if app.clock.now() > challenge.created_at + CHALLENGE_LIFE {
        let message = format!(
            "MFA challenge {} has expired, verify against another challenge or create a new challenge.",
            challenge.id
        );
        return Err(AuthError::new(422, "mfa_challenge_expired", message));
    }
    Ok(challenge.id)
}

/// `DELETE /factors/{id}`. Removing a verified factor needs a session of the level `aal2`.
pub(super) async fn unenrol(
    State(app): State<Arc<App>>,
    Path(factor): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, AuthError> {
    let claims = caller::permanent_claims(&app, &headers)?;
    app.transact(move |tx, app| {
        let caller = Caller::load(tx, app, &claims)?;
        let factor = Factor::find(tx, caller.user.id, &factor)?;
        if factor.is_verified() && !caller.has_aal2(tx)? {
            let message = "AAL2 required to unenroll verified factor";
            return Err(AuthError::new(422, "insufficient_aal", message));
        }
        tx.execute("delete from auth.mfa_factors where id = $1", &[json!(factor.id)])?;
        assurance::lower(tx, app, factor.id)?;
        Ok(Json(json!({ "id": factor.id })))
    })
    .await
}
