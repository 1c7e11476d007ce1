//! What protects the session on this computer: the system's keychain, a file, or nothing that is written; what the person
//! sees of it and chooses; and that nothing of it can be read in a file of the data folder.

use std::time::{Duration, Instant};

use harness::steps::PASSWORD;
use harness::{App, Canaries, Desktop, Keyring, Outcome, Server};

const EMAIL: &str = "hedy.lamarr.canary@example.com";
const NAME: &str = "Hedy Canary Lamarr";

/// The window shows what it has to say within this, a keychain that hangs included.
const START: Duration = Duration::from_secs(10);

/// A desktop with a person on its server, who is not signed in yet.
async fn desktop_and_server() -> Outcome<(Desktop, Server)> {
    let server = Server::start().await?;
    let person = server.person(EMAIL, PASSWORD).await?;
    server
        .sql(&format!("update public.profiles set full_name = '{NAME}' where id = '{}'", person.id))
        .await?;
    Ok((Desktop::with(&server).await?, server))
}

/// Signs in and waits until the account has been loaded and cached.
async fn sign_in(app: &App) -> Outcome {
    app.sign_in(EMAIL, PASSWORD).await?;
    app.wait_value("full-name", NAME).await
}

/// Shows the settings, wherever the window is.
async fn open_settings(app: &App) -> Outcome {
    app.click("nav-settings").await?;
    app.wait_for("settings-page").await.map(drop)
}

/// Chooses a protection and waits until it is said to be active.
async fn choose(app: &App, choice: &str, said: &str) -> Outcome {
    app.click(choice).await?;
    app.wait_text("protection-active", |text| text.contains(said)).await.map(drop)
}

/// Looks for what may be read nowhere below the data folder but in the page's own, volatile parts.
fn expect_sealed(desktop: &Desktop, values: &[&str]) -> Outcome {
    let mut canaries = Canaries::default();
    values.iter().try_for_each(|value| canaries.add(value, Some((*value).to_owned())))?;
    for folder in ["store", "cache", "edits"] {
        canaries.not_in(folder, &desktop.content(folder)?);
    }
    Ok(())
}

/// Signs in while the keyring is unlocked and holds the key, and closes the app.
async fn sign_in_and_quit(desktop: &Desktop) -> Outcome<Keyring> {
    let keyring = Keyring::unlocked(desktop).await?;
    let app = App::start(desktop).await?;
    sign_in(&app).await?;
    app.quit().await?;
    Ok(keyring)
}

#[tokio::test]
async fn with_a_keychain_the_session_outlives_a_restart_and_no_file_can_be_read() -> Outcome {
    let (desktop, server) = desktop_and_server().await?;
    let _keyring = Keyring::unlocked(&desktop).await?;
    let app = App::start(&desktop).await?;
    sign_in(&app).await?;
    let picture = desktop.path("picture.png");
    image::RgbImage::from_pixel(300, 300, image::Rgb([200, 80, 40])).save(&picture)?;
    app.set_avatar(&desktop, &picture).await?;
    app.avatar_size().await?;
    open_settings(&app).await?;
    app.wait_text("protection-active", |text| text.contains("keychain")).await?;
    app.kill_9().await?;

    let app = App::start(&desktop).await?;

    app.wait_value("full-name", NAME).await?;
    let token = server.value("select token from auth.refresh_tokens order by id desc limit 1").await?;
    expect_sealed(&desktop, &[EMAIL, NAME, &token.unwrap_or_default(), "\"access_token\""])?;
    let files: Vec<_> = desktop.entries("cache")?.into_iter().filter(|entry| !entry.is_folder).collect();
    assert!(files.len() >= 2, "profile and picture are cached: {files:?}");
    for file in files {
        let bytes = std::fs::read(&file.path)?;
        assert!(image::guess_format(&bytes).is_err(), "{} is a picture", file.path.display());
    }
    Ok(())
}

#[tokio::test]
async fn a_locked_keychain_is_said_at_once_and_the_session_is_back_once_it_is_open() -> Outcome {
    let (desktop, _server) = desktop_and_server().await?;
    drop(sign_in_and_quit(&desktop).await?);
    let _locked = Keyring::locked(&desktop).await?;
    let before = desktop.content("store")?;
    let begun = Instant::now();

    let app = App::start(&desktop).await?;
    app.wait_for("locked-page").await?;

    assert!(begun.elapsed() < START, "it took {:?}", begun.elapsed());
    app.click("locked-retry").await?;
    app.wait_for("locked-error").await?;
    assert_eq!(desktop.content("store")?, before, "nothing is deleted or written");
    // Nobody has to try again: the store hears of it.
    let _unlocked = Keyring::unlocked(&desktop).await?;
    app.wait_value("full-name", NAME).await
}

#[tokio::test]
async fn whoever_cannot_unlock_the_keychain_signs_in_again_and_nothing_is_deleted() -> Outcome {
    let (desktop, _server) = desktop_and_server().await?;
    drop(sign_in_and_quit(&desktop).await?);
    let _locked = Keyring::locked(&desktop).await?;
    let files = |desktop: &Desktop| -> Outcome<usize> {
        Ok(desktop.entries("store")?.iter().filter(|entry| !entry.is_folder).count())
    };
    let before = files(&desktop)?;
    let app = App::start(&desktop).await?;
    app.wait_for("locked-page").await?;

    app.click("sign-in-again").await?;
    app.wait_for("sign-in-page").await?;

    assert!(files(&desktop)? >= before, "the old session is set aside");
    sign_in(&app).await?;
    app.kill_9().await?;
    let app = App::start(&desktop).await?;
    app.wait_value("full-name", NAME).await
}

#[tokio::test]
async fn a_keychain_that_hangs_does_not_hold_the_window_up() -> Outcome {
    let (desktop, _server) = desktop_and_server().await?;
    let keyring = sign_in_and_quit(&desktop).await?;
    keyring.stop()?;
    let begun = Instant::now();

    let app = App::start(&desktop).await?;
    app.wait_for("locked-page").await?;

    assert!(begun.elapsed() < START, "it took {:?}", begun.elapsed());
    open_settings(&app).await?;
    app.wait_for("keychain-state").await?;
    app.click("settings-back").await?;
    // Its late answer counts.
    keyring.resume()?;
    app.wait_for("account-page").await.map(drop)
}

#[tokio::test]
async fn without_a_keychain_a_file_is_used_and_said_to_be_no_more_than_that() -> Outcome {
    let (desktop, _server) = desktop_and_server().await?;
    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    // Signed out one sees it too.
    open_settings(&app).await?;
    app.wait_text("protection-active", |text| text.contains("file permissions only")).await?;
    app.click("protection-keychain").await?;
    app.wait_for("protection-error").await?;
    app.click("settings-back").await?;

    sign_in(&app).await?;
    open_settings(&app).await?;

    let said = app.text("settings-security").await?;
    assert!(said.contains("file permissions only") && said.contains("no keychain"), "{said}");
    app.kill_9().await?;
    let app = App::start(&desktop).await?;
    app.wait_value("full-name", NAME).await?;
    expect_sealed(&desktop, &[EMAIL, NAME, "\"access_token\""])
}

#[tokio::test]
async fn each_choice_counts_at_once_and_after_a_restart() -> Outcome {
    let (desktop, _server) = desktop_and_server().await?;
    let _keyring = Keyring::unlocked(&desktop).await?;
    let mut app = App::start(&desktop).await?;
    sign_in(&app).await?;
    for (choice, said) in
        [("protection-key-file", "file permissions only"), ("protection-keychain", "keychain")]
    {
        open_settings(&app).await?;
        choose(&app, choice, said).await?;
        app.kill_9().await?;

        app = App::start(&desktop).await?;

        app.wait_value("full-name", NAME).await?;
        open_settings(&app).await?;
        app.wait_text("protection-active", |text| text.contains(said)).await?;
    }

    choose(&app, "protection-memory", "memory only").await?;
    expect_sealed(&desktop, &[EMAIL, NAME])?;
    assert!(desktop.content("cache")?.trim().is_empty(), "the cache is empty");
    app.kill_9().await?;
    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    open_settings(&app).await?;
    app.wait_text("protection-active", |text| text.contains("memory only")).await.map(drop)
}

#[tokio::test]
async fn with_memory_only_an_edit_made_offline_is_said_to_live_until_the_app_is_closed() -> Outcome {
    let (mut desktop, server) = desktop_and_server().await?;
    let network = desktop.go_through_network(&server).await?;
    let app = App::start(&desktop).await?;
    sign_in(&app).await?;
    open_settings(&app).await?;
    choose(&app, "protection-memory", "memory only").await?;
    app.click("nav-account").await?;
    app.type_into("full-name", "Hedwig Canary Kiesler").await?;
    network.cut();

    app.click("save").await?;

    app.wait_for("queued-memory").await?;
    expect_sealed(&desktop, &["Hedwig Canary Kiesler", NAME])?;
    // Chosen otherwise, it is written after all.
    open_settings(&app).await?;
    choose(&app, "protection-key-file", "file permissions only").await?;
    app.kill_9().await?;
    let app = App::start(&desktop).await?;
    app.wait_for("queued").await?;
    expect_sealed(&desktop, &["Hedwig Canary Kiesler", NAME])
}
