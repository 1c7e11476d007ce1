//! The main job by keyboard alone: no click anywhere, the focus seen at every step, every result announced.

use harness::contract::brand::NAME;
use harness::photo::write_with_gps;
use harness::steps::PASSWORD;
use harness::{App, Desktop, Outcome, Server};
use thirtyfour::Key;

const EMAIL: &str = "grace@example.com";
const NEW_PASSWORD: &str = "another-canary-password";

/// Chooses something in the menu, by words of what it is called.
async fn choose(app: &App, words: &str) -> Outcome {
    app.chord(&[Key::Control], 'k').await?;
    app.wait_focused("command-menu-field").await?;
    app.keys(words).await?;
    app.chord(&[], Key::Enter).await?;
    app.wait_gone("command-menu").await
}

#[tokio::test]
async fn the_main_job_needs_no_pointer_and_everything_that_happens_is_said() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.wait_for("tab-sign-up").await?;
    app.listen().await?;

    // Sign up: the focus begins in the form, and the arrows move between the tabs.
    app.wait_focused("email").await?;
    app.tab_back_to("tab-sign-in").await?;
    app.chord(&[], Key::Right).await?;
    app.wait_focused("tab-sign-up").await?;
    for (field, text) in [("full-name", "Grace Hopper"), ("email", EMAIL), ("password", "short")] {
        app.tab_to(field).await?;
        app.keys(text).await?;
    }
    app.chord(&[], Key::Enter).await?;
    // What is wrong gets the focus, so that it is read with what is wrong.
    app.wait_for("field-error-password").await?;
    app.wait_focused("password").await?;
    app.retype(PASSWORD).await?;
    app.chord(&[], Key::Enter).await?;

    // The code of the mail, a wrong one first.
    app.wait_for("waiting-page").await?;
    let mail = server.mail_to(EMAIL).await?;
    app.tab_to("code").await?;
    app.keys("000000").await?;
    app.chord(&[], Key::Enter).await?;
    app.wait_for("field-error-code").await?;
    app.wait_focused("code").await?;
    app.retype(&mail.code).await?;
    app.chord(&[], Key::Enter).await?;
    app.wait_for("account-page").await?;
    app.announced("who is signed in", |text| text.contains(EMAIL)).await?;

    // Edit and save.
    app.tab_to("full-name").await?;
    app.retype("Rear Admiral Grace Hopper").await?;
    app.chord(&[Key::Control], 's').await?;
    app.announced("saved", |text| text.contains("Saved")).await?;

    // A picture.
    let photo = desktop.path("photo.jpg");
    write_with_gps(&photo)?;
    desktop.pick(&photo)?;
    app.tab_back_to("avatar-choose").await?;
    app.chord(&[], Key::Enter).await?;
    app.wait_focused("crop-stage").await?;
    app.chord(&[], Key::Enter).await?;
    app.wait_for("avatar-done").await?;
    app.announced("the picture is there", |text| text.contains("picture")).await?;

    // The password, through the menu.
    choose(&app, "change passw").await?;
    app.wait_focused("new-password").await?;
    app.keys(NEW_PASSWORD).await?;
    app.chord(&[], Key::Enter).await?;
    app.announced("the password is changed", |text| text.to_lowercase().contains("password")).await?;

    // Out, with the reason, and in again with the new password.
    choose(&app, "sign out").await?;
    app.wait_for("sign-in-page").await?;
    app.announced("signed out", |text| text.contains("signed out")).await?;
    app.wait_focused("password").await?;
    app.keys(NEW_PASSWORD).await?;
    app.chord(&[], Key::Enter).await?;
    app.wait_for("account-page").await.map(drop)
}

#[tokio::test]
async fn shortcuts_lead_to_the_pages_and_the_titles_say_so() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    assert!(app.title().await?.starts_with("Sign in – 127.0.0.1"), "{}", app.title().await?);
    app.sign_in(EMAIL, PASSWORD).await?;

    for (held, key, page, title) in [
        (Key::Alt, '2', "security-page", "Security"),
        (Key::Control, ',', "settings-page", "Settings"),
        (Key::Alt, '1', "account-page", "Account"),
    ] {
        app.chord(&[held], key).await?;
        app.wait_for(page).await?;
        app.wait_title(&format!("{title} – {NAME}")).await?;
        // The title has the focus, so that it is read.
        assert!(app.focused().await?.described.starts_with("H1"), "{:?}", app.focused().await?);
    }

    // F6 goes between the navigation and the page.
    app.chord(&[], Key::F6).await?;
    assert_eq!(app.focused().await?.testid, "nav-account");
    app.chord(&[], Key::F6).await?;
    assert!(app.focused().await?.described.starts_with("H1"));
    Ok(())
}

#[tokio::test]
async fn escape_closes_what_was_opened_last_and_only_then_reverts_and_the_focus_goes_back() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    app.wait_for("full-name").await?;
    app.tab_to("full-name").await?;
    app.retype("Changed").await?;

    // The list of shortcuts, opened from the menu.
    app.chord(&[Key::Control], 'k').await?;
    app.wait_focused("command-menu-field").await?;
    // Keys behind the menu do nothing, and a question mark is text in its field.
    app.chord(&[Key::Alt], '2').await?;
    app.keys("?").await?;
    assert!(app.shown("shortcuts").await?.is_none());
    app.chord(&[], Key::Escape).await?;
    app.wait_gone("command-menu").await?;
    app.wait_focused("full-name").await?;
    assert_eq!(app.value("full-name").await?, "Changed");
    assert!(app.shown("account-page").await?.is_some());

    app.tab_back_to("command-menu-open").await?;
    app.keys("?").await?;
    app.wait_for("shortcuts").await?;
    app.chord(&[], Key::Escape).await?;
    app.wait_gone("shortcuts").await?;
    app.wait_focused("command-menu-open").await?;

    // Nothing is open: in the form, Escape reverts.
    app.tab_to("full-name").await?;
    app.chord(&[], Key::Escape).await?;
    app.wait_gone("revert").await?;
    assert_ne!(app.value("full-name").await?, "Changed");
    Ok(())
}
