//! Whether a project lets links lead back.

use supabase_session::{HttpError, RedirectSupport};

use crate::fake::{Reply, Seen, World, offline, ok, raw};
use crate::golden;

const SITE: &str = "http://127.0.0.1:3000#error=access_denied&error_code=otp_expired&sb=";

async fn probe(world: &World, url: &str) -> Result<RedirectSupport, HttpError> {
    world.client.probe_redirect(&url.parse().unwrap()).await
}

/// As the real server answered to this URL, with its own nonce instead of the recorded one.
fn recorded(seen: &Seen) -> Reply {
    let asked = seen.query("redirect_to").unwrap();
    let nonce = asked.split_once("flow=").map_or("abc", |(_, nonce)| nonce).to_owned();
    let asked = asked.replace(&nonce, "abc");
    let mut steps = golden::steps(&["redirect_check"], "/auth/v1/verify").into_iter();
    let step = steps.find(|step| step.request["query"]["redirect_to"] == asked.as_str());
    let location = step.and_then(|step| step.location).unwrap_or_else(|| SITE.to_owned());
    raw(303, &[("location", &location.replace("flow=abc", &format!("flow={nonce}")))], "See Other")
}

#[tokio::test]
async fn what_real_servers_let_through_is_told_apart() {
    let world = World::new(recorded);
    for (url, reach) in [
        ("app.foyer.desktop://auth/callback", RedirectSupport::WithFlow),
        ("http://127.0.0.1:49152/auth/callback", RedirectSupport::WithFlow),
        ("app.foyer.desktop://auth/other", RedirectSupport::Nowhere),
        ("app.foyer.desktop://evil/callback", RedirectSupport::Nowhere),
        ("other.app://auth/callback", RedirectSupport::Nowhere),
        ("http://localhost:49152/cb", RedirectSupport::Nowhere),
    ] {
        assert_eq!(probe(&world, url).await, Ok(reach), "{url}");
    }
    let request = world.server.last();
    assert_eq!((request.what(), request.query("type")), ("verify", Some("signup")));
    assert!(world.store.slots().is_empty() && world.client.pending().is_empty());
}

#[tokio::test]
async fn a_list_that_names_the_bare_url_lets_only_that_through() {
    let bare = "app.foyer.desktop://auth/callback";
    let world = World::new(move |seen| {
        let ours = seen.query("redirect_to") == Some(bare);
        let location = if ours { format!("{bare}#error=access_denied") } else { SITE.to_owned() };
        raw(303, &[("location", &location)], "")
    });

    assert_eq!(probe(&world, bare).await, Ok(RedirectSupport::BareOnly));
    let tokens: Vec<_> = world.server.seen().iter().map(|seen| seen.query("token").unwrap().len()).collect();
    assert_eq!(tokens, [32, 32]);
}

#[tokio::test]
async fn a_place_that_only_begins_like_ours_is_not_ours() {
    let url = "http://127.0.0.1:49152/auth";
    let world = World::new(move |_| raw(303, &[("location", &format!("{url}entication#error=x"))], ""));

    assert_eq!(probe(&world, url).await, Ok(RedirectSupport::Nowhere));
}

#[tokio::test]
async fn what_is_no_answer_to_the_question_is_an_error() {
    let table: [(fn() -> Reply, HttpError); 5] = [
        (offline, HttpError::Offline),
        (|| raw(503, &[], ""), HttpError::ServerTrouble { status: 503 }),
        (|| raw(429, &[], ""), HttpError::RateLimited { retry_after: None }),
        (|| raw(303, &[], ""), HttpError::NotSupabase),
        (|| ok(serde_json::json!({})), HttpError::NotSupabase),
    ];
    for (reply, expected) in table {
        let world = World::new(move |_| reply());

        assert_eq!(probe(&world, "app.foyer.desktop://auth/callback").await, Err(expected));
    }
}
