//! The bucket `avatars`: whether it is there, who may add pictures, who sees them, what it takes.

use foyer_contract::doctor::Finding;
use serde_json::Value;
use uuid::Uuid;

use super::Found;
use crate::ask::{Answer, ProjectQuestions, unused_name};
use crate::remedy;

/// The smallest limit in bytes that leaves room for a picture of 512 pixels a side.
const ROOM: u64 = 32 << 10;

/// The media types of the pictures that the app makes, and what stands for all of them.
const TYPES: [&str; 5] = ["image/webp", "image/jpeg", "image/png", "image/*", "*/*"];

/// Asks for a picture that nobody has: Storage says whether it is the picture or the bucket that is missing.
pub(crate) async fn exists(questions: &ProjectQuestions) -> Found {
    let answer = questions.ask("GET", &object("authenticated/", &unused_name())).await;
    match answer {
        Some(answer) if answer.says_no_bucket() => {
            Found::from(Finding::BucketMissing).remedy(remedy::AVATARS)
        }
        Some(answer) if answer.says_no_object() => Finding::Good.into(),
        _ => Finding::NoAnswer.into(),
    }
}

/// Asks who may upload, without uploading: Storage gives an address for an upload to whom its policies let write, and
/// tries that by an insert that it rolls back. The address is dropped.
pub(crate) async fn writers(questions: &ProjectQuestions) -> Found {
    let others = format!("{}/{}", Uuid::new_v4(), unused_name());
    let sign = |path: &str| object("upload/sign/", path);
    match may(questions.ask("POST", &sign(&others)).await) {
        Some(false) => {}
        Some(true) => return Found::from(Finding::AnybodyWrites).remedy(remedy::close_bucket()),
        None => return Finding::NoAnswer.into(),
    }
    let Some(user) = questions.user() else { return Finding::SignInNeeded.into() };
    match may(questions.ask_signed_in("POST", &sign(&others)).await) {
        Some(false) => {}
        Some(true) => return Found::from(Finding::OthersWrite).remedy(remedy::close_bucket()),
        None => return Finding::NoAnswer.into(),
    }
    let own = format!("{}/{}", user.id, unused_name());
    match may(questions.ask_signed_in("POST", &sign(&own)).await) {
        Some(true) => Finding::Good.into(),
        Some(false) => Found::from(Finding::OwnerCannotWrite).remedy(remedy::AVATARS),
        None => Finding::NoAnswer.into(),
    }
}

fn may(answer: Option<Answer>) -> Option<bool> {
    let answer = answer?;
    if answer.is_yes() {
        return answer.body.get("url").is_some().then_some(true);
    }
    answer.says_forbidden().then_some(false)
}

/// Asks for a picture that nobody has by the address that public buckets have.
pub(crate) async fn readers(questions: &ProjectQuestions) -> Found {
    let answer = questions.ask("GET", &object("public/", &unused_name())).await;
    match answer {
        Some(answer) if answer.says_no_bucket() => Finding::Good.into(),
        Some(answer) if answer.says_no_object() => {
            Found::from(Finding::BucketPublic).remedy(remedy::HIDE_BUCKET)
        }
        _ => Finding::NoAnswer.into(),
    }
}

/// Asks for the bucket's rules, which most projects do not show.
pub(crate) async fn limits(questions: &ProjectQuestions) -> Found {
    let answer = questions.ask_signed_in("GET", "storage/v1/bucket/avatars").await;
    match answer {
        Some(answer) if answer.is_yes() => judge(&answer.body),
        Some(answer) if answer.says_no_bucket() || answer.says_forbidden() => {
            Found::from(Finding::NotTold).remedy(remedy::SHOW_BUCKET)
        }
        _ => Finding::NoAnswer.into(),
    }
}

fn judge(bucket: &Value) -> Found {
    let limit = bucket.get("file_size_limit").and_then(Value::as_u64);
    let types: Vec<&str> = bucket
        .get("allowed_mime_types")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if let Some(limit) = limit.filter(|limit| *limit < ROOM) {
        return Found::from(Finding::BucketTooSmall).figure(limit).remedy(remedy::LIMIT_BUCKET);
    }
    if !types.is_empty() && !types.iter().any(|kind| TYPES.contains(kind)) {
        return Found::from(Finding::BucketTypes).remedy(remedy::LIMIT_BUCKET);
    }
    if limit.is_none() || types.is_empty() {
        return Found::from(Finding::BucketUnlimited).remedy(remedy::LIMIT_BUCKET);
    }
    Finding::Good.into()
}

fn object(route: &str, path: &str) -> String {
    format!("storage/v1/object/{route}avatars/{path}")
}
