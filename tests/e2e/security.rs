//! The security page: password, address, second factor, devices, the account's end.

use harness::contract::view::{NoticeCode, SessionNoticeCode, SessionView, SignOutCause};
use harness::deadline::until;
use harness::page::plain;
use harness::server::Person;
use harness::steps::{PASSWORD, open};
use harness::{App, Desktop, Outcome, Server, authenticator};

const EMAIL: &str = "joan@example.com";
const NEW_EMAIL: &str = "clarke@example.com";
const NEW_PASSWORD: &str = "another-canary-password";

struct Begun {
    server: Server,
    desktop: Desktop,
    app: App,
    person: Person,
}

/// Somebody looks at the security page of a project with these settings.
async fn begun(change: impl FnOnce(String) -> String) -> Outcome<Begun> {
    let server = Server::start_with(change).await?;
    let person = server.person(EMAIL, PASSWORD).await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    app.click("nav-security").await?;
    app.wait_for("security-page").await?;
    Ok(Begun { server, desktop, app, person })
}

#[tokio::test]
async fn a_new_password_is_refused_in_plain_words_and_then_taken() -> Outcome {
    let begun = begun(|config| config).await?;
    let Begun { app, .. } = &begun;

    app.open_row("password").await?;
    for refused in ["short", &"x".repeat(73)] {
        app.type_into("new-password", refused).await?;
        app.click("change-password").await?;
        plain(&app.text("field-error-new-password").await?)?;
    }
    app.type_into("new-password", NEW_PASSWORD).await?;
    app.click("change-password").await?;
    assert_eq!(app.next_notice(None).await?.code, NoticeCode::Session(SessionNoticeCode::PasswordChanged));

    app.click("sign-out").await?;
    app.sign_in(EMAIL, NEW_PASSWORD).await
}

#[tokio::test]
async fn a_project_that_asks_for_the_code_by_mail_gets_it() -> Outcome {
    let begun =
        begun(|config| config.replace("secure_password_change = false", "secure_password_change = true"))
            .await?;
    let Begun { server, app, .. } = &begun;
    // A session that began long ago: only then does the server ask.
    server.sql("update auth.sessions set created_at = created_at - interval '2 days'").await?;

    app.open_row("password").await?;
    app.type_into("new-password", NEW_PASSWORD).await?;
    app.click("change-password").await?;
    app.wait_for("nonce").await?;
    app.type_into("nonce", &server.mail_to(EMAIL).await?.code).await?;
    app.click("change-password").await?;

    assert_eq!(app.next_notice(None).await?.code, NoticeCode::Session(SessionNoticeCode::PasswordChanged));
    Ok(())
}

#[tokio::test]
async fn a_new_address_is_confirmed_in_both_mailboxes_with_the_first_shown_as_progress() -> Outcome {
    let begun = begun(|config| config).await?;
    let Begun { server, desktop, app, .. } = &begun;

    app.open_row("email").await?;
    app.type_into("new-email", NEW_EMAIL).await?;
    app.click("change-email").await?;
    app.wait_for("waiting-email").await?;
    let half = server.follow(&server.mail_to(EMAIL).await?.link).await?;
    open(desktop, &half).await?;
    let notice = app.next_notice(None).await?;
    assert_eq!(notice.code, NoticeCode::Session(SessionNoticeCode::EmailChangeHalf));
    let whole = server.follow(&server.mail_to(NEW_EMAIL).await?.link).await?;
    open(desktop, &whole).await?;
    assert_eq!(
        app.next_notice(Some(notice)).await?.code,
        NoticeCode::Session(SessionNoticeCode::EmailChanged)
    );

    app.click("nav-account").await?;
    app.wait_text("account-email", |text| text == NEW_EMAIL).await.map(drop)
}

#[tokio::test]
async fn a_second_factor_is_added_asked_for_at_the_next_sign_in_and_removed() -> Outcome {
    let begun = begun(|config| config).await?;
    let Begun { app, .. } = &begun;

    app.click("mfa-enroll").await?;
    app.type_into("mfa-code", "000000").await?;
    app.click("mfa-verify").await?;
    plain(&app.text("field-error-mfa-code").await?)?;
    app.click("mfa-cancel").await?;
    app.wait_gone("mfa-code").await?;

    app.click("mfa-enroll").await?;
    app.wait_for("mfa-qr").await?;
    // Nothing is left of the factor that was given up.
    assert_eq!(app.value("mfa-code").await?, "");
    assert!(app.shown("field-error-mfa-code").await?.is_none());
    let secret = app.text("mfa-secret").await?;
    app.type_into("mfa-code", &authenticator::code(&secret)?).await?;
    app.click("mfa-verify").await?;
    app.wait_gone("mfa-code").await?;
    app.open_row("two-factor").await?;
    app.wait_for("mfa-remove").await?;

    app.click("sign-out").await?;
    app.fill_in_sign_in(EMAIL, PASSWORD).await?;
    app.click("submit").await?;
    app.wait_for("mfa-page").await?;
    assert!(app.shown("account-page").await?.is_none());
    let answer = app.invoke("load_account", serde_json::json!({ "request": {} })).await?;
    assert_eq!(answer["error"]["code"], "second_factor_needed", "{answer}");
    app.type_into("mfa-code", &authenticator::code(&secret)?).await?;
    app.click("mfa-verify").await?;
    app.wait_for("account-page").await?;

    app.click("nav-security").await?;
    app.open_row("two-factor").await?;
    app.click("mfa-remove").await?;
    app.wait_for("mfa-enroll").await.map(drop)
}

#[tokio::test]
async fn a_second_factor_that_is_no_authenticator_is_shown_as_what_it_is_with_a_way_out() -> Outcome {
    let begun = begun(|config| config).await?;
    let Begun { server, app, .. } = &begun;
    app.click("sign-out").await?;
    app.wait_for("sign-in-page").await?;
    server
        .sql(
            "insert into auth.mfa_factors (id, user_id, factor_type, status, phone, created_at, updated_at)
             select gen_random_uuid(), id, 'phone', 'verified', '491700000000', now(), now() from auth.users",
        )
        .await?;

    app.fill_in_sign_in(EMAIL, PASSWORD).await?;
    app.click("submit").await?;
    plain(&app.text("mfa-elsewhere").await?)?;
    assert!(app.shown("mfa-code").await?.is_none(), "nobody has a code of an app");

    app.click("sign-out").await?;
    app.wait_for("sign-in-page").await?;
    server.sql("update auth.mfa_factors set status = 'unverified'").await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    app.click("nav-security").await?;
    app.open_row("two-factor").await?;
    plain(&app.text("mfa-kind").await?)?;
    app.click("mfa-remove").await?;
    until("the factor to be gone", async || {
        Ok((server.value("select count(*)::int as n from auth.mfa_factors").await?.as_deref() == Some("0"))
            .then_some(()))
    })
    .await
}

#[tokio::test]
async fn other_devices_are_signed_out_and_then_all_of_them() -> Outcome {
    let begun = begun(|config| config).await?;
    let Begun { server, app, .. } = &begun;
    let sessions = async || server.value("select count(*)::int as n from auth.sessions").await;
    assert_ne!(sessions().await?.as_deref(), Some("1"), "somebody is signed in elsewhere too");

    app.open_row("sessions").await?;
    app.click("sign-out-others").await?;
    assert_eq!(app.next_notice(None).await?.code, NoticeCode::Session(SessionNoticeCode::OthersSignedOut));
    assert_eq!(sessions().await?.as_deref(), Some("1"));

    app.open_row("sessions").await?;
    app.click("sign-out-everywhere").await?;
    app.wait_for("sign-in-page").await?;
    until("the last session to end", async || Ok((sessions().await?.as_deref() == Some("0")).then_some(())))
        .await
}

#[tokio::test]
async fn the_account_and_its_pictures_are_deleted_after_a_typed_confirmation() -> Outcome {
    let begun = begun(|config| config).await?;
    let Begun { server, app, person, .. } = &begun;
    let path = format!("{}/old.webp", person.id);
    assert_eq!(server.put_object(person, &path, vec![0x52, 0x49, 0x46, 0x46]).await?.0, 200);

    app.click("delete-account").await?;
    app.type_into("delete-confirm", "somebody@example.com").await?;
    assert!(!app.is_enabled("delete-submit").await?);
    app.type_into("delete-confirm", EMAIL).await?;
    app.click("delete-submit").await?;

    app.wait_for("sign-in-page").await?;
    for query in
        ["select count(*)::int as n from auth.users", "select count(*)::int as n from storage.objects"]
    {
        assert_eq!(server.value(query).await?.as_deref(), Some("0"), "{query}");
    }
    Ok(())
}

#[tokio::test]
async fn where_the_function_for_deletion_is_missing_its_sql_can_be_copied() -> Outcome {
    let begun = begun(|config| config).await?;
    let Begun { server, app, .. } = &begun;
    server.sql("drop function public.delete_account()").await?;

    app.click("delete-account").await?;
    app.type_into("delete-confirm", EMAIL).await?;
    app.click("delete-submit").await?;
    app.wait_text("delete-error", |text| text.contains("delete_account")).await?;
    app.click("delete-sql-open").await?;
    app.click("owner-sql-copy").await?;

    app.wait_text("owner-sql-copied", |text| !text.is_empty()).await?;
    assert!(app.value("owner-sql").await?.contains("function public.delete_account()"));
    Ok(())
}

#[tokio::test]
async fn whoever_was_signed_out_elsewhere_is_told_so_in_plain_words() -> Outcome {
    let begun = begun(|config| config).await?;
    let Begun { server, app, .. } = &begun;
    server.sql("delete from auth.sessions").await?;

    app.open_row("sessions").await?;
    app.click("sign-out-others").await?;

    app.wait_for("sign-in-page").await?;
    plain(&app.text("sign-out-cause").await?)?;
    let states = app.states().await?;
    let last = states.last().map(|state| state.supabase.session.clone());
    assert_eq!(last, Some(SessionView::SignedOut { cause: Some(SignOutCause::Elsewhere) }));
    Ok(())
}
