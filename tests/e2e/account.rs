//! The account form: what is saved, what is refused, what survives a lost connection.

use harness::page::plain;
use harness::photo::write_with_gps;
use harness::server::Person;
use harness::steps::PASSWORD;
use harness::{App, Desktop, Fault, Outcome, Server};
use serde_json::{Value, json};
use thirtyfour::Key;

const EMAIL: &str = "grace@example.com";

async fn row(server: &Server, person: &Person) -> Outcome<Value> {
    let id = &person.id;
    let query = format!("select full_name, username, website from public.profiles where id = '{id}'");
    server.sql(&query).await?.into_iter().next().ok_or_else(|| Fault::new("there is no profile"))
}

#[tokio::test]
async fn what_is_saved_is_in_the_database_and_what_is_refused_is_said_on_its_field() -> Outcome {
    let server = Server::start().await?;
    let person = server.person(EMAIL, PASSWORD).await?;
    let other = server.person("taken@example.com", PASSWORD).await?;
    server.sql(&format!("update public.profiles set username = 'admiral' where id = '{}'", other.id)).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;

    assert!(!app.is_enabled("save").await?, "nothing has changed yet");
    app.type_into("full-name", "Grace Hopper").await?;
    app.type_into("username", "grace").await?;
    app.type_into("website", "https://grace.example").await?;
    app.click("save").await?;
    app.wait_for("saved").await?;
    let saved =
        json!({ "full_name": "Grace Hopper", "username": "grace", "website": "https://grace.example" });
    assert_eq!(row(&server, &person).await?, saved);

    app.type_into("full-name", "Grace B. Hopper").await?;
    for refused in ["admiral", "ab"] {
        app.type_into("username", refused).await?;
        app.click("save").await?;
        plain(&app.text("field-error-username").await?)?;
        assert_eq!(app.value("username").await?, refused);
        assert_eq!(app.value("full-name").await?, "Grace B. Hopper");
        assert_eq!(row(&server, &person).await?, saved);
    }

    app.type_into("username", "amazing").await?;
    app.click("save").await?;
    app.wait_for("saved").await?;
    let saved =
        json!({ "full_name": "Grace B. Hopper", "username": "amazing", "website": "https://grace.example" });
    assert_eq!(row(&server, &person).await?, saved);
    Ok(())
}

#[tokio::test]
async fn a_short_username_is_refused_by_the_backend_even_if_the_page_let_it_through() -> Outcome {
    let server = Server::start().await?;
    let person = server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    app.wait_for("username").await?;

    let profile = json!({ "full_name": "Grace", "username": "ab", "website": "" });
    let answer = app.invoke("save_profile", json!({ "request": { "profile": profile } })).await?;

    assert_eq!(answer["error"]["code"], "username_too_short", "{answer}");
    assert_eq!(answer["error"]["field"], "username");
    assert_eq!(row(&server, &person).await?["username"], Value::Null);
    Ok(())
}

#[tokio::test]
async fn what_is_saved_or_chosen_from_another_page_is_seen_on_the_account_page() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    for (username, outcome) in [("ab", "field-error-username"), ("grace", "saved")] {
        app.type_into("username", username).await?;
        app.click("nav-security").await?;
        app.click("leaving-go").await?;
        app.wait_for("security-page").await?;

        app.chord(&[Key::Control], 's').await?;
        app.wait_for(outcome).await?;
        if username == "ab" {
            app.wait_focused("username").await?;
        }
    }

    let photo = desktop.path("photo.jpg");
    write_with_gps(&photo)?;
    desktop.pick(&photo)?;
    app.click("nav-security").await?;
    app.wait_for("security-page").await?;
    app.click("command-menu-open").await?;
    app.click("menu-choosepicture").await?;
    app.wait_focused("crop-stage").await
}

#[tokio::test]
async fn no_picture_is_offered_where_the_project_has_no_place_for_it() -> Outcome {
    let server = Server::start().await?;
    server.person(EMAIL, PASSWORD).await?;
    server.sql("alter table public.profiles drop column avatar_url").await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    app.wait_for("missing-schema").await?;

    app.click("command-menu-open").await?;
    app.wait_for("menu-security").await?;
    assert!(app.shown("menu-choosepicture").await?.is_none());
    Ok(())
}
