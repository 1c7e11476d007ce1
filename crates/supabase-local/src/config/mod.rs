//! The project: what `supabase/config.toml` says, its migrations and its mail templates. `settings.rs` is what the server
//! reads, `folder.rs` reads the folder, `file.rs` knows the layout of `config.toml`, `units.rs` its durations and sizes.

mod file;
mod folder;
mod settings;
mod units;

pub use settings::{Config, ConfigError, MailTemplate, Migration, Provider, Templates};
pub(crate) use units::duration_s;
