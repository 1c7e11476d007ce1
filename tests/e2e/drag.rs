//! Files that are dragged onto the window from another program: a picture is taken where one can be changed, and nothing
//! is opened anywhere.

use harness::deadline::until;
use harness::page::plain;
use harness::steps::PASSWORD;
use harness::{App, Desktop, Outcome, Server};

const EMAIL: &str = "dorothy@example.com";

#[tokio::test]
async fn a_picture_that_is_dragged_onto_the_window_is_cropped() -> Outcome {
    let server = Server::start().await?;
    let person = server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let picture = desktop.path("a photo, ü %41.png");
    image::RgbImage::from_pixel(640, 480, image::Rgb([20, 140, 90])).save(&picture)?;
    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    let window = desktop.display()?.wait_for_windows(1).await?[0];

    // Where no picture can be changed, a file that is dropped does nothing: the page does not give way to it.
    let mut drag = desktop.drag(&[&picture]).await?;
    drag.over(window).await?;
    drag.drop_on(window).await?;
    app.sign_in(EMAIL, PASSWORD).await?;

    let mut drag = desktop.drag(&[&picture]).await?;
    drag.over(window).await?;
    app.wait_for("avatar-drop").await?;
    drag.away(window)?;
    app.wait_gone("avatar-drop").await?;
    drag.over(window).await?;
    app.wait_for("avatar-drop").await?;
    drag.drop_on(window).await?;
    app.wait_for("crop-dialog").await?;
    app.wait_gone("avatar-drop").await?;
    app.click("crop-apply").await?;
    until("the picture on the server", async || server.profile(&person, "avatar_url").await).await?;
    app.wait_gone("avatar-progress").await?;

    let mut drag = desktop.drag(&[&picture, &picture]).await?;
    drag.over(window).await?;
    drag.drop_on(window).await?;
    plain(&app.text("avatar-error").await?)?;
    Ok(())
}

#[tokio::test]
async fn files_that_crossed_the_window_too_fast_are_no_longer_held_over_it() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let picture = desktop.path("a photo.png");
    image::RgbImage::from_pixel(640, 480, image::Rgb([20, 140, 90])).save(&picture)?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    let window = desktop.display()?.wait_for_windows(1).await?[0];

    // The list of the files comes after they have left, which is told as if they had come.
    desktop.drag(&[&picture]).await?.across(window).await?;
    app.wait_for("avatar-drop").await?;
    app.move_pointer(20, 20).await?;
    app.move_pointer(40, 30).await?;

    app.wait_gone("avatar-drop").await
}
