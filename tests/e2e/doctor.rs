//! The check of the connection: in a terminal before and after the app's first start, and in the window.

use harness::contract::brand::NAME;
use harness::contract::variable;
use harness::{App, Desktop, Fault, Outcome, Server};
use serde_json::Value;

/// The finding of each line in what the app prints with `--doctor --json`.
fn finding(printed: &str, check: &str) -> Outcome<String> {
    let report: Value = serde_json::from_str(printed)?;
    let lines = report["checks"].as_array().ok_or_else(|| Fault::new("no checks"))?;
    let line = lines.iter().find(|line| line["check"] == check);
    let line = line.ok_or_else(|| Fault::new(format!("no line {check}: {printed}")))?;
    Ok(line["finding"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn the_terminal_says_what_the_machine_lacks_and_makes_no_folder() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;

    let (status, printed) = desktop.run_app_with(&["--doctor", "--json"]).await?;

    assert_eq!(status.code(), Some(0), "{printed}");
    for (check, expected) in [
        ("server", "good"),
        ("redirect", "good"),
        ("profiles", "good"),
        ("links", "links_nowhere"),
        ("keychain", "keychain_absent"),
        ("session_bus", "good"),
        ("webview", "good"),
    ] {
        assert_eq!(finding(&printed, check)?, expected, "{check}: {printed}");
    }
    assert!(!desktop.data_dir().exists(), "the check has made the data folder");
    assert!(!printed.contains(&server.anon_key) && !printed.contains(&server.url), "{printed}");
    Ok(())
}

#[tokio::test]
async fn a_secret_key_in_the_environment_is_refused_before_anything_is_sent() -> Outcome {
    let server = Server::start().await?;
    let mut desktop = Desktop::with(&server).await?;
    desktop.set(variable!("SUPABASE_KEY"), "sb_secret_canary-of-a-secret-key");

    let (status, printed) = desktop.run_app_with(&["--doctor"]).await?;

    assert_eq!(status.code(), Some(1), "{printed}");
    assert!(printed.contains("This is a secret key") && !printed.contains("canary"), "{printed}");
    assert!(server.requests_of_the_app()?.is_empty(), "something was sent");
    Ok(())
}

#[tokio::test]
async fn a_captcha_that_the_environment_names_is_asked_for_by_nobody_else() -> Outcome {
    let captcha = "\n[auth.captcha]\nenabled = true\nprovider = \"hcaptcha\"\nsecret = \"local\"\n";
    let server = Server::start_with(|config| config + captcha).await?;
    let mut desktop = Desktop::with(&server).await?;
    let (_, printed) = desktop.run_app_with(&["--doctor", "--json"]).await?;
    assert_eq!(finding(&printed, "captcha")?, "captcha_asked", "{printed}");

    desktop.set(variable!("CAPTCHA"), "hcaptcha:10000000-ffff-ffff-ffff-000000000001");
    let (_, printed) = desktop.run_app_with(&["--doctor", "--json"]).await?;

    let (_, report) = printed.split_at(printed.rfind("\n{").map_or(0, |at| at + 1));
    assert_eq!(finding(report, "captcha")?, "good", "{printed}");
    Ok(())
}

#[tokio::test]
async fn without_a_bus_and_without_a_project_the_terminal_says_so() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::new().await?;
    let (status, printed) = desktop.run_app_with(&["--doctor"]).await?;
    assert_eq!(status.code(), Some(2), "{printed}");
    assert!(printed.contains(&format!("{NAME} knows no project")), "{printed}");

    let mut half = desktop;
    half.set(variable!("SUPABASE_URL"), &server.url);
    let (status, printed) = half.run_app_with(&["--doctor"]).await?;
    assert_eq!(status.code(), Some(2), "{printed}");
    let said = concat!(variable!("SUPABASE_KEY"), " is not set, but ", variable!("SUPABASE_URL"), " is");
    assert!(printed.contains(said), "{printed}");

    let mut alone = Desktop::without_bus().await?;
    alone.connect(&server);
    let (_, printed) = alone.run_app_with(&["--doctor", "--json"]).await?;
    assert_eq!(finding(&printed, "session_bus")?, "bus_absent", "{printed}");
    Ok(())
}

#[tokio::test]
async fn the_window_checks_line_by_line_and_copies_what_to_do() -> Outcome {
    let server = Server::start().await?;
    server.sql("drop function public.delete_account()").await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.click("nav-settings").await?;

    app.click("check-start").await?;

    app.wait_for("check-delete_account").await?;
    app.wait_text("check-sum", |text| text == "One problem found.").await?;
    let said = app.text("check-delete_account").await?;
    assert!(said.contains("Problem") && said.contains("SQL editor"), "{said}");
    let links = app.text("check-links").await?;
    assert!(links.contains("In order."), "the app has registered itself by now: {links}");
    app.click("check-copy").await?;
    app.wait_for("check-copied").await?;

    server.sql("create function public.delete_account() returns void language sql as 'select'").await?;
    app.click("check-start").await?;
    app.wait_text("check-sum", |text| text == "No problem found.").await?;
    app.quit().await
}
