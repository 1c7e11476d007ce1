//! The colours of what the system draws: the window's frame, and its ground until the page has painted and while it is
//! resized. The page's own colours are in `src-ui/src/styles/tokens.css`.

use foyer_contract::preferences::Theme;
use tauri::webview::Color;
use tauri::{Runtime, WebviewWindow, WindowEvent};

/// `--ground` of the page, light and dark.
const GROUND: [Color; 2] = [Color(0xf4, 0xf6, 0xf5, 0xff), Color(0x11, 0x15, 0x14, 0xff)];

/// Gives a new window the colours that are chosen, and lets it follow the system where that is preferred.
pub fn begin<R: Runtime>(window: &WebviewWindow<R>, chosen: impl Fn() -> Theme + Send + 'static) {
    match chosen() {
        // A new window is as the system says; asking it once more would take its time.
        Theme::System => {
            report(window.theme().and_then(|now| window.set_background_color(Some(ground(now)))))
        }
        chosen => put_on(window, chosen),
    }
    follow(window, chosen);
}

/// Gives the window these colours.
pub fn put_on<R: Runtime>(window: &WebviewWindow<R>, theme: Theme) {
    report(try_put_on(window, theme));
}

fn try_put_on<R: Runtime>(window: &WebviewWindow<R>, theme: Theme) -> tauri::Result<()> {
    let chosen = match theme {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    };
    window.set_theme(chosen)?;
    let now = window.theme()?;
    // GTK knows no "as the system": without this the window would be light, whatever the desktop says.
    if cfg!(target_os = "linux") && chosen.is_none() {
        window.set_theme(Some(now))?;
    }
    window.set_background_color(Some(ground(now)))
}

/// The system tells every window when its theme changes. One with colours of its own gets them back, as its frame has
/// been changed; another one gets the new ground.
fn follow<R: Runtime>(window: &WebviewWindow<R>, chosen: impl Fn() -> Theme + Send + 'static) {
    let seen = window.clone();
    window.on_window_event(move |event| {
        let WindowEvent::ThemeChanged(now) = event else { return };
        match (chosen(), now) {
            (chosen @ Theme::Light, tauri::Theme::Dark) | (chosen @ Theme::Dark, tauri::Theme::Light) => {
                put_on(&seen, chosen);
            }
            _ => report(seen.set_background_color(Some(ground(*now)))),
        }
    });
}

fn report(changed: tauri::Result<()>) {
    if let Err(error) = changed {
        tracing::warn!(%error, "the window's colours could not be changed");
    }
}

fn ground(theme: tauri::Theme) -> Color {
    GROUND[usize::from(theme == tauri::Theme::Dark)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ground_of_the_window_is_the_one_of_the_page() {
        let tokens = include_str!("../../src-ui/src/styles/tokens.css");
        let hex = |theme| {
            let Color(red, green, blue, _) = ground(theme);
            format!("#{red:02x}{green:02x}{blue:02x}")
        };
        let (light, dark) = (hex(tauri::Theme::Light), hex(tauri::Theme::Dark));

        assert!(tokens.contains(&format!("--ground: light-dark({light}, {dark});")), "{light} {dark}");
    }
}
