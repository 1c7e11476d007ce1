//! What a page sends through `Client::fetch`, against `supabase-local` on a real socket.

// A test that cannot be set up panics.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;

use serde_json::{Value, json};
use supabase_local::{Config, Server};
use supabase_session::{
    Client, FetchError, FetchRequest, FetchResponse, MemoryStore, Project, Secret, SessionStore, StoreKey,
};
use tokio::net::TcpListener;

use deadline::Deadline;

#[path = "../../supabase-session/tests/it/deadline.rs"]
mod deadline;

/// A page of a program whose user is signed in.
struct Page {
    client: Client,
    origin: String,
    store: Arc<MemoryStore>,
    server: Server,
}

impl Page {
    async fn new() -> Self {
        let server = Server::builder(Config::built_in().unwrap()).start().await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let router = server.router();
        tokio::spawn(async move { axum::serve(listener, router).await });
        let project = Project::new(&origin, server.keys().publishable).unwrap();
        let store = Arc::new(MemoryStore::new());
        let client = Client::builder(project, Arc::clone(&store) as Arc<dyn SessionStore>).build();
        client.restore().await;
        client.sign_in_anonymously().await.unwrap();
        Self { client, origin, store, server }
    }

    fn id(&self) -> String {
        self.client.state().signed_in().unwrap().user.id.to_string()
    }

    async fn access_token(&self) -> String {
        let key = StoreKey::session(self.client.project());
        let stored: Secret<String> = self.store.get(&key).await.unwrap().unwrap();
        let session: Value = serde_json::from_str(stored.expose()).unwrap();
        session["access_token"].as_str().unwrap().to_owned()
    }

    async fn fetch(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Vec<u8>>,
    ) -> Result<FetchResponse, FetchError> {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let url = format!("{}{path}", self.origin);
        self.client
            .fetch(FetchRequest { method: method.into(), url, headers, body: body.map(Into::into) })
            .await
    }
}

fn header<'a>(answer: &'a FetchResponse, name: &str) -> Option<&'a str> {
    answer.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
}

#[tokio::test]
async fn rows_and_objects_are_the_signed_in_users_and_counts_come_back() {
    let _deadline = Deadline::here();
    let page = Page::new().await;
    let id = page.id();
    let row = json!({ "id": id, "username": "ada", "full_name": "Ada" }).to_string().into_bytes();
    let headers = [
        ("content-type", "application/json"),
        ("prefer", "resolution=merge-duplicates,return=representation"),
        // What supabase-js sends without a session of its own.
        ("authorization", "Bearer sb_publishable_of_the_page"),
    ];

    let saved = page.fetch("POST", "/rest/v1/profiles", &headers, Some(row)).await.unwrap();
    assert!(matches!(saved.status, 200 | 201), "{} {:?}", saved.status, saved.body);
    assert_eq!(serde_json::from_slice::<Value>(&saved.body).unwrap()[0]["id"], id);
    let prefer = [("prefer", "count=exact")];
    let counted = page.fetch("HEAD", "/rest/v1/profiles?select=*", &prefer, None).await.unwrap();
    assert!(header(&counted, "content-range").unwrap().ends_with("/1"), "{:?}", counted.headers);
    assert!(counted.body.is_empty());

    let picture: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let path = format!("/storage/v1/object/avatars/{id}/a%20b.webp");
    let kind = [("content-type", "image/webp")];
    let put = page.fetch("POST", &path, &kind, Some(picture.clone())).await.unwrap();
    assert_eq!(put.status, 200, "{:?}", put.body);
    let got = page.fetch("GET", &path, &[], None).await.unwrap();
    assert_eq!((got.status, header(&got, "content-type")), (200, Some("image/webp")));
    assert_eq!(got.body, picture);
    let other = "/storage/v1/object/avatars/6f1c7a0e-0000-4000-8000-000000000001/x.webp";
    let refused = page.fetch("POST", other, &kind, Some(picture)).await.unwrap();
    assert_eq!(refused.status, 400, "a policy's no is an answer: {:?}", refused.body);
    page.server.close().await.unwrap();
}

#[tokio::test]
async fn a_token_that_the_server_does_not_take_is_renewed_and_the_page_sees_none() {
    let _deadline = Deadline::here();
    let page = Page::new().await;
    let key = StoreKey::session(page.client.project());
    let stored = page.store.get(&key).await.unwrap().unwrap();
    let mut session: Value = serde_json::from_str(stored.expose()).unwrap();
    let (rest, _) = session["access_token"].as_str().unwrap().rsplit_once('.').unwrap();
    session["access_token"] = format!("{rest}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").into();
    page.store.set(&key, &Secret::from(session.to_string())).await.unwrap();
    let spoiled = page.access_token().await;
    let again =
        Client::builder(page.client.project().clone(), Arc::clone(&page.store) as Arc<dyn SessionStore>);
    let page = Page { client: again.build(), ..page };

    let answer = page.fetch("GET", "/rest/v1/profiles?select=id", &[], None).await.unwrap();

    assert_eq!(answer.status, 200, "{:?}", answer.body);
    assert_ne!(page.access_token().await, spoiled);
    for path in ["/auth/v1/user", "/inbox/api", "/pg/query", "/rest/v1/%2e%2e/%2e%2e/auth/v1/user"] {
        assert_eq!(
            page.fetch("GET", path, &[], None).await.unwrap_err(),
            FetchError::AddressRefused,
            "{path}"
        );
    }
    page.server.close().await.unwrap();
}
