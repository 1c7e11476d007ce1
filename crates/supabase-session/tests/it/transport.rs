//! `HttpTransport` on real sockets of this machine, against servers that misbehave.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use supabase_session::{
    Body, HttpTransport, Method, Progress, Project, Request, Response, Transport, TransportError,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::deadline::Deadline;
use crate::sockets::{KEY, head, server, write};

fn get(url: &str, path: &str) -> Request {
    Request::new(Method::Get, format!("{url}{path}").parse().unwrap())
}

async fn send(url: &str, request: Request) -> Result<Response, TransportError> {
    HttpTransport::new(&Project::new(url, KEY).unwrap()).send(request).await
}

#[tokio::test]
async fn a_request_arrives_as_it_is_and_the_answer_comes_back_whole() {
    let _deadline = Deadline::here();
    let (tell, told) = oneshot::channel();
    let tell = Arc::new(Mutex::new(Some(tell)));
    let url = server(move |mut stream| {
        let tell = Arc::clone(&tell);
        async move {
            let (head, mut body) = head(&mut stream).await;
            while body.len() < 9 {
                stream.read_buf(&mut body).await.unwrap();
            }
            tell.lock().unwrap().take().unwrap().send((head, body)).unwrap();
            write(&mut stream, "HTTP/1.1 418 Teapot\r\nX-Sb-Error-Code: c\r\ncontent-length: 4\r\n\r\nbody")
                .await;
        }
    })
    .await;
    let request = Request::new(Method::Patch, format!("{url}/rest/v1/a%20b").parse().unwrap())
        .query("id", "eq.a b&c")
        .header("authorization", "Bearer token")
        .json(&serde_json::json!({"a": "ä"}));

    let response = send(&url, request).await.unwrap();

    let (head, body) = told.await.unwrap();
    assert!(head.starts_with("PATCH /rest/v1/a%20b?id=eq.a+b%26c HTTP/1.1\r\n"), "{head}");
    assert!(head.contains("authorization: Bearer token\r\n"), "{head}");
    assert!(head.contains("content-type: application/json;charset=UTF-8\r\n"), "{head}");
    assert!(!head.contains("accept-encoding"), "{head}");
    assert_eq!(String::from_utf8(body).unwrap(), "{\"a\":\"ä\"}");
    assert_eq!((response.status, response.header("x-sb-error-code")), (418, Some("c")));
    assert_eq!(response.body, "body");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let _deadline = Deadline::here();
    let url = server(|mut stream| async move {
        let (head, _) = head(&mut stream).await;
        assert!(head.starts_with("GET /first"), "{head}");
        write(&mut stream, "HTTP/1.1 302 Found\r\nlocation: /second\r\ncontent-length: 0\r\n\r\n").await;
    })
    .await;

    assert_eq!(send(&url, get(&url, "/first")).await.unwrap().status, 302);
}

#[tokio::test]
async fn an_answer_that_says_it_is_too_large_is_not_read() {
    let _deadline = Deadline::here();
    let url = server(|mut stream| async move {
        head(&mut stream).await;
        write(&mut stream, "HTTP/1.1 200 OK\r\ncontent-length: 1048577\r\n\r\n").await;
        std::future::pending::<()>().await;
    })
    .await;

    assert_eq!(send(&url, get(&url, "/")).await.unwrap_err(), TransportError::TooLarge);
}

#[tokio::test]
async fn an_endless_answer_is_cut_at_its_limit() {
    let _deadline = Deadline::here();
    let url = server(|mut stream| async move {
        head(&mut stream).await;
        write(&mut stream, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await;
        let piece = format!("1000\r\n{}\r\n", "x".repeat(0x1000));
        while stream.write_all(piece.as_bytes()).await.is_ok() {}
    })
    .await;

    assert_eq!(send(&url, get(&url, "/")).await.unwrap_err(), TransportError::TooLarge);
}

#[tokio::test]
async fn a_compressed_answer_is_not_inflated() {
    let _deadline = Deadline::here();
    for coding in ["gzip", "br", "deflate", "zstd", "gzip, br"] {
        let url = server(move |mut stream| async move {
            let (head, _) = head(&mut stream).await;
            assert!(!head.contains("accept-encoding"), "{head}");
            let answer =
                format!("HTTP/1.1 200 OK\r\ncontent-encoding: {coding}\r\ncontent-length: 6\r\n\r\nnozip!");
            write(&mut stream, &answer).await;
        })
        .await;

        assert_eq!(send(&url, get(&url, "/")).await.unwrap().body, "nozip!", "{coding}");
    }
}

#[tokio::test]
async fn headers_without_an_end_are_given_up() {
    let _deadline = Deadline::here();
    for header in [format!("x-long: {}\r\n", "x".repeat(0x1000)), "a: b\r\n".repeat(500)] {
        let url = server(move |mut stream| {
            let header = header.clone();
            async move {
                head(&mut stream).await;
                write(&mut stream, "HTTP/1.1 200 OK\r\n").await;
                while stream.write_all(header.as_bytes()).await.is_ok() {}
            }
        })
        .await;

        assert_eq!(send(&url, get(&url, "/")).await.unwrap_err(), TransportError::Unreachable);
    }
}

#[tokio::test]
async fn a_server_that_goes_on_and_on_is_given_up_at_the_deadline() {
    let _deadline = Deadline::here();
    for (beginning, piece) in [
        ("HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n", "x"),
        ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", "1\r\nx\r\n"),
        ("HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\n\r\n"),
    ] {
        let url = server(move |mut stream| async move {
            head(&mut stream).await;
            write(&mut stream, beginning).await;
            // Never silent for as long as the deadline.
            let mut drops = tokio::time::interval(Duration::from_millis(20));
            while stream.write_all(piece.as_bytes()).await.is_ok() {
                drops.tick().await;
            }
        })
        .await;
        let mut request = get(&url, "/");
        request.deadline = Duration::from_millis(300);

        assert_eq!(send(&url, request).await.unwrap_err(), TransportError::Timeout, "{beginning:?}");
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_to_a_handshake_is_given_up_at_the_deadline() {
    let _deadline = Deadline::here();
    let url = server(|mut stream| async move {
        let mut bytes = [0; 1024];
        let _hello = stream.read(&mut bytes).await;
        std::future::pending::<()>().await;
    })
    .await
    .replace("http:", "https:");
    let mut request = get(&url, "/");
    request.deadline = Duration::from_millis(300);

    assert_eq!(send(&url, request).await.unwrap_err(), TransportError::Timeout);
}

#[tokio::test]
async fn no_answer_within_the_deadline_is_a_timeout_at_the_head_and_in_the_body() {
    let _deadline = Deadline::here();
    for beginning in ["", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf"] {
        let url = server(move |mut stream| async move {
            head(&mut stream).await;
            write(&mut stream, beginning).await;
            std::future::pending::<()>().await;
        })
        .await;
        let mut request = get(&url, "/");
        request.deadline = Duration::from_millis(150);

        assert_eq!(send(&url, request).await.unwrap_err(), TransportError::Timeout, "{beginning:?}");
    }
}

#[tokio::test]
async fn a_connection_that_breaks_or_never_stands_is_unreachable() {
    let _deadline = Deadline::here();
    for beginning in ["", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf", "no http at all\r\n\r\n"] {
        let url = server(move |mut stream| async move {
            head(&mut stream).await;
            write(&mut stream, beginning).await;
        })
        .await;
        assert_eq!(
            send(&url, get(&url, "/")).await.unwrap_err(),
            TransportError::Unreachable,
            "{beginning:?}"
        );
    }
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", nobody.local_addr().unwrap());
    drop(nobody);
    assert_eq!(send(&url, get(&url, "/")).await.unwrap_err(), TransportError::Unreachable);
}

#[tokio::test]
async fn plain_http_to_another_machine_is_not_sent() {
    let _deadline = Deadline::here();
    let project = Project::new("https://abcd.supabase.co", KEY).unwrap();

    let outcome = HttpTransport::new(&project).send(get("http://192.0.2.1", "/")).await;

    assert_eq!(outcome.unwrap_err(), TransportError::Insecure);
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_unreachable() {
    let _deadline = Deadline::here();
    let url = server(|mut stream| async move {
        let mut bytes = [0; 64];
        let _hello = stream.read(&mut bytes).await;
        write(&mut stream, "HTTP/1.1 400 Bad Request\r\n\r\n").await;
    })
    .await
    .replace("http:", "https:");

    assert_eq!(send(&url, get(&url, "/")).await.unwrap_err(), TransportError::Unreachable);
}

fn object(url: &str, bytes: Bytes, progress: Progress) -> Request {
    let mut request = Request::new(Method::Post, format!("{url}/o").parse().unwrap());
    request.body = Body::Object { bytes, progress };
    request
}

#[tokio::test]
async fn an_upload_tells_its_progress_in_steps_and_says_its_length() {
    let _deadline = Deadline::here();
    let url = server(|mut stream| async move {
        let (head, mut body) = head(&mut stream).await;
        assert!(head.contains("content-length: 100000\r\n"), "{head}");
        assert!(!head.contains("transfer-encoding"), "{head}");
        while body.len() < 100_000 {
            stream.read_buf(&mut body).await.unwrap();
        }
        assert!(body.iter().all(|byte| *byte == 7));
        write(&mut stream, "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    })
    .await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = Arc::clone(&told);

    let progress = Progress::new(move |sent, total| listener.lock().unwrap().push((sent, total)));
    let response = send(&url, object(&url, vec![7; 100_000].into(), progress)).await.unwrap();

    let told = told.lock().unwrap().clone();
    assert_eq!(response.status, 200);
    assert!(told.len() >= 5, "{told:?}");
    assert!(told.is_sorted() && told.iter().all(|(_, total)| *total == 100_000), "{told:?}");
    assert_eq!(told.last(), Some(&(100_000, 100_000)));
}

#[tokio::test]
async fn progress_stops_where_a_server_stops_reading() {
    let _deadline = Deadline::here();
    let total = 64 << 20;
    let (tell, reached) = oneshot::channel();
    let tell = Arc::new(Mutex::new(Some(tell)));
    let url = server(move |mut stream| {
        let tell = Arc::clone(&tell);
        async move {
            head(&mut stream).await;
            tell.lock().unwrap().take().unwrap().send(()).unwrap();
            std::future::pending::<()>().await;
        }
    })
    .await;
    let sent = Arc::new(Mutex::new(0));
    let listener = Arc::clone(&sent);
    let progress = Progress::new(move |now, _| *listener.lock().unwrap() = now);
    let mut request = object(&url, vec![0; total].into(), progress);
    request.deadline = Duration::from_millis(500);

    let outcome = send(&url, request).await;

    reached.await.unwrap();
    assert_eq!(outcome.unwrap_err(), TransportError::Timeout);
    let sent = *sent.lock().unwrap();
    assert!(sent > 0 && sent < total as u64 / 2, "{sent} of {total}");
}

#[tokio::test]
async fn dropping_the_future_closes_the_connection() {
    let _deadline = Deadline::here();
    let (tell_begun, begun) = oneshot::channel();
    let (tell_closed, closed) = oneshot::channel();
    let tell = Arc::new(Mutex::new(Some((tell_begun, tell_closed))));
    let url = server(move |mut stream| {
        let (begun, closed) = tell.lock().unwrap().take().unwrap();
        async move {
            head(&mut stream).await;
            begun.send(()).unwrap();
            let mut sink = vec![0; 1 << 16];
            while stream.read(&mut sink).await.is_ok_and(|count| count > 0) {}
            closed.send(()).unwrap();
        }
    })
    .await;
    let request = object(&url, vec![0; 64 << 20].into(), Progress::new(|_, _| {}));
    let upload = tokio::spawn(async move { send(&url, request).await });
    begun.await.unwrap();

    upload.abort();

    closed.await.unwrap();
}

#[test]
fn an_answer_keeps_headers_that_are_text_with_their_names_in_small_letters() {
    let headers = [("ETag", b"\"a\"".as_slice()), ("x-name", "ä".as_bytes()), ("x-bytes", b"\xff")];

    let response = Response::new(200, headers, "body");

    assert_eq!(response.headers, [("etag".to_owned(), "\"a\"".to_owned())]);
    assert_eq!((response.status, &*response.body), (200, b"body".as_slice()));
}
