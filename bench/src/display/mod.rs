//! A display as a person has it: it is looked at, and keys are pressed. The server tells when something is painted
//! (DAMAGE), and then its own memory is read.

mod frame;
mod framebuffer;
mod keyboard;

use std::path::Path;
use std::time::{Duration, Instant};

use harness::{Fault, Outcome};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::damage::{ConnectionExt as _, ReportLevel};
use x11rb::protocol::xproto::{ChangeWindowAttributesAux, ConnectionExt as _, EventMask, InputFocus, Window};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

pub(crate) use frame::{Frame, Frames};
use framebuffer::Framebuffer;
pub(crate) use keyboard::Key;
use keyboard::Keyboard;

/// How long a display is watched.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Watch {
    /// At least so long.
    pub(crate) at_least: Duration,
    /// Then until nothing but a caret or a scrollbar has changed for so long.
    pub(crate) still: Duration,
    /// And no longer than this.
    pub(crate) at_most: Duration,
    /// From when on stillness counts.
    pub(crate) awaits: Awaits,
}

/// What is waited for before stillness counts.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Awaits {
    /// Nothing: perhaps nothing happens.
    Nothing,
    /// Anything that a person sees.
    Change,
    /// A frame like this.
    Frame(fn(&Frame) -> bool),
}

impl Awaits {
    fn is_met_by(self, frame: &Frame) -> bool {
        match self {
            Self::Nothing | Self::Change => true,
            Self::Frame(fits) => fits(frame),
        }
    }
}

/// A display.
pub(crate) struct Display {
    connection: RustConnection,
    damage: u32,
    framebuffer: Framebuffer,
    keyboard: Keyboard,
    /// When a window closed last, since somebody asked.
    closed: Option<Instant>,
}

impl Display {
    /// Connects to the display of this name, whose memory lies in a file in `folder`.
    ///
    /// # Errors
    /// When it does not answer, or does not tell what is painted.
    pub(crate) fn connect(name: &str, folder: &Path) -> Outcome<Self> {
        let (connection, screen) = x11rb::connect(Some(name)).map_err(fault)?;
        let root = connection.setup().roots[screen].root;
        connection.damage_query_version(1, 1).map_err(fault)?.reply().map_err(fault)?;
        let damage = connection.generate_id().map_err(fault)?;
        let created = connection.damage_create(damage, root, ReportLevel::NON_EMPTY).map_err(fault)?;
        created.check().map_err(fault)?;
        let of_windows = ChangeWindowAttributesAux::new().event_mask(EventMask::SUBSTRUCTURE_NOTIFY);
        let selected = connection.change_window_attributes(root, &of_windows).map_err(fault)?;
        selected.check().map_err(fault)?;
        let keyboard = Keyboard::of(&connection)?;
        Ok(Self { connection, damage, framebuffer: Framebuffer::open(folder)?, keyboard, closed: None })
    }

    /// What it shows now.
    ///
    /// # Errors
    /// When its memory cannot be read.
    pub(crate) fn now(&mut self) -> Outcome<Frame> {
        self.framebuffer.frame()
    }

    /// Watches what is painted. Times count from `begun`; `before` is what was shown then.
    ///
    /// # Errors
    /// When the display is gone.
    pub(crate) fn watch(&mut self, begun: Instant, before: Frame, watch: Watch) -> Outcome<Frames> {
        let mut settled = before.clone();
        let mut settled_at = matches!(watch.awaits, Awaits::Nothing).then_some(begun);
        let mut frames = Frames::after(before);
        loop {
            let most = begun + watch.at_most;
            let still = settled_at.map_or(most, |at| at + watch.still);
            let end = (begun + watch.at_least).max(still).min(most);
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(frames);
            }
            let is_painted = self.is_painted_within(left)?;
            if let Some(closed) = self.closed.take() {
                frames.close(closed.saturating_duration_since(begun));
            }
            if !is_painted {
                continue;
            }
            let now = Instant::now();
            let row = self.framebuffer.row;
            let Some(frame) = frames.last().next(self.framebuffer.read()?, row) else { continue };
            if frame.is_other_page(&settled) {
                (settled, settled_at) = (frame.clone(), watch.awaits.is_met_by(&frame).then_some(now));
            }
            frames.push(now - begun, frame);
        }
    }

    /// Waits until something is painted, at most so long; whether it was.
    fn is_painted_within(&mut self, time: Duration) -> Outcome<bool> {
        let mut is_painted = self.is_damaged()?;
        if !is_painted {
            let time = Timespec::try_from(time).map_err(fault)?;
            // An interrupted wait is no fault: whoever waits asks again.
            let _ = poll(&mut [PollFd::new(self.connection.stream(), PollFlags::IN)], Some(&time));
            is_painted = self.is_damaged()?;
        }
        if is_painted {
            self.connection.damage_subtract(self.damage, x11rb::NONE, x11rb::NONE).map_err(fault)?;
            // What is painted after this is told anew; what was painted before is read now.
            self.connection.sync().map_err(fault)?;
        }
        Ok(is_painted)
    }

    /// Hears what has happened on the display; whether something was painted.
    fn is_damaged(&mut self) -> Outcome<bool> {
        let mut is_damaged = false;
        while let Some(event) = self.connection.poll_for_event().map_err(fault)? {
            is_damaged |= matches!(event, Event::DamageNotify(_));
            if matches!(event, Event::UnmapNotify(_)) {
                self.closed = Some(Instant::now());
            }
        }
        Ok(is_damaged)
    }

    /// Gives a window the focus, as a window manager does.
    ///
    /// # Errors
    /// When it is gone.
    pub(crate) fn focus(&self, window: Window) -> Outcome {
        let focus = self.connection.set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME);
        focus.map_err(fault)?.check().map_err(fault)
    }

    /// Presses keys, one after the other.
    ///
    /// # Errors
    /// When there is no such key.
    pub(crate) fn press(&self, keys: &[Key]) -> Outcome {
        keys.iter().try_for_each(|key| self.keyboard.press(&self.connection, *key))
    }

    /// Types a text.
    ///
    /// # Errors
    /// When a character has no key.
    pub(crate) fn type_text(&self, text: &str) -> Outcome {
        text.chars().try_for_each(|letter| self.keyboard.press(&self.connection, Key::Character(letter)))
    }
}

fn fault(error: impl std::fmt::Display) -> Fault {
    Fault::new(format!("the display: {error}"))
}
