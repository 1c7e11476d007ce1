//! What happens without a network: the account is shown as it was last seen, edits wait and are sent, and one that met
//! a newer row asks which of the two stays.

use harness::contract::view::NoticeCode;
use harness::deadline::until;
use harness::server::Person;
use harness::steps::PASSWORD;
use harness::{App, Desktop, Fault, Outcome, Proxy, Server};

const EMAIL: &str = "mae@example.com";

struct Begun {
    server: Server,
    network: Proxy,
    desktop: Desktop,
    app: App,
    person: Person,
}

/// Somebody is signed in through a network that can be cut.
async fn begun() -> Outcome<Begun> {
    let server = Server::start().await?;
    let person = server.person(EMAIL, PASSWORD).await?;
    let (desktop, network) = Desktop::with_network(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    Ok(Begun { server, network, desktop, app, person })
}

impl Begun {
    /// What the database says of a column.
    async fn column(&self, name: &str) -> Outcome<Option<String>> {
        self.server.profile(&self.person, name).await
    }

    /// Types a name and saves it without a network.
    async fn save_offline(&self, name: &str) -> Outcome {
        self.app.type_into("full-name", name).await?;
        self.network.cut();
        self.app.click("save").await?;
        self.app.wait_for("queued").await.map(drop)
    }

    /// Another device writes the row.
    async fn change_elsewhere(&self, what: &str) -> Outcome {
        let id = &self.person.id;
        let change = format!("update public.profiles set {what}, updated_at = now() where id = '{id}'");
        self.server.sql(&change).await.map(drop)
    }
}

#[tokio::test]
async fn what_was_saved_offline_is_kept_and_sent_on_return() -> Outcome {
    let begun = begun().await?;

    begun.save_offline("Mae Jemison").await?;
    assert_eq!(begun.app.value("full-name").await?, "Mae Jemison");
    assert_eq!(begun.column("full_name").await?, None);
    begun.network.mend();

    begun.app.wait_gone("queued").await?;
    assert_eq!(begun.column("full_name").await?.as_deref(), Some("Mae Jemison"));
    assert_eq!(begun.app.next_notice(None).await?.code, NoticeCode::EditSent);
    Ok(())
}

#[tokio::test]
async fn an_edit_that_met_a_newer_row_survives_a_restart_and_mine_can_stay() -> Outcome {
    let mut begun = begun().await?;

    begun.save_offline("Mae Jemison").await?;
    begun.change_elsewhere("full_name = 'Mae Carol', website = 'https://mae.example'").await?;
    begun.app.kill_9().await?;
    begun.network.mend();
    begun.app = App::start(&begun.desktop).await?;
    begun.app.click("conflict-keep-mine").await?;

    begun.app.wait_gone("conflict-keep-mine").await?;
    begun.app.wait_for("saved").await?;
    assert_eq!(begun.column("full_name").await?.as_deref(), Some("Mae Jemison"));
    assert_eq!(
        begun.column("website").await?.as_deref(),
        Some("https://mae.example"),
        "nobody touched it here"
    );
    Ok(())
}

#[tokio::test]
async fn an_edit_that_met_a_newer_row_can_give_way_to_theirs() -> Outcome {
    let begun = begun().await?;

    begun.app.type_into("full-name", "Mae Jemison").await?;
    begun.change_elsewhere("full_name = 'Mae Carol'").await?;
    begun.app.click("save").await?;
    begun.app.wait_for("conflict-keep-mine").await?;
    assert_eq!(begun.column("full_name").await?.as_deref(), Some("Mae Carol"), "nothing is written unseen");
    begun.app.click("conflict-take-theirs").await?;

    begun.app.wait_gone("conflict-take-theirs").await?;
    begun.app.wait_value("full-name", "Mae Carol").await?;
    assert_eq!(begun.column("full_name").await?.as_deref(), Some("Mae Carol"));
    Ok(())
}

#[tokio::test]
async fn an_edit_that_the_server_refuses_goes_back_into_the_form_with_its_sentence() -> Outcome {
    let mut begun = begun().await?;
    let other = begun.server.person("other@example.com", PASSWORD).await?;
    begun.app.type_into("username", "stargazer").await?;
    begun.save_offline("Mae Jemison").await?;
    let taken = format!("update public.profiles set username = 'stargazer' where id = '{}'", other.id);
    begun.server.sql(&taken).await?;
    begun.network.mend();

    begun.app.wait_for("field-error-username").await?;
    for started_again in [false, true] {
        if started_again {
            begun.app.kill_9().await?;
            begun.app = App::start(&begun.desktop).await?;
        }
        begun.app.wait_for("field-error-username").await?;
        assert_eq!(begun.app.value("username").await?, "stargazer");
        assert_eq!(begun.app.value("full-name").await?, "Mae Jemison");
    }
    begun.app.type_into("username", "astronaut").await?;
    begun.app.click("save").await?;
    begun.app.wait_for("saved").await?;
    assert_eq!(begun.column("username").await?.as_deref(), Some("astronaut"));
    assert_eq!(begun.column("full_name").await?.as_deref(), Some("Mae Jemison"));
    Ok(())
}

#[tokio::test]
async fn an_offline_start_with_an_expired_token_shows_the_account_and_signs_nobody_out() -> Outcome {
    let mut begun = begun().await?;
    begun.app.wait_for("full-name").await?;
    begun.app.kill_9().await?;
    let before = tokens(&begun.server)?;
    begun.network.cut();
    expire(&begun.desktop)?;

    begun.app = App::start(&begun.desktop).await?;
    begun.app.wait_for("offline").await?;
    assert_eq!(begun.app.text("account-email").await?, EMAIL);
    begun.network.mend();
    // As the desktop tells every page when the network is back.
    begun.app.run("window.dispatchEvent(new Event('online'))", vec![]).await?;

    begun.app.wait_gone("offline").await?;
    assert_eq!(tokens(&begun.server)?, before + 1, "one refresh was enough");
    Ok(())
}

/// How often tokens were asked for.
fn tokens(server: &Server) -> Outcome<usize> {
    Ok(server.requests()?.iter().filter(|request| request.contains("/auth/v1/token")).count())
}

/// Makes the stored access token one that ended an hour ago.
fn expire(desktop: &Desktop) -> Outcome {
    desktop.change_session(|session| {
        let ends = session["expires_at"].as_u64().ok_or_else(|| Fault::new("the session has no end"))?;
        session["expires_at"] = (ends - 7200).into();
        Ok(())
    })
}

#[tokio::test]
async fn a_network_that_returns_is_noticed_when_the_page_says_so() -> Outcome {
    let begun = begun().await?;
    begun.save_offline("Mae Jemison").await?;
    begun.network.mend();

    begun.app.run("window.dispatchEvent(new Event('online'))", vec![]).await?;

    until("the edit to arrive", async || Ok(begun.column("full_name").await?)).await.map(drop)
}
