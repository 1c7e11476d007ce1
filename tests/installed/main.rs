//! Installs a .deb in a clean Debian and lives with it as a person does: started from its desktop entry, an account opened
//! by keyboard, the mail's link through the desktop, an upgrade, a removal. `installed FILE.deb [FOLDER]`; pictures of each
//! step go to `target/installed` unless a folder is named. Needs root, debootstrap and xdotool.

// A terminal program: printing is what it is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

#[cfg(target_os = "linux")]
mod clean_root;
#[cfg(target_os = "linux")]
mod person;

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("A .deb is installed on Linux.");
    std::process::exit(1);
}

#[cfg(target_os = "linux")]
#[tokio::main(flavor = "current_thread")]
async fn main() -> std::process::ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let Some(package) = arguments.next() else {
        eprintln!("usage: installed FILE.deb [FOLDER]");
        return std::process::ExitCode::from(2);
    };
    let pictures = arguments.next().unwrap_or_else(|| "target/installed".into());
    // Interrupted, the steps are dropped, and the clean system goes with them.
    let outcome = tokio::select! {
        outcome = steps::all(package.as_ref(), pictures.as_ref()) => outcome,
        interruption = interruption() => interruption.and_then(Err),
    };
    match outcome {
        Ok(()) => {
            println!("\nAll of it worked. The pictures are in {}", pictures.to_string_lossy());
            std::process::ExitCode::SUCCESS
        }
        Err(fault) => {
            eprintln!("\nIt stopped: {fault}");
            std::process::ExitCode::FAILURE
        }
    }
}

/// Waits for Ctrl-C, or for a request to end.
#[cfg(target_os = "linux")]
async fn interruption() -> harness::Outcome<harness::Fault> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    Ok(harness::Fault::new("it was interrupted"))
}

#[cfg(target_os = "linux")]
mod steps {
    use std::fs;
    use std::path::Path;

    use harness::contract::brand::{IDENTIFIER, PROGRAM};
    use harness::deadline::until;
    use harness::steps::PASSWORD;
    use harness::{Fault, Outcome, Server};

    use super::clean_root::CleanRoot;
    use super::person::Person;

    const EMAIL: &str = "ada@example.com";
    /// What a desktop has without the app.
    const DESKTOP: &[&str] =
        &["dbus", "dbus-daemon", "desktop-file-utils", "fonts-dejavu-core", "libglib2.0-bin", "xdg-utils"];

    pub(crate) async fn all(package: &Path, pictures: &Path) -> Outcome {
        fs::create_dir_all(pictures)?;
        let server = Server::start().await?;
        println!("A clean Debian (made once, some minutes) ...");
        let root = CleanRoot::new().await?;
        root.install(DESKTOP).await?;
        println!("apt installs the package and what it depends on ...");
        root.install_file(package).await?;
        let person = Person::new(&root, &server, pictures).await?;
        for opener in ["xdg-open", "gio open"] {
            come_in(&person, &server, opener).await?;
            if opener == "xdg-open" {
                person.forget_everything().await?;
            }
        }
        upgrade(&root, &person, package).await?;
        remove(&root, &person).await
    }

    /// Opens an account from the desktop entry to the account page.
    async fn come_in(person: &Person<'_>, server: &Server, opener: &str) -> Outcome {
        let email = format!("{}-{EMAIL}", opener.replace(' ', "-"));
        person.start_from_desktop_entry().await?;
        person.window_says("Sign in").await?;
        // From the address back to the list of ways in, and to the second of them.
        person.keys(&["shift+Tab", "Right"]).await?;
        person.window_says("Create your account").await?;
        for text in ["Ada Lovelace", &email, PASSWORD] {
            person.keys(&["Tab"]).await?;
            person.types(text).await?;
        }
        person.picture("sign-up").await?;
        person.keys(&["Return"]).await?;
        person.window_says("Check your mail").await?;
        let link = server.follow(&server.mail_to(&email).await?.link).await?;
        person.opens(opener, &link).await?;
        person.window_says("Account").await?;
        person.picture("signed-in").await?;
        let signed_in = format!(
            "select count(*) from auth.sessions s join auth.users u on u.id = s.user_id where u.email = '{email}'"
        );
        until("the session on the server", async || {
            Ok((server.value(&signed_in).await?.as_deref() == Some("1")).then_some(()))
        })
        .await?;
        println!("Started from its desktop entry, account opened, signed in through `{opener}`.");
        Ok(())
    }

    async fn upgrade(root: &CleanRoot, person: &Person<'_>, package: &Path) -> Outcome {
        person.quit().await?;
        let newer = root.repacked_as(package, "99.0.0").await?;
        root.install_file(&newer).await?;
        person.start_from_desktop_entry().await?;
        person.window_says("Account").await?;
        person.picture("upgraded").await?;
        println!("Upgraded: still signed in.");
        person.quit().await
    }

    async fn remove(root: &CleanRoot, person: &Person<'_>) -> Outcome {
        root.purge(PROGRAM).await?;
        let mut left = root.files_named(PROGRAM).await?;
        left.extend(root.files_named(IDENTIFIER).await?);
        let (own, others): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|path| path.starts_with(&person.data_folder()));
        if own.is_empty() {
            return Err(Fault::new("the person's own data is gone"));
        }
        if !others.is_empty() {
            return Err(Fault::new(format!("the package leaves behind {others:?}")));
        }
        if let Some(entry) = person.who_opens_links().await? {
            return Err(Fault::new(format!("the desktop still opens links with {entry}")));
        }
        println!("Removed: nothing is left but the person's own data.");
        Ok(())
    }
}
