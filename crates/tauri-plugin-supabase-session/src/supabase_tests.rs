//! What happens to a sign-in whose project is changed meanwhile.

use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use supabase_session::{MemoryStore, SessionStore, SignInError, StoreKey};
use tokio::net::TcpListener;
use tokio::sync::Notify;

use super::*;
use crate::LOCAL_KEY;
use crate::test_app::TestApp;

/// What the test and the server tell each other.
#[derive(Default)]
struct Gate {
    asked: Notify,
    open: Notify,
    ended: Notify,
}

/// A server that holds a sign-in up and ends sessions.
async fn project(gate: &Arc<Gate>) -> Project {
    let token = {
        let gate = Arc::clone(gate);
        move || async move {
            gate.asked.notify_one();
            gate.open.notified().await;
            let user = serde_json::json!({ "id": "6f1c7a0e-0000-4000-8000-000000000001" });
            axum::Json(serde_json::json!({
                "access_token": "a", "refresh_token": "r", "token_type": "bearer", "expires_in": 3600, "user": user
            }))
        }
    };
    let logout = {
        let gate = Arc::clone(gate);
        move || async move {
            gate.ended.notify_one();
            StatusCode::NO_CONTENT
        }
    };
    let routes = Router::new().route("/auth/v1/token", post(token)).route("/auth/v1/logout", post(logout));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, routes).await });
    Project::new(&url, LOCAL_KEY).unwrap()
}

#[tokio::test]
async fn a_sign_in_that_is_on_its_way_loses_to_a_change_of_the_project() {
    for connects in [false, true] {
        let (gate, store) = (Arc::new(Gate::default()), Arc::new(MemoryStore::default()));
        let old = project(&gate).await;
        let key = StoreKey::session(&old);
        let test = TestApp::without_project(store.clone());
        test.app.open(old).await;
        let client = test.app.client().unwrap();
        let signing_in = tokio::spawn(async move {
            client.sign_in_with_password("ada@example.com", "Passw0rd!".to_owned().into()).await
        });
        gate.asked.notified().await;

        if connects {
            test.app.open(Project::new("http://127.0.0.1:9", LOCAL_KEY).unwrap()).await;
        } else {
            test.app.disconnect().unwrap();
        }
        gate.open.notify_one();

        assert_eq!(signing_in.await.unwrap(), Err(SignInError::Superseded));
        tokio::time::timeout(Duration::from_secs(20), gate.ended.notified()).await.expect("it is ended");
        assert!(store.get(&key).await.unwrap().is_none());
        assert_eq!(test.app.state(), State::SignedOut(None));
    }
}
