//! Several projects on one store: what lies there for one is never read, sent or removed for another.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use supabase_session::{
    Client, Clock, FileStore, MemoryStore, Project, SessionStore, State, StoreKey, Transport,
};

use crate::fake::{
    EMAIL, FakeClock, NOW, OpenStore, REDIRECT, Reply, Seen, Server, USER_ID, ok, raw, session, user,
};

const ONE: &str = "http://127.0.0.1:54399";
const OTHER: &str = "http://127.0.0.1:9123";

fn project(url: &str) -> Project {
    Project::new(url, "sb_publishable_key").unwrap()
}

/// A program that talks to this project.
fn client(url: &str, store: &Arc<dyn SessionStore>, server: &Arc<Server>) -> Client {
    Client::builder(project(url), Arc::clone(store))
        .redirect_to(REDIRECT.parse().unwrap())
        .transport(Arc::clone(server) as Arc<dyn Transport>)
        .clock(FakeClock::auto() as Arc<dyn Clock>)
        .build()
}

fn serve(seen: &Seen) -> Reply {
    match seen.what() {
        "logout" => raw(204, &[], ""),
        "user" => ok(user(EMAIL)),
        _ => ok(session("1")),
    }
}

/// A session as a version whose keys did not tell projects apart has stored it, or supabase-js.
fn stored(issuer: Option<&str>) -> String {
    let mut claims = json!({"sub": USER_ID, "exp": NOW + 3600});
    if let Some(issuer) = issuer {
        claims["iss"] = issuer.into();
    }
    let mut session = session("old");
    session["access_token"] = format!("h.{}.s", URL_SAFE_NO_PAD.encode(claims.to_string())).into();
    session.to_string()
}

#[tokio::test]
async fn a_session_and_its_flows_are_absent_for_every_other_project_in_every_store() {
    let folder = tempfile::tempdir().unwrap();
    let stores: [Arc<dyn SessionStore>; 3] = [
        Arc::new(MemoryStore::new()),
        Arc::new(OpenStore::default()),
        Arc::new(FileStore::open(folder.path()).unwrap()),
    ];
    for (one, other) in [(ONE, OTHER), ("https://supabase.a.example", "https://supabase.b.example")] {
        for store in &stores {
            let server = Server::new(serve);
            let first = client(one, store, &server);
            first.restore().await;
            first.sign_in_with_password(EMAIL, "Passw0rd!".into()).await.unwrap();
            first.change_email("ada.new@example.com").await.unwrap();
            let sent = server.seen().len();

            let second = client(other, store, &server);
            assert_eq!(second.restore().await, State::SignedOut(None), "{other}");
            assert_eq!(*second.watch_pending().borrow(), []);
            assert!(second.get_user().await.is_err());
            second.sign_out().await;
            assert_eq!(server.seen().len(), sent, "{other} was sent something of {one}");

            let again = client(one, store, &server);
            assert!(matches!(again.restore().await, State::SignedIn(_)), "{one} is still signed in");
            assert_eq!(again.pending().len(), 1);
            again.sign_out().await;
        }
    }
}

#[tokio::test]
async fn a_session_under_supabase_js_s_name_is_taken_over_once_by_the_project_that_issued_it() {
    for issuer in [Some(format!("{ONE}/auth/v1")), None] {
        let store = Arc::new(OpenStore::default());
        let text = stored(issuer.as_deref());
        store.values.lock().unwrap().insert("sb-127-auth-token".to_owned(), text.clone());
        let (server, shared) = (Server::new(serve), Arc::clone(&store) as Arc<dyn SessionStore>);

        assert!(matches!(client(ONE, &shared, &server).restore().await, State::SignedIn(_)));

        let own = StoreKey::session(&project(ONE));
        let values = store.values.lock().unwrap().clone();
        assert_eq!(values.keys().map(String::as_str).collect::<Vec<_>>(), [own.as_str()]);
        assert_eq!(values[own.as_str()], text);

        let again = client(ONE, &shared, &server);
        assert!(matches!(again.restore().await, State::SignedIn(_)));
        again.sign_out().await;
        assert_eq!(client(ONE, &shared, &server).restore().await, State::SignedOut(None));
        assert!(store.values.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_session_under_supabase_js_s_name_that_another_project_issued_is_left_alone() {
    let store = Arc::new(OpenStore::default());
    let text = stored(Some(&format!("{ONE}/auth/v1")));
    store.values.lock().unwrap().insert("sb-127-auth-token".to_owned(), text.clone());
    let (server, shared) = (Server::new(serve), Arc::clone(&store) as Arc<dyn SessionStore>);

    let second = client(OTHER, &shared, &server);
    assert_eq!(second.restore().await, State::SignedOut(None));
    second.sign_in_with_password(EMAIL, "Passw0rd!".into()).await.unwrap();
    second.sign_out().await;

    assert_eq!(store.text("sb-127-auth-token"), Some(text));
    assert!(matches!(client(ONE, &shared, &server).restore().await, State::SignedIn(_)));
}

#[tokio::test]
async fn of_two_sessions_of_one_project_its_own_stays_and_no_other_comes_back() {
    let store = Arc::new(OpenStore::default());
    let own = StoreKey::session(&project(ONE));
    let (mine, old) = (session("mine").to_string(), stored(Some(&format!("{ONE}/auth/v1"))));
    store.values.lock().unwrap().insert(own.as_str().to_owned(), mine.clone());
    store.values.lock().unwrap().insert("sb-127-auth-token".to_owned(), old);
    let (server, shared) = (Server::new(serve), Arc::clone(&store) as Arc<dyn SessionStore>);

    assert!(matches!(client(ONE, &shared, &server).restore().await, State::SignedIn(_)));

    let values = store.values.lock().unwrap().clone();
    assert_eq!(values.into_iter().collect::<Vec<_>>(), [(own.as_str().to_owned(), mine)]);
}

#[tokio::test]
async fn flows_of_a_version_that_did_not_tell_projects_apart_are_dropped_and_a_verifier_of_supabase_js_stays()
{
    let flows = "sb-127-auth-token-code-verifier";
    let slot = format!("{flows}-aaaaaaaaaaaaaaaaaaaaaa");
    for (list, left) in [(json!(["aaaaaaaaaaaaaaaaaaaaaa"]), 0), (json!("verifier/recovery"), 2)] {
        let store = Arc::new(OpenStore::default());
        store.values.lock().unwrap().insert(flows.to_owned(), list.to_string());
        store.values.lock().unwrap().insert(slot.clone(), Value::Null.to_string());

        client(ONE, &(Arc::clone(&store) as Arc<dyn SessionStore>), &Server::new(serve)).restore().await;

        assert_eq!(store.values.lock().unwrap().len(), left, "{list}");
    }
}

#[tokio::test]
async fn the_flows_of_a_hosted_project_outlive_a_start_of_another_project_with_the_same_first_label() {
    let (hosted, other) = ("https://abcd.supabase.co", "https://abcd.example");
    let store: Arc<dyn SessionStore> = Arc::new(OpenStore::default());
    let server = Server::new(serve);
    let first = client(hosted, &store, &server);
    first.restore().await;
    first.send_magic_link(EMAIL, true).await.unwrap();

    let second = client(other, &store, &server);
    second.restore().await;
    assert_eq!(*second.watch_pending().borrow(), []);

    let again = client(hosted, &store, &server);
    again.restore().await;
    assert_eq!(again.pending().len(), 1);
}
