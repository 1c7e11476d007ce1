//! A web server with accounts, on any Supabase project. Here: what it is told by its environment, where it listens
//! and which address leads to which page.

mod confirm;
mod cookies;
mod guard;
mod pages;
mod routes;
mod site;
mod store;
mod visit;

use std::env;
use std::io::Write as _;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use site::Site;
use supabase_session::Project;
use tokio::net::TcpListener;
use url::Url;

#[tokio::main]
async fn main() -> ExitCode {
    match serve().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            // When even stderr is gone there is nobody to tell.
            writeln!(std::io::stderr(), "foyer-example-server: {sentence}").ok();
            ExitCode::FAILURE
        }
    }
}

async fn serve() -> Result<(), String> {
    let named = |name: &str| env::var(name).map_err(|_| format!("set {name}"));
    let project = Project::new(&named("SUPABASE_URL")?, &named("SUPABASE_PUBLISHABLE_KEY")?)
        .map_err(|error| error.to_string())?;
    let port = env::var("PORT").unwrap_or_else(|_| "3000".into());
    let port: u16 = port.parse().map_err(|_| format!("PORT is {port}, which is no port"))?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| error.to_string())?;
    let here = format!("http://{}", listener.local_addr().map_err(|error| error.to_string())?);
    // How browsers reach it, where a proxy stands before it.
    let origin = env::var("SITE_URL").unwrap_or_else(|_| here.clone());
    let origin = Url::parse(&origin).map_err(|error| format!("SITE_URL is {origin}: {error}"))?;
    writeln!(std::io::stdout(), "{here}").map_err(|error| error.to_string())?;
    let site = Arc::new(Site::new(project, origin));
    axum::serve(listener, router(site)).await.map_err(|error| error.to_string())
}

fn router(site: Arc<Site>) -> Router {
    Router::new()
        .route("/", get(routes::home))
        .route("/sign-in", get(routes::sign_in_form).post(routes::sign_in))
        .route("/sign-up", get(routes::sign_up_form).post(routes::sign_up))
        .route("/sign-out", post(routes::sign_out))
        .route("/private", get(routes::private))
        .route("/auth/confirm", get(confirm::open).post(confirm::accept))
        .route("/auth/error", get(routes::error))
        .layer(from_fn_with_state(Arc::clone(&site), visit::keep_session))
        .layer(from_fn_with_state(Arc::clone(&site), guard::same_origin))
        .layer(from_fn(guard::headers))
        .with_state(site)
}
