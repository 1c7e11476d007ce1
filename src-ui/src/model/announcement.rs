//! What a screen reader says that no page does: the page that would say it goes or comes at the same moment.

use foyer_contract::view::{AppView, Freshness, SessionView, SignOutCause};

/// News between one view and the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Announcement {
    /// Somebody is signed in now: the address, where there is one.
    SignedIn(Option<String>),
    /// Nobody is signed in any more, and why.
    SignedOut(SignOutCause),
    /// An edit that had waited met a newer row: the person decides.
    Conflict,
    /// The server answers again.
    Online,
}

/// News that were said, with a number that tells them from the same news said before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) number: u32,
    pub(crate) news: Announcement,
}

impl Said {
    /// This news, said after what was said `before`.
    pub(crate) fn after(before: Option<&Self>, news: Announcement) -> Self {
        Self { number: before.map_or(0, |before| before.number.wrapping_add(1)), news }
    }
}

/// The news in a view, beside the one before.
pub(crate) fn news(before: &AppView, now: &AppView) -> Option<Announcement> {
    let (was, is) = (&before.supabase.session, &now.supabase.session);
    match (was, is) {
        (SessionView::SignedIn { .. }, SessionView::SignedOut { cause }) => {
            cause.map(Announcement::SignedOut)
        }
        (SessionView::SignedOut { .. }, SessionView::SignedIn { user }) => {
            Some(Announcement::SignedIn(user.email.clone()))
        }
        _ if waits(before) && is_conflict(now) => Some(Announcement::Conflict),
        _ => (is_offline(before) && is_fresh(now)).then_some(Announcement::Online),
    }
}

/// One that is saved at once is refused with its sentence.
fn waits(view: &AppView) -> bool {
    view.account.as_ref().is_some_and(|account| account.queued.is_some())
}

fn is_conflict(view: &AppView) -> bool {
    view.account.as_ref().is_some_and(|account| account.conflict.is_some())
}

fn is_offline(view: &AppView) -> bool {
    view.account.as_ref().is_some_and(|account| account.freshness == Freshness::Offline)
}

fn is_fresh(view: &AppView) -> bool {
    view.account.as_ref().is_some_and(|account| account.freshness == Freshness::Fresh)
}

#[cfg(test)]
mod tests {
    use foyer_contract::view::{AccountView, ProfileView};

    use super::*;
    use crate::model::fixtures::{account, signed_in, signed_out, with_project};

    fn having(freshness: Freshness) -> AppView {
        AppView { account: Some(AccountView { freshness, ..account() }), ..signed_in() }
    }

    #[test]
    fn who_comes_and_why_one_goes_is_said() {
        let ended = with_project(SessionView::SignedOut { cause: Some(SignOutCause::Asked) });

        assert_eq!(news(&signed_out(), &signed_in()), Some(Announcement::SignedIn(None)));
        assert_eq!(news(&signed_in(), &ended), Some(Announcement::SignedOut(SignOutCause::Asked)));
        assert_eq!(news(&ended, &ended), None);
        assert_eq!(news(&with_project(SessionView::Restoring), &signed_in()), None, "the app began");
    }

    #[test]
    fn an_edit_that_waited_and_asks_now_is_said_once() {
        let edit = || Some(ProfileView::default());
        let of = |account| AppView { account: Some(account), ..signed_in() };
        let waits = of(AccountView { queued: edit(), freshness: Freshness::Offline, ..account() });
        let asks = of(AccountView { conflict: edit(), ..account() });

        assert_eq!(news(&waits, &asks), Some(Announcement::Conflict));
        assert_eq!(news(&asks, &asks), None);
        assert_eq!(news(&of(account()), &asks), None, "the form says it");
    }

    #[test]
    fn the_same_news_said_twice_are_told_apart() {
        let first = Said::after(None, Announcement::Online);
        let second = Said::after(Some(&first), Announcement::Online);

        assert_eq!(first.news, second.news);
        assert_ne!(first, second);
    }

    #[test]
    fn an_answer_after_none_is_said_and_every_other_answer_is_not() {
        assert_eq!(news(&having(Freshness::Offline), &having(Freshness::Fresh)), Some(Announcement::Online));
        assert_eq!(news(&having(Freshness::Offline), &having(Freshness::Cached)), None);
        assert_eq!(news(&having(Freshness::Cached), &having(Freshness::Fresh)), None);
    }
}
