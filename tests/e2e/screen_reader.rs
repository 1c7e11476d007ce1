//! The main job as a screen reader meets it: the accessibility tree of the real window, read over AT-SPI.

use harness::at_spi::{AccessibilityBus, Node};
use harness::contract::brand::NAME;
use harness::steps::{PASSWORD, open};
use harness::{App, Desktop, Outcome, Server};

const EMAIL: &str = "hedy@example.com";

/// Everything that can be used has a name.
async fn has_names(bus: &AccessibilityBus) -> Outcome {
    let tree = bus.tree().await?;
    assert!(tree.controls() > 3, "only {} controls are in the tree", tree.controls());
    assert!(tree.nameless().is_empty(), "without a name: {:?}", tree.nameless());
    Ok(())
}

/// A live region that says this.
fn says(tree: &Node, words: &str) -> Option<()> {
    let is_live = |node: &&&Node| node.attributes.contains_key("live");
    tree.all().iter().filter(is_live).any(|node| node.text().contains(words)).then_some(())
}

#[tokio::test]
async fn names_states_and_news_of_the_main_job_are_in_the_accessibility_tree() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let mut desktop = Desktop::with(&server).await?;
    let bus = AccessibilityBus::start(&mut desktop).await?;
    let app = App::start(&desktop).await?;

    // The page is a region of its name, and the focus is in its first field.
    app.wait_for("sign-in-page").await?;
    bus.wait("the sign-in page", |tree| {
        let region = tree.all().into_iter().find(|node| node.role == "region" && node.name == "Sign in")?;
        region.find("heading", "Sign in")?;
        region.find("textbox", "Password")?;
        region.find("textbox", "E-mail").filter(|field| field.is_focused()).map(drop)
    })
    .await?;
    has_names(&bus).await?;

    // What is wrong belongs to its field.
    app.type_into("email", "hedy").await?;
    app.type_into("password", PASSWORD).await?;
    app.click("submit").await?;
    let wrong = app.text("field-error-email").await?;
    bus.wait("a field that says what is wrong with it", |tree| {
        let field = tree.find("textbox", "E-mail")?;
        (field.is_invalid() && field.description.contains(&wrong)).then_some(())
    })
    .await?;

    // Who is signed in, announced and readable.
    app.sign_in(EMAIL, PASSWORD).await?;
    bus.wait("who is signed in", |tree| says(tree, EMAIL)).await?;
    bus.wait("the account page", |tree| {
        // The system's window is called as the page is.
        tree.find("frame", &format!("Account – {NAME}"))?;
        tree.find("heading", "Account").filter(|title| title.is_focused())?;
        ["Full name", "Username", "Website"]
            .iter()
            .all(|name| tree.find("textbox", name).is_some())
            .then_some(())
    })
    .await?;
    has_names(&bus).await?;

    app.type_into("full-name", "Hedy Lamarr").await?;
    app.click("save").await?;
    bus.wait("that it is saved", |tree| says(tree, "Saved")).await?;

    // The menu: a field that says which of its options is the active one.
    app.click("command-menu-open").await?;
    bus.wait("the menu", |tree| {
        let menu = tree.all().into_iter().find(|node| node.role == "dialog" && node.name == "Commands")?;
        let is_option = |node: &&Node| node.role == "option" && node.name == "Go to account";
        menu.all().into_iter().find(is_option).map(drop)
    })
    .await?;
    // The page behind it is out of reach, and what is left has names.
    let tree = bus.tree().await?;
    assert!(tree.nameless().is_empty(), "without a name: {:?}", tree.nameless());
    Ok(())
}

#[tokio::test]
async fn a_question_a_conflict_and_the_circle_are_read_as_what_they_are() -> Outcome {
    let server = Server::start().await?;
    let person = server.person(EMAIL, PASSWORD).await?;
    let mut desktop = Desktop::with(&server).await?;
    let bus = AccessibilityBus::start(&mut desktop).await?;
    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;

    // A link that nobody here asked for: whom it signs in is news, and the focus is on the way out.
    server.invite("invited@example.com").await?;
    open(&desktop, &server.follow(&server.mail_to("invited@example.com").await?.link).await?).await?;
    bus.wait("whom the link signs in", |tree| says(tree, "invited@example.com")).await?;
    bus.wait("the question", |tree| {
        tree.find("heading", "Sign in with this link?")?;
        tree.find("button", "Continue")?;
        tree.find("button", "Cancel").filter(|button| button.is_focused()).map(drop)
    })
    .await?;
    app.click("consent-cancel").await?;

    // What met a newer row: the focus is on the question, above the button that was pressed.
    app.sign_in(EMAIL, PASSWORD).await?;
    app.type_into("full-name", "Hedy Lamarr").await?;
    let newer = format!(
        "update public.profiles set full_name = 'Hedwig', updated_at = now() where id = '{}'",
        person.id
    );
    server.sql(&newer).await?;
    app.click("save").await?;
    bus.wait("both versions", |tree| {
        tree.find("heading", "Changed here and elsewhere").filter(|title| title.is_focused())?;
        let region = tree.all().into_iter().find(|node| node.name == "Changed here and elsewhere")?;
        region.find("button", "Keep mine")?;
        region.find("button", "Take the server’s")?;
        let text = region.text();
        (text.contains("Hedy Lamarr") && text.contains("Hedwig")).then_some(())
    })
    .await?;
    has_names(&bus).await?;
    app.click("conflict-keep-mine").await?;
    app.wait_gone("conflict").await?;

    // The circle: a dialog, what is in the circle, and what a key did to it.
    let file = desktop.path("picture.png");
    image::RgbImage::from_pixel(640, 480, image::Rgb([20, 140, 90])).save(&file)?;
    app.choose_avatar(&desktop, &file).await?;
    app.wait_focused("crop-stage").await?;
    bus.wait("the circle", |tree| {
        let dialog =
            tree.all().into_iter().find(|it| it.role == "dialog" && it.name == "Choose what is seen")?;
        let slider = dialog.all().into_iter().find(|it| it.role == "slider")?;
        assert_eq!(slider.name, "Size");
        assert_eq!(slider.attributes.get("valuetext").map(String::as_str), Some("100 percent"));
        let stage = dialog.all().into_iter().find(|node| node.name == "Your picture in the circle")?;
        (stage.is_focused() && stage.description.contains("arrow keys")).then_some(())
    })
    .await?;
    app.press("r").await?;
    bus.wait("that it is turned", |tree| says(tree, "turned by 90 degrees")).await
}

#[tokio::test]
async fn a_field_without_its_label_is_found() -> Outcome {
    let server = Server::start().await?;
    let mut desktop = Desktop::with(&server).await?;
    let bus = AccessibilityBus::start(&mut desktop).await?;
    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    bus.wait("the form", |tree| tree.find("textbox", "E-mail").map(drop)).await?;

    app.run("document.querySelector('label[for=email]').remove()", vec![]).await?;

    bus.wait("the field to be nameless", |tree| {
        let nameless = tree.nameless();
        (nameless.len() == 1 && nameless[0].starts_with("textbox")).then_some(())
    })
    .await
}
