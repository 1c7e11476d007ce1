//! Mails. None is sent: each is rendered, kept in the database and shown at `/inbox`.

mod inbox;
mod mailbox;
mod template;

pub(crate) use inbox::router;
pub(crate) use mailbox::{Mail, deliver};
pub(crate) use template::{Fields, plain_text, render, render_text};
