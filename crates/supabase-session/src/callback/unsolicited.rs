//! A link that nobody here asked for (an invitation, a link made by an admin): held in memory until the person has
//! said that they want what it does. Nothing is sent from here.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, Weak};
use std::time::Duration;

use crate::expiry::{Expiry, Moment};
use crate::flows::verify_kind::VerifyKind;
use crate::lock::lock;
use crate::secret::Secret;
use crate::session::tokens::LinkTokens;

/// A link that nobody here asked for is forgotten after this long.
pub const UNSOLICITED_LINK_LIFETIME: Duration = Duration::from_secs(600);

/// A link that nobody here asked for and that would sign somebody in. It does nothing by itself: show whom it signs
/// in ([`Client::inspect`](crate::Client::inspect)), ask, then [`Client::accept`](crate::Client::accept). When it is
/// dropped, accepted, followed by another or [`UNSOLICITED_LINK_LIFETIME`] old, what it holds is wiped.
///
/// Whoever makes somebody open a link could sign them into an account that is not theirs, so it must never be
/// accepted silently. Clones are the same link.
#[derive(Clone)]
pub struct UnsolicitedLink {
    slot: Arc<Slot>,
}

struct Slot {
    kind: Option<VerifyKind>,
    expiry: Expiry,
    proof: Mutex<Option<LinkProof>>,
}

/// The newest link that nobody here asked for. This does not keep the link alive.
#[derive(Default)]
pub(crate) struct LastUnsolicitedLink(Mutex<Weak<Slot>>);

/// What a link that nobody here asked for carries.
#[derive(Clone)]
pub(crate) enum LinkProof {
    /// The session itself (implicit flow).
    Tokens(LinkTokens),
    /// A hash that the server takes once.
    Hash(VerifyKind, Secret<String>),
}

impl UnsolicitedLink {
    pub(crate) fn new(proof: LinkProof, now: Moment) -> Self {
        let kind = match &proof {
            LinkProof::Tokens(tokens) => tokens.kind,
            LinkProof::Hash(kind, _) => Some(*kind),
        };
        let expiry = Expiry::new(UNSOLICITED_LINK_LIFETIME, now);
        Self { slot: Arc::new(Slot { kind, expiry, proof: Mutex::new(Some(proof)) }) }
    }

    /// What the link says that it is for; `None` when it does not say.
    #[must_use]
    pub fn kind(&self) -> Option<VerifyKind> {
        self.slot.kind
    }

    /// Wipes what the link holds, in all its clones.
    pub fn forget(&self) {
        self.slot.proof().take();
    }

    /// What the link holds, unless it was forgotten or is too old.
    pub(crate) fn proof(&self, now: Moment) -> Option<LinkProof> {
        self.slot.wipe_if_expired(now);
        self.slot.proof().clone()
    }
}

impl LastUnsolicitedLink {
    /// One such link is held at a time: the older one is wiped.
    pub(crate) fn replace(&self, unsolicited: &UnsolicitedLink) {
        let mut last = lock(&self.0);
        if let Some(old) = last.upgrade() {
            old.proof().take();
        }
        *last = Arc::downgrade(&unsolicited.slot);
    }

    /// Wipes the newest link when its time is over, whoever still has a clone of it.
    pub(crate) fn prune(&self, now: Moment) {
        let last = lock(&self.0).upgrade();
        if let Some(slot) = last {
            slot.wipe_if_expired(now);
        }
    }
}

impl Slot {
    fn wipe_if_expired(&self, now: Moment) {
        if self.expiry.remaining(now).is_zero() {
            self.proof().take();
        }
    }

    fn proof(&self) -> MutexGuard<'_, Option<LinkProof>> {
        lock(&self.proof)
    }
}

impl fmt::Debug for UnsolicitedLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnsolicitedLink({:?})", self.slot.kind)
    }
}

impl PartialEq for UnsolicitedLink {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.slot, &other.slot)
    }
}
