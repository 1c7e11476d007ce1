//! What joins the rules to the backend. Each hook returns a named handle; none holds markup.

mod use_app;
mod use_avatar;
mod use_connect;
mod use_countdown;
mod use_profile_form;
mod use_sign_in;
mod use_sign_out;
mod use_waiting;

pub(crate) use use_app::{AppHandle, use_app, use_app_state, use_focus_at_start};
pub(crate) use use_avatar::{AvatarHandle, use_avatar};
pub(crate) use use_connect::{ConnectHandle, use_connect};
pub(crate) use use_profile_form::{ProfileFormHandle, use_profile_form};
pub(crate) use use_sign_in::{SignInHandle, use_sign_in};
pub(crate) use use_sign_out::{SignOutHandle, use_sign_out};
pub(crate) use use_waiting::use_waiting;
