//! What is typed in the account form and not saved: it survives a crash, and whoever leaves it is asked.

use harness::deadline::until;
use harness::recorder::Crossed;
use harness::server::Person;
use harness::steps::PASSWORD;
use harness::{App, Desktop, Outcome, Server};

const EMAIL: &str = "dorothy@example.com";

struct Begun {
    server: Server,
    desktop: Desktop,
    app: App,
    person: Person,
}

async fn begun() -> Outcome<Begun> {
    let server = Server::start().await?;
    let person = server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    app.wait_for("full-name").await?;
    Ok(Begun { server, desktop, app, person })
}

impl Begun {
    async fn full_name(&self) -> Outcome<Option<String>> {
        self.server.profile(&self.person, "full_name").await
    }

    fn drafts(&self) -> Outcome<usize> {
        Ok(self.desktop.entries("drafts")?.iter().filter(|entry| !entry.is_folder).count())
    }

    /// Asks the window to close, as its frame's button does.
    fn close_window(&self) -> Outcome {
        let display = self.desktop.display()?;
        display.windows()?.into_iter().try_for_each(|window| display.close(window))
    }

    /// Types a name and waits until the backend has kept the whole of it.
    async fn type_and_keep(&self, name: &str) -> Outcome {
        self.app.type_into("full-name", name).await?;
        let is_told = |crossed: &Crossed| matches!(crossed, Crossed::Out(text) if text.contains("keep_draft") && text.contains(name));
        until("the draft to be kept", async || {
            let crossed = self.app.crossed().await?;
            let told = crossed.iter().position(is_told);
            Ok(told.filter(|at| crossed[*at..].contains(&Crossed::In("null".to_owned()))))
        })
        .await
        .map(drop)
    }
}

#[tokio::test]
async fn what_was_typed_is_there_after_a_kill_sealed_until_then_and_gone_once_it_is_saved() -> Outcome {
    let mut begun = begun().await?;
    begun.type_and_keep("Dorothy Vaughan").await?;
    assert_eq!(begun.drafts()?, 1);
    assert!(!begun.desktop.content("drafts")?.contains("Vaughan"), "sealed");
    begun.app.kill_9().await?;

    begun.app = App::start(&begun.desktop).await?;
    begun.app.wait_for("restored").await?;
    assert_eq!(begun.app.value("full-name").await?, "Dorothy Vaughan");
    assert_eq!(begun.full_name().await?, None, "nothing was saved");
    begun.app.click("save").await?;
    begun.app.wait_for("saved").await?;

    assert_eq!(begun.full_name().await?.as_deref(), Some("Dorothy Vaughan"));
    until("the draft to be forgotten", async || Ok((begun.drafts()? == 0).then_some(()))).await?;
    begun.app.kill_9().await?;
    begun.app = App::start(&begun.desktop).await?;
    begun.app.wait_value("full-name", "Dorothy Vaughan").await?;
    assert!(begun.app.shown("restored").await?.is_none() && begun.app.shown("unsaved").await?.is_none());
    Ok(())
}

#[tokio::test]
async fn a_draft_over_a_row_that_changed_elsewhere_asks_which_of_the_two_stays() -> Outcome {
    let mut begun = begun().await?;
    begun.type_and_keep("Dorothy Vaughan").await?;
    begun.app.kill_9().await?;
    let change = format!(
        "update public.profiles set full_name = 'D. J. Vaughan', updated_at = now() where id = '{}'",
        begun.person.id
    );
    begun.server.sql(&change).await?;

    begun.app = App::start(&begun.desktop).await?;
    begun.app.wait_value("full-name", "Dorothy Vaughan").await?;
    begun.app.click("save").await?;
    begun.app.wait_for("conflict-keep-mine").await?;
    let both = begun.app.text("conflict").await?;
    assert!(both.contains("Dorothy Vaughan") && both.contains("D. J. Vaughan"), "{both}");
    assert_eq!(begun.full_name().await?.as_deref(), Some("D. J. Vaughan"), "nothing is written unseen");
    Ok(())
}

#[tokio::test]
async fn going_to_another_page_asks_and_loses_nothing() -> Outcome {
    let begun = begun().await?;
    let app = &begun.app;
    app.click("nav-security").await?;
    app.wait_for("security-page").await?;
    app.click("nav-account").await?;
    app.type_into("full-name", "Dorothy Vaughan").await?;

    app.click("nav-security").await?;
    app.says_a_plain_sentence("leaving-dialog").await?;
    app.click("leaving-stay").await?;
    app.wait_gone("leaving-dialog").await?;
    app.click("nav-security").await?;
    app.click("leaving-go").await?;
    app.wait_for("security-page").await?;
    app.click("nav-account").await?;
    assert_eq!(app.value("full-name").await?, "Dorothy Vaughan");

    app.type_into("username", "ab").await?;
    app.click("nav-security").await?;
    app.click("leaving-save").await?;
    // What cannot be saved is not left.
    app.wait_for("field-error-username").await?;
    app.type_into("username", "dorothy").await?;
    app.click("nav-security").await?;
    app.click("leaving-save").await?;
    app.wait_for("security-page").await?;
    assert_eq!(begun.full_name().await?.as_deref(), Some("Dorothy Vaughan"));
    Ok(())
}

#[tokio::test]
async fn what_is_typed_is_seen_again_where_the_page_begins_anew() -> Outcome {
    let begun = begun().await?;
    begun.type_and_keep("Dorothy Vaughan").await?;

    begun.app.run("location.reload();", vec![]).await?;
    begun.app.wait_for("restored").await?;

    assert_eq!(begun.app.value("full-name").await?, "Dorothy Vaughan");
    assert_eq!(begun.full_name().await?, None, "nothing was saved");
    Ok(())
}

#[tokio::test]
async fn closing_the_window_asks_once_and_a_second_wish_is_followed() -> Outcome {
    let mut begun = begun().await?;
    begun.type_and_keep("Dorothy Vaughan").await?;

    begun.close_window()?;
    begun.app.says_a_plain_sentence("leaving-dialog").await?;
    begun.app.click("leaving-stay").await?;
    begun.app.wait_gone("leaving-dialog").await?;
    begun.close_window()?;
    begun.app.wait_for("leaving-dialog").await?;
    begun.close_window()?;
    until("the app to end", async || Ok((begun.desktop.running_apps()? == 0).then_some(()))).await?;

    drop(begun.app);
    begun.app = App::start(&begun.desktop).await?;
    begun.app.wait_for("restored").await?;
    assert_eq!(begun.app.value("full-name").await?, "Dorothy Vaughan");
    begun.app.click("revert").await?;
    until("the draft to be forgotten", async || Ok((begun.drafts()? == 0).then_some(()))).await?;
    begun.close_window()?;
    until("the app to end", async || Ok((begun.desktop.running_apps()? == 0).then_some(()))).await
}

#[tokio::test]
async fn while_a_username_is_typed_it_is_said_whether_it_is_taken_and_others_see_what_is_saved() -> Outcome {
    let begun = begun().await?;
    let app = &begun.app;
    let other = begun.server.person("taken@example.com", PASSWORD).await?;
    let taken = format!("update public.profiles set username = 'admiral' where id = '{}'", other.id);
    begun.server.sql(&taken).await?;

    app.type_into("username", "admiral").await?;
    app.wait_for("username-taken").await?;
    assert!(app.is_enabled("save").await?, "saving does not depend on it");
    app.type_into("username", "dorothy").await?;
    app.wait_for("username-free").await?;
    assert!(app.shown("username-taken").await?.is_none());
    app.click("save").await?;
    app.wait_for("saved").await?;
    assert!(app.shown("username-free").await?.is_none(), "it is one's own by now");

    app.click("public-own-look").await?;
    let seen = app.wait_text("public-own", |text| text.contains("dorothy")).await?;
    assert!(!seen.contains(EMAIL), "{seen}");
    Ok(())
}
