//! Where the mails of a project on this machine can be read. `supabase-local` shows them itself; the Supabase CLI has a
//! program of its own for them. An address is offered only once something that looks like an inbox has answered there.

use std::time::Duration;

use supabase_session::{HttpTransport, Method, Project, Request, Transport};
use url::Url;

/// Where the Supabase CLI's inbox listens (`inbucket.port` in `config.toml`).
const CLI_PORT: u16 = 54324;

/// How long a program on this machine is waited for: it answers at once or not at all.
const TIMEOUT: Duration = Duration::from_secs(2);

/// Largest page that is looked at. Real ones have a few KiB.
const LARGEST: usize = 256 << 10;

/// Asks the addresses at which the mails of this project may be shown. `None` where none answers, and always for a
/// project that is not on this machine: no other machine is asked for an inbox.
pub(crate) async fn find(project: &Project) -> Option<Url> {
    find_at(project, CLI_PORT).await
}

async fn find_at(project: &Project, cli_port: u16) -> Option<Url> {
    if !project.is_loopback() {
        return None;
    }
    let transport = HttpTransport::new(project);
    let own = project.url().join("inbox").ok()?;
    if shows(&transport, &own, &["/inbox/api"]).await {
        return Some(own);
    }
    let mut cli = project.url().clone();
    cli.set_path("/");
    cli.set_port(Some(cli_port)).ok()?;
    // The CLI's inbox is Mailpit, in versions from before 2025 Inbucket.
    shows(&transport, &cli, &["<title>Mailpit", "<title>Inbucket"]).await.then_some(cli)
}

/// Whether the page at this address contains one of these texts.
async fn shows(transport: &HttpTransport, url: &Url, marks: &[&str]) -> bool {
    let mut request = Request::new(Method::Get, url.clone());
    (request.deadline, request.limit) = (TIMEOUT, LARGEST);
    let Ok(answer) = transport.send(request).await else { return false };
    let page = String::from_utf8_lossy(&answer.body);
    answer.status == 200 && marks.iter().any(|mark| page.contains(mark))
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// A program that answers `page` at `path`, and 404 elsewhere.
    async fn answers(path: &'static str, page: &'static str) -> u16 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut head = vec![0; 4096];
                let length = stream.read(&mut head).await.unwrap_or_default();
                let is_there = head[..length].starts_with(format!("GET {path} ").as_bytes());
                let (status, body) = if is_there { ("200 OK", page) } else { ("404 Not Found", "") };
                let answer = format!(
                    "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                    body.len()
                );
                drop(stream.write_all(answer.as_bytes()).await);
            }
        });
        port
    }

    fn project(port: u16) -> Project {
        Project::new(&format!("http://127.0.0.1:{port}"), "sb_publishable_x").unwrap()
    }

    const OURS: &str = "<title>Inbox</title><script>fetch(\"/inbox/api\")</script>";

    #[tokio::test]
    async fn the_inbox_that_answers_is_the_one_that_is_offered() {
        let (nothing, silent) = (answers("/none", "").await, answers("/none", "").await);
        assert_eq!(find_at(&project(nothing), silent).await, None);

        let own = answers("/inbox", OURS).await;
        let found = find_at(&project(own), silent).await.map(String::from);
        assert_eq!(found, Some(format!("http://127.0.0.1:{own}/inbox")));

        for page in ["<head><title>Mailpit</title></head>", "<title>Inbucket</title>"] {
            let cli = answers("/", page).await;
            let found = find_at(&project(nothing), cli).await.map(String::from);
            assert_eq!(found, Some(format!("http://127.0.0.1:{cli}/")), "{page}");
        }
    }

    #[tokio::test]
    async fn a_page_that_is_no_inbox_is_not_offered() {
        let other = answers("/inbox", "<title>My app</title>").await;
        let cli = answers("/", "<title>My other app</title>").await;

        assert_eq!(find_at(&project(other), cli).await, None);
    }

    #[tokio::test]
    async fn nothing_is_asked_for_a_project_elsewhere() {
        let cli = answers("/", "<title>Mailpit</title>").await;
        let project = Project::new("https://abcd.supabase.co", "sb_publishable_x").unwrap();

        assert_eq!(find_at(&project, cli).await, None);
    }
}
