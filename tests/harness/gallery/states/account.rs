//! The account page.

use foyer_contract::account::{
    CheckUsername, Draft, ProfileBase, PublicProfile, SaveProfile, UsernameState, ViewPublicProfile,
};
use foyer_contract::session::SignOut;
use foyer_contract::view::{
    AccountView, AppView, Freshness, MissingSchema, NoticeCode, ProfileView, RefusedEdit, SessionView,
    StoreWarning, UserView,
};
use foyer_contract::{CommandError, ErrorCode, Field, SessionErrorCode};

use super::State;
use super::ground::{account, having, loading, profile, signed_in, telling, user, with};

pub(super) fn all() -> Vec<State> {
    [loaded(), edited(), typed(), public(), anonymous()].concat()
}

fn loaded() -> Vec<State> {
    let failing =
        |code: SessionErrorCode| AppView { account_error: Some(CommandError::new(code, "")), ..loading() };
    let offline = AppView {
        account_error: Some(CommandError::new(SessionErrorCode::Offline, "")),
        ..having(AccountView { freshness: Freshness::Offline, ..account() })
    };
    let empty =
        AccountView { profile: ProfileView::default(), avatar_url: None, has_picture: false, ..account() };
    let picture_coming = AccountView { avatar_url: None, is_picture_coming: true, ..account() };
    let missing = |table, columns: &[&str]| {
        let columns = columns.iter().map(|name| (*name).to_owned()).collect();
        let sql =
            "create table public.profiles (\n  id uuid primary key references auth.users\n);".to_owned();
        having(AccountView { missing_schema: Some(MissingSchema { table, columns, sql }), ..account() })
    };
    vec![
        State::new("account", signed_in()),
        State::new("account-empty", having(empty)),
        State::new("account-loading", loading()),
        State::new("account-picture-coming", having(picture_coming)),
        State::new("account-cached", having(AccountView { freshness: Freshness::Cached, ..account() })),
        State::new("account-offline", offline),
        State::new("account-failing", failing(SessionErrorCode::ServerTrouble)),
        State::new("account-paused", failing(SessionErrorCode::ProjectPaused)),
        State::new("account-no-table", missing(true, &[])).opens("owner-sql-open"),
        State::new("account-no-column", missing(false, &["website", "avatar_url"])),
        State::new("account-notice", telling(signed_in(), NoticeCode::EditSent)),
        State::new(
            "account-store-warning",
            with(signed_in(), |it| it.store_warning = Some(StoreWarning::NotSaved)),
        ),
    ]
}

fn edited() -> Vec<State> {
    let mine = ProfileView { username: "countess".into(), ..profile() };
    let taken = CommandError::new(ErrorCode::UsernameTaken, "").on(Field::Username);
    let refused = RefusedEdit { profile: mine.clone(), error: taken.clone() };
    vec![
        State::new("account-changed", signed_in()).types("full-name", "Ada King"),
        State::new("account-mistakes", signed_in())
            .types("username", "ab")
            .types("website", "ada")
            .click("save"),
        State::new("account-saving", signed_in()).types("full-name", "Ada King").click("save"),
        State::new("account-saved", signed_in())
            .gives::<SaveProfile>(&())
            .types("full-name", "Ada King")
            .click("save"),
        State::new("account-taken", signed_in())
            .fails::<SaveProfile>(taken)
            .types("username", "countess")
            .click("save"),
        State::new("account-leaving-unsaved", signed_in()).types("full-name", "Ada King").click("sign-out"),
        State::new("account-sign-out-failed", signed_in())
            .fails::<SignOut>(CommandError::new(SessionErrorCode::StoreUnwritable, ""))
            .click("sign-out"),
        State::new("account-queued", having(AccountView { queued: Some(mine.clone()), ..account() })),
        State::new("account-conflict", having(AccountView { conflict: Some(mine), ..account() })),
        State::new("account-edit-refused", having(AccountView { refused: Some(refused), ..account() })),
    ]
}

fn typed() -> Vec<State> {
    let base = ProfileBase { profile: profile(), version: account().version };
    let draft = Draft { profile: ProfileView { full_name: "Ada King".into(), ..profile() }, base };
    vec![
        State::new("account-restored", having(AccountView { draft: Some(draft), ..account() })),
        // The clicks wait for what comes after a pause.
        State::new("account-username-free", signed_in())
            .gives::<CheckUsername>(&UsernameState::Free)
            .types("username", "countess")
            .click("username-free"),
        State::new("account-username-taken", signed_in())
            .gives::<CheckUsername>(&UsernameState::Taken)
            .types("username", "countess")
            .click("username-taken"),
        State::new("account-leaving", signed_in()).types("full-name", "Ada King").click("nav-security"),
    ]
}

fn public() -> Vec<State> {
    let seen = |profile: Option<ProfileView>, has_picture| {
        State::new(
            match (&profile, has_picture) {
                (None, _) => "account-public-nothing",
                (Some(seen), _) if *seen == ProfileView::default() => "account-public-empty",
                (Some(_), true) => "account-public",
                (Some(_), false) => "account-public-no-picture",
            },
            signed_in(),
        )
        .gives::<ViewPublicProfile>(&PublicProfile { profile, has_picture })
        .click("public-own-look")
        .click("public-own")
    };
    vec![
        seen(Some(profile()), true),
        seen(Some(profile()), false),
        seen(Some(ProfileView::default()), false),
        seen(None, false),
    ]
}

fn anonymous() -> Vec<State> {
    let view = || {
        let nameless =
            AccountView { email: None, profile: ProfileView::default(), avatar_url: None, ..account() };
        with(having(nameless), |it| {
            let user = UserView { email: None, is_anonymous: true, ..user() };
            it.session = SessionView::SignedIn { user };
        })
    };
    vec![
        State::new("account-anonymous", view()),
        State::new("account-anonymous-leaving", view()).click("sign-out"),
        State::new("security-anonymous", view()).click("nav-security"),
    ]
}
