//! Requests of a page that must not see a token.

mod answer;
mod request;

use std::sync::Arc;

use supabase_session::{Client, FetchRequest, HttpTransport, MemoryStore, Project};

use crate::fake::{Reply, Seen, World};
use crate::sockets::KEY;

const ORIGIN: &str = "https://abcd.supabase.co";

fn get(path: &str) -> FetchRequest {
    FetchRequest { method: "GET".into(), url: format!("{ORIGIN}{path}"), ..FetchRequest::default() }
}

fn with_header(name: &str, value: &str) -> FetchRequest {
    FetchRequest { headers: vec![(name.into(), value.into())], ..get("/rest/v1/t") }
}

async fn world(rule: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> World {
    World::new(rule).signed_in().await
}

/// A client on real sockets, with nobody signed in.
fn client(url: &str) -> Client {
    let project = Project::new(url, KEY).unwrap();
    let transport = Arc::new(HttpTransport::new(&project));
    Client::builder(project, Arc::new(MemoryStore::new())).transport(transport).build()
}
