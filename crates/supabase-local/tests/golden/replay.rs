//! Replaying one recording, step by step.

use axum::body::Body;
use axum::http::{HeaderMap, Request};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use data_encoding::BASE32_NOPAD;
use serde_json::{Value, json};
use supabase_local::testing::Answer;

use crate::matching::{Bindings, differences, location_differences};
use crate::people::totp;
use crate::setting::{BASE, Setting};

/// The number of steps of a recording, and of those that match.
pub(crate) struct Score {
    pub(crate) right: usize,
    pub(crate) all: usize,
}

/// A PNG of one pixel in base64: the 70 bytes that the recordings name.
const PICTURE: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

pub(crate) struct Replay<'a> {
    pub(crate) name: &'a str,
    pub(crate) setting: Setting,
    pub(crate) bindings: Bindings,
}

/// Replays `recording` against a server of its own.
pub(crate) async fn replay(name: &str, recording: &Value) -> Result<Score, String> {
    let accepted = crate::accepted(name)?;
    let setting = Setting::new(&recording["server_config"]).await?;
    let mut replay = Replay { name, setting, bindings: Bindings::default() };
    let steps = recording["steps"].as_array().ok_or("no steps")?;
    replay.prepare(steps).await?;
    let mut score = Score { right: 0, all: steps.len() };
    for (at, step) in steps.iter().enumerate() {
        let title = step["title"].as_str().unwrap_or_default();
        replay.setting.age(name, title).await?;
        replay.bindings.begin_step();
        let found = match replay.step(step).await {
            Ok(found) => found,
            Err(error) => vec![error],
        };
        if found.is_empty() {
            score.right += 1;
        } else if accepted.iter().any(|accepted| accepted == title) {
            println!("{name} #{} \"{title}\": differs as accepted", at + 1);
            score.right += 1;
        } else {
            println!("{name} #{} \"{title}\" differs:", at + 1);
            found.iter().for_each(|line| println!("    {line}"));
        }
    }
    replay.setting.server.close().await.map_err(|error| error.to_string())?;
    Ok(score)
}

impl Replay<'_> {
    pub(crate) fn bound(&self, name: &str) -> Result<&str, String> {
        self.bindings.get(name).ok_or_else(|| format!("{name} is not bound"))
    }

    /// Carries out one step. Answers where this server's answer differs from the recorded one.
    async fn step(&mut self, step: &Value) -> Result<Vec<String>, String> {
        if step.get("mail").is_some() {
            return self.mail(&step["mail"]).await;
        }
        if let Some(to) = step["mails_to"].as_str() {
            self.invent(to);
            let to = self.bindings.fill(to)?;
            let mails = self.inbox(&to).await?.len() as u64;
            let right = Some(mails) == step["count"].as_u64();
            return Ok(if right {
                Vec::new()
            } else {
                vec![format!("mails: recorded {}, here {mails}", step["count"])]
            });
        }
        let title = step["title"].as_str().unwrap_or_default();
        if step["request"]["query"]["code"] == "ghcode" {
            self.consent(&step["request"]["query"]["state"]).await?;
        }
        let request = self.request(title, &step["request"]).await?;
        let answer = self.setting.send(request).await?;
        Ok(self.compare(step, &answer))
    }

    async fn inbox(&self, to: &str) -> Result<Vec<Value>, String> {
        let mails = self.setting.call("GET", &format!("/inbox/api?to={to}"), None, &Value::Null).await?;
        Ok(mails.as_array().cloned().unwrap_or_default())
    }

    async fn mail(&mut self, recorded: &Value) -> Result<Vec<String>, String> {
        let to = self.bindings.fill(recorded["to"][0].as_str().unwrap_or_default())?;
        let newest = self.inbox(&to).await?.into_iter().next().ok_or_else(|| format!("no mail to {to}"))?;
        // The recording has a list of recipients; a mail of this server has one.
        let given = json!({
            "to": [newest["to"]],
            "subject": newest["subject"],
            "link": newest["link"],
            "code": newest["code"],
            "text": newest["text"],
        });
        Ok(differences(&mut self.bindings, "mail", recorded, &given))
    }

    /// The recorded request with the values of its placeholders.
    async fn request(&mut self, title: &str, recorded: &Value) -> Result<Request<Body>, String> {
        self.invent(&recorded.to_string());
        if recorded.to_string().contains("{{totp_code}}") {
            let secret = BASE32_NOPAD.decode(self.bound("totp_secret")?.as_bytes());
            let code = totp(&secret.map_err(|error| error.to_string())?)?;
            self.bindings.set("totp_code", code);
        }
        let path = recorded["path"].as_str().unwrap_or_default().replace("<jwt>", "{{signed}}");
        let path = path
            .replace("<uuid>", &uuid::Uuid::new_v4().to_string())
            .replace("<time>", "2020-01-01T00:00:00Z");
        let mut uri = self.bindings.fill(&path)?;
        let query = recorded["query"].as_object().cloned().unwrap_or_default();
        if !query.is_empty() {
            let mut fields = url::form_urlencoded::Serializer::new(String::new());
            for (name, value) in &query {
                fields.append_pair(name, &self.bindings.fill(value.as_str().unwrap_or_default())?);
            }
            uri = format!("{uri}?{}", fields.finish());
        }
        let mut request = Request::builder().method(recorded["method"].as_str().unwrap_or("GET")).uri(uri);
        let opened_by_browser = recorded["method"] != "POST"
            && ["/auth/v1/verify", "/auth/v1/authorize", "/auth/v1/callback"].contains(&path.as_str());
        if title.starts_with("cross-origin") {
            request = request.header("origin", "http://localhost:1420");
        }
        let own_headers = recorded["headers"].as_object().cloned().unwrap_or_default();
        if !opened_by_browser && !own_headers.contains_key("apikey") {
            request = request.header("apikey", self.bound("anon_key")?);
        }
        if let Some(bearer) = self.bearer(title, recorded).await? {
            request = request.header("authorization", format!("Bearer {bearer}"));
        }
        if let Some(version) = recorded["api_version"].as_str() {
            request = request.header("x-supabase-api-version", version);
        }
        for (name, value) in &own_headers {
            request = request.header(name, value.as_str().unwrap_or_default());
        }
        let body = self.body(&recorded["body"])?;
        if recorded["body"].is_object() && !own_headers.contains_key("content-type") {
            request = request.header("content-type", "application/json;charset=UTF-8");
        }
        request.body(Body::from(body)).map_err(|error| error.to_string())
    }

    fn body(&self, recorded: &Value) -> Result<Vec<u8>, String> {
        match recorded {
            Value::Null => Ok(Vec::new()),
            Value::String(text) => match byte_count(text) {
                Some(count) => bytes(count),
                None => Ok(text.clone().into_bytes()),
            },
            other => {
                let text = other.to_string().replace("<uuid>", &uuid::Uuid::new_v4().to_string());
                Ok(self.bindings.fill(&text.replace("<time>", "2026-11-21T10:00:00Z"))?.into_bytes())
            }
        }
    }

    /// The bearer token of the request: that of `bearer`, or of the person in `as` or `as_user`.
    async fn bearer(&self, title: &str, recorded: &Value) -> Result<Option<String>, String> {
        if let Some(bearer) = recorded["bearer"].as_str() {
            return self.bindings.fill(bearer).map(Some);
        }
        let storage = recorded.get("as").is_some();
        let Some(person) = recorded["as"].as_str().or_else(|| recorded["as_user"].as_str()) else {
            return Ok(None);
        };
        match person {
            "anon" if title == "no bearer at all" || recorded["headers"]["apikey"] == "" => Ok(None),
            "anon" => self.bound("anon_key").map(|key| Some(key.to_owned())),
            "other" => self.odd_token(title, storage).await.map(Some),
            user => self.bound(&format!("token of {user}")).map(|token| Some(token.to_owned())),
        }
    }

    fn compare(&mut self, step: &Value, answer: &Answer) -> Vec<String> {
        let recorded = &step["response"];
        let mut found = Vec::new();
        if recorded["status"].as_u64() != Some(answer.status.as_u16().into()) {
            found.push(format!("status: recorded {}, here {}", recorded["status"], answer.status.as_u16()));
        }
        let headers = recorded["headers"].as_object().cloned().unwrap_or_default();
        for (name, value) in &headers {
            found.extend(self.compare_header(name, value, recorded, answer));
        }
        found.extend(self.compare_body(&recorded["body"], answer));
        for (field, part) in [("access_token_header", 0), ("access_token_claims", 1)] {
            if let Some(expected) = step.get(field) {
                let given = token_part(&answer.json(), part);
                found.extend(differences(&mut self.bindings, field, expected, &given));
            }
        }
        if let Some(signed) = answer.json()["signedURL"].as_str().and_then(|url| url.split_once("token=")) {
            self.bindings.set("signed", signed.1);
        }
        found
    }

    fn compare_header(
        &mut self,
        name: &str,
        value: &Value,
        recorded: &Value,
        answer: &Answer,
    ) -> Vec<String> {
        let expected = value.as_str().unwrap_or_default();
        let Some(given) = header(&answer.headers, name) else {
            // In process there is no `Content-Length`; the server on a socket adds it.
            let counted = answer.body.len().to_string();
            return match name {
                "content-length" if expected == counted || recorded["body"].to_string().contains("<jwt>") => {
                    Vec::new()
                }
                "content-length" => vec![format!("content-length: recorded {expected}, here {counted}")],
                _ => vec![format!("{name}: missing here, recorded {expected}")],
            };
        };
        match name {
            "location" => location_differences(&mut self.bindings, expected, &plain_base(&given)),
            // The length depends on the length of the token inside.
            "content-length" if recorded["body"].to_string().contains("<jwt>") => Vec::new(),
            _ if self.bindings.matches(expected, &given) => Vec::new(),
            _ => vec![format!("{name}: recorded {expected}, here {given}")],
        }
    }

    fn compare_body(&mut self, expected: &Value, answer: &Answer) -> Vec<String> {
        let text = plain_base(&String::from_utf8_lossy(&answer.body));
        match expected {
            // Another recording has the same answer and compares it.
            Value::String(wanted) if wanted == "(as in service)" => Vec::new(),
            Value::String(wanted) => {
                let right = match byte_count(wanted) {
                    Some(count) => count == answer.body.len(),
                    // The page has the location again, whose parameters may be in another order.
                    None if wanted.starts_with("<a href=") => {
                        let after = wanted.split_once("</a>.\n\n").map_or("", |(_, after)| after);
                        text == redirect_page(answer, after)
                    }
                    None => self.bindings.matches(wanted, &text),
                };
                if right { Vec::new() } else { vec![format!("body: recorded {wanted}, here {text}")] }
            }
            Value::Null if answer.body.is_empty() => Vec::new(),
            _ => match serde_json::from_str::<Value>(&text) {
                Ok(given) => differences(&mut self.bindings, "body", expected, &given),
                Err(_) => vec![format!("body: recorded {expected}, here {text}")],
            },
        }
    }
}

/// The values of a header, joined by commas as `fetch` joins them.
fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let values: Vec<&str> = headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

/// `text` with the server's address in plain text where it is percent-encoded, as the recordings have it.
fn plain_base(text: &str) -> String {
    let escaped: String = url::form_urlencoded::byte_serialize(BASE.as_bytes()).collect();
    text.replace(&escaped, BASE)
}

/// The page that a server in Go sends with a redirect, and the text behind it.
fn redirect_page(answer: &Answer, after: &str) -> String {
    let location = header(&answer.headers, "location").unwrap_or_default();
    let location = plain_base(&location).replace('&', "&amp;");
    let reason = answer.status.canonical_reason().unwrap_or_default();
    format!("<a href=\"{location}\">{reason}</a>.\n\n{after}")
}

fn token_part(body: &Value, part: usize) -> Value {
    let token = body["access_token"].as_str().unwrap_or_default();
    let text = token.split('.').nth(part).unwrap_or_default();
    let decoded = URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
    serde_json::from_slice(&decoded).unwrap_or(Value::Null)
}

/// The number in a text such as `<70 bytes>`.
fn byte_count(text: &str) -> Option<usize> {
    text.strip_prefix('<')?.strip_suffix(" bytes>")?.parse().ok()
}

/// This many bytes: the beginning of the picture, filled up with line ends.
pub(crate) fn bytes(count: usize) -> Result<Vec<u8>, String> {
    let mut bytes = STANDARD.decode(PICTURE).map_err(|error| error.to_string())?;
    bytes.resize(count, b'\n');
    Ok(bytes)
}
