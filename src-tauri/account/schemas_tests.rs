//! The table `profiles` as real projects have it, on a real server in this process: what is saved, what is said where.

use foyer_contract::account::OwnerSql;
use foyer_contract::view::{NoticeCode, ProfileView};
use foyer_contract::{CommandError, ErrorClass, ErrorCode, Field, SessionErrorCode};

use super::test_world::{World, world};

async fn with(change: &str) -> World {
    let world = world().await;
    world.sql.run(change).await;
    world.load().await;
    world
}

impl World {
    async fn refusal(&self, type_into: impl FnOnce(&mut ProfileView)) -> CommandError {
        let wish = self.typed(type_into);
        self.account().save(&wish).await.unwrap_err().into()
    }
}

fn username(profile: &mut ProfileView) {
    profile.username = "ada.lovelace".into();
}

fn website(profile: &mut ProfileView) {
    profile.website = "http://ada.example".into();
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_column_the_rest_is_shown_and_saved() {
    for column in ["website", "username", "avatar_url", "updated_at"] {
        let world = with(&format!("alter table public.profiles drop column {column}")).await;

        let missing = world.shown().missing_schema.unwrap();
        assert_eq!((missing.table, missing.columns.as_slice()), (false, &[column.to_owned()][..]));
        assert_eq!(world.shown().profile.full_name, "Ada", "{column}");
        world.save(&world.named("Ada Lovelace")).await.unwrap();
        assert_eq!(world.column("full_name").await.as_deref(), Some("Ada Lovelace"), "{column}");

        world.sql.run(&missing.sql).await;
        world.load().await;
        assert_eq!(world.shown().missing_schema, None, "the SQL adds what was lacking");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_of_another_kind_is_shown_as_text_or_not_at_all_and_the_rest_is_saved() {
    let table = [
        ("website", "jsonb", "'{\"home\": 1}'", true),
        ("website", "text[]", "array['https://ada.example']", true),
        ("website", "integer", "7", false),
        ("username", "bigint", "1234", false),
        ("username", "boolean", "true", false),
        ("avatar_url", "jsonb", "'[]'", true),
        ("updated_at", "bigint", "1790000000", true),
        ("updated_at", "timestamp", "now()", false),
    ];
    for (column, kind, value, is_lacking) in table {
        let change = format!(
            "alter table public.profiles drop column {column} cascade;
             alter table public.profiles add column {column} {kind};
             update public.profiles set {column} = {value}"
        );
        let world = with(&change).await;

        let missing = world.shown().missing_schema.map(|missing| missing.columns).unwrap_or_default();
        assert_eq!(missing, if is_lacking { vec![column.to_owned()] } else { Vec::new() }, "{kind}");
        assert_eq!(world.shown().profile.full_name, "Ada", "{column} {kind}");
        world.save(&world.named("Ada Lovelace")).await.unwrap();
        assert_eq!(world.column("full_name").await.as_deref(), Some("Ada Lovelace"), "{column} {kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_does_not_say_whose_a_row_is_is_none() {
    let world = with("alter table public.profiles rename column id to user_id").await;

    assert!(world.shown().missing_schema.is_some_and(|missing| missing.table));
    assert_eq!(world.shown().profile.full_name, "Ada");
    world.save(&world.named("Ada Lovelace")).await.unwrap();
    assert_eq!(world.shown().profile.full_name, "Ada Lovelace");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_that_was_added_while_there_is_no_row_is_seen() {
    let world = with("delete from public.profiles; alter table public.profiles drop column website").await;
    let missing = world.shown().missing_schema.unwrap();
    assert_eq!(missing.columns, ["website"]);

    world.sql.run(&missing.sql).await;
    world.load().await;

    assert_eq!(world.shown().missing_schema, None);
    let wish = world.typed(website);
    world.save(&wish).await.unwrap();
    assert_eq!(world.column("website").await.as_deref(), Some("http://ada.example"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_time_in_the_row_nobodys_newer_change_is_overwritten() {
    let world = with("alter table public.profiles drop column updated_at").await;
    let stale = world.named("Ada Lovelace");

    world.sql.run("update public.profiles set full_name = 'Countess'").await;

    assert_eq!(world.save(&stale).await, Err(ErrorCode::Conflict));
    assert_eq!(world.column("full_name").await.as_deref(), Some("Countess"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_table_the_page_shows_and_saves_what_auth_keeps() {
    let world = with("drop table public.profiles cascade").await;

    let missing = world.shown().missing_schema.unwrap();
    assert!(missing.table && missing.sql.contains("create table if not exists public.profiles"));
    assert_eq!(world.shown().profile.full_name, "Ada");
    world.save(&world.named("Ada Lovelace")).await.unwrap();

    assert_eq!(world.shown().profile.full_name, "Ada Lovelace");
    let kept = world.sql.run("select raw_user_meta_data ->> 'full_name' as name from auth.users").await;
    assert_eq!(kept[0]["name"], "Ada Lovelace");
    let refused = world.refusal(website).await;
    assert_eq!(refused.code, ErrorCode::ProjectNotPrepared);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_of_the_projects_own_is_said_on_the_field_that_breaks_it() {
    type Typed = fn(&mut ProfileView);
    let table: [(&str, Typed, ErrorCode, Option<Field>); 6] = [
        (
            "alter table public.profiles add constraint c check (username ~ '^[a-z0-9_]{3,20}$')",
            username,
            ErrorCode::ValueRefused,
            Some(Field::Username),
        ),
        (
            "alter table public.profiles add constraint c check (website like 'https://%')",
            website,
            ErrorCode::ValueRefused,
            Some(Field::Website),
        ),
        (
            "alter table public.profiles alter column username type varchar(10)",
            username,
            ErrorCode::TextTooLong,
            Some(Field::Username),
        ),
        (
            "alter table public.profiles add unique (website);
             insert into auth.users (id) values ('6f1c7a0e-0000-4000-8000-000000000009');
             insert into public.profiles (id, website)
               values ('6f1c7a0e-0000-4000-8000-000000000009', 'http://ada.example')
               on conflict (id) do update set website = excluded.website",
            website,
            ErrorCode::ValueTaken,
            Some(Field::Website),
        ),
        (
            "create function public.no() returns trigger language plpgsql as
               $$ begin raise exception 'Ask Charles first.'; end $$;
             create trigger no before update on public.profiles for each row execute function public.no()",
            website,
            ErrorCode::ProjectSays,
            None,
        ),
        (
            "create function public.no() returns trigger language plpgsql as
               $$ begin insert into public.audit values (new.id); return new; end $$;
             create trigger no before update on public.profiles for each row execute function public.no()",
            website,
            ErrorCode::Session(SessionErrorCode::ProjectBroken),
            None,
        ),
    ];
    for (change, typed, code, field) in table {
        let world = with(change).await;

        let refused = world.refusal(typed).await;

        assert_eq!((refused.code, refused.field), (code, field), "{change}");
        assert_ne!(refused.code.class(), ErrorClass::Wait, "it would fail again");
        let quoted = (code == ErrorCode::ProjectSays).then(|| "Ask Charles first.".to_owned());
        assert_eq!(refused.quoted, quoted);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_that_foyer_does_not_know_and_that_wants_a_value_is_named() {
    let change = "delete from public.profiles; alter table public.profiles add column team text not null";
    let world = with(change).await;

    let refused = world.refusal(|profile| profile.full_name = "Ada Lovelace".into()).await;

    assert_eq!((refused.code, refused.name.as_deref()), (ErrorCode::ColumnUnfilled, Some("team")));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_deleted_where_the_account_itself_cannot_be() {
    let world = with("drop function public.delete_account()").await;
    put_picture(&world).await;

    let refused: CommandError = world.account().delete("ada@example.com").await.unwrap_err().into();

    assert_eq!((refused.code, refused.name.as_deref()), (ErrorCode::FunctionMissing, Some("delete_account")));
    assert_eq!(pictures(&world).await, 1);
    // What the person is shown is what the button copies, and it is what was missing.
    let sql = refused.sql.unwrap();
    assert_eq!(sql, world.account().owner_sql(OwnerSql::Deletion));
    world.sql.run(&sql).await;
    assert_eq!(world.account().delete("ada@example.com").await, Ok(NoticeCode::AccountDeleted));
    assert_eq!(pictures(&world).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sql_that_is_copied_is_the_sql_that_is_shown() {
    let world = with("alter table public.profiles drop column website").await;
    world.load().await;

    let shown = world.shown().missing_schema.unwrap().sql;

    assert!(shown.contains("website"), "{shown}");
    assert_eq!(world.account().owner_sql(OwnerSql::Profile), shown);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_takes_all_and_says_what_it_could_not_see() {
    let world = world().await;
    put_picture(&world).await;
    assert_eq!(world.account().delete("ada@example.com").await, Ok(NoticeCode::AccountDeleted));
    assert_eq!(pictures(&world).await, 0);

    let hidden = with("drop policy \"Own avatars are readable.\" on storage.objects").await;
    put_picture(&hidden).await;
    let outcome = hidden.account().delete("ada@example.com").await;
    assert_eq!(outcome, Ok(NoticeCode::AccountDeletedPicturesStay));
    assert_eq!(pictures(&hidden).await, 1);
    assert!(hidden.sql.run("select id from auth.users").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_may_not_be_removed_keep_the_account() {
    let world = with("drop policy \"Own avatars can be removed.\" on storage.objects").await;
    put_picture(&world).await;

    let refused: CommandError = world.account().delete("ada@example.com").await.unwrap_err().into();

    assert_eq!(refused.code, ErrorCode::PicturesStay);
    assert_eq!(world.sql.run("select id from auth.users").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_that_is_there_already_stays_as_it_is() {
    let world = world().await;
    world
        .sql
        .run("update storage.buckets set public = true, file_size_limit = null, allowed_mime_types = null")
        .await;

    world.sql.run(include_str!("../../supabase/migrations/20261121100100_avatars.sql")).await;

    let bucket =
        world.sql.run("select public, file_size_limit, allowed_mime_types from storage.buckets").await;
    assert_eq!(bucket[0]["public"], true);
    assert!(bucket[0]["file_size_limit"].is_null() && bucket[0]["allowed_mime_types"].is_null());
}

/// An object that their row names, and no picture, which the load does not mind.
async fn put_picture(world: &World) {
    world.put_picture(b"bytes".to_vec()).await;
    world.load().await;
}

async fn pictures(world: &World) -> usize {
    world.sql.run("select name from storage.objects").await.len()
}
