//! After a whole job nothing secret is found outside the backend's memory and its store: not in the page, not on the
//! line between page and backend, not in the logs at their finest level.

use harness::contract::brand::NAME;
use harness::recorder::Crossed;
use harness::steps::{PASSWORD, open, parameter};
use harness::{App, Canaries, Desktop, Outcome, Server};

const EMAIL: &str = "radia@example.com";

/// Looks everywhere.
async fn scan(canaries: &Canaries, desktop: &Desktop, app: &App) -> Outcome {
    // The password comes from the page: it must cross once, in the request to sign in.
    canaries.not_in_page(app, &[PASSWORD]).await?;
    let document = app.document().await?;
    assert!(document.contains("data-first-frame"), "{document}");
    canaries.not_in("the document with the first frame", &document);
    assert!(!desktop.content("logs")?.trim().is_empty(), "the app logs at trace level");
    canaries.not_in_files(desktop)
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
    app.set_avatar(&desktop, &picture).await?;
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
    canaries.not_in_page_processes(&app, &[PASSWORD]).await?;
    scan(&canaries, &desktop, &app).await?;
    // No image of the backend's memory is written to the disk, should it crash.
    assert!(app.limit("Max core file size")?.starts_with("0 "));
    Ok(())
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

#[tokio::test]
async fn what_is_copied_for_a_report_holds_no_secret_and_nothing_of_the_account() -> Outcome {
    let server = Server::start().await?;
    let person = server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    let mut canaries = Canaries::default();
    canaries.add_stored(&desktop, &["access_token", "refresh_token"])?;
    for (name, value) in [
        ("the address", EMAIL),
        ("the user's id", &person.id),
        ("the project's address", server.url.trim_start_matches("http://")),
        ("the project's key", &server.anon_key),
        ("the data folder", &desktop.data_dir().to_string_lossy()),
    ] {
        canaries.add(name, Some(value.to_owned()))?;
    }

    app.click("nav-settings").await?;
    app.click("copy-diagnostics").await?;
    app.wait_for("diagnostics-copied").await?;
    let crossed = app.crossed().await?;
    app.click("nav-account").await?;
    let text = app.pasted("website").await?;

    for said in [&*format!("{NAME}: 0."), "Session: signed in", "Folder store: 0700, files:", "Last events:"]
    {
        assert!(text.contains(said), "{said} is not in: {text}");
    }
    canaries.not_in("the diagnostics", &text);
    // The page has asked for it and heard only that it is done.
    assert!(crossed.iter().any(|one| matches!(one, Crossed::Out(text) if text.contains("copy_diagnostics"))));
    assert!(!crossed.iter().any(|one| matches!(one, Crossed::In(text) if text.contains("Last events"))));
    Ok(())
}
