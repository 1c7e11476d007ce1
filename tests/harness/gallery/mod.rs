//! The gallery: the built page in every state, without a backend. A stand-in answers in the backend's place, so what is
//! shown is the program that ships, in the engine that it runs in.
//!
//! Every picture is one of a state in a [`Look`]: language, theme, size of the text, direction and width.

mod album;
mod server;
mod stage;
pub mod states;

use std::path::Path;

use album::Album;
pub use album::Found;
use foyer_contract::session_contract::names::Named;
use foyer_text::{LANGUAGES, Language, is_right_to_left};
use server::Server;
use stage::Stage;
pub use states::State;

use crate::desktop::Desktop;
use crate::fault::Outcome;

/// The widths of the page, in CSS pixels.
pub const WIDTHS: [u32; 3] = [480, 900, 1400];

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
}

impl Look {
    /// All of them, those of a language together: English in every look, the other languages as they are read, at both
    /// sizes of the text.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for theme in ["light", "dark"] {
            for text in [100, 200] {
                for direction in ["ltr", "rtl"] {
                    all.push(Self { language: "en", theme, text, direction });
                }
            }
        }
        for language in LANGUAGES.into_iter().filter(|language| *language != Language::English) {
            let direction = if is_right_to_left(language) { "rtl" } else { "ltr" };
            let looks =
                [100, 200].map(|text| Self { language: language.name(), theme: "light", text, direction });
            all.extend(looks);
        }
        all
    }

    fn name(self) -> String {
        format!("{}-{}-{}-{}", self.language, self.theme, self.text, self.direction)
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
    let desktop = Desktop::with_screen(stage::SCREEN).await?;
    let server = Server::start(states.clone(), &WIDTHS).await?;
    let stage = Stage::open(&desktop, &server.url, &WIDTHS).await?;
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

/// Targets that are too small to hit, and tab stops out of the order in which they stand, in every state and width, in
/// both directions and both sizes of the text. Each finding comes with its state.
///
/// # Errors
/// When the page is not built, the browser does not start, or a state cannot be reached.
pub async fn measures(order: &Order) -> Outcome<(usize, Vec<String>)> {
    let looks = [(100, "ltr"), (100, "rtl"), (200, "ltr")];
    let looks = looks.map(|(text, direction)| Look { language: "en", theme: "light", text, direction });
    findings(order, &WIDTHS, &looks, async |stage| stage.measure().await).await
}

/// What axe-core finds in every state, in both themes, each finding with its state.
///
/// # Errors
/// When the page is not built, the browser does not start, a state cannot be reached, or axe-core is not there.
pub async fn axe(order: &Order) -> Outcome<(usize, Vec<String>)> {
    let looks = ["light", "dark"].map(|theme| Look { language: "en", theme, text: 100, direction: "ltr" });
    findings(order, &[900], &looks, async |stage| stage.axe().await).await
}

/// What `look_at` finds in every state, in these widths and looks: how many states there are, and the findings.
async fn findings(
    order: &Order,
    widths: &[u32],
    looks: &[Look],
    look_at: impl AsyncFn(&Stage) -> Outcome<Vec<String>>,
) -> Outcome<(usize, Vec<String>)> {
    let states = order.states();
    let desktop = Desktop::with_screen(stage::SCREEN).await?;
    let server = Server::start(states.clone(), widths).await?;
    let stage = Stage::open(&desktop, &server.url, widths).await?;
    let mut findings = Vec::new();
    for state in &states {
        stage.load(&server.url, "en", state).await?;
        for look in looks {
            stage.look(*look).await?;
            let found = look_at(&stage).await?.into_iter();
            findings.extend(found.map(|finding| format!("{} ({}): {finding}", state.name, look.name())));
        }
    }
    Ok((states.len(), findings))
}
