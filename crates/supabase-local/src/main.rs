//! The program: arguments, the socket, the signals. What is served is the library's business.

mod arguments;

use std::io::{IsTerminal as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use arguments::{Arguments, Request};
use axum::Router;
use axum::serve::ListenerExt as _;
use supabase_local::{AccessLog, Config, Home, Keys, Server};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// How long open requests may take to end after the signal. Idle connections are closed at once.
const GRACE: Duration = Duration::from_millis(800);

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("SUPABASE_LOCAL_LOG")
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,supabase_local=info")),
        )
        .init();
    let arguments = match Arguments::read(std::env::args().skip(1)) {
        Ok(Request::Run(arguments)) => arguments,
        Ok(Request::Help) => return print(arguments::USAGE),
        Err(error) => return fail(&error),
    };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.to_string()),
    };
    match runtime.block_on(run(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => fail(&sentence),
    }
}

/// From the arguments to the end. An error is one sentence for the person at the terminal.
async fn run(arguments: Arguments) -> Result<(), String> {
    // The signal is awaited from the start, so that one during a slow start is not lost.
    let mut stopped = stop_signal()?;
    let config = read_config(&arguments)?;
    // The port first: it is the cheaper thing to fail on.
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
    let read = match &arguments.config {
        Some(path) => Config::from_file(path),
        None if arguments::default_config().is_file() => Config::from_file(&arguments::default_config()),
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

/// Serves until `stopped`; then no new request is taken and open ones get [`GRACE`].
async fn serve(listener: TcpListener, router: Router, stopped: oneshot::Receiver<()>) -> Result<(), String> {
    let (closing, closed) = oneshot::channel::<()>();
    // Small answers must not wait for the acknowledgement of the ones before them.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps its delay");
        }
    });
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move {
        // An error means that the signal's task is gone: stop as well.
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

/// What people and tools need to know, once requests are answered.
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

fn print(text: &str) -> ExitCode {
    match writeln!(std::io::stdout(), "{text}") {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn fail(sentence: &str) -> ExitCode {
    // When even stderr is gone there is nobody to tell.
    writeln!(std::io::stderr(), "supabase-local: {sentence}").ok();
    ExitCode::FAILURE
}
