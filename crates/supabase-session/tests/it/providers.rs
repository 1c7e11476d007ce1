//! Anonymous sign-in, sign-in through a provider, identities.

use std::collections::HashMap;

use serde_json::{Value, json};
use supabase_session::{
    AnonymousError, CallbackError, Completed, FlowKind, HttpError, OAuthError, RequestError, ResendError,
    ServerCode, UnlinkError,
};
use url::Url;

use crate::fake::{EMAIL, REDIRECT, Reply, World, offline, ok, raw, refuse, session, user};
use crate::golden;
use crate::sign_up::challenge;

fn query(url: &Url) -> HashMap<String, String> {
    url.query_pairs().into_owned().collect()
}

fn slot_of(world: &World) -> (Value, String) {
    let slot = world.store.slots().remove(0);
    let back = format!("{REDIRECT}?flow={}", slot["nonce"].as_str().unwrap());
    (slot, back)
}

#[tokio::test]
async fn an_anonymous_user_is_signed_in_as_a_real_server_answers() {
    let step = golden::steps(&["anonymous"], "/auth/v1/signup").remove(0);
    let (body, reply) = (step.request["body"].clone(), step.clone());
    let world = World::new(move |_| reply.reply());

    let user = world.client.sign_in_anonymously().await.unwrap();

    assert_eq!((world.server.last().what(), world.server.last().body), ("signup", body));
    assert!(user.is_anonymous && user.email.is_none());
    assert!(user.identities().is_empty());
    assert_eq!(world.store.session().unwrap()["access_token"], step.body["access_token"]);
}

#[tokio::test]
async fn each_refusal_of_an_anonymous_sign_in_has_its_error() {
    let table: [(fn() -> Reply, AnonymousError); 6] = [
        (|| refuse(422, "anonymous_provider_disabled"), AnonymousError::Disabled),
        (|| refuse(422, "signup_disabled"), AnonymousError::SignUpDisabled),
        (|| refuse(400, "captcha_failed"), AnonymousError::CaptchaRequired),
        (|| raw(429, &[], ""), AnonymousError::Request(RequestError::RateLimited { retry_after: None })),
        // A bare user is no session.
        (|| ok(user(EMAIL)), AnonymousError::Request(RequestError::Http(HttpError::NotSupabase))),
        (
            || refuse(400, "of_2031"),
            AnonymousError::Request(RequestError::Unexpected { code: ServerCode::new("of_2031") }),
        ),
    ];
    for (reply, expected) in table {
        let world = World::new(move |_| reply());

        assert_eq!(world.client.sign_in_anonymously().await, Err(expected));
        assert!(!world.is_signed_in());
    }
}

#[tokio::test]
async fn a_providers_page_is_opened_with_the_flows_challenge_and_its_link_signs_in() {
    let world = World::new(|_| ok(session("1")));

    let (flow, url) = world.client.begin_oauth("github", &["repo", "read:user"]).await.unwrap();

    let (slot, back) = slot_of(&world);
    let said = query(&url);
    assert!(world.server.seen().is_empty());
    assert!(url.as_str().starts_with("https://abcd.supabase.co/auth/v1/authorize?"));
    assert_eq!((said["provider"].as_str(), said["scopes"].as_str()), ("github", "repo read:user"));
    assert_eq!((&said["redirect_to"], &said["code_challenge"]), (&back, &challenge(&slot)));
    assert_eq!((flow.kind, flow.email.as_deref()), (FlowKind::OAuth, None));
    assert_eq!(world.client.resend(&flow.id).await, Err(ResendError::Unknown));

    let completed = world.restarted().client.complete(&format!("{back}&code=c")).await.unwrap();
    assert!(matches!(completed, Completed::SignedIn(_)));
    assert!(world.store.slots().is_empty());
}

#[tokio::test]
async fn without_scopes_none_are_said_and_a_later_sign_in_replaces_the_earlier() {
    let world = World::new(|_| offline());
    world.client.begin_oauth("google", &[]).await.unwrap();

    let (flow, url) = world.client.begin_oauth("github", &[]).await.unwrap();

    assert!(!query(&url).contains_key("scopes"));
    assert_eq!(world.client.pending(), [flow]);
    for provider in ["", "git hub", "x&y=z", "a/b"] {
        let error = world.client.begin_oauth(provider, &[]).await.unwrap_err();
        assert_eq!(error, OAuthError::ProviderInvalid, "{provider}");
    }
}

#[tokio::test]
async fn a_refusal_at_the_provider_ends_the_flow() {
    let world = World::new(|_| offline());
    world.client.begin_oauth("github", &[]).await.unwrap();
    let (_, back) = slot_of(&world);

    let no = format!("{back}&error=access_denied&error_description=No#error=access_denied&sb=");
    assert_eq!(world.client.complete(&no).await, Err(CallbackError::Refused));

    assert!(world.client.pending().is_empty() && world.store.slots().is_empty());
    assert!(world.server.seen().is_empty());
}

#[tokio::test]
async fn an_identity_is_linked_through_the_address_that_the_server_gives() {
    let step = golden::steps(&["identities"], "/auth/v1/user/identities/authorize").remove(0);
    let page = step.body["url"].as_str().unwrap().to_owned();
    let world = World::new(move |_| step.reply()).signed_in().await;

    let (flow, url) = world.client.begin_link("github", &[]).await.unwrap();

    let ((slot, back), request) = (slot_of(&world), world.server.last());
    assert_eq!(url.as_str(), page);
    assert_eq!((request.what(), request.bearer()), ("user/identities/authorize", "access-1"));
    assert_eq!(request.query("redirect_to"), Some(back.as_str()));
    assert_eq!(request.query("code_challenge"), Some(challenge(&slot).as_str()));
    assert_eq!(
        (request.query("provider"), request.query("skip_http_redirect")),
        (Some("github"), Some("true"))
    );
    assert_eq!(flow.kind, FlowKind::LinkIdentity);

    world.server.now(|_| ok(session("2")));
    let completed = world.client.complete(&format!("{back}&code=c")).await.unwrap();
    assert!(matches!(completed, Completed::IdentityLinked(_)));
}

#[tokio::test]
async fn each_refusal_to_link_has_its_error_and_leaves_no_flow() {
    let disabled =
        r#"{"code":"validation_failed","message":"Unsupported provider: provider is not enabled"}"#;
    let table: [(Box<dyn Fn() -> Reply + Send + Sync>, OAuthError); 6] = [
        (Box::new(|| refuse(404, "manual_linking_disabled")), OAuthError::LinkingDisabled),
        (Box::new(move || raw(400, &[], disabled)), OAuthError::ProviderDisabled),
        (
            Box::new(|| ok(json!({"url": "file:///etc/passwd"}))),
            OAuthError::Request(RequestError::Http(HttpError::NotSupabase)),
        ),
        (Box::new(offline), OAuthError::Request(RequestError::Http(HttpError::Offline))),
        (
            Box::new(|| raw(429, &[], "")),
            OAuthError::Request(RequestError::RateLimited { retry_after: None }),
        ),
        (
            Box::new(|| refuse(400, "of_2031")),
            OAuthError::Request(RequestError::Unexpected { code: ServerCode::new("of_2031") }),
        ),
    ];
    for (reply, expected) in table {
        let world = World::new(move |_| reply()).signed_in().await;

        assert_eq!(world.client.begin_link("github", &[]).await, Err(expected));
        assert!(world.store.slots().is_empty() && world.is_signed_in());
    }
    assert_eq!(
        World::new(|_| offline()).client.begin_link("github", &[]).await,
        Err(OAuthError::Request(RequestError::SignedOut))
    );
}

#[tokio::test]
async fn an_identity_is_removed_and_the_user_known_anew() {
    let mut steps = golden::steps(&["identities"], "/auth/v1/user").into_iter();
    let after = steps.find(|step| step.request["path"] == "/auth/v1/user").unwrap();
    let world = World::new(move |seen| if seen.what() == "user" { after.reply() } else { ok(json!({})) });
    let world = world.signed_in().await;
    let id = "6f1c7a0e-0000-4000-8000-00000000beef";

    let user = world.client.unlink_identity(id.parse().unwrap()).await.unwrap();

    assert_eq!(world.server.seen()[0].what(), format!("user/identities/{id}"));
    let ways: Vec<_> = user.identities().into_iter().map(|identity| identity.provider).collect();
    assert_eq!(ways, ["email"]);
    assert_eq!(world.client.state().signed_in().unwrap().user, user);
}

#[tokio::test]
async fn each_refusal_to_remove_an_identity_has_its_error() {
    let table: [(u16, &str, UnlinkError); 5] = [
        (422, "single_identity_not_deletable", UnlinkError::LastIdentity),
        (404, "identity_not_found", UnlinkError::Unknown),
        (404, "manual_linking_disabled", UnlinkError::LinkingDisabled),
        (401, "insufficient_aal", UnlinkError::SecondFactorRequired),
        (400, "of_2031", UnlinkError::Request(RequestError::Unexpected { code: ServerCode::new("of_2031") })),
    ];
    for (status, code, expected) in table {
        let world = World::new(move |_| refuse(status, code)).signed_in().await;
        let id = "6f1c7a0e-0000-4000-8000-00000000beef".parse().unwrap();

        assert_eq!(world.client.unlink_identity(id).await, Err(expected));
        assert!(world.is_signed_in());
    }
}
