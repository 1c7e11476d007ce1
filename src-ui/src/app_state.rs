//! What the window knows of the backend, as state and actions. No markup, no request, no clock.

use std::rc::Rc;

use foyer_contract::CommandError;
use foyer_contract::avatar::{AvatarProgress, Drag};
use foyer_contract::doctor::CheckResult;
use foyer_contract::preferences::Language;
use foyer_contract::view::{AppView, Notice, SessionView};
use yew::Reducible;

use crate::model::form::sign_in::Kept;
use crate::model::problem::Problem;
use crate::model::security_rows::row_of;
use crate::model::task::Task;

/// What the window knows of the backend now.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct AppState {
    /// The newest view; `None` until the backend has answered once.
    pub(crate) view: Option<AppView>,
    /// When [`view`](Self::view) came, on the page's clock in milliseconds: its countdowns count from there.
    pub(crate) received_at_ms: f64,
    /// How far the upload under way is.
    pub(crate) upload: Option<AvatarProgress>,
    /// How far the check of the connection is. Given up, it is idle, with the lines that were there.
    pub(crate) check: Task,
    /// The lines of that check.
    pub(crate) check_lines: Vec<CheckResult>,
    /// Files are held over the window.
    pub(crate) is_dragged_over: bool,
    /// How often files were dropped on the window.
    pub(crate) drops: u32,
    /// Why the backend did not answer at the start.
    pub(crate) failure: Option<Problem>,
    /// Why something that was asked for from outside a form was refused.
    pub(crate) refused: Option<Problem>,
    /// The address typed last, so that nobody types it twice.
    pub(crate) last_email: String,
    /// What was typed on the sign-in page before another page took its place. Nothing of it survives a sign-in.
    pub(crate) kept_sign_in: Option<Kept>,
    /// The language that the window speaks.
    pub(crate) language: Language,
    /// The sign-in page is to show the form that sends a link.
    pub(crate) wants_link: bool,
    /// How often somebody wanted to close the window while something in it was not saved.
    pub(crate) close_asked: u32,
    /// The page has rows that say what is new in them.
    pub(crate) has_rows: bool,
}

/// What happens to the state.
#[derive(Debug)]
pub(crate) enum Action {
    /// The backend sent a view, at this moment of the page's clock.
    Received(Box<AppView>, f64),
    /// The backend did not answer.
    Unreachable(CommandError),
    /// The person asked for another try.
    Retried,
    /// Something is asked for from outside a form.
    Asked,
    /// What was asked for from outside a form was refused.
    Refused(CommandError),
    /// An upload begins.
    UploadBegan,
    /// More of the upload has left.
    Progressed(AvatarProgress),
    /// A check of the connection begins.
    CheckBegan,
    /// Every line of the check is there, or it was given up (`None`).
    CheckEnded(Option<Vec<CheckResult>>),
    /// There is no check.
    CheckRefused(CommandError),
    /// A line of the check is there.
    Checked(Box<CheckResult>),
    /// The window speaks this language from now on.
    Spoke(Language),
    /// A person drags files over the window.
    Dragged(Drag),
    /// A form with this address was sent.
    EmailUsed(String),
    /// Another page takes the place of the sign-in page, of which this stays.
    SignInLeft(Kept),
    /// The person wants to sign in with this address and a password.
    SignInWanted(String),
    /// Somebody closes the window, in which something is not saved.
    CloseAsked,
    /// The person wants a new link.
    LinkWanted,
    /// The form that sends a link is shown.
    LinkFormShown,
    /// Whether the page has rows that say what is new in them.
    NewsInRows(bool),
}

impl AppState {
    /// The state with what was laid down before the first script: the view, if there was one, and the language.
    pub(crate) fn at_start(view: Option<AppView>, language: Language, now_ms: f64) -> Self {
        Self { view, language, received_at_ms: now_ms, ..Self::default() }
    }

    /// What is to be said above the page.
    pub(crate) fn notice(&self) -> Option<Notice> {
        let notice = self.view.as_ref()?.notice?;
        (!self.has_rows || row_of(notice.code).is_none()).then_some(notice)
    }

    fn is_signed_in(&self) -> bool {
        let session = self.view.as_ref().map(|view| &view.supabase.session);
        matches!(session, Some(SessionView::SignedIn { .. }))
    }

    fn on(&mut self, action: Action) {
        match action {
            Action::Received(view, now_ms) => {
                self.failure = None;
                // The same revision may come twice (laid down at the start, then asked for): the later one is
                // the better one, because its countdowns are younger. An older revision was overtaken on its way.
                if self.view.as_ref().is_none_or(|known| known.revision <= view.revision) {
                    self.view = Some(*view);
                    self.received_at_ms = now_ms;
                }
                if self.is_signed_in() {
                    self.kept_sign_in = None;
                }
            }
            Action::Unreachable(error) => self.failure = Some(error.into()),
            Action::Retried => self.failure = None,
            Action::Asked => self.refused = None,
            Action::Refused(error) => self.refused = Some(error.into()),
            Action::UploadBegan => self.upload = None,
            Action::Progressed(progress) => self.upload = Some(progress),
            Action::CheckBegan => {
                self.check = Task::Running(());
                self.check_lines.clear();
            }
            Action::Spoke(language) => self.language = language,
            Action::Dragged(drag) => {
                self.is_dragged_over = drag == Drag::Over;
                self.drops += u32::from(drag == Drag::Dropped);
            }
            // A line that was on its way when the check was given up is none any more.
            Action::Checked(line) if self.check.is_running() => self.check_lines.push(*line),
            Action::Checked(_) => {}
            Action::CheckEnded(Some(lines)) => {
                self.check = Task::Done;
                self.check_lines = lines;
            }
            Action::CheckEnded(None) => self.check = Task::Idle,
            Action::CheckRefused(error) => self.check = Task::Failed(error.into()),
            Action::EmailUsed(email) => self.last_email = email,
            // The page also goes when somebody is signed in: then nobody needs what was typed any more.
            Action::SignInLeft(kept) => self.kept_sign_in = (!self.is_signed_in()).then_some(kept),
            Action::SignInWanted(email) => {
                self.last_email = email;
                self.kept_sign_in = None;
            }
            Action::CloseAsked => self.close_asked = self.close_asked.wrapping_add(1),
            Action::LinkWanted => self.wants_link = true,
            Action::LinkFormShown => self.wants_link = false,
            Action::NewsInRows(has_rows) => self.has_rows = has_rows,
        }
    }
}

impl Reducible for AppState {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        next.on(action);
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use foyer_contract::doctor::{CheckName, Finding};
    use foyer_contract::view::{NoticeCode, SessionNoticeCode};
    use foyer_contract::{ErrorCode, Field, SessionErrorCode};

    use super::*;
    use crate::model::fixtures::{empty_view, signed_in, signed_out};
    use crate::model::form::sign_in::{SignInForm, SignInRules};

    fn after(actions: impl IntoIterator<Item = Action>) -> AppState {
        let mut state = AppState::default();
        for action in actions {
            state.on(action);
        }
        state
    }

    #[test]
    fn a_view_that_lost_a_race_is_not_shown() {
        let state = after([
            Action::Received(Box::new(empty_view(7)), 10.0),
            Action::Received(Box::new(empty_view(6)), 20.0),
        ]);

        assert_eq!(state.view.map(|view| view.revision), Some(7));
        assert!((state.received_at_ms - 10.0).abs() < f64::EPSILON);
    }

    #[test]
    fn lines_of_a_check_come_in_while_it_runs_and_stay_when_it_is_given_up() {
        let line = |check| CheckResult { check, finding: Finding::Good, figure: None, remedy: None };
        let checked = |check| Action::Checked(Box::new(line(check)));
        let of_another_window = after([checked(CheckName::Key)]);
        assert_eq!(of_another_window.check_lines, []);

        let given_up = [Action::CheckBegan, checked(CheckName::Key), Action::CheckEnded(None)];
        let state = after(given_up.into_iter().chain([checked(CheckName::Server)]));
        assert_eq!((state.check, state.check_lines), (Task::Idle, vec![line(CheckName::Key)]));

        let all = vec![line(CheckName::Key), line(CheckName::Server)];
        let ended = [Action::CheckBegan, checked(CheckName::Key), Action::CheckEnded(Some(all.clone()))];
        let state = after(ended);
        assert_eq!((state.check, state.check_lines), (Task::Done, all));
    }

    #[test]
    fn the_same_revision_asked_for_again_restarts_its_countdowns() {
        let state = after([
            Action::Received(Box::new(empty_view(7)), 10.0),
            Action::Received(Box::new(empty_view(7)), 20.0),
        ]);

        assert!((state.received_at_ms - 20.0).abs() < f64::EPSILON);
    }

    #[test]
    fn an_answer_ends_the_failure_before_it() {
        let failed =
            after([Action::Unreachable(CommandError::new(SessionErrorCode::Internal, "no backend"))]);
        assert!(failed.failure.is_some());

        let mut answered = failed;
        answered.on(Action::Received(Box::new(empty_view(1)), 0.0));
        assert_eq!(answered.failure, None);
    }

    #[test]
    fn a_refusal_is_shown_until_something_else_is_asked_for() {
        let refusal = || CommandError::new(SessionErrorCode::StoreUnwritable, "");
        let refused = after([Action::Asked, Action::Refused(refusal())]);
        assert_eq!(refused.refused, Some(ErrorCode::Session(SessionErrorCode::StoreUnwritable).into()));

        assert_eq!(after([Action::Refused(refusal()), Action::Asked]).refused, None);
    }

    #[test]
    fn a_new_upload_does_not_begin_with_the_progress_of_the_last() {
        let state = after([Action::Progressed(AvatarProgress { sent: 9, total: 10 }), Action::UploadBegan]);

        assert_eq!(state.upload, None);
    }

    #[test]
    fn files_are_over_the_window_until_they_are_dropped_or_taken_away() {
        let dragged = |all: &[Drag]| after(all.iter().map(|drag| Action::Dragged(*drag)));

        assert!(dragged(&[Drag::Over]).is_dragged_over);
        assert!(!dragged(&[Drag::Over, Drag::Away]).is_dragged_over);
        let dropped = dragged(&[Drag::Over, Drag::Dropped, Drag::Over, Drag::Dropped]);
        assert!(!dropped.is_dragged_over && dropped.drops == 2);
    }

    #[test]
    fn a_wish_for_a_link_is_fulfilled_once() {
        assert!(after([Action::LinkWanted]).wants_link);
        assert!(!after([Action::LinkWanted, Action::LinkFormShown]).wants_link);
    }

    fn kept() -> Kept {
        SignInForm::new(SignInRules::default()).with(Field::EMAIL, "ada@example.com").kept("")
    }

    #[test]
    fn what_was_typed_on_the_sign_in_page_stays_until_somebody_is_signed_in() {
        let received = |view| Action::Received(Box::new(view), 0.0);
        let waits = || [received(signed_out()), Action::SignInLeft(kept()), received(signed_out())];
        assert_eq!(after(waits()).kept_sign_in, Some(kept()));

        assert_eq!(after(waits().into_iter().chain([received(signed_in())])).kept_sign_in, None);
        // The page goes once the view is there.
        assert_eq!(after([received(signed_in()), Action::SignInLeft(kept())]).kept_sign_in, None);
    }

    #[test]
    fn who_wants_to_sign_in_after_all_begins_with_the_address_and_no_other_form() {
        let state = after([Action::SignInLeft(kept()), Action::SignInWanted("grace@example.com".into())]);

        assert_eq!((state.kept_sign_in, state.last_email.as_str()), (None, "grace@example.com"));
    }

    #[test]
    fn news_of_a_row_stand_above_the_page_only_where_there_are_no_rows() {
        let telling =
            |code: NoticeCode| Box::new(AppView { notice: Some(Notice { id: 1, code }), ..empty_view(1) });
        let changed = || Action::Received(telling(SessionNoticeCode::PasswordChanged.into()), 0.0);
        assert!(after([changed()]).notice().is_some());
        assert!(after([changed(), Action::NewsInRows(true)]).notice().is_none());
        assert!(after([changed(), Action::NewsInRows(true), Action::NewsInRows(false)]).notice().is_some());

        let other = Action::Received(telling(NoticeCode::EditSent), 0.0);
        assert!(after([other, Action::NewsInRows(true)]).notice().is_some());
    }
}
