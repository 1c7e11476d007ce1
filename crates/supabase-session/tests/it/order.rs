//! The order of storing and publishing: what is published is in the store already, what is in the store can be found
//! again, and nobody takes over what was issued to somebody else. Each test stops the work at the point at which
//! another order would show.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use supabase_session::{
    ApiError, Client, Clock, MfaError, Project, Redirect, RequestError, Secret, SessionStore, SignInError,
    State, StoreError, StoreKey, Transport, User,
};

use crate::deadline::Deadline;
use crate::fake::{
    EMAIL, FakeClock, Gate, REDIRECT, Reply, Seen, Server, USER_ID, World, ok, project, raw, refuse, session,
    user,
};

/// Holds up the next write of the session.
fn held_up(world: &World) -> Arc<Gate> {
    let gate = Arc::new(Gate::default());
    *world.store.gate.lock().unwrap() = Some(Arc::clone(&gate));
    gate
}

#[tokio::test]
async fn a_sign_in_is_told_to_nobody_before_it_is_saved() {
    let world = World::new(|_| ok(session("1")));
    world.client.restore().await;
    let (gate, mut told) = (held_up(&world), world.client.watch());
    told.mark_unchanged();
    let client = world.client.clone();
    let signing_in =
        tokio::spawn(async move { client.sign_in_with_password(EMAIL, "Passw0rd!".into()).await });
    gate.reached.notified().await;

    assert_eq!((world.client.state(), told.has_changed().unwrap()), (State::SignedOut(None), false));
    assert!(world.client.get_session().await.unwrap().is_none(), "its token is used before it is saved");
    assert_eq!(world.store.session(), None);

    gate.open.notify_one();
    signing_in.await.unwrap().unwrap();
    assert!(world.is_signed_in() && told.has_changed().unwrap());
    assert_eq!(world.store.session(), Some(session("1")));
}

#[tokio::test]
async fn a_refresh_is_told_to_nobody_before_it_is_saved() {
    let mut renewed = session("2");
    renewed["user"] = user("ada@new.example");
    let answer = renewed.clone();
    let world = World::new(move |_| ok(answer.clone())).signed_in().await;
    let (gate, mut told) = (held_up(&world), world.client.watch());
    told.mark_unchanged();
    let before = world.client.state();
    let client = world.client.clone();
    let refreshing = tokio::spawn(async move { client.refresh().await });
    gate.reached.notified().await;

    assert_eq!((world.client.state(), told.has_changed().unwrap()), (before, false));
    let token = world.client.get_session().await.unwrap().unwrap().access_token;
    assert_eq!(token.expose(), "access-1", "the new token is used before it is saved");
    assert_eq!(world.store.session(), Some(session("1")));

    gate.open.notify_one();
    refreshing.await.unwrap().unwrap();
    let now = world.client.state();
    assert_eq!(now.signed_in().unwrap().user.email.as_deref(), Some("ada@new.example"));
    assert_eq!(world.store.session(), Some(renewed));
}

#[tokio::test]
async fn a_sign_in_that_waits_for_the_store_before_it_is_sent_loses_to_a_sign_out_as_well() {
    let clock = FakeClock::manual();
    let world = World::with_clock(Arc::clone(&clock), |_| ok(session("1")));
    world.client.restore().await;
    world.store.silent.store(true, SeqCst);
    let client = world.client.clone();
    let signing_in =
        tokio::spawn(async move { client.sign_in_with_password(EMAIL, "Passw0rd!".into()).await });
    clock.until_slept(1).await;
    assert_eq!(world.server.count("password"), 0);
    world.store.silent.store(false, SeqCst);
    world.client.sign_out().await;

    clock.advance(10);

    assert_eq!(signing_in.await.unwrap(), Err(SignInError::Superseded));
    assert_eq!((world.is_signed_in(), world.store.session()), (false, None));
}

const FACTOR: &str = "6f1c7a0e-0000-4000-8000-0000000fac70";
const BOB: &str = "6f1c7a0e-0000-4000-8000-000000000b0b";

/// The session of somebody else.
fn of_bob() -> Value {
    let mut session = session("bob");
    session["user"] =
        json!({ "id": BOB, "email": "bob@example.com", "user_metadata": {}, "is_anonymous": false });
    session
}

/// The answer to a right code: a token of the level `aal2`.
fn stepped_up() -> Value {
    let mut session = session("2");
    let claims = json!({ "sub": USER_ID, "aal": "aal2" }).to_string();
    session["access_token"] = format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims)).into();
    session
}

#[tokio::test]
async fn a_second_factor_that_is_right_too_late_does_not_replace_whoever_signed_in_meanwhile() {
    let gate = Arc::new(Gate::default());
    let held = Arc::clone(&gate);
    let world = World::new(move |seen| match seen.what() {
        "logout" => raw(204, &[], ""),
        "password" => ok(of_bob()),
        what if what.ends_with("challenge") => ok(json!({ "id": FACTOR, "expires_at": 1_800_000_300 })),
        _ => Reply::Gate(Arc::clone(&held), Box::new(ok(stepped_up()))),
    })
    .signed_in()
    .await;
    let client = world.client.clone();
    let showing =
        tokio::spawn(async move { client.verify_totp(FACTOR.parse().unwrap(), "123456".into()).await });
    gate.reached.notified().await;
    world.client.sign_out().await;
    world.client.sign_in_with_password("bob@example.com", "Passw0rd!".into()).await.unwrap();
    let bob = world.client.state();

    gate.open.notify_one();

    assert_eq!(showing.await.unwrap(), Err(MfaError::Request(RequestError::SignedOut)));
    assert_eq!(world.client.state(), bob);
    assert_eq!(world.store.session(), Some(of_bob()));
    let token = world.client.get_session().await.unwrap().unwrap().access_token;
    assert_eq!(token.expose(), "access-bob");
}

/// Bob signs in while a call of Ada's waits at the gate: what the call came to, and whose token was sent with it.
async fn somebody_else_comes_while_a_call_waits(
    expired: bool,
    rule: impl Fn(&Seen, &Arc<Gate>) -> Reply + Send + Sync + 'static,
) -> (Result<User, ApiError>, Vec<String>) {
    let gate = Arc::new(Gate::default());
    let held = Arc::clone(&gate);
    let world = World::new(move |seen| match seen.what() {
        "logout" => raw(204, &[], ""),
        "password" => ok(of_bob()),
        _ => rule(seen, &held),
    })
    .signed_in()
    .await;
    if expired {
        world.clock.advance(3600);
    }
    let client = world.client.clone();
    let asking = tokio::spawn(async move { client.get_user().await });
    gate.reached.notified().await;
    let client = world.client.clone();
    let leaving = tokio::spawn(async move { client.sign_out().await });
    world.client.watch().wait_for(|state| state.signed_in().is_none()).await.unwrap();
    world.client.sign_in_with_password("bob@example.com", "Passw0rd!".into()).await.unwrap();
    // Only the first one waits.
    world.server.now(|seen| match seen.what() {
        "logout" => raw(204, &[], ""),
        "user" => ok(user("bob@example.com")),
        _ => ok(session("2")),
    });
    gate.open.notify_one();

    let outcome = asking.await.unwrap();
    leaving.await.unwrap();
    let seen = world.server.seen();
    (outcome, seen.iter().filter(|seen| seen.what() == "user").map(|seen| seen.bearer().to_owned()).collect())
}

#[tokio::test]
async fn a_call_that_waits_for_a_refresh_is_not_sent_with_the_token_of_who_signed_in_meanwhile() {
    let outcome = somebody_else_comes_while_a_call_waits(true, |seen, gate| match seen.what() {
        "refresh_token" => Reply::Gate(Arc::clone(gate), Box::new(ok(session("2")))),
        _ => ok(user("bob@example.com")),
    });

    assert_eq!(outcome.await, (Err(ApiError::SignedOut), Vec::new()));
}

#[tokio::test]
async fn a_call_whose_token_was_refused_is_not_repeated_with_the_token_of_who_signed_in_meanwhile() {
    let outcome = somebody_else_comes_while_a_call_waits(false, |seen, gate| match seen.bearer() {
        "access-1" => Reply::Gate(Arc::clone(gate), Box::new(refuse(403, "bad_jwt"))),
        _ => ok(user("bob@example.com")),
    });

    assert_eq!(outcome.await, (Err(ApiError::SignedOut), vec!["access-1".to_owned()]));
}

/// A store that remembers what lay in it after each of its writes: any of them may be the last before a power cut.
#[derive(Default)]
struct Remembering {
    values: Mutex<BTreeMap<String, String>>,
    moments: Mutex<Vec<BTreeMap<String, String>>>,
}

impl Remembering {
    fn change(&self, change: impl FnOnce(&mut BTreeMap<String, String>)) {
        let mut values = self.values.lock().unwrap();
        change(&mut values);
        self.moments.lock().unwrap().push(values.clone());
    }
}

#[async_trait]
impl SessionStore for Remembering {
    async fn get(&self, key: &StoreKey) -> Result<Option<Secret<String>>, StoreError> {
        Ok(self.values.lock().unwrap().get(key.as_str()).map(|text| Secret::from(text.as_str())))
    }

    async fn set(&self, key: &StoreKey, value: &Secret<String>) -> Result<(), StoreError> {
        self.change(|values| drop(values.insert(key.as_str().to_owned(), value.expose().clone())));
        Ok(())
    }

    async fn remove(&self, key: &StoreKey) -> Result<(), StoreError> {
        self.change(|values| drop(values.remove(key.as_str())));
        Ok(())
    }
}

/// The slots that no index names, which nobody would ever find or remove.
fn lost(project: &Project, values: &BTreeMap<String, String>) -> Vec<String> {
    let index = StoreKey::flows(project).as_str().to_owned();
    let names: Vec<String> =
        values.get(&index).map(|text| serde_json::from_str(text).unwrap()).unwrap_or_default();
    let slots = values.keys().filter_map(|key| key.strip_prefix(&format!("{index}-")));
    slots.filter(|id| !names.iter().any(|name| name == id)).map(str::to_owned).collect()
}

fn mails(seen: &Seen) -> Reply {
    match seen.what() {
        "otp" | "recover" => ok(json!({})),
        _ => ok(session("1")),
    }
}

#[tokio::test]
async fn after_every_write_the_index_names_each_flow_that_lies_in_the_store() {
    let _deadline = Deadline::here();
    let (store, clock) = (Arc::new(Remembering::default()), FakeClock::auto());
    let client = Client::builder(project(), Arc::clone(&store) as Arc<dyn SessionStore>)
        .redirect_to(REDIRECT.parse().unwrap())
        .transport(Server::new(mails) as Arc<dyn Transport>)
        .clock(Arc::clone(&clock) as Arc<dyn Clock>)
        .build();
    client.restore().await;

    // More than are kept; some that replace others, some that give way to another without a nonce; some given up,
    // some over, one completed.
    for n in 0..10 {
        client.send_magic_link(&format!("{n}@example.com"), true).await.unwrap();
    }
    client.send_magic_link("9@example.com", true).await.unwrap();
    let bare = client.with_redirect(Redirect::bare("http://127.0.0.1:4000/callback".parse().unwrap()));
    for name in ["a", "b"] {
        bare.send_recovery(&format!("{name}@example.com")).await.unwrap();
    }
    let first = client.pending().remove(0);
    client.cancel(&first.id).await.unwrap();
    let last = client.pending().pop().unwrap();
    client.verify_code(&last.id, "123456".into()).await.unwrap();
    clock.advance(3601);
    client.send_magic_link("late@example.com", true).await.unwrap();

    let moments = store.moments.lock().unwrap();
    assert!(moments.len() > 40, "{}", moments.len());
    for (at, values) in moments.iter().enumerate() {
        assert_eq!(lost(&project(), values), Vec::<String>::new(), "after write {at}");
    }
}
