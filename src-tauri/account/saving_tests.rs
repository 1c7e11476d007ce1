//! Saving against a real server in this process: what is written, what is kept, what is asked.

use foyer_contract::account::ResolveEdit;
use foyer_contract::{ErrorCode, SessionErrorCode};
use supabase_session::{SignOutCause, State};

use super::super::test_world::{NetworkFault, world};
use super::*;

fn elsewhere(what: &str) -> String {
    format!("update public.profiles set {what}, updated_at = now()")
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_was_touched_is_written() {
    let world = world().await;
    // By an app that leaves the time alone.
    let change = "update public.profiles set website = 'https://else.example'";

    world.network.fail_with(NetworkFault::Before(change.into()));
    world.save(&world.named("Ada Lovelace")).await.unwrap();

    assert_eq!(world.column("full_name").await.as_deref(), Some("Ada Lovelace"));
    assert_eq!(world.column("website").await.as_deref(), Some("https://else.example"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_app_wrote_that_leaves_the_time_alone_is_not_overwritten_unseen() {
    let world = world().await;
    let change = "update public.profiles set full_name = 'Countess'";

    world.network.fail_with(NetworkFault::Before(change.into()));
    assert_eq!(world.save(&world.named("Ada Lovelace")).await, Err(ErrorCode::Conflict));

    assert_eq!(world.column("full_name").await.as_deref(), Some("Countess"));
    assert_eq!(world.shown().profile.full_name, "Countess");
    assert_eq!(world.shown().conflict.map(|mine| mine.full_name).as_deref(), Some("Ada Lovelace"));
    world.resolve(Version::Mine).await.unwrap();
    assert_eq!(world.column("full_name").await.as_deref(), Some("Ada Lovelace"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_was_filled_from_an_older_row_overwrites_nothing_unseen() {
    let world = world().await;
    let stale = world.named("Ada Lovelace");

    world.sql.run(&elsewhere("full_name = 'Countess', website = 'https://else.example'")).await;
    world.load().await;
    assert_eq!(world.save(&stale).await, Err(ErrorCode::Conflict));
    assert_eq!(world.column("full_name").await.as_deref(), Some("Countess"));
    let shown = world.shown();
    assert_eq!(shown.conflict.map(|mine| mine.full_name).as_deref(), Some("Ada Lovelace"));
    assert_eq!(shown.profile.full_name, "Countess");

    world.resolve(Version::Mine).await.unwrap();
    assert_eq!(world.column("full_name").await.as_deref(), Some("Ada Lovelace"));
    assert_eq!(world.column("website").await.as_deref(), Some("https://else.example"), "not touched");
    assert_eq!((world.shown().conflict, world.on_disk()), (None, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn mine_is_not_written_over_a_row_that_is_newer_than_the_one_that_was_looked_at() {
    let world = world().await;
    world.network.fail_with(NetworkFault::Before(elsewhere("full_name = 'Countess'")));
    assert_eq!(world.save(&world.named("Ada Lovelace")).await, Err(ErrorCode::Conflict));
    let looked_at = world.shown().version;

    world.sql.run(&elsewhere("full_name = 'Lady Byron'")).await;
    world.load().await;
    let wish = ResolveEdit { keep: Version::Mine, seen: Some(looked_at) };
    let outcome = world.account().resolve_edit(&wish).await.map_err(|failure| failure.code());

    assert_eq!(outcome, Err(ErrorCode::Conflict));
    assert_eq!(world.column("full_name").await.as_deref(), Some("Lady Byron"));
    world.network.fail_with(NetworkFault::Before(elsewhere("full_name = 'A. King'")));
    assert_eq!(world.resolve(Version::Mine).await, Err(ErrorCode::Conflict));
    assert_eq!(world.column("full_name").await.as_deref(), Some("A. King"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_arrived_without_an_answer_is_sent_whatever_the_server_made_of_it() {
    for trigger in [
        "new.website = new.website || '/#me'; new.full_name = upper(new.full_name)",
        // As Supabase's own example does.
        "new.updated_at = now(); new.full_name = initcap(new.full_name)",
    ] {
        let world = world().await;
        world
            .sql
            .run(&format!(
                "create function public.usual() returns trigger language plpgsql as $$
                   begin {trigger}; return new; end $$;
                 create trigger usual before update on public.profiles for each row execute function public.usual()"
            ))
            .await;
        world.network.fail_with(NetworkFault::LosesAnswers);
        world
            .save(&world.typed(|profile| {
                profile.full_name = "ada lovelace".into();
                profile.website = "ada.example".into();
            }))
            .await
            .unwrap();

        world.network.fail_with(NetworkFault::None);
        let is_said = || world.notices.lock().contains(&NoticeCode::EditSent);
        world.connection.request_sync();
        world.until("the edit to be over, and said to be", is_said).await;

        assert_eq!((world.shown().queued, world.shown().conflict), (None, None), "{trigger}");
        assert_eq!(world.on_disk(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_row_was_known_one_that_was_made_meanwhile_is_not_overwritten() {
    let world = world().await;
    world.sql.run("delete from public.profiles").await;
    world.load().await;
    let made = "insert into public.profiles (id, full_name, website, updated_at)
                select id, 'Countess', 'https://else.example', now() from auth.users";

    world.network.fail_with(NetworkFault::Before(made.into()));
    assert_eq!(world.save(&world.named("Ada Lovelace")).await, Err(ErrorCode::Conflict));
    assert_eq!(world.column("full_name").await.as_deref(), Some("Countess"));

    world.resolve(Version::Mine).await.unwrap();
    assert_eq!(world.column("full_name").await.as_deref(), Some("Ada Lovelace"));
    assert_eq!(world.column("website").await.as_deref(), Some("https://else.example"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_went_away_is_made_again_with_what_was_typed() {
    let world = world().await;
    let wish = world.named("Ada Lovelace");

    world.sql.run("delete from public.profiles").await;
    world.save(&wish).await.unwrap();

    assert_eq!(world.column("full_name").await.as_deref(), Some("Ada Lovelace"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_without_a_policy_for_changes_does_not_allow_it_and_there_is_no_conflict() {
    let world = world().await;
    world.sql.run("drop policy \"Users can update own profile.\" on public.profiles").await;

    assert_eq!(
        world.save(&world.named("Ada Lovelace")).await,
        Err(ErrorCode::Session(SessionErrorCode::Forbidden))
    );

    assert_eq!(world.shown().conflict, None);
    assert_eq!(world.on_disk(), 0, "it stands in the form, which was told");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_waited_and_is_refused_for_good_is_given_back_with_its_reason_and_not_sent_again() {
    let taken = "insert into auth.users (id, email) values (gen_random_uuid(), 'other@example.com');
                 update public.profiles set username = 'taken' where full_name is null";
    let raises = "create function public.no() returns trigger language plpgsql as $$
                    begin raise exception 'not on Sundays'; end $$;
                  create trigger no before update on public.profiles for each row execute function public.no()";
    let short = "alter table public.profiles alter column username type varchar(4)";
    let checked = "alter table public.profiles add constraint c check (username ~ '^[a-z]{3,4}$')";
    let closed = "drop policy \"Users can update own profile.\" on public.profiles";
    for rule in [taken, raises, short, checked, closed] {
        let world = world().await;
        world.network.fail_with(NetworkFault::Cut);
        world.save(&world.typed(|profile| profile.username = "taken".into())).await.unwrap();
        world.sql.run(rule).await;
        world.network.fail_with(NetworkFault::None);

        world.load().await;

        let shown = world.shown();
        assert_eq!((shown.queued, shown.conflict), (None, None), "{rule}");
        assert_eq!(shown.refused.map(|refused| refused.profile.username).as_deref(), Some("taken"), "{rule}");
        assert_eq!(world.on_disk(), 1, "{rule}");
        let writes = world.network.writes();
        world.load().await;
        assert_eq!(world.network.writes(), writes, "{rule}: what fails again is not sent by itself");
        // From the form it can be mended.
        world.sql.run("drop trigger if exists no on public.profiles").await;
        if rule == closed {
            continue;
        }
        world.save(&world.typed(|profile| profile.username = "ada".into())).await.unwrap();
        assert_eq!((world.shown().refused, world.on_disk()), (None, 0), "{rule}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_while_an_edit_waits_is_sent_with_it() {
    let world = world().await;
    world.save_offline("Ada Lovelace").await;
    world.save(&world.typed(|profile| profile.username = "countess".into())).await.unwrap();
    world.network.fail_with(NetworkFault::None);
    world.connection.request_sync();

    world.until("the edit to be over", || world.view().is_some_and(|view| view.queued.is_none())).await;

    assert_eq!(world.column("full_name").await.as_deref(), Some("Ada Lovelace"));
    assert_eq!(world.column("username").await.as_deref(), Some("countess"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_outlives_a_session_that_was_ended_elsewhere_and_is_sent_at_the_next_sign_in() {
    let world = world().await;
    world.save_offline("Ada Lovelace").await;
    world.sql.run("delete from auth.sessions").await;
    world.network.fail_with(NetworkFault::CutWrites);
    // Whether the session is over only Auth tells.
    assert!(world.connection.client().get_user().await.is_err());
    world.until("the page to be closed", || world.view().is_none()).await;
    assert_eq!(world.on_disk(), 1);

    world.network.fail_with(NetworkFault::None);
    world.sign_in().await;

    world.until("the edit to be sent", || world.view().is_some_and(|view| view.queued.is_none())).await;
    assert_eq!(world.column("full_name").await.as_deref(), Some("Ada Lovelace"));
    assert_eq!(world.on_disk(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_drops_ones_own_edit_and_nobody_elses() {
    let world = world().await;
    let others = world.folder.path().join("edits/of-somebody-else.json");
    std::fs::write(&others, "{}").unwrap();
    world.save_offline("Ada Lovelace").await;
    assert_eq!(world.on_disk(), 2);

    world.connection.leave();
    world.connection.client().sign_out().await;

    world.until("the page to be closed", || world.view().is_none()).await;
    assert_eq!(world.on_disk(), 1);
    assert!(others.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_dropped_while_it_is_being_sent_is_not_kept_again() {
    let world = world().await;
    let begun = world.account().begun();
    let user = world.account().user().unwrap();
    let edit = Edit::new(&ProfileBase::default(), &ProfileView::default());

    world.account().drop_edit();
    world.account().keep(&user, Some(edit), begun).unwrap();

    assert_eq!((world.shown().queued, world.on_disk()), (None, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_who_was_deleted_meanwhile_is_signed_out_with_that_reason_and_asked_nothing() {
    for has_row in [true, false] {
        let world = world().await;
        if !has_row {
            world.sql.run("delete from public.profiles").await;
            world.load().await;
        }
        let wish = world.named("Ada Lovelace");
        world.sql.run("delete from auth.users").await;

        assert_eq!(
            world.save(&wish).await,
            Err(ErrorCode::Session(SessionErrorCode::SignedOut)),
            "{has_row}"
        );

        let state = world.connection.client().state();
        assert!(matches!(state, State::SignedOut(Some(SignOutCause::Deleted))), "{has_row}: {state:?}");
        world.until("the page to be closed", || world.view().is_none()).await;
        assert_eq!(world.on_disk(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_cannot_be_kept_on_disk_is_said_to_be_and_still_waits() {
    let world = world().await;
    let edits = world.folder.path().join("edits");
    std::fs::remove_dir(&edits).unwrap();
    std::fs::write(&edits, "in the way").unwrap();
    world.network.fail_with(NetworkFault::Cut);

    assert_eq!(
        world.save(&world.named("Ada Lovelace")).await,
        Err(ErrorCode::Session(SessionErrorCode::StoreUnwritable))
    );

    assert_eq!(world.shown().queued.map(|mine| mine.full_name).as_deref(), Some("Ada Lovelace"));
}
