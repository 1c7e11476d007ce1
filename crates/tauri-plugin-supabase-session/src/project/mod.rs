//! The project that the app talks to: its client, what is known of it, and what goes on in the background.

mod background;
mod connection;
mod flow_state;
mod inbox;
mod open;
mod ports;
mod probe;
mod redirect_mode;
mod remembered;
pub(crate) mod saved;
mod sign_in_methods;

pub use connection::Connection;
pub(crate) use connection::{ConnectionContext, OnChange};
pub(crate) use flow_state::FlowAddress;
pub use probe::{LOCAL_KEY, LOCAL_URL};
