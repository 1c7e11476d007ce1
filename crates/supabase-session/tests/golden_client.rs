//! What real servers answered, fed to the parsers: nothing that the client uses gets lost.

// The functions around the tests may panic like tests.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;
use supabase_session::inspect::{self, Link, Read};
use supabase_session::{Clock, HttpError, Response, SignOutCause};

use deadline::Deadline;

#[path = "it/deadline.rs"]
mod deadline;

const REDIRECT: &str = "app.foyer.desktop://auth/callback";
/// Files in the folder; `schema.json` lists tables and is no scenario.
const SCENARIOS: usize = 41;

struct Noon;

#[async_trait::async_trait]
impl Clock for Noon {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_800_000_000)
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }

    async fn sleep(&self, _: Duration) {}
}

/// A step that was a request, with its answer.
struct Step {
    name: String,
    path: String,
    query: Value,
    status: u16,
    body: Value,
    location: Option<String>,
    answer: Response,
}

fn steps() -> Vec<Step> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "json") && !path.ends_with("schema.json"));
    files.sort();
    assert_eq!(files.len(), SCENARIOS);
    files
        .iter()
        .flat_map(|path| steps_of(&serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()))
        .collect()
}

fn steps_of(scenario: &Value) -> Vec<Step> {
    let steps = scenario["steps"].as_array().unwrap().iter().filter(|step| step["response"].is_object());
    steps.map(|step| step_of(scenario["scenario"].as_str().unwrap(), step)).collect()
}

fn step_of(scenario: &str, step: &Value) -> Step {
    let response = &step["response"];
    let headers = response["headers"].as_object().unwrap();
    let text = |value: &Value| filled(value.as_str().unwrap());
    let headers: Vec<_> = headers.iter().map(|(name, value)| (name.clone(), text(value))).collect();
    let body = match &response["body"] {
        Value::String(raw) => filled(raw),
        other => typed(other).to_string(),
    };
    let status = u16::try_from(response["status"].as_u64().unwrap()).unwrap();
    Step {
        name: format!("{scenario}: {}", step["title"].as_str().unwrap()),
        path: step["request"]["path"].as_str().unwrap().to_owned(),
        query: step["request"]["query"].clone(),
        status,
        body: typed(&response["body"]),
        location: response["headers"]["location"].as_str().map(filled),
        answer: Response { status, headers, body: body.into() },
    }
}

/// Placeholders that stand for something other than text.
fn typed(value: &Value) -> Value {
    match value {
        Value::String(text) if text == "<epoch>" => 1_800_003_600_u64.into(),
        Value::String(text) if text == "<time>" => "2026-11-21T16:28:46.962Z".into(),
        Value::String(text) if text == "<uuid>" || is_user(text) => {
            "6f1c7a0e-0000-4000-8000-000000000001".into()
        }
        Value::String(text) => filled(text).into(),
        Value::Array(items) => items.iter().map(typed).collect(),
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), typed(value))).collect(),
        other => other.clone(),
    }
}

fn is_user(text: &str) -> bool {
    text.starts_with("{{user") || text.starts_with("{{anon_user") || text.starts_with("{{invited")
}

/// `{{name}}` becomes `name`, `<kind>` becomes `kind`.
fn filled(text: &str) -> String {
    let mut text = text.replace("{{", "").replace("}}", "");
    for kind in ["epoch", "uuid", "jwt", "time", "http-date"] {
        text = text.replace(&format!("<{kind}>"), kind);
    }
    text
}

#[test]
fn every_session_is_read_with_its_tokens_and_its_user() {
    let _deadline = Deadline::here();
    let mut count = 0;
    for step in steps().iter().filter(|step| step.body.get("access_token").is_some()) {
        let (access, refresh, left, user) =
            inspect::session(&step.answer, &Noon).unwrap_or_else(|| panic!("{}", step.name));

        let said = &step.body;
        assert_eq!(access, said["access_token"], "{}", step.name);
        assert_eq!(refresh, said["refresh_token"], "{}", step.name);
        assert_eq!(left, said["expires_in"].as_u64().unwrap(), "{}", step.name);
        assert_user(&serde_json::to_value(user).unwrap(), &said["user"], &step.name);
        count += 1;
    }
    assert!(count >= 40, "{count} sessions");
}

#[test]
fn every_user_is_read_without_loss() {
    let _deadline = Deadline::here();
    let mut count = 0;
    for step in steps().iter().filter(|step| step.status == 200 && step.body.get("aud").is_some()) {
        let user: supabase_session::User = serde_json::from_slice(&step.answer.body)
            .unwrap_or_else(|error| panic!("{}: {error}", step.name));

        assert_user(&serde_json::to_value(&user).unwrap(), &step.body, &step.name);
        count += 1;
    }
    assert!(count >= 20, "{count} users");
}

/// Every key of the recorded user is in the read one, with its value; an empty address counts as none.
fn assert_user(read: &Value, said: &Value, name: &str) {
    for (key, value) in said.as_object().unwrap() {
        if key == "email" && value == "" {
            assert!(read.get("email").is_none(), "{name}");
        } else {
            assert_eq!(read.get(key), Some(value), "{name}: {key}");
        }
    }
}

#[test]
fn every_refusal_is_read_with_its_code_and_real_status() {
    let _deadline = Deadline::here();
    let mut count = 0;
    for step in steps().into_iter().filter(|step| step.status >= 400) {
        let expected = expected(&step);
        assert_eq!(inspect::answer(step.answer), expected, "{}", step.name);
        count += 1;
    }
    assert!(count >= 100, "{count} refusals");
}

/// What the step should be read as, told from the recording without the parser.
fn expected(step: &Step) -> Read {
    let body = &step.body;
    let in_body = body["statusCode"].as_str().map(|text| text.parse().unwrap());
    let status = in_body.or(body["statusCode"].as_u64().map(|n| n as u16)).unwrap_or(step.status);
    match status {
        429 => {
            let retry_after = Some(Duration::from_secs(59));
            return Read::NotTheApi(HttpError::RateLimited { retry_after });
        }
        502..=504 | 544 => return Read::NotTheApi(HttpError::ServerTrouble { status }),
        500.. => return Read::NotTheApi(HttpError::ServerFailed { status }),
        _ if !body.is_object() => return Read::NotTheApi(HttpError::NotSupabase),
        _ => {}
    }
    let code = body["error_code"].as_str().or(body["code"].as_str()).or(body["error"].as_str()).unwrap();
    let weak = body.pointer("/weak_password/reasons").and_then(Value::as_array).map_or(0, Vec::len);
    let ends = match code {
        "refresh_token_not_found" | "refresh_token_already_used" | "session_not_found" => {
            Some(SignOutCause::Elsewhere)
        }
        "session_expired" => Some(SignOutCause::Expired),
        "user_banned" => Some(SignOutCause::Banned),
        "user_not_found" => Some(SignOutCause::Deleted),
        _ => None,
    };
    let token_refused = match step.path.split('/').nth(1).unwrap() {
        "auth" => code == "bad_jwt",
        "rest" => code == "PGRST301",
        _ => step.name.ends_with(": expired token") || step.name.ends_with(": broken token"),
    };
    Read::Refused { status, code: code.replace(' ', "_"), ends, token_refused, weak }
}

#[test]
fn every_failed_refresh_keeps_or_ends_the_session_as_the_table_says() {
    let _deadline = Deadline::here();
    let (mut ended, mut kept) = (0, 0);
    let refreshes =
        steps().into_iter().filter(|step| step.query["grant_type"] == "refresh_token" && step.status >= 400);
    for step in refreshes {
        let Read::Refused { code, ends, .. } = inspect::answer(step.answer) else { panic!("{}", step.name) };
        if code == "validation_failed" {
            assert_eq!(ends, None, "{}", step.name);
            kept += 1;
        } else {
            assert!(ends.is_some(), "{}: {code}", step.name);
            ended += 1;
        }
    }
    assert!(ended >= 10 && kept >= 3, "{ended} ended, {kept} kept");
}

#[test]
fn every_link_back_to_us_is_read_and_every_other_refused() {
    let _deadline = Deadline::here();
    let ours = REDIRECT.parse().unwrap();
    let (mut codes, mut refusals, mut tokens, mut halfway, mut foreign) = (0, 0, 0, 0, 0);
    for step in steps() {
        let Some(location) = &step.location else { continue };
        let read = inspect::link(location, &ours);
        let rest = location.strip_prefix(REDIRECT);
        let has = |part: &str| rest.is_some_and(|rest| rest.contains(part));
        let flow = ["n0nce", "abc", "a-b_c~d"].into_iter().find(|flow| has(&format!("flow={flow}")));
        let flow = flow.map(str::to_owned);
        match read {
            Link::Code { code, flow: read_flow } => {
                assert!(has(&format!("?code={code}")) && code.starts_with("auth_code"), "{}", step.name);
                assert_eq!(read_flow, flow, "{}", step.name);
                codes += 1;
            }
            Link::Refusal { error, code, flow: read_flow } => {
                assert!(has(&format!("error={error}&")), "{}", step.name);
                assert_eq!(code.is_some(), has("error_code="), "{}", step.name);
                assert!(code.is_none_or(|code| has(&format!("error_code={code}&"))), "{}", step.name);
                assert_eq!(read_flow, flow, "{}", step.name);
                refusals += 1;
            }
            Link::Halfway { flow: read_flow } => {
                assert!(has("#message=Confirmation"), "{}", step.name);
                assert_eq!(read_flow, flow, "{}", step.name);
                halfway += 1;
            }
            Link::Tokens { access, refresh, kind, flow: read_flow } => {
                assert!(has(&format!("#access_token={access}&")), "{}", step.name);
                assert!(has(&format!("&refresh_token={refresh}&")), "{}", step.name);
                assert_eq!(kind.is_some(), has("&type="), "{}", step.name);
                assert_eq!(read_flow, flow, "{}", step.name);
                tokens += 1;
            }
            Link::Hash { .. } => panic!("{}: no server sends a hash by redirect", step.name),
            Link::Refused(reason) => match reason.as_str() {
                "Foreign" => {
                    assert_eq!(rest, None, "{}", step.name);
                    foreign += 1;
                }
                other => panic!("{}: {other}", step.name),
            },
        }
    }
    assert!(
        codes >= 10 && refusals >= 10 && tokens >= 5 && halfway >= 1 && foreign >= 15,
        "{codes} codes, {refusals} refusals, {tokens} with tokens, {halfway} halfway, {foreign} foreign"
    );
}

#[test]
fn every_answer_to_settings_is_read() {
    let _deadline = Deadline::here();
    let steps: Vec<_> = steps()
        .into_iter()
        .filter(|step| step.path == "/auth/v1/settings" && step.body.is_object())
        .collect();
    assert!(steps.len() >= 3, "{}", steps.len());
    for step in steps {
        let settings = inspect::settings(&step.answer.body).unwrap_or_else(|| panic!("{}", step.name));
        assert_eq!(settings.email, step.body["external"]["email"], "{}", step.name);
        assert_eq!(settings.sign_up, !step.body["disable_signup"].as_bool().unwrap(), "{}", step.name);
        assert_eq!(settings.autoconfirm, step.body["mailer_autoconfirm"], "{}", step.name);
        assert_eq!(settings.providers, ["github"], "{}", step.name);
    }
}
