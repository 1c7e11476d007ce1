//! A local Supabase in one process: Auth, PostgREST and Storage on an embedded, real PostgreSQL. It is a developer's tool
//! and part of no installer.
//!
//! A [`Config`] describes the project, [`Server::builder`] starts a server for it, and [`Server::router`] answers requests
//! in process; the program (`main.rs`) puts that router on a socket. Tests of clients use `testing::TestServer` (feature
//! `testing`).
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use supabase_local::{Config, Server};
//!
//! let server = Server::builder(Config::built_in()?).start().await?;
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:54321").await?;
//! axum::serve(listener, server.router()).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # The tree
//!
//! | files | what they are |
//! |---|---|
//! | `server`, `builder` | [`Server`]: its routes, and how it starts |
//! | `gateway/` | the layer before every API: access control and CORS |
//! | `auth/`, `rest/`, `storage/` | the APIs, a file per route or group of routes |
//! | `mail/`, `provider/`, `captcha/`, `pg_query` | the inbox, the stand-ins for an OAuth and a captcha provider, SQL |
//! | `state` | `App`, what every request reads; with `access_log`, `captcha_tokens`, `object_files` |
//! | `db/` | the embedded PostgreSQL, its transactions and its tables |
//! | `config/` | the project: `config.toml`, migrations, mail templates |
//! | `jwt`, `keys`, `signing_key` | tokens and API keys |
//! | `clock`, `random` | the sources of time and of random bytes, which a simulation can set |
//!
//! Imports run down this table, and no file imports one that imports it.

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
