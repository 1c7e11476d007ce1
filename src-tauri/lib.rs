//! Foyer's shell: the Tauri app around `supabase-session`.
//!
//! * [`config`] what the app is told from outside, its folders, the saved project
//! * [`app`], [`connection`], [`tasks`], [`view`] the state behind the window
//! * [`commands`] what the page may ask; [`events`] what it is told; [`scheme`] how it sees pictures
//! * [`elsewhere`] what continues in a mail or a browser; [`way_back`], [`callback`], [`arrival`] how it comes back
//! * [`store`] the storage adapter on tauri-plugin-store
//! * [`account`] profile rules, pictures, local cache, edits made offline, the account's end
//! * [`captcha`] a captcha that the project asks for, in the browser; [`port`] the web server that both ways back use
//! * [`window`], [`log`], [`qr`], [`error`] what their names say
//!
//! No token, code verifier or auth code is ever handled here: the client owns them, the store seals them.

pub mod account;
pub mod app;
pub mod arrival;
pub mod callback;
pub mod captcha;
pub mod commands;
pub mod config;
pub mod connection;
pub mod elsewhere;
pub mod error;
pub mod events;
pub mod log;
pub mod port;
pub mod qr;
pub mod scheme;
pub mod store;
pub mod tasks;
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
    let built = with_commands(builder(environment)).build(context());
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
    use commands::{account, avatar, project, security, session, window};
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
        session::send_recovery,
        session::sign_in_anonymously,
        session::sign_in_with_provider,
        session::open_again,
        session::copy_address,
        session::open_local_inbox,
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
        avatar::choose_avatar,
        avatar::upload_avatar,
        avatar::cancel_avatar,
        avatar::remove_avatar,
    ])
}

fn builder(environment: Environment) -> Builder<tauri::Wry> {
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
            if let Err(error) = begin(app, environment) {
                // An error that is handed back would end in a panic.
                complain(&format!("Foyer cannot start: {error}"));
                app.handle().exit(1);
            }
            Ok(())
        })
}

/// Puts the parts together. The session is restored before the window is made, so that its first frame is right.
fn begin<R: Runtime>(app: &tauri::App<R>, environment: Environment) -> tauri::Result<()> {
    let root = match environment.data_dir {
        Some(folder) => folder,
        None => app.path().app_data_dir()?,
    };
    let folders = Folders::below(root);
    log::begin(&folders.logs(), environment.log.unwrap_or(LevelFilter::INFO));
    let (queue, arrivals) = callback::Queue::new();
    let surroundings = Surroundings {
        folders: folders.clone(),
        store: Arc::new(PluginStore::new(app.handle().clone(), &folders.store())),
        queue: queue.clone(),
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
    tauri::async_runtime::spawn(callback::drain(Arc::clone(&foyer), arrivals));
    window::open(app.handle(), &folders, &foyer.view())
}
