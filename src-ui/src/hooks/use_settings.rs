//! What the settings ask of the backend beside the preferences.

use foyer_contract::desktop::{
    CheckRedirects, ClearCache, CopyRedirectEntry, DataFolder, FindDataFolder, FindLicenses, FindRedirects,
    Folder, LeaveProject, License, OpenFolder, RedirectsView,
};
use foyer_contract::preferences::SetNotifications;
use foyer_contract::view::RedirectMode;
use yew::prelude::*;

use super::use_answer::use_answer;
use super::use_task::{PressHandle, TaskHandle, use_press, use_task};
use crate::model::problem::Problem;

/// How links come back, as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct RedirectsHandle {
    known: Option<RedirectsView>,
    check: TaskHandle,
    checked: UseStateHandle<Option<RedirectsView>>,
}

impl RedirectsHandle {
    /// What is known.
    pub(crate) fn known(&self) -> Option<&RedirectsView> {
        (*self.checked).as_ref().or(self.known.as_ref())
    }

    /// Project and desktop are being asked.
    pub(crate) fn is_checking(&self) -> bool {
        self.check.is_running()
    }

    /// They have been asked, and have answered.
    pub(crate) fn is_checked(&self) -> bool {
        self.check.state().is_done()
    }

    /// Why they have not answered.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        self.check.state().problem()
    }

    /// Asks them.
    pub(crate) fn check(&self) -> Callback<MouseEvent> {
        let checked = self.checked.clone();
        self.check.run_then(|| CheckRedirects {}, Callback::from(move |known| checked.set(Some(known))))
    }
}

/// How links come back from the project, which uses this mode.
#[hook]
pub(crate) fn use_redirects(used: Option<RedirectMode>) -> RedirectsHandle {
    RedirectsHandle {
        known: use_answer(|| FindRedirects {}, used),
        check: use_task(),
        checked: use_state_eq(|| None),
    }
}

/// Copies the entry for the project's redirect URLs.
#[hook]
pub(crate) fn use_copy_redirect_entry() -> PressHandle {
    use_press(|| CopyRedirectEntry {})
}

/// Leaves the project.
#[hook]
pub(crate) fn use_leave_project() -> PressHandle {
    use_press(|| LeaveProject {})
}

/// Where the app's files lie.
#[hook]
pub(crate) fn use_data_folder() -> Option<DataFolder> {
    use_answer(|| FindDataFolder {}, ())
}

/// Shows a folder in the file manager.
#[hook]
pub(crate) fn use_open_folder(folder: Folder) -> PressHandle {
    use_press(move || OpenFolder { folder })
}

/// Starts again with an empty cache.
#[hook]
pub(crate) fn use_clear_cache() -> PressHandle {
    use_press(|| ClearCache {})
}

/// The packages of others that are part of the app.
#[hook]
pub(crate) fn use_licenses() -> Option<Vec<License>> {
    use_answer(|| FindLicenses {}, ())
}

/// The switch of the notifications.
#[derive(Clone, PartialEq)]
pub(crate) struct NotificationsHandle {
    task: TaskHandle,
}

impl NotificationsHandle {
    /// It is being switched.
    pub(crate) fn is_switching(&self) -> bool {
        self.task.is_running()
    }

    /// Why it could not be switched.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        self.task.state().problem()
    }

    /// Switches them on or off.
    pub(crate) fn switch(&self, on: bool) -> Callback<MouseEvent> {
        self.task.run(move || SetNotifications { on })
    }
}

/// The switch of the notifications.
#[hook]
pub(crate) fn use_notifications() -> NotificationsHandle {
    NotificationsHandle { task: use_task() }
}
