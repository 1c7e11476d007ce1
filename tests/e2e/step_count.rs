//! How many steps the tasks of `docs/ux-comparison.md` take, counted by the hand that drives the real window. The
//! figures in that document are these.
//!
//! * A press: a button, by the mouse or by Enter, and a field that has to be clicked because Tab does not lead to it.
//! * A field: something that is typed.
//! * Elsewhere: a press outside of the window, on the link of a mail or on a file in the system's dialog.

use std::fs;
use std::path::Path;

use harness::deadline::until;
use harness::page::plain;
use harness::photo::write_with_gps;
use harness::steps::{PASSWORD, open};
use harness::{App, Desktop, Fault, Outcome, Server};
use serde_json::json;
use thirtyfour::Key;

const EMAIL: &str = "mae@example.com";
const NEW_EMAIL: &str = "mae.jemison@example.com";
const NEW_PASSWORD: &str = "another-correct-horse";

/// A person's hand on the window.
struct Hand<'a> {
    app: &'a App,
    desktop: &'a Desktop,
    server: &'a Server,
    presses: u32,
    fields: u32,
    elsewhere: u32,
}

impl<'a> Hand<'a> {
    fn on(app: &'a App, desktop: &'a Desktop, server: &'a Server) -> Self {
        Self { app, desktop, server, presses: 0, fields: 0, elsewhere: 0 }
    }

    async fn press(&mut self, id: &str) -> Outcome {
        self.presses += 1;
        self.app.click(id).await
    }

    async fn enter(&mut self) -> Outcome {
        self.presses += 1;
        self.app.chord(&[], Key::Enter).await
    }

    /// Types into a field: where the focus is already, after a Tab, or else after a click.
    async fn fill_in(&mut self, id: &str, text: &str) -> Outcome {
        self.app.wait_for(id).await?;
        if self.app.focused().await?.testid != id {
            self.app.chord(&[], Key::Tab).await?;
        }
        if self.app.focused().await?.testid != id {
            self.press(id).await?;
        }
        self.fields += 1;
        self.app.retype(text).await
    }

    async fn open_mail(&mut self, email: &str) -> Outcome {
        self.elsewhere += 1;
        let link = self.server.follow(&self.server.mail_to(email).await?.link).await?;
        open(self.desktop, &link).await
    }

    /// Chooses a picture, keeps the middle of it and waits until it is the account's.
    async fn change_picture(&mut self) -> Outcome {
        let photo = self.desktop.path("photo.jpg");
        write_with_gps(&photo)?;
        self.desktop.pick(&photo)?;
        self.press("avatar-choose").await?;
        self.elsewhere += 1;
        self.press("crop-apply").await?;
        until("the picture to be the account's", async || {
            let named = self.server.value("select avatar_url from public.profiles").await?;
            Ok(named.filter(|path| !path.is_empty()))
        })
        .await?;
        self.app.avatar_size().await.map(drop)
    }

    /// The document's row of a task says these figures.
    fn is_documented_as(&self, task: &str) -> Outcome {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/ux-comparison.md");
        let row = format!("| {task} | {} | {} | {} |", self.presses, self.fields, self.elsewhere);
        if fs::read_to_string(page)?.contains(&row) {
            return Ok(());
        }
        Err(Fault::new(format!("docs/ux-comparison.md has no row \"{row}\"")))
    }
}

#[tokio::test]
async fn from_the_first_start_to_an_account_with_a_picture() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::new().await?;
    let app = App::start(&desktop).await?;
    let mut hand = Hand::on(&app, &desktop, &server);

    hand.fill_in("connect-url", &server.url).await?;
    hand.fill_in("connect-key", &server.anon_key).await?;
    hand.enter().await?;
    app.wait_for("sign-in-page").await?;
    hand.is_documented_as("Name the project")?;

    let mut hand = Hand::on(&app, &desktop, &server);
    hand.press("tab-sign-up").await?;
    hand.fill_in("full-name", "Mae Jemison").await?;
    hand.fill_in("email", EMAIL).await?;
    hand.fill_in("password", PASSWORD).await?;
    hand.enter().await?;
    app.wait_for("waiting-page").await?;
    hand.open_mail(EMAIL).await?;
    app.wait_for("account-page").await?;
    hand.change_picture().await?;

    hand.is_documented_as("First sign-in, to an account with a picture")
}

#[tokio::test]
async fn a_forgotten_password() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    let mut hand = Hand::on(&app, &desktop, &server);

    hand.fill_in("email", EMAIL).await?;
    hand.press("forgot-password").await?;
    app.wait_for("waiting-page").await?;
    hand.open_mail(EMAIL).await?;
    hand.fill_in("new-password", NEW_PASSWORD).await?;
    hand.enter().await?;
    app.wait_for("account-page").await?;

    hand.is_documented_as("Forgotten password")
}

#[tokio::test]
async fn another_picture_and_another_address() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    let mut hand = Hand::on(&app, &desktop, &server);

    hand.change_picture().await?;
    hand.is_documented_as("Change the picture")?;

    let mut hand = Hand::on(&app, &desktop, &server);
    hand.press("nav-security").await?;
    hand.press("open-email").await?;
    hand.fill_in("new-email", NEW_EMAIL).await?;
    hand.enter().await?;
    app.wait_for("waiting-email").await?;
    hand.open_mail(EMAIL).await?;
    hand.open_mail(NEW_EMAIL).await?;
    app.wait_gone("waiting-email").await?;

    hand.is_documented_as("Change the address")
}

#[tokio::test]
async fn the_network_goes_while_something_is_saved_and_somebody_else_ends_the_session() -> Outcome {
    let server = Server::start().await?;
    let person = server.person(EMAIL, PASSWORD).await?;
    let (desktop, network) = Desktop::with_network(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    app.click("full-name").await?;
    let mut hand = Hand::on(&app, &desktop, &server);

    hand.fill_in("full-name", "Mae Carol Jemison").await?;
    network.cut();
    hand.enter().await?;
    app.wait_for("queued").await?;
    network.mend();
    app.wait_gone("queued").await?;
    assert_eq!(server.profile(&person, "full_name").await?.as_deref(), Some("Mae Carol Jemison"));
    hand.is_documented_as("The network goes while something is saved")?;

    let hand = Hand::on(&app, &desktop, &server);
    server.sql("delete from auth.sessions").await?;
    // No step of the person's: the next request of the app finds it out.
    app.invoke("sign_out_others", json!({ "request": {} })).await?;
    plain(&app.text("sign-out-cause").await?)?;
    hand.is_documented_as("Why was I signed out?")
}
