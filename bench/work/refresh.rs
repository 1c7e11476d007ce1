//! A session is refreshed: the request, the answer's session, and its save, without a network and in memory.

use std::sync::Arc;

use async_trait::async_trait;
use harness::{Fault, Outcome};
use serde_json::json;
use supabase_session::{Client, MemoryStore, Project, Request, Response, Secret, Transport, TransportError};

/// As Auth answers each `POST /token`. The signature of a token is the server's affair.
struct Server;

#[async_trait]
impl Transport for Server {
    async fn send(&self, _: Request) -> Result<Response, TransportError> {
        let user = json!({
            "id": "6f1c7a0e-0000-4000-8000-000000000001",
            "email": "ada@example.com",
            "created_at": "2026-01-01T00:00:00Z",
            "user_metadata": { "full_name": "Ada Lovelace" },
            "identities": [],
        });
        let body = json!({
            "access_token": format!("{}.{}.{}", "h".repeat(80), "p".repeat(700), "s".repeat(86)),
            "refresh_token": "v1.refresh",
            "token_type": "bearer",
            "expires_in": 3600,
            "user": user,
        });
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        Ok(Response { status: 200, headers, body: body.to_string().into() })
    }
}

pub(crate) async fn refresh(times: u32) -> Outcome {
    let project = Project::new("https://p.supabase.co", "sb_publishable_bench")
        .map_err(|error| Fault::new(error.to_string()))?;
    let client = Client::builder(project, Arc::new(MemoryStore::new())).transport(Arc::new(Server)).build();
    client.restore().await;
    let signed_in =
        client.sign_in_with_password("ada@example.com", Secret::from("correct horse".to_owned())).await;
    signed_in.map_err(|error| Fault::new(error.to_string()))?;
    for _ in 0..times {
        client.refresh().await.map_err(|error| Fault::new(error.to_string()))?;
    }
    Ok(())
}
