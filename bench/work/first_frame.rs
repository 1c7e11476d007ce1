//! The account page as the shell renders it for the answer to `index.html`.

use foyer_contract::preferences::{Language, Spoken};
use foyer_contract::view::Start;
use foyer_ui::first_frame;
use harness::gallery::states;
use harness::{Fault, Outcome};

const INDEX: &str = include_str!("../../src-ui/index.html");

pub(crate) fn render(times: u32) -> Outcome {
    let state = states::all().into_iter().find(|state| state.name == "account");
    let view = state.and_then(|state| state.view).ok_or_else(|| Fault::new("the gallery has no account"))?;
    let spoken =
        Spoken { language: Language::English, sentences: foyer_text::source(Language::English).to_owned() };
    let start = Start { view, spoken };
    for _ in 0..times {
        let frame = first_frame::render(start.clone());
        let document = frame.and_then(|frame| frame.put_into(INDEX));
        if !document.is_some_and(|document| document.contains("data-testid=\"account-page\"")) {
            return Err(Fault::new("the account page is not rendered"));
        }
    }
    Ok(())
}
