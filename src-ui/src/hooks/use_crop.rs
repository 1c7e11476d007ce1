//! The chosen picture behind the circle: moved, made larger and turned by keyboard, mouse and touch.

use std::cell::RefCell;
use std::rc::Rc;

use foyer_contract::avatar::{ChosenPicture, Crop};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent, PointerEvent, WheelEvent};
use yew::prelude::*;

use crate::model::crop::{Action, Hold, STAGE, View, of_key, of_wheel};

/// The picture behind the circle as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct CropHandle {
    view: UseReducerHandle<View>,
    hold: Rc<RefCell<Hold>>,
    stage: NodeRef,
    spoken: UseStateHandle<bool>,
}

impl CropHandle {
    /// Where the picture is.
    pub(crate) fn view(&self) -> View {
        *self.view
    }

    /// The element in which the picture is seen.
    pub(crate) fn stage(&self) -> NodeRef {
        self.stage.clone()
    }

    /// What is kept.
    pub(crate) fn crop(&self) -> Crop {
        self.view.crop()
    }

    /// Whether the last change is to be read out. What a hand moves is seen.
    pub(crate) fn is_spoken(&self) -> bool {
        *self.spoken
    }

    /// Moves, turns and makes larger by the keyboard. Keys with which a control does something of its own stay its.
    pub(crate) fn key(&self) -> Callback<KeyboardEvent> {
        let this = self.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            let is_on_slider = event.target().is_some_and(|target| target.has_type::<HtmlInputElement>());
            let key = event.key();
            if let Some(action) = of_key(&key, event.shift_key())
                && !(is_on_slider && key.starts_with("Arrow"))
            {
                event.prevent_default();
                this.speak(action);
            }
        })
    }

    /// Puts the slider to another step.
    pub(crate) fn slide(&self) -> Callback<InputEvent> {
        let this = self.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(slider) = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) {
                // The slider itself is read out.
                this.act(Action::Slide(slider.value_as_number()));
            }
        })
    }

    /// Turns the picture.
    pub(crate) fn turn(&self) -> Callback<MouseEvent> {
        self.button(Action::Turn)
    }

    /// Shows the picture as at first.
    pub(crate) fn reset(&self) -> Callback<MouseEvent> {
        self.button(Action::Reset)
    }

    /// Makes the picture larger or smaller under the pointer.
    pub(crate) fn wheel(&self) -> Callback<WheelEvent> {
        let this = self.clone();
        Callback::from(move |event: WheelEvent| {
            event.prevent_default();
            if let Some(action) = of_wheel(event.delta_y(), this.place(&event)) {
                this.act(action);
            }
        })
    }

    /// A mouse or a finger takes hold of the picture.
    pub(crate) fn grasp(&self) -> Callback<PointerEvent> {
        let this = self.clone();
        Callback::from(move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            if let Some(stage) = this.stage.cast::<Element>() {
                // Without it, a pointer that leaves the stage is not heard of: the picture stays where it was left.
                drop(stage.set_pointer_capture(event.pointer_id()));
            }
            this.hold.borrow_mut().begin(event.pointer_id(), this.place(&event));
        })
    }

    /// A mouse or a finger moves.
    pub(crate) fn drag(&self) -> Callback<PointerEvent> {
        let this = self.clone();
        Callback::from(move |event: PointerEvent| {
            let actions = this.hold.borrow_mut().moved(event.pointer_id(), this.place(&event));
            actions.into_iter().for_each(|action| this.act(action));
        })
    }

    /// A mouse or a finger lets go.
    pub(crate) fn release(&self) -> Callback<PointerEvent> {
        let hold = Rc::clone(&self.hold);
        Callback::from(move |event: PointerEvent| hold.borrow_mut().end(event.pointer_id()))
    }

    fn button(&self, action: Action) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| this.speak(action))
    }

    fn act(&self, action: Action) {
        self.spoken.set(false);
        self.view.dispatch(action);
    }

    fn speak(&self, action: Action) {
        self.spoken.set(true);
        self.view.dispatch(action);
    }

    /// Where on the stage something happened, in diameters from the circle's centre.
    fn place(&self, event: &MouseEvent) -> (f64, f64) {
        let Some(stage) = self.stage.cast::<Element>() else { return (0.0, 0.0) };
        let area = stage.get_bounding_client_rect();
        let diameters =
            |at: i32, begin: f64, length: f64| (f64::from(at) - begin - length / 2.0) / length * STAGE;
        (
            diameters(event.client_x(), area.left(), area.width()),
            diameters(event.client_y(), area.top(), area.height()),
        )
    }
}

/// The picture behind the circle, at first as it was chosen.
#[hook]
pub(crate) fn use_crop(picture: &ChosenPicture) -> CropHandle {
    let view = use_reducer_eq(|| View::of(picture));
    let (hold, stage, spoken) = (use_mut_ref(Hold::default), use_node_ref(), use_state_eq(|| false));
    CropHandle { view, hold, stage, spoken }
}
