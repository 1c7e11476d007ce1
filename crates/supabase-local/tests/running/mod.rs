//! The program as a process: started on a free port, called over HTTP, ended by a signal.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

pub(crate) fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_supabase-local"));
    command.args(arguments).stdin(Stdio::null());
    command
}

pub(crate) struct Running {
    pub(crate) child: Child,
    out: BufReader<ChildStdout>,
    pub(crate) url: String,
    pub(crate) anon_key: String,
    pub(crate) service_role_key: String,
}

impl Running {
    /// Starts the program and waits for the line that it prints when it is ready.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut arguments = arguments.to_vec();
        arguments.extend(["--port", "0", "--json"]);
        let mut child = program(&arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).expect("one line of JSON when it is ready");
        let text = |name: &str| said[name].as_str().unwrap().to_owned();
        assert_eq!(text("inbox"), format!("{}/inbox", text("url")));
        Self {
            child,
            out,
            url: text("url"),
            anon_key: text("anon_key"),
            service_role_key: text("service_role_key"),
        }
    }

    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self::start(&["--data", folder.to_str().unwrap()])
    }

    pub(crate) fn address(&self) -> &str {
        self.url.strip_prefix("http://").unwrap()
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Value {
        let request = reqwest::Client::new().post(format!("{}{path}", self.url));
        let request = request.header("apikey", &self.anon_key).bearer_auth(&self.service_role_key);
        let answer = request.json(body).send().await.unwrap();
        answer.json().await.unwrap_or(Value::Null)
    }

    fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &pid]).status().unwrap().success());
    }

    /// Ends the program by SIGTERM. Answers how long that took, and what the program had printed since its first line.
    pub(crate) fn stop(mut self) -> (Duration, String) {
        let asked = Instant::now();
        self.signal("-TERM");
        let status = self.child.wait().unwrap();
        let took = asked.elapsed();
        assert!(status.success(), "a signal is a clean end, not {status}");
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        (took, rest)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // A signal and not a kill, so that the program removes its temporary folder.
        if matches!(self.child.try_wait(), Ok(None)) {
            self.signal("-TERM");
            self.child.wait().unwrap();
        }
    }
}
