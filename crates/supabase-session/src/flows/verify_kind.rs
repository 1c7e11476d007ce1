//! What a code or a hash that came by mail is for.

use crate::flows::flow::FlowKind;

/// What a code or a hash that came by mail is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyKind {
    /// A sign-up or a magic link, whichever it was.
    Email,
    /// A sign-up.
    SignUp,
    /// A magic link.
    MagicLink,
    /// An invitation.
    Invite,
    /// A new password comes next.
    Recovery,
    /// A new address.
    EmailChange,
}

impl VerifyKind {
    /// The name on the wire.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::SignUp => "signup",
            Self::MagicLink => "magiclink",
            Self::Invite => "invite",
            Self::Recovery => "recovery",
            Self::EmailChange => "email_change",
        }
    }

    /// The kind of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let all =
            [Self::Email, Self::SignUp, Self::MagicLink, Self::Invite, Self::Recovery, Self::EmailChange];
        all.into_iter().find(|kind| kind.as_str() == name)
    }

    /// What it comes to, once its user is signed in.
    pub(crate) fn flow_kind(self) -> FlowKind {
        match self {
            Self::Recovery => FlowKind::Recovery,
            Self::EmailChange => FlowKind::EmailChange,
            Self::Email | Self::SignUp | Self::MagicLink | Self::Invite => FlowKind::MagicLink,
        }
    }

    /// The kind of code that the mail of such a flow carries.
    pub(crate) fn of(flow: FlowKind) -> Option<Self> {
        match flow {
            // A magic link to a new address is a sign-up for the server, and `email` is both.
            FlowKind::SignUp | FlowKind::MagicLink => Some(Self::Email),
            FlowKind::Recovery => Some(Self::Recovery),
            FlowKind::EmailChange => Some(Self::EmailChange),
            FlowKind::OAuth | FlowKind::LinkIdentity => None,
        }
    }
}
