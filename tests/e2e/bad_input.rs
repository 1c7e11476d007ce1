//! What is wrong outside the app ends in one clear sentence, in the window or in the terminal: never in a panic, never
//! in a white window.

use std::fs;

use harness::contract::variable;
use harness::page::plain;
use harness::steps::PASSWORD;
use harness::{App, Desktop, Outcome, Server};

const EMAIL: &str = "barbara@example.com";
const KEY: &str = "sb_publishable_0123456789abcdef0123456789abcdef";

async fn is_alive(desktop: &Desktop, app: &App) -> Outcome {
    assert!(!app.page_text().await?.trim().is_empty(), "a white window");
    assert!(!desktop.printed()?.contains("panicked at"), "{}", desktop.printed()?);
    Ok(())
}

#[tokio::test]
async fn variables_that_cannot_be_used_end_the_start_with_one_sentence() -> Outcome {
    let wrong: [(&[(&str, &str)], &str); 6] = [
        (
            &[(variable!("SUPABASE_URL"), "not a url"), (variable!("SUPABASE_KEY"), KEY)],
            variable!("SUPABASE_URL"),
        ),
        (&[(variable!("SUPABASE_URL"), "http://example.com"), (variable!("SUPABASE_KEY"), KEY)], "https://"),
        (
            &[(variable!("SUPABASE_URL"), "https://example.com"), (variable!("SUPABASE_KEY"), "?")],
            variable!("SUPABASE_KEY"),
        ),
        (
            &[
                (variable!("SUPABASE_URL"), "https://example.com"),
                (variable!("SUPABASE_KEY"), "sb_secret_0123456789"),
            ],
            "secret",
        ),
        (&[(variable!("SUPABASE_URL"), "https://example.com")], variable!("SUPABASE_KEY")),
        (&[("DISPLAY", "")], "display"),
    ];
    for (variables, word) in wrong {
        let mut desktop = Desktop::new().await?;
        variables.iter().for_each(|(name, value)| desktop.set(name, value));

        let (status, said) = desktop.run_app().await?;

        assert_eq!(status.code(), Some(1), "{variables:?}: {said}");
        assert_eq!(said.trim().lines().count(), 1, "{variables:?}: {said}");
        assert!(said.contains(word) && !said.contains("panicked"), "{variables:?}: {said}");
    }
    Ok(())
}

#[tokio::test]
async fn without_a_project_the_connect_page_says_what_is_wrong_and_then_connects() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::new().await?;
    let app = App::start(&desktop).await?;
    let wrong = [
        ("ftp://example.com", server.anon_key.as_str()),
        ("http://127.0.0.1:9", server.anon_key.as_str()),
        (server.url.as_str(), "sb_secret_0123456789abcdef"),
    ];
    for (url, key) in wrong {
        app.type_into("connect-url", url).await?;
        // Nobody types a key.
        app.paste_into("connect-key", key).await?;
        app.click("connect-submit").await?;
        let ids = ["connect-error", "field-error-connect-url", "field-error-connect-key"];
        let said = app.wait_for_any(&ids).await?;
        plain(&app.text(said).await?)?;
        is_alive(&desktop, &app).await?;
    }

    app.type_into("connect-url", &server.url).await?;
    app.paste_into("connect-key", &server.anon_key).await?;
    app.click("connect-submit").await?;
    app.wait_for("sign-in-page").await?;
    app.sign_in(EMAIL, PASSWORD).await?;

    // The project is kept.
    app.quit().await?;
    let app = App::start(&desktop).await?;
    app.wait_for("account-page").await.map(drop)
}

#[tokio::test]
async fn a_server_that_is_down_is_said_when_somebody_signs_in() -> Outcome {
    let mut desktop = Desktop::new().await?;
    desktop.set(variable!("SUPABASE_URL"), "http://127.0.0.1:9");
    desktop.set(variable!("SUPABASE_KEY"), KEY);
    let app = App::start(&desktop).await?;

    app.fill_in_sign_in(EMAIL, PASSWORD).await?;
    app.click("submit").await?;

    plain(&app.text("error").await?)?;
    assert_eq!(app.value("email").await?, EMAIL);
    is_alive(&desktop, &app).await
}

#[tokio::test]
async fn a_system_without_trusted_certificates_still_reaches_a_project_of_this_machine() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let mut desktop = Desktop::with(&server).await?;
    // As on a Debian without the package ca-certificates.
    desktop.set("SSL_CERT_FILE", "/nothing/here.crt");
    desktop.set("SSL_CERT_DIR", "/nothing");
    let app = App::start(&desktop).await?;

    app.sign_in(EMAIL, PASSWORD).await?;

    app.wait_for("account-page").await?;
    app.quit().await
}

#[tokio::test]
async fn a_store_file_that_is_broken_is_set_aside_and_said() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    app.kill_9().await?;
    let broken = "{\"torn-canary\": \"a save that never";
    for entry in desktop.entries("store")?.iter().filter(|entry| !entry.is_folder) {
        fs::write(&entry.path, broken)?;
    }

    let app = App::start(&desktop).await?;

    app.wait_for("sign-in-page").await?;
    plain(&app.text("sign-out-cause").await?)?;
    is_alive(&desktop, &app).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    assert!(
        desktop.content("store")?.contains("torn-canary"),
        "the broken file is kept for whoever can read it"
    );
    app.kill_9().await?;
    let app = App::start(&desktop).await?;
    app.wait_for("account-page").await.map(drop)
}

#[tokio::test]
async fn a_data_folder_that_cannot_be_written_is_said_and_the_session_lives_in_memory() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let mut desktop = Desktop::with(&server).await?;
    // Below a file nothing can be made, whoever one is.
    let file = desktop.path("not-a-folder");
    fs::write(&file, "")?;
    desktop.set(variable!("DATA_DIR"), &file.join("foyer").to_string_lossy());

    let app = App::start(&desktop).await?;

    app.sign_in(EMAIL, PASSWORD).await?;
    plain(&app.text("store-warning").await?)?;
    is_alive(&desktop, &app).await
}

#[tokio::test]
async fn without_a_session_bus_the_app_works_alone() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let mut desktop = Desktop::without_bus().await?;
    desktop.connect(&server);

    let app = App::start(&desktop).await?;

    app.sign_in(EMAIL, PASSWORD).await?;
    is_alive(&desktop, &app).await
}

#[tokio::test]
async fn a_wrong_password_is_said_and_nothing_typed_is_lost() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;

    app.fill_in_sign_in(EMAIL, "not-the-password").await?;
    app.click("submit").await?;

    plain(&app.text("error").await?)?;
    assert_eq!(app.value("email").await?, EMAIL);
    app.sign_in(EMAIL, PASSWORD).await
}
