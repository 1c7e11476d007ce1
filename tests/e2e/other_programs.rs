//! The app beside others: on a disk that knows no locks, and while another user of the machine starts it too.

use harness::contract::brand::CALLBACK;
use harness::deadline::until;
use harness::steps::PASSWORD;
use harness::{App, Desktop, Outcome, Server};

const EMAIL: &str = "margaret@example.com";

#[tokio::test]
async fn on_a_disk_that_knows_no_locks_the_app_runs_and_stays_signed_in() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let mut desktop = Desktop::with(&server).await?;
    desktop.take_locks_away();
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    assert!(desktop.content("logs")?.contains("the data folder cannot be locked"));
    app.kill_9().await?;

    let app = App::start(&desktop).await?;

    app.wait_for("account-page").await?;
    assert!(app.shown("store-warning").await?.is_none());
    // A second start finds the first one by the session bus.
    let (status, printed) = desktop.run_app().await?;
    assert!(status.success(), "{printed}");
    assert_eq!(desktop.running_apps()?, 1);
    Ok(())
}

#[tokio::test]
async fn another_users_app_neither_disturbs_mine_nor_sees_what_is_mine() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    let (states, files) = (app.states().await?.len(), desktop.entries("")?.len());

    // With everything that points to mine: my session bus, my data folder, and a link for me.
    let link = format!("{CALLBACK}?code=8f0c9f6e-7f55-4a39-9a3c-5a1b8a2a7f10&flow=AAAAAAAAAAAAAAAAAAAAAA");
    let Some(theirs) = desktop.start_as_nobody(&[&link])? else {
        eprintln!("only root can be another user: not tried");
        return Ok(());
    };
    // It is an app of its own, and has taken the link for itself.
    until("their app to look at the link", async || {
        Ok(theirs.output()?.contains("a link came back").then_some(()))
    })
    .await?;

    assert!(app.shown("account-page").await?.is_some());
    assert_eq!((app.states().await?.len(), desktop.entries("")?.len()), (states, files));
    Ok(())
}
