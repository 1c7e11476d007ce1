//! Pending flows: what was begun and continues elsewhere (a mail, a browser), one slot each, in memory and in the
//! store. Which requests belong to a flow is decided in `auth/`.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use url::Url;
use uuid::Uuid;

use crate::clock::unix_seconds;
use crate::flows::pkce;
use crate::flows::redirect::Redirect;
use crate::random::Random;
use crate::secret::Secret;
use crate::user::User;

/// A flow is forgotten after this long. Mails are opened late; how long a code is good is the server's business
/// (its links live an hour by default, its codes 300 s).
pub const FLOW_LIFETIME: Duration = Duration::from_secs(3600);

/// More flows than this are not kept; the oldest gives way.
pub const FLOW_LIMIT: usize = 8;

/// Names a pending flow. It is derived from the nonce in the flow's link and does not give it away, so it may be
/// shown to a window.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FlowId(String);

/// A text that is no [`FlowId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not the id of a flow")]
pub struct FlowIdInvalid;

impl FlowId {
    /// The id of the flow with this nonce. Looking flows up by this hash takes the same time for every wrong nonce.
    pub(crate) fn of(nonce: &str) -> Self {
        let digest = Sha256::new().chain_update("supabase-session flow id\0").chain_update(nonce).finalize();
        Self(URL_SAFE_NO_PAD.encode(&digest[..16]))
    }

    /// The id of the flow whose nonce a link carries (`flow=` in its query), whether or not such a flow is pending.
    #[must_use]
    pub fn in_link(link: &Url) -> Option<Self> {
        let nonce = link.query_pairs().find(|(key, _)| key == "flow").map(|(_, nonce)| nonce)?;
        Some(Self::of(&nonce))
    }

    /// The id's text: 22 characters of base64url.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FlowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for FlowId {
    type Err = FlowIdInvalid;

    fn from_str(text: &str) -> Result<Self, FlowIdInvalid> {
        let valid =
            text.len() == 22 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if valid { Ok(Self(text.to_owned())) } else { Err(FlowIdInvalid) }
    }
}

/// What was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FlowKind {
    /// A new account, whose address has to be confirmed.
    SignUp,
    /// A link that signs in without a password.
    MagicLink,
    /// A link that signs in to choose a new password.
    Recovery,
    /// A new address for the signed-in user. [`PendingFlow::email`] is the new one.
    EmailChange,
    /// A sign-in through a provider, in the browser.
    #[serde(rename = "oauth")]
    OAuth,
    /// One more identity for the signed-in user, through a provider, in the browser.
    LinkIdentity,
}

impl FlowKind {
    /// Whether a flow of this kind signs somebody in, rather than changing the account of a signed-in user.
    pub(crate) fn signs_in(self) -> bool {
        match self {
            Self::SignUp | Self::MagicLink | Self::Recovery | Self::OAuth => true,
            Self::EmailChange | Self::LinkIdentity => false,
        }
    }
}

/// A pending flow, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingFlow {
    /// The flow's id.
    pub id: FlowId,
    /// What was begun.
    pub kind: FlowKind,
    /// Where the mail went; `None` for a sign-in through a provider.
    pub email: Option<String>,
    /// Who was signed in and began it, for what changes an account: it counts only while they are signed in, and is
    /// nobody else's business. `None` for what signs somebody in.
    pub owner: Option<Uuid>,
    /// When the last mail was sent, or the browser was opened.
    pub sent_at: SystemTime,
    /// The link is back and its code is being exchanged.
    pub exchanging: bool,
    /// Where its link leads back to, without the nonce (see [`Redirect`]). A program that waits on a loopback address
    /// binds its port again from this after a restart.
    pub redirect_to: Option<Url>,
}

/// A pending flow with its secrets, as it lies in its slot.
#[derive(Clone)]
pub(crate) struct Flow {
    pub(crate) id: FlowId,
    pub(crate) kind: FlowKind,
    pub(crate) email: Option<String>,
    /// Who was signed in and began it, for what changes an account.
    pub(crate) owner: Option<Uuid>,
    /// Where its link leads back to; a client that was built without such a place has flows that only a typed code
    /// completes.
    pub(crate) redirect: Option<Redirect>,
    pub(crate) nonce: Secret<String>,
    pub(crate) verifier: Secret<String>,
    pub(crate) sent_at: SystemTime,
    pub(crate) expires_at: SystemTime,
    /// Whether the server said that a mail is on its way. A flow whose request got no clear answer is kept without
    /// being shown: its mail may come after all.
    pub(crate) confirmed: bool,
    /// Its link or its code was refused as used before or too old. The address may be confirmed by now: something else
    /// (a mail scanner, a phone) may have opened the link.
    pub(crate) spent: bool,
}

/// The JSON in a slot. Times are seconds since 1970.
#[derive(Serialize, Deserialize)]
struct Slot {
    kind: FlowKind,
    email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    owner: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    redirect_to: Option<String>,
    /// Whether the link comes back without the nonce.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    bare: bool,
    nonce: String,
    code_verifier: String,
    sent_at: u64,
    expires_at: u64,
    confirmed: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    spent: bool,
}

impl Flow {
    pub(crate) fn begin(kind: FlowKind, email: Option<String>, now: SystemTime, random: &dyn Random) -> Self {
        let nonce = pkce::nonce(random);
        Self {
            id: FlowId::of(nonce.expose()),
            kind,
            email,
            owner: None,
            redirect: None,
            nonce,
            verifier: pkce::verifier(random),
            sent_at: now,
            expires_at: now + FLOW_LIFETIME,
            confirmed: false,
            spent: false,
        }
    }

    pub(crate) fn is_expired(&self, now: SystemTime) -> bool {
        now >= self.expires_at
    }

    /// Whether the mail of this flow makes the links of an older one worthless.
    pub(crate) fn replaces(&self, old: &Self) -> bool {
        let same = old.email == self.email || (self.owner.is_some() && old.owner == self.owner);
        old.kind == self.kind && same
    }

    pub(crate) fn visible(&self, exchanging: bool) -> PendingFlow {
        let Self { id, kind, email, owner, sent_at, redirect, .. } = self.clone();
        let redirect_to = redirect.map(|redirect| redirect.url().clone());
        PendingFlow { id, kind, email, owner, sent_at, exchanging, redirect_to }
    }

    /// Whether the links of this flow come back without its nonce (see [`Redirect::bare`]).
    pub(crate) fn is_bare(&self) -> bool {
        self.redirect.as_ref().is_some_and(|redirect| !redirect.carries_flow())
    }

    /// Whether its links begin with this base.
    pub(crate) fn leads_to(&self, redirect_base: &str) -> bool {
        self.redirect.as_ref().is_some_and(|redirect| redirect.base() == redirect_base)
    }

    /// Whether a sign-in by mail is this user's: they have the address that the mail went to (the server writes
    /// addresses in small letters). A provider's flow may bring in anybody; who a flow's owner is the session checks.
    pub(crate) fn is_for(&self, user: &User) -> bool {
        let lower = |email: &String| email.to_lowercase();
        let is_mail_to_anybody = self.owner.is_none() && self.email.is_some();
        !is_mail_to_anybody || user.email.as_ref().map(lower) == self.email.as_ref().map(lower)
    }

    /// The URL that the server is asked to lead the flow's link back to.
    pub(crate) fn back_to(&self) -> Option<Url> {
        self.redirect.as_ref().map(|redirect| redirect.for_flow(&self.nonce))
    }

    pub(crate) fn to_slot(&self) -> Result<Secret<String>, serde_json::Error> {
        let slot = Slot {
            kind: self.kind,
            email: self.email.clone(),
            owner: self.owner,
            redirect_to: self.redirect.as_ref().map(|redirect| redirect.url().to_string()),
            bare: self.is_bare(),
            nonce: self.nonce.expose().clone(),
            code_verifier: self.verifier.expose().clone(),
            sent_at: unix_seconds(self.sent_at),
            expires_at: unix_seconds(self.expires_at),
            confirmed: self.confirmed,
            spent: self.spent,
        };
        serde_json::to_string(&slot).map(Secret::from)
    }

    /// Reads a slot. A slot of a version that did not keep the redirect leads to `home`, as all links of that version
    /// did.
    pub(crate) fn from_slot(text: &Secret<String>, home: Option<&Redirect>) -> Option<Self> {
        let slot: Slot = serde_json::from_str(text.expose()).ok()?;
        let redirect = match slot.redirect_to.as_deref().map(Url::parse).transpose().ok()? {
            Some(url) if slot.bare => Some(Redirect::bare(url)),
            Some(url) => Some(Redirect::with_flow(url)),
            None => home.cloned(),
        };
        Some(Self {
            id: FlowId::of(&slot.nonce),
            kind: slot.kind,
            email: slot.email,
            owner: slot.owner,
            redirect,
            nonce: Secret::from(slot.nonce),
            verifier: Secret::from(slot.code_verifier),
            sent_at: UNIX_EPOCH.checked_add(Duration::from_secs(slot.sent_at))?,
            expires_at: UNIX_EPOCH.checked_add(Duration::from_secs(slot.expires_at))?,
            confirmed: slot.confirmed,
            spent: slot.spent,
        })
    }
}

impl fmt::Debug for Flow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Flow({}, {:?})", self.id, self.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandom;

    fn flow() -> Flow {
        let now = UNIX_EPOCH + Duration::from_secs(1_800_000_000);
        Flow::begin(FlowKind::SignUp, Some("ada@example.com".into()), now, &SystemRandom)
    }

    #[test]
    fn a_slot_gives_back_what_was_put_in() {
        let flow = flow();

        let again = Flow::from_slot(&flow.to_slot().unwrap(), None).unwrap();

        assert_eq!(again.id, flow.id);
        assert_eq!(again.nonce.expose(), flow.nonce.expose());
        assert_eq!(again.verifier.expose(), flow.verifier.expose());
        assert_eq!(again.visible(false), flow.visible(false));
        assert_eq!(again.expires_at, flow.expires_at);
    }

    #[test]
    fn a_slot_keeps_where_its_link_leads_and_an_old_one_leads_home() {
        let url: Url = "http://127.0.0.1:49152/auth/callback".parse().unwrap();
        let home = Redirect::with_flow("app.example.desktop://auth/callback".parse().unwrap());
        for redirect in [Redirect::bare(url.clone()), Redirect::with_flow(url)] {
            let slot = Flow { redirect: Some(redirect.clone()), ..flow() }.to_slot().unwrap();

            assert_eq!(Flow::from_slot(&slot, Some(&home)).unwrap().redirect, Some(redirect));
        }
        let old = flow().to_slot().unwrap();

        assert!(!old.expose().contains("redirect_to") && !old.expose().contains("bare"));
        assert_eq!(Flow::from_slot(&old, Some(&home)).unwrap().redirect, Some(home));
    }

    #[test]
    fn a_slot_keeps_that_its_link_is_spent_and_an_old_one_does_not_say_so() {
        let spent = Flow { spent: true, ..flow() }.to_slot().unwrap();
        let fresh = flow().to_slot().unwrap();

        assert!(Flow::from_slot(&spent, None).unwrap().spent);
        assert!(!fresh.expose().contains("spent"));
        assert!(!Flow::from_slot(&fresh, None).unwrap().spent);
    }

    #[test]
    fn a_link_names_its_flow_by_its_nonce() {
        let flow = flow();
        let id = |link: &str| FlowId::in_link(&link.parse().unwrap());

        let link = format!("app.foyer.desktop://auth/callback?code=c&flow={}", flow.nonce.expose());
        assert_eq!(id(&link), Some(flow.id));
        assert_eq!(id("app.foyer.desktop://auth/callback?code=c#flow=n"), None);
    }

    #[test]
    fn a_flow_expires_after_an_hour_and_not_before() {
        let flow = flow();

        assert!(!flow.is_expired(flow.sent_at + FLOW_LIFETIME - Duration::from_secs(1)));
        assert!(flow.is_expired(flow.sent_at + FLOW_LIFETIME));
    }

    #[test]
    fn the_id_does_not_give_the_nonce_away() {
        let flow = flow();

        assert!(!flow.nonce.expose().contains(flow.id.as_str()));
        assert_eq!(flow.id.as_str().parse::<FlowId>(), Ok(flow.id.clone()));
        assert_eq!("../../etc/passwd".parse::<FlowId>(), Err(FlowIdInvalid));
    }

    #[test]
    fn every_kind_keeps_its_name_in_the_slot() {
        let names = [
            (FlowKind::SignUp, "sign_up"),
            (FlowKind::MagicLink, "magic_link"),
            (FlowKind::Recovery, "recovery"),
            (FlowKind::EmailChange, "email_change"),
            (FlowKind::OAuth, "oauth"),
            (FlowKind::LinkIdentity, "link_identity"),
        ];
        for (kind, name) in names {
            let slot = Flow { kind, ..flow() }.to_slot().unwrap();

            assert!(slot.expose().contains(&format!(r#""kind":"{name}""#)), "{name}");
            assert_eq!(Flow::from_slot(&slot, None).unwrap().kind, kind);
        }
    }

    #[test]
    fn a_damaged_slot_is_none() {
        for text in ["", "{}", "null", r#"{"kind":"other"}"#] {
            assert!(Flow::from_slot(&Secret::from(text), None).is_none(), "{text}");
        }
    }
}
