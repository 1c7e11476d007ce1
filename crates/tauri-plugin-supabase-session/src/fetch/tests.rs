//! A page's request through the command's own path, against a server that answers in process.

use std::sync::Arc;

use async_trait::async_trait;
use serde_json::json;
use supabase_session::{MemoryStore, Project, Response as Answer, Transport, TransportError};
use supabase_session_contract::ErrorCode;
use tokio::sync::Notify;

use super::*;

/// Answers what it was asked; `/rest/v1/slow` never.
#[derive(Default)]
struct Server {
    asked: Notify,
    dropped: Arc<Notify>,
}

struct Dropped(Arc<Notify>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

#[async_trait]
impl Transport for Server {
    async fn send(&self, request: supabase_session::Request) -> Result<Answer, TransportError> {
        if request.url.path().ends_with("/slow") {
            let _dropped = Dropped(Arc::clone(&self.dropped));
            self.asked.notify_one();
            std::future::pending::<()>().await;
        }
        let body = format!("{:?} {}", request.method, request.url.path());
        Ok(Answer { status: 206, headers: vec![("content-range".into(), "*/3".into())], body: body.into() })
    }
}

fn client(server: &Arc<Server>) -> Client {
    let project = Project::new("https://abcd.supabase.co", "sb_publishable_x").unwrap();
    let transport = Arc::clone(server) as Arc<dyn Transport>;
    Client::builder(project, Arc::new(MemoryStore::new())).transport(transport).build()
}

fn asking(id: &str, path: &str) -> Vec<u8> {
    let url = format!("https://abcd.supabase.co{path}");
    let head = json!({"id": id, "method": "GET", "url": url, "headers": [], "has_body": false}).to_string();
    [&u32::try_from(head.len()).unwrap().to_be_bytes()[..], head.as_bytes()].concat()
}

#[tokio::test]
async fn a_request_is_answered_in_the_same_form() {
    let client = client(&Arc::default());

    let answer = send(&client, &InFlight::default(), "main", &asking("1", "/rest/v1/t")).await.unwrap();

    let text = String::from_utf8_lossy(&answer[4..]).into_owned();
    assert_eq!(text, r#"{"status":206,"headers":[["content-range","*/3"]]}Get /rest/v1/t"#);
}

#[tokio::test]
async fn what_may_not_be_asked_and_what_is_no_message_fail_with_a_code() {
    let client = client(&Arc::default());
    let in_flight = InFlight::default();

    let refused = send(&client, &in_flight, "main", &asking("1", "/auth/v1/user")).await.unwrap_err();
    assert_eq!(refused.to_command_error().code, ErrorCode::Forbidden);
    let malformed = send(&client, &in_flight, "main", b"{}").await.unwrap_err();
    assert_eq!(malformed.to_command_error().code, ErrorCode::Internal);
}

#[tokio::test]
async fn a_cancelled_request_is_dropped_on_the_way_and_fails_as_cancelled() {
    let server = Arc::<Server>::default();
    let (client, in_flight) = (client(&server), InFlight::default());
    let message = asking("1", "/rest/v1/slow");

    let (outcome, ()) = tokio::join!(send(&client, &in_flight, "main", &message), async {
        server.asked.notified().await;
        in_flight.cancel("main", "1");
    });

    assert_eq!(outcome.unwrap_err().to_command_error().code, ErrorCode::Cancelled);
    server.dropped.notified().await;
}

#[test]
fn bytes_that_come_as_numbers_are_the_same_bytes() {
    let raw = InvokeBody::Raw(vec![0, 255]);
    let numbers = InvokeBody::Json(json!([0, 255]));

    assert_eq!(bytes(&raw).unwrap(), bytes(&numbers).unwrap());
    assert!(bytes(&InvokeBody::Json(json!([256]))).is_err());
    assert!(bytes(&InvokeBody::Json(json!({}))).is_err());
}
