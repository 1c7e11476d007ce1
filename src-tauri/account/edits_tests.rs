//! How an edit meets the row that the server has by now.

use time::macros::datetime;

use super::*;
use foyer_contract::SessionErrorCode;

const NOW: OffsetDateTime = datetime!(2026-11-21 16:28:46.123456 UTC);

fn profile(full_name: &str, username: &str, website: &str) -> ProfileView {
    ProfileView { full_name: full_name.into(), username: username.into(), website: website.into() }
}

fn row(updated_at: &str, full_name: &str, username: &str, website: &str) -> ProfileRow {
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    ProfileRow {
        full_name: text(full_name),
        username: text(username),
        website: text(website),
        avatar_url: None,
        updated_at: text(updated_at),
    }
}

/// An edit of the row of time `1`, in which Ada has no website.
fn edit(full_name: &str, username: &str, website: &str) -> Edit {
    let base = ProfileBase { profile: profile("Ada", "ada", ""), version: "1".into() };
    Edit::new(&base, &profile(full_name, username, website))
}

fn sent(mut edit: Edit) -> Edit {
    let changes = edit.changes(NOW).unwrap().unwrap();
    edit.remember(&changes).unwrap();
    edit
}

/// What is written, the time last.
fn columns(edit: &Edit) -> Vec<String> {
    let changes = edit.changes(NOW).unwrap().unwrap();
    let mut columns: Vec<_> = changes.keys().cloned().collect();
    columns.sort_by_key(|column| column == UPDATED_AT);
    columns
}

#[test]
fn only_what_was_touched_is_written_and_only_that_is_checked() {
    let base = ProfileBase { profile: profile("Ada", "ad", "not an address"), version: "1".into() };

    let changes = Edit::new(&base, &profile("Ada L", "ad", "not an address")).changes(NOW).unwrap().unwrap();
    assert_eq!(
        Value::Object(changes),
        serde_json::json!({"full_name": "Ada L", "updated_at": "2026-11-21T16:28:46.123456Z"})
    );

    assert!(Edit::new(&base, &profile("Ada", "a", "not an address")).changes(NOW).is_err());
    assert_eq!(Edit::new(&base, &profile(" Ada ", "ad", "not an address")).changes(NOW).unwrap(), None);
}

#[test]
fn a_row_that_says_the_time_of_our_write_is_ours_however_it_is_written_and_whatever_was_made_of_the_text() {
    let edit = sent(edit("ada b.", "ada", "ada.example"));

    for time in
        ["2026-11-21T16:28:46.123456+00:00", "2026-11-21T17:28:46.123456+01:00", "2026-11-21T16:28:46.123456"]
    {
        let made = row(time, "B., Ada", "ada", "https://ada.example/#me");
        assert_eq!(edit.meets(Some(&made)), Meeting::Saved, "{time}");
    }
    let other = row("2026-11-21T16:28:46.123457+00:00", "B., Ada", "ada", "https://ada.example/#me");
    assert_eq!(edit.meets(Some(&other)), Meeting::Newer);
}

#[test]
fn our_own_earlier_write_is_no_conflict_for_what_was_typed_after_it() {
    let first = sent(edit("Ada L", "ada", ""));
    let base = ProfileBase { profile: profile("Ada L", "ada", ""), version: "1".into() };
    let later = first.then(&Edit::new(&base, &profile("Ada L", "countess", "")));
    let written = row("2026-11-21T16:28:46.123456+00:00", "Ada L", "ada", "");

    assert_eq!(later.meets(Some(&written)), Meeting::Aside);
    assert_eq!(columns(&later.rebase(Some(&written))), ["username", "updated_at"]);
}

#[test]
fn a_server_that_sets_its_own_time_and_form_is_recognized_by_what_the_row_says() {
    let edit = sent(edit(" Ada  Lovelace ", "Countess", "Ada.example"));

    assert_eq!(
        edit.meets(Some(&row("2", "Ada Lovelace", "countess", "https://ada.example/"))),
        Meeting::Saved
    );
    assert_eq!(
        edit.meets(Some(&row("2", "Ada Lovelace", "countess", "https://eve.example/"))),
        Meeting::Newer
    );
}

#[test]
fn a_change_of_letters_case_alone_has_not_arrived_in_a_row_that_is_as_it_was() {
    let edit = edit("ADA", "ada", "");

    assert_eq!(edit.meets(Some(&row("1", "Ada", "ada", ""))), Meeting::Base);
    assert_eq!(edit.meets(Some(&row("2", "Ada", "ada", ""))), Meeting::Aside);
    assert_eq!(edit.meets(Some(&row("2", "Ada", "ada", "https://new.example"))), Meeting::Newer);
}

#[test]
fn a_newer_row_is_a_conflict_also_where_it_says_no_newer_time() {
    let edit = edit("Ada L", "ada", "");

    assert_eq!(edit.meets(Some(&row("2", "Countess", "ada", ""))), Meeting::Newer);
    assert_eq!(edit.meets(Some(&row("1", "Countess", "ada", ""))), Meeting::Newer);
    // A picture is not in the form.
    assert_eq!(edit.meets(Some(&row("2", "Ada", "ada", ""))), Meeting::Aside);
}

#[test]
fn where_no_row_is_left_nothing_can_be_overwritten() {
    let edit = edit("Ada L", "ada", "");
    assert_eq!(edit.meets(None), Meeting::Aside);

    let rebased = edit.rebase(None);
    assert_eq!(rebased.meets(None), Meeting::Base);
    assert_eq!(columns(&rebased), ["full_name", "updated_at"]);
}

#[test]
fn mine_over_theirs_writes_what_was_touched_and_leaves_the_rest_as_theirs() {
    let theirs = row("2", "Countess", "countess", "https://new.example");
    let mine = edit("Ada L", "ada", "").in_conflict().rebase(Some(&theirs));

    assert_eq!(mine.over(Some(&theirs)), profile("Ada L", "countess", "https://new.example"));
    assert_eq!(columns(&mine), ["full_name", "updated_at"]);
}

#[test]
fn an_edit_comes_back_from_disk_as_one_that_is_tried_again() {
    let refused = sent(edit("Ada L", "ada", ""))
        .refused(CommandError::new(foyer_contract::ErrorCode::Session(SessionErrorCode::Forbidden), "no"));

    let read: Edit = serde_json::from_slice(&serde_json::to_vec(&refused).unwrap()).unwrap();

    assert!(read.is_waiting());
    assert_eq!(read.over(None).full_name, "Ada L");
}
