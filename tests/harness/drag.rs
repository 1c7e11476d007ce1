//! Files that another program drags onto a window, as file managers do it: the XDND protocol, version 5.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::Instant;
use url::Url;
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt, CreateWindowAux, EventMask, PropMode,
    SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, Timestamp, Window, WindowClass,
};
use x11rb::wrapper::ConnectionExt as _;

use crate::deadline::TIMEOUT;
use crate::desktop::Desktop;
use crate::fault::{Fault, Outcome};
use crate::x11::{Display, fault};

/// The version of the protocol, where the first message says it.
const VERSION: u32 = 5 << 24;

/// In an answer to where the files are, and to that they were dropped: they are taken.
const ACCEPTED: u32 = 1;

/// Files that hang on the pointer. Whoever asks for their list is given it by a thread, at once unless the list is held
/// back, until this is dropped.
#[derive(Debug)]
pub struct Drag {
    source: Arc<Source>,
    heard: UnboundedReceiver<Outcome<Heard>>,
    thread: Option<JoinHandle<()>>,
}

/// The program that drags: a window on a connection of its own.
#[derive(Debug)]
struct Source {
    display: Display,
    window: Window,
    /// The addresses of the files, as a `text/uri-list`.
    list: String,
    names: Names,
    /// While the list is held back: who has asked for it.
    held_back: Mutex<Option<Vec<SelectionRequestEvent>>>,
}

/// What the display says to the program that drags.
#[derive(Debug)]
enum Heard {
    /// The window under the pointer has answered to a position: whether it would take the files.
    Status(bool),
    /// The window has done with what was dropped: whether it has taken it.
    Finished(bool),
    /// Somebody has asked for the list of the files, which is held back.
    Asked,
    /// What time it is, by the display's clock.
    Time(Timestamp),
}

/// The atoms of the protocol.
#[derive(Debug)]
struct Names {
    enter: u32,
    position: u32,
    status: u32,
    leave: u32,
    dropped: u32,
    finished: u32,
    selection: u32,
    copy: u32,
    uri_list: u32,
    targets: u32,
}

impl Names {
    fn of(display: &Display) -> Outcome<Self> {
        Ok(Self {
            enter: display.atom("XdndEnter")?,
            position: display.atom("XdndPosition")?,
            status: display.atom("XdndStatus")?,
            leave: display.atom("XdndLeave")?,
            dropped: display.atom("XdndDrop")?,
            finished: display.atom("XdndFinished")?,
            selection: display.atom("XdndSelection")?,
            copy: display.atom("XdndActionCopy")?,
            uri_list: display.atom("text/uri-list")?,
            targets: display.atom("TARGETS")?,
        })
    }
}

impl Desktop {
    /// Takes hold of these files, as a press of the pointer's button on them in a file manager does.
    ///
    /// # Errors
    /// When the display is gone, or a path is not absolute.
    pub async fn drag(&self, files: &[&Path]) -> Outcome<Drag> {
        let urls = files.iter().map(|file| {
            Url::from_file_path(file).map_err(|()| Fault::new(format!("{} is not absolute", file.display())))
        });
        let list = urls.map(|url| Ok(format!("{}\r\n", url?))).collect::<Outcome<String>>()?;
        let source = Arc::new(Source::new(self.display()?, list)?);
        let (tell, heard) = unbounded_channel();
        let listener = Arc::clone(&source);
        let thread = std::thread::spawn(move || listener.listen(&tell));
        let mut drag = Drag { source, heard, thread: Some(thread) };
        drag.own().await?;
        Ok(drag)
    }
}

impl Drag {
    /// Moves the files over the middle of this window, and waits until it would take them.
    ///
    /// # Errors
    /// When it would not.
    pub async fn over(&mut self, window: Window) -> Outcome {
        self.enter(window)?;
        let deadline = Instant::now() + TIMEOUT;
        // The pointer moves a little each time, and rests until the window has answered: so the protocol wants it.
        for step in (0..8).cycle() {
            self.position(window, step).await?;
            let status = |heard| if let Heard::Status(is_taken) = heard { Some(is_taken) } else { None };
            if self.hear("the window to accept what is dragged", deadline, status).await? {
                break;
            }
        }
        Ok(())
    }

    /// Moves the files over this window and away from it, faster than it is given their list.
    ///
    /// # Errors
    /// When it does not ask for the list.
    pub async fn across(&mut self, window: Window) -> Outcome {
        *self.source.held_back() = Some(Vec::new());
        self.enter(window)?;
        self.position(window, 0).await?;
        let asked = |heard| matches!(heard, Heard::Asked).then_some(());
        self.hear("the window to ask for the files", Instant::now() + TIMEOUT, asked).await?;
        self.away(window)?;
        let requests = self.source.held_back().take().unwrap_or_default();
        requests.iter().try_for_each(|request| self.source.give(request))
    }

    /// Moves the files away from this window again.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn away(&self, window: Window) -> Outcome {
        self.source.tell(window, self.source.names.leave, [0; 4])
    }

    /// Lets go of the files over this window, and waits until it has taken them.
    ///
    /// # Errors
    /// When it does not take them.
    pub async fn drop_on(mut self, window: Window) -> Outcome {
        let time = self.time().await?;
        self.source.tell(window, self.source.names.dropped, [0, time, 0, 0])?;
        let finished = |heard| if let Heard::Finished(is_taken) = heard { Some(is_taken) } else { None };
        let deadline = Instant::now() + TIMEOUT;
        if self.hear("the window to take what was dropped", deadline, finished).await? {
            Ok(())
        } else {
            Err(Fault::new("the window did not take what was dropped"))
        }
    }

    fn enter(&self, window: Window) -> Outcome {
        let names = &self.source.names;
        self.source.tell(window, names.enter, [VERSION, names.uri_list, 0, 0])
    }

    /// Tells a window that the files are over its middle, or so many pixels to the right of it.
    async fn position(&mut self, window: Window, step: u32) -> Outcome {
        let time = self.time().await?;
        let at = self.source.display.geometry(window)?;
        let middle = |from: i32, length: u32| u32::try_from(from).unwrap_or_default() + length / 2;
        let place = ((middle(at.x, at.width) + step) << 16) | middle(at.y, at.height);
        let names = &self.source.names;
        self.source.tell(window, names.position, [0, place, time, names.copy])
    }

    /// From now on whoever asks for the files asks this program.
    async fn own(&mut self) -> Outcome {
        let time = self.time().await?;
        let connection = &self.source.display.connection;
        let owned = connection.set_selection_owner(self.source.window, self.source.names.selection, time);
        owned.map_err(fault)?.check().map_err(fault)
    }

    /// What time it is, by the display's clock.
    async fn time(&mut self) -> Outcome<Timestamp> {
        self.source.ask_for_time()?;
        let time = |heard| if let Heard::Time(time) = heard { Some(time) } else { None };
        self.hear("the display's clock", Instant::now() + TIMEOUT, time).await
    }

    /// Waits until the display has said what `wanted` looks for. What it says before is an answer to something older.
    async fn hear<T>(
        &mut self,
        what: &str,
        deadline: Instant,
        wanted: impl Fn(Heard) -> Option<T>,
    ) -> Outcome<T> {
        loop {
            let heard = tokio::time::timeout_at(deadline, self.heard.recv()).await;
            let heard =
                heard.map_err(|_| Fault::new(format!("waited {} s for {what}", TIMEOUT.as_secs())))?;
            let heard = heard.ok_or_else(|| Fault::new("the program that drags has ended"))?;
            if let Some(found) = wanted(heard?) {
                return Ok(found);
            }
        }
    }
}

impl Drop for Drag {
    fn drop(&mut self) {
        // The thread ends with the window. Where the display is gone it has ended already.
        if self.source.close().is_ok()
            && let Some(thread) = self.thread.take()
        {
            let _ = thread.join();
        }
    }
}

impl Source {
    fn new(display: Display, list: String) -> Outcome<Self> {
        let window = display.connection.generate_id().map_err(fault)?;
        let class = WindowClass::INPUT_ONLY;
        let aux = CreateWindowAux::new()
            // What tells the display's time, and that the window is closed.
            .event_mask(EventMask::PROPERTY_CHANGE | EventMask::STRUCTURE_NOTIFY);
        let made = display.connection.create_window(0, window, display.root, -1, -1, 1, 1, 0, class, 0, &aux);
        made.map_err(fault)?.check().map_err(fault)?;
        let names = Names::of(&display)?;
        Ok(Self { display, window, list, names, held_back: Mutex::new(None) })
    }

    /// Gives the list of the files to whoever asks for it and tells what else the display says, until the window is
    /// closed or the display is gone.
    fn listen(&self, tell: &UnboundedSender<Outcome<Heard>>) {
        loop {
            let event = self.display.connection.wait_for_event().map_err(fault);
            let heard = match event {
                Ok(Event::DestroyNotify(event)) if event.window == self.window => return,
                Ok(Event::SelectionRequest(request)) => self.asked(request),
                Ok(event) => Ok(self.heard(&event)),
                Err(error) => {
                    // A test that has ended does not want to know.
                    let _ = tell.send(Err(error));
                    return;
                }
            };
            if let Some(heard) = heard.transpose() {
                let _ = tell.send(heard);
            }
        }
    }

    fn heard(&self, event: &Event) -> Option<Heard> {
        match event {
            Event::PropertyNotify(property) if property.window == self.window => {
                Some(Heard::Time(property.time))
            }
            Event::ClientMessage(message) => {
                let is_taken = message.data.as_data32()[1] & ACCEPTED != 0;
                match message.type_ {
                    name if name == self.names.status => Some(Heard::Status(is_taken)),
                    name if name == self.names.finished => Some(Heard::Finished(is_taken)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn tell(&self, window: Window, name: u32, [first, second, third, fourth]: [u32; 4]) -> Outcome {
        let words = [self.window, first, second, third, fourth];
        let message = ClientMessageEvent::new(32, window, name, words);
        let sent = self.display.connection.send_event(false, window, EventMask::NO_EVENT, message);
        sent.map_err(fault)?.check().map_err(fault)
    }

    /// The display says when it has added nothing to a property of the window.
    fn ask_for_time(&self) -> Outcome {
        let (name, kind) = (AtomEnum::WM_NAME, AtomEnum::STRING);
        let connection = &self.display.connection;
        let added = connection.change_property8(PropMode::APPEND, self.window, name, kind, &[]);
        added.map_err(fault)?.check().map_err(fault)
    }

    fn held_back(&self) -> MutexGuard<'_, Option<Vec<SelectionRequestEvent>>> {
        self.held_back.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives the list of the files, or keeps it back.
    fn asked(&self, request: SelectionRequestEvent) -> Outcome<Option<Heard>> {
        match &mut *self.held_back() {
            Some(requests) => {
                requests.push(request);
                Ok(Some(Heard::Asked))
            }
            None => self.give(&request).map(|()| None),
        }
    }

    /// Gives the list of the files to whoever asks for it.
    fn give(&self, request: &SelectionRequestEvent) -> Outcome {
        let connection = &self.display.connection;
        let (to, property) = (request.requestor, request.property);
        let given = if request.target == self.names.uri_list {
            let list = self.list.as_bytes();
            connection.change_property8(PropMode::REPLACE, to, property, request.target, list)
        } else if request.target == self.names.targets {
            let targets = [self.names.targets, self.names.uri_list];
            connection.change_property32(PropMode::REPLACE, to, property, AtomEnum::ATOM, &targets)
        } else {
            return self.notify(request, x11rb::NONE);
        };
        given.map_err(fault)?.check().map_err(fault)?;
        self.notify(request, property)
    }

    fn notify(&self, request: &SelectionRequestEvent, property: u32) -> Outcome {
        let answer = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: request.time,
            requestor: request.requestor,
            selection: request.selection,
            target: request.target,
            property,
        };
        let connection = &self.display.connection;
        let sent = connection.send_event(false, request.requestor, EventMask::NO_EVENT, answer);
        sent.map_err(fault)?.check().map_err(fault)
    }

    fn close(&self) -> Outcome {
        self.display.connection.destroy_window(self.window).map_err(fault)?.check().map_err(fault)
    }
}
