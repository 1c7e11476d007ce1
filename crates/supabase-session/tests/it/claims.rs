//! Claims of the access token: verified by the project's keys, or by the server.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_lc_rs::signature::KeyPair;
use serde_json::{Value, json};
use supabase_session::{AssuranceLevel, ClaimsError, HttpError, RefreshError, RequestError, ServerCode};

use crate::fake::{EMAIL, NOW, Reply, USER_ID, World, offline, ok, raw, refuse, user};
use crate::golden;
use crate::jwt::{EcKey, SESSION_ID, claims, session_of, signed, text};

/// What the server publishes and answers.
#[derive(Clone)]
struct Server {
    keys: Vec<Value>,
    /// The access token of a sign-in and of each refresh.
    token: String,
    expires_at: u64,
    /// The answer to a request for the user.
    user: fn() -> Reply,
}

type Shared = Arc<Mutex<Server>>;

/// Somebody is signed in with this token.
async fn world(keys: Vec<Value>, token: String) -> (World, Shared) {
    let server = Server { keys, token, expires_at: NOW + 3600, user: || refuse(403, "bad_jwt") };
    let server = Arc::new(Mutex::new(server));
    let asked = Arc::clone(&server);
    let world = World::new(move |seen| {
        let server = asked.lock().unwrap().clone();
        match seen.what() {
            ".well-known/jwks.json" => ok(json!({"keys": server.keys})),
            "user" => (server.user)(),
            _ => ok(session_of(&server.token, server.expires_at)),
        }
    });
    world.client.restore().await;
    world.client.sign_in_with_password(EMAIL, "x".into()).await.unwrap();
    (world, server)
}

fn asked_for_keys(world: &World) -> usize {
    world.server.count(".well-known/jwks.json")
}

fn key() -> EcKey {
    EcKey::new("k1", 1)
}

#[tokio::test]
async fn a_token_that_a_key_of_the_project_has_signed_is_told_without_asking_for_the_user() {
    let (world, _) = world(vec![key().public()], key().token(&claims(NOW + 3600))).await;

    let told = world.client.get_claims().await.unwrap();

    assert_eq!(told.sub.to_string(), USER_ID);
    assert_eq!(told.session_id.unwrap().to_string(), SESSION_ID);
    assert_eq!((told.aal, told.exp, told.is_anonymous), (AssuranceLevel::Aal2, NOW + 3600, false));
    assert_eq!((told.role.as_deref(), told.email.as_deref()), (Some("authenticated"), Some(EMAIL)));
    let methods: Vec<_> = told.amr.iter().map(|amr| (amr.method.as_str(), amr.timestamp)).collect();
    assert_eq!(methods, [("totp", Some(NOW)), ("password", Some(NOW - 60))]);
    assert_eq!(told.other["user_metadata"]["full_name"], "Ada");
    assert!(!told.other.contains_key("sub"));
    assert_eq!((asked_for_keys(&world), world.server.count("user")), (1, 0));
}

#[tokio::test]
async fn the_recorded_key_set_of_a_real_server_is_understood() {
    let recorded = golden::steps(&["asymmetric_keys"], "/auth/v1/.well-known").remove(0);
    let keys = recorded.body["keys"].as_array().unwrap().clone();
    // Signed by another key under the recorded one's name: only who understood the key can tell.
    let (world, _) = world(keys, key().token(&claims(NOW + 3600))).await;

    assert_eq!(world.client.get_claims().await, Err(ClaimsError::NotGenuine));
}

#[tokio::test]
async fn keys_are_kept_for_ten_minutes() {
    let (world, _) = world(vec![key().public()], key().token(&claims(NOW + 3600))).await;
    for _ in 0..5 {
        world.client.get_claims().await.unwrap();
        world.clock.advance(119);
    }
    assert_eq!(asked_for_keys(&world), 1);

    world.clock.advance(5);
    world.client.get_claims().await.unwrap();

    assert_eq!(asked_for_keys(&world), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_callers_at_once_fetch_the_keys_once() {
    let (world, _) = world(vec![key().public()], key().token(&claims(NOW + 3600))).await;
    let callers: Vec<_> = (0..50)
        .map(|_| {
            let client = world.client.clone();
            tokio::spawn(async move { client.get_claims().await })
        })
        .collect();
    for caller in callers {
        caller.await.unwrap().unwrap();
    }

    assert_eq!(asked_for_keys(&world), 1);
}

#[tokio::test]
async fn whatever_the_key_has_not_signed_is_not_genuine() {
    let good = key().token(&claims(NOW + 3600));
    let (message, signature) = good.rsplit_once('.').unwrap();
    let mut other = claims(NOW + 3600);
    other["sub"] = json!("6f1c7a0e-0000-4000-8000-000000000002");
    let foreign = EcKey::new("k1", 2).token(&other);
    let (foreign_message, foreign_signature) = foreign.rsplit_once('.').unwrap();
    let mut flipped = signature.to_owned().into_bytes();
    flipped[10] = if flipped[10] == b'A' { b'B' } else { b'A' };
    let flipped = String::from_utf8(flipped).unwrap();

    for token in [
        foreign.clone(),
        format!("{foreign_message}.{signature}"),
        format!("{message}.{foreign_signature}"),
        format!("{message}.{flipped}"),
        format!("{message}."),
        format!("{message}.{}", text(&[0; 64])),
        format!("{message}.%%%"),
    ] {
        let (world, _) = world(vec![key().public()], token.clone()).await;
        let restarted = world.restarted();
        restarted.client.restore().await;

        assert_eq!(restarted.client.get_claims().await, Err(ClaimsError::NotGenuine), "{token}");
        assert_eq!(restarted.server.count("user"), 0);
        assert!(restarted.is_signed_in() && !restarted.client.state().signed_in().unwrap().verified);
    }
}

/// Tokens that no public key has signed, whatever they carry.
fn confused() -> Vec<(&'static str, String)> {
    let claims = claims(NOW + 3600);
    // The public key, used as if it were a shared secret.
    let public = key().public().to_string();
    let hmac = |message: &[u8]| {
        let secret = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, public.as_bytes());
        aws_lc_rs::hmac::sign(&secret, message).as_ref().to_vec()
    };
    let headed = |header: Value| key().token_headed(&header, &claims);
    vec![
        ("none", signed(&json!({"alg": "none", "kid": "k1"}), &claims, |_| Vec::new())),
        ("None", headed(json!({"alg": "None", "kid": "k1"}))),
        ("HS256 with the public key", signed(&json!({"alg": "HS256", "kid": "k1"}), &claims, hmac)),
        ("another algorithm than the key's", headed(json!({"alg": "RS256", "kid": "k1"}))),
        ("an algorithm of another size", headed(json!({"alg": "ES384", "kid": "k1"}))),
        ("another key's name", headed(json!({"alg": "ES256", "kid": "k2"}))),
        ("no name", headed(json!({"alg": "ES256"}))),
        (
            "an extension that must be understood",
            headed(json!({"alg": "ES256", "kid": "k1", "crit": ["b64"]})),
        ),
    ]
}

#[tokio::test]
async fn what_no_key_can_vouch_for_is_shown_to_the_server_and_refused_with_it() {
    for (what, token) in confused() {
        let (world, _) = world(vec![key().public()], token).await;

        let refused = ClaimsError::Request(RequestError::Unexpected { code: ServerCode::new("bad_jwt") });
        assert_eq!(world.client.get_claims().await, Err(refused), "{what}");
        assert!(world.server.count("user") >= 1, "{what}");
        assert!(world.is_signed_in());
    }
}

#[tokio::test]
async fn a_token_with_a_shared_secret_is_told_once_the_server_has_taken_it() {
    let token = signed(&json!({"alg": "HS256", "typ": "JWT"}), &claims(NOW + 3600), |_| vec![1; 32]);
    let (world, server) = world(Vec::new(), token.clone()).await;
    server.lock().unwrap().user = || ok(user(EMAIL));

    let told = world.client.get_claims().await.unwrap();

    assert_eq!(told.sub.to_string(), USER_ID);
    assert_eq!(world.server.last().bearer(), token);
    assert_eq!((asked_for_keys(&world), world.server.count("user")), (0, 1));
}

#[tokio::test]
async fn a_server_that_names_another_user_than_the_token_vouches_for_nothing() {
    let token = signed(&json!({"alg": "HS256"}), &claims(NOW + 3600), |_| vec![1; 32]);
    let (world, server) = world(Vec::new(), token).await;
    server.lock().unwrap().user =
        || ok(json!({"id": "6f1c7a0e-0000-4000-8000-000000000002", "email": "eve@example.com"}));

    assert_eq!(world.client.get_claims().await, Err(ClaimsError::NotGenuine));
}

#[tokio::test]
async fn a_new_key_is_fetched_once_and_made_up_names_do_not_fetch_at_will() {
    let new = EcKey::new("k2", 2);
    let (world, server) = world(vec![key().public()], key().token(&claims(NOW + 3600))).await;
    world.client.get_claims().await.unwrap();
    world.clock.advance(10);
    {
        let mut server = server.lock().unwrap();
        server.keys = vec![key().public(), new.public()];
        server.token = new.token(&claims(NOW + 3610));
    }
    world.client.refresh().await.unwrap();

    assert_eq!(world.client.get_claims().await.unwrap().exp, NOW + 3610);
    assert_eq!(asked_for_keys(&world), 2);
    server.lock().unwrap().token = EcKey::new("made-up", 3).token(&claims(NOW + 3600));
    world.client.refresh().await.unwrap();
    for _ in 0..9 {
        assert!(world.client.get_claims().await.is_err());
        world.clock.advance(1);
    }
    assert_eq!(asked_for_keys(&world), 2);
    world.clock.advance(1);
    assert!(world.client.get_claims().await.is_err());
    assert_eq!(asked_for_keys(&world), 3);
}

#[tokio::test]
async fn a_key_that_was_taken_back_stops_counting_after_ten_minutes() {
    let (world, server) = world(vec![key().public()], key().token(&claims(NOW + 3600))).await;
    world.client.get_claims().await.unwrap();
    server.lock().unwrap().keys.clear();
    world.clock.advance(599);
    world.client.get_claims().await.unwrap();

    world.clock.advance(1);

    assert!(world.client.get_claims().await.is_err());
}

#[tokio::test]
async fn a_token_that_ends_soon_is_refreshed_first() {
    let (world, server) = world(vec![key().public()], key().token(&claims(NOW + 3600))).await;
    world.clock.advance(3600);
    {
        let mut server = server.lock().unwrap();
        server.token = key().token(&claims(NOW + 7200));
        server.expires_at = NOW + 7200;
    }

    assert_eq!(world.client.get_claims().await.unwrap().exp, NOW + 7200);

    assert_eq!(world.server.count("refresh_token"), 1);
}

#[tokio::test]
async fn a_token_that_ended_before_its_session_says_so_is_replaced_once() {
    let (world, server) = world(vec![key().public()], key().token(&claims(NOW))).await;
    server.lock().unwrap().token = key().token(&claims(NOW + 3600));
    assert_eq!(world.client.get_claims().await.unwrap().exp, NOW + 3600);
    assert_eq!(world.server.count("refresh_token"), 1);

    server.lock().unwrap().token = key().token(&claims(NOW));
    world.client.refresh().await.unwrap();
    assert_eq!(world.client.get_claims().await, Err(ClaimsError::NotGenuine));

    assert_eq!(world.server.count("refresh_token"), 3);
}

#[tokio::test]
async fn without_the_network_known_keys_do_and_unknown_ones_are_an_error() {
    let (world, _) = world(vec![key().public()], key().token(&claims(NOW + 3600))).await;
    let known = world.restarted();
    known.client.restore().await;
    known.client.get_claims().await.unwrap();
    world.server.now(|_| offline());

    known.client.get_claims().await.unwrap();

    let unknown = world.restarted();
    unknown.client.restore().await;
    assert_eq!(
        unknown.client.get_claims().await,
        Err(ClaimsError::Request(RequestError::Http(HttpError::Offline)))
    );
    world.server.now(|_| raw(200, &[], "<html>airport</html>"));
    assert_eq!(
        unknown.client.get_claims().await,
        Err(ClaimsError::Request(RequestError::Http(HttpError::WebPage)))
    );
}

#[tokio::test]
async fn a_key_vouches_for_a_restored_user_unless_the_store_says_otherwise() {
    let (world, _) = world(vec![key().public()], key().token(&claims(NOW + 3600))).await;
    let verified = |world: &World| world.client.state().signed_in().unwrap().verified;
    let restarted = world.restarted();
    restarted.client.restore().await;
    assert!(!verified(&restarted));
    restarted.client.get_claims().await.unwrap();
    assert!(verified(&restarted));
    assert_eq!(restarted.server.count("user"), 0);

    let mut stored = world.store.session().unwrap();
    stored["user"]["email"] = json!("eve@example.com");
    world.store.values.lock().unwrap().insert("sb-abcd-auth-token".to_owned(), stored.to_string());
    let tampered = world.restarted();
    tampered.client.restore().await;
    assert_eq!(tampered.client.get_claims().await.unwrap().email.as_deref(), Some(EMAIL));

    assert!(!verified(&tampered));
}

#[tokio::test]
async fn rsa_and_ed25519_keys_vouch_too() {
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256};
    let claims = claims(NOW + 3600);
    let ed = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
    let ed_public = json!({"kty": "OKP", "crv": "Ed25519", "kid": "ed", "x": text(ed.public_key().as_ref())});
    let ed_token = signed(&json!({"alg": "EdDSA", "kid": "ed"}), &claims, |m| ed.sign(m).as_ref().to_vec());
    let rsa = aws_lc_rs::rsa::KeyPair::generate(aws_lc_rs::rsa::KeySize::Rsa2048).unwrap();
    let rsa_token = signed(&json!({"alg": "RS256", "kid": "rsa"}), &claims, |message| {
        let mut signature = vec![0; rsa.public_modulus_len()];
        rsa.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature).unwrap();
        signature
    });
    let (n, e) = modulus_and_exponent(rsa.public_key().as_ref());
    let rsa_public = json!({"kty": "RSA", "kid": "rsa", "use": "sig", "n": text(n), "e": text(e)});

    for (public, token) in [(ed_public, ed_token), (rsa_public, rsa_token)] {
        let (good, _) = world(vec![public.clone()], token.clone()).await;
        assert!(good.client.get_claims().await.is_ok());
        let (message, _) = token.rsplit_once('.').unwrap();
        let (forged, _) = world(vec![public], format!("{message}.{}", text(&[1; 256]))).await;
        assert_eq!(forged.client.get_claims().await, Err(ClaimsError::NotGenuine));
    }
}

/// RFC 8017 appendix A.1.1: a sequence of two integers, the first of 257 bytes (its sign among them).
fn modulus_and_exponent(der: &[u8]) -> (&[u8], &[u8]) {
    assert_eq!((der[4..8].to_vec(), der[265]), (vec![2, 0x82, 1, 1], 2));
    (&der[9..265], &der[267..])
}

#[tokio::test]
async fn the_access_token_for_another_client_is_fresh_and_does_not_show() {
    let (world, server) = world(Vec::new(), "a.b.canary".to_owned()).await;
    let tokens = world.client.get_session().await.unwrap().unwrap();
    assert_eq!(tokens.access_token.expose(), "a.b.canary");
    assert_eq!(tokens.expires_in, Duration::from_secs(3600));
    assert_eq!(tokens.user.email.as_deref(), Some(EMAIL));
    assert!(!format!("{tokens:?}").contains("canary"));

    world.clock.advance(3550);
    server.lock().unwrap().token = "second".to_owned();
    let tokens = world.restarted().client.get_session().await.unwrap().unwrap();
    assert_eq!(tokens.access_token.expose(), "second");

    let expired = world.restarted();
    expired.clock.advance(7200);
    expired.server.now(|_| offline());
    assert_eq!(expired.client.get_session().await.map(|_| ()), Err(RefreshError::Http(HttpError::Offline)));
    world.client.sign_out().await;
    assert!(world.client.get_session().await.unwrap().is_none());
    assert_eq!(world.client.get_claims().await, Err(ClaimsError::Request(RequestError::SignedOut)));
}
