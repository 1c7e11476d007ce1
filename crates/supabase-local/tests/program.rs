//! The program as a process: what it prints, what survives a restart, how it refuses, how it ends.
// It ends the program by signals.
#![cfg(unix)]
// A failed set-up panics, which fails the test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod running;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Output;
use std::time::Duration;

use running::{Running, program};
use serde_json::{Value, json};
use tempfile::TempDir;

fn refused(arguments: &[&str]) -> (Output, String) {
    let output = program(arguments).output().unwrap();
    let sentence = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{sentence}");
    assert_eq!(sentence.trim_end().lines().count(), 1, "one sentence: {sentence}");
    (output, sentence)
}

const SIGN_UP: &str = "/auth/v1/signup";

#[tokio::test]
async fn a_restart_keeps_people_objects_and_mails() {
    let folder = TempDir::new().unwrap();
    let first = Running::in_folder(folder.path());
    let user = first.post(SIGN_UP, &json!({ "email": "ada@example.com", "password": "Passw0rd!" })).await;
    let object = format!("/storage/v1/object/avatars/{}/one.png", user["id"].as_str().unwrap());
    let upload = reqwest::Client::new()
        .post(format!("{}{object}", first.url))
        .bearer_auth(&first.service_role_key)
        .header("content-type", "image/png")
        .body("the bytes");
    assert_eq!(upload.send().await.unwrap().status(), 200);
    first.stop();

    let second = Running::in_folder(folder.path());
    let people = second.post("/pg/query", &json!({ "query": "select email from auth.users" })).await;
    assert_eq!(people, json!([{ "email": "ada@example.com" }]));
    let read = reqwest::Client::new().get(format!("{}{object}", second.url));
    let bytes = read.bearer_auth(&second.service_role_key).send().await.unwrap().text().await.unwrap();
    assert_eq!(bytes, "the bytes");
    let mails: Value = reqwest::get(format!("{}/inbox/api", second.url)).await.unwrap().json().await.unwrap();
    assert_eq!(mails[0]["to"], "ada@example.com");
    let (_, rest) = second.stop();
    assert_eq!(rest, "", "nothing on stdout after the line");
}

#[tokio::test]
async fn what_was_answered_survives_a_kill() {
    let folder = TempDir::new().unwrap();
    let mut first = Running::in_folder(folder.path());
    first.post(SIGN_UP, &json!({ "email": "ada@example.com", "password": "Passw0rd!" })).await;
    first.child.kill().unwrap();
    first.child.wait().unwrap();

    let second = Running::in_folder(folder.path());
    let people = second.post("/pg/query", &json!({ "query": "select email from auth.users" })).await;

    assert_eq!(people, json!([{ "email": "ada@example.com" }]));
}

#[test]
fn a_second_start_on_a_folder_is_refused_in_one_sentence() {
    let folder = TempDir::new().unwrap();
    let _first = Running::in_folder(folder.path());

    let (output, sentence) = refused(&["--data", folder.path().to_str().unwrap(), "--port", "0"]);

    assert!(sentence.contains("another supabase-local already runs on"), "{sentence}");
    assert!(output.stdout.is_empty());
}

#[test]
fn a_taken_port_is_refused_with_its_number() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();

    let (_, sentence) = refused(&["--ephemeral", "--port", &port]);

    assert!(sentence.contains(&format!("port {port} is taken")) && sentence.contains("--port"), "{sentence}");
}

#[test]
fn a_migration_that_fails_is_named() {
    let project = TempDir::new().unwrap();
    std::fs::create_dir(project.path().join("migrations")).unwrap();
    std::fs::write(project.path().join("config.toml"), "").unwrap();
    std::fs::write(project.path().join("migrations/20260101000000_broken.sql"), "create tabel x ();")
        .unwrap();

    let config = project.path().join("config.toml");
    let (_, sentence) = refused(&["--ephemeral", "--port", "0", "--config", config.to_str().unwrap()]);

    assert!(
        sentence.contains("20260101000000_broken.sql") && sentence.contains("syntax error"),
        "{sentence}"
    );
}

#[test]
fn a_signal_ends_it_within_two_seconds_even_with_open_connections() {
    let server = Running::start(&["--ephemeral"]);
    // One connection that idles after its answer, one whose request never ends.
    let mut idle = TcpStream::connect(server.address()).unwrap();
    idle.write_all(b"GET /auth/v1/health HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    let mut answer = [0; 12];
    idle.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
    let mut hanging = TcpStream::connect(server.address()).unwrap();
    hanging.write_all(b"POST /inbox/api HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{").unwrap();

    let (took, _) = server.stop();

    assert!(took < Duration::from_secs(2), "{took:?}");
}

#[tokio::test]
async fn the_access_log_has_a_line_for_each_request_and_no_query() {
    let folder = TempDir::new().unwrap();
    let log = folder.path().join("access.log");
    let server = Running::start(&["--ephemeral", "--access-log", log.to_str().unwrap()]);

    reqwest::get(format!("{}/auth/v1/settings?apikey={}", server.url, server.anon_key)).await.unwrap();
    reqwest::get(format!("{}/auth/v1/settings", server.url)).await.unwrap();

    let lines = std::fs::read_to_string(&log).unwrap();
    assert_eq!(lines, "GET /auth/v1/settings 200\nGET /auth/v1/settings 401\n");
}

#[tokio::test]
async fn a_project_of_ones_own_brings_its_tables_and_mails() {
    let project = TempDir::new().unwrap();
    let write = |name: &str, text: &str| {
        let path = project.path().join("supabase").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("migrations/20260101000000_notes.sql", "create table notes (id int primary key);");
    write("templates/hello.html", "<p>Hello {{ .Email }}, {{ .Token }}</p>");
    write(
        "config.toml",
        "[auth.email]\nenable_confirmations = true\n[auth.email.template.confirmation]\nsubject = \"Hello\"\n\
         content_path = \"./supabase/templates/hello.html\"\n",
    );
    let config = project.path().join("supabase/config.toml");
    let server = Running::start(&["--ephemeral", "--config", config.to_str().unwrap()]);

    server.post(SIGN_UP, &json!({ "email": "ada@example.com", "password": "Passw0rd!" })).await;
    let mails: Value = reqwest::get(format!("{}/inbox/api", server.url)).await.unwrap().json().await.unwrap();
    assert_eq!(mails[0]["subject"], "Hello");
    assert!(mails[0]["text"].as_str().unwrap().starts_with("Hello ada@example.com, "));
    let made = server.post("/rest/v1/notes", &json!({ "id": 1 })).await;
    assert_eq!(made, Value::Null, "a row was added, without an answer asked for");
}
