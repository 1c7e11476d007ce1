//! Replays recordings of real Supabase servers against this server, and prints where the answers differ.
//!
//! `cargo test -p supabase-local --test golden -- NAME...`; without names, the recordings of [`CLAIMED`].
// The output is the result.
#![allow(clippy::print_stdout)]

mod matching;
mod people;
mod replay;
mod setting;

use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::Value;

/// The recordings that this version answers without a difference.
const CLAIMED: &[&str] = &[
    "anonymous",
    "asymmetric_keys",
    "autoconfirm",
    "browser_edges",
    "captcha_required",
    "current_password_required",
    "email_change",
    "email_change_single",
    "email_disabled",
    "flow_state_expired",
    "identities",
    "implicit",
    "invite",
    "logout",
    "magic_link",
    "mail_rate_limit",
    "mfa",
    "oauth",
    "oauth_accounts",
    "password",
    "password_rules",
    "reauthentication_required",
    "recovery",
    "redirect_check",
    "refresh",
    "refresh_v2",
    "rest_profiles",
    "service",
    "session_timebox",
    "signup_disabled",
    "signup_errors",
    "signup_pkce",
    "signup_unconfirmed_again",
    "single_session",
    "storage_access",
    "storage_errors",
    "storage_object",
    "storage_public_delete",
    "token_hash",
    "typed_code",
    "user",
];

#[tokio::main]
async fn main() -> ExitCode {
    // Test runners pass options of their own, which are ignored.
    let named: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let names =
        if named.is_empty() { CLAIMED.iter().map(|name| (*name).to_owned()).collect() } else { named };
    let (mut right, mut all, mut failed) = (0, 0, 0);
    for name in &names {
        let outcome = match read(name) {
            Ok(recording) => replay::replay(name, &recording).await,
            Err(error) => Err(error),
        };
        match outcome {
            Ok(score) => {
                println!("{name}: {} of {} steps match", score.right, score.all);
                right += score.right;
                all += score.all;
                failed += usize::from(score.right < score.all);
            }
            Err(error) => {
                println!("{name}: cannot be replayed: {error}");
                all += 1;
                failed += 1;
            }
        }
    }
    println!("{} passed, {failed} failed", names.len() - failed);
    println!("golden: {right} of {all} steps match in {} files", names.len());
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "..", "tests", "golden"].iter().collect()
}

fn read(name: &str) -> Result<Value, String> {
    let path = folder().join(format!("{name}.json"));
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

/// The titles of the steps of the recording `name` that may differ. The file has a reason for each.
fn accepted(name: &str) -> Result<Vec<String>, String> {
    let path = folder().join("accepted-differences.json");
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
    let all: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let steps = all[name].as_object().map(|steps| steps.keys().cloned().collect());
    Ok(steps.unwrap_or_default())
}
