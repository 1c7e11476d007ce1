//! Captchas: what names one, what its page loads, and that several at once are solved each for itself.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use supabase_session::{Client, SignInError};
use url::Url;

use super::*;
use crate::error::Error;
use crate::local_server::language::Language;
use crate::test_app::TestApp;

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
                let tried = std::sync::atomic::AtomicU32::new(0);
                let attempt = |_: Client| {
                    let times = tried.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
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
