//! A local Supabase of one's own: started, looked into, and used as another person's client would use it.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use foyer_contract::brand::CALLBACK;
use reqwest::{Client, RequestBuilder, Response, redirect};
use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::deadline::until;
use crate::desktop::first_line;
use crate::fault::{Fault, Outcome};
use crate::leftovers;
use crate::processes::{Mark, bound, built};

/// A running `supabase-local`. Ends when this is dropped.
#[derive(Debug)]
pub struct Server {
    /// Where it answers.
    pub url: String,
    /// The key that an app carries.
    pub anon_key: String,
    service_role_key: String,
    inbox: String,
    folder: TempDir,
    seen: Mutex<HashSet<String>>,
    http: Client,
    mark: Mark,
    _program: Child,
}

/// The line that `supabase-local --json` prints when it is ready.
#[derive(Deserialize)]
struct Ready {
    url: String,
    anon_key: String,
    service_role_key: String,
    inbox: String,
}

/// A mail as the inbox shows it.
#[derive(Debug, Clone, Deserialize)]
pub struct Mail {
    /// Its subject.
    pub subject: String,
    /// The link in it; empty where it has none.
    #[serde(default, deserialize_with = "text_or_none")]
    pub link: String,
    /// The code in it; empty where it has none.
    #[serde(default, deserialize_with = "text_or_none")]
    pub code: String,
    id: Value,
}

fn text_or_none<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.unwrap_or_default())
}

/// Somebody with a confirmed account.
#[derive(Debug, Clone)]
pub struct Person {
    /// `auth.users.id`.
    pub id: String,
    /// A token of theirs.
    pub access_token: String,
    /// The session that it is of, as the server issued it.
    pub session: Value,
}

impl Server {
    /// Starts one with an empty database.
    ///
    /// # Errors
    /// When it is not built or does not get ready.
    pub async fn start() -> Outcome<Self> {
        Self::start_with(|config| config).await
    }

    /// Starts one whose project has other settings: `change` gets this repository's `config.toml` and answers its own.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub async fn start_with(change: impl FnOnce(String) -> String) -> Outcome<Self> {
        let folder = tempfile::Builder::new().prefix("foyer-server-").tempdir()?;
        let config = project_with(folder.path(), change)?;
        let log = fs::File::create(folder.path().join("stderr"))?;
        let mark = Mark::new("FOYER_SERVER");
        let mut command: Command = bound(&built("supabase-local", "SUPABASE_LOCAL_BIN")?);
        command
            .args(["--port", "0", "--ephemeral", "--json", "--access-log"])
            .arg(folder.path().join("requests"))
            .arg("--config")
            .arg(config);
        mark.put_on(&mut command);
        // Its temporary files go with this folder, however it ends. PostgreSQL's compiled code is the same for all
        // servers: each would unpack 99 MB for itself.
        command.env("TMPDIR", folder.path()).env("HOME", folder.path()).stderr(log);
        if let Some(cache) = cache() {
            command.env("XDG_CACHE_HOME", cache);
        }
        let started = first_line(command, "supabase-local").await;
        let (program, line) = started.map_err(|fault| {
            let said = fs::read_to_string(folder.path().join("stderr")).unwrap_or_default();
            Fault::new(format!("{fault}: {said}"))
        })?;
        let ready: Ready = serde_json::from_str(&line)?;
        Ok(Self {
            url: ready.url,
            anon_key: ready.anon_key,
            service_role_key: ready.service_role_key,
            inbox: ready.inbox,
            folder,
            seen: Mutex::default(),
            // As a browser that shows where it was sent: to the app's scheme it could not follow anyway.
            http: Client::builder().redirect(redirect::Policy::none()).no_proxy().build()?,
            mark,
            _program: program,
        })
    }

    /// The rows that a query answers, asked as the database's owner.
    ///
    /// # Errors
    /// When the query fails.
    pub async fn sql(&self, query: &str) -> Outcome<Vec<Value>> {
        let asked = self.service(self.http.post(self.at("/pg/query"))).json(&json!({ "query": query }));
        let answer = asked.send().await?;
        let (status, body) = (answer.status(), answer.text().await?);
        if !status.is_success() {
            return Err(Fault::new(format!("{query}: {status} {body}")));
        }
        Ok(serde_json::from_str(&body)?)
    }

    /// The one value that a query answers, as text; `None` when it is null or there is no row.
    ///
    /// # Errors
    /// When the query fails.
    pub async fn value(&self, query: &str) -> Outcome<Option<String>> {
        let rows = self.sql(query).await?;
        let value = rows.first().and_then(Value::as_object).and_then(|row| row.values().next());
        Ok(value.and_then(|value| match value {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }))
    }

    /// A server whose project lets links come back to `list` alone: addresses in quotes, as in `config.toml`.
    ///
    /// # Errors
    /// When it cannot be started.
    pub async fn with_redirects(list: &str) -> Outcome<Self> {
        let (entry, list) = (format!("\"{CALLBACK}*\""), list.to_owned());
        Self::start_with(move |config| config.replace(&entry, &list)).await
    }

    /// What a column of somebody's row in `profiles` says; `None` where it says nothing or there is no row.
    ///
    /// # Errors
    /// When the query fails.
    pub async fn profile(&self, person: &Person, column: &str) -> Outcome<Option<String>> {
        self.value(&format!("select {column} from public.profiles where id = '{}'", person.id)).await
    }

    /// Waits for a mail to this address that was not taken before.
    ///
    /// # Errors
    /// When none comes.
    pub async fn mail_to(&self, address: &str) -> Outcome<Mail> {
        let inbox = format!("{}/api", self.inbox.trim_end_matches('/'));
        until(&format!("a mail to {address}"), async || {
            let mails: Vec<Mail> =
                self.http.get(&inbox).query(&[("to", address)]).send().await?.json().await?;
            let mut seen = self.seen.lock().map_err(|_| Fault::new("another test thread has panicked"))?;
            Ok(mails.into_iter().find(|mail| seen.insert(mail.id.to_string())))
        })
        .await
    }

    /// Opens a link as a browser does, and answers where it was sent.
    ///
    /// # Errors
    /// When it is not sent anywhere.
    pub async fn follow(&self, link: &str) -> Outcome<String> {
        let answer = self.http.get(link).send().await?;
        let location = answer.headers().get("location").and_then(|location| location.to_str().ok());
        location.map(str::to_owned).ok_or_else(|| {
            Fault::new(format!("opening the link of the mail answered {} and no location", answer.status()))
        })
    }

    /// The requests so far, `METHOD PATH STATUS` each.
    ///
    /// # Errors
    /// When the access log cannot be read.
    pub fn requests(&self) -> Outcome<Vec<String>> {
        let log = fs::read_to_string(self.folder.path().join("requests"))?;
        Ok(log.lines().map(str::to_owned).collect())
    }

    /// The requests that an app sent so far: not those with which a test looks into the server.
    ///
    /// # Errors
    /// When the access log cannot be read.
    pub fn requests_of_the_app(&self) -> Outcome<Vec<String>> {
        let mut requests = self.requests()?;
        requests.retain(|line| !["/pg/", "/inbox", "/auth/v1/verify"].iter().any(|own| line.contains(own)));
        Ok(requests)
    }

    /// Opens a confirmed account by another way than the app.
    ///
    /// # Errors
    /// When the server does not let us.
    pub async fn person(&self, email: &str, password: &str) -> Outcome<Person> {
        let who = json!({ "email": email, "password": password });
        accepted(self.anonymous("/auth/v1/signup").json(&who).send().await?).await?;
        self.follow(&self.mail_to(email).await?.link).await?;
        let signed_in = self.anonymous("/auth/v1/token?grant_type=password").json(&who).send().await?;
        let session: Value = accepted(signed_in).await?.json().await?;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let person = text(&session["user"]["id"]).zip(text(&session["access_token"]));
        let (id, access_token) = person.ok_or_else(|| Fault::new(format!("no session in {session}")))?;
        Ok(Person { id, access_token, session })
    }

    /// Invites somebody, as the project's owner does in the dashboard.
    ///
    /// # Errors
    /// When the server does not let us.
    pub async fn invite(&self, email: &str) -> Outcome {
        let asked = self.service(self.http.post(self.at("/auth/v1/invite")));
        let asked = asked.query(&[("redirect_to", CALLBACK)]);
        accepted(asked.json(&json!({ "email": email })).send().await?).await.map(drop)
    }

    /// An object of the avatars' bucket, fetched past all policies.
    ///
    /// # Errors
    /// When there is none.
    pub async fn object(&self, path: &str) -> Outcome<Vec<u8>> {
        let asked = self.http.get(self.at(&format!("/storage/v1/object/authenticated/avatars/{path}")));
        Ok(accepted(self.service(asked).send().await?).await?.bytes().await?.to_vec())
    }

    /// Writes an object into the avatars' bucket as `person`; the answer's status and body.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn put_object(&self, person: &Person, path: &str, bytes: Vec<u8>) -> Outcome<(u16, String)> {
        let asked =
            self.anonymous(&format!("/storage/v1/object/avatars/{path}")).bearer_auth(&person.access_token);
        let answer = asked.header("content-type", "image/webp").body(bytes).send().await?;
        Ok((answer.status().as_u16(), answer.text().await?))
    }

    /// A POST as an app without a session sends it.
    pub fn anonymous(&self, path: &str) -> RequestBuilder {
        self.http.post(self.at(path)).header("apikey", &self.anon_key)
    }

    fn service(&self, request: RequestBuilder) -> RequestBuilder {
        request.header("apikey", &self.service_role_key).bearer_auth(&self.service_role_key)
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url.trim_end_matches('/'))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        leftovers::expect_none(&leftovers::clear(&self.mark, self.folder.path()));
    }
}

/// This person's cache folder.
fn cache() -> Option<PathBuf> {
    let named = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
    named.or_else(|| Some(std::env::home_dir()?.join(".cache")))
}

/// A copy of this repository's project below `folder`, with a `config.toml` of its own; answers where that lies.
fn project_with(folder: &Path, change: impl FnOnce(String) -> String) -> Outcome<PathBuf> {
    let (from, to) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("../supabase"), folder.join("supabase"));
    copy_folder(&from, &to)?;
    let config = to.join("config.toml");
    let changed = change(fs::read_to_string(&config)?);
    fs::write(&config, changed)?;
    Ok(config)
}

/// Copies a folder with everything below it.
///
/// # Errors
/// When something of it cannot be read or written.
pub fn copy_folder(from: &Path, to: &Path) -> Outcome {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// The answer, when it is one of success.
///
/// # Errors
/// What the server refuses with.
pub async fn accepted(answer: Response) -> Outcome<Response> {
    if answer.status().is_success() {
        return Ok(answer);
    }
    let (status, url) = (answer.status(), answer.url().path().to_owned());
    Err(Fault::new(format!("{url}: {status} {}", answer.text().await?)))
}
