//! The client against `supabase-local` itself, where a made-up server could be made up wrongly.

// A test that cannot be set up panics.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use supabase_local::Config;
use supabase_local::testing::TestServer;
use supabase_session::{
    Client, Clock, HttpError, MemoryStore, RefreshError, Request, Response, SessionStore, Transport,
    TransportError,
};

use deadline::Deadline;

#[path = "../../supabase-session/tests/it/deadline.rs"]
mod deadline;

/// The way to the server, on which answers get lost when that is wanted.
struct LossyTransport {
    server: TestServer,
    loses_answers: AtomicBool,
    acted: AtomicUsize,
}

#[async_trait]
impl Transport for LossyTransport {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let answer = self.server.send(request).await?;
        self.acted.fetch_add(usize::from(answer.status == 200), SeqCst);
        if self.loses_answers.load(SeqCst) {
            return Err(TransportError::Unreachable);
        }
        Ok(answer)
    }
}

/// The system's time, with a monotonic clock that goes on by two minutes when it is told to, so that a cool-down is
/// over.
#[derive(Default)]
struct Hasty(AtomicUsize);

#[async_trait]
impl Clock for Hasty {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn monotonic(&self) -> Duration {
        Duration::from_secs(120) * u32::try_from(self.0.load(SeqCst)).unwrap()
    }

    async fn sleep(&self, _: Duration) {}
}

#[tokio::test]
async fn a_refresh_whose_answer_was_lost_after_the_server_rotated_is_made_good_also_after_a_restart() {
    let _deadline = Deadline::here();
    for token_form in [1, 2] {
        let config = Config {
            refresh_token_algorithm_version: token_form,
            // What an older token may still do within seconds must not help here.
            refresh_token_reuse_interval_s: 0,
            ..Config::built_in().unwrap()
        };
        let server = TestServer::start(config).await.unwrap();
        let project = server.project().unwrap();
        let transport = Arc::new(LossyTransport {
            server,
            loses_answers: AtomicBool::new(false),
            acted: AtomicUsize::new(0),
        });
        let (store, clock) = (Arc::new(MemoryStore::new()), Arc::new(Hasty::default()));
        let client = || {
            Client::builder(project.clone(), Arc::clone(&store) as Arc<dyn SessionStore>)
                .transport(Arc::clone(&transport) as Arc<dyn Transport>)
                .clock(Arc::clone(&clock) as Arc<dyn Clock>)
                .build()
        };
        let first = client();
        first.restore().await;
        let user = first.sign_in_anonymously().await.unwrap();
        for round in 1..=3 {
            // Three times the server moves on, and nobody hears of it; the last time the program is started anew.
            transport.loses_answers.store(true, SeqCst);
            let acted = transport.acted.load(SeqCst);
            assert_eq!(first.refresh().await, Err(RefreshError::Http(HttpError::Offline)));
            assert!(transport.acted.load(SeqCst) > acted, "the server did act");
            transport.loses_answers.store(false, SeqCst);
            clock.0.fetch_add(1, SeqCst);
            let client = if round == 3 { client() } else { first.clone() };
            client.restore().await;

            client.refresh().await.unwrap();
            client.refresh().await.unwrap();

            assert_eq!(client.get_user().await.unwrap().id, user.id, "{token_form} {round}");
        }
        transport.server.close().await.unwrap();
    }
}
