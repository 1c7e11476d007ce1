//! What a link that comes back says. Nothing is sent from here.

pub(crate) mod outcome;
pub(crate) mod parse;
pub(crate) mod unsolicited;
