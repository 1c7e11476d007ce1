//! Links that are delivered again: for the same person, for somebody else, and after a question.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use supabase_session::{MemoryStore, Project, SessionStore, State, StoreError, StoreKey};
use supabase_session_contract::session::SignOutScope;
use tokio::time::timeout;

use super::*;
use crate::LOCAL_KEY;
use crate::callback::Queue;
use crate::test_app::{REDIRECT_TO, TestApp};
use crate::test_server::{ADA, BOB, TestServer, serve};

const ADAS: Uuid = Uuid::from_u128(1);
const BOBS: Uuid = Uuid::from_u128(2);

fn done(user: Uuid) -> Taken {
    Taken { outcome: LinkOutcome::Done, user: Some(user) }
}

#[test]
fn only_a_link_that_has_done_something_for_whoever_is_signed_in_is_said_to_be_done() {
    let mut seen = Seen::default();
    let marks = ["refused", "asked about", "done"].map(|link| mark(&Secret::from(link)));
    assert_eq!(marks.map(|mark| seen.done_for(mark, Some(ADAS))), [None; 3]);

    let asked = Taken { outcome: LinkOutcome::Confirmed, user: None };
    for (mark, taken) in marks.into_iter().zip([Taken::NOT_DONE, asked, done(ADAS)]) {
        seen.remember(mark, taken);
    }

    assert_eq!(marks.map(|mark| seen.done_for(mark, Some(ADAS))), [None, None, Some(done(ADAS))]);
    assert_eq!(marks.map(|mark| seen.done_for(mark, Some(BOBS))), [None; 3]);
    assert_eq!(marks.map(|mark| seen.done_for(mark, None)), [None; 3]);
    // It works at the second try, as after a fault of the network.
    seen.remember(marks[0], done(ADAS));
    assert_eq!(seen.done_for(marks[0], Some(ADAS)), Some(done(ADAS)));
}

#[test]
fn only_the_last_links_are_remembered() {
    let mut seen = Seen::default();
    let old = mark(&Secret::from("old"));
    seen.remember(old, done(ADAS));

    for number in 0..REMEMBERED {
        seen.remember(mark(&Secret::from(number.to_string())), done(ADAS));
    }

    assert_eq!((seen.done_for(old, Some(ADAS)), seen.0.len()), (None, REMEMBERED));
}

/// An app of a project that signs everybody in, and the queue of its links.
async fn app() -> (TestApp, Queue) {
    let server = TestServer::start(serve).await;
    let test = TestApp::at(&server.url, true, None).await;
    let (queue, received) = Queue::new();
    tokio::spawn(drain(test.app.clone(), received));
    (test, queue)
}

/// What the window says.
fn notice(test: &TestApp) -> Option<NoticeCode> {
    test.app.view().notice.map(|notice| notice.code)
}

#[tokio::test]
async fn a_link_that_was_asked_about_is_no_sign_in_when_it_comes_again() {
    let (test, queue) = app().await;
    let link = format!("{REDIRECT_TO}?token_hash=abc&type=invite");
    assert_eq!(queue.ask(link.clone()).await, LinkOutcome::Confirmed);
    test.app.decline_link(&test.app.view().consent.unwrap().id).unwrap();
    test.signs_in(BOB).await;

    assert_eq!(queue.ask(link).await, LinkOutcome::NotDone);

    assert_eq!(notice(&test), Some(NoticeCode::LinkWhileSignedIn));
    assert_eq!(test.who().as_deref(), Some(BOB));
}

#[tokio::test]
async fn a_link_that_comes_again_is_done_for_whom_it_signed_in_and_spent_for_somebody_else() {
    let (test, queue) = app().await;
    let client = test.app.client().unwrap();
    let (_, address) = client.begin_oauth("github", &[]).await.unwrap();
    let (_, redirect_to) = address.query_pairs().find(|(key, _)| key == "redirect_to").unwrap();
    let link = format!("{redirect_to}&code=abc");
    assert_eq!(queue.ask(link.clone()).await, LinkOutcome::Done);
    assert_eq!(test.who().as_deref(), Some(ADA));
    assert_eq!(queue.ask(link.clone()).await, LinkOutcome::Done);
    assert_eq!(notice(&test), Some(NoticeCode::SignedInByProvider));
    test.app.sign_out(SignOutScope::Local).await.unwrap();
    test.signs_in(BOB).await;

    assert_eq!(queue.ask(link).await, LinkOutcome::NotDone);

    assert_eq!(notice(&test), Some(NoticeCode::LinkSpent));
    assert_eq!(test.who().as_deref(), Some(BOB));
}

/// A store in a keychain that is locked for the session of one project.
struct Locked {
    session: StoreKey,
    others: MemoryStore,
}

#[async_trait]
impl SessionStore for Locked {
    async fn get(&self, key: &StoreKey) -> Result<Option<Secret<String>>, StoreError> {
        if *key == self.session {
            return Err(StoreError::Unreadable("locked".to_owned()));
        }
        self.others.get(key).await
    }

    async fn set(&self, key: &StoreKey, value: &Secret<String>) -> Result<(), StoreError> {
        self.others.set(key, value).await
    }

    async fn remove(&self, key: &StoreKey) -> Result<(), StoreError> {
        self.others.remove(key).await
    }
}

#[tokio::test]
async fn a_link_that_waits_for_a_keychain_goes_on_when_the_project_changes() {
    for connects in [false, true] {
        // Nobody listens at these ports.
        let [locked, other] =
            ["http://127.0.0.1:9", "http://127.0.0.1:10"].map(|url| Project::new(url, LOCAL_KEY).unwrap());
        let session = StoreKey::session(&locked);
        let test = TestApp::without_project(Arc::new(Locked { session, others: MemoryStore::default() }));
        let (queue, received) = Queue::new();
        test.app.open(locked).await;
        assert_eq!(test.app.state(), State::Restoring);
        tokio::spawn(drain(test.app.clone(), received));
        let asking = queue.clone();
        let mut first = tokio::spawn(async move { asking.ask(REDIRECT_TO.to_owned()).await });
        assert!(timeout(Duration::from_millis(100), &mut first).await.is_err(), "it waits");

        if connects {
            test.app.open(other).await;
        } else {
            test.app.disconnect().unwrap();
        }

        let first = timeout(Duration::from_secs(20), first).await.expect("it goes on").unwrap();
        let second = timeout(Duration::from_secs(20), queue.ask(REDIRECT_TO.to_owned())).await;
        assert_eq!((first, second), (LinkOutcome::NotDone, Ok(LinkOutcome::NotDone)));
    }
}
