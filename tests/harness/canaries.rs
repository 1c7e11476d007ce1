//! Values that must not be found where a page could see them.

use crate::desktop::Desktop;
use crate::fault::{Fault, Outcome};

/// Values that must not be found, with a name each.
#[derive(Debug, Default)]
pub struct Canaries(Vec<(String, String)>);

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
            self.0.push((format!("{name}'s signature"), signature.to_owned()));
        }
        self.0.push((name.to_owned(), value));
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

    /// Looks in a text.
    ///
    /// # Panics
    /// When one of them is found there.
    pub fn not_in(&self, place: &str, text: &str) {
        for (name, value) in &self.0 {
            assert!(!text.contains(value), "{name} was found in {place}");
        }
    }
}
