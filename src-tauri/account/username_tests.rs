use foyer_contract::account::UsernameState::{self, Free, Taken, Unknown};

use super::super::test_world::{NetworkFault, World, world};

impl World {
    async fn check(&self, username: &str) -> UsernameState {
        self.account().check_username(username).await
    }

    async fn somebody_else(&self, username: &str) {
        let id = uuid::Uuid::new_v4();
        let user = format!("insert into auth.users (id, email) values ('{id}', '{id}@example.com')");
        self.sql.run(&user).await;
        self.sql.run(&format!("update public.profiles set username = '{username}' where id = '{id}'")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_username_is_free_or_taken_as_the_server_compares_and_the_own_one_is_never_taken() {
    let world = world().await;
    world.somebody_else("grace").await;
    world.sql.run("update public.profiles set username = 'ada' where full_name = 'Ada'").await;

    for (username, state) in [
        ("grace", Taken),
        (" grace ", Taken),
        ("Grace", Free),
        ("hopper", Free),
        ("ada", Free),
        ("a,b.eq.(c)", Free),
        ("", Unknown),
        ("ab", Unknown),
        ("gra\u{200B}ce", Unknown),
    ] {
        assert_eq!(world.check(username).await, state, "{username:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_see_others_learns_nothing() {
    let world = world().await;
    assert_eq!(world.check("hopper").await, Unknown, "nobody else is there who could be seen");
    world.somebody_else("grace").await;
    assert_eq!(world.check("hopper").await, Free);

    let hide = "drop policy \"Public profiles are viewable by everyone.\" on public.profiles;
        create policy \"Own profile.\" on public.profiles for select using ((select auth.uid()) = id)";
    for statement in hide.split(';') {
        world.sql.run(statement).await;
    }
    assert_eq!((world.check("grace").await, world.check("hopper").await), (Unknown, Unknown));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_connection_or_a_column_nothing_is_said() {
    let world = world().await;
    world.somebody_else("grace").await;

    world.network.fail_with(NetworkFault::Cut);
    assert_eq!(world.check("grace").await, Unknown);

    world.network.fail_with(NetworkFault::None);
    world.sql.run("alter table public.profiles drop column username").await;
    world.load().await;
    assert_eq!(world.check("grace").await, Unknown);
    assert!(world.account().last_trouble().is_none());
}

#[tokio::test]
async fn a_newer_question_ends_the_older_one() {
    let questions = super::Questions::default();
    let mut older = questions.begin();
    assert!(!older.has_changed().unwrap());

    let newer = questions.begin();

    older.changed().await.unwrap();
    assert!(!newer.has_changed().unwrap());
}
