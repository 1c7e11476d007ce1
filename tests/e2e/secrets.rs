//! After a whole job nothing secret is found outside the backend's memory and its store: not in the page, not on the
//! line between page and backend, not in the logs at their finest level.

use harness::recorder::Crossed;
use harness::steps::{PASSWORD, open, parameter};
use harness::{App, Canaries, Desktop, Outcome, Server};

const EMAIL: &str = "radia@example.com";

/// Looks everywhere.
async fn scan(canaries: &Canaries, desktop: &Desktop, app: &App) -> Outcome {
    // The password comes from the page: it must cross once, in the request to sign in.
    canaries.not_in_page(app, &[PASSWORD]).await?;
    let logs = desktop.content("logs")?;
    assert!(!logs.trim().is_empty(), "the app logs at trace level");
    canaries.not_in("the logs", &logs);
    canaries.not_in("the app's output", &desktop.printed()?);
    canaries.not_in("the data folder", &all_but_the_store(desktop)?);
    Ok(())
}

fn all_but_the_store(desktop: &Desktop) -> Outcome<String> {
    let mut content = String::new();
    for entry in std::fs::read_dir(desktop.data_dir())? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name != "store" {
            content += &desktop.content(&name)?;
        }
    }
    Ok(content)
}

#[tokio::test]
async fn no_token_verifier_code_or_password_leaves_the_backend() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let mut canaries = Canaries::default();
    let app = App::start(&desktop).await?;

    app.sign_up("Radia Perlman", EMAIL, PASSWORD).await?;
    app.wait_for("waiting-page").await?;
    canaries.add_stored(&desktop, &["verifier"])?;
    canaries.add("password", Some(PASSWORD.to_owned()))?;
    scan(&canaries, &desktop, &app).await?;
    let mail = server.mail_to(EMAIL).await?;
    let link = server.follow(&mail.link).await?;
    canaries.add("token of the mail", parameter(&mail.link, "token"))?;
    canaries.add("auth code", parameter(&link, "code"))?;
    canaries.add("nonce of the flow", parameter(&link, "flow"))?;

    open(&desktop, &link).await?;
    app.wait_for("account-page").await?;
    canaries.add_stored(&desktop, &["access_token", "refresh_token"])?;
    let issued = server.value("select token from auth.refresh_tokens order by id desc limit 1").await?;
    canaries.add("refresh token on the server", issued)?;

    app.type_into("username", "radia").await?;
    app.click("save").await?;
    app.wait_for("saved").await?;
    let picture = desktop.path("picture.png");
    image::RgbImage::from_pixel(300, 300, image::Rgb([200, 80, 40])).save(&picture)?;
    app.choose_avatar(&desktop, &picture).await?;
    app.avatar_size().await?;
    let heard = app.crossed().await?;
    assert!(
        heard.iter().any(|one| matches!(one, Crossed::In(text) if text.contains(EMAIL))),
        "the line is heard"
    );
    assert!(heard.iter().any(|one| matches!(one, Crossed::Out(text) if text.contains("radia"))), "both ways");
    scan(&canaries, &desktop, &app).await?;

    app.click("sign-out").await?;
    app.wait_for("sign-in-page").await?;
    scan(&canaries, &desktop, &app).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    canaries.add_stored(&desktop, &["access_token", "refresh_token"])?;
    app.kill_9().await?;
    let app = App::start(&desktop).await?;
    app.wait_for("account-page").await?;
    scan(&canaries, &desktop, &app).await
}

#[tokio::test]
async fn the_page_can_call_nothing_but_the_contract() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    let forbidden = [
        "plugin:store|load",
        "plugin:store|get_store",
        "plugin:deep-link|get_current",
        "plugin:event|listen",
        "plugin:event|emit",
        "plugin:opener|open_url",
        "plugin:dialog|open",
        "plugin:window|close",
    ];

    for command in forbidden {
        let request = serde_json::json!({ "path": "session.json", "options": {}, "event": "deep-link://new-url",
            "target": { "kind": "Any" }, "handler": 0, "url": "https://example.com", "payload": [] });
        let answer = app.invoke(command, request).await?;
        let error = answer["error"].as_str().unwrap_or_default();
        assert!(error.contains("not allowed") || error.contains("not found"), "{command}: {answer}");
    }
    Ok(())
}
