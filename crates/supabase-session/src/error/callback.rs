//! Why a link did not sign in.

use crate::error::http::HttpError;
use crate::error::server_code::ServerCode;

/// Why a link did not sign in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallbackError {
    /// Not a link of ours, or mangled, or one that carries tokens for a flow (see
    /// [`ClientBuilder::implicit`](crate::ClientBuilder::implicit)).
    #[error("this is not a sign-in link of this app")]
    Malformed,
    /// No pending flow has this link's nonce (or waits for links without a nonce to this redirect): the flow was begun
    /// on another machine, cancelled, or too long ago.
    #[error("this link belongs to no sign-in that was begun here")]
    Unknown,
    /// The link signs somebody in, and somebody is signed in: a link never replaces them. The link's flow lives on.
    #[error("this link signs somebody in, and somebody is signed in")]
    SignedIn,
    /// The flow was begun by somebody who is not signed in now, or what came back is another account's than theirs.
    /// The flow lives on, for its owner.
    #[error("this link belongs to an account that is not signed in here")]
    OtherAccount,
    /// Somebody has signed out, or the flow was given up, while the server was asked, and that counts: what the server
    /// issued was ended there. The flow is over.
    #[error("this sign-in was given up meanwhile")]
    Superseded,
    /// A link without a nonce says that the first of two confirmations of a new address was taken. Anybody can write
    /// such a link, so nothing changes, although the link may tell the truth.
    #[error("this link says that one of two confirmations is done, and does not prove it")]
    Unproven,
    /// Used before, replaced by a newer mail, or too old. A pending flow lives on where a newer link may come.
    #[error("this link was already used or is too old")]
    Spent,
    /// The address is confirmed, but the link came too late to sign in with it (`flow_state_expired`).
    #[error("the address is confirmed, but the link came too late to sign in with it")]
    ConfirmedTooLate,
    /// The person or the provider refused (`access_denied`).
    #[error("the sign-in was refused")]
    Refused,
    /// The code is not of this flow (`bad_code_verifier`): somebody else's link, or one of another device. The flow
    /// lives on.
    #[error("this link belongs to another sign-in")]
    ForeignCode,
    /// No answer of the API. The flow lives on: open the link once more.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The flow is over, for a reason that has no variant.
    #[error("the sign-in ended ({0})")]
    Ended(ServerCode),
}
