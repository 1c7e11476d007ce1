//! What is read and written is what JSON says: the backend reads and writes that.

use foyer_contract::avatar::{AvatarProgress, ChosenPicture, Crop, CropAvatar, Drag};
use foyer_contract::doctor::{CheckName, CheckResult, Finding};
use foyer_contract::view::{AppView, SessionView, SignOutCause, StoreWarning, WaitingKind};
use foyer_contract::{CommandError, ErrorCode, Field, Message, SessionErrorCode, session};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::read::read;
use super::value::Value;
use super::write::write;
use crate::model::fixtures;

/// What the browser makes of a JSON text.
fn parsed(json: &serde_json::Value) -> Value {
    use serde_json::Value as Json;
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(*flag),
        Json::Number(number) => Value::Number(number.as_f64().unwrap()),
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(parsed).collect()),
        Json::Object(named) => {
            Value::Object(named.iter().map(|(name, value)| (name.clone(), parsed(value))).collect())
        }
    }
}

/// The JSON text that the browser makes of a value.
fn json_of(value: Value) -> serde_json::Value {
    match value {
        Value::Null => json!(null),
        Value::Bool(flag) => json!(flag),
        Value::Number(number) if number.fract() == 0.0 => json!(number as i64),
        Value::Number(number) => json!(number),
        Value::Text(text) => json!(text),
        Value::List(items) => items.into_iter().map(json_of).collect(),
        Value::Object(named) => named.into_iter().map(|(name, value)| (name, json_of(value))).collect(),
    }
}

#[track_caller]
fn crosses<T: Serialize + DeserializeOwned>(data: &T) {
    let json = serde_json::to_value(data).unwrap();

    // The browser writes 1.0 as 1, and the backend reads that as the same number.
    let written: T = serde_json::from_value(json_of(write(data).ok().unwrap())).unwrap();
    assert_eq!(serde_json::to_value(written).unwrap(), json, "written");
    let read: T = read(parsed(&json)).ok().unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), json, "read");
}

#[track_caller]
fn is_refused<T: DeserializeOwned>(json: serde_json::Value) {
    assert!(read::<T>(parsed(&json)).is_err(), "{json}");
}

#[test]
fn views_of_every_kind_of_session_cross() {
    let cause = Some(SignOutCause::Asked);
    let signed_out = fixtures::with_project(SessionView::SignedOut { cause });
    let mut signed_in = AppView { account: Some(fixtures::account()), ..fixtures::signed_in() };
    signed_in.supabase.store_warning = Some(StoreWarning::NotSaved);
    signed_in.supabase.waiting =
        vec![fixtures::waiting(WaitingKind::SignUp), fixtures::waiting(WaitingKind::Provider)];
    signed_in.account_error =
        Some(CommandError::new(SessionErrorCode::Offline, "no \"network\"\n").on(Field::EMAIL));

    for view in [fixtures::empty_view(1 << 53), signed_out, fixtures::signed_out(), signed_in] {
        crosses(&view);
        crosses(&Message::App(Box::new(view)));
    }
}

#[test]
fn messages_of_every_kind_cross() {
    crosses(&Message::AvatarProgress(AvatarProgress { sent: 0, total: 4_000_000_000 }));
    crosses(&Message::CloseAsked);
    crosses(&Message::Drag(Drag::Over));
    let line = CheckResult { check: CheckName::Key, finding: Finding::Good, figure: None, remedy: None };
    crosses(&Message::Check(Box::new(line)));
}

#[test]
fn requests_cross_with_what_was_left_out_and_with_fractions() {
    crosses(&CropAvatar { id: "1".into(), crop: Crop { x: 0.25, y: 0.0, side: 1.0, quarter_turns: 3 } });
    crosses(&ChosenPicture { id: "1".into(), url: "é".into(), width: 1, height: 2, most_zoom: 1.5 });
    crosses(&session::ResendFlow { id: String::new() });
    crosses(&json!({ "data": { "a": [1, 2.5, null, true, "x"], "b": {} } }));
}

#[test]
fn what_the_contract_does_not_say_is_refused() {
    is_refused::<AvatarProgress>(json!({ "sent": 1.5, "total": 2 }));
    is_refused::<AvatarProgress>(json!({ "sent": -1, "total": 2 }));
    is_refused::<AvatarProgress>(json!({ "sent": 1e300, "total": 2 }));
    is_refused::<AvatarProgress>(json!({ "sent": "1", "total": 2 }));
    is_refused::<AvatarProgress>(json!({ "total": 2 }));
    is_refused::<AvatarProgress>(json!([1, 2]));
    is_refused::<Message>(json!("another"));
    is_refused::<Message>(json!({ "close_asked": null, "drag": "over" }));
    is_refused::<Message>(json!({ "close_asked": 1 }));
    is_refused::<SessionView>(json!({ "state": "another" }));
    is_refused::<SessionView>(json!({ "user": null }));
    is_refused::<ErrorCode>(json!("another"));
    is_refused::<Option<String>>(json!(1));
    is_refused::<()>(json!(1));
}

#[test]
fn names_that_a_newer_backend_adds_are_passed_over() {
    let newer = json!({ "sent": 1, "more": { "a": [1] }, "total": 2 });

    assert_eq!(read::<AvatarProgress>(parsed(&newer)).ok(), Some(AvatarProgress { sent: 1, total: 2 }));
}
