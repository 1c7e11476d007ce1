//! The menu of everything that can be done at the moment. Which items there are, is said by the components that can do
//! them; here stands what items there may be, and how the menu is searched and walked through.

mod search;

pub(crate) use search::found;

/// What can be chosen in the menu, in the menu's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MenuItem {
    /// Saves what was typed in the account form.
    Save,
    /// Brings back what the server has into the account form.
    Revert,
    /// Takes a revert back.
    Restore,
    /// Asks the server for the account again.
    Reload,
    /// Leads to the account page.
    Account,
    /// Leads to the security page.
    Security,
    /// Leads to the settings.
    Settings,
    /// Leads back to the page that the settings hide.
    CloseSettings,
    /// Leads back to what was shown before.
    Back,
    /// Chooses a picture.
    ChoosePicture,
    /// Removes the picture.
    RemovePicture,
    /// Leads to the form for a new password.
    ChangePassword,
    /// Leads to the form for a new address.
    ChangeEmail,
    /// Begins to add a second factor.
    AddFactor,
    /// Shows the form that signs in with a password.
    SignIn,
    /// Shows the form for a new account.
    SignUp,
    /// Shows the form that sends a link.
    MagicLink,
    /// Shows the form for a code that nobody here asked for.
    TypeCode,
    /// Shows the search for a public profile.
    PublicProfile,
    /// Goes on with a project on this computer.
    LocalProject,
    /// Sends the link of the flow that waits again.
    Resend,
    /// Opens the browser where the flow that waits continues.
    OpenAgain,
    /// Copies the address where the flow that waits continues.
    CopyAddress,
    /// Opens the inbox of the project on this computer.
    OpenInbox,
    /// Gives up the flow that waits.
    Cancel,
    /// Keeps the password that is.
    SkipNewPassword,
    /// Takes the notice away.
    DismissNotice,
    /// Opens another window.
    NewWindow,
    /// The window has the system's colours.
    SystemTheme,
    /// The window is light.
    LightTheme,
    /// The window is dark.
    DarkTheme,
    /// Shows the shortcuts.
    Shortcuts,
    /// Copies what helps with a report about a problem.
    CopyDiagnostics,
    /// Forgets the project.
    ChangeProject,
    /// Signs out here.
    SignOut,
    /// Signs out on all other devices.
    SignOutOthers,
    /// Signs out on all devices.
    SignOutEverywhere,
}

impl MenuItem {
    /// Can be done from anywhere; everything else belongs to a page that is seen.
    fn is_of_the_window(self) -> bool {
        matches!(
            self,
            Self::CloseSettings
                | Self::DismissNotice
                | Self::NewWindow
                | Self::SystemTheme
                | Self::LightTheme
                | Self::DarkTheme
                | Self::Shortcuts
                | Self::CopyDiagnostics
        )
    }
}

/// What can be chosen of what components offer, in the menu's order. Where the settings hide a page, the page is still
/// in the document, and nothing that cannot be seen can be done.
pub(crate) fn offered_of(mut items: Vec<MenuItem>) -> Vec<MenuItem> {
    if items.contains(&MenuItem::CloseSettings) {
        items.retain(|item| item.is_of_the_window());
    }
    let mut offered = Vec::new();
    for item in items {
        if let Err(place) = offered.binary_search(&item) {
            offered.insert(place, item);
        }
    }
    offered
}

/// The item that a key leads to from `active` (else from the first); `None` where the key does not walk.
pub(crate) fn walked(items: &[MenuItem], active: Option<MenuItem>, key: &str) -> Option<MenuItem> {
    let last = items.len().checked_sub(1)?;
    let now = items.iter().position(|item| Some(*item) == active).unwrap_or_default();
    let next = match key {
        "ArrowDown" if now == last => 0,
        "ArrowDown" => now + 1,
        "ArrowUp" => now.checked_sub(1).unwrap_or(last),
        _ => return None,
    };
    items.get(next).copied()
}

/// The item that Enter chooses: the one that was walked to, as long as it is found, and else the first.
pub(crate) fn active(items: &[MenuItem], walked_to: Option<MenuItem>) -> Option<MenuItem> {
    walked_to.filter(|item| items.contains(item)).or(items.first().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEMS: [MenuItem; 3] = [MenuItem::Save, MenuItem::Account, MenuItem::SignOut];

    #[test]
    fn the_order_is_the_menus_and_each_item_stands_there_once() {
        let items = vec![MenuItem::SignOut, MenuItem::Save, MenuItem::SignOut];

        assert_eq!(offered_of(items), [MenuItem::Save, MenuItem::SignOut]);
    }

    #[test]
    fn what_the_settings_hide_cannot_be_done() {
        let items = vec![MenuItem::Shortcuts, MenuItem::SignUp, MenuItem::CloseSettings];

        assert_eq!(offered_of(items), [MenuItem::CloseSettings, MenuItem::Shortcuts]);
    }

    #[test]
    fn arrows_walk_round_and_other_keys_stay_in_the_text() {
        assert_eq!(walked(&ITEMS, Some(MenuItem::Save), "ArrowDown"), Some(MenuItem::Account));
        assert_eq!(walked(&ITEMS, Some(MenuItem::SignOut), "ArrowDown"), Some(MenuItem::Save));
        assert_eq!(walked(&ITEMS, Some(MenuItem::Save), "ArrowUp"), Some(MenuItem::SignOut));
        assert_eq!(walked(&ITEMS, Some(MenuItem::Save), "Home"), None);
        assert_eq!(walked(&[], None, "ArrowDown"), None);
    }

    #[test]
    fn what_is_not_found_any_more_is_not_chosen() {
        assert_eq!(active(&ITEMS, Some(MenuItem::Account)), Some(MenuItem::Account));
        assert_eq!(active(&ITEMS, Some(MenuItem::Settings)), Some(MenuItem::Save));
        assert_eq!(active(&[], Some(MenuItem::Save)), None);
    }
}
