//! The client that owns a Supabase session.
//!
//! It signs up and in (password, link or typed code by e-mail, a provider in the browser, anonymously; PKCE per
//! RFC 7636), changes password and address, shows a second factor, keeps the session fresh, stores it through a small
//! [`SessionStore`] and calls the REST and Storage APIs on behalf of the user. It needs no window
//! and no browser; time, randomness and HTTP are passed in where a test wants to.
//!
//! - One [`Client`] a project, cheap to clone. [`Client::restore`] reads the store and never touches the network.
//! - [`Client::watch`] publishes the [`State`], in which there is never a token.
//! - What continues in a mail or a browser is a [`PendingFlow`]. It survives a restart; [`Client::complete`] takes the
//!   link that comes back, [`Client::verify_code`] the code that is typed instead. Where links lead back to is a
//!   [`Redirect`].
//! - A link that nobody here asked for (an invitation) signs nobody in by itself: it is held as [`UnsolicitedLink`]
//!   until the person has said that they want it.
//! - [`Client::keep_fresh`] refreshes before a token expires, [`Client::refresh_soon`] does so when the network is
//!   back. A refresh runs once for all callers and goes on to its end when a caller's future is dropped.
//!
//! # A complete program
//! It signs in by a link that comes back to a loopback address, which every project lets through, and stays signed in
//! from one start to the next.
//!
//! ```no_run
//! use std::sync::Arc;
//! use supabase_session::{Client, Completed, FileStore, Project, Redirect, State};
//! use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
//! use tokio::net::TcpListener;
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let project = Project::new("https://abcd.supabase.co", "sb_publishable_...")?;
//!     let store = FileStore::open("/home/ada/.local/share/example")?;
//!     let client = Client::builder(project, Arc::new(store)).build();
//!
//!     // The store says who is signed in; no network is needed for it.
//!     if !matches!(client.restore().await, State::SignedIn(_)) {
//!         sign_in(&client).await?;
//!     }
//!     tokio::spawn({
//!         let client = client.clone();
//!         async move { client.keep_fresh().await }
//!     });
//!
//!     // A key of the project (or the server) says that it is them.
//!     let claims = client.get_claims().await?;
//!     let id = claims.sub.to_string();
//!     let profile: Option<serde_json::Value> =
//!         client.rest().select_one("profiles", "full_name, website", &[("id", id.as_str())]).await?;
//!     println!("{:?} {profile:?}", claims.email);
//!
//!     let report = client.sign_out().await;
//!     println!("signed out; the server: {:?}", report.server);
//!     Ok(())
//! }
//!
//! async fn sign_in(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
//!     let listener = TcpListener::bind("127.0.0.1:0").await?;
//!     let callback: url::Url = format!("http://{}/auth/callback", listener.local_addr()?).parse()?;
//!     let client = client.with_redirect(Redirect::with_flow(callback.clone()));
//!     client.send_magic_link("ada@example.com", true).await?;
//!     println!("Open the link in your mail.");
//!     loop {
//!         // What a browser asks for: `GET /auth/callback?code=...&flow=... HTTP/1.1`
//!         let (mut browser, _) = listener.accept().await?;
//!         let mut line = String::new();
//!         BufReader::new(&mut browser).read_line(&mut line).await?;
//!         browser.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nYou can close this tab.").await?;
//!         let path = line.split_whitespace().nth(1).unwrap_or_default();
//!         // Anybody on this machine may connect: what is not this flow's link is an error and changes nothing.
//!         match client.complete(&format!("{}{path}", callback.origin().ascii_serialization())).await {
//!             Ok(Completed::SignedIn(user)) => return Ok(println!("hello {:?}", user.email)),
//!             Ok(_) => {}
//!             Err(error) => eprintln!("{error}"),
//!         }
//!     }
//! }
//! ```
//!
//! # The session
//! ```text
//!                       sign-in, sign-up, link, code, another program's sign-in
//!                   ┌────────────────────────────────────────────────────────────┐
//!                   │                                                            ▼
//! ┌───────────┐  ┌──┴──────────────────────┐                      ┌────────────────────────────┐
//! │ Restoring ├─▶│ SignedOut(cause)        │                      │ SignedIn                   │◀─┐ refresh,
//! └─────┬─────┘  │   None: nobody was here │◀─────────────────────┤   generation, user,        │  │ new description,
//!       │        └─────────────────────────┘  sign-out, or the    │   verified                 ├──┘ second factor
//!       │         ▲ the store is empty or     session has ended   └────────────────────────────┘
//!       │         │ damaged                   (SignOutCause)                     ▲
//!       └─────────┴──────────────────────────────────────────────────────────────┘
//!         restore()                                     the store holds a session
//! ```
//! While the store cannot be read (a locked keychain) the state stays `Restoring`; it is read again until it can be.
//!
//! A sign-in replaces what is there, under a new generation, unless its handle [replaces
//! nobody](Client::replacing_nobody); a refresh keeps the generation. What is meant for an older generation (an answer
//! that comes late) changes nothing.
//!
//! # Pending flows
//! Beside the session, each on its own, also while somebody is signed in:
//! ```text
//!  sign_up, send_magic_link,      ┌─────────┐  link or code   ┌────────────┐  worked
//!  send_recovery, change_email, ─▶│ waiting ├────────────────▶│ exchanging ├─────────▶ gone: Completed
//!  begin_oauth, begin_link        └──┬───▲──┘                 └──┬──────┬──┘
//!                                    │   └──────────────────────┘      │ can never work
//!        cancel, an hour, a newer    │    no answer, a foreign code,   └─────────▶ gone: CallbackError
//!        flow in its place           │    a wrong typed code
//!                                    └─────────▶ gone
//! ```
//!
//! # What keeps and what ends a session
//! Network errors, timeouts, 408, 425, 429, 5xx, HTML and codes that this version does not know keep it. So does any
//! failed refresh while the access token still works. An answer of the API that the session, its token or its user is
//! gone ends it, with a [`SignOutCause`]. Signing out works locally first, always.
//!
//! # Several programs on one store
//! They share one session: what one of them signs in, refreshes or signs out is the others' at their next sync (within
//! [`SYNC_INTERVAL`] under [`Client::keep_fresh`], and before every refresh). With a [`SessionStore::lock`] a token is
//! refreshed once by all of them together.
//!
//! # The source
//! Imports go down only, from a line to lines below it; the one exception is [`FlowId`], after which a [`StoreKey`] may be
//! named.
//! ```text
//! auth/      one feature a file: its request, outcome, error, the server's codes, its methods of `Client`
//! client/    the handle and its builder
//! rest, storage; jwks/: the project's public keys
//! callback/  what a link says; nothing is sent
//! session/   the session that is held: restore, install, refresh, other programs on the store; requests in its name
//! flows/     what is pending, in memory and in the store
//! store/     the store's trait, in memory, in files; the saver repeats writes that failed
//! http/      transport, gateway, what an answer means; only this folder names `reqwest`
//! error/, state, user, project, settings; and what knows nothing of Supabase: secret, shared, expiry, clock, ...
//! ```
//!
//! # Features
//! - `local-claims` (default): [`Client::get_claims`] verifies signatures itself.
//! - `file-store`: `FileStore`, a store in a folder.
//! - `test-suite`: `store_suite`, the tests that every store must pass.

mod auth;
mod backoff;
mod callback;
mod client;
mod clock;
mod error;
mod expiry;
mod fetch;
mod flows;
mod http;
mod jwks;
mod jwt;
mod lock;
mod project;
mod random;
mod readable;
mod rest;
mod secret;
mod session;
mod settings;
mod shared;
mod state;
mod storage;
mod store;
pub mod timestamp;
mod user;

#[cfg(feature = "test-suite")]
#[doc(hidden)]
pub mod inspect;

pub use auth::address::PasswordInvalid;
pub use auth::anonymous::AnonymousError;
pub use auth::claims::{ClaimsError, SessionTokens};
pub use auth::email_change::{EmailChange, EmailChangeError};
pub use auth::identities::UnlinkError;
pub use auth::import_session::{ImportError, ImportedSession};
pub use auth::magic_link::MagicLinkError;
pub use auth::mfa::{MfaError, TotpEnrollment};
pub use auth::oauth::OAuthError;
pub use auth::otp::OtpError;
pub use auth::password::{PasswordChange, PasswordChangeError};
pub use auth::redirect_probe::RedirectSupport;
pub use auth::resend::ResendError;
pub use auth::sign_in::SignInError;
pub use auth::sign_out::{ServerSignOut, SignOutReport};
pub use auth::sign_up::{SignUp, SignUpError, SignUpOutcome};
pub use auth::unsolicited::AcceptLinkError;
pub use backoff::Backoff;
pub use callback::outcome::Completed;
pub use callback::unsolicited::{UNSOLICITED_LINK_LIFETIME, UnsolicitedLink};
pub use client::{Client, ClientBuilder};
pub use clock::{Clock, SystemClock};
pub use error::{
    ApiError, CallbackError, CertificateProblem, HttpError, ProjectWords, RequestError, ServerCode,
    WeakPasswordReason,
};
pub use fetch::{FETCH_LIMIT, FetchError, FetchRequest, FetchResponse};
pub use flows::flow::{FLOW_LIFETIME, FLOW_LIMIT, FlowId, FlowIdInvalid, FlowKind, PendingFlow};
pub use flows::redirect::Redirect;
pub use flows::verify_kind::VerifyKind;
pub use http::transport::{
    Body, CALL_DEADLINE, CALL_LIMIT, CONNECT_DEADLINE, HttpTransport, Method, OBJECT_DEADLINE, OBJECT_LIMIT,
    Progress, Request, Response, Transport, TransportError,
};
pub use project::{Project, ProjectError};
pub use random::{Random, SystemRandom};
pub use rest::{FilterValue, Rest};
pub use secret::Secret;
pub use session::claims::{Assurance, AssuranceLevel, AuthMethod, Claims};
pub use session::refresh::{COOL_DOWN, REFRESH_MARGIN, SYNC_INTERVAL};
pub use session::refresh_error::RefreshError;
pub use settings::Settings;
pub use state::{SignOutCause, SignedIn, State};
pub use storage::{Bucket, BucketRules, Listing};
#[cfg(feature = "file-store")]
pub use store::file::FileStore;
pub use store::in_use::retry_while_in_use;
#[cfg(feature = "test-suite")]
pub use store::suite as store_suite;
pub use store::{MemoryStore, SessionStore, StoreError, StoreHealth, StoreKey, StoreLock};
pub use user::{Factor, FactorStatus, Identity, User, UserUpdate};

/// Compiles what the README shows.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// Compiles what the book's chapter shows.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/session-crate.md")]
struct Chapter;
