//! Line icons on a 24-pixel grid, in the colour of the text around them. All are decoration: words stand beside them.

use yew::prelude::*;

/// The icons there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    /// A person.
    Person,
    /// A letter.
    Mail,
    /// Something wrong.
    Warning,
    /// Something is done.
    Check,
    /// Something to know.
    Info,
    /// No connection.
    Offline,
    /// Signing out.
    SignOut,
    /// Take away.
    Close,
    /// Make visible.
    Eye,
    /// Make invisible.
    EyeOff,
    /// A computer.
    Computer,
    /// What keeps the account safe.
    Shield,
    /// A page that continues in the browser.
    Browser,
    /// A second factor.
    Key,
    /// A link, or something that can be linked.
    Link,
    /// Something that can be opened.
    Chevron,
    /// Something that happens later.
    Clock,
    /// What can be set.
    Sliders,
    /// What can be searched.
    Search,
    /// What is closed to others.
    Lock,
    /// What goes for good.
    Trash,
    /// Turning something clockwise.
    Turn,
}

/// The icon, hidden from screen readers.
pub(crate) fn icon(icon: Icon) -> Html {
    // An arrow out of the door follows the text. The chevron does too, where it is turned (`.disclosure`).
    let points_along_text = icon == Icon::SignOut;
    let path = match icon {
        Icon::Person => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20c.6-3.6 3.6-5.5 7.5-5.5s6.9 1.9 7.5 5.5",
        Icon::Mail => "M3.5 6h17v12h-17zM4 6.5l8 6.5 8-6.5",
        Icon::Warning => "M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.1",
        Icon::Check => "M5 12.5l4.5 4.5L19 7.5",
        Icon::Info => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5.5M12 7.8v.1",
        Icon::Offline => {
            "M4 4l16 16M8.5 12.8a6 6 0 0 1 2.7-1.5M5.5 9.5A10.5 10.5 0 0 1 8.3 7.7M12.2 6.6a10.5 10.5 0 0 1 6.3 2.9M12 18.5v.1"
        }
        Icon::SignOut => "M14 4H6v16h8M10.5 12H20M16.5 8.5 20 12l-3.5 3.5",
        Icon::Close => "M6 6l12 12M18 6 6 18",
        Icon::Eye => {
            "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z"
        }
        Icon::EyeOff => {
            "M4 4l16 16M9.9 5.8A8.9 8.9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-3 3.6M6.2 7.5A16 16 0 0 0 2.5 12S6 18.5 12 18.5a8.8 8.8 0 0 0 4-1M9.9 9.9a3 3 0 0 0 4.2 4.2"
        }
        Icon::Computer => "M3.5 5h17v11h-17zM9 20h6M12 16v4",
        Icon::Shield => "M12 3.5 5 6v5.5c0 4.3 2.8 7.3 7 9 4.2-1.7 7-4.7 7-9V6zM9 11.8l2.2 2.2 3.8-4",
        Icon::Browser => "M3.5 5h17v14h-17zM3.5 9.5h17M6.5 7.3v.1M9 7.3v.1",
        Icon::Key => "M8.5 19a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM11.7 11.3 19 4M16 7l2.5 2.5",
        Icon::Link => {
            "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1"
        }
        Icon::Chevron => "M9.5 6l6 6-6 6",
        Icon::Search => "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.3 15.3 20 20",
        Icon::Turn => "M19.5 12a7.5 7.5 0 1 1-2.4-5.5L20 9M20 4v5h-5",
        Icon::Clock => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.5 2",
        Icon::Lock => "M5.5 10.5h13V20h-13zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5M12 14.2v2.1",
        Icon::Trash => "M4.5 6.5h15M9.5 6.5V4h5v2.5M6.5 6.5 7.4 20h9.2l.9-13.5M10 10.5v5.5M14 10.5v5.5",
        Icon::Sliders => {
            "M4 7h9M17 7h3M15 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM4 17h3M11 17h9M9 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z"
        }
    };
    let class = if points_along_text { "icon icon-directional" } else { "icon" };
    html! { <svg {class} viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={path} /></svg> }
}

/// A turning ring. The ring stands still for people who want less motion.
pub(crate) fn spinner() -> Html {
    html! {
        <svg class="icon spinner" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M12 3.5a8.5 8.5 0 1 1-8.5 8.5" />
        </svg>
    }
}
