//! Tests of `fault.rs`: the forms that the recordings may not show.

use std::time::UNIX_EPOCH;

use super::*;

type Headers = &'static [(&'static str, &'static str)];

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Response { status, headers, body: body.to_owned().into() }
}

fn fault(status: u16, body: &str) -> ServerError {
    read(answer(status, &[], body), UNIX_EPOCH).unwrap().unwrap_err()
}

fn trouble(status: u16, body: &str) -> HttpError {
    read(answer(status, &[], body), UNIX_EPOCH).unwrap_err()
}

#[test]
fn every_form_of_an_error_has_its_code() {
    let table = [
        (r#"{"code":"bad_jwt","message":"m"}"#, "bad_jwt", "m"),
        (r#"{"code":400,"error_code":"validation_failed","msg":"m"}"#, "validation_failed", "m"),
        (r#"{"error":"invalid_grant","error_description":"m"}"#, "invalid_grant", "m"),
        (r#"{"code":"23505","details":null,"hint":null,"message":"m"}"#, "23505", "m"),
        (r#"{"code":"code_of_2031","message":"m"}"#, "code_of_2031", "m"),
    ];

    for (body, code, message) in table {
        let fault = fault(400, body);
        assert_eq!((fault.code.as_str(), fault.message.as_str()), (code, message), "{body}");
    }
}

#[test]
fn the_header_tells_the_code_where_the_body_does_not() {
    let answer = answer(422, &[("x-sb-error-code", "weak_password")], r#"{"code":422,"msg":"m"}"#);

    assert_eq!(read(answer, UNIX_EPOCH).unwrap().unwrap_err().code.as_str(), "weak_password");
}

#[test]
fn storages_own_status_counts() {
    let table = [
        (r#"{"statusCode":"404","error":"not_found","message":"m","code":"NoSuchKey"}"#, 404, "NoSuchKey"),
        (r#"{"statusCode":"404","error":"not_found","message":"m"}"#, 404, "not_found"),
        (r#"{"statusCode":404,"error":"Not Found","message":"m"}"#, 404, "Not_Found"),
    ];

    for (body, status, code) in table {
        let fault = fault(400, body);
        assert_eq!((fault.status, fault.code.as_str()), (status, code), "{body}");
    }
    let busy = r#"{"statusCode":"503","error":"SlowDown","message":"m","code":"SlowDown"}"#;
    assert_eq!(trouble(400, busy), HttpError::ServerTrouble { status: 503 });
}

#[test]
fn what_is_not_the_api_is_told_apart_and_never_panics() {
    for body in [
        "",
        "<html><h1>Sign in to the airport</h1></html>",
        "null",
        "[]",
        "7",
        "\"x\"",
        "{}",
        "{\"message\":\"no Route matched\"}",
        "404 page not found\n",
    ] {
        assert_eq!(trouble(404, body), HttpError::NotSupabase, "{body}");
        assert_eq!(trouble(511, body), HttpError::WebPage, "{body}");
        assert_eq!(trouble(500, body), HttpError::ServerFailed { status: 500 }, "{body}");
        assert_eq!(trouble(503, body), HttpError::ServerTrouble { status: 503 }, "{body}");
        assert_eq!(trouble(302, body), HttpError::NotSupabase, "{body}");
    }
    assert_eq!(trouble(402, "<html>"), HttpError::Restricted);
    assert_eq!(trouble(522, "<html>"), HttpError::Gateway { status: 522 });
    assert_eq!(trouble(540, ""), HttpError::Paused);
    assert_eq!(trouble(408, ""), HttpError::Timeout);
    assert_eq!(trouble(425, ""), HttpError::ServerTrouble { status: 425 });
}

#[test]
fn a_code_in_a_server_error_is_not_looked_at() {
    let body = r#"{"code":"refresh_token_not_found","message":"m"}"#;

    for status in [429, 500, 502, 503] {
        assert!(read(answer(status, &[], body), UNIX_EPOCH).is_err(), "{status}");
    }
}

#[test]
fn a_fault_of_the_owners_is_told_from_one_that_passes() {
    let auth = |message: &str| {
        serde_json::json!({"code": 500, "error_code": "unexpected_failure", "msg": message}).to_string()
    };
    let broken = |code: &str| HttpError::ProjectBroken { code: ServerCode::new(code) };

    assert_eq!(trouble(500, &auth("Database error saving new user")), broken("unexpected_failure"));
    assert_eq!(trouble(500, &auth("Error running hook URI: pg-functions://x")), broken("unexpected_failure"));
    assert_eq!(trouble(500, &auth("Error sending confirmation email")), HttpError::MailUnsent);
    assert_eq!(trouble(500, &auth("Unable to process request")), HttpError::ServerFailed { status: 500 });
    assert_eq!(trouble(500, r#"{"code":"40001","message":"m"}"#), HttpError::ServerTrouble { status: 500 });
    assert_eq!(trouble(500, r#"{"code":"XX000","message":"m"}"#), HttpError::ServerFailed { status: 500 });
    assert_eq!(trouble(500, r#"{"code":"hook_timeout","message":"m"}"#), broken("hook_timeout"));
    assert_eq!(trouble(500, r#"{"code":"PGRST300","message":"m"}"#), broken("PGRST300"));
    assert_eq!(
        trouble(503, r#"{"code":"PGRST002","message":"m"}"#),
        HttpError::ServerTrouble { status: 503 }
    );
}

#[test]
fn the_gateways_word_about_the_key_is_understood() {
    for body in
        [r#"{"message":"Invalid API key","hint":"h"}"#, r#"{"message":"No API key found in request"}"#]
    {
        assert_eq!(trouble(401, body), HttpError::KeyRefused, "{body}");
    }
}

#[test]
fn how_long_to_wait() {
    let mail = r#"{"code":429,"error_code":"over_email_send_rate_limit","msg":"For security purposes, you can only request this after 59 seconds."}"#;
    const DATE: &str = "Sat, 21 Nov 2026 18:38:30 GMT";
    const EARLIER: (&str, &str) = ("date", "Sat, 21 Nov 2026 18:38:00 GMT");
    let table: [(Headers, &str, Option<u64>); 7] = [
        (&[], mail, Some(59)),
        (&[("retry-after", "7")], mail, Some(7)),
        (&[("retry-after", DATE), EARLIER], "", Some(30)),
        (&[("retry-after", "Sat, 21 Nov 2026 18:37:00 GMT"), EARLIER], "", Some(0)),
        (&[("retry-after", "soon")], mail, None),
        (&[], r#"{"code":"x","message":"after 99999999999999999999999 seconds"}"#, None),
        (&[], "<html>", None),
    ];

    for (headers, body, wait) in table {
        let retry_after = wait.map(Duration::from_secs);
        let outcome = read(answer(429, headers, body), UNIX_EPOCH);
        assert_eq!(outcome.unwrap_err(), HttpError::RateLimited { retry_after }, "{headers:?} {body}");
    }
}

#[test]
fn the_three_ways_to_refuse_a_token_and_nothing_else() {
    let storage = |message: &str| {
        serde_json::json!({"statusCode": "403", "error": "Unauthorized", "message": message, "code": "AccessDenied"})
            .to_string()
    };
    let refused = [
        (403, r#"{"code":"bad_jwt","message":"m"}"#.to_owned()),
        (401, r#"{"code":"PGRST301","message":"JWT expired"}"#.to_owned()),
        (401, r#"{"code":"PGRST303","message":"JWT expired"}"#.to_owned()),
        (400, storage("\"exp\" claim timestamp check failed")),
        (400, storage("JWS Protected Header is invalid")),
        (400, storage("Invalid Compact JWS")),
        (400, storage("signature verification failed")),
        (400, storage("jwt expired")),
    ];
    let other = [
        (403, r#"{"code":"session_not_found","message":"m"}"#.to_owned()),
        (401, r#"{"code":"no_authorization","message":"m"}"#.to_owned()),
        (401, r#"{"code":"42501","message":"m"}"#.to_owned()),
        (403, r#"{"code":"42501","message":"JWT"}"#.to_owned()),
        (401, r#"{"code":"PGRST302","message":"m"}"#.to_owned()),
        (400, storage("new row violates row-level security policy")),
        (400, storage("Access denied")),
        // Of the token in a signed URL.
        (400, storage("Invalid Compact JWS").replace("403", "400")),
    ];

    for (status, body) in refused {
        assert!(fault(status, &body).refuses_token(), "{body}");
    }
    for (status, body) in other {
        assert!(!fault(status, &body).refuses_token(), "{body}");
    }
}

#[test]
fn exactly_these_codes_end_a_session() {
    use SignOutCause::{Banned, Deleted, Elsewhere, Expired};
    let table = [
        ("refresh_token_not_found", Some(Elsewhere)),
        ("refresh_token_already_used", Some(Elsewhere)),
        ("session_not_found", Some(Elsewhere)),
        ("session_expired", Some(Expired)),
        ("user_not_found", Some(Deleted)),
        ("user_banned", Some(Banned)),
        ("invalid_grant", Some(Elsewhere)),
        ("validation_failed", None),
        ("bad_jwt", None),
        ("over_request_rate_limit", None),
        ("code_of_2031", None),
    ];

    for (code, cause) in table {
        assert_eq!(
            fault(400, &format!(r#"{{"code":"{code}","message":"m"}}"#)).ends_session(),
            cause,
            "{code}"
        );
    }
}

#[test]
fn a_constraint_is_named_when_it_is_a_name() {
    let constraint = |message: &str| {
        fault(409, &serde_json::json!({"code": "23505", "message": message}).to_string()).constraint()
    };

    assert_eq!(
        constraint("duplicate key value violates unique constraint \"profiles_username_key\"").as_deref(),
        Some("profiles_username_key")
    );
    for message in ["", "constraint \"", "constraint \"\"", "constraint \"<b>\"", "no name"] {
        assert_eq!(constraint(message), None, "{message}");
    }
}
