//! Two real processes on one folder: the test's executable starts itself again and tells its children what to do.

// The functions around the tests may panic like tests.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use serde_json::{Value, json};
use supabase_session::{Client, Clock, FileStore, Project, SignOutCause, State};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Notify;

use deadline::Deadline;
use sockets::{KEY, head, server, write};

#[path = "it/deadline.rs"]
mod deadline;
#[path = "it/sockets.rs"]
mod sockets;

const FOLDER: &str = "SUPABASE_SESSION_TEST_FOLDER";
const URL: &str = "SUPABASE_SESSION_TEST_URL";
/// What the wall clocks show at first, in seconds since 1970.
const NOW: u64 = 1_800_000_000;
/// What a child's answers begin with, among whatever its test harness prints.
const ANSWER: &str = "answer: ";

/// A clock that shows what the parent says. Sleeping takes real time, so that waiting for a lock does too.
struct ToldClock {
    start: Instant,
    told: Mutex<Duration>,
}

#[async_trait]
impl Clock for ToldClock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(NOW) + *self.told.lock().unwrap()
    }

    fn monotonic(&self) -> Duration {
        self.start.elapsed() + *self.told.lock().unwrap()
    }

    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

/// What a child does, one order a line, until its input ends.
#[tokio::test]
#[ignore = "the other tests run it, as a process of its own"]
async fn a_program() {
    let _deadline = Deadline::here();
    let (Ok(folder), Ok(url)) = (std::env::var(FOLDER), std::env::var(URL)) else { return };
    let clock = Arc::new(ToldClock { start: Instant::now(), told: Mutex::default() });
    let store = Arc::new(FileStore::open(folder).unwrap());
    let client = Client::builder(Project::new(&url, KEY).unwrap(), store)
        .clock(Arc::clone(&clock) as Arc<dyn Clock>)
        .build();
    client.restore().await;
    let mut orders = BufReader::new(tokio::io::stdin()).lines();
    while let Some(order) = orders.next_line().await.unwrap() {
        let outcome = match order.as_str() {
            "sign in" => client.sign_in_with_password("ada@example.com", "x".into()).await.map(drop).is_ok(),
            "sign out" => client.sign_out().await.store.is_none(),
            "use" => client.get_user().await.is_ok(),
            "look" => {
                client.refresh_soon().await;
                true
            }
            hours => {
                *clock.told.lock().unwrap() = Duration::from_secs(3600 * hours.parse::<u64>().unwrap());
                true
            }
        };
        let state = match client.state() {
            State::SignedIn(_) => "in",
            State::SignedOut(Some(SignOutCause::Elsewhere)) => "ended elsewhere",
            State::SignedOut(_) | State::Restoring => "out",
        };
        println!("{ANSWER}{outcome} {state}");
    }
}

struct Program {
    process: Child,
    orders: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Program {
    fn start(folder: &std::path::Path, url: &str) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "a_program", "--nocapture"])
            .env(FOLDER, folder)
            .env(URL, url)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let orders = process.stdin.take().unwrap();
        let answers = BufReader::new(process.stdout.take().unwrap()).lines();
        Self { process, orders, answers }
    }

    async fn order(&mut self, order: &str) {
        self.orders.write_all(format!("{order}\n").as_bytes()).await.unwrap();
    }

    async fn answer(&mut self) -> String {
        loop {
            let line = self.answers.next_line().await.unwrap().expect("the program is alive");
            if let Some((_, answer)) = line.split_once(ANSWER) {
                return answer.to_owned();
            }
        }
    }

    async fn does(&mut self, order: &str) -> String {
        self.order(order).await;
        self.answer().await
    }
}

/// An Auth server as strict as the real one: the active refresh token rotates, its parent gives the active one again,
/// anything older ends the session.
#[derive(Default)]
struct Auth {
    hours: Mutex<u64>,
    active: Mutex<u64>,
    shown: Mutex<Vec<u64>>,
    /// Holds back the answer to a refresh that has rotated the token.
    gate: Mutex<Option<Arc<Notify>>>,
    rotated: Notify,
}

impl Auth {
    fn session(&self) -> Value {
        let (number, hours) = (*self.active.lock().unwrap(), *self.hours.lock().unwrap());
        json!({
            "access_token": format!("access-{number}"), "refresh_token": number.to_string(), "token_type": "bearer",
            "expires_in": 3600, "expires_at": NOW + 3600 * (hours + 1), "user": self.user()
        })
    }

    fn user(&self) -> Value {
        json!({"id": "6f1c7a0e-0000-4000-8000-000000000001", "email": "ada@example.com"})
    }

    fn refresh(&self, body: &Value) -> (u16, Value) {
        let shown: u64 = body["refresh_token"].as_str().unwrap().parse().unwrap();
        self.shown.lock().unwrap().push(shown);
        let mut active = self.active.lock().unwrap();
        if shown + 1 < *active {
            return (400, json!({"code": "refresh_token_already_used", "message": "no"}));
        }
        if shown == *active {
            *active += 1;
        }
        drop(active);
        (200, self.session())
    }

    async fn serve(self: Arc<Self>, mut stream: TcpStream) {
        let (head, mut body) = head(&mut stream).await;
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length = length.map_or(0, |length| length.parse().unwrap());
        while body.len() < length {
            stream.read_buf(&mut body).await.unwrap();
        }
        let path = head.split_whitespace().nth(1).unwrap();
        let (status, answer) = match path {
            path if path.contains("grant_type=refresh_token") => {
                let answer = self.refresh(&serde_json::from_slice(&body).unwrap());
                let gate = self.gate.lock().unwrap().take();
                if let Some(gate) = gate {
                    self.rotated.notify_one();
                    gate.notified().await;
                }
                answer
            }
            path if path.contains("grant_type=password") => {
                *self.active.lock().unwrap() = 1;
                (200, self.session())
            }
            path if path.contains("/user") => {
                let active = format!("Bearer access-{}", self.active.lock().unwrap());
                let known = head.contains(&active);
                if known { (200, self.user()) } else { (403, json!({"code": "bad_jwt", "message": "no"})) }
            }
            _ => (204, Value::Null),
        };
        let body = answer.to_string();
        let length = body.len();
        let head = format!("HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
        write(&mut stream, &format!("{head}{body}")).await;
    }
}

async fn two() -> (tempfile::TempDir, Arc<Auth>, Program, Program) {
    let auth = Arc::new(Auth::default());
    let serving = Arc::clone(&auth);
    let url = server(move |stream| Arc::clone(&serving).serve(stream)).await;
    let folder = tempfile::tempdir().unwrap();
    let mut one = Program::start(folder.path(), &url);
    assert_eq!(one.does("sign in").await, "true in");
    let mut other = Program::start(folder.path(), &url);
    assert_eq!(other.does("use").await, "true in", "the session is in the folder");
    (folder, auth, one, other)
}

#[tokio::test]
async fn two_processes_refresh_once_an_expiry_and_sign_out_together() {
    let _deadline = Deadline::here();
    let (_folder, auth, mut one, mut other) = two().await;
    for hour in 1..=8_u64 {
        *auth.hours.lock().unwrap() = hour;
        for program in [&mut one, &mut other] {
            assert_eq!(program.does(&hour.to_string()).await, "true in");
        }
        // Both programs at once.
        one.order("use").await;
        other.order("use").await;
        assert_eq!((one.answer().await, other.answer().await), ("true in".to_owned(), "true in".to_owned()));
    }
    assert_eq!(*auth.shown.lock().unwrap(), (1..=8).collect::<Vec<_>>());

    assert_eq!(one.does("sign out").await, "true out");

    assert_eq!(other.does("look").await, "true ended elsewhere");
    assert_eq!(auth.shown.lock().unwrap().len(), 8);
    assert_eq!(other.does("sign in").await, "true in");
    assert_eq!(one.does("look").await, "true in");
}

#[tokio::test]
async fn a_process_that_is_killed_in_the_middle_of_a_refresh_leaves_no_lock_and_no_lost_session() {
    let _deadline = Deadline::here();
    let (_folder, auth, mut one, mut other) = two().await;
    *auth.hours.lock().unwrap() = 1;
    one.does("1").await;
    other.does("1").await;
    let gate = Arc::new(Notify::new());
    *auth.gate.lock().unwrap() = Some(Arc::clone(&gate));
    one.order("use").await;
    auth.rotated.notified().await;
    other.order("use").await;

    one.process.kill().await.unwrap();
    gate.notify_one();

    assert_eq!(other.answer().await, "true in");
    // The lost answer's parent, shown again.
    assert_eq!(*auth.shown.lock().unwrap(), [1, 1]);
}
