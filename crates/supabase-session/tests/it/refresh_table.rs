//! What keeps and what ends a session, row by row.

use supabase_session::{
    ApiError, CertificateProblem, HttpError, RefreshError, ServerCode, SignOutCause, State, TransportError,
};

use crate::fake::{EMAIL, Reply, World, ok, raw, refuse, session, user};

const ENDING: [(&str, SignOutCause); 7] = [
    ("refresh_token_not_found", SignOutCause::Elsewhere),
    ("refresh_token_already_used", SignOutCause::Elsewhere),
    ("session_not_found", SignOutCause::Elsewhere),
    ("session_expired", SignOutCause::Expired),
    ("user_not_found", SignOutCause::Deleted),
    ("user_banned", SignOutCause::Banned),
    ("invalid_grant", SignOutCause::Elsewhere),
];

async fn world(reply: impl Fn() -> Reply + Send + Sync + 'static) -> World {
    World::new(move |seen| if seen.what() == "refresh_token" { reply() } else { ok(user(EMAIL)) })
        .signed_in()
        .await
}

#[tokio::test]
async fn an_answer_that_the_session_is_gone_ends_it_once_with_its_cause() {
    for (code, cause) in ENDING {
        for oauth in [false, true] {
            let world = world(move || {
                let body = serde_json::json!({"error": code, "error_description": "no"});
                if oauth { raw(400, &[], &body.to_string()) } else { refuse(400, code) }
            })
            .await;
            world.clock.advance(3600);

            assert_eq!(world.client.refresh().await, Err(RefreshError::Ended(cause)), "{code}");
            assert_eq!(world.client.state(), State::SignedOut(Some(cause)));
            assert_eq!(world.store.session(), None);
            assert_eq!(world.client.refresh().await, Err(RefreshError::SignedOut));
            assert_eq!(world.server.count("refresh_token"), 1);
        }
    }
}

#[tokio::test]
async fn while_the_access_token_works_no_failure_ends_the_session() {
    for (code, cause) in ENDING {
        let world = world(move || refuse(400, code)).await;
        world.clock.advance(3599);

        let kept = RefreshError::Refused { code: ServerCode::new(code) };
        assert_eq!(world.client.refresh().await, Err(kept), "{code}");
        assert!(world.is_signed_in());
        assert_eq!(world.store.session(), Some(session("1")));

        // A minute later the token is over, and so is the session.
        world.clock.advance(60);
        assert_eq!(world.client.get_user().await, Err(ApiError::SignedOut));
        assert_eq!(world.client.state(), State::SignedOut(Some(cause)));
    }
}

#[tokio::test]
async fn a_token_that_a_server_refused_does_not_count_as_working() {
    let world = World::new(|seen| match seen.what() {
        "refresh_token" => refuse(400, "user_banned"),
        _ => refuse(403, "bad_jwt"),
    })
    .signed_in()
    .await;

    assert_eq!(world.client.get_user().await, Err(ApiError::SignedOut));

    assert_eq!(world.client.state(), State::SignedOut(Some(SignOutCause::Banned)));
}

#[tokio::test]
async fn nothing_else_ends_it_whatever_status_and_body() {
    let ending = r#"{"code":"refresh_token_not_found","message":"no"}"#;
    let bodies =
        ["", "<html>portal</html>", "null", "[]", "{", ending, r#"{"code":"code_of_2031","message":"m"}"#];
    let statuses = [
        200, 204, 301, 302, 307, 400, 401, 402, 403, 404, 405, 408, 409, 410, 418, 422, 425, 429, 500, 502,
        503, 504, 511, 520, 522, 530, 540, 599,
    ];
    for status in statuses {
        for body in bodies {
            // A plain 4xx with that code is the API's own word.
            let api =
                body == ending && (400..500).contains(&status) && ![402, 408, 425, 429].contains(&status);
            let world = world(move || raw(status, &[("content-type", "text/html")], body)).await;
            world.clock.advance(3600);

            let error = world.client.refresh().await.unwrap_err();

            assert_eq!(world.is_signed_in(), !api, "{status} {body}: {error:?}");
            assert_eq!(world.store.session().is_some(), !api, "{status} {body}");
        }
    }
}

#[tokio::test]
async fn no_fault_of_the_network_ends_it() {
    for (fault, error) in [
        (TransportError::Unreachable, HttpError::Offline),
        (TransportError::Timeout, HttpError::Timeout),
        (TransportError::TooLarge, HttpError::TooLarge),
        (
            TransportError::Untrusted(CertificateProblem::OutOfDate),
            HttpError::CertificateUntrusted(CertificateProblem::OutOfDate),
        ),
        (TransportError::Insecure, HttpError::NotSupabase),
    ] {
        let world = world(move || Reply::Fail(fault)).await;
        world.clock.advance(3600);

        assert_eq!(world.client.refresh().await, Err(RefreshError::Http(error)));
        assert!(world.is_signed_in());
    }
}
