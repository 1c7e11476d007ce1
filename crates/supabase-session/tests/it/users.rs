//! The user object as servers have it: whatever it holds, whoever has an id gets in, is known again after a restart, and
//! is read when the server describes them.

use serde_json::{Value, json};
use supabase_session::{Assurance, AssuranceLevel, FactorStatus, User};

use crate::fake::{EMAIL, NOW, USER_ID, World, ok, session};

/// A user with everything that the Auth server writes.
fn whole() -> Value {
    json!({
        "id": USER_ID, "aud": "authenticated", "role": "authenticated", "email": EMAIL,
        "email_confirmed_at": "2026-01-01T00:00:00Z", "phone": "", "confirmed_at": "2026-01-01T00:00:00Z",
        "confirmation_sent_at": "2026-01-01T00:00:00Z", "recovery_sent_at": "2026-01-01T00:00:00Z",
        "new_email": "new@example.com", "email_change_sent_at": "2026-01-01T00:00:00Z",
        "invited_at": "2026-01-01T00:00:00Z", "last_sign_in_at": "2026-01-01T00:00:00Z",
        "banned_until": "2026-01-01T00:00:00Z", "deleted_at": "2026-01-01T00:00:00Z",
        "app_metadata": {"provider": "email", "providers": ["email", "github"]},
        "user_metadata": {"full_name": "Ada", "avatar_url": "https://example.com/a.png", "sub": USER_ID},
        "identities": [{
            "identity_id": "8f1c7a0e-0000-4000-8000-000000000001", "id": "1", "user_id": USER_ID,
            "provider": "github", "email": EMAIL, "identity_data": {"email": EMAIL, "sub": "1"},
            "last_sign_in_at": "2026-01-01T00:00:00Z", "created_at": "2026-01-01T00:00:00Z",
            "updated_at": "2026-01-01T00:00:00Z"
        }],
        "factors": [{
            "id": "7f1c7a0e-0000-4000-8000-000000000001", "friendly_name": "app", "factor_type": "totp",
            "status": "unverified", "phone": "", "created_at": "2026-01-01T00:00:00Z",
            "updated_at": "2026-01-01T00:00:00Z", "last_challenged_at": "2026-01-01T00:00:00Z"
        }],
        "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
        "is_anonymous": false, "is_sso_user": false
    })
}

/// Values of every JSON type, empty and not.
fn of_every_type() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!(false),
        json!(0),
        json!(-1.5e300),
        json!(""),
        json!("text"),
        json!([]),
        json!([null, 7, "text", {}, []]),
        json!({}),
        json!({"full_name": null, "id": 7}),
    ]
}

/// The JSON pointer of every value within.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(n, value)| (n.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (key, value) in inner {
        let pointer = format!("{at}/{key}");
        pointers(value, &pointer, found);
        found.push(pointer);
    }
}

fn without(mut user: Value, pointer: &str) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match user.pointer_mut(parent).unwrap() {
        Value::Object(map) => drop(map.remove(key)),
        Value::Array(list) => drop(list.remove(key.parse().unwrap())),
        _ => unreachable!("only these hold something"),
    }
    user
}

fn with(mut user: Value, pointer: &str, value: Value) -> Value {
    *user.pointer_mut(pointer).unwrap() = value;
    user
}

/// The session that the server answers for this user, its refresh and its description of them too.
fn serve(user: Value) -> World {
    World::new(move |seen| match seen.what() {
        "user" => ok(user.clone()),
        _ => {
            let mut session = session("1");
            session["user"] = user.clone();
            ok(session)
        }
    })
}

/// Signs in, asks, refreshes and restarts with a user like this. Gives them as they are after the restart.
async fn lives(user: &Value) -> User {
    let world = serve(user.clone());
    world.client.restore().await;
    let signed_in = world.client.sign_in_with_password(EMAIL, "Passw0rd!".into()).await;
    let signed_in = signed_in.unwrap_or_else(|error| panic!("{error}: {user}"));
    assert_eq!(signed_in.id.to_string(), USER_ID);

    let described = world.client.get_user().await.unwrap_or_else(|error| panic!("{error}: {user}"));
    assert_eq!(described, signed_in, "{user}");
    world.client.refresh().await.unwrap_or_else(|error| panic!("{error}: {user}"));
    assert!(world.client.assurance().is_some());

    let restored = world.restarted().client.restore().await;
    let restored = restored.signed_in().unwrap_or_else(|| panic!("lost at the restart: {user}")).user.clone();
    assert_eq!(restored, signed_in, "{user}");
    restored
}

#[tokio::test]
async fn whatever_one_field_of_a_user_holds_they_sign_in() {
    let mut all = Vec::new();
    pointers(&whole(), "", &mut all);
    assert!(all.len() > 50, "{}", all.len());

    for pointer in all.iter().filter(|pointer| *pointer != "/id") {
        lives(&without(whole(), pointer)).await;
        for value in of_every_type() {
            lives(&with(whole(), pointer, value)).await;
        }
    }
}

#[tokio::test]
async fn whatever_all_fields_of_a_user_hold_at_once_they_sign_in() {
    lives(&json!({"id": USER_ID})).await;
    for value in of_every_type() {
        let mut user = whole();
        for (key, field) in user.as_object_mut().unwrap() {
            if key != "id" {
                *field = value.clone();
            }
        }
        lives(&user).await;
    }
}

#[tokio::test]
async fn a_field_of_another_type_is_as_good_as_absent_and_the_others_are_read() {
    let mut user = whole();
    for (key, value) in [
        ("email", json!({"address": EMAIL})),
        ("is_anonymous", json!("true")),
        ("user_metadata", json!("Ada")),
        ("new_email", json!(7)),
    ] {
        user[key] = value;
    }

    let user = lives(&user).await;

    assert_eq!((user.email.as_deref(), user.is_anonymous, user.user_metadata.len()), (None, false, 0));
    assert_eq!((user.identities().len(), user.factors().len()), (1, 1));
    assert_eq!(user.other["new_email"], 7);
}

#[tokio::test]
async fn users_as_servers_have_them_sign_in_with_their_ways_in_and_factors() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("data/users.json")).unwrap();
    let mut users = Vec::new();
    for case in &cases {
        users.push(lives(&case["user"]).await);
    }

    let [null_metadata, null_anonymous, listed_metadata, old_identity, phone, provider] = &users[..] else {
        panic!("six cases")
    };
    for user in [null_metadata, null_anonymous, listed_metadata] {
        assert_eq!(user.email.as_deref(), Some("ada@example.com"));
        assert!(user.user_metadata.is_empty() && !user.is_anonymous && user.identities().is_empty());
    }
    let identities = old_identity.identities();
    assert_eq!((identities[0].provider.as_str(), identities[0].identity_id), ("github", None));
    let factors = phone.factors();
    assert_eq!((factors[0].factor_type.as_str(), factors[0].status), ("phone", FactorStatus::Verified));
    let identities = provider.identities();
    assert!(identities[0].identity_id.is_some());
    assert_eq!(identities[0].email.as_deref(), Some("old@example.com"));
}

#[tokio::test]
async fn a_factor_that_counts_is_counted_whatever_else_it_lacks() {
    for lost in ["friendly_name", "factor_type", "created_at"] {
        for value in of_every_type() {
            let user = with(whole(), "/factors/0/status", json!("verified"));
            let world = serve(with(user, &format!("/factors/0/{lost}"), value));
            world.client.sign_in_with_password(EMAIL, "Passw0rd!".into()).await.unwrap();

            let asked = Assurance { current: AssuranceLevel::Aal1, next: AssuranceLevel::Aal2 };
            assert_eq!(world.client.assurance(), Some(asked), "{lost}");
        }
    }
}

#[tokio::test]
async fn a_session_says_when_it_ends_as_a_number_or_in_digits() {
    for (expires_in, expires_at) in [
        (json!("3600"), json!(null)),
        (json!(3600.0), json!(null)),
        (json!(null), json!((NOW + 3600).to_string())),
        (json!("soon"), json!(NOW + 3600)),
        (json!([]), json!(NOW as f64 + 3600.0)),
        (json!(-1), json!(NOW + 3600)),
    ] {
        let world = World::new(move |_| {
            let mut session = session("1");
            (session["expires_in"], session["expires_at"]) = (expires_in.clone(), expires_at.clone());
            session["token_type"] = Value::Null;
            ok(session)
        });
        world.client.sign_in_with_password(EMAIL, "Passw0rd!".into()).await.unwrap();

        let stored = world.store.session().unwrap();
        assert_eq!((&stored["expires_in"], &stored["expires_at"]), (&json!(3600), &json!(NOW + 3600)));
        assert_eq!(stored["token_type"], "bearer");
    }
}
