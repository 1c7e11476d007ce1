//! A local Supabase in one process: Auth, PostgREST and Storage on an embedded, real PostgreSQL.
//!
//! [`Server`] opens the database and hands out an [`axum::Router`] that answers in process; the binary
//! puts that router on a socket. Nothing here opens a socket or reads arguments: that is `main.rs`.
//!
//! It is a developer's tool and part of no installer.

mod auth;
mod blobs;
mod captcha;
mod clock;
mod config;
mod db;
mod door;
mod gateway;
mod jwt;
mod keys;
mod lock;
mod mail;
mod provider;
mod random;
mod rest;
mod server;
mod signing_key;
mod sql_door;
mod storage;

pub use clock::{Clock, SystemClock};
pub use config::{Config, ConfigError, MailTemplate, Migration, Provider, Templates};
pub use db::DbError;
pub use gateway::AccessLog;
pub use keys::Keys;
pub use lock::{FolderLock, LockError};
pub use random::{Random, SystemRandom};
pub use server::{Home, Server, ServerBuilder, StartError};
pub use signing_key::{SigningKey, SigningKeyError};
