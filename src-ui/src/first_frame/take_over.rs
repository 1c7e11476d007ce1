//! The program's side: the elements of the first frame become those of the program, with what a person did in them.

use std::panic::PanicHookInfo;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlInputElement, InputEvent, InputEventInit};
use yew::{Renderer, set_custom_panic_hook};

use super::MARK;
use crate::app::{App, AppProps};
use crate::{browser, first_render, ipc};

/// What a person can type in, switch or open.
const FIELDS: &str = "input, textarea, details";

/// Renders the page into `root`: into the elements of the shell's first frame where there is one that was rendered with
/// the same view, else in the place of whatever stands there.
pub(crate) fn take_over(root: Element, props: AppProps) {
    let is_rendered = root.has_attribute(MARK) && props.view.is_some();
    let touched = if is_rendered { Touched::below(&root) } else { Vec::new() };
    set_custom_panic_hook(Box::new(on_panic));
    first_render::begin();
    let renderer = Renderer::<App>::with_root_and_props(root, props);
    if is_rendered {
        renderer.hydrate();
    } else {
        renderer.render();
    }
    // The program renders in a task of its own, which is before this one and lets no event in between.
    spawn_local(async move {
        first_render::end();
        touched.iter().for_each(Touched::restore);
        // What was typed is in the forms once they are rendered anew. Only then can a button do what it is for.
        Timeout::new(0, press).forget();
    });
}

/// A program that stops stops the page. In a first frame that is not its own it cannot go on, but without one it can: the
/// shell gives the page without a frame when it is asked for like this.
fn on_panic(panic: &PanicHookInfo<'_>) {
    browser::report(&panic.to_string());
    let root = browser::root();
    if first_render::is_now() && root.is_some_and(|root| root.has_attribute(MARK)) {
        browser::load_without_first_frame();
    }
}

/// A field of the first frame in which a person has changed something.
struct Touched {
    field: HtmlInputElement,
    /// What was typed.
    text: Option<String>,
    /// Where the selection begins and ends. Fields for addresses do not say it.
    selection: Option<(u32, u32)>,
}

impl Touched {
    /// All of them. Not only inputs: a text area has its text, and a disclosure whether it is open, under names that are
    /// read alike.
    fn below(root: &Element) -> Vec<Self> {
        let Ok(all) = root.query_selector_all(FIELDS) else { return Vec::new() };
        let fields = (0..all.length()).filter_map(|at| all.get(at)).map(JsCast::unchecked_into);
        fields.filter_map(Self::of).collect()
    }

    fn of(field: HtmlInputElement) -> Option<Self> {
        let name = field.tag_name();
        if name == "DETAILS" {
            return field.has_attribute("open").then_some(Self { field, text: None, selection: None });
        }
        if matches!(field.type_().as_str(), "checkbox" | "radio") {
            return (field.checked() != field.default_checked()).then_some(Self {
                field,
                text: None,
                selection: None,
            });
        }
        let text = field.value();
        if text == field.default_value() {
            return None;
        }
        let selection = field.selection_start().ok().flatten().zip(field.selection_end().ok().flatten());
        Some(Self { field, text: Some(text), selection })
    }

    /// Puts back what the program's first render has taken away, and tells the program of it.
    fn restore(&self) {
        let Some(text) = &self.text else {
            if self.field.tag_name() == "DETAILS" {
                tell(&self.field, Event::new("toggle"));
            } else if self.field.checked() == self.field.default_checked() {
                self.field.click();
            }
            return;
        };
        self.field.set_value(text);
        if let Some((start, end)) = self.selection {
            drop(self.field.set_selection_range(start, end));
        }
        let init = InputEventInit::new();
        init.set_bubbles(true);
        tell(&self.field, InputEvent::new_with_event_init_dict("input", &init).map(Into::into));
    }
}

fn tell(field: &HtmlInputElement, event: Result<Event, JsValue>) {
    if !matches!(event.map(|event| field.dispatch_event(&event)), Ok(Ok(_))) {
        browser::report("a field of the first frame could not say what was done in it");
    }
}

/// Presses what a person has pressed before there was a program. `first_script.js` has kept it. From now on nothing is left
/// of the frame that the page began with.
fn press() {
    if let Some(button) = ipc::pressed_at_start() {
        button.click();
    }
    if let Some(root) = browser::root()
        && root.remove_attribute(MARK).is_err()
    {
        browser::report("the page still looks as if it had no program");
    }
}
