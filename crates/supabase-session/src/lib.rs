//! The client that owns a Supabase session.
//!
//! It signs up and in (password, link or typed code by e-mail, a provider in the browser, anonymously; PKCE per
//! RFC 7636), changes password and address, shows a second factor, keeps the session fresh, stores it through a small
//! [`SessionStore`] and calls the REST and Storage APIs on behalf of the user. It needs no window
//! and no browser; time, randomness and HTTP are passed in where a test wants to.
//!
//! - One [`Client`] a project, cheap to clone. [`Client::restore`] reads the store and never touches the network.
//! - [`Client::watch`] publishes the [`State`], in which there is never a token.
//! - What continues elsewhere (a mail) is a [`PendingFlow`]. It survives a restart; [`Client::complete`] takes the
//!   link that comes back, [`Client::verify_code`] the code that is typed instead.
//! - A link that nobody here asked for (an invitation) signs nobody in by itself: it is held as [`Unasked`] until the
//!   person has said that they want it.
//! - [`Client::keep_fresh`] refreshes before a token expires. A refresh runs once for all callers and goes on when a
//!   caller goes away. A network fault never signs anybody out.
//!
//! ```
//! use std::sync::Arc;
//! use supabase_session::{Client, MemoryStore, Project, Secret, SignInError, State};
//!
//! async fn greet() -> Result<(), Box<dyn std::error::Error>> {
//!     let project = Project::new("https://abcd.supabase.co", "sb_publishable_...")?;
//!     let client = Client::builder(project, Arc::new(MemoryStore::new()))
//!         .redirect_to("app.example.desktop://auth/callback".parse()?)
//!         .build();
//!     if !matches!(client.restore().await, State::SignedIn(_)) {
//!         let password = Secret::<String>::from("correct horse".to_owned());
//!         match client.sign_in_with_password("ada@example.com", password).await {
//!             Ok(user) => println!("hello {:?}", user.email),
//!             Err(SignInError::Http(_)) => println!("no connection; try again"),
//!             Err(error) => return Err(error.into()),
//!         }
//!     }
//!     let id = client.state().signed_in().map(|session| session.user.id.to_string()).unwrap_or_default();
//!     let profile: Option<serde_json::Value> =
//!         client.rest().select_one("profiles", "full_name", &[("id", id.as_str())]).await?;
//!     println!("{profile:?}");
//!     Ok(())
//! }
//! ```
//!
//! # What keeps and what ends a session
//! Network errors, timeouts, 408, 425, 429, 5xx, HTML and codes that this version does not know keep it. So does any
//! failed refresh while the access token still works. An answer of the API that the session, its token or its user is
//! gone ends it, with a [`SignOutCause`]. Signing out works locally first, always.

mod auth;
mod authorized;
mod callback;
mod claims;
mod client;
mod clock;
mod error;
mod expiry;
#[cfg(feature = "file-store")]
mod file_store;
mod flows;
mod gateway;
mod http;
#[cfg(feature = "local-claims")]
mod keys;
#[cfg(not(feature = "local-claims"))]
#[path = "keys_left_out.rs"]
mod keys;
mod pending;
mod pkce;
mod project;
mod random;
mod redirect;
mod refresh;
mod rest;
mod saver;
mod secret;
mod session;
mod settings;
mod shared;
mod state;
mod storage;
mod store;
#[cfg(feature = "test-suite")]
pub mod store_suite;
pub mod timestamp;
mod token;
mod unasked;
mod user;
mod wire;

#[cfg(feature = "test-suite")]
#[doc(hidden)]
pub mod inspect;

pub use auth::email_change::EmailChange;
pub use auth::mfa::{Assurance, AssuranceLevel, TotpEnrollment};
pub use auth::password::PasswordChange;
pub use auth::redirect::RedirectReach;
pub use auth::sign_out::{ServerSignOut, SignOutReport};
pub use auth::sign_up::{SignUp, SignUpOutcome};
pub use auth::verify::VerifyKind;
pub use claims::{AuthMethod, Claims};
pub use client::{Client, ClientBuilder, Completed, SessionTokens};
pub use clock::{Clock, SystemClock};
pub use error::{
    AnonymousError, ApiError, CallbackError, ClaimsError, CodeError, EmailChangeError, FactorError,
    HttpError, MailError, OAuthError, PasswordChangeError, ReauthenticateError, RefreshError, ResendError,
    ServerCode, SignInError, SignUpError, UnaskedError, UnlinkError, WeakPasswordReason,
};
#[cfg(feature = "file-store")]
pub use file_store::FileStore;
pub use http::{
    Body, CALL_DEADLINE, CALL_LIMIT, CONNECT_DEADLINE, HttpTransport, Method, OBJECT_DEADLINE, OBJECT_LIMIT,
    Progress, Request, Response, Transport, TransportError,
};
pub use pending::{FLOW_LIFETIME, FLOW_LIMIT, FlowId, FlowIdInvalid, FlowKind, PendingFlow};
pub use project::{Project, ProjectError};
pub use random::{Random, SystemRandom};
pub use redirect::Redirect;
pub use refresh::{COOL_DOWN, LOOK_INTERVAL, REFRESH_MARGIN};
pub use rest::{FilterValue, Rest};
pub use secret::Secret;
pub use settings::Settings;
pub use state::{SignOutCause, SignedIn, State};
pub use storage::Bucket;
pub use store::{MemoryStore, SessionStore, StoreError, StoreHealth, StoreKey, StoreLock};
pub use unasked::{UNASKED_LIFETIME, Unasked};
pub use user::{Factor, FactorStatus, Identity, User, UserUpdate};
