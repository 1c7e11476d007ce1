//! Nothing that is secret is seen: not in `Debug`, not in errors, not in the log at its most talkative.

// The functions around the tests may panic like tests.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::io;
use std::sync::{Arc, Mutex};

use serde_json::json;
use supabase_session::{
    Client, Completed, HttpTransport, MemoryStore, Method, PasswordChange, Project, Request, Response,
    Secret, SessionStore, SignUp, StoreKey, VerifyKind,
};
use tokio::io::AsyncReadExt;
use tracing_subscriber::fmt::MakeWriter;

use sockets::{KEY, head, server, write};

use deadline::Deadline;

#[path = "it/deadline.rs"]
mod deadline;

#[path = "it/sockets.rs"]
mod sockets;

const EMAIL: &str = "ada@example.com";
const REDIRECT: &str = "app.foyer.desktop://auth/callback";
const USER_ID: &str = "6f1c7a0e-0000-4000-8000-000000000001";

/// Part of every secret value of these tests.
const CANARY: &str = "c4n4ry";

/// All that is logged while it lives.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn answer(head: &str) -> (u16, serde_json::Value) {
    let session = json!({
        "access_token": format!("a-{CANARY}"), "refresh_token": format!("r-{CANARY}"), "token_type": "bearer",
        "expires_in": 3600, "user": {"id": USER_ID, "email": EMAIL}
    });
    match head.split_whitespace().nth(1).unwrap() {
        path if path.starts_with("/auth/v1/signup") => (200, json!({"id": USER_ID, "email": EMAIL})),
        path if path.contains("grant_type=pkce") && head.contains("x-client-info: refusing") => {
            (400, json!({"code": format!("echo {CANARY}"), "message": format!("echo {CANARY}")}))
        }
        path if path.starts_with("/auth/v1/token") => (200, session),
        path if path.starts_with("/rest/") => {
            (401, json!({"code": "PGRST301", "message": format!("bad token a-{CANARY}")}))
        }
        path if path.starts_with("/auth/v1/factors") => {
            let totp =
                json!({"secret": format!("s-{CANARY}"), "uri": format!("otpauth://totp/x?secret={CANARY}")});
            (200, json!({"id": USER_ID, "type": "totp", "totp": totp}))
        }
        _ => (500, json!({"message": CANARY})),
    }
}

async fn serve() -> String {
    server(|mut stream| async move {
        let (head, mut body) = head(&mut stream).await;
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .map_or(0, |n| n.parse().unwrap());
        while body.len() < length {
            stream.read_buf(&mut body).await.unwrap();
        }
        let (status, body) = answer(&head);
        let body = body.to_string();
        let length = body.len();
        write(
            &mut stream,
            &format!("HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"),
        )
        .await;
    })
    .await
}

/// Everything that a client does, with whatever it shows of itself on the way.
async fn a_whole_life(url: &str, client_info: &str) -> (String, Vec<String>) {
    let project = Project::new(url, KEY).unwrap();
    let store = Arc::new(MemoryStore::new());
    let builder = Client::builder(project.clone(), Arc::clone(&store) as Arc<dyn SessionStore>)
        .redirect_to(REDIRECT.parse().unwrap())
        .client_info(client_info.to_owned())
        .transport(Arc::new(HttpTransport::new(&project)));
    let mut shown = format!("{builder:?} {store:?}");
    let client = builder.build();
    shown += &format!("{:?}", client.restore().await);
    let password = || Secret::from(format!("p-{CANARY}"));
    let wish = SignUp { email: EMAIL.to_owned(), password: password(), data: Default::default() };
    shown += &format!("{wish:?}");
    shown += &format!("{:?}", client.sign_up(wish).await);
    let pending = client.pending();
    shown += &format!("{pending:?}");
    let slot = store.get(&StoreKey::flow(&project, &pending[0].id)).await.unwrap().unwrap();
    let slot: serde_json::Value = serde_json::from_str(slot.expose()).unwrap();
    let nonce = slot["nonce"].as_str().unwrap().to_owned();
    shown += &format!("{:?}", client.complete(&format!("{REDIRECT}?code=x-{CANARY}")).await);
    shown +=
        &format!("{:?}", client.complete(&format!("{REDIRECT}?flow={nonce}#access_token={CANARY}")).await);
    let completed = client.complete(&format!("{REDIRECT}?code=x-{CANARY}&flow={nonce}")).await;
    shown += &format!("{completed:?}");
    if let Err(error) = completed {
        shown += &format!("{error}");
    }
    shown += &format!("{:?}", client.sign_in_with_password(EMAIL, password()).await);
    shown += &format!("{:?} {:?}", client.state(), client.refresh().await);
    shown += &more_of_a_life(&client).await;
    let row = client.rest().select_one::<serde_json::Value>("t", "a", &[("id", "1")]).await;
    if let Err(error) = &row {
        shown += &format!("{error}");
    }
    shown += &format!("{row:?} {:?} {:?}", client.rest(), client.storage("b"));
    shown += &format!("{:?} {:?} {client:?}", client.settings().await, client.sign_out().await);
    (shown, vec![nonce, slot["code_verifier"].as_str().unwrap().to_owned()])
}

/// The other ways in, and what is done once somebody is in.
async fn more_of_a_life(client: &Client) -> String {
    let secret = || Secret::from(format!("p-{CANARY}"));
    let client = &client.with_captcha(secret());
    let mut captcha = format!("{client:?}");
    captcha += &format!("{:?}", client.sign_in_anonymously().await);
    let wish = PasswordChange { password: secret(), current_password: Some(secret()), nonce: Some(secret()) };
    let mut shown = format!("{captcha} {wish:?} {:?}", client.change_password(wish.clone()).await);
    shown += &format!("{:?}", client.send_magic_link(EMAIL, true).await);
    shown += &format!("{:?}", client.verify_code_for(EMAIL, VerifyKind::Invite, secret()).await);
    let begun = client.enroll_totp("phone", None).await.unwrap();
    assert!(begun.secret.expose().contains(CANARY) && begun.uri.expose().contains(CANARY));
    shown += &format!("{begun:?} {begun:#?} {:?}", client.verify_totp(begun.factor_id, secret()).await);
    client.sign_out().await;
    for link in [
        format!("{REDIRECT}?token_hash=h-{CANARY}&type=invite"),
        format!(
            "{REDIRECT}#access_token=a-{CANARY}&refresh_token=r-{CANARY}&expires_in=60&token_type=bearer"
        ),
    ] {
        let Ok(Completed::Unsolicited(unsolicited)) = client.complete(&link).await else {
            panic!("it is held")
        };
        shown += &format!("{unsolicited:?} {:?}", client.inspect(&unsolicited).await);
        shown += &format!("{:?}", client.accept(unsolicited).await);
    }
    shown
}

#[tokio::test]
async fn no_secret_is_seen_in_what_it_shows_nor_in_the_log_at_trace_level() {
    let _deadline = Deadline::here();
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let url = serve().await;

    for client_info in ["accepting", "refusing"] {
        let (shown, secrets) = a_whole_life(&url, client_info).await;

        let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        assert!(
            logged.contains("supabase_session") && logged.contains("answered"),
            "the log is on: {logged}"
        );
        for secret in secrets.iter().map(String::as_str).chain([CANARY]) {
            assert!(!shown.contains(secret), "{secret} is shown: {shown}");
            assert!(!logged.contains(secret), "{secret} is logged: {logged}");
        }
    }
}

#[test]
fn requests_and_answers_show_neither_headers_nor_bodies_nor_queries() {
    let _deadline = Deadline::here();
    let url = format!("https://abcd.supabase.co/auth/v1/token?x={CANARY}").parse().unwrap();
    let request = Request::new(Method::Post, url)
        .header("authorization", format!("Bearer {CANARY}"))
        .json(&json!({"password": CANARY}));
    let headers = vec![("set-cookie".to_owned(), CANARY.to_owned())];
    let response = Response { status: 200, headers, body: CANARY.into() };

    let shown = format!("{request:?} {request:#?} {response:?} {response:#?}");

    assert!(!shown.contains(CANARY), "{shown}");
    assert!(shown.contains("/auth/v1/token"), "{shown}");
}
