//! Updates of the app: nothing is said of them where its owner has switched none on; else a newer version comes when the
//! person says so, and whoever was signed in still is.

use foyer_contract::variable;
use harness::deadline::until;
use harness::owner::Owner;
use harness::page::plain;
use harness::steps::PASSWORD;
use harness::{App, Desktop, Outcome, Server};

const EMAIL: &str = "dorothy@example.com";

#[tokio::test]
async fn an_app_without_an_owners_key_says_nothing_of_updates() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    app.click("nav-settings").await?;

    app.wait_for("about-version").await?;

    assert!(app.shown("updates").await?.is_none());
    assert!(desktop.entries("")?.iter().all(|entry| !entry.path.ends_with("updates.json")));
    Ok(())
}

#[tokio::test]
async fn a_newer_version_takes_the_apps_place_and_whoever_was_signed_in_still_is() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let mut desktop = Desktop::with(&server).await?;
    let owner = Owner::releases("0.2.0", &mut desktop).await?;
    let app = App::start_file(&desktop, &owner.appimage).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    app.click("nav-settings").await?;

    // Asked by itself, once the page stands.
    let said = app.wait_text("update-state", |text| text.contains("0.2.0")).await?;
    plain(&said)?;
    assert!(app.text("update-notes").await?.contains("Faster."));
    app.click("update-download").await?;
    app.wait_for("update-install").await?;
    assert_ne!(std::fs::read(&owner.appimage)?, owner.release, "nobody has said yes yet");
    let requests = server.requests_of_the_app()?.len();
    app.click("update-install").await?;

    until("the new version to be in place", async || {
        Ok((std::fs::read(&owner.appimage)? == owner.release).then_some(()))
    })
    .await?;
    // The old one's file has another name by now.
    until("the new version to run alone", async || Ok((desktop.running(&owner.appimage) == 1).then_some(())))
        .await?;
    until("the new version to ask for the account", async || {
        Ok((server.requests_of_the_app()?.len() > requests).then_some(()))
    })
    .await?;
    // It is the app for its data folder: a later start hands over to it.
    let (status, said) = desktop.run_app().await?;
    assert!(status.success(), "{said}");
    assert_eq!(desktop.running(&owner.appimage), 1);

    drop(app);
    let app = App::start_file(&desktop, &owner.appimage).await?;
    app.wait_for("account-page").await?;
    assert_eq!(app.text("account-email").await?, EMAIL);
    Ok(())
}

#[tokio::test]
async fn a_session_that_cannot_be_saved_keeps_the_version_that_runs() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let mut desktop = Desktop::with(&server).await?;
    let owner = Owner::releases("0.2.0", &mut desktop).await?;
    // Below a file nothing can be made, whoever one is.
    let file = desktop.path("not-a-folder");
    std::fs::write(&file, "")?;
    desktop.set(variable!("DATA_DIR"), &file.join("foyer").to_string_lossy());
    let runs = std::fs::read(&owner.appimage)?;
    let app = App::start_file(&desktop, &owner.appimage).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    app.wait_for("store-warning").await?;
    app.click("nav-settings").await?;
    app.wait_text("update-state", |text| text.contains("0.2.0")).await?;
    app.click("update-download").await?;
    app.wait_for("update-install").await?;

    app.click("update-install").await?;

    plain(&app.text("update-error").await?)?;
    assert!(std::fs::read(&owner.appimage)? == runs, "the session would be gone after the restart");
    app.click("nav-account").await?;
    assert_eq!(app.text("account-email").await?, EMAIL);
    Ok(())
}
