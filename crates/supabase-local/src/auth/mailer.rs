//! The mails that prove an address: making their one-time token, rendering, delivering; and finding the
//! person behind a token that comes back.

use serde_json::json;
use sha2::{Digest, Sha224};
use time::{Duration, OffsetDateTime};

use super::error::AuthError;
use super::redirect;
use super::user_row::{User, stamp};
use crate::config::MailTemplate;
use crate::db::{DbError, Tx};
use crate::mail::{self, Fields, Mail};
use crate::server::App;

/// What marks a token whose link belongs to a PKCE flow.
const PKCE_PREFIX: &str = "pkce_";

/// A mail for when the project brings no template of its own.
const PLAIN: &str = "<p><a href=\"{{ .ConfirmationURL }}\">Open</a></p><p>{{ .Token }}</p>";

/// Why a mail is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Confirmation,
    MagicLink,
    Recovery,
}

impl Kind {
    /// The template's name in `config.toml`.
    fn template(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation",
            Self::MagicLink => "magic_link",
            Self::Recovery => "recovery",
        }
    }

    /// `type` in the mail's link.
    fn link_type(self) -> &'static str {
        match self {
            Self::Confirmation => "signup",
            Self::MagicLink => "magiclink",
            Self::Recovery => "recovery",
        }
    }

    /// Where the token lies: a magic link shares the column of recovery, as in the real server.
    fn column(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation",
            Self::MagicLink | Self::Recovery => "recovery",
        }
    }

    fn token_type(self) -> String {
        format!("{}_token", self.column())
    }

    /// When the person last got such a mail.
    fn sent_at(self, user: &User) -> Option<OffsetDateTime> {
        match self {
            Self::Confirmation => user.confirmation_sent_at,
            Self::MagicLink | Self::Recovery => user.recovery_sent_at,
        }
    }
}

/// Sends `user` a mail with a new token; an older token of the same kind is dead from now on.
///
/// # Errors
/// 429 when the last such mail is too young.
pub(super) fn send(
    tx: &mut Tx<'_>,
    app: &App,
    user: &mut User,
    kind: Kind,
    destination: &str,
    pkce: bool,
) -> Result<(), AuthError> {
    let now = app.clock.now();
    check_frequency(app, kind.sent_at(user), now)?;
    let code = app.random.digits(app.config.otp_length);
    let hash = token_hash(user.email(), &code);
    let hash = if pkce { format!("{PKCE_PREFIX}{hash}") } else { hash };
    remember(tx, app, user, kind, &hash, now)?;
    match kind {
        Kind::Confirmation => user.confirmation_sent_at = Some(now),
        Kind::MagicLink | Kind::Recovery => user.recovery_sent_at = Some(now),
    }
    mail::deliver(tx, &compose(app, user, kind, &code, &hash, destination, now))?;
    Ok(())
}

fn check_frequency(app: &App, sent_at: Option<OffsetDateTime>, now: OffsetDateTime) -> Result<(), AuthError> {
    let Some(sent_at) = sent_at else { return Ok(()) };
    let again_at = sent_at + Duration::seconds(app.config.mail_max_frequency_s);
    if again_at <= now {
        return Ok(());
    }
    let left = (again_at - now).whole_seconds();
    let message = format!("For security purposes, you can only request this after {left} seconds.");
    Err(AuthError::new(429, "over_email_send_rate_limit", message))
}

fn remember(
    tx: &mut Tx<'_>,
    app: &App,
    user: &User,
    kind: Kind,
    hash: &str,
    now: OffsetDateTime,
) -> Result<(), DbError> {
    let column = kind.column();
    tx.execute(
        &format!(
            "update auth.users set {column}_token = $2, {column}_sent_at = $3, updated_at = $3 where id = $1"
        ),
        &[json!(user.id), json!(hash), json!(stamp(now))],
    )?;
    tx.execute(
        "insert into auth.one_time_tokens (id, user_id, token_type, token_hash, relates_to, created_at, updated_at)
         values ($1, $2, $3::text::auth.one_time_token_type, $4, $5,
           $6::timestamptz at time zone 'utc', $6::timestamptz at time zone 'utc')
         on conflict (user_id, token_type) do update set token_hash = excluded.token_hash,
           relates_to = excluded.relates_to, updated_at = excluded.updated_at",
        &[
            json!(app.random.uuid()),
            json!(user.id),
            json!(kind.token_type()),
            json!(hash),
            json!(user.email()),
            json!(stamp(now)),
        ],
    )?;
    Ok(())
}

fn compose(
    app: &App,
    user: &User,
    kind: Kind,
    code: &str,
    hash: &str,
    destination: &str,
    now: OffsetDateTime,
) -> Mail {
    // The real server escapes the destination only when it holds one of these.
    let escaped = if destination.contains(['&', '=', '#']) {
        redirect::escape(destination)
    } else {
        destination.to_owned()
    };
    let (api, link_type) = (&app.api_url, kind.link_type());
    let link = format!("{api}/auth/v1/verify?token={hash}&type={link_type}&redirect_to={escaped}");
    let fields = Fields::from([
        ("ConfirmationURL", link.as_str()),
        ("Token", code),
        ("TokenHash", hash),
        ("RedirectTo", destination),
        ("SiteURL", &app.config.site_url),
        ("Email", user.email()),
        ("NewEmail", user.email_change.as_deref().unwrap_or_default()),
    ]);
    let fallback = MailTemplate { subject: "{{ .Token }}".into(), html: PLAIN.into() };
    let template = app.config.templates.get(kind.template()).unwrap_or(&fallback);
    let html = mail::render(&template.html, &fields);
    Mail {
        id: app.random.uuid(),
        to: user.email().to_owned(),
        subject: mail::render_text(&template.subject, &fields),
        sent_at: now,
        text: mail::plain_text(&html),
        html,
        link: Some(link.clone()),
        code: Some(code.to_owned()),
    }
}

/// The hash under which a code is kept and which a link carries.
fn token_hash(email: &str, code: &str) -> String {
    Sha224::digest(format!("{email}{code}")).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a link's token belongs to a PKCE flow.
pub(super) fn is_pkce(token: &str) -> bool {
    token.starts_with(PKCE_PREFIX)
}

/// The person to whom the token of one of `kinds` was sent, when it still lives.
pub(super) fn find_by_hash(
    tx: &mut Tx<'_>,
    app: &App,
    hash: &str,
    kinds: &[Kind],
) -> Result<Option<(User, Kind)>, DbError> {
    for kind in kinds {
        let user: Option<User> = tx.find(
            "select to_jsonb(u) as row from auth.users u join auth.one_time_tokens t on t.user_id = u.id
             where t.token_hash = $1 and t.token_type = $2::text::auth.one_time_token_type",
            &[json!(hash), json!(kind.token_type())],
        )?;
        if let Some(user) = user.filter(|user| lives(app, kind.sent_at(user))) {
            return Ok(Some((user, *kind)));
        }
    }
    Ok(None)
}

/// The person with this address, when `code` is the one that was last sent to it.
pub(super) fn find_by_code(
    tx: &mut Tx<'_>,
    app: &App,
    email: &str,
    code: &str,
    kinds: &[Kind],
) -> Result<Option<(User, Kind)>, DbError> {
    let hash = token_hash(email, code);
    match find_by_hash(tx, app, &hash, kinds)? {
        Some(found) => Ok(Some(found)),
        None => find_by_hash(tx, app, &format!("{PKCE_PREFIX}{hash}"), kinds),
    }
}

fn lives(app: &App, sent_at: Option<OffsetDateTime>) -> bool {
    let life = Duration::seconds(app.config.otp_expiry_s);
    sent_at.is_some_and(|sent_at| app.clock.now() <= sent_at + life)
}

/// Spends every token of the person: whoever came in by one has no use for the others.
pub(super) fn spend_tokens(tx: &mut Tx<'_>, user: &User) -> Result<(), DbError> {
    tx.execute("delete from auth.one_time_tokens where user_id = $1", &[json!(user.id)])?;
    tx.execute(
        "update auth.users set confirmation_token = '', recovery_token = '' where id = $1",
        &[json!(user.id)],
    )?;
    Ok(())
}
