//! A session that supabase-js has kept, taken over by the client, against `supabase-local` on a real socket.

// A test whose setting fails has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;

use serde_json::Value;
use supabase_local::{Config, Server};
use supabase_session::{
    Client, ImportError, MemoryStore, Project, Secret, SessionStore, SignOutCause, StoreKey,
};
use tokio::net::TcpListener;

use deadline::Deadline;

#[path = "../../supabase-session/tests/it/deadline.rs"]
mod deadline;

/// A client of its own place.
struct App {
    client: Client,
    store: Arc<MemoryStore>,
}

impl App {
    fn of(project: &Project) -> Self {
        let store = Arc::new(MemoryStore::new());
        let client = Client::builder(project.clone(), Arc::clone(&store) as Arc<dyn SessionStore>).build();
        Self { client, store }
    }

    /// What its store holds, in supabase-js's form.
    async fn kept(&self) -> Secret<String> {
        let key = StoreKey::session(self.client.project());
        self.store.get(&key).await.unwrap().unwrap()
    }

    /// As it was kept under the name that supabase-js gives to this project's.
    async fn import(&self, copy: &Secret<String>) -> Result<bool, ImportError> {
        let key = StoreKey::supabase_js_session(self.client.project());
        self.client.import_session(key.as_str(), copy.clone()).await.map(|imported| imported.is_saved)
    }

    fn user(&self) -> Option<String> {
        self.client.state().signed_in().map(|now| now.user.id.to_string())
    }
}

/// A server whose tokens name it, as those of hosted projects do, or name none, as on many a self-hosted one.
async fn running(names_itself: bool) -> (Server, Project) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let jwt_issuer = names_itself.then(|| format!("{origin}/auth/v1"));
    let config = Config { jwt_issuer, ..Config::built_in().unwrap() };
    let server = Server::builder(config).start().await.unwrap();
    let router = server.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let project = Project::new(&origin, server.keys().publishable).unwrap();
    (server, project)
}

#[tokio::test]
async fn a_kept_session_goes_on_in_the_app_and_its_copy_is_spent() {
    let _deadline = Deadline::here();
    for names_itself in [true, false] {
        goes_on(names_itself).await;
    }
}

async fn goes_on(names_itself: bool) {
    let (server, project) = running(names_itself).await;
    let before = App::of(&project);
    before.client.restore().await;
    before.client.sign_in_anonymously().await.unwrap();
    let copy = before.kept().await;
    let app = App::of(&project);

    assert_eq!(app.import(&copy).await, Ok(true));
    assert_eq!(app.user(), before.user());
    let tokens = |session: &Secret<String>| {
        let session: Value = serde_json::from_str(session.expose()).unwrap();
        (session["access_token"].clone(), session["refresh_token"].clone())
    };
    assert_ne!(tokens(&app.kept().await).1, tokens(&copy).1);
    app.client.refresh().await.unwrap();
    app.client.get_user().await.unwrap();

    // Signed out here, the same session is over for whoever still holds the copy.
    app.client.sign_out().await;
    assert_eq!(app.import(&copy).await, Err(ImportError::Ended(SignOutCause::Elsewhere)));
    server.close().await.unwrap();
}

#[tokio::test]
async fn a_session_of_another_project_is_not_shown_to_this_one() {
    let _deadline = Deadline::here();
    let ((server, project), (other_server, other)) = (running(true).await, running(true).await);
    let before = App::of(&other);
    before.client.restore().await;
    before.client.sign_in_anonymously().await.unwrap();
    let app = App::of(&project);

    // Both are on this machine, so supabase-js gives both the same name.
    assert_eq!(app.import(&before.kept().await).await, Err(ImportError::OtherProject));
    // It lives on where it belongs.
    before.client.refresh().await.unwrap();
    server.close().await.unwrap();
    other_server.close().await.unwrap();
}
