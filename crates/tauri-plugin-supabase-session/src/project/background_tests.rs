//! How often a server is asked that does not answer.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use axum::Router;
use axum::http::StatusCode;
use supabase_session::{MemoryStore, Project};
use tokio::net::TcpListener;

use super::*;
use crate::test_app::context;

fn connection(url: &str) -> Arc<Connection> {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path(), true, None);
    let project = Project::new(url, "sb_publishable_key").unwrap();
    let client = context.client(project, Arc::new(MemoryStore::default()));
    Arc::new(Connection::new(client, context, Arc::new(|| {})))
}

const HOUR: Duration = Duration::from_secs(3600);

/// Asks a server that answers like this every time, for a day, with somebody who comes back after the first hour; how
/// often it was asked until then, right after it, and in all.
async fn asked(answer: Asked) -> (usize, usize, usize) {
    let connection = connection("http://127.0.0.1:9");
    let count = Arc::new(AtomicUsize::new(0));
    let asking = tokio::spawn({
        let (connection, count) = (Arc::downgrade(&connection), Arc::clone(&count));
        ask(connection, move |_| {
            count.fetch_add(1, SeqCst);
            std::future::ready(answer)
        })
    });
    tokio::time::sleep(HOUR).await;
    let first = count.load(SeqCst);
    connection.ask_again();
    tokio::time::sleep(Duration::from_millis(1)).await;
    let second = count.load(SeqCst);
    tokio::time::sleep(HOUR * 23).await;
    assert_eq!(asking.is_finished(), answer == Asked::Answered);
    drop(connection);
    tokio::time::sleep(HOUR).await;
    assert!(asking.is_finished(), "the connection is gone");
    (first, second, count.load(SeqCst))
}

#[tokio::test(start_paused = true)]
async fn a_server_that_does_not_answer_is_asked_less_and_less_often_until_somebody_comes_back() {
    let (first, second, all) = asked(Asked::Unanswered).await;

    assert_eq!(second, first + 1);
    assert!((10..=14).contains(&first), "{first} in the first hour");
    assert!((95..=115).contains(&all), "{all} in a day");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_needs_somebody_is_asked_only_when_somebody_comes_back() {
    assert_eq!(asked(Asked::Refused).await, (1, 2, 2));
    assert_eq!(asked(Asked::Answered).await, (1, 1, 1));
}

#[tokio::test]
async fn what_stays_until_somebody_has_seen_to_it_is_told_from_what_passes() {
    for (status, expected) in [
        (402, Asked::Refused),
        (540, Asked::Refused),
        (404, Asked::Unanswered),
        (429, Asked::Unanswered),
        (503, Asked::Unanswered),
        (522, Asked::Unanswered),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let status = StatusCode::from_u16(status).unwrap();
        let server = tokio::spawn(async move {
            axum::serve(listener, Router::new().fallback(move || async move { status })).await
        });
        let connection = connection(&url);

        let (methods, mode) =
            (learn_sign_in_methods(Arc::clone(&connection)).await, learn_redirect_mode(connection).await);

        assert_eq!((methods, mode), (expected, expected), "{status}");
        server.abort();
    }
}
