//! What the items of the menu and the shortcuts are called.

use crate::model::menu::MenuItem;
use crate::model::shortcut::{Cap, Does};
use crate::text::t;

/// What an item of the menu does.
pub(crate) fn menu_item(item: MenuItem) -> String {
    t(menu_key(item))
}

/// What a shortcut does.
pub(crate) fn shortcut(does: Does) -> String {
    match does {
        Does::Menu => t("menu-open"),
        Does::Item(item) => menu_item(item),
        Does::NextPart => t("shortcut-next-part"),
        Does::Close => t("shortcut-close"),
    }
}

/// What is printed on a key.
pub(crate) fn cap(cap: Cap) -> String {
    match cap {
        Cap::Ctrl => t("key-ctrl"),
        Cap::Cmd => "⌘".to_owned(),
        Cap::Alt => t("key-alt"),
        Cap::Esc => t("key-esc"),
        Cap::F6 => "F6".to_owned(),
        Cap::Sign(sign) => sign.to_string(),
    }
}

keys! { menu_key, MENU_KEYS, MenuItem,
    Save => "save",
    Revert => "menu-revert",
    Restore => "menu-restore",
    Reload => "menu-reload",
    Account => "menu-account",
    Security => "menu-security",
    Settings => "menu-settings",
    CloseSettings => "menu-close-settings",
    Back => "back",
    ChoosePicture => "avatar-choose",
    RemovePicture => "menu-remove-picture",
    ChangePassword => "change-password",
    ChangeEmail => "menu-change-email",
    AddFactor => "menu-add-factor",
    SignIn => "menu-sign-in",
    SignUp => "menu-sign-up",
    MagicLink => "menu-magic-link",
    TypeCode => "menu-type-code",
    PublicProfile => "public-profile-open",
    LocalProject => "connect-local",
    Resend => "waiting-resend",
    OpenAgain => "open-again",
    CopyAddress => "copy-address",
    OpenInbox => "open-inbox",
    Cancel => "cancel",
    SkipNewPassword => "menu-skip-new-password",
    DismissNotice => "menu-dismiss-notice",
    NewWindow => "menu-new-window",
    SystemTheme => "menu-theme-system",
    LightTheme => "menu-theme-light",
    DarkTheme => "menu-theme-dark",
    Shortcuts => "menu-shortcuts",
    CopyDiagnostics => "menu-copy-diagnostics",
    ChangeProject => "menu-change-project",
    SignOutOthers => "sign-out-others",
    SignOutEverywhere => "sign-out-everywhere",
    SignOut => "sign-out",
}
