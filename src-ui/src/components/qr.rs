//! A QR code. Dark on white in every theme, with the free border that scanners need.

use foyer_contract::security::QrView;
use yew::prelude::*;

/// Modules left free on each side (ISO/IEC 18004).
const QUIET_ZONE: u32 = 4;

/// The code as a picture with a label for screen readers.
pub(crate) fn qr(qr: &QrView, label: String, testid: &'static str) -> Html {
    let side = qr.size + 2 * QUIET_ZONE;
    html! {
        <svg
            class="qr"
            viewBox={format!("-{QUIET_ZONE} -{QUIET_ZONE} {side} {side}")}
            role="img"
            aria-label={label}
            focusable="false"
            shape-rendering="crispEdges"
            data-testid={testid}
        >
            <rect
                class="qr-light"
                x={format!("-{QUIET_ZONE}")}
                y={format!("-{QUIET_ZONE}")}
                width={side.to_string()}
                height={side.to_string()}
            />
            <path class="qr-dark" d={qr.path.clone()} />
        </svg>
    }
}
