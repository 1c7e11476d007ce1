//! The check of the connection: the project by `foyer-doctor`, this machine by what the plugin finds out.
//!
//! * [`terminal`] the app with `--doctor`
//! * `machine` what is known of the machine

mod machine;
pub mod terminal;

use foyer_contract::doctor::{CheckName, CheckResult};
use foyer_doctor::{Doctor, Report};
use foyer_text::Language;
use parking_lot::Mutex;
use tauri_plugin_supabase_session::Connection;
use tokio::sync::oneshot;

/// The check that is under way, and the report of the last one.
#[derive(Default)]
pub struct ConnectionCheck {
    /// Dropped, it ends the check that is under way.
    running: Mutex<Option<oneshot::Sender<()>>>,
    report: Mutex<Option<Report>>,
}

impl ConnectionCheck {
    /// Checks this connection and tells each line as soon as it is there; `None` when it was ended. A check that is under
    /// way ends.
    pub async fn run(
        &self,
        connection: &Connection,
        identifier: &str,
        told: impl FnMut(&CheckResult) + Send,
    ) -> Option<Vec<CheckResult>> {
        let (running, ended) = oneshot::channel();
        *self.running.lock() = Some(running);
        let check = async {
            let machine = machine::ask(connection.deep_link().scheme(), identifier).await;
            of_connection(connection).machine(machine).run(told).await
        };
        tokio::select! {
            report = check => {
                let lines = report.results().to_vec();
                *self.report.lock() = Some(report);
                Some(lines)
            }
            _ = ended => None,
        }
    }

    /// Ends the check that is under way.
    pub fn cancel(&self) {
        self.running.lock().take();
    }

    /// The last report as text, in English for whoever helps; empty before the first.
    #[must_use]
    pub fn text(&self) -> String {
        let report = self.report.lock();
        report.as_ref().map(|report| report.text(Language::English)).unwrap_or_default()
    }

    /// What the last report proposes to enter or to run for this line; empty where it proposes nothing.
    #[must_use]
    pub fn remedy(&self, check: CheckName) -> String {
        let report = self.report.lock();
        let lines = report.iter().flat_map(|report| report.results());
        lines.filter(|line| line.check == check).find_map(|line| line.remedy.clone()).unwrap_or_default()
    }
}

/// A check of the connected project, in the name of whoever is signed in.
fn of_connection(connection: &Connection) -> Doctor {
    let (client, project) = (connection.client(), connection.client().project());
    Doctor::new(project.url().as_str(), project.key(), connection.deep_link().clone())
        .signed_in(client.clone())
        .has_captcha(connection.has_captcha())
}
