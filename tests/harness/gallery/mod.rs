//! The gallery: the built page in every state, without a backend. A stand-in answers in the backend's place, so what is
//! shown is the program that ships, in the engine that it runs in.
//!
//! Every picture is one of a state in a [`Look`]: language, theme, size of the text, direction and width.

mod album;
pub mod first_frame;
pub mod references;
mod server;
mod stage;
pub mod states;

use std::path::Path;

use album::Album;
pub use album::Found;
use foyer_contract::session_contract::names::Named;
use foyer_text::{LANGUAGES, Language, is_right_to_left};
use serde_json::{Value, json};
use server::Server;
use stage::Stage;
pub use states::State;

use crate::desktop::Desktop;
use crate::fault::Outcome;

/// The widths of the page, in CSS pixels.
pub const WIDTHS: [u32; 3] = [480, 900, 1400];

/// The rules of axe-core that look at colours. A theme is nothing but colours: the others find the same in both.
const OF_COLOUR: [&str; 2] = ["color-contrast", "link-in-text-block"];

/// What a state looks like in one picture, but for its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Its BCP 47 tag.
    pub language: &'static str,
    /// `light` or `dark`.
    pub theme: &'static str,
    /// Per cent.
    pub text: u32,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// Whether the person has asked the system for more contrast.
    pub more_contrast: bool,
}

impl Look {
    /// All of them, those of a language together: English in every look, and with more contrast as it is read; the other
    /// languages as they are read, at both sizes of the text.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for theme in ["light", "dark"] {
            for text in [100, 200] {
                for direction in ["ltr", "rtl"] {
                    all.push(Self { language: "en", theme, text, direction, more_contrast: false });
                }
            }
            all.push(Self { language: "en", theme, text: 100, direction: "ltr", more_contrast: true });
        }
        for language in LANGUAGES.into_iter().filter(|language| *language != Language::English) {
            let direction = if is_right_to_left(language) { "rtl" } else { "ltr" };
            let looks = [100, 200].map(|text| Self {
                language: language.name(),
                theme: "light",
                text,
                direction,
                more_contrast: false,
            });
            all.extend(looks);
        }
        all
    }

    fn name(self) -> String {
        let contrast = if self.more_contrast { "-contrast" } else { "" };
        format!("{}-{}-{}-{}{contrast}", self.language, self.theme, self.text, self.direction)
    }

    /// For the stage.
    fn to_json(self) -> Value {
        let contrast = if self.more_contrast { "more" } else { "no-preference" };
        json!({ "theme": self.theme, "text": self.text, "dir": self.direction, "contrast": contrast })
    }
}

/// What is taken.
#[derive(Debug, Clone)]
pub struct Order {
    /// The states; those whose name contains one of these words, all where there are none.
    pub words: Vec<String>,
    /// The looks; those whose name contains one of these words, all where there are none.
    pub looks: Vec<String>,
}

impl Order {
    fn states(&self) -> Vec<State> {
        let mut states = states::all();
        states.retain(|state| is_wanted(&self.words, state.name));
        states
    }

    fn looks(&self) -> Vec<Look> {
        let mut looks = Look::all();
        looks.retain(|look| is_wanted(&self.looks, &look.name()));
        looks
    }
}

fn is_wanted(words: &[String], name: &str) -> bool {
    words.is_empty() || words.iter().any(|word| name.contains(word.as_str()))
}

/// Takes the pictures and lays them into the folder, with a page that shows them all.
///
/// # Errors
/// When the page is not built, the browser does not start, or a state cannot be reached.
pub async fn pictures(order: &Order, folder: &Path) -> Outcome<Found> {
    let (states, looks) = (order.states(), order.looks());
    let mut album = Album::new(folder)?;
    let mut desktop = Desktop::with_screen(stage::SCREEN).await?;
    desktop.composite();
    let server = Server::start(states.clone(), &WIDTHS).await?;
    let stage = Stage::open(&desktop, &server.url, (WIDTHS.iter().sum::<u32>() + 60, 900)).await?;
    for state in &states {
        let mut language = "";
        for look in &looks {
            if look.language != language {
                language = look.language;
                stage.load(&server.url, language, state).await?;
            }
            let framed = stage.look(*look).await?;
            let window = stage.picture().await?;
            for (width, frame) in WIDTHS.into_iter().zip(framed) {
                album.add(
                    state.name,
                    &format!("{}-{width}", look.name()),
                    &frame.cut(&window),
                    frame.overhang,
                )?;
            }
        }
    }
    album.close()
}

/// What keeps somebody from using a page, in every state: what axe-core finds in both themes, targets that are too small
/// to hit, and tab stops out of the order in which they stand, in every width, both directions and both sizes of the
/// text. How many states there are, and the findings, each with its state.
///
/// # Errors
/// When the page is not built, the browser does not start, a state cannot be reached, or axe-core is not there.
pub async fn findings(order: &Order) -> Outcome<(usize, Vec<String>)> {
    let states = order.states();
    let desktop = Desktop::with_screen(stage::SCREEN).await?;
    let server = Server::start(states.clone(), &[900]).await?;
    let (some, others): (Vec<_>, Vec<_>) = states.iter().enumerate().partition(|(at, _)| at % 2 == 0);
    // Two browsers, as a browser shows its pages one after the other.
    let found = tokio::try_join!(in_states(&desktop, &server, &some), in_states(&desktop, &server, &others))?;
    Ok((states.len(), [found.0, found.1].concat()))
}

/// The findings in these states.
async fn in_states(desktop: &Desktop, server: &Server, states: &[(usize, &State)]) -> Outcome<Vec<String>> {
    let stage = Stage::open(desktop, &server.url, (200, 150)).await?;
    let mut findings = Vec::new();
    for (_, state) in states {
        stage.load(&server.url, "en", state).await?;
        for (look, found) in in_state(&stage).await? {
            findings.extend(found.into_iter().map(|it| format!("{} ({}): {it}", state.name, look.name())));
        }
    }
    Ok(findings)
}

/// The findings in the state that is loaded, for each look.
async fn in_state(stage: &Stage) -> Outcome<Vec<(Look, Vec<String>)>> {
    let english =
        |theme, text, direction| Look { language: "en", theme, text, direction, more_contrast: false };
    let measured = [(100, "ltr"), (100, "rtl"), (200, "ltr")].map(|(text, dir)| english("light", text, dir));
    let (light, dark) = (english("light", 100, "ltr"), english("dark", 100, "ltr"));
    let mut all: Vec<_> = measured.into_iter().zip(stage.measure(&measured, &WIDTHS).await?).collect();
    all.push((light, stage.axe(light, None).await?));
    all.push((dark, stage.axe(dark, Some(&OF_COLOUR)).await?));
    Ok(all)
}
