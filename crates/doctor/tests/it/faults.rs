//! Projects that are set wrong in one way each: the doctor says that and nothing else.

use std::sync::Arc;

use axum::Json;
use axum::http::{Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use foyer_contract::brand::CALLBACK;
use foyer_doctor::{CheckName, CheckState, Finding};
use foyer_text::Language;
use serde_json::json;
use supabase_local::Config;

use crate::world::{Ahead, Answer, World, doctor, of, right, wrong};

/// A project that is wrong in one way, and what the doctor says of it.
struct Fault {
    expected: (CheckName, Finding),
    config: fn(&mut Config),
    sql: &'static str,
    answer: Option<Answer>,
    /// Somebody is signed in.
    signed_in: bool,
    /// This machine's clock is so many seconds ahead.
    ahead: i64,
}

fn fault(check: CheckName, finding: Finding) -> Fault {
    let expected = (check, finding);
    Fault { expected, config: |_| {}, sql: "", answer: None, signed_in: false, ahead: 0 }
}

impl Fault {
    fn config(self, config: fn(&mut Config)) -> Self {
        Self { config, ..self }
    }

    fn sql(self, sql: &'static str) -> Self {
        Self { sql, ..self }
    }

    fn answer(self, answer: Answer) -> Self {
        Self { answer: Some(answer), ..self }
    }

    fn signed_in(self) -> Self {
        Self { signed_in: true, ..self }
    }

    fn ahead(self, ahead: i64) -> Self {
        Self { ahead, ..self }
    }

    /// Makes the project and asks the doctor about it.
    async fn must_be_told(self) {
        let mut config = right();
        (self.config)(&mut config);
        let mut world = World::start(config, self.answer).await;
        let person = if self.signed_in { Some(world.person().await) } else { None };
        if self.expected.1 == Finding::BucketMissing {
            let no_body = serde_json::Value::Null;
            world.as_owner(Method::DELETE, "/storage/v1/bucket/avatars", no_body).await;
        }
        if !self.sql.is_empty() {
            world.sql(self.sql).await;
        }
        let doctor = world.doctor().clock(Arc::new(Ahead(self.ahead)));
        let doctor = match person {
            Some(person) => doctor.signed_in(person),
            None => doctor,
        };
        let mut told = Vec::new();

        let report = doctor.run(|line| told.push(line.clone())).await;

        assert_eq!(wrong(&report), [self.expected], "{}", report.text(Language::English));
        assert_eq!(told, report.results());
        assert_eq!(report.has_problems(), self.expected.1.state() == CheckState::Problem);
        world.requests.close();
        while let Some(request) = world.requests.recv().await {
            assert_harmless(&request, self.signed_in);
        }
    }
}

/// The methods and paths that change nothing. (Signing in is the person's doing.)
fn assert_harmless(request: &str, signed_in: bool) {
    let is_person = signed_in && request.starts_with("POST /auth/v1/token?grant_type=password");
    let is_captcha = request == "POST /auth/v1/token?grant_type=password";
    let is_permission = request.starts_with("POST /storage/v1/object/upload/sign/avatars/");
    let is_read = request.starts_with("GET ") || request.starts_with("HEAD ");
    assert!(is_read || is_permission || is_captcha || is_person, "{request}");
}

async fn each_is_told(faults: impl IntoIterator<Item = Fault>) {
    let mut count = 0;
    for fault in faults {
        fault.must_be_told().await;
        count += 1;
    }
    println!("{count} faults told apart of {count}");
}

#[tokio::test]
async fn a_project_that_is_set_up_as_it_should_be_has_no_fault() {
    for signed_in in [false, true] {
        let world = World::start(right(), None).await;
        let doctor = world.doctor();
        let doctor = if signed_in { doctor.signed_in(world.person().await) } else { doctor };

        let report = doctor.run(|_| {}).await;

        assert_eq!(wrong(&report), [], "{}", report.text(Language::English));
        let unknown: Vec<CheckName> = report
            .results()
            .iter()
            .filter(|line| line.finding.state() == CheckState::Unknown)
            .map(|line| line.check)
            .collect();
        let expected = if signed_in {
            vec![CheckName::ProfilePolicies, CheckName::BucketLimits]
        } else {
            vec![
                CheckName::ProfileRow,
                CheckName::ProfilePolicies,
                CheckName::BucketWriters,
                CheckName::BucketLimits,
            ]
        };
        assert_eq!(unknown, expected, "{}", report.text(Language::English));
        assert_eq!(report.results().len(), CheckName::ALL.len() - 4, "one line for each but the machine's");
    }
}

#[tokio::test]
async fn faults_of_sign_in_are_told_apart() {
    use CheckName::{Captcha, Confirmation, Redirect, SignInMethods, SignUp, SigningKeys};
    each_is_told([
        fault(SignUp, Finding::SignUpClosed).config(|it| it.signup_enabled = false),
        fault(SignInMethods, Finding::EmailOff).config(|it| it.email_enabled = false),
        fault(SignInMethods, Finding::NoSignInMethod).config(|it| {
            it.email_enabled = false;
            it.anonymous_enabled = false;
            it.providers.clear();
        }),
        fault(Confirmation, Finding::ConfirmationOff).config(|it| it.autoconfirm = true),
        fault(Captcha, Finding::CaptchaAsked).config(|it| it.captcha_enabled = true),
        fault(Redirect, Finding::RedirectLoopback).config(|it| it.redirect_allow_list.clear()),
        fault(Redirect, Finding::RedirectBare)
            .config(|it| it.redirect_allow_list = vec![CALLBACK.to_owned()]),
        fault(Redirect, Finding::RedirectNowhere).answer(|path| {
            let elsewhere = [(header::LOCATION, "https://site.example/#error=access_denied")];
            path.starts_with("/auth/v1/verify").then(|| (StatusCode::SEE_OTHER, elsewhere).into_response())
        }),
        fault(SigningKeys, Finding::SharedSecret).config(|it| it.signing_key = None),
        fault(SigningKeys, Finding::KeysUnknown).answer(|path| {
            let keys = json!({ "keys": [{ "kty": "EC", "crv": "P-521", "alg": "ES512", "kid": "k" }] });
            path.contains("jwks.json").then(|| Json(keys).into_response())
        }),
    ])
    .await;
}

#[tokio::test]
async fn faults_of_the_tables_are_told_apart() {
    use CheckName::{DeleteAccount, ProfileRow, Profiles};
    each_is_told([
        fault(Profiles, Finding::TableMissing).sql("drop table public.profiles cascade"),
        fault(Profiles, Finding::ColumnsMissing)
            .sql("alter table public.profiles drop column website, drop column updated_at"),
        fault(Profiles, Finding::TableClosed)
            .signed_in()
            .sql("revoke select on public.profiles from anon, authenticated"),
        fault(Profiles, Finding::RestClosed).answer(|path| {
            let refusal = json!({ "code": "PGRST106", "message": "Invalid schema: public" });
            let is_table = path.starts_with("/rest/v1/profiles");
            is_table.then(|| (StatusCode::NOT_ACCEPTABLE, Json(refusal)).into_response())
        }),
        fault(ProfileRow, Finding::RowMissing).signed_in().sql("delete from public.profiles"),
        fault(DeleteAccount, Finding::FunctionMissing).sql("drop function public.delete_account()"),
        fault(DeleteAccount, Finding::FunctionOpen)
            .sql("grant execute on function public.delete_account() to anon"),
    ])
    .await;
}

#[tokio::test]
async fn faults_of_the_bucket_are_told_apart() {
    use CheckName::{Bucket, BucketLimits, BucketReaders, BucketWriters};
    each_is_told([
        fault(Bucket, Finding::BucketMissing),
        fault(BucketWriters, Finding::AnybodyWrites).sql(
            "create policy \"Anyone can upload an avatar.\" on storage.objects
             for insert with check (bucket_id = 'avatars')",
        ),
        fault(BucketWriters, Finding::OthersWrite).signed_in().sql(
            "create policy loose on storage.objects for insert to authenticated
             with check (bucket_id = 'avatars')",
        ),
        fault(BucketWriters, Finding::OwnerCannotWrite)
            .signed_in()
            .sql("drop policy \"Own avatars can be added.\" on storage.objects"),
        fault(BucketReaders, Finding::BucketPublic).sql("update storage.buckets set public = true"),
        fault(BucketLimits, Finding::BucketTooSmall).sql(
            "create policy shown on storage.buckets for select using (true);
             update storage.buckets set file_size_limit = 1000",
        ),
        fault(BucketLimits, Finding::BucketTypes).sql(
            "create policy shown on storage.buckets for select using (true);
             update storage.buckets set allowed_mime_types = array['image/gif']",
        ),
        fault(BucketLimits, Finding::BucketUnlimited).sql(
            "create policy shown on storage.buckets for select using (true);
             update storage.buckets set allowed_mime_types = null, file_size_limit = null",
        ),
    ])
    .await;
}

#[tokio::test]
async fn faults_of_the_server_and_of_the_clock_are_told_apart() {
    use CheckName::{Clock, Server};
    fn status(status: u16) -> Response {
        (StatusCode::from_u16(status).unwrap(), Json(json!({}))).into_response()
    }
    each_is_told([
        fault(Server, Finding::Paused).answer(|_| Some(status(540))),
        fault(Server, Finding::Restricted).answer(|_| Some(status(402))),
        fault(Server, Finding::ServerFails).answer(|_| Some(status(503))),
        fault(Server, Finding::WebPage).answer(|_| Some(Html("<html>Welcome to the hotel").into_response())),
        fault(Server, Finding::WebPage).answer(|_| {
            Some((StatusCode::FOUND, [(header::LOCATION, "https://hotel.example/")]).into_response())
        }),
        fault(Server, Finding::NotSupabase).answer(|_| Some(status(200))),
        fault(Server, Finding::NotSupabase).answer(|_| Some(status(404))),
        fault(Clock, Finding::ClockOff).ahead(60),
        fault(Clock, Finding::ClockWrong).ahead(-3600),
    ])
    .await;
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_from_one_without_an_address() {
    let unused = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = unused.local_addr().unwrap();
    drop(unused);
    for (url, finding) in [
        (format!("http://{address}"), Finding::Unreachable),
        ("https://no-such-project.invalid".to_owned(), Finding::NameUnresolved),
    ] {
        let report = doctor(&url, "sb_publishable_x").run(|_| {}).await;

        assert_eq!(wrong(&report), [(CheckName::Server, finding)], "{}", report.text(Language::English));
        assert_eq!(of(&report, CheckName::Bucket), Finding::NotAsked);
    }
}

#[tokio::test]
async fn an_address_or_a_key_that_cannot_be_used_is_told_before_anything_is_sent() {
    let mut world = World::start(right(), None).await;
    let url = world.url.clone();
    for (url, key, finding) in [
        ("abcd", world.key(), Finding::AddressInvalid),
        ("http://abcd.supabase.co", world.key(), Finding::AddressInsecure),
        (&url, "hello".to_owned(), Finding::KeyInvalid),
        (&url, "sb_secret_canary-secret".to_owned(), Finding::KeySecret),
        (&url, world.secret_key(), Finding::KeySecret),
    ] {
        let report = doctor(url, &key).run(|_| {}).await;

        assert_eq!(wrong(&report), [(CheckName::Key, finding)], "{}", report.text(Language::English));
        for said in [report.text(Language::English), report.json().unwrap(), format!("{report:?}")] {
            assert!(!said.contains(&key), "{said}");
        }
    }
    world.requests.close();
    assert_eq!(world.requests.recv().await, None, "something was sent");
}

#[tokio::test]
async fn a_key_of_another_project_is_told() {
    let world = World::start(right(), None).await;

    let report = doctor(&world.url, "sb_publishable_of-another-project").run(|_| {}).await;

    assert_eq!(wrong(&report), [(CheckName::Key, Finding::KeyRefused)], "{}", report.text(Language::English));
    assert_eq!(of(&report, CheckName::Server), Finding::Good);
}

#[tokio::test]
async fn a_captcha_that_the_app_knows_is_no_fault() {
    let world = World::start(Config { captcha_enabled: true, ..right() }, None).await;

    let report = world.doctor().has_captcha(true).run(|_| {}).await;

    assert_eq!(wrong(&report), [], "{}", report.text(Language::English));
}
