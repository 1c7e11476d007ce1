//! Answers of real servers, played to the client.

use std::path::PathBuf;

use serde_json::Value;

use crate::fake::{Reply, USER_ID, raw};

#[derive(Clone)]
pub(crate) struct Step {
    pub(crate) title: String,
    pub(crate) request: Value,
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    /// With its placeholders filled.
    pub(crate) body: Value,
}

impl Step {
    pub(crate) fn reply(&self) -> Reply {
        raw(self.status, &[], &self.body.to_string())
    }
}

/// The steps of these recordings whose path begins so.
pub(crate) fn steps(scenarios: &[&str], path: &str) -> Vec<Step> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden");
    let mut steps = Vec::new();
    for scenario in scenarios {
        let text = std::fs::read(folder.join(format!("{scenario}.json"))).unwrap();
        let recording: Value = serde_json::from_slice(&text).unwrap();
        let all = recording["steps"].as_array().unwrap().iter();
        let ours = all.filter(|step| step["request"]["path"].as_str().is_some_and(|at| at.starts_with(path)));
        steps.extend(ours.map(|step| Step {
            title: format!("{scenario}: {}", step["title"]),
            request: step["request"].clone(),
            status: u16::try_from(step["response"]["status"].as_u64().unwrap()).unwrap(),
            location: step["response"]["headers"]["location"].as_str().map(str::to_owned),
            body: filled(&step["response"]["body"]),
        }));
    }
    steps
}

fn filled(value: &Value) -> Value {
    match value {
        Value::String(text) if text == "<epoch>" => 1_800_003_600_u64.into(),
        Value::String(text) if text == "<time>" => "2026-11-21T16:28:46.962Z".into(),
        Value::String(text) if text == "<uuid>" || text.contains("user_id") => USER_ID.into(),
        Value::String(text) => text.replace("{{", "").replace("}}", "").replace(['<', '>'], "").into(),
        Value::Array(items) => items.iter().map(filled).collect(),
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), filled(value))).collect(),
        other => other.clone(),
    }
}
