//! The tour: does the main job by itself in the real window, says each step, and takes a picture of it.
//! `tour [FOLDER]`; the pictures go to `target/tour` unless a folder is named.

// A terminal program: printing is what it is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("The tour drives the window through WebKitWebDriver, which only Linux has.");
    std::process::exit(1);
}

#[cfg(target_os = "linux")]
#[tokio::main(flavor = "current_thread")]
async fn main() -> std::process::ExitCode {
    let folder = std::env::args_os().nth(1).unwrap_or_else(|| "target/tour".into());
    match tour::all(std::path::Path::new(&folder)).await {
        Ok(pictures) => {
            println!(
                "\nAll of it worked. {pictures} pictures are in {}",
                std::path::Path::new(&folder).display()
            );
            std::process::ExitCode::SUCCESS
        }
        Err(fault) => {
            eprintln!("\nThe tour stopped: {fault}");
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(target_os = "linux")]
mod tour {
    use std::fs;
    use std::path::{Path, PathBuf};

    use harness::deadline::until;
    use harness::steps::{PASSWORD, open};
    use harness::{App, Desktop, Outcome, Server, authenticator};
    use image::{Rgb, RgbImage};

    const NAME: &str = "Ada Lovelace";
    const EMAIL: &str = "ada@example.com";

    /// The desktop of the tour and the pictures taken of it.
    struct Album<'a> {
        folder: &'a Path,
        taken: usize,
    }

    impl Album<'_> {
        /// Says what was done and takes a picture of what it looks like.
        async fn step(&mut self, desktop: &Desktop, app: &App, name: &str, said: &str) -> Outcome {
            self.taken += 1;
            let path = self.folder.join(format!("{:02}-{name}.png", self.taken));
            // A fade or a focus ring on its way would blur the picture.
            app.settled().await?;
            app.screenshot(desktop, &path).await?;
            println!("{:>2}. {said}\n    {}", self.taken, path.display());
            Ok(())
        }
    }

    /// Takes the tour. Answers how many pictures there are.
    pub(crate) async fn all(folder: &Path) -> Outcome<usize> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        let mut album = Album { folder, taken: 0 };
        println!("Starting a local Supabase and a desktop of our own ...");
        let server = Server::start().await?;
        let mut desktop = Desktop::with(&server).await?;
        desktop.composite();
        let app = App::start(&desktop).await?;
        let app = come_in(&mut album, &server, &desktop, app).await?;
        set_up_account(&mut album, &server, &desktop, &app).await?;
        let secret = guard_account(&mut album, &desktop, &app).await?;
        leave(&mut album, &mut desktop, app).await?;
        come_back(&mut album, &server, &desktop, &secret).await?;
        Ok(album.taken)
    }

    async fn come_in(album: &mut Album<'_>, server: &Server, desktop: &Desktop, app: App) -> Outcome<App> {
        app.wait_for("sign-in-page").await?;
        app.click("tab-sign-up").await?;
        for (field, text) in [("full-name", NAME), ("email", EMAIL), ("password", PASSWORD)] {
            app.type_into(field, text).await?;
        }
        album.step(desktop, &app, "sign-up", "Filled in the form for a new account.").await?;
        app.click("submit").await?;
        app.wait_for("waiting-page").await?;
        album.step(desktop, &app, "waiting", "Sent it. The app waits for the link in the mail.").await?;
        let mail = server.mail_to(EMAIL).await?;
        println!("    The mail is there: {}", mail.subject);
        let link = server.follow(&mail.link).await?;
        open(desktop, &link).await?;
        app.wait_for("account-page").await?;
        app.wait_value("full-name", NAME).await?;
        album
            .step(desktop, &app, "signed-in", "Opened its link; the desktop handed it to the running app.")
            .await?;
        Ok(app)
    }

    async fn set_up_account(album: &mut Album<'_>, server: &Server, desktop: &Desktop, app: &App) -> Outcome {
        app.type_into("username", "ab").await?;
        app.click("save").await?;
        app.wait_for("field-error-username").await?;
        app.scroll_to("field-error-username").await?;
        album.step(desktop, app, "field-error", "Tried a username that is too short.").await?;
        app.type_into("username", "ada").await?;
        app.type_into("website", "https://ada.example").await?;
        app.click("save").await?;
        app.wait_for("saved").await?;
        app.scroll_to("saved").await?;
        let username = server.value("select username from public.profiles").await?;
        println!("    The row in PostgreSQL says: {}", username.unwrap_or_default());
        album.step(desktop, app, "saved", "Saved a better one, and a website.").await?;
        app.set_avatar(desktop, &portrait(desktop)?).await?;
        app.avatar_size().await?;
        until("the picture on the server", async || {
            server.value("select name from storage.objects where bucket_id = 'avatars'").await
        })
        .await?;
        app.wait_gone("avatar-progress").await?;
        app.scroll_to("avatar-image").await?;
        album.step(desktop, app, "avatar", "Chose a picture.").await
    }

    /// Answers the second factor's secret.
    async fn guard_account(album: &mut Album<'_>, desktop: &Desktop, app: &App) -> Outcome<String> {
        app.click("nav-security").await?;
        app.wait_for("security-page").await?;
        album.step(desktop, app, "security", "Looked at what guards the account.").await?;
        app.click("mfa-enroll").await?;
        app.scroll_to("mfa-qr").await?;
        let secret = app.text("mfa-secret").await?;
        album
            .step(desktop, app, "second-factor", "Began a second factor; its QR code is drawn here.")
            .await?;
        app.type_into("mfa-code", &authenticator::code(&secret)?).await?;
        app.click("mfa-verify").await?;
        app.wait_gone("mfa-code").await?;
        app.click("nav-account").await?;
        app.wait_for("account-page").await?;
        Ok(secret)
    }

    /// Comes back without a password, then shows the second factor.
    async fn come_back(album: &mut Album<'_>, server: &Server, desktop: &Desktop, secret: &str) -> Outcome {
        let app = App::start(desktop).await?;
        app.wait_for("sign-in-page").await?;
        app.click("tab-magic-link").await?;
        app.type_into("email", EMAIL).await?;
        app.click("submit").await?;
        app.wait_for("waiting-page").await?;
        album.step(desktop, &app, "magic-link", "Asked for a link instead of typing a password.").await?;
        app.type_into("code", &server.mail_to(EMAIL).await?.code).await?;
        app.click("code-submit").await?;
        app.wait_for("mfa-page").await?;
        album.step(desktop, &app, "mfa", "Typed the mail's code; the second factor is asked for.").await?;
        app.type_into("mfa-code", &authenticator::code(secret)?).await?;
        app.click("mfa-verify").await?;
        app.wait_for("account-page").await?;
        app.click("sign-out").await?;
        app.wait_for("sign-in-page").await?;
        server.invite("grace@example.com").await?;
        let link = server.follow(&server.mail_to("grace@example.com").await?.link).await?;
        open(desktop, &link).await?;
        app.wait_text("consent-email", |text| !text.is_empty()).await?;
        album
            .step(
                desktop,
                &app,
                "invitation",
                "Opened an invitation: the app asks before it signs anybody in.",
            )
            .await?;
        app.click("consent-cancel").await?;
        app.wait_for("sign-in-page").await?;
        app.quit().await
    }

    async fn leave(album: &mut Album<'_>, desktop: &mut Desktop, app: App) -> Outcome {
        app.kill_9().await?;
        let app = App::start(desktop).await?;
        app.wait_for("account-page").await?;
        app.avatar_size().await?;
        album
            .step(desktop, &app, "restarted", "Killed the app and started it again: still signed in.")
            .await?;
        app.quit().await?;
        desktop.set("GTK_THEME", "Adwaita:dark");
        let app = App::start(desktop).await?;
        app.wait_for("account-page").await?;
        app.avatar_size().await?;
        album.step(desktop, &app, "dark", "The same on a dark desktop.").await?;
        app.quit().await?;
        desktop.set("GTK_THEME", "Adwaita");
        let app = App::start(desktop).await?;
        app.click("sign-out").await?;
        app.wait_for("sign-in-page").await?;
        album.step(desktop, &app, "signed-out", "Signed out.").await?;
        app.quit().await
    }

    /// A picture to choose: hills under an evening sky.
    fn portrait(desktop: &Desktop) -> Outcome<PathBuf> {
        let path = desktop.path("portrait.png");
        let side = 900_u32;
        let picture = RgbImage::from_fn(side, side, |x, y| {
            let (h, v) = (f64::from(x) / f64::from(side), f64::from(y) / f64::from(side));
            let hill = 0.62 + 0.12 * (h * 5.0).sin() + 0.04 * (h * 17.0).cos();
            let sun = ((h - 0.68).powi(2) + (v - 0.36).powi(2)).sqrt() < 0.13;
            match (v > hill, sun) {
                (true, _) => blend([38, 70, 83], [20, 40, 52], (v - hill) * 2.5),
                (false, true) => Rgb([255, 232, 190]),
                (false, false) => blend([246, 160, 120], [120, 90, 160], 1.0 - v * 1.4),
            }
        });
        picture.save(&path)?;
        Ok(path)
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn blend(from: [u8; 3], to: [u8; 3], part: f64) -> Rgb<u8> {
        let part = part.clamp(0.0, 1.0);
        let channel = |at: usize| (f64::from(from[at]) * (1.0 - part) + f64::from(to[at]) * part) as u8;
        Rgb([channel(0), channel(1), channel(2)])
    }
}
