//! The route guard: while nobody is signed in no private command and no picture answers, whatever the page asks; what
//! anyone may read does.

use harness::steps::PASSWORD;
use harness::{App, Desktop, Outcome, Server};
use serde_json::json;

const EMAIL: &str = "hidden@example.com";

#[tokio::test]
async fn no_private_command_and_no_picture_answers_while_signed_out() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    let before = server.requests_of_the_app()?;
    let id = "6f1c7a0e-0000-4000-8000-000000000001";
    let profile = json!({ "full_name": "", "username": "", "website": "" });
    let private = [
        ("load_account", json!({})),
        ("save_profile", json!({ "profile": profile })),
        ("find_draft", json!({})),
        ("resolve_edit", json!({ "keep": "mine" })),
        ("copy_sql", json!({ "adds": "profile" })),
        ("choose_avatar", json!({})),
        ("paste_avatar", json!({ "is_typing": false })),
        ("take_dropped_avatar", json!({})),
        (
            "crop_avatar",
            json!({ "id": "x", "crop": { "x": 0.5, "y": 0.5, "side": 1.0, "quarter_turns": 0 } }),
        ),
        ("upload_avatar", json!({ "id": "x" })),
        ("restore_avatar", json!({})),
        ("remove_avatar", json!({})),
        ("plugin:supabase-session|mfa_verify", json!({ "factor": id, "code": "123456" })),
        (
            "plugin:supabase-session|update_user_password",
            json!({ "password": PASSWORD, "current": null, "nonce": null }),
        ),
        ("plugin:supabase-session|update_user_email", json!({ "email": EMAIL })),
        ("plugin:supabase-session|mfa_enroll", json!({})),
        ("plugin:supabase-session|mfa_unenroll", json!({ "factor": id })),
        ("plugin:supabase-session|link_identity", json!({ "provider": "github" })),
        ("plugin:supabase-session|unlink_identity", json!({ "id": id })),
        ("sign_out_others", json!({})),
        ("delete_account", json!({ "confirmation": EMAIL })),
    ];

    for (command, request) in private {
        let answer = app.invoke(command, json!({ "request": request })).await?;
        assert_eq!(answer["error"]["code"], "signed_out", "{command}: {answer}");
    }
    for picture in ["current/0011223344556677", "preview/x", "current/../current/x"] {
        let script = "const done = arguments[1]; const image = new Image();
            image.onload = () => done('shown'); image.onerror = () => done('refused');
            image.src = 'avatar://localhost/' + arguments[0];";
        assert_eq!(app.run_async(script, vec![json!(picture)]).await?, json!("refused"), "{picture}");
    }
    assert_eq!(server.requests_of_the_app()?, before, "nothing was sent");
    Ok(())
}

#[tokio::test]
async fn what_anyone_may_read_can_be_looked_up_without_an_account() -> Outcome {
    let server = Server::start().await?;
    let person = server.person(EMAIL, PASSWORD).await?;
    let change = "set username = 'ada', full_name = 'Ada Lovelace', website = 'https://ada.example'";
    server.sql(&format!("update public.profiles {change} where id = '{}'", person.id)).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;

    app.click("public-profile-open").await?;
    app.type_into("public-profile-username", "ada").await?;
    app.click("public-profile-submit").await?;
    app.wait_text("public-profile", |text| text.contains("Ada Lovelace")).await?;
    app.type_into("public-profile-username", "nobody").await?;
    app.click("public-profile-submit").await?;

    app.wait_text("public-profile", |text| !text.is_empty() && !text.contains("Ada")).await.map(drop)
}
