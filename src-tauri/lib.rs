//! The app's shell: the Tauri app around `supabase-session`.
//!
//! * [`environment`] what the app is told from outside
//! * [`app`], [`view`] the state behind the window
//! * [`commands`] what the page may ask; [`avatar_protocol`] how it sees pictures
//! * [`account`] profile rules, pictures, local cache, edits made offline, the account's end
//! * [`preferences`] theme, language, notifications; `news` what a notification says
//! * [`text`] what is said, in the person's language; `start` the same before there is a window
//! * [`desktop`] window, folders, log; [`diagnostics`] a text about both for reports
//! * [`doctor`] the check of the connection; [`updates`] of the app itself
//! * [`error`] what failures become for the page; [`licenses`] of the packages that the app is made of
//!
//! The session (ways in and out, links, the store, what guards the account) is `tauri-plugin-supabase-session`. No token,
//! code verifier or auth code is ever handled here: the client owns them.

pub mod account;
pub mod app;
mod app_updates;
pub mod avatar_protocol;
mod choices;
pub mod closing;
pub mod commands;
pub mod desktop;
pub mod diagnostics;
pub mod doctor;
pub mod environment;
pub mod error;
pub mod licenses;
mod news;
pub mod preferences;
mod start;
pub mod text;
pub mod updates;
pub mod view;

#[cfg(test)]
mod policy_tests;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use foyer_contract::brand::{NAME, SCHEME};
use foyer_contract::{Message, program};
use tauri::async_runtime::spawn;
use tauri::{AppHandle, Builder, DragDropEvent, Manager, RunEvent, Runtime, WindowEvent};
#[cfg(target_os = "linux")]
use tauri_plugin_supabase_session::handover::bus;
use tauri_plugin_supabase_session::{Supabase, SupabaseExt};
use tracing::level_filters::LevelFilter;

use app::App;
use desktop::first_frame::FirstFrames;
use desktop::folders::Folders;
use desktop::log;
use desktop::window::RealDesktop;
use desktop::window_place::WindowPlace;
use desktop::windows::Focus;
use doctor::terminal;
use environment::{CheckEnvironment, Environment};
use start::Held;

/// Runs the app until its last window is closed.
pub fn run() -> ExitCode {
    #[cfg(unix)]
    let dumps = forbid_core_dumps();
    if let Some(request) = terminal::requested(std::env::args_os().skip(1)) {
        return check_in_terminal(request);
    }
    let environment = match Environment::read() {
        Ok(environment) => environment,
        Err(error) => return start::complain(&error.to_string()),
    };
    if !start::has_display() {
        return start::complain(&text::say(start::language(None), "terminal-no-display"));
    }
    let mut context = context();
    updates::settings::make_strict(context.config_mut(), environment.updater.as_deref());
    let data = data_dir(environment.data_dir.clone(), &context.config().identifier);
    let Some(folders) = data.map(Folders::below) else {
        return start::complain(&text::say(start::language(None), "terminal-no-data-folder"));
    };
    let held = match start::hold(&folders, &context.config().identifier) {
        Ok(held) => held,
        Err(code) => return code,
    };
    let recent = log::begin(&folders.logs(), environment.log.unwrap_or(LevelFilter::INFO));
    #[cfg(unix)]
    if let Err(error) = dumps {
        tracing::warn!(kind = %error.kind(), "a crash may write an image of this app's memory");
    }
    #[cfg(target_os = "linux")]
    if bus::was_silent() {
        tracing::warn!("the session bus does not answer: this app runs without it");
    }
    let at = folders.clone();
    let built = with_commands(builder(environment, folders, held)).manage(recent).build(context);
    match built {
        Ok(app) => {
            app.run(on_event);
            ExitCode::SUCCESS
        }
        Err(error) => start::cannot_start(&at, &error),
    }
}

/// A crash writes no image of this process's memory to the disk, as the session is in it. A program that is started from
/// here may allow it again for itself.
#[cfg(unix)]
fn forbid_core_dumps() -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let maximum = getrlimit(Resource::Core).maximum;
    Ok(setrlimit(Resource::Core, Rlimit { current: Some(0), maximum })?)
}

/// What `tauri.conf.json`, the capabilities and the built page say, taken in when this crate is compiled.
fn context<R: Runtime>() -> tauri::Context<R> {
    tauri::generate_context!()
}

/// The data folder: where the environment says, or below the desktop's place for data of apps.
fn data_dir(named: Option<PathBuf>, identifier: &str) -> Option<PathBuf> {
    named.or_else(|| Some(dirs::data_dir()?.join(identifier)))
}

/// Checks project and machine instead of starting the app.
fn check_in_terminal(request: terminal::Request) -> ExitCode {
    let environment = match CheckEnvironment::read() {
        Ok(environment) => environment,
        Err(error) => return foyer_doctor::terminal::refuse(&error.to_string()),
    };
    let context = context::<tauri::Wry>();
    let identifier = &context.config().identifier;
    let data = data_dir(environment.data_dir, identifier);
    let has_captcha = environment.has_captcha;
    let data = data.as_deref();
    let language = start::language(data);
    let app = terminal::Installed { scheme: SCHEME, identifier, data, has_captcha, language };
    terminal::run(request, environment.project, &app)
}

/// Every command of `foyer-contract`. The list is the only one; a test compares it with the contract.
pub fn with_commands<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    use commands::{
        account, avatar, desktop, diagnostics, doctor, preferences, security, session, updates, window,
    };
    builder.invoke_handler(tauri::generate_handler![
        window::watch_app,
        window::open_window,
        window::answer_close,
        window::dismiss_notice,
        session::sign_up,
        session::wake,
        session::sign_out,
        security::sign_out_others,
        security::sign_out_everywhere,
        security::delete_account,
        account::load_account,
        account::save_profile,
        account::keep_draft,
        account::find_draft,
        account::check_username,
        account::resolve_edit,
        account::find_public_profile,
        account::view_public_profile,
        account::copy_sql,
        avatar::choose_avatar,
        avatar::paste_avatar,
        avatar::take_dropped_avatar,
        avatar::crop_avatar,
        avatar::upload_avatar,
        avatar::cancel_avatar,
        avatar::remove_avatar,
        avatar::restore_avatar,
        diagnostics::copy_diagnostics,
        preferences::set_theme,
        preferences::set_language,
        preferences::set_notifications,
        desktop::find_redirects,
        desktop::check_redirects,
        desktop::copy_redirect_entry,
        desktop::leave_project,
        desktop::find_data_folder,
        desktop::open_folder,
        desktop::clear_cache,
        desktop::find_licenses,
        doctor::check_connection,
        doctor::cancel_check,
        doctor::copy_check,
        doctor::copy_remedy,
        updates::change_update,
        preferences::load_sentences,
    ])
}

fn builder(environment: Environment, folders: Folders, held: Held) -> Builder<tauri::Wry> {
    Builder::default()
        // Ours is shown in the person's language.
        .enable_macos_default_menu(false)
        // First, so that a second instance ends before it does anything else. Its deep-link feature hands the link
        // of that instance to ours.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            if let Some(supabase) = app.try_state::<Supabase>() {
                supabase.raise_window();
            }
        }))
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_store::Builder::new().build())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(session(&environment, &folders).build())
        .register_asynchronous_uri_scheme_protocol(avatar_protocol::NAME, avatar_protocol::answer)
        .on_window_event(|window, event| {
            let Some(app) = window.try_state::<Arc<App>>() else { return };
            match event {
                WindowEvent::CloseRequested { api, .. } if !app.may_close(window.label()) => {
                    api.prevent_close()
                }
                WindowEvent::DragDrop(event) => dragged(&app, window.label(), event),
                _ => {}
            }
        })
        .setup(move |app| {
            let at = folders.clone();
            if let Err(error) = begin(app, environment, folders, held) {
                // An error that is handed back would end in a panic.
                start::cannot_start(&at, &error);
                app.handle().exit(1);
            }
            Ok(())
        })
}

/// A person drags something over the window with this label. Where nobody is signed in it is nobody's picture.
fn dragged(app: &App, label: &str, event: &DragDropEvent) {
    if app.account().is_ok_and(|account| account.authorized().is_ok())
        && let Some(drag) = app.dropped().hear(event)
    {
        app.windows().tell_one(label, Message::Drag(drag));
    }
}

/// The session: behind the plugins that it needs.
fn session<R: Runtime>(
    environment: &Environment,
    folders: &Folders,
) -> tauri_plugin_supabase_session::Builder<R> {
    let open_log = environment.open_log.clone();
    tauri_plugin_supabase_session::Builder::new()
        .fixed_project(environment.project.clone())
        .scheme(SCHEME)
        .data_dir(folders.data().root())
        .app_name(NAME)
        .client_info(concat!(program!(), "/", env!("CARGO_PKG_VERSION")))
        .implicit(environment.implicit)
        .captcha(environment.captcha.clone())
        .desktop(|app| Arc::new(RealDesktop::new(app.clone(), None, open_log)))
}

/// Puts the parts together. The session is restored by now, so that the window's first frame is right.
fn begin<R: Runtime>(
    app: &tauri::App<R>,
    environment: Environment,
    folders: Folders,
    held: Held,
) -> tauri::Result<()> {
    let has_window = !environment.without_window;
    let desktop = RealDesktop::new(app.handle().clone(), environment.pick_file, environment.open_log);
    let foyer = App::new(app.supabase().clone(), folders.clone(), Arc::new(desktop));
    app.manage(Arc::clone(&foyer));
    if updates::settings::are_on(app.config()) {
        app.handle().plugin(updates::settings::plugin())?;
        foyer.switch_updates_on(app.handle());
    }
    #[cfg(target_os = "macos")]
    app.on_menu_event(|handle, event| chosen_in_menu_bar(handle, &event));
    listen(app, held);
    let place = WindowPlace::read(folders.window_place());
    app.manage(place.clone());
    app.manage(Focus::default());
    app.manage(FirstFrames::default());
    spawn(place.keep());
    if has_window {
        foyer.open_window(app.handle()).map_err(|error| tauri::Error::Anyhow(error.into()))?;
    }
    Ok(())
}

/// What the app does beside its windows: at the end the place of the last one is written down, and on macOS the app goes on
/// without a window, as apps do there, until the person asks for one.
fn on_event<R: Runtime>(handle: &AppHandle<R>, event: RunEvent) {
    match event {
        #[cfg(target_os = "linux")]
        RunEvent::ExitRequested { code: Some(tauri::RESTART_EXIT_CODE), .. } => release(handle),
        RunEvent::Exit => {
            if let Some(place) = handle.try_state::<WindowPlace>() {
                place.write();
            }
        }
        #[cfg(target_os = "macos")]
        RunEvent::ExitRequested { code: None, api, .. } => api.prevent_exit(),
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { has_visible_windows: false, .. } => {
            if let Some(app) = handle.try_state::<Arc<App>>()
                && let Err(error) = app.open_window(handle)
            {
                tracing::warn!(%error, "no window can be opened");
            }
        }
        _ => {}
    }
}

/// The app is about to start itself anew, and the new process is to be the app for this data folder.
#[cfg(target_os = "linux")]
fn release<R: Runtime>(handle: &AppHandle<R>) {
    if let Some(held) = handle.try_state::<Held>()
        && let Err(error) = held.release()
    {
        tracing::warn!(%error, "the data folder stays locked until this process has ended");
    }
}

/// A person chose an item of the menu bar that the app does itself.
#[cfg(target_os = "macos")]
fn chosen_in_menu_bar<R: Runtime>(handle: &AppHandle<R>, event: &tauri::menu::MenuEvent) {
    use desktop::menu_bar::{self, Own};
    use desktop::windows;

    let (Some(app), Some(own)) = (handle.try_state::<Arc<App>>(), menu_bar::chosen(event)) else { return };
    match (own, windows::front(handle)) {
        (Own::Page(item), Some(window)) => {
            windows::raise(handle);
            app.windows().tell_one(window.label(), Message::MenuBar(item));
        }
        // Without a window there is no page: the window comes first.
        (Own::NewWindow | Own::Page(_), _) => {
            if let Err(error) = app.open_window(handle) {
                tracing::warn!(%error, "no window can be opened");
            }
        }
    }
}

/// Takes what later starts hand over, for as long as this process lives.
#[cfg(target_os = "linux")]
fn listen<R: Runtime>(app: &tauri::App<R>, held: Held) {
    let supabase = app.supabase().clone();
    held.listen(move |link| match link {
        Some(link) => supabase.take_link(link),
        None => supabase.raise_window(),
    });
    app.manage(held);
}

#[cfg(not(target_os = "linux"))]
fn listen<R: Runtime>(_: &tauri::App<R>, _: Held) {}
