//! What is known of updates and what is under way. No request, no file.

use std::time::{Duration, Instant};

use foyer_contract::updates::{UpdateProblem, UpdateStep, UpdatesView};
use tauri_plugin_updater::Update;
use tokio::sync::oneshot;

use super::check::{Answer, Offer};

/// Windows hear of the progress not more often than this.
const BETWEEN_PROGRESS: Duration = Duration::from_millis(200);

/// What is known and what is under way.
#[derive(Default)]
pub(super) struct State {
    step: UpdateStep,
    offer: Option<Offer>,
    /// The plugin's handle of the version that can be installed.
    update: Option<Update>,
    /// Its file, once its signature was good.
    package: Option<Vec<u8>>,
    received: u64,
    total: Option<u64>,
    told: Option<Instant>,
    /// Dropped, it ends the download.
    cancel: Option<oneshot::Sender<()>>,
    problem: Option<UpdateProblem>,
}

impl State {
    /// What the window shows.
    pub(super) fn view(&self) -> UpdatesView {
        let offer = self.offer.clone();
        let (version, notes) = offer.map_or((None, None), |offer| (Some(offer.version), offer.notes));
        let Self { step, received, total, problem, .. } = *self;
        UpdatesView { step, checked: None, version, notes, received, total, problem }
    }

    /// True where the endpoint may be asked now.
    pub(super) fn begin_check(&mut self) -> bool {
        use UpdateStep::{Available, Elsewhere, Newest, Unknown};
        let may = matches!(self.step, Unknown | Newest | Available | Elsewhere);
        if may {
            (self.step, self.problem) = (UpdateStep::Checking, None);
        }
        may
    }

    /// The endpoint was asked. A version that was found before is still there where it does not answer now.
    pub(super) fn checked(&mut self, answer: Result<Answer, (UpdateProblem, Option<Offer>)>) {
        (self.step, self.problem) = match answer {
            Ok(Answer::Newest) => {
                (self.offer, self.update) = (None, None);
                (UpdateStep::Newest, None)
            }
            Ok(Answer::Newer(offer, update)) => {
                (self.offer, self.update) = (Some(offer), Some(*update));
                (UpdateStep::Available, None)
            }
            Ok(Answer::Elsewhere(offer)) => {
                (self.offer, self.update) = (Some(offer), None);
                (UpdateStep::Elsewhere, None)
            }
            Err((problem, offer)) => {
                if offer.is_some() {
                    (self.offer, self.update) = (offer, None);
                }
                let known = if self.update.is_some() { UpdateStep::Available } else { UpdateStep::Unknown };
                (known, Some(problem))
            }
        };
    }

    /// The version to download, and what ends the download, where one may begin.
    pub(super) fn begin_download(&mut self) -> Option<(Update, oneshot::Receiver<()>)> {
        if self.step != UpdateStep::Available {
            return None;
        }
        let update = self.update.clone()?;
        let (cancel, cancelled) = oneshot::channel();
        (self.step, self.problem, self.cancel) = (UpdateStep::Downloading, None, Some(cancel));
        (self.received, self.total, self.told) = (0, None, None);
        Some((update, cancelled))
    }

    /// More of the download has come. True where windows are to hear of it.
    pub(super) fn progressed(&mut self, received: u64, total: Option<u64>) -> bool {
        (self.received, self.total) = (received, total);
        let is_time = self.told.is_none_or(|told| told.elapsed() >= BETWEEN_PROGRESS);
        if is_time {
            self.told = Some(Instant::now());
        }
        is_time
    }

    /// Ends the download.
    pub(super) fn cancel(&mut self) {
        self.cancel = None;
    }

    /// The download is over; `None`: it was cancelled.
    pub(super) fn downloaded(&mut self, fetched: Result<Option<Vec<u8>>, UpdateProblem>) {
        self.cancel = None;
        (self.step, self.problem) = match fetched {
            Ok(Some(package)) => {
                self.package = Some(package);
                (UpdateStep::Ready, None)
            }
            Ok(None) => (UpdateStep::Available, None),
            Err(problem) => (UpdateStep::Available, Some(problem)),
        };
    }

    /// Whether a version waits to be installed.
    pub(super) fn is_ready(&self) -> bool {
        self.step == UpdateStep::Ready
    }

    /// What is to be installed, where something is ready.
    pub(super) fn begin_install(&mut self) -> Option<(Update, Vec<u8>)> {
        let (update, package) = (self.update.clone()?, self.package.take()?);
        (self.step, self.problem) = (UpdateStep::Installing, None);
        Some((update, package))
    }

    /// What was to be installed did not take this version's place. With its file it can be tried again.
    pub(super) fn not_installed(&mut self, package: Option<Vec<u8>>, problem: UpdateProblem) {
        self.step = if package.is_some() { UpdateStep::Ready } else { UpdateStep::Available };
        (self.package, self.problem) = (package, Some(problem));
    }
}
