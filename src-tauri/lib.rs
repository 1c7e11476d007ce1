//! Foyer's shell: the Tauri app around `supabase-session`.
//!
//! * [`config`] what the app is told from outside, its folders, the saved project
//! * [`app`], [`connection`], [`tasks`], [`view`] the state behind the window
//! * [`commands`] what the page may ask; [`events`] what it is told; [`scheme`] how it sees pictures
//! * [`inbox`] where a local project's mails can be read
//! * [`elsewhere`] what continues in a mail or a browser; [`way_back`], [`callback`], [`arrival`] how it comes back
//! * [`store`] the storage adapter on tauri-plugin-store
//! * [`account`] profile rules, pictures, local cache, edits made offline, the account's end
//! * `instance` one app for one data folder: later starts hand over what they were started with; `bus` a session bus
//!   that hangs
//! * [`captcha`] a captcha that the project asks for, in the browser; [`port`] the web server that both ways back use
//! * [`window`], [`log`], [`qr`], [`error`] what their names say
//!
//! No token, code verifier or auth code is ever handled here: the client owns them, the store seals them.

pub mod account;
pub mod app;
pub mod arrival;
#[cfg(target_os = "linux")]
pub mod bus;
pub mod callback;
pub mod captcha;
pub mod commands;
pub mod config;
pub mod connection;
#[cfg(test)]
mod connection_tests;
pub mod elsewhere;
pub mod error;
pub mod events;
pub mod inbox;
#[cfg(target_os = "linux")]
pub mod instance;
pub mod log;
pub mod port;
pub mod qr;
pub mod scheme;
pub mod store;
pub mod tasks;
#[cfg(test)]
mod test_app;
pub mod view;
pub mod way_back;
pub mod window;

use std::process::ExitCode;
use std::sync::Arc;

use tauri::{Builder, Manager, Runtime};
use tracing::level_filters::LevelFilter;

use app::App;
use config::{Environment, Folders};
use connection::Surroundings;
use store::PluginStore;
use window::RealDesktop;

/// Runs the app until its window is closed.
pub fn run() -> ExitCode {
    let environment = match Environment::read() {
        Ok(environment) => environment,
        Err(error) => return complain(&error.to_string()),
    };
    if let Some(missing) = missing_display() {
        return complain(missing);
    }
    let context = context();
    let Some(folders) = folders(&environment, &context.config().identifier) else {
        return complain("Foyer finds no place for its data: set FOYER_DATA_DIR to a folder of yours");
    };
    let held = match start(&folders, &context.config().identifier) {
        Ok(held) => held,
        Err(code) => return code,
    };
    let built = with_commands(builder(environment, folders, held)).build(context);
    match built {
        Ok(app) => {
            app.run(|_, _| {});
            ExitCode::SUCCESS
        }
        Err(error) => complain(&format!("Foyer cannot start: {error}")),
    }
}

/// What `tauri.conf.json`, the capabilities and the built page say, taken in when this crate is compiled.
fn context<R: Runtime>() -> tauri::Context<R> {
    tauri::generate_context!()
}

/// The app's folders: where the environment says, or below the desktop's place for data of apps.
fn folders(environment: &Environment, identifier: &str) -> Option<Folders> {
    let named = environment.data_dir.clone();
    named.or_else(|| Some(dirs::data_dir()?.join(identifier))).map(Folders::below)
}

/// What lets this process be the app for its data folder.
#[cfg(target_os = "linux")]
type Held = instance::Instance;
#[cfg(not(target_os = "linux"))]
type Held = ();

/// Makes this process the app for its data folder, or hands over to the one that is and says how to end.
#[cfg(target_os = "linux")]
fn start(folders: &Folders, identifier: &str) -> Result<Held, ExitCode> {
    use bus::Bus;
    use instance::Start;

    let link = callback::deep_link::argument(std::env::args_os());
    let held = match instance::begin(folders, link.as_deref()) {
        Ok(Start::First(instance)) => instance,
        Ok(Start::HandedOver) => return Err(ExitCode::SUCCESS),
        Ok(Start::Unanswered) => return Err(unanswered(link.is_some())),
        Err(error) => return Err(complain(&format!("Foyer runs already and cannot be told: {error}"))),
    };
    match bus::ask(identifier, std::env::args_os().collect()) {
        Bus::Free => Ok(held),
        Bus::HandedOver => Err(ExitCode::SUCCESS),
        Bus::Unanswered => {
            let kept = link.map(|link| instance::keep(folders, &link));
            Err(unanswered(kept.is_some_and(|kept| kept.is_ok())))
        }
        Bus::Silent => {
            let error = bus::start_without();
            Err(complain(&format!(
                "The session bus does not answer, and Foyer cannot start without it: {error}"
            )))
        }
    }
}

/// An app runs and hangs. Said in the terminal, and on the screen in the person's language.
#[cfg(target_os = "linux")]
fn unanswered(link_is_kept: bool) -> ExitCode {
    let (english, german) = if link_is_kept {
        (
            "Foyer runs already but does not answer: end it and start it again within ten minutes, and it takes the link",
            "Foyer läuft schon, antwortet aber nicht: Beende es und starte es innerhalb von zehn Minuten neu, dann \
             übernimmt es den Link",
        )
    } else {
        (
            "Foyer runs already but does not answer: end it and start it again",
            "Foyer läuft schon, antwortet aber nicht: Beende es und starte es neu",
        )
    };
    bus::notify(if bus::is_german() { german } else { english });
    complain(english)
}

/// Elsewhere the single-instance plugin does all of it, without a session bus.
#[cfg(not(target_os = "linux"))]
fn start(_: &Folders, _: &str) -> Result<Held, ExitCode> {
    Ok(())
}

/// One sentence to whoever started the app from a terminal.
#[allow(clippy::print_stderr)]
fn complain(sentence: &str) -> ExitCode {
    eprintln!("{sentence}");
    ExitCode::FAILURE
}

/// GTK ends the process with a line of its own where there is no display; ours says what to do.
fn missing_display() -> Option<&'static str> {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let has_display = !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY");
    (!has_display)
        .then_some("Foyer needs a display: set DISPLAY or WAYLAND_DISPLAY, or start it from a desktop")
}

/// Every command of `foyer-contract`. The list is the only one; a test compares it with the contract.
pub fn with_commands<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    use commands::{account, another_way, avatar, project, security, session, window};
    builder.invoke_handler(tauri::generate_handler![
        window::watch_app,
        window::window_ready,
        window::dismiss_notice,
        project::find_local_project,
        project::connect_project,
        project::disconnect_project,
        session::sign_up,
        session::sign_in,
        session::send_magic_link,
        session::send_confirmation,
        session::send_recovery,
        session::sign_in_anonymously,
        session::sign_in_with_provider,
        session::open_again,
        session::copy_address,
        session::open_local_inbox,
        another_way::come_back_by_port,
        session::type_code,
        session::type_foreign_code,
        session::paste_link,
        session::accept_link,
        session::decline_link,
        session::resend_link,
        session::cancel_flow,
        session::show_second_factor,
        session::wake,
        session::sign_out,
        security::change_password,
        security::skip_new_password,
        security::change_email,
        security::enroll_factor,
        security::confirm_factor,
        security::remove_factor,
        security::link_provider,
        security::unlink_identity,
        security::sign_out_others,
        security::sign_out_everywhere,
        security::delete_account,
        account::load_account,
        account::save_profile,
        account::resolve_edit,
        account::find_public_profile,
        account::copy_sql,
        avatar::choose_avatar,
        avatar::upload_avatar,
        avatar::cancel_avatar,
        avatar::remove_avatar,
    ])
}

fn builder(environment: Environment, folders: Folders, held: Held) -> Builder<tauri::Wry> {
    Builder::default()
        // First, so that a second instance ends before it does anything else. Its deep-link feature hands the link
        // of that instance to ours.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            if let Some(app) = app.try_state::<Arc<App>>() {
                app.raise_window();
            }
        }))
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_store::Builder::new().build())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .register_asynchronous_uri_scheme_protocol(scheme::NAME, scheme::answer)
        .setup(move |app| {
            if let Err(error) = begin(app, environment, folders, held) {
                // An error that is handed back would end in a panic.
                complain(&format!("Foyer cannot start: {error}"));
                app.handle().exit(1);
            }
            Ok(())
        })
}

/// Puts the parts together. The session is restored before the window is made, so that its first frame is right.
fn begin<R: Runtime>(
    app: &tauri::App<R>,
    environment: Environment,
    folders: Folders,
    held: Held,
) -> tauri::Result<()> {
    log::begin(&folders.logs(), environment.log.unwrap_or(LevelFilter::INFO));
    #[cfg(target_os = "linux")]
    if bus::was_silent() {
        tracing::warn!("the session bus does not answer: this app runs without it");
    }
    let (queue, arrivals) = callback::Queue::new();
    let handler = callback::deep_link::handler(app.handle(), &folders)?;
    let surroundings = Surroundings {
        folders: folders.clone(),
        store: Arc::new(PluginStore::new(app.handle().clone(), &folders.store())),
        queue: queue.clone(),
        handler: handler.clone(),
        implicit: environment.implicit,
        captcha: environment.captcha,
    };
    let desktop = RealDesktop::new(app.handle().clone(), environment.pick_file, environment.open_log);
    let is_fixed = environment.project.is_some();
    let foyer = App::new(surroundings, Arc::new(desktop), is_fixed);
    app.manage(Arc::clone(&foyer));
    if let Some(project) = environment.project.or_else(|| config::saved_project(&folders)) {
        let opened = tauri::async_runtime::block_on(foyer.open(project));
        if let Err(error) = opened {
            tracing::error!(%error, "the project cannot be used");
        }
    }
    callback::deep_link::begin(app, &queue);
    listen(app, held, &foyer, queue);
    learn_handler(&foyer, handler);
    tauri::async_runtime::spawn(callback::drain(Arc::clone(&foyer), arrivals));
    window::open(app.handle(), &folders, &foyer.view())
}

/// Takes what later starts hand over, for as long as this process lives.
#[cfg(target_os = "linux")]
fn listen<R: Runtime>(app: &tauri::App<R>, held: Held, foyer: &Arc<App>, queue: callback::Queue) {
    let window = Arc::downgrade(foyer);
    held.listen(move |link| match (link, window.upgrade()) {
        (Some(link), _) => queue.push(link),
        (None, Some(foyer)) => foyer.raise_window(),
        (None, None) => {}
    });
    app.manage(held);
}

#[cfg(not(target_os = "linux"))]
fn listen<R: Runtime>(_: &tauri::App<R>, _: Held, _: &Arc<App>, _: callback::Queue) {}

/// Tells the desktop that this app opens its links, and the window whether the desktop agrees. It runs other programs,
/// so it does not hold up the start.
fn learn_handler(foyer: &Arc<App>, handler: callback::handler::Handler) {
    let window = Arc::downgrade(foyer);
    tauri::async_runtime::spawn(async move {
        handler.is_ours().await;
        if let Some(foyer) = window.upgrade() {
            foyer.publish();
        }
    });
}
