//! The mails that prove an address: making the one-time token, rendering and delivering the mail, and finding the person
//! whom a token was sent to.

use data_encoding::HEXLOWER;
use serde_json::json;
use sha2::{Digest, Sha224};
use time::{Duration, OffsetDateTime};

use super::error::AuthError;
use super::redirect;
use super::user_row::User;
use crate::config::MailTemplate;
use crate::db::{DbError, Tx};
use crate::mail::{self, Fields, Mail};
use crate::state::App;
use crate::timestamp::rfc3339;

/// The prefix of a token whose link belongs to a PKCE flow.
const PKCE_PREFIX: &str = "pkce_";

/// The HTML of a mail where the project has no template of its own.
const PLAIN: &str = "<p><a href=\"{{ .ConfirmationURL }}\">Open</a></p><p>{{ .Token }}</p>";

/// Why a mail is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Confirmation,
    Invite,
    MagicLink,
    Recovery,
    /// To the new address.
    EmailChangeNew,
    /// To the present address, where both mailboxes have to confirm.
    EmailChangeCurrent,
    Reauthentication,
}

impl Kind {
    /// The template's name in `config.toml`.
    fn template(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation",
            Self::Invite => "invite",
            Self::MagicLink => "magic_link",
            Self::Recovery => "recovery",
            Self::EmailChangeNew | Self::EmailChangeCurrent => "email_change",
            Self::Reauthentication => "reauthentication",
        }
    }

    /// The parameter `type` of the mail's link. A mail with a nonce has no link.
    fn link_type(self) -> Option<&'static str> {
        match self {
            Self::Confirmation => Some("signup"),
            Self::Invite => Some("invite"),
            Self::MagicLink => Some("magiclink"),
            Self::Recovery => Some("recovery"),
            Self::EmailChangeNew | Self::EmailChangeCurrent => Some("email_change"),
            Self::Reauthentication => None,
        }
    }

    /// The column of the token in `auth.users`, which is also its type in `auth.one_time_tokens`. An invitation shares
    /// the column of a confirmation and a magic link that of a recovery, as on the real server.
    fn token_column(self) -> &'static str {
        match self {
            Self::Confirmation | Self::Invite => "confirmation_token",
            Self::MagicLink | Self::Recovery => "recovery_token",
            Self::EmailChangeNew => "email_change_token_new",
            Self::EmailChangeCurrent => "email_change_token_current",
            Self::Reauthentication => "reauthentication_token",
        }
    }

    fn sent_at_column(self) -> &'static str {
        match self {
            Self::Confirmation | Self::Invite => "confirmation_sent_at",
            Self::MagicLink | Self::Recovery => "recovery_sent_at",
            Self::EmailChangeNew | Self::EmailChangeCurrent => "email_change_sent_at",
            Self::Reauthentication => "reauthentication_sent_at",
        }
    }

    /// When the last mail of this kind was sent to the person.
    fn sent_at(self, user: &mut User) -> &mut Option<OffsetDateTime> {
        match self {
            Self::Confirmation | Self::Invite => &mut user.confirmation_sent_at,
            Self::MagicLink | Self::Recovery => &mut user.recovery_sent_at,
            Self::EmailChangeNew | Self::EmailChangeCurrent => &mut user.email_change_sent_at,
            Self::Reauthentication => &mut user.reauthentication_sent_at,
        }
    }

    /// The address that the mail goes to.
    fn recipient(self, user: &User) -> &str {
        match self {
            Self::EmailChangeNew => user.email_change.as_deref().unwrap_or_default(),
            _ => user.email(),
        }
    }
}

/// A one-time token in its three forms: the code to type, the hash in a link, and the link.
pub(super) struct OneTimeToken {
    pub(super) code: String,
    pub(super) hash: String,
    pub(super) link: Option<String>,
}

/// Sends `user` a mail of `kind` with a new token, which replaces the older token of the same kind.
///
/// # Errors
/// 429, when the last mail of this kind is too recent.
pub(super) fn send(
    tx: &mut Tx<'_>,
    app: &App,
    user: &mut User,
    kind: Kind,
    destination: &str,
    pkce: bool,
) -> Result<(), AuthError> {
    check_frequency(app, user, kind)?;
    send_unchecked(tx, app, user, kind, destination, pkce)?;
    Ok(())
}

/// [`send`] without the check of how recent the last mail is.
pub(super) fn send_unchecked(
    tx: &mut Tx<'_>,
    app: &App,
    user: &mut User,
    kind: Kind,
    destination: &str,
    pkce: bool,
) -> Result<(), DbError> {
    let token = issue(tx, app, user, kind, destination, pkce)?;
    mail::deliver(tx, &compose(app, user, kind, &token, destination))
}

/// Makes and stores a token of `kind` for `user`, without a mail.
pub(super) fn issue(
    tx: &mut Tx<'_>,
    app: &App,
    user: &mut User,
    kind: Kind,
    destination: &str,
    pkce: bool,
) -> Result<OneTimeToken, DbError> {
    let code = app.random.digits(app.config.otp_length);
    let hash = token_hash(kind.recipient(user), &code);
    let hash = if pkce { format!("{PKCE_PREFIX}{hash}") } else { hash };
    store(tx, app, user, kind, &hash)?;
    *kind.sent_at(user) = Some(app.clock.now());
    let link = kind.link_type().map(|link_type| {
        // The real server escapes the destination only when it holds one of these.
        let escaped = if destination.contains(['&', '=', '#']) {
            redirect::escape(destination)
        } else {
            destination.to_owned()
        };
        format!("{}/auth/v1/verify?token={hash}&type={link_type}&redirect_to={escaped}", app.api_url)
    });
    Ok(OneTimeToken { code, hash, link })
}

/// Refuses when the last mail of `kind` to `user` is too recent.
pub(super) fn check_frequency(app: &App, user: &mut User, kind: Kind) -> Result<(), AuthError> {
    let Some(sent_at) = *kind.sent_at(user) else { return Ok(()) };
    let now = app.clock.now();
    let again_at = sent_at + Duration::seconds(app.config.mail_max_frequency_s);
    if again_at <= now {
        return Ok(());
    }
    let left = (again_at - now).whole_seconds();
    let message = format!("For security purposes, you can only request this after {left} seconds.");
    Err(AuthError::new(429, "over_email_send_rate_limit", message))
}

fn store(tx: &mut Tx<'_>, app: &App, user: &User, kind: Kind, hash: &str) -> Result<(), DbError> {
    let (token, sent_at) = (kind.token_column(), kind.sent_at_column());
    let now = rfc3339(app.clock.now());
    tx.execute(
        &format!("update auth.users set {token} = $2, {sent_at} = $3, updated_at = $3 where id = $1"),
        &[json!(user.id), json!(hash), json!(now)],
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
            json!(token),
            json!(hash),
            json!(kind.recipient(user)),
            json!(now),
        ],
    )?;
    Ok(())
}

fn compose(app: &App, user: &User, kind: Kind, token: &OneTimeToken, destination: &str) -> Mail {
    let mut fields = Fields::from([
        ("Token", token.code.as_str()),
        ("SiteURL", &app.config.site_url),
        ("Email", user.email()),
        ("NewEmail", user.email_change.as_deref().unwrap_or_default()),
    ]);
    if let Some(link) = &token.link {
        fields.extend([
            ("ConfirmationURL", link.as_str()),
            ("TokenHash", token.hash.as_str()),
            ("RedirectTo", destination),
        ]);
    }
    let fallback = MailTemplate { subject: "{{ .Token }}".into(), html: PLAIN.into() };
    let template = app.config.templates.get(kind.template()).unwrap_or(&fallback);
    let html = mail::render(&template.html, &fields);
    Mail {
        id: app.random.uuid(),
        to: kind.recipient(user).to_owned(),
        subject: mail::render_text(&template.subject, &fields),
        sent_at: app.clock.now(),
        text: mail::plain_text(&html),
        html,
        link: token.link.clone(),
        code: Some(token.code.clone()),
    }
}

/// The hash of a code: what the database stores and a link carries.
fn token_hash(email: &str, code: &str) -> String {
    HEXLOWER.encode(&Sha224::digest(format!("{email}{code}")))
}

/// Whether a link's token belongs to a PKCE flow.
pub(super) fn is_pkce(token: &str) -> bool {
    token.starts_with(PKCE_PREFIX)
}

/// The person to whom this token of one of `kinds` was sent, while the token is valid.
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
            &[json!(hash), json!(kind.token_column())],
        )?;
        if let Some(mut user) = user
            && is_alive(app, *kind.sent_at(&mut user))
        {
            return Ok(Some((user, *kind)));
        }
    }
    Ok(None)
}

/// The person with this address, when `code` is the last code of one of `kinds` that was sent to the address.
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

fn is_alive(app: &App, sent_at: Option<OffsetDateTime>) -> bool {
    let life = Duration::seconds(app.config.otp_expiry_s);
    sent_at.is_some_and(|sent_at| app.clock.now() <= sent_at + life)
}

/// Consumes the nonce of a reauthentication. Answers whether `nonce` was the last one mailed to the person.
pub(super) fn consume_nonce(tx: &mut Tx<'_>, app: &App, user: &User, nonce: &str) -> Result<bool, DbError> {
    let found = find_by_code(tx, app, user.email(), nonce, &[Kind::Reauthentication])?;
    if found.is_none_or(|(found, _)| found.id != user.id) {
        return Ok(false);
    }
    consume_token(tx, user, Kind::Reauthentication)?;
    Ok(true)
}

/// Deletes the person's token of `kind`.
pub(super) fn consume_token(tx: &mut Tx<'_>, user: &User, kind: Kind) -> Result<(), DbError> {
    let column = kind.token_column();
    tx.execute(
        "delete from auth.one_time_tokens
         where user_id = $1 and token_type = $2::text::auth.one_time_token_type",
        &[json!(user.id), json!(column)],
    )?;
    tx.execute(&format!("update auth.users set {column} = '' where id = $1"), &[json!(user.id)])?;
    Ok(())
}

/// Deletes every token of the person, after one of them was used.
pub(super) fn consume_tokens(tx: &mut Tx<'_>, user: &User) -> Result<(), DbError> {
    tx.execute("delete from auth.one_time_tokens where user_id = $1", &[json!(user.id)])?;
    tx.execute(
        "update auth.users set confirmation_token = '', recovery_token = '', email_change_token_new = '',
           email_change_token_current = '', reauthentication_token = '' where id = $1",
        &[json!(user.id)],
    )?;
    Ok(())
}
