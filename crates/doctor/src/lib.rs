//! Says what is right and wrong with a Supabase project's set-up for Foyer, and with the machine that the app runs on.
//!
//! A [`Doctor`] asks one question after the other. Each answer is a line ([`CheckResult`]): what was looked at, what was
//! found, and where there is one a remedy to copy (an entry of the dashboard, or SQL). [`Report`] is all of them, as text
//! for a terminal and as a stable JSON. The sentences are those of the window (`foyer-text`).
//!
//! * Nothing is changed on the server: no row, no object, no user, no mail. Where Storage is asked who may upload, it
//!   tries an insert and rolls it back itself, as for every signed upload.
//! * A secret key is refused before anything is sent.
//! * No key, token or address of a person is ever in a line.
//! * A server that never answers, answers without end or leads elsewhere costs at most [`DEADLINE`].
//!
//! What it knows of the machine is handed in as a [`Machine`]; there is no Tauri in here.
//!
//! | files | what they are |
//! |---|---|
//! | `doctor` | the order of the questions, the deadline |
//! | `checks/` | one question a file, with the meaning of its answers |
//! | `ask/` | how a project is asked: the transport that notes the server's time, requests of the checks' own |
//! | [`remedy`] | what to enter and which SQL to run |
//! | `report` | the lines as text and JSON; [`terminal`] prints them |

mod ask;
mod checks;
mod doctor;
pub mod remedy;
mod report;
pub mod terminal;

pub use checks::machine::{Bus, LinkOpener, Machine};
pub use doctor::{DEADLINE, Doctor};
pub use foyer_contract::doctor::{CheckName, CheckResult, CheckState, Finding};
pub use report::Report;
