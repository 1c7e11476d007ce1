//! A sign-out at every single point where a refresh or a sign-in waits for somebody: it wins at each.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use supabase_session::{
    Client, Request, Response, Secret, SessionStore, SignOutCause, State, StoreError, StoreKey, Transport,
    TransportError,
};
use tokio::sync::Notify;

use crate::deadline::Deadline;
use crate::fake::{EMAIL, FakeClock, NOW, REDIRECT, project, session};

const ASKED: State = State::SignedOut(Some(SignOutCause::Asked));

/// Counts the calls that pass, and holds up one of them.
struct Barrier {
    passed: AtomicUsize,
    closed_at: usize,
    reached: Notify,
    open: Notify,
}

impl Barrier {
    fn at(closed_at: usize) -> Arc<Self> {
        let (passed, reached, open) = (AtomicUsize::new(0), Notify::new(), Notify::new());
        Arc::new(Self { passed, closed_at, reached, open })
    }

    async fn pass(&self) {
        if self.passed.fetch_add(1, SeqCst) == self.closed_at {
            self.reached.notify_one();
            self.open.notified().await;
        }
    }
}

fn client(behind: &Arc<Behind>, clock: &Arc<FakeClock>) -> Client {
    Client::builder(project(), Arc::clone(behind) as Arc<dyn SessionStore>)
        .redirect_to(REDIRECT.parse().unwrap())
        .transport(Arc::clone(behind) as Arc<dyn Transport>)
        .clock(Arc::clone(clock) as Arc<dyn supabase_session::Clock>)
        .build()
}

/// A server and a store in one, each of whose calls passes the barrier before and after it acts.
#[derive(Default)]
struct Behind {
    barrier: Mutex<Option<Arc<Barrier>>>,
    values: Mutex<HashMap<String, String>>,
    sent: Mutex<Vec<String>>,
    refresh_fails: bool,
}

impl Behind {
    async fn pass(&self) {
        let barrier = self.barrier.lock().unwrap().clone();
        if let Some(barrier) = barrier {
            barrier.pass().await;
        }
    }
}

#[async_trait]
impl Transport for Behind {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let what = request.url.query().unwrap_or_default().to_owned();
        self.pass().await;
        let first = self.sent.lock().unwrap().len() < 2;
        self.sent.lock().unwrap().push(what.clone());
        self.pass().await;
        if what.contains("refresh_token") && self.refresh_fails && first {
            return Err(TransportError::Unreachable);
        }
        let name = if what.contains("refresh_token") { "2" } else { "1" };
        Ok(Response { status: 200, headers: Vec::new(), body: session(name).to_string().into() })
    }
}

#[async_trait]
impl SessionStore for Behind {
    async fn get(&self, key: &StoreKey) -> Result<Option<Secret<String>>, StoreError> {
        Ok(self.values.lock().unwrap().get(key.as_str()).map(|text| Secret::from(text.as_str())))
    }

    async fn set(&self, key: &StoreKey, value: &Secret<String>) -> Result<(), StoreError> {
        self.pass().await;
        self.values.lock().unwrap().insert(key.as_str().to_owned(), value.expose().clone());
        self.pass().await;
        Ok(())
    }

    async fn remove(&self, key: &StoreKey) -> Result<(), StoreError> {
        self.pass().await;
        self.values.lock().unwrap().remove(key.as_str());
        self.pass().await;
        Ok(())
    }
}

/// Signed in, with a token that has ended where that is wanted.
async fn signed_in(expired: bool, refresh_fails: bool) -> (Client, Arc<Behind>) {
    let behind = Arc::new(Behind { refresh_fails, ..Behind::default() });
    let clock = FakeClock::auto();
    let client = client(&behind, &clock);
    client.restore().await;
    client.sign_in_with_password(EMAIL, "Passw0rd!".into()).await.unwrap();
    assert_eq!(session("1")["expires_at"], NOW + 3600);
    if expired {
        clock.advance(3601);
    }
    (client, behind)
}

/// Signs out while a refresh waits at its `at`th point; whether there was such a point.
async fn sign_out_at(at: usize, expired: bool, refresh_fails: bool) -> bool {
    let (client, behind) = signed_in(expired, refresh_fails).await;
    let barrier = Barrier::at(at);
    *behind.barrier.lock().unwrap() = Some(Arc::clone(&barrier));
    let refreshing = tokio::spawn({
        let client = client.clone();
        async move { client.refresh().await }
    });
    tokio::select! {
        biased;
        () = barrier.reached.notified() => {}
        () = async { while !refreshing.is_finished() { tokio::task::yield_now().await } } => return false,
    }

    let signing_out = tokio::spawn({
        let client = client.clone();
        async move { client.sign_out().await }
    });
    // The sign-out goes on as far as it can without the refresh.
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
    barrier.open.notify_one();
    // The refresh may have succeeded before the sign-out, or come too late.
    let _either = refreshing.await.unwrap();
    let report = signing_out.await.unwrap();

    assert_eq!(client.state(), ASKED, "point {at}");
    assert_eq!(report.store, None, "point {at}");
    assert!(behind.values.lock().unwrap().is_empty(), "point {at}: the session is in the store again");
    assert!(behind.sent.lock().unwrap().iter().any(|sent| sent == "scope=local"), "point {at}");
    true
}

#[tokio::test]
async fn a_sign_out_wins_at_every_point_at_which_a_refresh_waits() {
    let _deadline = Deadline::here();
    for (expired, refresh_fails, points) in
        [(false, false, 4), (true, false, 4), (false, true, 6), (true, true, 6)]
    {
        let mut at = 0;
        while sign_out_at(at, expired, refresh_fails).await {
            at += 1;
        }

        // Each request and each write, before and after.
        assert_eq!(at, points, "{expired} {refresh_fails}");
    }
}

/// Signs out, or gives the flow up, while the exchange of a link's code waits at its `at`th point; whether there was
/// such a point.
async fn end_exchange_at(at: usize, cancels: bool) -> bool {
    let behind = Arc::new(Behind::default());
    let client = client(&behind, &FakeClock::auto());
    client.restore().await;
    client.begin_oauth("github", &[]).await.unwrap();
    let id = client.pending()[0].id.clone();
    let nonce = {
        let values = behind.values.lock().unwrap();
        let slot = values.iter().find(|(key, _)| key.contains("-code-verifier-")).unwrap().1;
        serde_json::from_str::<serde_json::Value>(slot).unwrap()["nonce"].as_str().unwrap().to_owned()
    };
    let barrier = Barrier::at(at);
    *behind.barrier.lock().unwrap() = Some(Arc::clone(&barrier));
    let completing = tokio::spawn({
        let client = client.clone();
        async move { client.complete(&format!("{REDIRECT}?code=c&flow={nonce}")).await }
    });
    tokio::select! {
        biased;
        () = barrier.reached.notified() => {}
        () = async { while !completing.is_finished() { tokio::task::yield_now().await } } => return false,
    }

    let ending = tokio::spawn({
        let client = client.clone();
        async move {
            if cancels {
                client.cancel(&id).await.unwrap();
            } else {
                client.sign_out().await;
            }
            client.state()
        }
    });
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
    let returned_first = ending.is_finished();
    barrier.open.notify_one();
    let completed = completing.await.unwrap();
    let state_then = ending.await.unwrap();

    let signed_in = client.state().signed_in().is_some();
    if cancels {
        // The state after giving up is final: nothing changes it later.
        assert_eq!(signed_in, state_then.signed_in().is_some(), "point {at}");
        assert_eq!(signed_in, completed.is_ok(), "point {at}");
    } else {
        assert!(!signed_in, "point {at}");
    }
    assert!(!(returned_first && signed_in), "point {at}: signed in after that had returned");
    let values = behind.values.lock().unwrap();
    assert_eq!(values.keys().any(|key| key.ends_with("-auth-token")), signed_in, "point {at}");
    let exchanged = behind.sent.lock().unwrap().iter().any(|sent| sent.contains("pkce"));
    let ended = behind.sent.lock().unwrap().iter().any(|sent| sent == "scope=local");
    assert_eq!(ended, exchanged && !signed_in, "point {at}: what is not used is ended on the server");
    true
}

#[tokio::test]
async fn a_sign_out_and_a_flow_given_up_win_at_every_point_at_which_an_exchange_waits() {
    let _deadline = Deadline::here();
    for cancels in [false, true] {
        let mut at = 0;
        while end_exchange_at(at, cancels).await {
            at += 1;
        }

        // The request, the session's write, and the removal of slot and index: before and after each.
        assert_eq!(at, 8, "{cancels}");
    }
}
