//! Projects that nobody set up for this app: links come back bare, or through a port of this machine.
#![cfg(target_os = "linux")]

use foyer_tests::contract::view::WayBack;
use foyer_tests::deadline::until;
use foyer_tests::journey::open;
use foyer_tests::{App, Browser, Desktop, Outcome, Server};
use serde_json::Value;

const EMAIL: &str = "mary@example.com";
const ENTRY: &str = "\"app.foyer.desktop://auth/callback*\"";

/// The project's list of redirect addresses is `list`.
async fn with_list(list: &'static str) -> Outcome<Server> {
    Server::start_with(move |config| config.replace(ENTRY, list)).await
}

/// Waits until the app has found out how links come back, and remembered it.
async fn way_back(desktop: &Desktop) -> Outcome<WayBack> {
    let file = desktop.data_dir().join("way-back.json");
    until("the way back to be known", async || {
        let Ok(text) = std::fs::read_to_string(&file) else { return Ok(None) };
        let remembered: Value = serde_json::from_str(&text)?;
        Ok(Some(serde_json::from_value(remembered["way"].clone())?))
    })
    .await
}

#[tokio::test]
async fn a_project_that_knows_nothing_of_the_app_answers_through_a_port_that_closes_afterwards() -> Outcome {
    let server = with_list("").await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    assert_eq!(way_back(&desktop).await?, WayBack::Loopback);

    let back = app.sign_up_until_back(&server, "Mary Jackson", EMAIL).await?;
    assert!(back.starts_with("http://127.0.0.1:"), "{back}");
    let browser = Browser::new()?;
    // Whoever else finds the port gets nowhere and ends nothing.
    let base = back.split('?').next().unwrap_or_default();
    assert!(browser.open(&format!("{base}?code=x&flow=y")).await?.page()?.contains("did not work"));
    let page = browser.open(&back).await?.page()?;

    assert!(page.contains("You are signed in") && page.contains("close this tab"), "{page}");
    app.wait_for("account-page").await?;
    assert_eq!(app.text("account-email").await?, EMAIL);
    until("the port to be closed", async || Ok(browser.open(&back).await.is_err().then_some(()))).await
}

#[tokio::test]
async fn a_port_is_opened_again_after_a_restart() -> Outcome {
    let server = with_list("").await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    assert_eq!(way_back(&desktop).await?, WayBack::Loopback);
    let back = app.sign_up_until_back(&server, "Mary Jackson", EMAIL).await?;
    app.kill_9().await?;

    let app = App::start(&desktop).await?;
    app.wait_for("waiting-page").await?;
    Browser::new()?.open(&back).await?.page()?;

    app.wait_for("account-page").await.map(drop)
}

#[tokio::test]
async fn a_project_that_lets_only_the_bare_link_through_signs_in_all_the_same() -> Outcome {
    let server = with_list("\"app.foyer.desktop://auth/callback\"").await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    assert_eq!(way_back(&desktop).await?, WayBack::BareDeepLink);

    let back = app.sign_up_until_back(&server, "Mary Jackson", EMAIL).await?;
    assert!(!back.contains("flow="), "{back}");
    open(&desktop, &back).await?;

    app.wait_for("account-page").await?;
    assert_eq!(app.text("account-email").await?, EMAIL);
    Ok(())
}

#[tokio::test]
async fn the_way_back_is_asked_for_again_at_each_start() -> Outcome {
    let server = with_list("").await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    assert_eq!(way_back(&desktop).await?, WayBack::Loopback);
    app.quit().await?;
    let probes = async || -> Outcome<usize> {
        Ok(server.requests()?.iter().filter(|request| request.contains("/auth/v1/verify")).count())
    };
    let before = probes().await?;

    let _app = App::start(&desktop).await?;

    until("the project to be asked again", async || Ok((probes().await? > before).then_some(()))).await
}
