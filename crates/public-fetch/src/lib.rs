//! Fetches a file whose address somebody else wrote (a provider's picture in a database row, for example), from the
//! public internet and from nothing else.
//!
//! Whoever writes such an address chooses where this machine connects to. So that nothing private can be reached or
//! found out by it (a router's pages, a service on this machine, a cloud's metadata):
//!
//! * only `https` on its own port, without credentials in the address, and to a host with a public name or address
//!   ([`checked_address`]);
//! * a name is resolved once, every address that it has is looked at, and the connection goes to one of these
//!   ([`Network`]): a name that has another address a moment later changes nothing;
//! * redirects are followed by hand, at most [`MOST_REDIRECTS`] of them, each checked as the first address was;
//! * no proxy (it would resolve names itself), no cookies, no `Referer`, no `Authorization`, no decompression;
//! * the answer is read up to a limit, and all of it within a deadline.
//!
//! `address` decides by the text of an address, `range` by an IP address; `fetch` does the rest.

mod address;
mod fetch;
mod range;

pub use address::{AddressError, LONGEST_ADDRESS, checked_address};
pub use fetch::{FetchError, MOST_REDIRECTS, Network, PublicFetcher, SystemNetwork};
pub use range::is_public;
