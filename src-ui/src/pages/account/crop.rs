//! The dialog in which a person chooses the part of a picture that they keep.

use foyer_contract::avatar::{ChosenPicture, Crop};
use yew::prelude::*;

use crate::components::button::{Button, Weight};
use crate::components::dialog::Dialog;
use crate::components::icon::{Icon, icon};
use crate::hooks::{CropHandle, use_crop};
use crate::model::crop::{SLIDER_STEPS, STAGE, View, decimal};
use crate::text::{t, t_with, use_language};

/// The circle's diameter in the drawing.
const DIAMETER: f64 = 200.0;

/// How broad the ring around the circle is that dims what is not kept: it reaches beyond the corners.
const SHADE: f64 = 90.0;

#[derive(Properties, PartialEq)]
pub(super) struct CropDialogProps {
    pub(super) picture: ChosenPicture,
    /// What is kept is being prepared.
    pub(super) is_preparing: bool,
    pub(super) on_keep: Callback<Crop>,
    pub(super) on_cancel: Callback<()>,
}

/// The picture behind a circle, with what moves it, makes it larger and turns it.
#[component]
pub(super) fn CropDialog(props: &CropDialogProps) -> Html {
    use_language();
    let crop = use_crop(&props.picture);
    let keep = {
        let (crop, on_keep, is_preparing) = (crop.clone(), props.on_keep.clone(), props.is_preparing);
        Callback::from(move |()| {
            if !is_preparing {
                on_keep.emit(crop.crop());
            }
        })
    };
    let view = crop.view();

    html! {
        <Dialog
            testid="crop-dialog"
            role="dialog"
            title={t("crop-title")}
            on_close={props.on_cancel.clone()}
            buttons={html! {
                <>
                    <Button testid="crop-cancel" onclick={props.on_cancel.reform(|_: MouseEvent| ())}>
                        { t("cancel") }
                    </Button>
                    <Button
                        testid="crop-apply"
                        weight={Weight::Primary}
                        busy={props.is_preparing}
                        onclick={keep.reform(|_: MouseEvent| ())}
                    >
                        { t("crop-apply") }
                    </Button>
                </>
            }}
        >
            <div class="crop" onkeydown={crop.key()}>
                { stage(&crop, &props.picture.url, &keep) }
                <p class="hint" id="crop-help">{ t("crop-help") }</p>
                <div class="crop-controls">
                    { slider(&crop) }
                    <Button testid="crop-turn" onclick={crop.turn()}>{ icon(Icon::Turn) }{ t("crop-turn") }</Button>
                    <Button testid="crop-reset" weight={Weight::Quiet} onclick={crop.reset()}>
                        { t("crop-reset") }
                    </Button>
                </div>
                <div class="visually-hidden" role="status" data-testid="crop-state">
                    if crop.is_spoken() {
                        { told(&view) }
                    }
                </div>
            </div>
        </Dialog>
    }
}

/// The picture behind the circle. SVG's own attributes place it, as the page may not have styles of its own making.
fn stage(crop: &CropHandle, url: &str, keep: &Callback<()>) -> Html {
    let view = crop.view();
    let (width, height) = view.size();
    let (side, radius) = (DIAMETER * STAGE, DIAMETER / 2.0);
    let (side, corner) = (decimal(side), decimal(-side / 2.0));
    let keep = keep.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            keep.emit(());
        }
    });
    html! {
        <div
            class="crop-stage"
            ref={crop.stage()}
            tabindex="0"
            role="application"
            aria-label={t("crop-stage")}
            aria-describedby="crop-help"
            data-testid="crop-stage"
            {onkeydown}
            onwheel={crop.wheel()}
            onpointerdown={crop.grasp()}
            onpointermove={crop.drag()}
            onpointerup={crop.release()}
            onpointercancel={crop.release()}
        >
            <svg viewBox={format!("{corner} {corner} {side} {side}")} aria-hidden="true" focusable="false">
                <g transform={view.transform(DIAMETER)} data-testid="crop-picture">
                    <image
                        href={url.to_owned()}
                        width={decimal(width)}
                        height={decimal(height)}
                        preserveAspectRatio="none"
                    />
                </g>
                <circle class="crop-shade" r={decimal(radius + SHADE / 2.0)} stroke-width={decimal(SHADE)} />
                <circle class="crop-circle" r={decimal(radius)} />
            </svg>
        </div>
    }
}

fn slider(crop: &CropHandle) -> Html {
    let view = crop.view();
    html! {
        <label class="crop-slider">
            <span id="crop-zoom-name">{ t("crop-zoom") }</span>
            <input
                type="range"
                // By its label it would be called by what it is set to as well, as that stands in the label.
                aria-labelledby="crop-zoom-name"
                min="0"
                max={SLIDER_STEPS.to_string()}
                step="1"
                value={view.slider_step().to_string()}
                aria-valuetext={t_with("crop-percent", [("percent", view.percent())])}
                disabled={!view.can_zoom()}
                data-testid="crop-zoom"
                oninput={crop.slide()}
            />
        </label>
    }
}

/// Where the picture is, for those who do not see it.
fn told(view: &View) -> String {
    let (across, down) = view.place();
    t_with(
        "crop-state",
        [("percent", view.percent()), ("degrees", view.degrees()), ("across", across), ("down", down)],
    )
}
