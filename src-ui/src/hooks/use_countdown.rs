//! A number of seconds that counts down to zero.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::browser;
use crate::model::countdown::{next_change_ms, seconds_left};

/// Seconds left of `seconds` that began at `since_ms` on the page's clock. The component is drawn again once a second, and
/// not after zero.
#[hook]
pub(crate) fn use_countdown(seconds: u32, since_ms: f64) -> u32 {
    let looked_at_ms = use_state_eq(browser::now_ms);
    {
        let looked_at_ms = looked_at_ms.clone();
        use_effect_with((seconds, since_ms, *looked_at_ms), move |_| {
            let wait = next_change_ms(seconds, browser::now_ms() - since_ms);
            let timeout = wait.map(|ms| Timeout::new(ms, move || looked_at_ms.set(browser::now_ms())));
            move || drop(timeout)
        });
    }
    seconds_left(seconds, browser::now_ms() - since_ms)
}
