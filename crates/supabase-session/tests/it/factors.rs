//! The second factor.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use supabase_session::{
    Assurance, AssuranceLevel, FactorStatus, HttpError, MfaError, RequestError, ServerCode, State,
};
use uuid::Uuid;

use crate::fake::{Gate, Reply, Seen, USER_ID, World, offline, ok, raw, refuse, session};
use crate::golden;

const FACTOR: &str = "6f1c7a0e-0000-4000-8000-0000000fac70";
const CHALLENGE: &str = "6f1c7a0e-0000-4000-8000-00000000c4a1";

fn factor() -> Uuid {
    FACTOR.parse().unwrap()
}

/// A session at this level whose user has the factor.
fn at(level: &str, status: &str) -> Value {
    let mut session = session("2");
    let claims = json!({"sub": USER_ID, "aal": level}).to_string();
    session["access_token"] = format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims)).into();
    session["user"]["factors"] =
        json!([{"id": FACTOR, "status": status, "friendly_name": "phone", "factor_type": "totp"}]);
    session
}

fn serve(seen: &Seen) -> Reply {
    match seen.what().rsplit('/').next() {
        Some("challenge") => ok(json!({"id": CHALLENGE, "type": "totp", "expires_at": 1_800_000_300})),
        Some("verify") if seen.body["code"] == "123456" => ok(at("aal2", "verified")),
        Some("verify") => refuse(422, "mfa_verification_failed"),
        _ => refuse(404, "mfa_factor_not_found"),
    }
}

#[tokio::test]
async fn a_factor_is_begun_as_a_real_server_answers_and_shows_no_secret() {
    let step = golden::steps(&["mfa"], "/auth/v1/factors").remove(0);
    let mut answer = step.body.clone();
    answer["id"] = FACTOR.into();
    let world = World::new(move |_| ok(answer.clone())).signed_in().await;

    let begun = world.client.enroll_totp("phone", Some("Foyer")).await.unwrap();

    assert_eq!((world.server.last().what(), &world.server.last().body), ("factors", &step.request["body"]));
    assert_eq!(begun.factor_id, factor());
    assert_eq!(begun.secret.expose(), "totp_secret");
    assert!(begun.uri.expose().starts_with("otpauth://totp/Foyer:"));
    assert!(!format!("{begun:?}").contains("totp_secret"));
}

#[tokio::test]
async fn a_right_code_gives_the_session_its_second_level_under_the_same_generation() {
    let world = World::new(serve).signed_in().await;
    let before = world.client.state().signed_in().unwrap().generation;

    let user = world.client.verify_totp(factor(), "123 456".into()).await.unwrap();

    let seen = world.server.seen();
    assert_eq!(seen[0].what(), format!("factors/{FACTOR}/challenge"));
    assert_eq!(seen[1].what(), format!("factors/{FACTOR}/verify"));
    assert_eq!(seen[1].body, json!({"challenge_id": CHALLENGE, "code": "123456"}));
    assert_eq!(seen[1].bearer(), "access-1");
    assert_eq!(user.factors()[0].status, FactorStatus::Verified);
    assert_eq!(world.client.state().signed_in().unwrap().generation, before);
    assert_eq!(world.store.session().unwrap()["access_token"], at("aal2", "verified")["access_token"]);
    let both = Assurance { current: AssuranceLevel::Aal2, next: AssuranceLevel::Aal2 };
    assert_eq!(world.client.assurance(), Some(both));
}

#[tokio::test]
async fn the_level_is_told_from_the_token_and_the_next_from_the_factors_that_count() {
    use AssuranceLevel::{Aal1, Aal2};
    let table = [
        ("aal1", "verified", Aal1, Aal2),
        ("aal1", "unverified", Aal1, Aal1),
        ("aal1", "of_2031", Aal1, Aal1),
        ("aal2", "verified", Aal2, Aal2),
        ("aal2", "unverified", Aal2, Aal2),
        ("aal9", "unverified", Aal1, Aal1),
    ];
    for (level, status, current, next) in table {
        let world = World::new(move |_| ok(at(level, status)));
        assert_eq!(world.client.assurance(), None);

        world.client.sign_in_with_password("ada@example.com", "Passw0rd!".into()).await.unwrap();

        assert_eq!(world.client.assurance(), Some(Assurance { current, next }), "{level} {status}");
    }
}

#[tokio::test]
async fn a_token_that_cannot_be_read_has_the_lowest_level() {
    let world = World::new(|_| offline()).signed_in().await;

    let lowest = Assurance { current: AssuranceLevel::Aal1, next: AssuranceLevel::Aal1 };
    assert_eq!(world.client.assurance(), Some(lowest));
}

#[tokio::test]
async fn a_wrong_code_changes_nothing_and_what_is_no_code_is_not_sent() {
    let world = World::new(serve).signed_in().await;
    let before = (world.client.state(), world.store.session());
    for code in ["", "12345", "1234567", "abcdef"] {
        let error = world.client.verify_totp(factor(), code.into()).await;
        assert_eq!(error, Err(MfaError::CodeInvalid), "{code}");
    }
    assert!(world.server.seen().is_empty());

    assert_eq!(world.client.verify_totp(factor(), "000000".into()).await, Err(MfaError::Wrong));

    assert_eq!((world.client.state(), world.store.session()), before);
}

#[tokio::test]
async fn no_code_of_an_authenticator_is_asked_for_with_a_factor_of_another_kind() {
    for kind in ["phone", "webauthn", "of_2031"] {
        let mut session = at("aal1", "verified");
        session["user"]["factors"][0]["factor_type"] = kind.into();
        let world = World::new(move |_| ok(session.clone()));
        world.client.sign_in_with_password("ada@example.com", "Passw0rd!".into()).await.unwrap();
        let asked = world.server.seen().len();

        let refused = world.client.verify_totp(factor(), "123456".into()).await;

        assert_eq!(refused, Err(MfaError::Unknown), "{kind}");
        assert_eq!(world.server.seen().len(), asked, "a challenge would send a message to a phone");
    }
}

#[tokio::test]
async fn a_sign_out_while_a_code_is_checked_wins() {
    let gate = Arc::new(Gate::default());
    let held = Arc::clone(&gate);
    let world = World::new(move |seen| match seen.what() {
        "logout" => raw(204, &[], ""),
        what if what.ends_with("verify") => Reply::Gate(Arc::clone(&held), Box::new(serve(seen))),
        _ => serve(seen),
    })
    .signed_in()
    .await;
    let client = world.client.clone();
    let showing = tokio::spawn(async move { client.verify_totp(factor(), "123456".into()).await });
    gate.reached.notified().await;
    world.client.sign_out().await;
    gate.open.notify_one();

    assert_eq!(showing.await.unwrap(), Err(MfaError::Request(RequestError::SignedOut)));
    assert!(matches!(world.client.state(), State::SignedOut(Some(_))));
    assert_eq!(world.store.session(), None);
}

#[tokio::test]
async fn a_factor_is_removed_and_the_user_known_anew() {
    let mut user = at("aal2", "verified")["user"].clone();
    user["factors"] = json!([]);
    let world = World::new(
        move |seen| if seen.what() == "user" { ok(user.clone()) } else { ok(json!({"id": FACTOR})) },
    );
    let world = world.signed_in().await;

    let user = world.client.unenroll(factor()).await.unwrap();

    assert_eq!(world.server.seen()[0].what(), format!("factors/{FACTOR}"));
    assert!(user.factors().is_empty());
    assert_eq!(world.client.state().signed_in().unwrap().user, user);
}

#[tokio::test]
async fn each_refusal_of_a_factor_has_its_error_and_keeps_the_session() {
    let table: [(fn() -> Reply, MfaError); 9] = [
        (|| refuse(422, "mfa_factor_name_conflict"), MfaError::NameTaken),
        (|| refuse(422, "too_many_enrolled_mfa_factors"), MfaError::TooMany),
        (|| refuse(404, "mfa_factor_not_found"), MfaError::Unknown),
        (|| refuse(422, "mfa_totp_enroll_not_enabled"), MfaError::Disabled),
        (|| refuse(422, "mfa_challenge_expired"), MfaError::TooLate),
        (|| refuse(422, "insufficient_aal"), MfaError::SecondFactorRequired),
        (|| raw(429, &[], ""), MfaError::Request(RequestError::RateLimited { retry_after: None })),
        (offline, MfaError::Request(RequestError::Http(HttpError::Offline))),
        (
            || refuse(422, "of_2031"),
            MfaError::Request(RequestError::Unexpected { code: ServerCode::new("of_2031") }),
        ),
    ];
    for (reply, expected) in table {
        let world = World::new(move |_| reply()).signed_in().await;

        assert_eq!(world.client.enroll_totp("phone", None).await.unwrap_err(), expected);
        assert_eq!(world.client.verify_totp(factor(), "123456".into()).await, Err(expected.clone()));
        assert_eq!(world.client.unenroll(factor()).await, Err(expected));
        assert!(world.is_signed_in());
    }
    let nobody = World::new(|_| offline());
    assert_eq!(
        nobody.client.enroll_totp("phone", None).await.unwrap_err(),
        MfaError::Request(RequestError::SignedOut)
    );
}
