//! The private routes (mails, SQL, the administrator's calls, the stand-ins) answer this machine alone: no page of the web
//! reaches them, by whatever name it reaches the port. The APIs of a project answer pages of any origin.
// A failed set-up panics, which fails the test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use axum::body::Body;
use axum::http::request::Builder;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use serde_json::{Value, json};
use supabase_local::Config;
use supabase_local::testing::TestServer;

const EVIL: &str = "https://evil.example";
const HERE: &str = "127.0.0.1:54321";

/// The private routes, with their methods.
const PRIVATE: [(&str, &str); 13] = [
    ("GET", "/inbox"),
    ("GET", "/inbox/api"),
    ("DELETE", "/inbox/api"),
    ("POST", "/pg/query"),
    ("GET", "/captcha/api.js"),
    ("GET", "/captcha/box"),
    ("POST", "/captcha/token"),
    ("GET", "/login/oauth/authorize"),
    ("POST", "/login/oauth/authorize"),
    ("POST", "/login/oauth/access_token"),
    ("GET", "/auth/v1/admin/users"),
    ("POST", "/auth/v1/admin/generate_link"),
    ("POST", "/auth/v1/invite"),
];

struct Local {
    server: TestServer,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Local {
    async fn new() -> Self {
        let config = Config { autoconfirm: true, ..Config::built_in().unwrap() };
        Self { server: TestServer::start(config).await.unwrap() }
    }

    /// A request with the service key, as the owner of the project sends it.
    fn owners(&self, method: &str, path: &str) -> Builder {
        let key = &self.server.keys().service_role;
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let request = Request::builder().method(method).uri(path).header("apikey", key);
        request.header("authorization", format!("Bearer {key}")).header("content-type", "application/json")
    }

    async fn send(&self, request: Builder, body: &str) -> Answer {
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let answer = self.server.exchange(request).await.unwrap();
        Answer { body: answer.text(), status: answer.status, headers: answer.headers }
    }

    async fn mails(&self) -> usize {
        let answer = self.send(self.owners("GET", "/inbox/api"), "").await;
        serde_json::from_str::<Vec<Value>>(&answer.body).unwrap().len()
    }
}

impl Answer {
    fn lets_pages_read(&self) -> bool {
        self.headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN)
    }
}

#[tokio::test]
async fn a_page_of_the_web_reads_no_mail_runs_no_sql_and_changes_nothing() {
    let local = Local::new().await;
    let invited = local.send(local.owners("POST", "/auth/v1/invite"), r#"{"email":"ada@example.com"}"#).await;
    assert_eq!(invited.status, 200, "{}", invited.body);
    let sql = json!({ "query": "create table public.taken ()" }).to_string();

    for (method, path) in PRIVATE {
        for origin in [EVIL, "null", "http://127.0.0.1.evil.example", "http://localhost.evil.example:54321"] {
            let request = local.owners(method, path).header("host", HERE).header("origin", origin);
            let answer = local.send(request, &sql).await;
            assert_eq!(answer.status, 403, "{method} {path} from {origin}: {}", answer.body);
            assert!(!answer.lets_pages_read(), "{method} {path} from {origin}");
        }
        let preflight = Request::options(path).header("host", HERE).header("origin", EVIL);
        let preflight = preflight.header("access-control-request-method", method);
        let answer =
            local.send(preflight.header("access-control-request-headers", "authorization"), "").await;
        assert!(!answer.lets_pages_read() && !answer.status.is_success(), "preflight of {path}");
    }
    // A form or a `fetch` without a preflight may send any text as it is.
    let plain = local.owners("POST", "/pg/query").header("host", HERE).header("origin", EVIL);
    let answer = local.send(plain.header("content-type", "text/plain"), &sql).await;
    assert_eq!(answer.status, 403);

    assert_eq!(local.mails().await, 1, "the mail is still there");
    let asked = json!({ "query": "select to_regclass('public.taken') is null as absent" }).to_string();
    assert_eq!(local.send(local.owners("POST", "/pg/query"), &asked).await.body, r#"[{"absent":true}]"#);
}

#[tokio::test]
async fn a_foreign_name_for_this_machine_is_refused() {
    let local = Local::new().await;

    // DNS rebinding: for the browser this page is of the same origin, so there is no `Origin` with a GET.
    for host in
        ["evil.example", "evil.example:54321", "127.0.0.1.evil.example", "localhost.evil.example", "x@y"]
    {
        for (method, path) in PRIVATE {
            let answer = local.send(local.owners(method, path).header("host", host), "{}").await;
            assert_eq!(answer.status, 403, "{method} {path} at {host}: {}", answer.body);
        }
        let absolute = local.owners("GET", &format!("http://{}/inbox/api", host.replace('@', ".")));
        assert_eq!(local.send(absolute.header("host", HERE), "").await.status, 403, "{host}");
        let twice = local.owners("GET", "/inbox/api").header("host", HERE).header("host", host);
        assert_eq!(local.send(twice, "").await.status, 403, "{host}");
        let same = local.owners("POST", "/pg/query").header("host", host);
        let answer = local.send(same.header("origin", format!("http://{host}")), "{}").await;
        assert_eq!(answer.status, 403, "{host}");
    }
}

#[tokio::test]
async fn this_machine_by_its_own_names_gets_in() {
    let local = Local::new().await;

    for host in [HERE, "127.0.0.1", "localhost:54321", "LOCALHOST", "[::1]:54321", "[::1]"] {
        let inbox = local.send(local.owners("GET", "/inbox/api").header("host", host), "").await;
        assert_eq!(inbox.status, 200, "{host}");
        let own = local.owners("DELETE", "/inbox/api").header("host", host);
        let emptied = local.send(own.header("origin", format!("http://{host}").to_lowercase()), "").await;
        assert_eq!(emptied.status, 204, "the inbox's own page at {host}: {}", emptied.body);
    }
    // Programs in this process send no `Host` at all.
    assert_eq!(local.send(local.owners("GET", "/auth/v1/admin/users"), "").await.status, 200);
}

#[tokio::test]
async fn what_a_foreign_page_may_frame_is_nothing_and_the_captcha_only_pages_of_this_machine() {
    let local = Local::new().await;
    let policy = async |path: &str| {
        let answer = local.send(local.owners("GET", path), "").await;
        assert_eq!(answer.status, 200, "{path}");
        answer.headers["content-security-policy"].to_str().unwrap().to_owned()
    };

    assert!(policy("/inbox").await.contains("frame-ancestors 'none'"));
    let ancestors = "frame-ancestors http://127.0.0.1:* http://localhost:*";
    assert!(policy("/captcha/box").await.ends_with(ancestors));
    let script = local.send(local.owners("GET", "/captcha/api.js"), "").await.body;
    assert!(script.contains("/captcha/box") && !script.contains("fetch("), "a page asks for no token itself");
}

#[tokio::test]
async fn a_foreign_page_cannot_use_the_service_key_or_a_token_that_it_made_up() {
    let local = Local::new().await;
    let keys = local.server.keys();
    let asked = |key: &str, at: &str, origin: Option<&str>| {
        let request = Request::get("/rest/v1/profiles").header("apikey", &keys.anon).header("host", at);
        let request = request.header("authorization", format!("Bearer {key}"));
        origin.map_or(request, |origin| {
            Request::get("/rest/v1/profiles")
                .header("apikey", &keys.anon)
                .header("host", at)
                .header("authorization", format!("Bearer {key}"))
                .header("origin", origin)
        })
    };

    for (at, origin) in [(HERE, Some(EVIL)), (HERE, Some("null")), ("evil.example", None)] {
        let answer = local.send(asked(&keys.service_role, at, origin), "").await;
        assert_eq!(answer.status, 401, "{at} {origin:?}");
        assert!(answer.body.contains("Forbidden use of secret API key in browser"), "{}", answer.body);
        assert_eq!(local.send(asked(&keys.anon, at, origin), "").await.status, 200, "{at} {origin:?}");
    }
    for origin in [None, Some("http://localhost:5173")] {
        assert_eq!(local.send(asked(&keys.service_role, HERE, origin), "").await.status, 200, "{origin:?}");
    }
}

#[tokio::test]
async fn the_apis_of_a_project_are_open_to_pages_of_any_origin() {
    let local = Local::new().await;
    let anon = &local.server.keys().anon;

    for path in ["/auth/v1/settings", "/rest/v1/profiles", "/storage/v1/object/public/none/x"] {
        let request = Request::get(path).header("apikey", anon).header("host", "project.example");
        let answer = local.send(request.header("origin", EVIL), "").await;
        assert_eq!(answer.headers["access-control-allow-origin"], "*", "{path}");
        let preflight = Request::options(path).header("origin", EVIL);
        let answer = local.send(preflight.header("access-control-request-method", "PUT"), "").await;
        assert_eq!((answer.status, answer.lets_pages_read()), (StatusCode::OK, true), "{path}");
    }
}
