//! The program: what it prints and how it ends.

use std::collections::BTreeSet;
use std::process::{Output, Stdio};

use axum::response::IntoResponse;
use foyer_contract::variable;
use foyer_doctor::CheckName;
use serde_json::Value;
use tokio::process::Command;

use crate::world::{World, right};

pub(crate) fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_foyer-doctor"));
    command.args(arguments).stdin(Stdio::null()).kill_on_drop(true);
    command.env_remove(variable!("SUPABASE_URL")).env_remove(variable!("SUPABASE_KEY"));
    command.env("LC_ALL", "en_GB.UTF-8").env_remove("LANGUAGE");
    command
}

/// The line of this check in the program's JSON.
pub(crate) fn line(json: &[u8], check: CheckName) -> Value {
    let said: Value = serde_json::from_slice(json).unwrap();
    let lines = said["checks"].as_array().unwrap();
    lines.iter().find(|line| line["check"] == check.code()).unwrap().clone()
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test]
async fn a_right_project_ends_with_zero_and_a_wrong_one_with_one() {
    let world = World::start(right(), None).await;
    let ask = || program(&["--url", &world.url]).env(variable!("SUPABASE_KEY"), world.key()).output();

    let good = ask().await.unwrap();
    world.sql("drop table public.profiles cascade").await;
    let bad = ask().await.unwrap();

    assert_eq!(good.status.code(), Some(0), "{}", text(&good));
    assert!(text(&good).contains("In order  Project: In order.\n"), "{}", text(&good));
    assert!(text(&good).trim_end().ends_with("hints: 0, problems: 0, unknown: 4"), "{}", text(&good));
    assert_eq!(bad.status.code(), Some(1), "{}", text(&bad));
    assert!(text(&bad).contains("Problem   Table “profiles”: "), "{}", text(&bad));
    assert!(text(&bad).contains("\n             create table if not exists public.profiles ("));
}

#[tokio::test]
async fn the_json_has_a_stable_form() {
    let world = World::start(right(), Some(|path| path.contains("/rpc/").then(|| "".into_response()))).await;
    world.sql("alter table public.profiles drop column website").await;

    let output = program(&["--url", &world.url, "--key", &world.key(), "--json"]).output().await.unwrap();

    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&said["version"], &said["problems"]), (&Value::from(1), &Value::from(1)), "{said}");
    let columns = line(&output.stdout, CheckName::Profiles);
    let keys: BTreeSet<&str> = columns.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = ["check", "figure", "finding", "meaning", "remedy", "state", "title"];
    assert_eq!(keys, BTreeSet::from(expected));
    assert_eq!(columns["finding"], "columns_missing");
    assert_eq!((&columns["state"], &columns["figure"]), (&"problem".into(), &"website".into()));
    assert_eq!(columns["remedy"], "alter table public.profiles add column if not exists website text;\n");
}

#[tokio::test]
async fn a_secret_key_is_refused_loudly_and_repeated_nowhere() {
    let mut world = World::start(right(), None).await;
    let secret = world.secret_key();

    for arguments in [&["--json"][..], &[]] {
        let ask = program(&[&["--url", &world.url], arguments].concat())
            .env(variable!("SUPABASE_KEY"), &secret)
            .output();
        let output = ask.await.unwrap();

        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output).contains("This is a secret key"), "{}", text(&output));
        assert!(!text(&output).contains(&secret));
    }
    world.requests.close();
    assert_eq!(world.requests.recv().await, None, "something was sent");
}

#[tokio::test]
async fn without_a_project_there_is_nothing_to_ask() {
    let output = program(&[]).output().await.unwrap();

    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output).contains("--url and --key"), "{}", text(&output));

    let output = program(&[]).env("LC_ALL", "de_AT.UTF-8").output().await.unwrap();
    assert!(text(&output).contains("Nenne das Projekt"), "{}", text(&output));
}
