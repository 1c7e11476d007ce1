//! The comparison of the golden replays notices what differs.

// The golden replays have no harness, so their comparison is tested from here.
#[path = "golden/matching.rs"]
mod matching;

use matching::{Bindings, differences, location_differences};
use serde_json::{Value, json};

fn differs(expected: &Value, actual: &Value) -> bool {
    !differences(&mut Bindings::default(), "body", expected, actual).is_empty()
}

#[test]
fn a_missing_an_extra_and_another_value_are_noticed() {
    assert!(differs(&json!({ "a": 1 }), &json!({})));
    assert!(differs(&json!({}), &json!({ "a": 1 })));
    assert!(differs(&json!({ "a": null }), &json!({ "a": "" })));
    assert!(differs(&json!([1, 2]), &json!([1])));
    assert!(differs(&json!("a sentence"), &json!("another sentence")));
    assert!(!differs(&json!({ "a": [1, { "b": null }] }), &json!({ "a": [1, { "b": null }] })));
}

#[test]
fn a_value_of_another_kind_is_noticed() {
    assert!(differs(&json!("<uuid>"), &json!("no-uuid")));
    assert!(differs(&json!("<time>"), &json!("yesterday")));
    assert!(differs(&json!("<epoch>"), &json!(12)));
    assert!(!differs(&json!("<epoch>"), &json!(1_795_000_000)));
    assert!(differs(&json!({ "refresh_token": "nocxugtnr5ee" }), &json!({ "refresh_token": "short" })));
}

#[test]
fn a_name_means_the_same_value_wherever_it_stands_again() {
    let mut bindings = Bindings::default();

    assert!(differences(&mut bindings, "b", &json!("{{user_id}}"), &json!("one")).is_empty());
    assert!(!differences(&mut bindings, "b", &json!("{{user_id}}"), &json!("two")).is_empty());
    assert!(differences(&mut bindings, "b", &json!("x {{user_id}} y"), &json!("x one y")).is_empty());
}

#[test]
fn a_token_may_be_issued_anew_but_is_one_within_a_step() {
    let mut bindings = Bindings::default();

    assert!(differences(&mut bindings, "b", &json!("{{auth_code}}"), &json!("one")).is_empty());
    assert!(!differences(&mut bindings, "b", &json!("{{auth_code}}"), &json!("two")).is_empty());
    bindings.begin_step();
    assert!(differences(&mut bindings, "b", &json!("{{auth_code}}"), &json!("two")).is_empty());
}

#[test]
fn the_active_refresh_token_must_come_back_itself() {
    let mut bindings = Bindings::default();

    assert!(differences(&mut bindings, "b", &json!("{{refresh3}}"), &json!("one")).is_empty());
    bindings.begin_step();
    assert!(!differences(&mut bindings, "b", &json!("{{refresh3}}"), &json!("two")).is_empty());
}

#[test]
fn a_location_is_compared_by_its_parts() {
    let mut bindings = Bindings::default();

    assert!(location_differences(&mut bindings, "a://b?x=1&y=2#e=3", "a://b?y=2&x=1#e=3").is_empty());
    for other in ["a://b?x=1#e=3", "a://b?x=1&y=2", "a://c?x=1&y=2#e=3", "a://b?x=1&y=2&z=3#e=3"] {
        assert!(!location_differences(&mut bindings, "a://b?x=1&y=2#e=3", other).is_empty(), "{other}");
    }
}

#[test]
fn a_request_cannot_name_what_nobody_saw() {
    let mut bindings = Bindings::default();
    bindings.set("email", "ada@example.com");

    assert_eq!(bindings.fill("to {{email}}!").as_deref(), Ok("to ada@example.com!"));
    assert!(bindings.fill("{{verifier}}").is_err());
    assert_eq!(bindings.get("verifier"), None);
}

#[test]
fn methods_are_compared_in_any_order_but_none_may_be_missing() {
    let method = |name: &str| json!({ "method": name, "timestamp": "<epoch>" });
    let given = |name: &str| json!({ "method": name, "timestamp": 1_800_000_000 });
    let recorded = json!({ "amr": [method("password"), method("totp")] });

    assert!(!differs(&recorded, &json!({ "amr": [given("totp"), given("password")] })));
    assert!(differs(&recorded, &json!({ "amr": [given("totp"), given("otp")] })));
    assert!(differs(&recorded, &json!({ "amr": [given("totp")] })));
}

#[test]
fn a_keys_coordinate_is_any_of_its_length_and_the_keys_name_is_not() {
    let key = |kid: &str, x: &str| json!({ "keys": [{ "kid": kid, "x": x }] });

    assert!(!differs(&key("k1", "RwT4rBVl8KY7"), &key("k1", "f83OJ3D2xF1B")));
    assert!(differs(&key("k1", "RwT4rBVl8KY7"), &key("k2", "f83OJ3D2xF1B")));
    assert!(differs(&key("k1", "RwT4rBVl8KY7"), &key("k1", "f83OJ3D2xF1")));
}
