//! The ways in beside the password: a link without one, a new password, a typed code, a pasted link, an invitation, no
//! account at all.

use harness::contract::brand::CALLBACK;
use harness::contract::variable;
use harness::contract::view::{NoticeCode, SessionNoticeCode};
use harness::deadline::until;
use harness::page::plain;
use harness::steps::{PASSWORD, open};
use harness::{App, Browser, Desktop, Outcome, Server};

const EMAIL: &str = "lovelace@example.com";
const NAME: &str = "Ada Lovelace";
const NEW_PASSWORD: &str = "another-canary-password";

async fn begun() -> Outcome<(Server, Desktop, App)> {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    Ok((server, desktop, app))
}

#[tokio::test]
async fn a_link_signs_in_without_a_password_and_opens_an_account_where_there_was_none() -> Outcome {
    let (server, desktop, app) = begun().await?;

    app.click("tab-magic-link").await?;
    app.type_into("email", EMAIL).await?;
    app.click("submit").await?;
    assert_eq!(app.wait_text("waiting-email", |text| !text.is_empty()).await?, EMAIL);
    let link = server.follow(&server.mail_to(EMAIL).await?.link).await?;
    open(&desktop, &link).await?;

    app.wait_for("account-page").await?;
    assert_eq!(app.text("account-email").await?, EMAIL);
    Ok(())
}

#[tokio::test]
async fn a_recovery_link_leads_to_a_new_password_and_that_is_the_one_from_then_on() -> Outcome {
    let (server, desktop, app) = begun().await?;
    server.person(EMAIL, PASSWORD).await?;

    app.wait_for("sign-in-page").await?;
    app.type_into("email", EMAIL).await?;
    app.click("forgot-password").await?;
    app.wait_for("waiting-page").await?;
    let link = server.follow(&server.mail_to(EMAIL).await?.link).await?;
    open(&desktop, &link).await?;
    app.wait_for("new-password-page").await?;
    app.type_into("new-password", "short").await?;
    app.click("submit").await?;
    plain(&app.text("field-error-new-password").await?)?;
    app.type_into("new-password", NEW_PASSWORD).await?;
    app.click("submit").await?;

    app.wait_for("account-page").await?;
    app.click("sign-out").await?;
    app.sign_in(EMAIL, NEW_PASSWORD).await
}

#[tokio::test]
async fn the_code_from_the_mail_does_instead_of_the_link_and_a_wrong_one_harms_nothing() -> Outcome {
    let (server, _desktop, app) = begun().await?;

    app.sign_up("Ada Lovelace", EMAIL, PASSWORD).await?;
    app.wait_for("waiting-page").await?;
    let code = server.mail_to(EMAIL).await?.code;
    let wrong = if code == "000000" { "111111" } else { "000000" };
    app.type_into("code", wrong).await?;
    app.click("code-submit").await?;
    plain(&app.text("field-error-code").await?)?;
    app.type_into("code", &format!("{} {}", &code[..3], &code[3..])).await?;
    app.click("code-submit").await?;

    app.wait_for("account-page").await?;
    assert_eq!(app.text("account-email").await?, EMAIL);
    Ok(())
}

#[tokio::test]
async fn the_mails_own_link_may_be_pasted() -> Outcome {
    let (server, _desktop, app) = begun().await?;

    app.sign_up("Ada Lovelace", EMAIL, PASSWORD).await?;
    app.wait_for("waiting-page").await?;
    let mail = server.mail_to(EMAIL).await?;
    app.click("paste-link-open").await?;
    app.type_into("paste-link", "https://example.com/nonsense").await?;
    app.click("paste-link-submit").await?;
    assert_eq!(app.next_notice(None).await?.code, NoticeCode::Session(SessionNoticeCode::LinkMalformed));
    app.type_into("paste-link", &mail.link).await?;
    app.click("paste-link-submit").await?;

    app.wait_for("account-page").await?;
    assert_eq!(app.text("account-email").await?, EMAIL);
    Ok(())
}

#[tokio::test]
async fn a_link_out_of_a_mails_source_behind_a_gateway_is_pasted_as_it_is() -> Outcome {
    let (server, _desktop, app) = begun().await?;

    app.click("have-code").await?;
    app.click("paste-link-open").await?;
    for (text, said) in [
        (
            "https://app.example/auth/confirm?token_hash=0a1b2c&next=/",
            NoticeCode::Session(SessionNoticeCode::LinkIncomplete),
        ),
        (
            "https://protect-eu.mimecast.com/s/AbCdEf?domain=127.0.0.1",
            NoticeCode::Session(SessionNoticeCode::LinkSealed),
        ),
    ] {
        app.type_into("paste-link", text).await?;
        app.click("paste-link-submit").await?;
        until("the notice", async || {
            let notice = app.states().await?.pop().and_then(|state| state.notice);
            Ok(notice.filter(|notice| notice.code == said))
        })
        .await?;
        plain(&app.text("notice").await?)?;
    }
    app.click("back").await?;
    app.sign_up("Ada Lovelace", EMAIL, PASSWORD).await?;
    app.wait_for("waiting-page").await?;
    let mail = server.mail_to(EMAIL).await?;
    let link: String = url::form_urlencoded::byte_serialize(mail.link.as_bytes()).collect();
    let source =
        format!("Confirm:\n<https://eur01.safelinks.protection.outlook.com/?url=3D{link}&amp;data=3D05>.");
    let (one, other) = source.split_at(source.len() / 2);
    app.click("paste-link-open").await?;
    app.paste_into("paste-link", &format!("{one}=\n{other}")).await?;
    app.click("paste-link-submit").await?;

    app.wait_for("account-page").await?;
    assert_eq!(app.text("account-email").await?, EMAIL);
    Ok(())
}

#[tokio::test]
async fn an_invitation_asks_first_and_a_no_signs_nobody_in() -> Outcome {
    let (server, desktop, app) = begun().await?;
    server.invite(EMAIL).await?;
    let link = server.follow(&server.mail_to(EMAIL).await?.link).await?;
    assert!(link.contains("#access_token="), "invitations come with tokens");

    open(&desktop, &link).await?;
    assert_eq!(app.wait_text("consent-email", |text| !text.is_empty()).await?, EMAIL);
    app.click("consent-cancel").await?;
    app.wait_for("sign-in-page").await?;
    assert!(desktop.secrets()?.is_empty(), "nothing is stored");

    open(&desktop, &link).await?;
    app.click("consent-continue").await?;
    app.wait_for("new-password-page").await?;
    app.type_into("new-password", NEW_PASSWORD).await?;
    app.click("submit").await?;
    app.wait_for("account-page").await?;
    assert_eq!(app.text("account-email").await?, EMAIL);
    Ok(())
}

#[tokio::test]
async fn what_was_typed_to_sign_up_is_there_again_after_another_page_but_the_password() -> Outcome {
    let (server, desktop, app) = begun().await?;
    server.invite("somebody@example.com").await?;
    let link = server.follow(&server.mail_to("somebody@example.com").await?.link).await?;
    app.wait_for("sign-in-page").await?;
    app.click("tab-sign-up").await?;
    for (field, text) in [("full-name", NAME), ("email", EMAIL), ("password", PASSWORD)] {
        app.type_into(field, text).await?;
    }

    // A link that nobody here asked for.
    open(&desktop, &link).await?;
    app.click("consent-cancel").await?;
    app.wait_value("full-name", NAME).await?;
    assert_eq!(app.value("email").await?, EMAIL);
    assert_eq!(app.value("password").await?, "");

    // The page of a flow that is given up.
    app.type_into("password", PASSWORD).await?;
    app.click("submit").await?;
    app.wait_for("waiting-page").await?;
    app.click("cancel").await?;
    app.wait_value("full-name", NAME).await?;
    assert_eq!(app.value("email").await?, EMAIL);
    assert_eq!(app.value("password").await?, "");
    Ok(())
}

#[tokio::test]
async fn an_invitations_code_can_be_typed_without_having_asked_for_one() -> Outcome {
    let (server, _desktop, app) = begun().await?;
    server.invite(EMAIL).await?;
    let code = server.mail_to(EMAIL).await?.code;

    app.click("have-code").await?;
    app.type_into("email", EMAIL).await?;
    app.type_into("code", &code).await?;
    app.click("code-submit").await?;

    app.wait_for("new-password-page").await?;
    app.click("skip").await?;
    app.wait_for("account-page").await.map(drop)
}

#[tokio::test]
async fn a_token_hash_asks_first_and_works_on_a_device_that_did_not_ask() -> Outcome {
    let (server, desktop, app) = begun().await?;
    server.invite(EMAIL).await?;
    let mail = server.mail_to(EMAIL).await?;
    let hash = harness::steps::parameter(&mail.link, "token").unwrap_or_default();
    let before = server.requests_of_the_app()?;

    open(&desktop, &format!("{CALLBACK}?token_hash={hash}&type=invite")).await?;
    app.wait_for("consent-page").await?;
    assert_eq!(server.requests_of_the_app()?, before, "nothing is sent before the yes");
    app.click("consent-continue").await?;

    app.wait_for("new-password-page").await.map(drop)
}

#[tokio::test]
async fn without_an_account_one_gets_in_and_can_keep_what_is_there_under_an_address() -> Outcome {
    let (server, desktop, app) = begun().await?;

    app.click("anonymous").await?;
    app.wait_for("account-page").await?;
    app.type_into("full-name", "Nobody Yet").await?;
    app.click("save").await?;
    app.wait_for("saved").await?;
    app.click("nav-security").await?;
    app.open_row("email").await?;
    assert!(
        app.shown("row-two-factor").await?.is_none(),
        "the server gives nobody anonymous a second factor"
    );
    app.type_into("new-email", EMAIL).await?;
    app.click("change-email").await?;
    app.wait_for("waiting-email").await?;
    let link = server.follow(&server.mail_to(EMAIL).await?.link).await?;
    open(&desktop, &link).await?;
    app.wait_gone("waiting-email").await?;
    app.wait_for("row-two-factor").await?;

    app.click("nav-account").await?;
    assert_eq!(app.wait_text("account-email", |text| text.contains('@')).await?, EMAIL);
    assert_eq!(app.value("full-name").await?, "Nobody Yet");
    let anonymous = server.value("select count(*)::int as n from auth.users where is_anonymous").await?;
    assert_eq!(anonymous.as_deref(), Some("0"));
    Ok(())
}

#[tokio::test]
async fn only_what_the_project_allows_is_offered() -> Outcome {
    let server = Server::start_with(|config| {
        let config = config.replace("enable_anonymous_sign_ins = true", "enable_anonymous_sign_ins = false");
        config.replacen("enable_signup = true", "enable_signup = false", 1)
    })
    .await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;

    app.wait_for("tab-magic-link").await?;
    for absent in ["tab-sign-up", "anonymous", "provider-github"] {
        assert!(app.shown(absent).await?.is_none(), "{absent}");
    }
    Ok(())
}

#[tokio::test]
async fn a_captcha_is_solved_in_the_browser_where_the_owner_named_it_and_said_to_be_missing_elsewhere()
-> Outcome {
    let captcha = "\n[auth.captcha]\nenabled = true\nprovider = \"hcaptcha\"\nsecret = \"local\"\n";
    let server = Server::start_with(|config| config + captcha).await?;
    let mut desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.fill_in_sign_in(EMAIL, PASSWORD).await?;
    app.click("submit").await?;
    plain(&app.text("error").await?)?;
    app.quit().await?;

    desktop.set(variable!("CAPTCHA"), "hcaptcha:10000000-ffff-ffff-ffff-000000000001");
    desktop.set(variable!("CAPTCHA_SCRIPT"), &format!("{}/captcha/api.js", server.url));
    let app = App::start(&desktop).await?;
    app.sign_up("Ada Lovelace", EMAIL, PASSWORD).await?;
    let page = desktop.browser_opened(1).await?;
    let browser = Browser::new()?;
    let widget = browser.open(&page).await?.page()?;
    assert!(widget.contains("/captcha/api.js") && widget.contains("hcaptcha.render"), "{widget}");
    app.wait_for("captcha").await?;
    // A token that the provider never gave out is refused by the project, in plain words.
    browser.send(&page, "made-up").await?;
    plain(&app.text("error").await?)?;

    app.click("submit").await?;
    let page = desktop.browser_opened(2).await?;
    let token = browser.send(&format!("{}/captcha/token", server.url), "").await?;
    browser.send(&page, &token).await?;

    app.wait_for("waiting-page").await?;
    assert_eq!(app.text("waiting-email").await?, EMAIL);
    Ok(())
}
