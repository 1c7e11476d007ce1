//! Faults of real servers: tokens that are too young or never taken, owners' mistakes, pages of other programs.

use serde_json::{Value, json};
use supabase_session::{ApiError, CallbackError, HttpError, RequestError, ServerCode, SignUp, SignUpError};

use crate::fake::{EMAIL, Reply, Seen, USER_ID, World, ok, raw, refuse, session, user};

async fn ask_rest(world: &World) -> Result<Option<Value>, ApiError> {
    world.client.rest().select_one("profiles", "id", &[("id", USER_ID)]).await
}

fn too_young(code: &str) -> Reply {
    raw(401, &[], &json!({"code": code, "message": "JWT issued at future"}).to_string())
}

#[tokio::test]
async fn a_token_that_is_too_young_is_sent_again_and_not_refreshed() {
    for code in ["PGRST303", "PGRST301"] {
        let begun = std::sync::atomic::AtomicU32::new(0);
        let world = World::new(move |_| match begun.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
            0..2 => too_young(code),
            _ => ok(json!({"id": USER_ID})),
        })
        .signed_in()
        .await;

        assert!(ask_rest(&world).await.unwrap().is_some());

        let bearers: Vec<_> = world.server.seen().iter().map(|seen| seen.bearer().to_owned()).collect();
        assert_eq!(bearers, ["access-1", "access-1", "access-1"], "{code}");
    }
}

#[tokio::test]
async fn waiting_for_a_clock_ends_and_ends_no_session() {
    let world = World::new(|_| too_young("PGRST303")).signed_in().await;

    assert_eq!(ask_rest(&world).await, Err(HttpError::ClocksDiffer.into()));

    assert_eq!(world.server.seen().len(), 6);
    assert_eq!(world.server.count("refresh_token"), 0);
    assert!(world.is_signed_in());
}

/// A world whose Auth server takes every token, and whose services named here take none.
async fn deaf(services: &'static [&'static str]) -> World {
    let name = std::sync::atomic::AtomicU32::new(2);
    World::new(move |seen: &Seen| match (seen.what(), seen.path.as_str()) {
        ("refresh_token", _) => {
            ok(session(&name.fetch_add(1, std::sync::atomic::Ordering::SeqCst).to_string()))
        }
        (_, "/auth/v1/user") => ok(user(EMAIL)),
        (_, path) if path.starts_with("/rest/") && services.contains(&"rest") => refuse(401, "PGRST301"),
        (_, path) if path.starts_with("/storage/") && services.contains(&"storage") => {
            let said = json!({"statusCode": "403", "error": "Unauthorized", "message": "signature verification failed"});
            raw(400, &[], &said.to_string())
        }
        (_, path) if path.starts_with("/storage/") => raw(200, &[], "bytes"),
        _ => ok(json!({"id": USER_ID})),
    })
    .signed_in()
    .await
}

#[tokio::test]
async fn a_rest_that_takes_no_token_costs_one_refresh_however_often_it_is_asked() {
    let world = deaf(&["rest"]).await;
    let refused = Err(ApiError::TokenRefused { code: ServerCode::new("PGRST301") });

    for _ in 0..5 {
        assert_eq!(ask_rest(&world).await, refused);
        world.client.get_user().await.unwrap();
    }

    assert_eq!(world.server.count("refresh_token"), 1);
    assert!(world.is_signed_in());
}

#[tokio::test]
async fn two_services_that_take_no_token_do_not_refresh_in_turn() {
    let world = deaf(&["rest", "storage"]).await;

    for _ in 0..3 {
        ask_rest(&world).await.unwrap_err();
        world.client.storage("avatars").download("a/b.png").await.unwrap_err();
    }

    assert_eq!(world.server.count("refresh_token"), 1);
}

#[tokio::test]
async fn a_service_that_took_the_new_token_may_have_it_replaced_when_it_refuses_it_later() {
    let world = deaf(&["rest"]).await;
    ask_rest(&world).await.unwrap_err();
    world.client.storage("avatars").download("a/b.png").await.unwrap();
    world.server.now(|seen| match (seen.what(), seen.bearer()) {
        ("refresh_token", _) => ok(session("9")),
        (_, "access-9") => raw(200, &[], "bytes"),
        _ => {
            let said = json!({"statusCode": "403", "error": "Unauthorized", "message": "jwt expired"});
            raw(400, &[], &said.to_string())
        }
    });

    world.client.storage("avatars").download("a/b.png").await.unwrap();
}

#[tokio::test]
async fn a_web_page_in_place_of_an_answer_is_no_answer() {
    for (kind, body) in [("text/html", "ok"), ("application/json", " <!doctype html><title>Hotel</title>")] {
        let world = World::new(move |_| raw(200, &[("content-type", kind)], body)).signed_in().await;

        assert_eq!(ask_rest(&world).await, Err(HttpError::WebPage.into()));
        // An object may be a page.
        assert!(world.client.storage("pages").download("a/index.html").await.is_ok());
    }
}

#[tokio::test]
async fn a_trigger_that_fails_at_sign_up_is_said_and_leaves_no_flow_behind() {
    let body =
        json!({"code": 500, "error_code": "unexpected_failure", "msg": "Database error saving new user"});
    let body = body.to_string();
    let world = World::new(move |_| raw(500, &[], &body));
    world.client.restore().await;

    let wish = SignUp { email: EMAIL.into(), password: "Passw0rd!".into(), data: Default::default() };
    let error = world.client.sign_up(wish).await.unwrap_err();

    let broken = HttpError::ProjectBroken { code: ServerCode::new("unexpected_failure") };
    assert_eq!(error, SignUpError::Request(RequestError::Http(broken)));
    assert!(world.store.slots().is_empty(), "nobody sends a mail for it");
}

#[tokio::test]
async fn a_providers_sign_in_that_the_project_fails_is_over() {
    let world = World::new(|_| ok(json!({})));
    world.client.restore().await;
    let (_, url) = world.client.begin_oauth("github", &[]).await.unwrap();
    let back = url.query_pairs().find(|(key, _)| key == "redirect_to").unwrap().1.into_owned();
    let link = format!(
        "{back}&error=server_error&error_code=unexpected_failure&error_description=Database+error+saving+new+user"
    );

    let error = world.client.complete(&link).await.unwrap_err();

    assert_eq!(error, CallbackError::Ended(ServerCode::new("unexpected_failure")));
    assert!(world.client.pending().is_empty(), "there is nothing left to open again");
}
