//! The window as a thing on the desktop: where it stands, which colour it has before its page is painted, and several of
//! them on one session.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use harness::deadline::until;
use harness::steps::PASSWORD;
use harness::x11::Geometry;
use harness::{App, Desktop, Fault, Outcome, Server};
use serde_json::json;

const EMAIL: &str = "annie@example.com";

#[tokio::test]
async fn two_windows_show_one_session_and_neither_loses_what_is_typed_in_it() -> Outcome {
    let server = Server::start().await?;
    let person = server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    app.type_into("website", "https://first.example").await?;
    let windows = app.open_window().await?;

    app.go_to(&windows.second).await?;
    app.wait_for("account-page").await?;
    assert_eq!(app.value("website").await?, "", "what is typed in one window is that window's alone");
    app.type_into("full-name", "Annie Easley").await?;
    app.click("save").await?;
    app.wait_for("saved").await?;

    app.go_to(&windows.first).await?;
    // The first window hears of the change and keeps what was typed in it.
    app.wait_value("full-name", "Annie Easley").await?;
    assert_eq!(app.value("website").await?, "https://first.example");
    app.click("save").await?;
    app.wait_for("saved").await?;
    assert_eq!(server.profile(&person, "full_name").await?.as_deref(), Some("Annie Easley"));
    assert_eq!(server.profile(&person, "website").await?.as_deref(), Some("https://first.example"));

    app.go_to(&windows.second).await?;
    app.click("sign-out").await?;
    app.wait_for("sign-in-page").await?;
    app.go_to(&windows.first).await?;
    app.wait_for("sign-in-page").await?;
    assert_eq!(desktop.running_apps()?, 1);
    Ok(())
}

#[tokio::test]
async fn the_app_ends_with_its_last_window_and_not_before() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let display = desktop.display()?;
    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    let first = display.wait_for_windows(1).await?[0];
    let windows = app.open_window().await?;
    let both = display.wait_for_windows(2).await?;
    let second = both.into_iter().find(|window| *window != first).ok_or_else(|| Fault::new("no other"))?;
    let place = |window| display.geometry(window);
    assert_ne!(
        (place(first)?.x, place(first)?.y),
        (place(second)?.x, place(second)?.y),
        "one hides the other"
    );

    display.close(first)?;
    display.wait_for_windows(1).await?;
    // The other one is as alive as before.
    app.go_to(&windows.second).await?;
    app.wait_for("sign-in-page").await?;
    app.click("nav-settings").await?;
    app.wait_for("settings-page").await?;
    assert_eq!(desktop.running_apps()?, 1);

    display.close(second)?;
    until("the app to end", async || Ok((desktop.running_apps()? == 0).then_some(()))).await
}

#[tokio::test]
async fn the_window_stands_where_it_stood_even_after_a_crash_and_never_out_of_reach() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let display = desktop.display()?;
    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    let window = display.wait_for_windows(1).await?[0];
    let wanted = Geometry { x: 140, y: 90, width: 700, height: 620 };
    display.put(window, wanted)?;
    let file = desktop.path("foyer/window.json");
    until("the place to be kept", async || {
        let kept = fs::read_to_string(&file).unwrap_or_default();
        Ok((kept.contains("140") && kept.contains("700")).then_some(()))
    })
    .await?;
    app.kill_9().await?;

    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    assert_eq!(display.geometry(display.wait_for_windows(1).await?[0])?, wanted);
    app.kill_9().await?;

    // The screen that it stood on is gone, and it was larger than the one that is left.
    let gone = json!({ "corner": { "x": 5000, "y": 80 }, "size": { "width": 3000, "height": 2000 }, "maximized": false });
    fs::write(&file, gone.to_string())?;
    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    let stands = display.geometry(display.wait_for_windows(1).await?[0])?;
    assert!(stands.x >= 0 && stands.y >= 0 && stands.width <= 1280 && stands.height <= 960, "{stands:?}");
    Ok(())
}

/// The whitest moment of the display while the app starts with this theme, and how often it was looked at.
async fn whitest(server: &Server, theme: &str) -> Outcome<(f64, usize)> {
    let mut desktop = Desktop::with(server).await?;
    desktop.composite();
    fs::create_dir_all(desktop.path("foyer"))?;
    fs::write(desktop.path("foyer/preferences.json"), json!({ "theme": theme }).to_string())?;
    let (display, ended) = (desktop.display()?, Arc::new(AtomicBool::new(false)));
    let stop = Arc::clone(&ended);
    let watch = tokio::task::spawn_blocking(move || -> Outcome<(f64, usize)> {
        let (mut most, mut looks) = (0.0_f64, 0);
        while !stop.load(Ordering::Relaxed) {
            most = most.max(display.whiteness()?);
            looks += 1;
        }
        Ok((most, looks))
    });
    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    app.settled().await?;
    // What comes after the first frames counts as well: other pages, another size.
    app.click("nav-settings").await?;
    app.wait_for("settings-page").await?;
    let display = desktop.display()?;
    let window = display.wait_for_windows(1).await?[0];
    display.put(window, Geometry { x: 10, y: 10, width: 1200, height: 900 })?;
    app.settled().await?;
    ended.store(true, Ordering::Relaxed);
    watch.await.map_err(|error| Fault::new(error.to_string()))?
}

#[tokio::test]
async fn a_dark_window_is_never_white() -> Outcome {
    let server = Server::start().await?;

    let (dark, looks) = whitest(&server, "dark").await?;
    assert!(looks > 20, "the display was looked at {looks} times only");
    assert!(dark < 0.05, "{dark} of the display was white");

    // A light one is, so that it would have been seen.
    let (light, _) = whitest(&server, "light").await?;
    assert!(light > 0.3, "{light} of a light one was");
    Ok(())
}
