//! The settings that have no tests of their own elsewhere: how links come back, another project, folders, the cache, what
//! the app is made of.

use harness::contract::brand::CALLBACK;
use harness::deadline::until;
use harness::page::plain;
use harness::steps::PASSWORD;
use harness::{App, Desktop, Outcome, Server};

const EMAIL: &str = "mary@example.com";

#[tokio::test]
async fn how_links_come_back_is_said_with_the_entry_that_would_allow_a_better_way() -> Outcome {
    let server = Server::with_redirects("\"https://a.example\"").await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    app.click("nav-settings").await?;

    app.wait_for("redirect-entry").await?;
    assert_eq!(app.text("redirect-entry").await?, format!("{CALLBACK}*"));
    plain(&app.text("redirect-mode").await?)?;
    plain(&app.text("redirect-reason").await?)?;
    assert!(app.shown("project-leave").await?.is_none(), "the environment names the project");
    app.click("redirect-check").await?;
    app.wait_for("redirect-checked").await?;

    app.click("open-logs").await?;
    let opened = desktop.browser_opened(1).await?;
    assert!(opened.ends_with("/foyer/logs"), "{opened}");
    app.click("licenses-toggle").await?;
    let licenses = app.wait_text("licenses", |text| text.contains("tauri")).await?;
    assert!(licenses.contains("MIT OR Apache-2.0") && licenses.contains("yew"), "{licenses}");
    assert!(app.text("about-version").await?.contains(env!("CARGO_PKG_VERSION")));
    let folder = app.text("data-folder").await?;
    assert!(folder.ends_with("/foyer"), "{folder}");
    Ok(())
}

#[tokio::test]
async fn an_empty_cache_keeps_the_session_and_what_waits_to_be_sent() -> Outcome {
    let server = Server::start().await?;
    let person = server.person(EMAIL, PASSWORD).await?;
    let (desktop, network) = Desktop::with_network(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    until("the account to be cached", async || {
        Ok(desktop.entries("cache")?.iter().any(|entry| !entry.is_folder).then_some(()))
    })
    .await?;
    app.type_into("full-name", "Mary Jackson").await?;
    network.cut();
    app.click("save").await?;
    app.wait_for("queued").await?;

    app.click("nav-settings").await?;
    app.click("clear-cache").await?;
    app.wait_for("cache-cleared").await?;

    assert!(desktop.entries("cache")?.iter().all(|entry| entry.is_folder), "the cache is not empty");
    app.click("nav-account").await?;
    assert_eq!(app.value("full-name").await?, "Mary Jackson");
    network.mend();
    app.wait_gone("queued").await?;
    assert_eq!(server.profile(&person, "full_name").await?.as_deref(), Some("Mary Jackson"));
    Ok(())
}

#[tokio::test]
async fn whoever_changes_the_project_hears_first_what_becomes_of_the_session() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    server.sql("delete from auth.sessions").await?;
    let desktop = Desktop::new().await?;
    let app = App::start(&desktop).await?;
    app.type_into("connect-url", &server.url).await?;
    app.paste_into("connect-key", &server.anon_key).await?;
    app.click("connect-submit").await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    app.click("nav-settings").await?;

    app.click("project-leave").await?;
    let warning = app.text("project-leave-dialog").await?;
    assert!(warning.contains("signed out"), "{warning}");
    app.click("project-leave-cancel").await?;
    app.wait_gone("project-leave-dialog").await?;
    app.click("project-leave").await?;
    app.click("project-leave-confirm").await?;

    app.wait_for("connect-url").await?;
    until("the session to be gone on the server", async || {
        let left = server.value("select count(*)::int as n from auth.sessions").await?;
        Ok((left.as_deref() == Some("0")).then_some(()))
    })
    .await
}
