//! The client as a whole, against a server that answers in process (and in `transport.rs` on real sockets).

// The functions around the tests may panic like tests.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod account;
mod barriers;
mod callback;
mod captcha;
mod claims;
mod clock;
mod codes;
mod corpus;
mod data;
mod deadline;
#[cfg(target_os = "linux")]
mod durable;
mod factors;
mod fake;
mod fetch;
mod figures;
mod golden;
mod hostile;
mod import_session;
mod in_flight;
mod jwt;
mod mail;
mod objects;
mod odd_metadata;
mod order;
mod owners;
mod programs;
mod projects;
mod providers;
mod redirect;
mod redirects;
mod refresh;
mod refresh_soon;
mod refresh_store;
mod refresh_table;
mod resend;
mod servers;
mod session;
mod sign_up;
mod sockets;
mod stores;
mod tls;
mod transport;
mod unsolicited;
mod users;
