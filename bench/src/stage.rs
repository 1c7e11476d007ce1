//! What a measurement is made with: a server with a person on it behind a network, and a desktop for each program.

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant};

use harness::server::Person;
use harness::steps::PASSWORD;
use harness::{Desktop, Fault, Outcome, Server};
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage};
use tempfile::TempDir;
use tokio::task::block_in_place;

use crate::display::{Awaits, Display, Frame, Frames, Key, Watch};
use crate::network::{Network, ONE_WAY};
use crate::programs::{Program, Programs, Running};

/// The address that is signed in with.
pub(crate) const EMAIL: &str = "ada@example.com";

/// The sides of the person's picture, which is as large as Foyer makes them.
const SIDE: u32 = 512;

/// So many pixels of the picture's colour are the picture: it is shown at least 40 pixels wide.
const PICTURE: usize = 800;

/// The smallest page has more text and lines than this.
const PAGE: usize = 1_500;

/// A page of its own that stands still for so long does not change any more.
const STILL: Duration = Duration::from_millis(1_200);

/// Nothing that is waited for takes so long.
const AT_MOST: Duration = Duration::from_secs(30);

/// The server's side.
pub(crate) struct Stage {
    /// The server itself.
    pub(crate) server: Server,
    /// The network before it.
    pub(crate) network: Network,
    /// Whoever is signed in with [`EMAIL`].
    pub(crate) person: Person,
    /// Where their picture lies in the bucket.
    picture: String,
}

impl Stage {
    /// A server whose project has other settings, and a person with a profile and a picture.
    ///
    /// # Errors
    /// When it does not start.
    pub(crate) async fn new(change: impl FnOnce(String) -> String) -> Outcome<Self> {
        let server = Server::start_with(change).await?;
        let network = Network::before(&server.url, ONE_WAY).await?;
        let person = server.person(EMAIL, PASSWORD).await?;
        let path = format!("{}/picture.webp", person.id);
        let stage = Self { server, network, person, picture: path };
        stage.reset_profile().await?;
        Ok(stage)
    }

    /// Gives the person the profile and the picture that they had first.
    ///
    /// # Errors
    /// When the server does not let us.
    pub(crate) async fn reset_profile(&self) -> Outcome {
        let (path, id) = (&self.picture, &self.person.id);
        // Foyer removes a picture that was replaced.
        let (status, said) = self.server.put_object(&self.person, path, picture()?).await?;
        if status != 200 && !said.contains("Duplicate") {
            return Err(Fault::new(format!("the picture was not taken: {status} {said}")));
        }
        let query = format!(
            "update public.profiles set full_name = 'Ada Lovelace', username = 'ada', \
             website = 'https://example.com', avatar_url = '{path}' where id = '{id}'"
        );
        self.server.sql(&query).await.map(drop)
    }

    /// Where a program finds the project, and with which key.
    pub(crate) fn project(&self) -> (&str, &str) {
        (&self.network.url, &self.server.anon_key)
    }
}

/// A picture in a colour that stands nowhere else on a page, with a little grain, so that it is as large as a photo.
fn picture() -> Outcome<Vec<u8>> {
    let picture = RgbImage::from_fn(SIDE, SIDE, |x, y| {
        // A linear congruential generator: the same picture each time.
        let grain = (x * SIDE + y).wrapping_mul(1_664_525).wrapping_add(1_013_904_223) >> 30;
        Rgb([224, u8::try_from(grain).unwrap_or_default() * 8, 160])
    });
    let mut file = Vec::new();
    WebPEncoder::new_lossless(&mut file).write_image(&picture, SIDE, SIDE, ExtendedColorType::Rgb8)?;
    Ok(file)
}

/// Whether a frame shows the person's picture.
pub(crate) fn shows_picture(frame: &Frame) -> bool {
    frame.count(|[red, green, blue]| red > 180 && green < 70 && (120..210).contains(&blue)) >= PICTURE
}

/// Whether a frame shows more than a window without a page: text and lines, which have other colours than the display, the
/// window and what lies on it.
fn shows_page(frame: &Frame) -> bool {
    let mut colours = HashMap::new();
    frame.pixels().for_each(|pixel| *colours.entry(pixel).or_insert(0) += 1);
    let mut counts: Vec<usize> = colours.into_values().collect();
    counts.sort_unstable();
    counts.iter().rev().skip(3).sum::<usize>() >= PAGE
}

/// A desktop of its own for a program, with a display that is watched.
pub(crate) struct Place {
    /// Whose it is.
    pub(crate) program: Program,
    display: Display,
    desktop: Desktop,
    /// What the display shows lies here, in memory.
    _framebuffer: TempDir,
}

impl Place {
    /// A desktop that no program has ever run on.
    ///
    /// # Errors
    /// When a program that makes the desktop cannot be started.
    pub(crate) async fn new(program: Program) -> Outcome<Self> {
        let memory = Path::new("/dev/shm");
        let builder = || tempfile::Builder::new().prefix("foyer-bench-").to_owned();
        let framebuffer =
            if memory.is_dir() { builder().tempdir_in(memory)? } else { builder().tempdir()? };
        let desktop = Desktop::with_framebuffer(framebuffer.path()).await?;
        let name = desktop.variable("DISPLAY").map(|name| name.to_string_lossy().into_owned());
        let display = Display::connect(&name.unwrap_or_default(), framebuffer.path())?;
        Ok(Self { program, display, desktop, _framebuffer: framebuffer })
    }

    /// One for each of these programs.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub(crate) async fn each(programs: &[Program]) -> Outcome<Vec<Self>> {
        let mut places = Vec::new();
        for program in programs {
            places.push(Self::new(*program).await?);
        }
        Ok(places)
    }

    /// Starts the program and watches what it shows.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(crate) fn start(
        &mut self,
        programs: &Programs,
        project: (&str, &str),
        watch: Watch,
    ) -> Outcome<(Running, Frames)> {
        self.start_with(programs, project, &[], watch)
    }

    /// The same with arguments.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(crate) fn start_with(
        &mut self,
        programs: &Programs,
        project: (&str, &str),
        arguments: &[&str],
        watch: Watch,
    ) -> Outcome<(Running, Frames)> {
        let before = self.display.now()?;
        let running = programs.start(self.program, &self.desktop, project, arguments)?;
        let frames = block_in_place(|| self.display.watch(running.begun, before, watch))?;
        Ok((running, frames))
    }

    /// Starts the program, waits until its page stands still and gives its window the focus.
    ///
    /// # Errors
    /// When it shows no window.
    pub(crate) async fn open(&mut self, programs: &Programs, project: (&str, &str)) -> Outcome<Running> {
        let awaits = Awaits::Frame(shows_page);
        let begin = Watch { at_least: STILL, still: STILL, at_most: AT_MOST, awaits };
        let (running, _) = self.start(programs, project, begin)?;
        self.focus().await?;
        Ok(running)
    }

    /// Gives the focus to the window in front and waits until it has painted so.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) async fn focus(&mut self) -> Outcome {
        let windows = self.desktop.display()?.windows()?;
        let window = windows.last().ok_or_else(|| self.fault("shows no window"))?;
        self.display.focus(*window)?;
        self.settle(Duration::from_millis(300))
    }

    /// Waits until so many windows are shown.
    ///
    /// # Errors
    /// When there are other than that many.
    pub(crate) async fn wait_for_windows(&self, count: usize) -> Outcome {
        self.desktop.display()?.wait_for_windows(count).await.map(drop)
    }

    /// Waits until nothing has changed for so long.
    ///
    /// # Errors
    /// When the display is gone.
    pub(crate) fn settle(&mut self, still: Duration) -> Outcome {
        let before = self.display.now()?;
        let watch = Watch { at_least: still, still, at_most: AT_MOST, awaits: Awaits::Nothing };
        block_in_place(|| self.display.watch(Instant::now(), before, watch)).map(drop)
    }

    /// Presses keys and waits until the page has answered.
    ///
    /// # Errors
    /// When there is no such key.
    pub(crate) fn press(&mut self, keys: &[Key]) -> Outcome {
        self.display.press(keys)?;
        self.settle(Duration::from_millis(150))
    }

    /// Types a text and waits until it stands there.
    ///
    /// # Errors
    /// When a character has no key.
    pub(crate) fn type_text(&mut self, text: &str) -> Outcome {
        self.display.type_text(text)?;
        self.settle(Duration::from_millis(150))
    }

    /// Types a text; in how many pixels that can be seen.
    ///
    /// # Errors
    /// When a character has no key.
    pub(crate) fn typed_changes(&mut self, text: &str) -> Outcome<usize> {
        let before = self.display.now()?;
        self.type_text(text)?;
        Ok(self.display.now()?.differing(&before))
    }

    /// Presses a key and watches what comes of it. Times count from the key.
    ///
    /// # Errors
    /// When there is no such key.
    pub(crate) fn press_and_watch(&mut self, key: Key, watch: Watch) -> Outcome<Frames> {
        let before = self.display.now()?;
        let begun = Instant::now();
        self.display.press(&[key])?;
        block_in_place(|| self.display.watch(begun, before, watch))
    }

    /// Ends the program as a person does.
    ///
    /// # Errors
    /// When something of it stays.
    pub(crate) async fn end(&self, running: Running) -> Outcome {
        running.end(&self.desktop).await
    }

    /// A sentence about this program that failed.
    pub(crate) fn fault(&self, what: &str) -> Fault {
        Fault::new(format!("{} {what}", self.program.name()))
    }
}

/// Writes what a display showed at the end as a picture, for people.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write_picture(frames: &Frames, file: &Path) -> Outcome {
    let (width, height) = frames.last().size();
    let pixels: Vec<u8> = frames.last().pixels().flatten().collect();
    let encoder = image::codecs::png::PngEncoder::new(File::create(file)?);
    Ok(encoder.write_image(
        &pixels,
        u32::try_from(width)?,
        u32::try_from(height)?,
        ExtendedColorType::Rgb8,
    )?)
}
