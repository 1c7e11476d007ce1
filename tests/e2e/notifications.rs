//! The desktop's notifications: a link that arrives and a session that somebody else ends while nobody looks at the window.

use harness::contract::brand::NAME;
use harness::deadline::until;
use harness::steps::{self, PASSWORD, parameter};
use harness::{App, Desktop, Fault, NotificationServer, Outcome, Server};
use serde_json::json;

const EMAIL: &str = "dorothy@example.com";

/// Somebody else ends the session, and the app asks for something that shows it.
async fn end_session(app: &App, server: &Server) -> Outcome {
    server.sql("delete from auth.sessions").await?;
    app.invoke("sign_out_others", json!({ "request": {} })).await?;
    app.wait_for("sign-in-page").await.map(drop)
}

#[tokio::test]
async fn a_link_that_arrives_while_nobody_looks_is_told_and_a_click_brings_the_window_forward() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let notifications = NotificationServer::on(&desktop).await?;
    let display = desktop.display()?;
    display.keep_focus()?;
    let app = App::start(&desktop).await?;
    let link = app.sign_up_until_link(&server, "Dorothy Vaughan", EMAIL).await?;

    steps::open(&desktop, &link).await?;

    let shown = notifications.wait_for(1).await?;
    let [notification] = &shown[..] else { return Err(Fault::new(format!("{shown:?}"))) };
    assert_eq!((notification.app.as_str(), notification.title.as_str()), (NAME, "You are signed in"));
    assert_eq!(notification.actions, ["default", &format!("Open {NAME}")]);
    let code = parameter(&link, "code").ok_or_else(|| Fault::new("the link has no code"))?;
    let said = format!("{notification:?}");
    for private in [EMAIL, "Dorothy", code.as_str()] {
        assert!(!said.contains(private), "{said}");
    }
    app.wait_for("account-page").await?;

    // Whoever clicks wants to see the window: it asks the desktop to come forward.
    display.hear_requests()?;
    notifications.click(notification).await?;
    display.asked_to_come_forward().await
}

#[tokio::test]
async fn a_session_that_ends_elsewhere_is_told_unless_the_person_looks_or_does_not_want_it() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let display = desktop.display()?;
    let notifications = NotificationServer::on(&desktop).await?;
    let app = App::start(&desktop).await?;

    // Switched off, which counts at once and at the next start.
    app.click("nav-settings").await?;
    app.click("notifications").await?;
    until("the switch to be off", async || {
        let state = app.wait_for("notifications").await?.attr("aria-checked").await?;
        Ok((state.as_deref() == Some("false")).then_some(()))
    })
    .await?;
    app.quit().await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    display.take_focus()?;
    end_session(&app, &server).await?;

    // Switched on, but looked at: a second start brings the window forward.
    app.invoke("set_notifications", json!({ "request": { "on": true } })).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    let (status, said) = desktop.run_app().await?;
    assert!(status.success(), "{said}");
    until("the window to have the focus", async || Ok(display.has_focus()?.then_some(()))).await?;
    end_session(&app, &server).await?;

    // Nobody's own sign-out is news.
    app.sign_in(EMAIL, PASSWORD).await?;
    display.take_focus()?;
    app.click("sign-out").await?;
    app.wait_for("sign-in-page").await?;

    app.sign_in(EMAIL, PASSWORD).await?;
    display.take_focus()?;
    end_session(&app, &server).await?;
    let shown = notifications.wait_for(1).await?;
    // They are shown in their order: one of the ends before this would stand before it.
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert_eq!(shown[0].title, "You are signed out");
    assert!(shown[0].body.contains("from another device") && !shown[0].body.contains(EMAIL), "{shown:?}");
    Ok(())
}
