//! Where links lead back to, flow by flow; and links that do not say which flow they belong to.

use std::sync::Arc;

use serde_json::json;
use supabase_session::{CallbackError, Client, Completed, FlowKind, PendingFlow, Redirect, ServerCode};

use crate::fake::{EMAIL, FakeClock, REDIRECT, World, ok, refuse, session, user};
use crate::sign_up::wish;

const LOOPBACK: &str = "http://127.0.0.1:49152/auth/callback";
const OTHER_PORT: &str = "http://127.0.0.1:49153/auth/callback";

fn loopback() -> Redirect {
    Redirect::with_flow(LOOPBACK.parse().unwrap())
}

fn bare() -> Redirect {
    Redirect::bare(REDIRECT.parse().unwrap())
}

/// Where the server was told to lead the flow's link.
fn asked(world: &World) -> String {
    world.server.last().query("redirect_to").unwrap().to_owned()
}

/// A world whose server sends mails and exchanges codes.
fn willing() -> World {
    // The clock stands still: a hundred callers that each wait for the store would make the hour go by.
    World::with_clock(FakeClock::manual(), |seen| {
        if seen.what() == "pkce" { ok(session("1")) } else { ok(json!({})) }
    })
}

async fn begin(client: &Client) -> PendingFlow {
    client.send_magic_link(EMAIL, true).await.unwrap()
}

fn nonce(world: &World) -> String {
    asked(world).split_once("flow=").unwrap().1.to_owned()
}

#[tokio::test]
async fn a_handle_begins_its_flows_with_its_own_redirect_and_shares_the_rest() {
    let world = willing();
    let handle = world.client.with_redirect(loopback());

    let flow = begin(&handle).await;

    assert!(asked(&world).starts_with(&format!("{LOOPBACK}?flow=")), "{}", asked(&world));
    assert_eq!(flow.redirect_to.as_ref().map(url::Url::as_str), Some(LOOPBACK));
    assert_eq!(world.client.pending(), [flow]);
    world.client.send_recovery(EMAIL).await.unwrap();
    assert!(asked(&world).starts_with(&format!("{REDIRECT}?flow=")));
}

#[tokio::test]
async fn a_flow_keeps_its_redirect_through_a_restart_and_a_resend() {
    let world = willing();
    let flow = begin(&world.client.with_redirect(loopback())).await;
    let sent = asked(&world);

    let restarted = world.restarted();
    restarted.client.restore().await;
    assert_eq!(restarted.client.pending()[0].redirect_to, flow.redirect_to);
    restarted.client.resend(&flow.id).await.unwrap();
    assert_eq!(asked(&restarted), sent);
    let completed = restarted.client.complete(&format!("{sent}&code=c")).await.unwrap();

    assert!(matches!(completed, Completed::SignedIn(_)));
    assert!(restarted.client.pending().is_empty());
}

#[tokio::test]
async fn a_provider_is_told_the_handles_redirect() {
    let world = willing();

    let (flow, page) = world.client.with_redirect(loopback()).begin_oauth("github", &[]).await.unwrap();

    let told: Vec<_> = page.query_pairs().filter(|(key, _)| key == "redirect_to").collect();
    assert!(told[0].1.starts_with(&format!("{LOOPBACK}?flow=")));
    assert_eq!(flow.redirect_to.unwrap().as_str(), LOOPBACK);
}

#[tokio::test]
async fn a_link_counts_only_on_the_redirect_of_its_own_flow() {
    let world = willing();
    begin(&world.client.with_redirect(loopback())).await;
    let loopback_nonce = nonce(&world);
    world.client.send_recovery(EMAIL).await.unwrap();
    let deep_link_nonce = nonce(&world);
    let sent = world.server.seen().len();

    for (link, expected) in [
        // Each nonce with the redirect of the other flow, and with a redirect of no flow.
        (format!("{REDIRECT}?code=c&flow={loopback_nonce}"), CallbackError::Unknown),
        (format!("{LOOPBACK}?code=c&flow={deep_link_nonce}"), CallbackError::Unknown),
        (format!("{OTHER_PORT}?code=c&flow={loopback_nonce}"), CallbackError::Malformed),
        (format!("{LOOPBACK}/?code=c&flow={loopback_nonce}"), CallbackError::Malformed),
        (
            format!("http://localhost:49152/auth/callback?code=c&flow={loopback_nonce}"),
            CallbackError::Malformed,
        ),
        (format!("{LOOPBACK}?error=access_denied&flow={deep_link_nonce}"), CallbackError::Unknown),
        (format!("{LOOPBACK}?code=c"), CallbackError::Unknown),
    ] {
        assert_eq!(world.client.complete(&link).await, Err(expected), "{link}");
    }
    assert_eq!(world.server.seen().len(), sent);
    assert_eq!(world.client.pending().len(), 2);

    world.client.complete(&format!("{LOOPBACK}?code=c&flow={loopback_nonce}")).await.unwrap();
    let again = world.client.complete(&format!("{LOOPBACK}?code=c&flow={loopback_nonce}")).await;
    assert_eq!(again, Err(CallbackError::Spent));
    assert_eq!(world.client.pending()[0].kind, FlowKind::Recovery);
}

#[tokio::test]
async fn a_bare_flow_asks_for_the_bare_url_and_its_code_alone_completes_it() {
    let world = willing();
    begin(&world.client.with_redirect(bare())).await;
    let slot = world.store.slots().remove(0);
    assert_eq!(asked(&world), REDIRECT);

    let restarted = world.restarted();
    restarted.client.complete(&format!("{REDIRECT}?code=c")).await.unwrap();

    let exchange = restarted.server.last();
    assert_eq!(exchange.body, json!({"auth_code": "c", "code_verifier": slot["code_verifier"]}));
    assert!(restarted.is_signed_in() && restarted.store.slots().is_empty());
    let again = restarted.client.complete(&format!("{REDIRECT}?code=c")).await;
    assert_eq!(again, Err(CallbackError::Spent));
    assert_eq!(world.server.count("pkce"), 1);
}

#[tokio::test]
async fn a_foreign_code_does_not_end_the_bare_flow_that_waits() {
    let world = willing();
    begin(&world.client.with_redirect(bare())).await;
    let honest =
        |code: &str| if code == "ours" { ok(session("1")) } else { refuse(400, "bad_code_verifier") };
    world.server.now(move |seen| honest(seen.body["auth_code"].as_str().unwrap()));

    for _ in 0..3 {
        let outcome = world.client.complete(&format!("{REDIRECT}?code=foreign")).await;
        assert_eq!(outcome, Err(CallbackError::ForeignCode));
        assert!(!world.is_signed_in() && !world.client.pending()[0].exchanging);
    }
    world.client.complete(&format!("{REDIRECT}?code=ours")).await.unwrap();

    assert!(world.is_signed_in());
}

#[tokio::test]
async fn a_link_without_a_nonce_is_nobodys_unless_one_bare_flow_leads_to_its_place() {
    let world = willing();
    begin(&world.client).await;
    let elsewhere = world.client.with_redirect(Redirect::bare(LOOPBACK.parse().unwrap()));
    elsewhere.send_recovery(EMAIL).await.unwrap();
    let sent = world.server.seen().len();

    for link in [
        format!("{REDIRECT}?code=c"),
        format!("{REDIRECT}?error=access_denied"),
        format!("{REDIRECT}#message=Confirmation+link+accepted"),
        // The nonce of a flow whose links carry none.
        format!("{LOOPBACK}?code=c&flow={}", world.store.slots()[0]["nonce"].as_str().unwrap()),
        format!("{LOOPBACK}?code=c&flow={}", world.store.slots()[1]["nonce"].as_str().unwrap()),
    ] {
        assert_eq!(world.client.complete(&link).await, Err(CallbackError::Unknown), "{link}");
    }
    assert_eq!(world.server.seen().len(), sent);
    assert_eq!(world.client.pending().len(), 2);
}

#[tokio::test]
async fn a_newer_bare_flow_ends_the_older_one() {
    let world = willing();
    let handle = world.client.with_redirect(bare());
    begin(&handle).await;
    begin(&world.client).await;

    let newer = handle.send_recovery("bob@example.com").await.unwrap();

    let kinds: Vec<_> = world.client.pending().iter().map(|flow| flow.kind).collect();
    assert_eq!(kinds, [FlowKind::MagicLink, FlowKind::Recovery], "only the older bare one is over");
    assert_eq!(world.store.slots().len(), 2);
    let completed = world.client.complete(&format!("{REDIRECT}?code=c")).await.unwrap();
    assert!(matches!(completed, Completed::Recovery(_)));
    assert!(world.client.pending().iter().all(|flow| flow.id != newer.id));
}

#[tokio::test]
async fn nothing_but_its_own_code_ends_a_bare_flow_as_anybody_can_write_such_a_link() {
    let world = willing();
    let handle = world.client.with_redirect(bare());
    begin(&handle).await;
    let burnt = format!("{REDIRECT}?error=access_denied&error_code=otp_expired");
    assert_eq!(world.client.complete(&burnt).await, Err(CallbackError::Spent));
    let refused = format!("{REDIRECT}?error=access_denied");
    assert_eq!(world.client.complete(&refused).await, Err(CallbackError::Refused));
    for (code, expected) in [
        ("flow_state_not_found", CallbackError::Spent),
        ("flow_state_expired", CallbackError::ConfirmedTooLate),
        ("of_2031", CallbackError::Ended(ServerCode::new("of_2031"))),
    ] {
        world.server.now(move |_| refuse(404, code));
        let made_up = world.client.complete(&format!("{REDIRECT}?code=made-up-{code}")).await;
        assert_eq!(made_up, Err(expected));
        assert!(!world.client.pending()[0].exchanging && world.store.slots().len() == 1, "{code}");
    }
    world.server.now(|_| ok(session("1")));

    assert!(matches!(world.client.complete(&format!("{REDIRECT}?code=c")).await, Ok(Completed::SignedIn(_))));
    assert_eq!(world.client.complete(&refused).await, Err(CallbackError::Unknown));
}

#[tokio::test]
async fn a_half_confirmation_counts_only_with_a_nonce() {
    let message = "message=Confirmation+link+accepted";
    let changing = || World::new(|_| ok(user(EMAIL)));
    let world = changing().signed_in().await;
    world.client.with_redirect(bare()).change_email("new@example.com").await.unwrap();

    let forged = world.client.complete(&format!("{REDIRECT}#{message}")).await;

    assert_eq!(forged, Err(CallbackError::Unproven));
    assert_eq!(world.client.pending().len(), 1);

    let world = changing().signed_in().await;
    world.client.change_email("new@example.com").await.unwrap();
    let proven = world.client.complete(&format!("{REDIRECT}?flow={}#{message}", nonce(&world))).await;
    assert_eq!(proven, Ok(Completed::EmailChangeHalf));
}

#[tokio::test]
async fn tokens_and_hashes_without_a_nonce_are_held_even_while_a_bare_flow_waits() {
    let world = willing().implicit();
    begin(&world.client.with_redirect(bare())).await;
    let sent = world.server.seen().len();

    for link in [
        format!("{REDIRECT}?token_hash=abc&type=invite"),
        format!("{REDIRECT}#access_token=a&refresh_token=r&expires_in=60&token_type=bearer&type=magiclink"),
    ] {
        assert!(matches!(world.client.complete(&link).await, Ok(Completed::Unsolicited(_))), "{link}");
    }
    assert_eq!(world.server.seen().len(), sent);
    assert!(!world.is_signed_in());
    assert_eq!(world.client.pending().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_bare_link_a_hundred_times_at_once_is_one_exchange() {
    let world = willing();
    begin(&world.client.with_redirect(bare())).await;
    let attempts: Vec<_> = (0..100)
        .map(|_| {
            let client = world.client.clone();
            tokio::spawn(async move { client.complete(&format!("{REDIRECT}?code=c")).await })
        })
        .collect();

    let mut signed_in = 0;
    for attempt in attempts {
        match attempt.await.unwrap() {
            Ok(Completed::SignedIn(_)) => signed_in += 1,
            other => assert_eq!(other, Err(CallbackError::Spent)),
        }
    }

    assert!(signed_in >= 1);
    assert_eq!(world.server.count("pkce"), 1);
}

#[tokio::test]
async fn a_client_without_a_redirect_completes_the_links_of_a_handle_that_has_one() {
    let server = World::new(|seen| if seen.what() == "pkce" { ok(session("1")) } else { ok(user(EMAIL)) });
    let store: Arc<dyn supabase_session::SessionStore> = Arc::new(supabase_session::MemoryStore::new());
    let client = Client::builder(crate::fake::project(), store)
        .transport(Arc::clone(&server.server) as Arc<dyn supabase_session::Transport>)
        .build();
    assert_eq!(client.complete(&format!("{LOOPBACK}?code=c")).await, Err(CallbackError::Malformed));

    client.with_redirect(loopback()).sign_up(wish(EMAIL)).await.unwrap();
    let link = format!("{}&code=c", asked(&server));

    assert!(matches!(client.complete(&link).await, Ok(Completed::SignedIn(_))));
}
