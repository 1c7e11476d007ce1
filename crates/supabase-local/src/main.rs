//! The program `supabase-local`: it reads its arguments, starts a [`Server`], puts the server on a socket and ends at a
//! signal.

mod arguments;

use std::io::{IsTerminal as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use arguments::Arguments;
use axum::Router;
use axum::serve::ListenerExt as _;
use clap::Parser as _;
use supabase_local::{AccessLog, Config, Home, Keys, Server};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// How long the open requests may take to end after the signal. Idle connections are closed at once.
const GRACE: Duration = Duration::from_millis(800);

fn main() -> ExitCode {
    // Help and a wrong argument end the program here.
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("SUPABASE_LOCAL_LOG")
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,supabase_local=info")),
        )
        .init();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.to_string()),
    };
    match runtime.block_on(run(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => fail(&sentence),
    }
}

/// Runs the server until a signal ends it. An error is one sentence for the person at the terminal.
async fn run(arguments: Arguments) -> Result<(), String> {
    // Signals are received from the start, so that one that comes during a slow start is not lost.
    let mut stopped = stop_signal()?;
    let config = read_config(&arguments)?;
    // The port is taken before the database opens, because that takes long.
    let listener = bind(arguments.port).await?;
    let port = listener.local_addr().map_err(|error| error.to_string())?.port();
    let url = format!("http://127.0.0.1:{port}");
    let home = if arguments.ephemeral { Home::Ephemeral } else { Home::Folder(arguments.data.clone()) };
    let mut builder = Server::builder(config).home(home).api_url(&url);
    if let Some(path) = &arguments.access_log {
        let log = AccessLog::open(path)
            .map_err(|error| format!("cannot write the access log {}: {error}", path.display()))?;
        builder = builder.access_log(log);
    }
    let server = tokio::select! {
        started = builder.start() => started.map_err(|error| error.to_string())?,
        _ = &mut stopped => return Ok(()),
    };
    announce(&arguments, &url, server.keys()).map_err(|error| error.to_string())?;
    serve(listener, server.router(), stopped).await?;
    server.close().await.map_err(|error| error.to_string())
}

fn read_config(arguments: &Arguments) -> Result<Config, String> {
    let read = match arguments.config_file() {
        Some(path) => Config::from_file(&path),
        None => Config::built_in(),
    };
    read.map_err(|error| error.to_string())
}

async fn bind(port: u16) -> Result<TcpListener, String> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => format!(
            "port {port} is taken; stop what listens there (perhaps another local Supabase), or choose \
             another with --port (0 picks a free one)"
        ),
        _ => format!("cannot listen on port {port}: {error}"),
    })
}

/// Serves until `stopped`. From then on no new request is taken, and the open ones get [`GRACE`] to end.
async fn serve(listener: TcpListener, router: Router, stopped: oneshot::Receiver<()>) -> Result<(), String> {
    let (closing, closed) = oneshot::channel::<()>();
    // Without Nagle's algorithm, so that a small answer does not wait for the acknowledgement of the one before it.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps its delay");
        }
    });
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move {
        // An error means that the task that waits for signals is gone. The server stops then as well.
        stopped.await.ok();
        closing.send(()).ok();
    });
    tokio::select! {
        ended = async { serving.await } => ended.map_err(|error| error.to_string()),
        () = async { closed.await.ok(); tokio::time::sleep(GRACE).await } => Ok(()),
    }
}

/// Resolves at Ctrl-C or SIGTERM.
fn stop_signal() -> Result<oneshot::Receiver<()>, String> {
    let (stop, stopped) = oneshot::channel();
    #[cfg(unix)]
    let terminated = {
        use tokio::signal::unix::{SignalKind, signal};
        let mut signal = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
        async move { signal.recv().await }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<Option<()>>();
    tokio::spawn(async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated => {}
        }
        stop.send(()).ok();
    });
    Ok(stopped)
}

/// Prints the address and the keys, once the server answers requests.
fn announce(arguments: &Arguments, url: &str, keys: &Keys) -> std::io::Result<()> {
    let inbox = format!("{url}/inbox");
    let mut out = std::io::stdout().lock();
    if arguments.json {
        let line = serde_json::json!({
            "url": url,
            "anon_key": keys.anon,
            "service_role_key": keys.service_role,
            "inbox": inbox,
        });
        writeln!(out, "{line}")?;
    } else {
        writeln!(out, "URL               {url}")?;
        writeln!(out, "publishable key   {}", keys.publishable)?;
        writeln!(out, "anon key          {}", keys.anon)?;
        writeln!(out, "service_role key  {}", keys.service_role)?;
        writeln!(out, "inbox             {inbox}")?;
    }
    out.flush()
}

/// Prints why the program ends, and answers its exit code.
fn fail(sentence: &str) -> ExitCode {
    // When stderr is closed as well, the sentence cannot be printed anywhere.
    writeln!(std::io::stderr(), "supabase-local: {sentence}").ok();
    ExitCode::FAILURE
}
