//! Values that must not be found where a page, another program or a stranger with the disk could see them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::json;

use crate::app::App;
use crate::desktop::Desktop;
use crate::fault::{Fault, Outcome};
use crate::memory;
use crate::recorder::Crossed;
use crate::search::{Wanted, forms, utf16};

/// Values that must not be found, with a name each.
#[derive(Debug, Default)]
pub struct Canaries {
    values: Vec<(String, String)>,
    /// The names of all forms of the values, in the order in which they are looked for.
    forms: Vec<String>,
    search: Wanted,
}

impl Canaries {
    /// Looks for a value from now on, under a name that a failure says.
    ///
    /// # Errors
    /// When there is none, or one so short that it is found by chance.
    pub fn add(&mut self, name: &str, value: Option<String>) -> Outcome {
        let value = value.filter(|value| value.len() >= 12);
        let value = value.ok_or_else(|| Fault::new(format!("there is no {name} to look for")))?;
        // A token's signature alone would do harm too, should somebody cut the rest off.
        if let Some((_, signature)) = value.rsplit_once('.').filter(|_| value.starts_with("eyJ")) {
            self.keep(format!("{name}'s signature"), signature.to_owned());
        }
        self.keep(name.to_owned(), value);
        Ok(())
    }

    /// Looks for what the store holds now; it must hold `wanted` at least.
    ///
    /// # Errors
    /// When it does not.
    pub fn add_stored(&mut self, desktop: &Desktop, wanted: &[&str]) -> Outcome {
        let stored = desktop.secrets()?;
        for name in wanted {
            let found = stored.iter().filter(|(path, _)| path.contains(name)).map(|(_, value)| value.clone());
            let found: Vec<String> = found.collect();
            if found.is_empty() {
                return Err(Fault::new(format!("the store holds no {name}: this test looks for nothing")));
            }
            found.into_iter().try_for_each(|value| self.add(name, Some(value)))?;
        }
        Ok(())
    }

    /// Fails if the text contains one of the values. `place` names the text.
    ///
    /// # Panics
    /// When one of the values is found there, in whatever form.
    pub fn not_in(&self, place: &str, text: &str) {
        self.not_in_bytes(place, text.as_bytes());
    }

    fn not_in_bytes(&self, place: &str, bytes: &[u8]) {
        let mut found = BTreeSet::new();
        self.search.find(bytes, &mut found);
        let found: Vec<&str> = found.into_iter().map(|place| self.forms[place].as_str()).collect();
        assert!(found.is_empty(), "{} found in {place}", found.join(", "));
    }

    /// Prepares the search for one more value: what is looked in is far more than what is looked for.
    fn keep(&mut self, name: String, value: String) {
        self.values.push((name, value));
        let forms = self.values.iter().flat_map(|(name, value)| {
            forms(value).into_iter().map(move |(form, bytes)| (format!("{name} {form}"), bytes))
        });
        let (names, patterns): (Vec<String>, Vec<Vec<u8>>) = forms.unzip();
        self.forms = names;
        self.search = Wanted::new(patterns);
    }

    /// Looks in every file that anything on this desktop has written: the app's data, logs and output, the webview's
    /// caches, what libraries keep in the person's folders, and the store, which is sealed.
    ///
    /// # Errors
    /// When one cannot be read.
    ///
    /// # Panics
    /// When one of them is found there.
    pub fn not_in_files(&self, desktop: &Desktop) -> Outcome {
        let files = desktop.files()?;
        assert!(files.len() > 20, "a desktop has more files than {files:?}");
        files.iter().try_for_each(|path| self.not_in_file(path))
    }

    fn not_in_file(&self, path: &Path) -> Outcome {
        match fs::read(path) {
            Ok(bytes) => self.not_in_bytes(&path.to_string_lossy(), &bytes),
            // A library removes its temporary files while they are looked at.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// Looks in the whole memory of the processes that the page and its requests live in: what a script could come upon
    /// that breaks out of its language, however the browser keeps it. `typed` is what a person typed into the page.
    ///
    /// # Errors
    /// When there are no such processes, or they cannot be read.
    ///
    /// # Panics
    /// When one of them is found there, or what does lie there is not.
    pub async fn not_in_page_processes(&self, app: &App, typed: &[&str]) -> Outcome {
        // What the page itself holds must be found, or nothing is looked at.
        let own = "held-by-the-page-itself";
        app.run(
            "window.__held = [arguments[0], arguments[1]].join('')",
            vec![json!("held-by"), json!("-the-page-itself")],
        )
        .await?;
        let wanted: Vec<&(String, String)> =
            self.values.iter().filter(|(_, value)| !typed.contains(&value.as_str())).collect();
        let values = wanted.iter().map(|(_, value)| value.as_str()).chain([own]);
        // As it is and as UTF-16, one after the other.
        let search = Wanted::new(values.flat_map(|value| [value.as_bytes().to_vec(), utf16(value)]));
        let mut found = BTreeSet::new();
        for id in app.page_processes()? {
            found.extend(memory::find(id, &search)?.into_iter().map(|place| place / 2));
        }
        assert!(found.remove(&wanted.len()), "the page's own memory is seen");
        let found: Vec<&str> = found.into_iter().map(|place| wanted[place].0.as_str()).collect();
        assert!(found.is_empty(), "{} found in the memory of the page's processes", found.join(", "));
        Ok(())
    }

    /// Looks in the page: its source, its memory, and what crossed between page and backend. `typed` is what a person typed
    /// into the page, which has to cross once.
    ///
    /// # Errors
    /// When the page cannot be asked.
    ///
    /// # Panics
    /// When one of them is found there, or the page is not seen as it has to be.
    pub async fn not_in_page(&self, app: &App, typed: &[&str]) -> Outcome {
        let source = app.page_source().await?;
        assert!(source.contains("data-testid"), "the page's source is the page");
        self.not_in("the page", &source);
        let memory = app.page_memory().await?;
        assert!(memory.contains("__TAURI_INTERNALS__"), "the page's globals are seen");
        self.not_in("the page's memory", &memory);
        for crossed in app.crossed().await? {
            match crossed {
                Crossed::In(text) => self.not_in("an answer to the page", &text),
                Crossed::Out(text) => {
                    let sent = typed.iter().fold(text, |text, typed| text.replace(typed, ""));
                    self.not_in("a request of the page", &sent);
                }
            }
        }
        Ok(())
    }
}
