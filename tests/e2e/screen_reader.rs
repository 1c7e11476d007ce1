//! The main job as a screen reader meets it: the accessibility tree of the real window, read over AT-SPI.

use harness::at_spi::{AccessibilityBus, Node};
use harness::contract::brand::NAME;
use harness::steps::PASSWORD;
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
