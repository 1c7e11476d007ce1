//! Sign-in through a provider in the system's browser, and the ways out of it; providers that are linked and unlinked.

use harness::contract::view::{NoticeCode, SessionNoticeCode};
use harness::steps::{PASSWORD, open};
use harness::{App, Browser, Desktop, Outcome, Server};

const EMAIL: &str = "octocat@example.com";

/// The project lets GitHub in; the local server stands in for it.
async fn with_github() -> Outcome<Server> {
    let github = "\n[auth.external.github]\nenabled = true\nclient_id = \"local\"\nsecret = \"local\"\n";
    Server::start_with(|config| config + github).await
}

#[tokio::test]
async fn the_browser_opens_and_its_answer_signs_in() -> Outcome {
    let server = with_github().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;

    app.click("provider-github").await?;
    let address = desktop.browser_opened(1).await?;
    app.wait_for("waiting-page").await?;
    app.click("open-again").await?;
    assert_eq!(desktop.browser_opened(2).await?, address);
    let link = Browser::new()?.decide(&address, EMAIL, true).await?.link()?;
    open(&desktop, &link).await?;

    app.wait_for("account-page").await?;
    assert_eq!(app.text("account-email").await?, EMAIL);
    Ok(())
}

#[tokio::test]
async fn a_refusal_says_so_and_a_closed_tab_can_be_given_up() -> Outcome {
    let server = with_github().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;

    app.click("provider-github").await?;
    let address = desktop.browser_opened(1).await?;
    let link = Browser::new()?.decide(&address, EMAIL, false).await?.link()?;
    open(&desktop, &link).await?;
    assert_eq!(app.next_notice(None).await?.code, NoticeCode::Session(SessionNoticeCode::LinkRefused));
    app.wait_for("sign-in-page").await?;

    app.click("provider-github").await?;
    app.wait_for("waiting-page").await?;
    app.click("cancel").await?;
    app.wait_for("sign-in-page").await.map(drop)
}

#[tokio::test]
async fn a_provider_is_linked_and_unlinked_while_signed_in() -> Outcome {
    let server = with_github().await?;
    server.person("grace@example.com", PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_in("grace@example.com", PASSWORD).await?;

    app.click("nav-security").await?;
    app.open_row("sign-in-methods").await?;
    app.click("link-github").await?;
    let address = desktop.browser_opened(1).await?;
    let link = Browser::new()?.decide(&address, EMAIL, true).await?.link()?;
    open(&desktop, &link).await?;
    app.wait_for("identity-github").await?;
    assert_eq!(app.next_notice(None).await?.code, NoticeCode::Session(SessionNoticeCode::IdentityLinked));

    app.click("unlink-github").await?;
    app.wait_gone("identity-github").await?;
    let left =
        server.value("select count(*)::int as n from auth.identities where provider = 'github'").await?;
    assert_eq!(left.as_deref(), Some("0"));
    Ok(())
}
