use foyer_contract::account::ProfileBase;
use foyer_contract::view::{ProfileView, Protection};

use super::super::test_world::{NetworkFault, World, world};
use super::*;
use crate::account::avatar::lock;
use crate::account::files::sealed;
use crate::account::removal::Removed;

fn typed(full_name: &str) -> Draft {
    let profile = ProfileView { full_name: full_name.into(), ..ProfileView::default() };
    Draft { profile, base: ProfileBase::default() }
}

const ADA: Uuid = Uuid::from_u128(1);

/// Ada's drafts as a process that begins finds them.
fn drafts_in(files: &Files) -> Drafts {
    let drafts = Drafts::new(files.clone(), "https://a.supabase.co/");
    drafts.open(ADA);
    drafts
}

#[test]
fn a_draft_is_found_by_the_next_process_until_a_window_has_taken_it() {
    let folder = tempfile::tempdir().unwrap();
    let files = sealed(folder.path());
    let drafts = || drafts_in(&files);
    let before = drafts();
    before.keep(ADA, "main", Some(typed("Ada"))).unwrap();
    assert_eq!(before.found(), None, "it stands in a form");

    let after = drafts();
    assert_eq!(after.found(), Some(typed("Ada")));
    after.keep(ADA, "main", Some(typed("Ada L"))).unwrap();
    assert!(after.has("main"));
    assert_eq!(after.found(), None);

    drafts().keep(ADA, "main", None).unwrap();
    assert_eq!(drafts().found(), None);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn each_window_has_a_draft_of_its_own_and_a_window_that_is_gone_hands_its_draft_on() {
    let folder = tempfile::tempdir().unwrap();
    let files = sealed(folder.path());
    let drafts = || drafts_in(&files);
    let before = drafts();
    before.keep(ADA, "main", Some(typed("Ada"))).unwrap();
    before.keep(ADA, "second", Some(typed("Countess"))).unwrap();
    before.keep(ADA, "main", None).unwrap();
    assert!(before.has("second") && !before.has("main"));

    let after = drafts();
    assert_eq!(after.found(), Some(typed("Countess")));
    after.keep(ADA, "main", Some(typed("Countess"))).unwrap();
    assert!(after.has("main") && !after.has("second"));
    after.keep(ADA, "main", None).unwrap();
    assert_eq!(drafts().found(), None);
}

#[test]
fn a_new_window_with_the_label_of_a_closed_one_does_not_write_over_its_draft() {
    let folder = tempfile::tempdir().unwrap();
    let files = sealed(folder.path());
    let drafts = || drafts_in(&files);
    let before = drafts();
    before.keep(ADA, "window-2", Some(typed("Countess"))).unwrap();
    before.close_window("window-2").unwrap();
    assert!(!before.has("window-2"));
    assert_eq!(before.found(), None, "no other window takes it by itself");
    before.keep(ADA, "window-2", Some(typed("Ada"))).unwrap();
    before.keep(ADA, "window-2", None).unwrap();

    assert_eq!(drafts().found(), Some(typed("Countess")));
}

#[test]
fn a_new_window_does_not_write_over_what_was_typed_before_a_crash_in_one_of_its_label() {
    let folder = tempfile::tempdir().unwrap();
    let files = sealed(folder.path());
    let drafts = || drafts_in(&files);
    let before = drafts();
    before.keep(ADA, "main", Some(typed("Ada"))).unwrap();
    before.keep(ADA, "window-2", Some(typed("Countess"))).unwrap();

    let after = drafts();
    after.keep(ADA, "main", Some(typed("Ada"))).unwrap();
    assert!(!after.has("window-2"), "nothing is typed in the new one");
    after.keep(ADA, "window-2", Some(typed("A"))).unwrap();
    after.keep(ADA, "window-2", None).unwrap();
    after.keep(ADA, "main", None).unwrap();

    assert_eq!(drafts().found(), Some(typed("Countess")));
}

#[test]
fn two_windows_of_one_label_that_were_closed_one_after_the_other_leave_two_drafts() {
    let folder = tempfile::tempdir().unwrap();
    let files = sealed(folder.path());
    let drafts = || drafts_in(&files);
    let before = drafts();
    for name in ["Ada", "Countess"] {
        before.keep(ADA, "window-2", Some(typed(name))).unwrap();
        before.close_window("window-2").unwrap();
    }

    for name in ["Ada", "Countess"] {
        assert_eq!(drafts().found(), Some(typed(name)));
        drafts().keep(ADA, "main", None).unwrap();
    }
    assert_eq!(drafts().found(), None);
}

#[test]
fn a_window_whose_page_begins_anew_finds_what_was_typed_in_it_and_no_other_window_does() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = drafts_in(&sealed(folder.path()));
    drafts.keep(ADA, "main", Some(typed("Ada"))).unwrap();

    assert_eq!(drafts.kept(ADA, "main"), Some(typed("Ada")));
    assert_eq!(drafts.kept(ADA, "window-2"), None);
    assert_eq!(drafts.kept(Uuid::from_u128(2), "main"), None, "it is somebody else's");

    drafts.keep(ADA, "main", None).unwrap();
    assert_eq!(drafts.kept(ADA, "main"), None);
}

#[test]
fn drafts_of_others_are_those_of_everybody_but_one() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = drafts_in(&sealed(folder.path()));
    assert!(!drafts.has_others(None));

    drafts.keep(ADA, "main", Some(typed("Ada"))).unwrap();

    assert!(!drafts.has_others(Some(ADA)));
    assert!(drafts.has_others(Some(Uuid::from_u128(2))) && drafts.has_others(None));
}

#[test]
fn nobody_sees_the_draft_of_another_user_or_project() {
    let folder = tempfile::tempdir().unwrap();
    let files = sealed(folder.path());
    let of = |url: &str, user: u128| {
        let drafts = Drafts::new(files.clone(), url);
        drafts.open(Uuid::from_u128(user));
        drafts
    };
    of("https://a.supabase.co/", 1).keep(ADA, "main", Some(typed("Ada"))).unwrap();

    assert_eq!(of("https://a.supabase.co/", 2).found(), None);
    assert_eq!(of("https://b.supabase.co/", 1).found(), None);
    let late = of("https://a.supabase.co/", 2);
    late.keep(ADA, "main", Some(typed("late"))).unwrap();
    assert_eq!(
        of("https://a.supabase.co/", 1).found(),
        Some(typed("Ada")),
        "an answer that comes late changes nothing"
    );
}

impl World {
    fn draft(&self, full_name: &str) -> Draft {
        let wish = self.named(full_name);
        Draft { profile: wish.profile, base: wish.base.unwrap() }
    }

    fn keep(&self, draft: Option<Draft>) {
        self.account().keep_draft("main", draft).unwrap();
    }

    fn drafts_on_disk(&self) -> String {
        let files = std::fs::read_dir(self.folder.path().join("drafts")).unwrap();
        files
            .map(|file| String::from_utf8_lossy(&std::fs::read(file.unwrap().path()).unwrap()).into_owned())
            .collect()
    }

    /// As at the next start.
    fn start_again(&self) {
        let user = self.account().user().unwrap();
        *self.account().shown() = None;
        self.account().open(&user);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_sealed_and_goes_with_its_owners_sign_out_but_not_with_a_session_that_ends() {
    let world = world().await;
    let draft = world.draft("Ada Lovelace");

    world.keep(Some(draft.clone()));
    assert!(!world.drafts_on_disk().is_empty() && !world.drafts_on_disk().contains("Lovelace"));
    world.start_again();
    assert_eq!(world.shown().draft, Some(draft.clone()));

    world.sql.run("delete from auth.sessions").await;
    assert!(world.connection.client().get_user().await.is_err());
    world.until("nobody to be shown", || world.view().is_none()).await;
    world.sign_in().await;
    assert_eq!(world.shown().draft, Some(draft), "its owner is back");

    world.connection.leave();
    world.connection.client().sign_out().await;
    world.sign_in().await;
    assert_eq!(world.shown().draft, None);
    assert!(world.drafts_on_disk().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_while_a_sign_out_removes_a_picture_goes_with_the_sign_out_too() {
    let world = world().await;
    let (user, path) = (world.account().user().unwrap().id, "gone.png".to_owned());
    let removed = Removed { user, id: Uuid::from_u128(7), path, bytes: None };
    *lock(&world.account().avatar.removed) = Some(removed);
    let undo = world.account().avatar.undo.lock().await;

    tokio::join!(world.connection.leave_before_sign_out(), async {
        world.keep(Some(world.draft("Ada Lovelace")));
        drop(undo);
    });

    assert!(world.drafts_on_disk().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_is_to_be_written_a_draft_lives_in_memory_alone() {
    let world = world().await;
    world.keep(Some(world.draft("Ada Lovelace")));

    world.account().follow_protection(Some(Protection::Keychain), Protection::Memory);
    assert!(world.drafts_on_disk().is_empty());
    assert!(world.account().has_draft("main"), "the window still asks before it closes");

    world.account().follow_protection(Some(Protection::Memory), Protection::Keychain);
    assert!(!world.drafts_on_disk().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_met_a_newer_row_meanwhile_asks_when_it_is_saved() {
    let world = world().await;
    let draft = world.draft("Ada Lovelace");
    world.keep(Some(draft.clone()));
    world.start_again();
    let change = "update public.profiles set full_name = 'Countess', updated_at = now()";
    world.sql.run(change).await;
    world.load().await;
    let found = world.shown().draft.unwrap();

    let wish = foyer_contract::account::SaveProfile { profile: found.profile, base: Some(found.base) };
    assert_eq!(world.save(&wish).await, Err(foyer_contract::ErrorCode::Conflict));

    assert_eq!(world.column("full_name").await.as_deref(), Some("Countess"));
    world.network.fail_with(NetworkFault::None);
}
