//! The program as people run it: real processes, a real local server, the mail's link opened as a browser opens it.
// A test that cannot be set up panics.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// Long enough for a loaded machine; no test waits that long when all is well.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A local Supabase with its inbox.
struct Server {
    url: String,
    key: String,
    service_key: String,
    inbox: String,
    _child: Child,
}

/// A person at a terminal, with a data folder of their own.
struct Terminal<'a> {
    server: &'a Server,
    data: TempDir,
}

/// A run of the program that has not ended.
struct Run {
    child: Child,
    stdin: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Server {
    async fn start() -> Self {
        // target/debug/deps/<this test> lies below target/debug/<program>.
        let exe = std::env::current_exe().unwrap();
        let program =
            exe.ancestors().nth(2).unwrap().join(format!("supabase-local{}", std::env::consts::EXE_SUFFIX));
        let mut child = Command::new(&program)
            .args(["--ephemeral", "--port", "0", "--json"])
            .env("SUPABASE_LOCAL_LOG", "warn")
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}; run `cargo xtask test`", program.display()));
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = soon("the server", lines.next_line()).await.unwrap().expect("it says where it is");
        let ready: Value = serde_json::from_str(&line).unwrap();
        let text = |name: &str| ready[name].as_str().unwrap().to_owned();
        let (key, service_key) = (text("anon_key"), text("service_role_key"));
        Self { url: text("url"), key, service_key, inbox: text("inbox"), _child: child }
    }

    async fn mails(&self, to: &str) -> Vec<Value> {
        let inbox = format!("{}/api", self.inbox);
        reqwest::Client::new().get(inbox).query(&[("to", to)]).send().await.unwrap().json().await.unwrap()
    }

    /// The newest mail's field. The program says that a mail is on its way only once it is there.
    async fn mail(&self, to: &str, field: &str) -> String {
        self.mails(to).await.first().expect("a mail")[field].as_str().unwrap().to_owned()
    }

    /// An account with a name in its profile, made by the project's owner.
    async fn account(&self, email: &str, full_name: &str) {
        let metadata = json!({ "full_name": full_name });
        let body = json!({ "email": email, "email_confirm": true, "user_metadata": metadata });
        let request = reqwest::Client::new().post(format!("{}/auth/v1/admin/users", self.url));
        let request = request.header("apikey", &self.service_key).bearer_auth(&self.service_key);
        assert_eq!(request.json(&body).send().await.unwrap().status(), StatusCode::OK);
    }
}

impl<'a> Terminal<'a> {
    fn new(server: &'a Server) -> Self {
        Self { server, data: TempDir::new().unwrap() }
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let mut child = Command::new(env!("CARGO_BIN_EXE_foyer-example-terminal"))
            .args(arguments)
            .env("SUPABASE_URL", &self.server.url)
            .env("SUPABASE_PUBLISHABLE_KEY", &self.server.key)
            .env("FOYER_TERMINAL_DATA", self.folder())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Run { stdin: child.stdin.take().unwrap(), lines, child }
    }

    fn folder(&self) -> PathBuf {
        self.data.path().join("session")
    }
}

impl Run {
    async fn types(&mut self, line: &str) {
        self.stdin.write_all(format!("{line}\n").as_bytes()).await.unwrap();
    }

    /// Waits for a line that begins like this.
    async fn says(&mut self, beginning: &str) {
        loop {
            let line = soon(beginning, self.lines.next_line()).await.unwrap();
            if line.unwrap_or_else(|| panic!("it ended before it said: {beginning}")).starts_with(beginning) {
                return;
            }
        }
    }

    /// The rest of what it says, and whether it ended well.
    async fn ends(mut self) -> (String, bool) {
        let mut said = String::new();
        while let Some(line) = soon("its end", self.lines.next_line()).await.unwrap() {
            said.push_str(&line);
            said.push('\n');
        }
        (said, soon("its end", self.child.wait()).await.unwrap().success())
    }
}

async fn soon<T>(what: &str, work: impl Future<Output = T>) -> T {
    tokio::time::timeout(TIMEOUT, work).await.unwrap_or_else(|_| panic!("waited too long for {what}"))
}

/// The address that a link leads back to, without a query.
fn callback_of(link: &str) -> url::Url {
    let link = url::Url::parse(link).unwrap();
    let (_, redirect) = link.query_pairs().find(|(name, _)| name == "redirect_to").unwrap();
    let mut callback = url::Url::parse(&redirect).unwrap();
    callback.set_query(None);
    callback
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn a_mails_link_signs_in_and_the_next_run_needs_no_mail() {
    let server = Server::start().await;
    let (ada, terminal) = ("ada@example.com", Terminal::new(&server));
    server.account(ada, "Ada Lovelace").await;
    let mut run = terminal.run(&[]);
    run.types(ada).await;
    run.says("A mail is on its way").await;
    let link = server.mail(ada, "link").await;
    let callback = callback_of(&link);
    assert_eq!(callback.host_str(), Some("127.0.0.1"));

    for foreign in
        ["flow=nonsense&code=nonsense", "token_hash=nonsense&type=email", "error=access_denied", ""]
    {
        let answer = reqwest::get(format!("{callback}?{foreign}")).await.unwrap();
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{foreign} is not of this sign-in");
    }
    let elsewhere = reqwest::get(callback.join("/auth/other").unwrap()).await.unwrap();
    assert_eq!(elsewhere.status(), StatusCode::NOT_FOUND);
    let page = reqwest::get(link).await.unwrap();
    assert_eq!((page.status(), page.url().path()), (StatusCode::OK, "/auth/callback"));
    assert!(page.text().await.unwrap().contains("You are signed in"));

    let (said, well) = run.ends().await;
    assert!(well && said.contains("Signed in as ada@example.com\n"), "{said}");
    assert!(said.contains("Name      Ada Lovelace\n"), "{said}");
    assert!(reqwest::get(callback).await.unwrap_err().is_connect(), "the port is closed");
    let mails = server.mails(ada).await.len();

    let (said, well) = terminal.run(&[]).ends().await;

    assert!(well && said.starts_with("Signed in as ada@example.com\nName      Ada Lovelace\n"), "{said}");
    assert_eq!(server.mails(ada).await.len(), mails);
    #[cfg(unix)]
    {
        assert_eq!(mode(&terminal.folder()), 0o700);
        let files: Vec<_> = std::fs::read_dir(terminal.folder()).unwrap().flatten().collect();
        assert!(!files.is_empty() && files.iter().all(|file| mode(&file.path()) == 0o600));
    }
}

#[tokio::test]
async fn a_typed_code_signs_in_and_signing_out_forgets() {
    let server = Server::start().await;
    let (bob, terminal) = ("bob@example.com", Terminal::new(&server));
    let mut run = terminal.run(&[]);
    run.types(bob).await;
    run.says("A mail is on its way").await;
    let code = server.mail(bob, "code").await;

    run.types("12345").await;
    run.says("a code has 6 to 10 digits; try again:").await;
    run.types(&code).await;
    let (said, well) = run.ends().await;
    assert!(well && said.contains("Signed in as bob@example.com\nName      -\n"), "{said}");

    assert_eq!(terminal.run(&["sign-out"]).ends().await, ("Signed out.\n".into(), true));
    assert_eq!(terminal.run(&["sign-out"]).ends().await, ("Nobody is signed in.\n".into(), true));
    let mut run = terminal.run(&[]);
    run.says("Your e-mail address:").await;
    drop(run.stdin);
    assert!(!soon("its end", run.child.wait()).await.unwrap().success());
}

#[tokio::test]
async fn a_profile_gives_the_terminal_no_orders() {
    let server = Server::start().await;
    let (eve, terminal) = ("eve@example.com", Terminal::new(&server));
    server.account(eve, "\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}Eve\r\nSigned in as ada@example.com").await;
    let mut run = terminal.run(&[]);
    run.types(eve).await;
    run.says("A mail is on its way").await;
    let code = server.mail(eve, "code").await;

    run.types(&code).await;
    let (said, well) = run.ends().await;

    let name = r"Name      \u{1b}]0;owned\u{7}\u{9b}2J\u{202e}Eve\r\nSigned in as ada@example.com";
    assert!(well && said.lines().any(|line| line == name), "{said}");
    assert!(said.chars().all(|character| character == '\n' || !character.is_control()), "{said:?}");
}
