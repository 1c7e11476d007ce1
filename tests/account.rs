//! The account form: what is saved, what is refused, what survives a lost connection.
#![cfg(target_os = "linux")]

use foyer_tests::journey::PASSWORD;
use foyer_tests::page::plain;
use foyer_tests::server::Person;
use foyer_tests::{App, Desktop, Fault, Outcome, Proxy, Server};
use serde_json::{Value, json};

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

    assert!(!app.wait_for("save").await?.is_enabled().await?, "nothing has changed yet");
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
async fn a_lost_connection_loses_nothing_that_was_typed() -> Outcome {
    let server = Server::start().await?;
    let person = server.person(EMAIL, PASSWORD).await?;
    let network = Proxy::before(&server.url).await?;
    let mut desktop = Desktop::with(&server).await?;
    desktop.set("FOYER_SUPABASE_URL", &network.url);
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    let typed = [("full-name", "Grace Hopper"), ("username", "grace"), ("website", "https://grace.example")];
    for (field, text) in typed {
        app.type_into(field, text).await?;
    }

    network.cut();
    app.click("save").await?;

    let said = app.wait_for_any(&["error", "offline", "account-error", "save-error"]).await?;
    plain(&app.text(said).await?)?;
    for (field, text) in typed {
        assert_eq!(app.value(field).await?, text);
    }
    assert_eq!(row(&server, &person).await?["username"], Value::Null);

    network.mend();
    app.click("save").await?;
    app.wait_for("saved").await?;
    assert_eq!(row(&server, &person).await?["username"], "grace");
    Ok(())
}

#[tokio::test]
async fn a_row_that_changed_elsewhere_is_not_overwritten_unseen() -> Outcome {
    let server = Server::start().await?;
    let person = server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    app.type_into("full-name", "Grace Hopper").await?;
    let id = &person.id;
    let elsewhere = "set website = 'https://elsewhere.example', updated_at = now()";
    server.sql(&format!("update public.profiles {elsewhere} where id = '{id}'")).await?;

    app.click("save").await?;

    plain(&app.text("error").await?)?;
    assert_eq!(app.value("full-name").await?, "Grace Hopper", "what was typed is there");
    app.wait_value("website", "https://elsewhere.example").await?;
    assert_eq!(row(&server, &person).await?["full_name"], Value::Null, "nothing was written unseen");

    app.click("save").await?;
    app.wait_for("saved").await?;
    let merged = json!({
        "full_name": "Grace Hopper", "username": null, "website": "https://elsewhere.example"
    });
    assert_eq!(row(&server, &person).await?, merged);
    Ok(())
}
