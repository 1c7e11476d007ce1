//! A program for the terminal with an account. Here: what it is asked to do and what it says. How somebody signs in is
//! `sign_in.rs`.

mod loopback;
mod plain;
mod sign_in;

use std::env;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use plain::plain;
use serde::Deserialize;
use supabase_session::{Client, FileStore, Project, User};

const USAGE: &str = "\
usage: foyer-example-terminal [sign-out]

Prints your profile, after you have signed in by a mail if need be.

  SUPABASE_URL              the project
  SUPABASE_PUBLISHABLE_KEY  its publishable (or anon) key
  FOYER_TERMINAL_DATA       where the session is kept (default: your data folder)";

/// A row of the table `profiles`.
#[derive(Deserialize)]
struct Profile {
    full_name: Option<String>,
    username: Option<String>,
    website: Option<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        [] => profile().await,
        ["sign-out"] => sign_out().await,
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            // When even stderr is gone there is nobody to tell.
            writeln!(io::stderr(), "{sentence}").ok();
            ExitCode::FAILURE
        }
    }
}

async fn profile() -> Result<(), String> {
    let client = client()?;
    let user = match client.restore().await.signed_in() {
        Some(session) => session.user.clone(),
        None => sign_in::sign_in(&client).await?,
    };
    let profile = client
        .rest()
        .select_one::<Profile>("profiles", "full_name,username,website", &[("id", user.id)])
        .await
        .map_err(plain)?;
    show(&user, profile.as_ref()).map_err(plain)
}

async fn sign_out() -> Result<(), String> {
    let client = client()?;
    if client.restore().await.signed_in().is_none() {
        return say("Nobody is signed in.");
    }
    match client.sign_out().await.store {
        None => say("Signed out."),
        Some(error) => Err(plain(error)),
    }
}

/// A client of the project that the environment names, which keeps its session in a folder of its own.
fn client() -> Result<Client, String> {
    let named = |name: &str| env::var(name).map_err(|_| format!("Set {name}.\n\n{USAGE}"));
    let project =
        Project::new(&named("SUPABASE_URL")?, &named("SUPABASE_PUBLISHABLE_KEY")?).map_err(plain)?;
    let folder = match env::var_os("FOYER_TERMINAL_DATA") {
        Some(folder) => PathBuf::from(folder),
        None => dirs::data_local_dir().ok_or("Set FOYER_TERMINAL_DATA.")?.join("foyer-example-terminal"),
    };
    let store = FileStore::open(folder).map_err(plain)?;
    let info = concat!("foyer-example-terminal/", env!("CARGO_PKG_VERSION"));
    Ok(Client::builder(project, Arc::new(store)).client_info(info.to_owned()).build())
}

fn show(user: &User, profile: Option<&Profile>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let email = user.email.as_deref().unwrap_or("somebody without an address");
    writeln!(out, "Signed in as {}", plain(email))?;
    let Some(profile) = profile else { return writeln!(out, "There is no profile yet.") };
    for (label, value) in
        [("Name", &profile.full_name), ("Username", &profile.username), ("Website", &profile.website)]
    {
        writeln!(out, "{label:9} {}", plain(value.as_deref().unwrap_or("-")))?;
    }
    Ok(())
}

/// A line for the person.
fn say(line: &str) -> Result<(), String> {
    writeln!(io::stdout(), "{line}").map_err(plain)
}
