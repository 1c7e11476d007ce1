//! What a restart finds: a killed app is still signed in, a signed-out one has forgotten everything. What a second start
//! finds: the app that runs takes its link, or does not answer; there are never two apps on one store.

use std::time::{Duration, Instant};

use harness::contract::brand::CALLBACK;
use harness::contract::variable;
use harness::deadline::until;
use harness::steps::PASSWORD;
use harness::{App, Desktop, NotificationServer, Outcome, Server};

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

#[tokio::test]
async fn a_second_start_says_that_the_first_hangs_and_its_link_waits_until_that_lives_again() -> Outcome {
    let server = Server::start().await?;
    let mut desktop = Desktop::with(&server).await?;
    desktop.set("LANGUAGE", "de");
    let notifications = NotificationServer::on(&desktop).await?;
    let app = App::start(&desktop).await?;
    let link = app.sign_up_until_link(&server, "Katherine Johnson", EMAIL).await?;
    app.stop()?;
    let begun = Instant::now();

    let (status, said) = desktop.run_app_with(&[&link]).await?;

    assert!(begun.elapsed() < Duration::from_secs(20), "it took {:?}", begun.elapsed());
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(said.lines().count() == 1 && said.contains("antwortet aber nicht"), "{said}");
    // Whoever clicked on the link sees it too, in their own language.
    let shown = format!("{:?}", notifications.wait_for(1).await?);
    assert!(shown.contains("antwortet aber nicht"), "{shown}");
    assert!(!shown.contains("code="), "{shown}");
    let left: Vec<_> =
        desktop.entries("handover")?.into_iter().map(|entry| (entry.is_folder, entry.mode)).collect();
    assert!(left.contains(&(false, 0o600)) && !left.contains(&(false, 0o644)), "{left:?}");
    app.resume()?;
    app.wait_for("account-page").await?;
    assert!(
        desktop.entries("handover")?.iter().all(|entry| entry.is_folder),
        "the link is gone from the disk"
    );
    Ok(())
}

#[tokio::test]
async fn without_a_session_bus_a_second_start_hands_its_link_to_the_first_and_ends() -> Outcome {
    let server = Server::start().await?;
    let mut desktop = Desktop::without_bus().await?;
    desktop.connect(&server);
    let app = App::start(&desktop).await?;
    let link = app.sign_up_until_link(&server, "Katherine Johnson", EMAIL).await?;

    let (status, said) = desktop.run_app_with(&[&link]).await?;

    assert!(status.success(), "{said}");
    app.wait_for("account-page").await?;
    assert_eq!(desktop.running_apps()?, 1);
    Ok(())
}

#[tokio::test]
async fn an_app_with_another_data_folder_that_hangs_is_not_waited_for_either() -> Outcome {
    let mut desktop = Desktop::new().await?;
    let app = App::start(&desktop).await?;
    app.stop()?;
    desktop.set(variable!("DATA_DIR"), &desktop.path("other").to_string_lossy());
    let begun = Instant::now();

    let (status, said) = desktop.run_app_with(&[&format!("{CALLBACK}?code=c")]).await?;

    assert!(begun.elapsed() < Duration::from_secs(20), "it took {:?}", begun.elapsed());
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(said.lines().count() == 1 && said.contains("does not answer"), "{said}");
    assert!(desktop.content("handover")?.contains("code=c"), "its own next start takes the link");
    Ok(())
}

#[tokio::test]
async fn a_session_bus_that_hangs_holds_up_no_window() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    desktop.stop_bus()?;
    let begun = Instant::now();

    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;

    assert!(begun.elapsed() < Duration::from_secs(25), "it took {:?}", begun.elapsed());
    Ok(())
}

#[tokio::test]
async fn a_session_bus_that_hangs_later_holds_up_no_link() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    let link = app.sign_up_until_link(&server, "Katherine Johnson", EMAIL).await?;
    desktop.stop_bus()?;
    let begun = Instant::now();

    let (status, said) = desktop.run_app_with(&[&link]).await?;
    app.wait_for("account-page").await?;

    assert!(status.success(), "{said}");
    assert!(begun.elapsed() < Duration::from_secs(15), "it took {:?}", begun.elapsed());
    assert_eq!(desktop.running_apps()?, 1);
    Ok(())
}

fn token_requests(server: &Server) -> Outcome<usize> {
    Ok(server.requests()?.iter().filter(|request| request.contains("/auth/v1/token")).count())
}
