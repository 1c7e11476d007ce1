//! Projects that nobody set up for this app: links come back bare, or through a port of this machine.

use harness::contract::brand::{CALLBACK, PROGRAM};
use harness::contract::view::{NoticeCode, RedirectMode, SessionNoticeCode};
use harness::deadline::until;
use harness::steps::{PASSWORD, open};
use harness::{App, Browser, Desktop, Outcome, Server};

const EMAIL: &str = "mary@example.com";

#[tokio::test]
async fn a_project_that_knows_nothing_of_the_app_answers_through_a_port_that_closes_afterwards() -> Outcome {
    let server = Server::with_redirects("").await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    assert_eq!(desktop.redirect_mode().await?, RedirectMode::Loopback);

    let back = app.sign_up_until_back(&server, "Mary Jackson", EMAIL).await?;
    assert!(back.starts_with("http://127.0.0.1:"), "{back}");
    let browser = Browser::new()?;
    // Whoever else finds the port gets nowhere and ends nothing.
    let base = back.split('?').next().unwrap_or_default();
    assert!(browser.open(&format!("{base}?code=x&flow=y")).await?.page()?.contains("did not work"));
    let page = browser.open(&back).await?.page()?;

    assert!(page.contains("You are signed in") && page.contains("close this tab"), "{page}");
    app.wait_for("account-page").await?;
    assert_eq!(app.text("account-email").await?, EMAIL);
    until("the port to be closed", async || Ok(browser.open(&back).await.is_err().then_some(()))).await
}

#[tokio::test]
async fn a_port_is_opened_again_after_a_restart() -> Outcome {
    let server = Server::with_redirects("").await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    assert_eq!(desktop.redirect_mode().await?, RedirectMode::Loopback);
    let back = app.sign_up_until_back(&server, "Mary Jackson", EMAIL).await?;
    app.kill_9().await?;

    let app = App::start(&desktop).await?;
    app.wait_for("waiting-page").await?;
    Browser::new()?.open(&back).await?.page()?;

    app.wait_for("account-page").await.map(drop)
}

#[tokio::test]
async fn a_project_that_lets_only_the_bare_link_through_signs_in_all_the_same() -> Outcome {
    let server = Server::with_redirects(&format!("\"{CALLBACK}\"")).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    assert_eq!(desktop.redirect_mode().await?, RedirectMode::BareDeepLink);

    let back = app.sign_up_until_back(&server, "Mary Jackson", EMAIL).await?;
    assert!(!back.contains("flow="), "{back}");
    open(&desktop, &back).await?;

    app.wait_for("account-page").await?;
    assert_eq!(app.text("account-email").await?, EMAIL);
    Ok(())
}

#[tokio::test]
async fn a_sign_up_whose_link_does_not_come_back_comes_back_through_a_port() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    // The link was opened, and the desktop did not know what to do with where it led.
    let lost = app.sign_up_until_back(&server, "Mary Jackson", EMAIL).await?;
    assert!(lost.starts_with(CALLBACK), "{lost}");

    app.click("another-way-open").await?;
    app.click("come-back-by-port").await?;
    let back = server.follow(&server.mail_to(EMAIL).await?.link).await?;
    assert!(back.starts_with("http://127.0.0.1:"), "{back}");
    until("one sign-in to wait, at the port", async || {
        let waiting = app.states().await?.pop().map(|state| state.supabase.waiting).unwrap_or_default();
        Ok((waiting.len() == 1 && waiting[0].by_port).then_some(()))
    })
    .await?;
    assert!(app.shown("another-way-open").await?.is_none(), "there is no further way");
    let page = Browser::new()?.open(&back).await?.page()?;

    assert!(page.contains("You are signed in"), "{page}");
    app.wait_for("account-page").await?;
    assert_eq!(app.text("account-email").await?, EMAIL);
    Ok(())
}

#[tokio::test]
async fn a_provider_whose_answer_does_not_come_back_is_begun_anew_through_a_port() -> Outcome {
    let github = "\n[auth.external.github]\nenabled = true\nclient_id = \"local\"\nsecret = \"local\"\n";
    let server = Server::start_with(|config| config + github).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.click("provider-github").await?;
    desktop.browser_opened(1).await?;

    app.click("another-way-open").await?;
    app.click("come-back-by-port").await?;
    let address = desktop.browser_opened(2).await?;
    let page = Browser::new()?.decide(&address, EMAIL, true).await?.page()?;

    assert!(page.contains("You are signed in"), "{page}");
    app.wait_for("account-page").await?;
    let notice = app.next_notice(None).await?;
    assert_eq!(notice.code, NoticeCode::Session(SessionNoticeCode::SignedInByProvider));
    assert!(!app.text("notice").await?.contains("link"));
    Ok(())
}

#[tokio::test]
async fn the_way_back_is_asked_for_again_at_each_start() -> Outcome {
    let server = Server::with_redirects("").await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    assert_eq!(desktop.redirect_mode().await?, RedirectMode::Loopback);
    app.quit().await?;
    let probes = async || -> Outcome<usize> {
        Ok(server.requests()?.iter().filter(|request| request.contains("/auth/v1/verify")).count())
    };
    let before = probes().await?;

    let _app = App::start(&desktop).await?;

    until("the project to be asked again", async || Ok((probes().await? > before).then_some(()))).await
}

/// Signs up where the desktop would lose the app's links: they come back through a port all the same, and the window
/// says which way is used.
async fn comes_back_through_a_port(desktop: &Desktop, server: &Server) -> Outcome {
    let app = App::start(desktop).await?;

    let back = app.sign_up_until_back(server, "Mary Jackson", EMAIL).await?;
    assert!(back.starts_with("http://127.0.0.1:"), "{back}");
    let shown = app.states().await?.pop().and_then(|state| state.supabase.project?.redirect_mode);
    assert_eq!(shown, Some(RedirectMode::Loopback));
    assert!(Browser::new()?.open(&back).await?.page()?.contains("You are signed in"));

    app.wait_for("account-page").await?;
    // What the project lets through is another question.
    assert_eq!(desktop.redirect_mode().await?, RedirectMode::DeepLink);
    Ok(())
}

#[tokio::test]
async fn without_xdg_mime_links_come_back_through_a_port() -> Outcome {
    let server = Server::start().await?;
    let mut desktop = Desktop::with(&server).await?;
    desktop.hide("xdg-mime")?;

    comes_back_through_a_port(&desktop, &server).await
}

#[tokio::test]
async fn an_app_from_a_package_leaves_no_entry_of_its_own_behind() -> Outcome {
    let server = Server::start().await?;
    let mut desktop = Desktop::with(&server).await?;
    let own = desktop.path("data").join("applications").join(format!("{PROGRAM}-handler.desktop"));
    // The same program ran before it was installed.
    let app = App::start(&desktop).await?;
    desktop.registered().await?;
    assert!(own.exists());
    app.quit().await?;
    desktop.install_entry().await?;

    let app = App::start(&desktop).await?;
    let link = app.sign_up_until_link(&server, "Mary Jackson", EMAIL).await?;
    assert!(!own.exists(), "what the package brings is enough");
    assert!(desktop.open(&link).await?.success());

    app.wait_for("account-page").await.map(drop)
}

#[tokio::test]
async fn where_another_app_owns_the_scheme_links_come_back_through_a_port() -> Outcome {
    let server = Server::start().await?;
    let mut desktop = Desktop::with(&server).await?;
    desktop.give_links_to_another_app()?;

    comes_back_through_a_port(&desktop, &server).await
}

#[tokio::test]
async fn where_desktop_entries_lie_in_a_folder_with_a_blank_links_come_back_through_a_port() -> Outcome {
    let server = Server::start().await?;
    let mut desktop = Desktop::with(&server).await?;
    let data = desktop.path("my data");
    desktop.set("XDG_DATA_HOME", &data.to_string_lossy());

    comes_back_through_a_port(&desktop, &server).await
}

#[tokio::test]
async fn a_desktop_that_only_knows_the_generic_xdg_open_hands_links_to_the_app() -> Outcome {
    let server = Server::start().await?;
    let mut desktop = Desktop::with(&server).await?;
    desktop.set("XDG_CURRENT_DESKTOP", "");
    let app = App::start(&desktop).await?;
    desktop.registered().await?;
    let link = app.sign_up_until_link(&server, "Mary Jackson", EMAIL).await?;

    assert!(desktop.open_with(&["xdg-open"], &link).await?.success());

    app.wait_for("account-page").await.map(drop)
}

#[tokio::test]
async fn a_link_that_is_refused_is_refused_when_it_comes_again() -> Outcome {
    let server = Server::with_redirects("").await?;
    server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    assert_eq!(desktop.redirect_mode().await?, RedirectMode::Loopback);
    app.sign_in(EMAIL, PASSWORD).await?;
    app.click("nav-security").await?;
    app.open_row("email").await?;
    app.type_into("new-email", "jackson@example.com").await?;
    app.click("change-email").await?;
    app.wait_for("waiting-email").await?;
    let back = server.follow(&server.mail_to(EMAIL).await?.link).await?;
    let base = back.split(['?', '#']).next().unwrap_or_default();
    let refused = format!("{base}?code=x&flow=y");
    let browser = Browser::new()?;

    for _ in 0..2 {
        let page = browser.open(&refused).await?.page()?;
        assert!(page.contains("did not work"), "{page}");
    }
    Ok(())
}
