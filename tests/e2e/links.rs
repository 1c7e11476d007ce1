//! Links that must not sign anybody in: malformed, unknown, foreign, used, late. Each is opened through the desktop,
//! as a page or a mail could do it.

use std::collections::BTreeSet;

use harness::contract::brand::{CALLBACK, SCHEME};
use harness::contract::view::{Notice, NoticeCode, SessionNoticeCode, SessionView};
use harness::deadline::until;
use harness::page::plain;
use harness::steps::{PASSWORD, open, parameter};
use harness::{App, Desktop, Fault, Outcome, Server};
use serde_json::json;

const EMAIL: &str = "hedy@example.com";
/// Tokens that nobody asked for.
const TOKENS: &str = "#access_token=a.b.c&refresh_token=abcdefghijkl&expires_in=3600&token_type=bearer";
/// Text that a link tries to bring into the page.
const PAYLOAD: &str = "payload-canary";

async fn opened(desktop: &Desktop, app: &App, link: &str, before: Option<Notice>) -> Outcome<Notice> {
    open(desktop, link).await?;
    let notice = app.next_notice(before).await.map_err(|fault| Fault::new(format!("{link}: {fault}")))?;
    plain(&app.text("notice").await?)?;
    Ok(notice)
}

async fn is_signed_out(app: &App) -> Outcome<bool> {
    let states = app.states().await?;
    Ok(states.iter().all(|state| {
        matches!(state.supabase.session, SessionView::SignedOut { .. } | SessionView::Restoring)
    }))
}

fn token_requests(server: &Server) -> Outcome<Vec<String>> {
    let mut requests = server.requests_of_the_app()?;
    requests.retain(|request| request.contains("/auth/v1/token"));
    Ok(requests)
}

#[tokio::test]
async fn a_malformed_or_unknown_link_causes_no_request_and_changes_nothing() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    let real = app.sign_up_until_link(&server, "Hedy Lamarr", EMAIL).await?;
    let flow = parameter(&real, "flow").ok_or_else(|| Fault::new(format!("no flow in {real}")))?;
    let code = "8f0c9f6e-7f55-4a39-9a3c-5a1b8a2a7f10";
    let overlong = "a".repeat(3000);
    let payload = format!("%3Cimg%20src%3Dx%20alt%3D{PAYLOAD}%3E");
    let links = [
        format!("{SCHEME}://evil/callback?code={code}&flow={flow}"),
        format!("{SCHEME}://auth/other?code={code}&flow={flow}"),
        format!("{SCHEME}://auth:8080/callback?code={code}&flow={flow}"),
        format!("{SCHEME}://someone@auth/callback?code={code}&flow={flow}"),
        format!("{CALLBACK}?code={code}&code={code}&flow={flow}"),
        format!("{CALLBACK}?code={overlong}&flow={flow}"),
        format!("{CALLBACK}?flow={flow}"),
        CALLBACK.to_owned(),
        format!(
            "{CALLBACK}?flow={flow}#access_token=a.b.c&refresh_token={code}&expires_in=3600&token_type=bearer"
        ),
        format!("{CALLBACK}?code={code}"),
        format!("{CALLBACK}?code={code}&flow=AAAAAAAAAAAAAAAAAAAAAA"),
        format!("{CALLBACK}?error=access_denied&error_code=otp_expired&error_description={payload}"),
    ];
    let before = server.requests_of_the_app()?;

    let mut notice = None;
    for link in &links {
        let said = opened(&desktop, &app, link, notice).await?;
        assert!(
            matches!(
                said.code,
                NoticeCode::Session(SessionNoticeCode::LinkMalformed)
                    | NoticeCode::Session(SessionNoticeCode::LinkUnknown)
            ),
            "{link}: {said:?}"
        );
        assert_eq!(server.requests_of_the_app()?, before, "{link}");
        app.wait_for("waiting-page").await?;
        notice = Some(said);
    }
    assert!(is_signed_out(&app).await?);
    assert!(!app.page_source().await?.contains(PAYLOAD));

    // None of them did harm to the sign-up that waits.
    open(&desktop, &real).await?;
    app.wait_for("account-page").await.map(drop)
}

#[tokio::test]
async fn tokens_that_nobody_here_asked_for_are_shown_to_the_server_and_good_for_nothing() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    let made_up = &format!("{CALLBACK}{TOKENS}");

    let notice = opened(&desktop, &app, made_up, None).await?;

    assert_eq!(notice.code, NoticeCode::Session(SessionNoticeCode::LinkSpent));
    assert!(is_signed_out(&app).await?);
    app.wait_for("sign-in-page").await?;
    assert!(desktop.secrets()?.is_empty(), "nothing is stored");
    Ok(())
}

#[tokio::test]
async fn a_foreign_code_signs_nobody_in_and_the_waiting_sign_up_lives_on() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    let real = app.sign_up_until_link(&server, "Hedy Lamarr", EMAIL).await?;
    let flow = parameter(&real, "flow").unwrap_or_default();
    // Somebody else began a sign-up of their own, with a verifier that this app does not have.
    let redirect = format!("{CALLBACK}?flow={flow}");
    let theirs = json!({
        "email": "mallory@example.com", "password": PASSWORD,
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge_method": "s256",
    });
    let asked = server.anonymous("/auth/v1/signup").query(&[("redirect_to", &redirect)]).json(&theirs);
    asked.send().await?.error_for_status()?;
    let foreign = server.follow(&server.mail_to("mallory@example.com").await?.link).await?;
    assert_eq!(parameter(&foreign, "flow").as_ref(), Some(&flow));

    opened(&desktop, &app, &foreign, None).await?;

    assert!(is_signed_out(&app).await?);
    app.wait_for("waiting-page").await?;
    open(&desktop, &real).await?;
    app.wait_for("account-page").await?;
    assert_eq!(app.text("account-email").await?, EMAIL);
    Ok(())
}

#[tokio::test]
async fn a_link_that_a_mail_scanner_opened_first_says_so() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_up("Hedy Lamarr", EMAIL, PASSWORD).await?;
    app.wait_for("waiting-page").await?;
    let mail = server.mail_to(EMAIL).await?;
    server.follow(&mail.link).await?;
    let burnt = server.follow(&mail.link).await?;
    assert!(burnt.contains("otp_expired"), "{burnt}");
    let before = server.requests_of_the_app()?;

    let notice = opened(&desktop, &app, &burnt, None).await?;

    assert_eq!(notice.code, NoticeCode::Session(SessionNoticeCode::LinkSpent));
    assert_eq!(server.requests_of_the_app()?, before);
    assert!(is_signed_out(&app).await?);

    // The scanner has confirmed the address, for which the server sends no sign-up's mail any more.
    app.click("notice-action").await?;
    let link = server.follow(&server.mail_to(EMAIL).await?.link).await?;
    open(&desktop, &link).await?;
    app.wait_for("account-page").await?;
    assert_eq!(app.text("account-email").await?, EMAIL);
    Ok(())
}

#[tokio::test]
async fn a_link_that_comes_too_late_confirms_but_does_not_sign_in() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    let link = app.sign_up_until_link(&server, "Hedy Lamarr", EMAIL).await?;
    server.sql("update auth.flow_state set created_at = created_at - interval '10 minutes'").await?;

    let notice = opened(&desktop, &app, &link, None).await?;

    assert_eq!(notice.code, NoticeCode::Session(SessionNoticeCode::ConfirmedTooLate));
    app.sign_in(EMAIL, PASSWORD).await
}

#[tokio::test]
async fn a_used_link_changes_nothing_while_signed_in_and_signs_nobody_in_afterwards() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    let link = app.sign_up_until_link(&server, "Hedy Lamarr", EMAIL).await?;
    open(&desktop, &link).await?;
    app.wait_for("account-page").await?;
    let welcome = app.next_notice(None).await?;
    assert_eq!(welcome.code, NoticeCode::Session(SessionNoticeCode::SignedInByLink));
    let before = token_requests(&server)?;

    // Clicked twice: what it did is on the screen already.
    open(&desktop, &link).await?;
    until("the app to hear of the link once more", async || {
        Ok(desktop.content("logs")?.contains("a link was delivered again").then_some(()))
    })
    .await?;
    let fixation = &format!("{CALLBACK}{TOKENS}");
    let notice = opened(&desktop, &app, fixation, Some(welcome)).await?;
    assert!(
        matches!(
            notice.code,
            NoticeCode::Session(SessionNoticeCode::LinkMalformed)
                | NoticeCode::Session(SessionNoticeCode::LinkWhileSignedIn)
        ),
        "{notice:?}"
    );
    assert_eq!(app.text("account-email").await?, EMAIL);
    let sessions = server.value("select count(*)::int as n from auth.sessions").await?;
    assert_eq!(sessions.as_deref(), Some("1"));

    app.click("sign-out").await?;
    app.wait_for("sign-in-page").await?;
    let notice = opened(&desktop, &app, &link, Some(notice)).await?;
    assert!(
        matches!(
            notice.code,
            NoticeCode::Session(SessionNoticeCode::LinkSpent)
                | NoticeCode::Session(SessionNoticeCode::LinkUnknown)
        ),
        "{notice:?}"
    );
    app.wait_for("sign-in-page").await?;
    assert_eq!(token_requests(&server)?, before);
    Ok(())
}

#[tokio::test]
async fn a_link_that_is_delivered_twice_at_once_signs_in_once_and_says_one_thing() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    let link = app.sign_up_until_link(&server, "Hedy Lamarr", EMAIL).await?;

    tokio::try_join!(open(&desktop, &link), open(&desktop, &link))?;

    app.wait_for("account-page").await?;
    until("the app to hear of the link once more", async || {
        Ok(desktop.content("logs")?.contains("a link was delivered again").then_some(()))
    })
    .await?;
    let notices: BTreeSet<_> =
        app.states().await?.into_iter().filter_map(|state| state.notice).map(|notice| notice.id).collect();
    assert_eq!(notices.len(), 1, "{notices:?}");
    let welcome = app.next_notice(None).await?;
    assert_eq!(welcome.code, NoticeCode::Session(SessionNoticeCode::SignedInByLink));
    assert_eq!(token_requests(&server)?.len(), 1);
    let sessions = server.value("select count(*)::int as n from auth.sessions").await?;
    assert_eq!(sessions.as_deref(), Some("1"));
    Ok(())
}
