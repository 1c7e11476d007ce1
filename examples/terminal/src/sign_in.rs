//! Signing in by a mail: its link comes back to a loopback address, or its code is typed; whichever is first.

use std::io;
use std::thread;

use supabase_session::{Client, Completed, OtpError, PendingFlow, Redirect, Secret, User};
use tokio::sync::mpsc;

use crate::loopback::Loopback;
use crate::plain::plain;
use crate::say;

/// What the person types, line by line. Read in a thread of its own: a read from a terminal cannot be given up, and
/// must not keep the program from ending.
type Lines = mpsc::UnboundedReceiver<String>;

/// Asks for an address, sends the mail and waits for what it brings.
pub(crate) async fn sign_in(client: &Client) -> Result<User, String> {
    let loopback =
        Loopback::open().await.map_err(|error| plain(format!("No port on this machine is free: {error}")))?;
    let client = client.with_redirect(Redirect::with_flow(loopback.url()));
    let mut lines = lines();
    say("Your e-mail address:")?;
    let email = lines.recv().await.ok_or("Nobody is signed in, and nobody says who it is.")?;
    let flow = client.send_magic_link(email.trim(), true).await.map_err(plain)?;
    say("A mail is on its way. Open its link on this machine, or type its code here:")?;
    let completed = tokio::select! {
        came = loopback.completed(client.clone()) => came.map_err(plain)?,
        typed = typed_code(&client, &flow, &mut lines) => typed?,
    };
    match completed {
        Completed::SignedIn(user) => Ok(user),
        _ => Err("This was another link than that of a sign-in.".into()),
    }
}

/// The first typed code that the server takes.
async fn typed_code(client: &Client, flow: &PendingFlow, lines: &mut Lines) -> Result<Completed, String> {
    loop {
        let Some(line) = lines.recv().await else {
            // Nobody types (any more): the link is what is left.
            return std::future::pending().await;
        };
        match client.verify_code(&flow.id, Secret::from(line)).await {
            Ok(completed) => return Ok(completed),
            Err(error @ OtpError::Unknown) => return Err(plain(error)),
            Err(error) => say(&plain(format!("{error}; try again:")))?,
        }
    }
}

fn lines() -> Lines {
    let (sender, lines) = mpsc::unbounded_channel();
    thread::spawn(move || {
        for line in io::stdin().lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    lines
}
