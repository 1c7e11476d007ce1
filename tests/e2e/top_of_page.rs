//! Where a page stands when it appears: at its top, whatever was scrolled before and however low the window is.

use harness::deadline::until;
use harness::steps::PASSWORD;
use harness::x11::Geometry;
use harness::{App, Desktop, Fault, Outcome, Server};

const EMAIL: &str = "emmy@example.com";

/// So low that every page is longer than it.
const LOW: Geometry = Geometry { x: 20, y: 20, width: 400, height: 480 };

/// How far the page is scrolled, in CSS pixels.
async fn scrolled(app: &App) -> Outcome<u64> {
    app.settled().await?;
    let far = app.run("return Math.round(document.scrollingElement.scrollTop)", vec![]).await?;
    far.as_u64().ok_or_else(|| Fault::new(format!("scrolled by {far}")))
}

async fn scroll(app: &App, to: u32) -> Outcome {
    app.run("document.scrollingElement.scrollTop = arguments[0]", vec![to.into()]).await?;
    assert!(scrolled(app).await? > 0, "this page is scrolled");
    Ok(())
}

/// Presses a button where it stands: nothing is scrolled for it.
async fn press(app: &App, id: &str) -> Outcome {
    let script = "document.querySelector(`[data-testid=\"${arguments[0]}\"]`).click()";
    app.run(script, vec![id.into()]).await.map(drop)
}

#[tokio::test]
async fn every_page_begins_at_its_top() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let display = desktop.display()?;
    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    let window = display.wait_for_windows(1).await?[0];
    display.put(window, LOW)?;
    until("the window to be low", async || {
        let height = app.run("return innerHeight", vec![]).await?.as_f64();
        Ok((height == Some(f64::from(LOW.height))).then_some(()))
    })
    .await?;

    app.fill_in_sign_in(EMAIL, PASSWORD).await?;
    // So little that the title of the next page would be in sight, but not what stands above it.
    scroll(&app, 60).await?;
    press(&app, "submit").await?;
    app.wait_for("full-name").await?;
    assert_eq!(scrolled(&app).await?, 0, "the account page begins at its top");
    for page in ["security", "settings", "account"] {
        scroll(&app, 9999).await?;
        press(&app, &format!("nav-{page}")).await?;
        app.wait_for(&format!("{page}-page")).await?;
        assert_eq!(scrolled(&app).await?, 0, "the {page} page begins at its top");
    }

    app.quit().await?;
    let app = App::start(&desktop).await?;
    app.wait_for("full-name").await?;
    assert_eq!(scrolled(&app).await?, 0, "the first page of a start begins at its top");
    Ok(())
}
