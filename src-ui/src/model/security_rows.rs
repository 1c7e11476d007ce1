//! The rows of the security page: which of them is open, where the focus goes when that changes, and which news are
//! said in which row.

use std::rc::Rc;

use foyer_contract::view::{NoticeCode, SessionNoticeCode};
use yew::Reducible;

/// The rows that open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Row {
    /// The password.
    Password,
    /// The e-mail address.
    Email,
    /// The second factors.
    TwoFactor,
    /// The ways to sign in.
    SignInMethods,
    /// The sessions on other devices.
    Sessions,
}

impl Row {
    /// The row's name, which its ids begin with.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Email => "email",
            Self::TwoFactor => "two-factor",
            Self::SignInMethods => "sign-in-methods",
            Self::Sessions => "sessions",
        }
    }
}

/// Where the focus goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Focus {
    /// Into what was opened under the row.
    Panel(Row),
    /// To the button that opened the row.
    Button(Row),
}

impl Focus {
    /// The id of the element.
    pub(crate) fn id(self) -> String {
        match self {
            Self::Panel(Row::Password) => "new-password".to_owned(),
            Self::Panel(Row::Email) => "new-email".to_owned(),
            Self::Panel(row) => format!("{}-panel", row.name()),
            Self::Button(row) => format!("{}-open", row.name()),
        }
    }
}

/// Which row is open. At most one is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rows {
    open: Option<Row>,
    /// With a number that tells one change from the next.
    focus: Option<(u32, Focus)>,
}

/// What happens to the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// The person opened the row, or what was sent from it was refused. The row that was open closes.
    Opened(Row),
    /// The person closed the row, or what it was opened for is done.
    Closed(Row),
}

impl Rows {
    /// Whether the row is open.
    pub(crate) fn is_open(&self, row: Row) -> bool {
        self.open == Some(row)
    }

    /// The open row.
    pub(crate) fn open(&self) -> Option<Row> {
        self.open
    }

    /// Where the focus goes after the last change.
    pub(crate) fn focus(&self) -> Option<(u32, Focus)> {
        self.focus
    }

    fn after(self, action: Action) -> Self {
        match action {
            Action::Opened(row) if !self.is_open(row) => self.with(Some(row), Focus::Panel(row)),
            Action::Closed(row) if self.is_open(row) => self.with(None, Focus::Button(row)),
            _ => self,
        }
    }

    fn with(self, open: Option<Row>, focus: Focus) -> Self {
        let number = self.focus.map_or(0, |(number, _)| number.wrapping_add(1));
        Self { open, focus: Some((number, focus)) }
    }
}

impl Reducible for Rows {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(Rc::unwrap_or_clone(self).after(action))
    }
}

/// The row that says this notice, so that it does not stand above the page as well.
pub(crate) fn row_of(code: NoticeCode) -> Option<Row> {
    let NoticeCode::Session(code) = code else { return None };
    match code {
        SessionNoticeCode::PasswordChanged => Some(Row::Password),
        SessionNoticeCode::EmailChanged => Some(Row::Email),
        SessionNoticeCode::FactorAdded | SessionNoticeCode::FactorRemoved => Some(Row::TwoFactor),
        SessionNoticeCode::IdentityLinked => Some(Row::SignInMethods),
        SessionNoticeCode::OthersSignedOut => Some(Row::Sessions),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(actions: impl IntoIterator<Item = Action>) -> Rows {
        actions.into_iter().fold(Rows::default(), Rows::after)
    }

    fn focus(rows: &Rows) -> Option<Focus> {
        rows.focus().map(|(_, focus)| focus)
    }

    #[test]
    fn opening_a_row_closes_the_one_that_was_open() {
        let rows = after([Action::Opened(Row::Password), Action::Opened(Row::Email)]);

        assert!(rows.is_open(Row::Email) && !rows.is_open(Row::Password));
        assert_eq!(focus(&rows), Some(Focus::Panel(Row::Email)));
    }

    #[test]
    fn a_closed_row_gives_the_focus_back_to_its_button() {
        let rows = after([Action::Opened(Row::TwoFactor), Action::Closed(Row::TwoFactor)]);

        assert_eq!(rows.open(), None);
        assert_eq!(focus(&rows), Some(Focus::Button(Row::TwoFactor)));
    }

    #[test]
    fn what_is_done_in_a_row_that_was_left_does_not_close_the_one_that_is_open_now() {
        let left = [Action::Opened(Row::Password), Action::Opened(Row::Email), Action::Closed(Row::Password)];
        let rows = after(left);

        assert!(rows.is_open(Row::Email));
        assert_eq!(focus(&rows), Some(Focus::Panel(Row::Email)), "the focus stays in the open row");
    }

    #[test]
    fn the_focus_moves_each_time_a_row_opens_and_not_while_it_is_open() {
        let once = after([Action::Opened(Row::Password)]);
        assert_eq!(once.clone().after(Action::Opened(Row::Password)), once);

        let again = once.clone().after(Action::Closed(Row::Password)).after(Action::Opened(Row::Password));
        assert_ne!(again.focus(), once.focus());
    }

    #[test]
    fn at_the_start_the_focus_stays_where_it_is() {
        assert_eq!(after([Action::Closed(Row::Password)]).focus(), None);
    }

    #[test]
    fn news_of_a_row_are_said_there_and_all_other_news_above_the_page() {
        assert_eq!(row_of(SessionNoticeCode::PasswordChanged.into()), Some(Row::Password));
        assert_eq!(row_of(SessionNoticeCode::LinkSpent.into()), None);
        assert_eq!(row_of(NoticeCode::EditSent), None);
    }
}
