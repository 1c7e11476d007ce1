//! Where a page's requests may go, and what is left out of them.

use bytes::Bytes;
use supabase_session::{FETCH_LIMIT, FetchError, FetchRequest, Method};

use super::{ORIGIN, client, get, with_header, world};
use crate::deadline::Deadline;
use crate::fake::raw;
use crate::sockets::{head, server, write};

#[tokio::test]
async fn the_data_apis_of_the_project_are_asked_with_the_sessions_bearer() {
    let world = world(|_| raw(200, &[], "[]")).await;

    for path in [
        "/rest/v1/",
        "/rest/v1/profiles?select=a,b&id=eq.%5C..%2Fx&name=like.a\\b#fragment",
        "/rest/v1/rpc/f",
        "/storage/v1/object/avatars/a%20b/%C3%A4.png",
        "/storage/v1/object/avatars/100%.png",
        "/storage/v1/object/avatars/..a/b..c",
        "/functions/v1/hello/",
    ] {
        assert_eq!(world.client.fetch(get(path)).await.unwrap().status, 200, "{path}");
        let seen = world.server.last();
        let (asked, _) = path.split_once(['?', '#']).unwrap_or((path, ""));
        assert_eq!((seen.path.as_str(), seen.bearer()), (asked, "access-1"), "{path}");
        assert_eq!(seen.headers["apikey"], "sb_publishable_key");
    }
    let query = world.server.seen()[1].query.clone();
    let expected = [("select", "a,b"), ("id", "eq.\\../x"), ("name", "like.a\\b")];
    assert_eq!(query, expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn nothing_else_is_asked_however_it_is_written() {
    let world = world(|_| raw(200, &[], "[]")).await;
    let paths = [
        "",
        "/",
        "/auth/v1/token?grant_type=refresh_token",
        "/auth/v1/user",
        "/graphql/v1",
        "/realtime/v1/websocket",
        "/pg/query",
        "/rest",
        "/rest/v2/t",
        "/rest/v1x/t",
        "/restx/v1/t",
        "/REST/v1/t",
        "//rest/v1/t",
        "/rest//v1/t",
        "/rest/v1//t",
        "/rest/v1/../../auth/v1/user",
        "/rest/v1/..",
        "/rest/v1/.",
        "/rest/v1/./t",
        "/rest/v1/%2e%2e/%2e%2e/auth/v1/user",
        "/rest/v1/%2E./t",
        "/rest/v1/..%2f..%2fauth/v1/user",
        "/rest/v1/..%5c..%5cauth/v1/user",
        "/rest/v1/%252e%252e/%252e%252e/auth/v1/user",
        "/rest/v1/%25252e%25252e%25252f",
        "/rest/v1/%2F%2Fevil.example",
        "/rest/v1\\..\\..\\auth\\v1\\user",
        "\\rest\\v1\\t",
        "/rest/v1/t%00",
        "/rest/v1/t%0d%0aHost:x",
        "/rest/v1/t\r\nHost: x",
        "/rest/v1/\tt",
        "/rest/v1/t?a=\n",
        "/other/../rest/v1/t",
        "@evil.example/rest/v1/t",
        ":8443/rest/v1/t",
        ".evil.example/rest/v1/t",
        "\\@evil.example/rest/v1/t",
    ];
    let urls = [
        "",
        "/rest/v1/t",
        "rest/v1/t",
        "//abcd.supabase.co/rest/v1/t",
        "https:abcd.supabase.co/rest/v1/t",
        "https:/abcd.supabase.co/rest/v1/t",
        "https:///abcd.supabase.co/rest/v1/t",
        "http://abcd.supabase.co/rest/v1/t",
        "ws://abcd.supabase.co/rest/v1/t",
        "https://evil.example/rest/v1/t",
        "https://evil.example\\@abcd.supabase.co/rest/v1/t",
        "https://abcd.supabase.co@evil.example/rest/v1/t",
        "https://ada@abcd.supabase.co/rest/v1/t",
        "https://ada:secret@abcd.supabase.co/rest/v1/t",
        "https://@abcd.supabase.co/rest/v1/t",
        "https://abcd.supabase.co:80/rest/v1/t",
        "https://abcd.supabase.co./rest/v1/t",
        "https://sub.abcd.supabase.co/rest/v1/t",
        "file:///rest/v1/t",
        "blob:https://abcd.supabase.co/rest/v1/t",
        "data:text/plain,x://rest/v1",
        " https://abcd.supabase.co/rest/v1/t",
    ];

    let long = format!("{ORIGIN}/rest/v1/t?a={}", "x".repeat(16 * 1024));
    let encoded_over_and_over = format!("{ORIGIN}/rest/v1/%{}", "25".repeat(500_000));
    let urls = urls.map(str::to_owned).into_iter().chain([long, encoded_over_and_over]);

    for url in paths.iter().map(|path| format!("{ORIGIN}{path}")).chain(urls) {
        let refused = world.client.fetch(FetchRequest { url: url.clone(), ..get("") }).await;
        assert_eq!(refused.unwrap_err(), FetchError::AddressRefused, "{url:.100}");
    }
    assert!(world.server.seen().is_empty());
}

#[tokio::test]
async fn the_same_origin_may_be_written_otherwise_and_a_projects_own_path_is_kept() {
    let _deadline = Deadline::here();
    let url = server(|mut stream| async move {
        let (head, _) = head(&mut stream).await;
        assert!(head.starts_with("GET /supabase/rest/v1/t?a=1 HTTP/1.1\r\n"), "{head}");
        write(&mut stream, "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    })
    .await;
    let client = client(&format!("{url}/supabase/"));

    let shouted = url.replace("http", "HTTP");
    let asked = |url: String| client.fetch(FetchRequest { url, ..get("") });
    assert_eq!(asked(format!("{shouted}/supabase/rest/v1/t?a=1")).await.unwrap().status, 200);
    for path in ["/rest/v1/t", "/supabasex/rest/v1/t", "/supabase/auth/v1/user", "/supabase//rest/v1/t"] {
        assert_eq!(asked(format!("{url}{path}")).await.unwrap_err(), FetchError::AddressRefused, "{path}");
    }
}

#[tokio::test]
async fn a_pages_credentials_and_what_is_a_browsers_own_are_left_out() {
    let world = world(|_| raw(200, &[], "[]")).await;
    let given = [
        ("Authorization", "Bearer canary"),
        ("ApiKey", "canary"),
        ("COOKIE", "canary"),
        ("Proxy-Authorization", "canary"),
        ("X-Client-Info", "canary"),
        ("Host", "canary"),
        ("Content-Length", "7"),
        ("Transfer-Encoding", "chunked"),
        ("Accept-Encoding", "gzip"),
        ("Origin", "canary"),
        ("Sec-Fetch-Mode", "canary"),
        ("X-Forwarded-Host", "canary"),
        ("Prefer", "return=representation"),
        ("Accept-Profile", "public"),
        ("x-mine", "yes"),
    ];
    let headers = given.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();

    world.client.fetch(FetchRequest { headers, ..get("/rest/v1/t") }).await.unwrap();

    let mut seen: Vec<_> = world.server.last().headers.into_iter().collect();
    seen.sort();
    let expected = [
        ("accept-profile", "public"),
        ("apikey", "sb_publishable_key"),
        ("authorization", "Bearer access-1"),
        ("prefer", "return=representation"),
        ("x-client-info", "foyer/0.1.0"),
        ("x-mine", "yes"),
    ];
    assert_eq!(seen, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn what_is_no_header_no_method_or_too_large_is_not_sent() {
    let world = world(|_| raw(200, &[], "[]")).await;
    for (name, value) in [("", "x"), ("a b", "x"), ("a:", "x"), ("ä", "x"), ("a", "x\r\nb: y"), ("a", "ä")]
    {
        let refused = world.client.fetch(with_header(name, value)).await.unwrap_err();
        assert_eq!(refused, FetchError::HeadersRefused, "{name:?}");
    }
    let many = (0..65).map(|n| (format!("x-{n}"), String::new())).collect();
    let large = with_header("a", &"x".repeat(16 << 10));
    for request in [FetchRequest { headers: many, ..get("/rest/v1/t") }, large] {
        assert_eq!(world.client.fetch(request).await.unwrap_err(), FetchError::HeadersRefused);
    }
    for method in ["", "get", "OPTIONS", "TRACE", "CONNECT", "GET / HTTP/1.1\r\n"] {
        let request = FetchRequest { method: method.to_owned(), ..get("/rest/v1/t") };
        assert_eq!(world.client.fetch(request).await.unwrap_err(), FetchError::MethodRefused, "{method:?}");
    }
    let with_body = FetchRequest { body: Some(Bytes::from_static(b"x")), ..get("/rest/v1/t") };
    assert_eq!(world.client.fetch(with_body).await.unwrap_err(), FetchError::MethodRefused);
    let body = Some(vec![0; FETCH_LIMIT + 1].into());
    let huge = FetchRequest { method: "POST".into(), body, ..get("/rest/v1/t") };
    assert_eq!(world.client.fetch(huge).await.unwrap_err(), FetchError::BodyTooLarge);
    assert!(world.server.seen().is_empty());
}

#[tokio::test]
async fn every_method_and_any_bytes_arrive() {
    let world = world(|_| raw(200, &[], "")).await;
    let bytes = Bytes::from_static(b"\x00\xff\r\n--");

    for (name, method) in [
        ("HEAD", Method::Head),
        ("POST", Method::Post),
        ("PUT", Method::Put),
        ("PATCH", Method::Patch),
        ("DELETE", Method::Delete),
    ] {
        let body = (name != "HEAD").then(|| bytes.clone());
        let request = FetchRequest { method: name.into(), body: body.clone(), ..get("/rest/v1/t") };
        world.client.fetch(request).await.unwrap();
        let seen = world.server.last();
        assert_eq!((seen.method, seen.object), (method, body));
    }
}
