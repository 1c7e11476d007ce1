//! Hooks join the rules of `model` to the backend. Each hook returns a named handle; no hook holds markup.

mod use_announcement;
mod use_answer;
mod use_app;
mod use_avatar;
mod use_change;
mod use_connect;
mod use_connection_check;
mod use_consent;
mod use_copy_diagnostics;
mod use_copy_sql;
mod use_countdown;
mod use_crop;
mod use_draft;
mod use_edit;
mod use_enrollment;
mod use_focus_at_start;
mod use_form;
mod use_kept_focus;
mod use_leaving;
mod use_menu;
mod use_menu_items;
mod use_new_window;
mod use_news_in_rows;
mod use_preferences;
mod use_profile_form;
mod use_protection;
mod use_public_profile;
mod use_security;
mod use_security_rows;
mod use_settings;
mod use_sign_in;
mod use_sign_out;
mod use_task;
mod use_updates;
mod use_username_state;
mod use_waiting;
mod use_wake;

pub(crate) use crate::escape::{use_escape, use_escape_key};
pub(crate) use use_announcement::use_announcement;
pub(crate) use use_app::{AppHandle, use_app, use_app_state, use_focus_unless_typing};
pub(crate) use use_avatar::{AvatarHandle, use_avatar};
pub(crate) use use_change::use_change;
pub(crate) use use_connect::{ConnectHandle, use_connect};
pub(crate) use use_connection_check::{use_connection_check, use_copy_remedy};
pub(crate) use use_consent::use_consent;
pub(crate) use use_copy_diagnostics::use_copy_diagnostics;
pub(crate) use use_copy_sql::use_copy_sql;
pub(crate) use use_crop::{CropHandle, use_crop};
pub(crate) use use_edit::use_edit;
pub(crate) use use_enrollment::EnrollmentHandle;
pub(crate) use use_focus_at_start::use_focus_at_start;
pub(crate) use use_form::SmallFormHandle;
pub(crate) use use_kept_focus::use_kept_focus;
pub(crate) use use_leaving::{LeavingHandle, use_leaving};
pub(crate) use use_menu::{MenuHandle, use_menu};
pub(crate) use use_menu_items::use_menu_items;
pub(crate) use use_new_window::use_new_window;
pub(crate) use use_news_in_rows::use_news_in_rows;
pub(crate) use use_preferences::{use_language_choice, use_theme};
pub(crate) use use_profile_form::{ProfileFormHandle, use_profile_form};
pub(crate) use use_protection::{use_protection, use_restore_session, use_set_session_aside};
pub(crate) use use_public_profile::{use_own_public_profile, use_public_profile};
pub(crate) use use_security::{
    SecurityHandle, use_deletion_form, use_link_provider, use_new_password_form, use_remove_factor,
    use_second_factor_form, use_security, use_skip_new_password, use_unlink_identity,
};
pub(crate) use use_settings::{
    use_clear_cache, use_copy_redirect_entry, use_data_folder, use_leave_project, use_licenses,
    use_notifications, use_open_folder, use_redirects,
};
pub(crate) use use_sign_in::{SignInHandle, use_sign_in};
pub(crate) use use_sign_out::{SignOutHandle, use_sign_out};
pub(crate) use use_task::PressHandle;
pub(crate) use use_updates::{UpdatesHandle, use_updates};
pub(crate) use use_waiting::{WaitingHandle, use_foreign_code_form, use_link_form, use_waiting};
pub(crate) use use_wake::use_wake;
