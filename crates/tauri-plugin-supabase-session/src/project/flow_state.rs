//! In-memory state of pending flows, beside what the client keeps of them: where a browser was sent, captchas that wait
//! to be solved, how far a change of address is, the link that waits for consent, and who still has to choose a
//! password.

use parking_lot::{Mutex, MutexGuard};
use std::collections::{HashMap, HashSet};

use supabase_session::{FlowId, PendingFlow, UnsolicitedLink, User};
use url::Url;
use uuid::Uuid;

use crate::captcha::PendingCaptcha;

/// In-memory state of pending flows.
#[derive(Default)]
pub struct FlowState(Mutex<Known>);

#[derive(Default)]
struct Known {
    addresses: HashMap<FlowId, FlowAddress>,
    halfway: HashSet<FlowId>,
    consent: Option<Consent>,
    chooses_password: Option<Uuid>,
    captchas: Vec<PendingCaptcha>,
}

/// Where a flow continues in the browser. The address carries the flow's nonce, so the page never sees it.
#[derive(Clone)]
pub struct FlowAddress {
    /// For example `github`.
    pub provider: String,
    /// What the browser opens.
    pub url: Url,
}

/// A link that nobody here asked for, until the person has said yes or no.
#[derive(Clone)]
pub struct Consent {
    /// The id of this question. The person accepts the link that they were shown, and no other.
    pub id: Uuid,
    /// The link.
    pub unsolicited: UnsolicitedLink,
    /// Whom it signs in, once the server has said so.
    pub user: Option<User>,
    /// The server is being asked.
    pub is_checking: bool,
}

impl FlowState {
    /// Remembers where a flow continues.
    pub fn opened(&self, flow: &FlowId, address: FlowAddress) {
        self.known().addresses.insert(flow.clone(), address);
    }

    /// Where a flow continues; `None` for one that was begun before the app was restarted.
    #[must_use]
    pub fn address(&self, flow: &FlowId) -> Option<FlowAddress> {
        self.known().addresses.get(flow).cloned()
    }

    /// The first of two confirmations is done. There is one change of address at a time.
    pub fn confirmed_half(&self, flow: &FlowId) {
        self.known().halfway.insert(flow.clone());
    }

    /// Whether the first of two confirmations is done.
    #[must_use]
    pub fn is_halfway(&self, flow: &FlowId) -> bool {
        self.known().halfway.contains(flow)
    }

    /// Forgets flows that are over.
    pub fn keep_only(&self, pending: &[PendingFlow]) {
        let mut known = self.known();
        let is_pending = |id: &FlowId| pending.iter().any(|flow| flow.id == *id);
        known.addresses.retain(|id, _| is_pending(id));
        known.halfway.retain(is_pending);
    }

    /// Holds a link until the person has said yes or no. An older link is dropped.
    pub fn ask(&self, unsolicited: UnsolicitedLink) {
        self.known().consent =
            Some(Consent { id: Uuid::new_v4(), unsolicited, user: None, is_checking: true });
    }

    /// The server has said whom the link signs in, or cannot say.
    pub fn checked(&self, unsolicited: &UnsolicitedLink, user: Option<User>) {
        if let Some(consent) =
            self.known().consent.as_mut().filter(|consent| consent.unsolicited == *unsolicited)
        {
            consent.user = user;
            consent.is_checking = false;
        }
    }

    /// The link that waits for a yes.
    #[must_use]
    pub fn consent(&self) -> Option<Consent> {
        self.known().consent.clone()
    }

    /// Drops the link, and wipes what it holds.
    pub fn drop_consent(&self) {
        if let Some(consent) = self.known().consent.take() {
            consent.unsolicited.forget();
        }
    }

    /// Drops the link of this question, if it still waits. True when it did.
    pub fn decline(&self, id: &str) -> bool {
        let dropped = self.known().consent.take_if(|consent| consent.id.to_string() == id);
        if let Some(consent) = &dropped {
            consent.unsolicited.forget();
        }
        dropped.is_some()
    }

    /// Drops this link, if it still waits. True when it did.
    pub fn drop_this_consent(&self, unsolicited: &UnsolicitedLink) -> bool {
        let dropped = self.known().consent.take_if(|consent| consent.unsolicited == *unsolicited);
        unsolicited.forget();
        dropped.is_some()
    }

    /// A captcha waits to be solved.
    pub fn add_captcha(&self, captcha: PendingCaptcha) {
        self.known().captchas.push(captcha);
    }

    /// A captcha waits no more.
    pub fn drop_captcha(&self, id: &str) {
        self.known().captchas.retain(|captcha| captcha.id != id);
    }

    /// Gives up the captchas of what was begun while somebody else than this user was signed in (`None`: nobody).
    pub fn keep_captchas_of(&self, user: Option<Uuid>) {
        let others = self.captchas().into_iter().filter(|captcha| captcha.user != user);
        others.for_each(|captcha| captcha.cancel());
    }

    /// The captchas that wait to be solved, the oldest first.
    #[must_use]
    pub fn captchas(&self) -> Vec<PendingCaptcha> {
        self.known().captchas.clone()
    }

    /// The captcha with this id.
    #[must_use]
    pub fn captcha(&self, id: &str) -> Option<PendingCaptcha> {
        self.known().captchas.iter().find(|captcha| captcha.id == id).cloned()
    }

    /// Remembers that this user has signed in to choose a password.
    pub fn choose_password(&self, user: Uuid) {
        self.known().chooses_password = Some(user);
    }

    /// Forgets who has to choose a password: it is chosen, or the person has skipped that.
    pub fn chose_password(&self) {
        self.known().chooses_password = None;
    }

    /// Whether this user still has to choose a password.
    #[must_use]
    pub fn chooses_password(&self, user: Uuid) -> bool {
        self.known().chooses_password == Some(user)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock()
    }
}
