//! `foyer-doctor`: checks a project from a terminal. What it looks at stands in the library.

use std::process::ExitCode;

use clap::Parser;
use foyer_contract::{brand, variable};
use foyer_doctor::{Doctor, terminal};
use foyer_text::Sentences;
use url::Url;

/// The variables that name the project; the app reads the same ones.
const URL: &str = variable!("SUPABASE_URL");
const KEY: &str = variable!("SUPABASE_KEY");

/// Says what is right and wrong with a Supabase project's set-up. Nothing is changed there. The exit status is 0 without
/// problems, 1 with problems, 2 when there was nothing to ask.
#[derive(Parser)]
#[command(name = "foyer-doctor", verbatim_doc_comment)]
struct Arguments {
    #[arg(long, help = concat!("the project's URL; without it ", variable!("SUPABASE_URL")))]
    url: Option<String>,
    #[arg(long, help = concat!("the project's publishable or anon key; without it ", variable!("SUPABASE_KEY")))]
    key: Option<String>,
    /// where links lead back to, for an app with another scheme
    #[arg(long, default_value = brand::CALLBACK)]
    redirect_to: Url,
    /// prints JSON
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let language = foyer_text::first_known(sys_locale::get_locales());
    let or_variable = |given: Option<String>, name| given.or_else(|| std::env::var(name).ok());
    let url = or_variable(arguments.url, URL);
    let key = or_variable(arguments.key, KEY);
    let (Some(url), Some(key)) = (url, key) else {
        return terminal::refuse(&Sentences::of(language).get("terminal-name-project"));
    };
    let doctor = Doctor::new(&url, &key, arguments.redirect_to);
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return terminal::refuse(&format!("foyer-doctor: {error}")),
    };
    terminal::print(&runtime.block_on(doctor.run(|_| {})), arguments.json, language)
}
