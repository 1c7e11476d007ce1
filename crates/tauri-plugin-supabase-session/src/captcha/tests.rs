//! Captchas: what names one, what its page loads, that several at once are solved each for itself, and that they are over
//! with what they were for.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use supabase_session::{Client, SignInError};
use url::Url;

use super::*;
use crate::error::Error;
use crate::local_server::language::Language;
use crate::test_app::TestApp;
use crate::test_server::{ADA, Asked, BOB, Reply, TestServer, refusal, serve};

/// Solves a captcha as its page does: the token goes to where the page came from.
async fn solve(page: &Url, token: &str) {
    let (host, origin) = (page.authority(), page.origin().ascii_serialization());
    let length = token.len();
    let request = format!(
        "POST {} HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nContent-Length: {length}\r\n\r\n{token}",
        page.path()
    );
    let mut stream = TcpStream::connect(host).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
}

/// Two things at once that a captcha is pending for. Each answers how often it was tried.
struct Two {
    test: TestApp,
    attempts: [tokio::task::JoinHandle<Result<u32, bool>>; 2],
    /// What the browser opened, and the id of the captcha that stands there.
    pages: Vec<(Url, String)>,
}

impl Two {
    async fn begin() -> Self {
        let captcha = "turnstile:key".parse().unwrap();
        let mut test = TestApp::new(true, Some(captcha)).await;
        let attempts = [0, 1].map(|_| {
            let app = test.app.clone();
            tokio::spawn(async move {
                let tried = AtomicU32::new(0);
                let attempt = |_: Client| {
                    let times = tried.fetch_add(1, Relaxed) + 1;
                    async move {
                        match times {
                            1 => Err(Error::from(SignInError::CaptchaRequired)),
                            _ => Ok(times),
                        }
                    }
                };
                let connection = app.connection().unwrap();
                let outcome = app.with_captcha(&connection, attempt).await;
                outcome.map_err(|error| matches!(error, Error::CaptchaCancelled))
            })
        });
        let mut pages = vec![];
        for _ in 0..2 {
            let url = test.opened.recv().await.unwrap();
            let waiting = test.app.connection().unwrap().flow_state().captchas();
            let id = waiting.iter().find(|pending| pending.url == url).unwrap().id.clone();
            pages.push((url, id));
        }
        Self { test, attempts, pages }
    }

    fn shown(&self) -> Vec<String> {
        self.test.app.view().captchas.into_iter().map(|waiting| waiting.id).collect()
    }
}

#[tokio::test]
async fn two_captchas_at_once_are_both_shown_and_both_can_be_solved_the_newer_one_first() {
    let two = Two::begin().await;
    let (older, newer) = (&two.pages[0], &two.pages[1]);
    assert_eq!(two.shown(), [older.1.clone(), newer.1.clone()]);

    solve(&newer.0, "token of the newer").await;
    solve(&older.0, "token of the older").await;

    let Two { test, attempts, .. } = two;
    for attempt in attempts {
        assert_eq!(attempt.await.unwrap(), Ok(2));
    }
    assert!(test.app.view().captchas.is_empty());
}

#[tokio::test]
async fn giving_up_one_captcha_leaves_the_other_to_be_solved() {
    let two = Two::begin().await;
    let (given_up, other) = (&two.pages[0], &two.pages[1]);
    let connection = two.test.app.connection().unwrap();

    connection.flow_state().captcha(&given_up.1).unwrap().cancel();

    solve(&other.0, "token").await;
    let mut outcomes = vec![];
    for attempt in two.attempts {
        outcomes.push(attempt.await.unwrap());
    }
    outcomes.sort_by_key(Result::is_err);
    assert_eq!(outcomes, [Ok(2), Err(true)]);
    assert!(connection.flow_state().captcha(&given_up.1).is_none());
}

/// Longer than anything takes that is not waited for in vain.
const LONG: Duration = Duration::from_secs(30);

/// Signs Ada in only with a captcha's token.
fn asks_ada_for_a_captcha(asked: &Asked) -> Reply {
    let is_asked = asked.body["email"] == ADA && asked.body["gotrue_meta_security"].is_null();
    if is_asked { Reply::Answer(400, refusal("captcha_failed")) } else { serve(asked) }
}

#[tokio::test]
async fn a_sign_in_that_waits_for_a_captcha_is_over_when_somebody_else_signs_in() {
    let server = TestServer::start(asks_ada_for_a_captcha).await;
    let mut test = TestApp::at(&server.url, true, Some("turnstile:key".parse().unwrap())).await;
    let app = test.app.clone();
    let signing_in = tokio::spawn(async move { app.sign_in_with_password(ADA, "Passw0rd!".into()).await });
    test.opened.recv().await.unwrap();

    test.signs_in(BOB).await;

    let outcome = tokio::time::timeout(LONG, signing_in).await.unwrap().unwrap();
    assert!(matches!(outcome, Err(Error::SignedIn)), "{outcome:?}");
    assert!(test.app.view().captchas.is_empty());
    assert_eq!((test.who().as_deref(), server.count("password")), (Some(BOB), 2));
}

#[tokio::test]
async fn what_somebody_began_is_not_tried_again_for_who_signed_in_while_the_server_was_asked() {
    let server = TestServer::start(serve).await;
    for begun_by in [None, Some(ADA)] {
        let test = TestApp::at(&server.url, true, Some("turnstile:key".parse().unwrap())).await;
        if let Some(email) = begun_by {
            test.signs_in(email).await;
        }
        let tried = AtomicU32::new(0);
        let attempt = |_: Client| async {
            tried.fetch_add(1, Relaxed);
            test.signs_in(BOB).await;
            Err::<(), _>(Error::from(SignInError::CaptchaRequired))
        };
        let connection = test.app.connection().unwrap();

        let trying = test.app.with_captcha(&connection, attempt);
        let error = tokio::time::timeout(LONG, trying).await.unwrap().unwrap_err();

        let is_expected = match begun_by {
            None => matches!(error, Error::SignedIn),
            Some(_) => matches!(error, Error::SignedOut),
        };
        assert!(is_expected, "{begun_by:?}: {error:?}");
        assert_eq!((test.who().as_deref(), tried.load(Relaxed)), (Some(BOB), 1), "{begun_by:?}");
    }
}

#[tokio::test]
async fn no_try_replaces_whoever_signed_in_before_it() {
    let server = TestServer::start(asks_ada_for_a_captcha).await;
    let test = TestApp::at(&server.url, true, Some("turnstile:key".parse().unwrap())).await;
    let others = &test;
    let attempt = |client: Client| async move {
        others.signs_in(BOB).await;
        Ok(client.with_captcha("token".into()).sign_in_with_password(ADA, "Passw0rd!".into()).await?)
    };
    let connection = test.app.connection().unwrap();

    let outcome = test.app.with_captcha(&connection, attempt).await;

    assert!(matches!(outcome, Err(Error::SignIn(SignInError::Superseded))), "{outcome:?}");
    assert_eq!(test.who().as_deref(), Some(BOB));
}

#[test]
fn a_captcha_is_a_provider_and_a_site_key() {
    let captcha: Captcha = "hcaptcha:10000000-ffff-ffff-ffff-000000000001".parse().unwrap();
    assert_eq!(captcha.provider(), CaptchaProvider::HCaptcha);
    assert_eq!(
        "turnstile:1x00000000000000000000AA".parse::<Captcha>().unwrap().provider(),
        CaptchaProvider::Turnstile
    );

    for bad in ["", "hcaptcha", "hcaptcha:", "recaptcha:abc", "turnstile:a'b", "turnstile:<script>"] {
        assert_eq!(bad.parse::<Captcha>(), Err(CaptchaInvalid), "{bad}");
    }
}

#[test]
fn each_providers_page_loads_its_script_and_nothing_else() {
    for (text, script, render) in [
        (
            "hcaptcha:key",
            "https://js.hcaptcha.com/1/api.js?onload=ready",
            "hcaptcha.render('#widget',{sitekey:'key',hl:'ja',",
        ),
        (
            "turnstile:key",
            "https://challenges.cloudflare.com/turnstile/v0/api.js?onload=ready",
            "turnstile.render('#widget',{sitekey:'key',language:'ja',",
        ),
    ] {
        let (html, policy) = text.parse::<Captcha>().unwrap().page("Foyer", Language::Japanese);

        assert!(html.contains(script) && html.contains(render), "{html}");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    }
}
