//! Speed that a person feels: the account is there before any server has answered, and every click shows at once that it
//! was taken.

use std::time::Duration;

use harness::deadline::until;
use harness::steps::PASSWORD;
use harness::{App, Desktop, Fault, Outcome, Server};
use serde_json::{Value, json};

const EMAIL: &str = "radia@example.com";

/// Longer than any test.
const FOR_EVER: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn the_account_and_its_picture_are_shown_before_any_server_answers() -> Outcome {
    let server = Server::start().await?;
    let person = server.person(EMAIL, PASSWORD).await?;
    let name = format!("update public.profiles set full_name = 'Radia Perlman' where id = '{}'", person.id);
    server.sql(&name).await?;
    let (mut desktop, network) = Desktop::with_network(&server).await?;
    desktop.composite();
    let picture = desktop.path("green.png");
    image::RgbImage::from_pixel(640, 640, image::Rgb([20, 140, 90])).save(&picture)?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    app.set_avatar(&desktop, &picture).await?;
    let size = app.avatar_size().await?;
    until("the picture to be kept", async || {
        let kept = desktop.entries("cache")?;
        Ok(kept.iter().any(|entry| entry.path.extension().is_some_and(|it| it == "picture")).then_some(()))
    })
    .await?;
    app.quit().await?;
    network.slow_down(FOR_EVER);
    let requests = server.requests()?.len();

    let app = App::start(&desktop).await?;

    app.wait_for("account-page").await?;
    assert_eq!(app.value("full-name").await?, "Radia Perlman");
    assert_eq!(app.avatar_size().await?, size);
    assert_eq!(server.requests()?.len(), requests, "a server has answered");
    Ok(())
}

/// Clicks, and answers what the next two frames show: whether the button became busy or disabled, or is gone.
const CLICK: &str = r"
    const [testid, done] = arguments;
    const button = document.querySelector(`[data-testid='${testid}']`);
    // What is done before the second frame has been busy as well.
    let answered = false;
    const seen = new MutationObserver((changes) => {
        answered ||= changes.some((change) => ['aria-busy', 'disabled'].includes(change.attributeName));
    });
    seen.observe(button, { attributes: true });
    const begun = performance.now();
    button.click();
    requestAnimationFrame(() => requestAnimationFrame(() => done({
        answered: answered || !button.isConnected, after: performance.now() - begun,
    })));
";

async fn click(app: &App, testid: &str) -> Outcome {
    app.wait_for(testid).await?;
    let shown: Value = app.run_async(CLICK, vec![json!(testid)]).await?;
    if shown["answered"] == json!(true) {
        return Ok(());
    }
    Err(Fault::new(format!("{testid} shows nothing of the click: {shown}")))
}

#[tokio::test]
async fn every_click_shows_at_once_that_it_was_taken_however_slow_the_server_is() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let (mut desktop, network) = Desktop::with_network(&server).await?;
    desktop.composite();
    let app = App::start(&desktop).await?;
    app.fill_in_sign_in(EMAIL, PASSWORD).await?;
    network.slow_down(Duration::from_secs(2));

    click(&app, "submit").await?;
    app.wait_for("account-page").await?;
    app.type_into("full-name", "Radia Perlman").await?;
    click(&app, "save").await?;
    app.wait_for("saved").await?;
    app.click("nav-settings").await?;
    click(&app, "redirect-check").await?;
    app.wait_for("redirect-checked").await?;
    click(&app, "clear-cache").await?;
    app.wait_for("cache-cleared").await?;
    click(&app, "sign-out").await?;
    app.wait_for("sign-in-page").await.map(drop)
}
