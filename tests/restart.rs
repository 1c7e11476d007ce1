//! What a restart finds: a killed app is still signed in, a signed-out one has forgotten everything.
#![cfg(target_os = "linux")]

use foyer_tests::deadline::until;
use foyer_tests::journey::PASSWORD;
use foyer_tests::{App, Desktop, Outcome, Server};

const EMAIL: &str = "katherine@example.com";

#[tokio::test]
async fn a_killed_app_is_signed_in_at_its_next_start() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    let sign_ins = token_requests(&server)?;
    app.kill_9().await?;

    let app = App::start(&desktop).await?;

    app.wait_for("account-page").await?;
    assert_eq!(app.text("account-email").await?, EMAIL);
    assert_eq!(token_requests(&server)?, sign_ins, "a fresh session needs no new token");
    for entry in desktop.entries("store")? {
        let allowed = if entry.is_folder { 0o700 } else { 0o600 };
        assert_eq!(entry.mode, allowed, "{} has mode {:o}", entry.path.display(), entry.mode);
    }
    Ok(())
}

#[tokio::test]
async fn signing_out_ends_the_session_here_and_on_the_server() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    server.sql("delete from auth.sessions").await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    let secrets = desktop.secrets()?;
    assert!(secrets.len() >= 2, "the store holds a session: {} secrets", secrets.len());

    app.click("sign-out").await?;

    app.wait_for("sign-in-page").await?;
    until("the session to be gone on the server", async || {
        let left = server.value("select count(*)::int as n from auth.sessions").await?;
        Ok((left.as_deref() == Some("0")).then_some(()))
    })
    .await?;
    let left = desktop.content("")?;
    for (name, secret) in &secrets {
        assert!(!left.contains(secret), "{name} is still on disk");
    }
    assert!(!left.contains(EMAIL), "the account is still on disk");
    app.quit().await?;

    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    app.sign_in(EMAIL, PASSWORD).await
}

fn token_requests(server: &Server) -> Outcome<usize> {
    Ok(server.requests()?.iter().filter(|request| request.contains("/auth/v1/token")).count())
}
