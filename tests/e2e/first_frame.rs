//! The first frame comes from the shell, before there is a program in the page. The program takes it over as it stands, with
//! all that a person did in it meanwhile.

use harness::gallery::first_frame::{WaitingPage, unequal};
use harness::steps::PASSWORD;
use harness::{App, Desktop, Outcome, Server};
use serde_json::json;

const EMAIL: &str = "frances@example.com";

#[tokio::test]
async fn the_shell_and_the_program_render_every_state_alike() -> Outcome {
    let (compared, unequal) = unequal().await?;

    assert!(compared > 100, "only {compared} first frames were compared");
    assert!(unequal.is_empty(), "{} of {compared} differ:\n{}", unequal.len(), unequal.join("\n"));
    Ok(())
}

/// What the page has asked for to sign in.
const SIGN_IN: &str =
    "return (window.asked ?? []).filter(([name]) => name.includes('sign_in')).map(([, request]) => request)";

#[tokio::test]
async fn what_is_typed_and_pressed_before_there_is_a_program_is_sent() -> Outcome {
    let page = WaitingPage::open("sign-in").await?;
    page.run("window.email = document.getElementById('email'); return null").await?;

    page.type_keys("ada@example.com\t").await?;
    page.until("return document.activeElement.id === 'password'").await?;
    page.type_keys("correct horse").await?;
    page.click("submit").await?;
    // Nobody is there yet who hears it.
    assert_eq!(page.run("return window.isReady ?? false").await?, json!(false));
    page.give_program().await?;

    page.until(&format!("{SIGN_IN}.length > 0")).await?;
    let asked = page.run(SIGN_IN).await?;
    assert_eq!(asked[0]["email"], json!("ada@example.com"), "{asked}");
    assert_eq!(asked[0]["password"], json!("correct horse"), "{asked}");
    assert_eq!(asked.as_array().map(Vec::len), Some(1), "it is sent once: {asked}");
    // They are the same elements.
    assert_eq!(page.run("return window.email.isConnected").await?, json!(true));
    assert_eq!(page.run("return location.search").await?, json!(""));
    Ok(())
}

#[tokio::test]
async fn who_types_while_the_program_takes_over_goes_on_typing() -> Outcome {
    let page = WaitingPage::open("sign-in").await?;
    page.type_keys("ada@example.com\tcorrect").await?;
    page.run("document.activeElement.setSelectionRange(3, 3); return null").await?;

    page.give_program().await?;
    page.type_keys("X").await?;

    let field =
        "const { id, value, selectionStart } = document.activeElement; return [id, value, selectionStart]";
    assert_eq!(page.run(field).await?, json!(["password", "corXrect", 4]));
    assert_eq!(page.run("return document.getElementById('email').value").await?, json!("ada@example.com"));
    // Nothing was left empty, so nothing is complained about.
    assert_eq!(page.run("return document.querySelector('[aria-invalid]')").await?, json!(null));
    Ok(())
}

#[tokio::test]
async fn a_picture_that_was_broken_before_there_was_a_program_gives_way_to_initials() -> Outcome {
    let page = WaitingPage::open("picture-broken").await?;
    page.until(
        "const image = document.querySelector('.avatar img'); return image?.complete && !image.naturalWidth",
    )
    .await?;

    page.give_program().await?;

    page.until("return !document.querySelector('.avatar img') && !!document.querySelector('.avatar span')")
        .await
}

#[tokio::test]
async fn a_program_that_cannot_take_the_frame_over_begins_without_one() -> Outcome {
    let page = WaitingPage::open("sign-in").await?;
    page.run("document.querySelector('[data-first-frame] h1').remove(); return null").await?;

    page.give_program().await?;

    assert_eq!(page.run("return location.search").await?, json!("?plain"));
    page.until("return !!document.querySelector('h1')").await
}

#[tokio::test]
async fn the_app_gives_every_window_a_first_frame_of_its_own() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    let windows = app.open_window().await?;

    for window in [&windows.first, &windows.second] {
        app.go_to(window).await?;
        app.wait_for("account-page").await?;
        let document = app.document().await?;
        assert!(document.contains("data-first-frame") && document.contains("account-page"), "{document}");
        // The program has taken it over.
        app.wait_for_program().await?;
        assert_ne!(app.run("return location.search", Vec::new()).await?, json!("?plain"));
    }

    // A page that is loaded once nobody is signed in has nothing of who was.
    app.click("sign-out").await?;
    app.wait_for("sign-in-page").await?;
    let document = app.document().await?;
    assert!(document.contains("data-first-frame") && document.contains("sign-in-page"), "{document}");
    assert!(!document.contains(EMAIL), "{document}");
    Ok(())
}
