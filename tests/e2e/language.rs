//! Another language is chosen while the app runs: every window speaks it at once, with all that was typed, and so does
//! what the app says outside of its windows.

use harness::contract::preferences::Language;
use harness::contract::view::RedirectMode;
use harness::deadline::until;
use harness::language::said;
use harness::steps::PASSWORD;
use harness::{App, Browser, Desktop, Fault, NotificationServer, Outcome, Server};
use serde_json::json;
use thirtyfour::Key;

const EMAIL: &str = "dorothy@example.com";

/// Waits until the frames of the windows name these pages.
async fn wait_titles(desktop: &Desktop, language: Language, pages: &[&str]) -> Outcome {
    let display = desktop.display()?;
    let wanted = format!("windows with the titles of {pages:?}");
    let found = until(&wanted, async || {
        let titles = display.titles()?;
        let is_named = |page: &&str| titles.iter().any(|title| title.contains(&said(language, page)));
        Ok((titles.len() == pages.len() && pages.iter().all(is_named)).then_some(()))
    });
    match found.await {
        Ok(()) => Ok(()),
        Err(fault) => Err(Fault::new(format!("{fault}; they are {:?}", display.titles()?))),
    }
}

#[tokio::test]
async fn another_language_is_spoken_at_once_everywhere_and_nothing_typed_is_lost() -> Outcome {
    let server = Server::with_redirects("").await?;
    let desktop = Desktop::with(&server).await?;
    let notifications = NotificationServer::on(&desktop).await?;
    let display = desktop.display()?;
    let app = App::start(&desktop).await?;
    app.wait_language("en", "ltr").await?;
    assert_eq!(desktop.redirect_mode().await?, RedirectMode::Loopback);
    app.click("tab-sign-up").await?;
    app.type_into("full-name", "Dorothy Vaughan").await?;
    app.type_into("email", EMAIL).await?;
    app.type_into("password", PASSWORD).await?;

    // The other window has the settings, and the half-filled form is not touched.
    let windows = app.open_window().await?;
    app.go_to(&windows.second).await?;
    app.click("nav-settings").await?;
    app.wait_for("language").await?;
    app.choose("language", "ar").await?;

    app.wait_language("ar", "rtl").await?;
    wait_titles(&desktop, Language::Arabic, &["settings-title", "sign-up-title"]).await?;
    app.go_to(&windows.first).await?;
    app.wait_language("ar", "rtl").await?;
    app.wait_text("submit", |text| text.contains(&said(Language::Arabic, "sign-up"))).await?;
    for (field, typed) in [("full-name", "Dorothy Vaughan"), ("email", EMAIL), ("password", PASSWORD)] {
        assert_eq!(app.value(field).await?, typed, "{field}");
    }

    // The form is sent as it stands. The browser's page speaks the app's language, whatever the browser's is.
    app.click("submit").await?;
    app.wait_for("waiting-page").await?;
    let back = server.follow(&server.mail_to(EMAIL).await?.link).await?;
    let page = Browser::new()?.open(&back).await?.page()?;
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">") && !page.contains("signed in"), "{page}");
    app.wait_for("account-page").await?;

    // So does the notification of the desktop.
    display.take_focus()?;
    server.sql("delete from auth.sessions").await?;
    app.invoke("sign_out_others", json!({ "request": {} })).await?;
    let ended = said(Language::Arabic, "news-ended-title");
    until("a notification that the session has ended", async || {
        Ok(notifications.shown().iter().any(|one| one.title == ended).then_some(()))
    })
    .await?;
    app.quit().await?;

    let app = App::start(&desktop).await?;
    app.wait_language("ar", "rtl").await?;
    // The arrows lead where the tabs stand.
    app.click("tab-sign-in").await?;
    app.chord(&[], Key::Left).await?;
    app.wait_focused("tab-sign-up").await?;
    app.click("nav-settings").await?;
    app.wait_value("language", "ar").await?;
    app.choose("language", "system").await?;
    app.wait_language("en", "ltr").await?;
    wait_titles(&desktop, Language::English, &["settings-title"]).await
}
