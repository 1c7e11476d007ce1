//! A local Supabase in one process: Auth, PostgREST and Storage on an embedded, real PostgreSQL.
//!
//! [`Server`] opens the database and hands out an [`axum::Router`] that answers in process; the binary
//! puts that router on a socket. Nothing here opens a socket or reads arguments: that is `main.rs`.
//!
//! It is a developer's tool and part of no installer.

mod access_log;
mod auth;
mod bearer;
mod builder;
mod captcha;
mod captcha_tokens;
mod clock;
mod config;
mod db;
mod folder_lock;
mod gateway;
mod jwt;
mod keys;
mod mail;
mod mutex;
mod object_files;
mod pg_query;
mod provider;
mod random;
mod rest;
mod server;
mod signing_key;
mod state;
mod storage;
#[cfg(feature = "testing")]
pub mod testing;
mod timestamp;

pub use access_log::AccessLog;
pub use builder::{Home, ServerBuilder, StartError};
pub use clock::{Clock, SystemClock};
pub use config::{Config, ConfigError, MailTemplate, Migration, Provider, Templates};
pub use db::DbError;
pub use folder_lock::LockError;
pub use keys::Keys;
pub use random::{Random, SystemRandom};
pub use server::Server;
pub use signing_key::{SigningKey, SigningKeyError};
