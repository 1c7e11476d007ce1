//! The display of a desktop, asked and driven as other programs on it do: where windows stand, which one has the focus,
//! what is painted.

use std::ffi::OsStr;

use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    AtomEnum, ChangeWindowAttributesAux, ClientMessageEvent, ConfigureWindowAux, ConnectionExt,
    CreateWindowAux, EventMask, ImageFormat, InputFocus, MapState, PropMode, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use crate::deadline::until;
use crate::fault::{Fault, Outcome};

/// A connection to a display.
#[derive(Debug)]
pub struct Display {
    pub(crate) connection: RustConnection,
    pub(crate) root: Window,
    size: (u16, u16),
}

/// Where a window stands, without the frame that a window manager would add.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Geometry {
    /// From the left edge of the display.
    pub x: i32,
    /// From the top edge of the display.
    pub y: i32,
    /// Width of the page.
    pub width: u32,
    /// Height of the page.
    pub height: u32,
}

impl Display {
    pub(crate) fn connect(name: &OsStr) -> Outcome<Self> {
        let name = name.to_string_lossy();
        let (connection, screen) = x11rb::connect(Some(&name)).map_err(fault)?;
        let screen = &connection.setup().roots[screen];
        let (root, size) = (screen.root, (screen.width_in_pixels, screen.height_in_pixels));
        Ok(Self { connection, root, size })
    }

    /// The windows that are shown, the one in front last.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn windows(&self) -> Outcome<Vec<Window>> {
        let tree = self.connection.query_tree(self.root).map_err(fault)?.reply().map_err(fault)?;
        let mut shown = Vec::new();
        for window in tree.children {
            let attributes = self.connection.get_window_attributes(window).map_err(fault)?;
            // A window may end between two questions.
            let Ok(attributes) = attributes.reply() else { continue };
            let is_small = self.geometry(window).is_ok_and(|it| it.width < 100 || it.height < 100);
            if attributes.map_state == MapState::VIEWABLE && !attributes.override_redirect && !is_small {
                shown.push(window);
            }
        }
        Ok(shown)
    }

    /// Waits until so many windows are shown.
    ///
    /// # Errors
    /// When there are other than that many.
    pub async fn wait_for_windows(&self, count: usize) -> Outcome<Vec<Window>> {
        until(&format!("{count} windows"), async || {
            Ok(Some(self.windows()?).filter(|windows| windows.len() == count))
        })
        .await
    }

    /// Where a window stands.
    ///
    /// # Errors
    /// When it is gone.
    pub fn geometry(&self, window: Window) -> Outcome<Geometry> {
        let it = self.connection.get_geometry(window).map_err(fault)?.reply().map_err(fault)?;
        Ok(Geometry { x: it.x.into(), y: it.y.into(), width: it.width.into(), height: it.height.into() })
    }

    /// What the frames of the shown windows say.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn titles(&self) -> Outcome<Vec<String>> {
        let (name, text) = (self.atom("_NET_WM_NAME")?, self.atom("UTF8_STRING")?);
        let title = |window| -> Outcome<String> {
            let asked = self.connection.get_property(false, window, name, text, 0, 1024).map_err(fault)?;
            Ok(String::from_utf8_lossy(&asked.reply().map_err(fault)?.value).into_owned())
        };
        self.windows()?.into_iter().map(title).collect()
    }

    /// Moves and resizes a window, as a person does by its frame.
    ///
    /// # Errors
    /// When it is gone.
    pub fn put(&self, window: Window, to: Geometry) -> Outcome {
        let change = ConfigureWindowAux::new().x(to.x).y(to.y).width(to.width).height(to.height);
        self.connection.configure_window(window, &change).map_err(fault)?;
        self.connection.sync().map_err(fault)
    }

    /// Closes a window, as its frame's button does.
    ///
    /// # Errors
    /// When it is gone.
    pub fn close(&self, window: Window) -> Outcome {
        let (protocols, delete) = (self.atom("WM_PROTOCOLS")?, self.atom("WM_DELETE_WINDOW")?);
        let message = ClientMessageEvent::new(32, window, protocols, [delete, 0, 0, 0, 0]);
        self.connection.send_event(false, window, EventMask::NO_EVENT, message).map_err(fault)?;
        self.connection.sync().map_err(fault)
    }

    /// Takes the focus away from every window.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn take_focus(&self) -> Outcome {
        // Not to the root: the window under the pointer would count as having it.
        let nobody = u32::from(InputFocus::NONE);
        let focus = self.connection.set_input_focus(InputFocus::NONE, nobody, x11rb::CURRENT_TIME);
        focus.map_err(fault)?.check().map_err(fault)
    }

    /// Whether a window has the focus. A page under a driver says so always.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn has_focus(&self) -> Outcome<bool> {
        let now = self.connection.get_input_focus().map_err(fault)?.reply().map_err(fault)?;
        let nobody = [u32::from(InputFocus::NONE), u32::from(InputFocus::POINTER_ROOT), self.root];
        Ok(!nobody.contains(&now.focus))
    }

    /// From now on no window that asks for the focus gets it, as under a window manager that keeps it where the person
    /// types. Windows ask such a window manager and do not take the focus by themselves.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn keep_focus(&self) -> Outcome {
        let manager = self.connection.generate_id().map_err(fault)?;
        let (class, event) = (WindowClass::INPUT_ONLY, CreateWindowAux::new());
        let made = self.connection.create_window(0, manager, self.root, -1, -1, 1, 1, 0, class, 0, &event);
        made.map_err(fault)?.check().map_err(fault)?;
        let (check, supported) = (self.atom("_NET_SUPPORTING_WM_CHECK")?, self.atom("_NET_SUPPORTED")?);
        for window in [self.root, manager] {
            let set = self.connection.change_property32(
                PropMode::REPLACE,
                window,
                check,
                AtomEnum::WINDOW,
                &[manager],
            );
            set.map_err(fault)?.check().map_err(fault)?;
        }
        let names = [self.atom("_NET_ACTIVE_WINDOW")?];
        let set = self.connection.change_property32(
            PropMode::REPLACE,
            self.root,
            supported,
            AtomEnum::ATOM,
            &names,
        );
        set.map_err(fault)?.check().map_err(fault)?;
        self.take_focus()
    }

    /// From now on hears every window that asks to come forward.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn hear_requests(&self) -> Outcome {
        let hear = ChangeWindowAttributesAux::new().event_mask(EventMask::SUBSTRUCTURE_NOTIFY);
        let set = self.connection.change_window_attributes(self.root, &hear);
        set.map_err(fault)?.check().map_err(fault)
    }

    /// Waits until a window asks to come forward.
    ///
    /// # Errors
    /// When none does.
    pub async fn asked_to_come_forward(&self) -> Outcome {
        let active = self.atom("_NET_ACTIVE_WINDOW")?;
        until("a window to ask to come forward", async || {
            while let Some(event) = self.connection.poll_for_event().map_err(fault)? {
                if matches!(event, Event::ClientMessage(message) if message.type_ == active) {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await
    }

    /// How much of the display is nearly white, from 0 to 1.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn whiteness(&self) -> Outcome<f64> {
        let (width, height) = self.size;
        let image = self.connection.get_image(ImageFormat::Z_PIXMAP, self.root, 0, 0, width, height, !0);
        let image = image.map_err(fault)?.reply().map_err(fault)?;
        // One pixel of sixteen: a look takes a fraction of the time, and what flashes is no smaller than that.
        let (row, looked_at) = (usize::from(width) * 4, 4 * 4);
        let rows = image.data.chunks_exact(row).step_by(4);
        let (mut all, mut white) = (0, 0);
        for pixel in rows.flat_map(|row| row.chunks_exact(looked_at)) {
            all += 1;
            white += usize::from(pixel[..3].iter().all(|colour| *colour >= 0xe8));
        }
        Ok(ratio(white, all))
    }

    pub(crate) fn atom(&self, name: &str) -> Outcome<u32> {
        let atom = self.connection.intern_atom(false, name.as_bytes()).map_err(fault)?;
        Ok(atom.reply().map_err(fault)?.atom)
    }
}

#[allow(clippy::cast_precision_loss)]
fn ratio(some: usize, all: usize) -> f64 {
    some as f64 / all.max(1) as f64
}

pub(crate) fn fault(error: impl std::fmt::Display) -> Fault {
    Fault::new(format!("the display: {error}"))
}
