//! The program of the page. Built for anything else than a page it does nothing.

fn main() {
    #[cfg(target_arch = "wasm32")]
    foyer_ui::run();
}
