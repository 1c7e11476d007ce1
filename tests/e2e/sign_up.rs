//! A new account: form, mail, link, and back into the app, whether it runs or not.

use harness::contract::brand::CALLBACK;
use harness::contract::view::{NoticeCode, SessionNoticeCode};
use harness::deadline::until;
use harness::page::plain;
use harness::steps::{PASSWORD, open};
use harness::{App, Desktop, Outcome, Server};

const NAME: &str = "Ada Lovelace";
const EMAIL: &str = "ada@example.com";

async fn sessions(server: &Server) -> Outcome<usize> {
    let count = server.value("select count(*)::int as n from auth.sessions").await?;
    Ok(count.and_then(|count| count.parse().ok()).unwrap_or_default())
}

async fn shows_the_account(app: &App) -> Outcome {
    app.wait_for("account-page").await?;
    assert_eq!(app.text("account-email").await?, EMAIL);
    // Copied from the user's metadata by the trigger on auth.users.
    app.wait_value("full-name", NAME).await
}

#[tokio::test]
async fn the_link_of_the_mail_signs_in_to_the_running_app() -> Outcome {
    let server = Server::start().await?;
    let mut desktop = Desktop::with(&server).await?;
    // The main job is driven in the window that people have.
    desktop.composite();
    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;

    let link = app.sign_up_until_link(&server, NAME, EMAIL).await?;
    assert!(app.text("waiting-email").await?.contains(EMAIL));
    assert_eq!(sessions(&server).await?, 0);
    open(&desktop, &link).await?;

    shows_the_account(&app).await?;
    plain(&app.text("notice").await?)?;
    assert_eq!(sessions(&server).await?, 1);
    let confirmed = server.value("select email_confirmed_at from auth.users").await?;
    assert!(confirmed.is_some());
    // The second process handed its link over and went.
    until("one app to be left", async || Ok((desktop.running_apps()? == 1).then_some(()))).await
}

#[tokio::test]
async fn the_link_starts_the_app_when_it_is_closed_and_signs_in() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    let link = app.sign_up_until_link(&server, NAME, EMAIL).await?;
    app.quit().await?;
    assert_eq!(desktop.running_apps()?, 0);

    // Without any driver: the desktop finds the app by itself and starts it.
    open(&desktop, &link).await?;

    until("a session on the server", async || Ok((sessions(&server).await? == 1).then_some(()))).await?;
    // The app keeps a session before it uses it; from then on it may be killed.
    until("the app to ask for the account", async || {
        let requests = server.requests_of_the_app()?;
        Ok(requests.iter().any(|request| request.contains("/rest/v1/profiles")).then_some(()))
    })
    .await?;
    desktop.kill_app().await?;
    let app = App::start(&desktop).await?;
    shows_the_account(&app).await?;
    assert_eq!(sessions(&server).await?, 1);
    Ok(())
}

#[tokio::test]
async fn a_link_among_the_arguments_of_the_start_signs_in() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    let link = app.sign_up_until_link(&server, NAME, EMAIL).await?;
    app.kill_9().await?;

    let app = App::start_with(&desktop, &[&link]).await?;

    shows_the_account(&app).await
}

#[tokio::test]
async fn an_address_that_was_confirmed_on_another_device_leads_to_the_sign_in_page_with_the_address_in_it()
-> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_up(NAME, EMAIL, PASSWORD).await?;
    app.wait_for("waiting-page").await?;
    server.follow(&server.mail_to(EMAIL).await?.link).await?;

    app.click("confirmed").await?;
    app.wait_for("sign-in-page").await?;
    assert_eq!(app.value("email").await?, EMAIL);
    app.type_into("password", PASSWORD).await?;
    app.click("submit").await?;

    shows_the_account(&app).await
}

#[tokio::test]
async fn an_address_that_nobody_has_confirmed_gets_its_mail_again_from_the_sign_in_page() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_up(NAME, EMAIL, PASSWORD).await?;
    app.wait_for("waiting-page").await?;
    server.mail_to(EMAIL).await?;
    app.click("cancel").await?;
    // The server sends mails to one address no faster than its owner lets it.
    server.sql("update auth.users set confirmation_sent_at = now() - interval '5 minutes'").await?;

    app.wait_for("sign-in-page").await?;
    app.fill_in_sign_in(EMAIL, PASSWORD).await?;
    app.click("submit").await?;
    plain(&app.text("error").await?)?;
    app.click("confirm-again").await?;
    app.wait_for("waiting-page").await?;
    let link = server.follow(&server.mail_to(EMAIL).await?.link).await?;
    open(&desktop, &link).await?;

    shows_the_account(&app).await
}

#[tokio::test]
async fn a_waiting_sign_up_survives_a_restart_and_can_be_given_up() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_up(NAME, EMAIL, PASSWORD).await?;
    app.wait_for("waiting-page").await?;
    let mail = server.mail_to(EMAIL).await?;
    app.kill_9().await?;

    let app = App::start(&desktop).await?;
    assert!(app.text("waiting-email").await?.contains(EMAIL));
    app.click("cancel").await?;
    app.wait_for("sign-in-page").await?;

    // The address is confirmed all the same; signed in is nobody.
    let link = server.follow(&mail.link).await?;
    assert!(link.starts_with(CALLBACK));
    let before = server.requests_of_the_app()?;
    open(&desktop, &link).await?;
    let notice = app.next_notice(None).await?;
    assert_eq!(notice.code, NoticeCode::Session(SessionNoticeCode::LinkUnknown));
    assert_eq!(server.requests_of_the_app()?, before);
    assert_eq!(sessions(&server).await?, 0);

    app.sign_in(EMAIL, PASSWORD).await?;
    shows_the_account(&app).await
}
