//! The languages of the pages that a browser shows, and how a page gets its language: from the app where that has chosen
//! one, else from the browser.

use std::sync::Arc;

use parking_lot::Mutex;

/// A language that the pages are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(crate) enum Language {
    English,
    German,
    Spanish,
    Japanese,
    Arabic,
}

impl Language {
    /// All of them.
    pub(crate) const ALL: [Self; 5] =
        [Self::English, Self::German, Self::Spanish, Self::Japanese, Self::Arabic];

    /// The BCP 47 tag, for `lang`.
    #[must_use]
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Spanish => "es",
            Self::Japanese => "ja",
            Self::Arabic => "ar",
        }
    }

    /// The direction in which it is written, for `dir`.
    #[must_use]
    pub(crate) fn direction(self) -> &'static str {
        if self == Self::Arabic { "rtl" } else { "ltr" }
    }

    /// The language of a BCP 47 tag, whatever its region.
    #[must_use]
    pub(crate) fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(primary))
    }

    /// The first of a browser's languages (`Accept-Language`, RFC 9110 section 12.5.4) that there is. Browsers name the
    /// one that the person likes best first.
    fn accepted(header: &str) -> Option<Self> {
        let wishes = header.split(',').map(|wish| wish.split_once(';').unwrap_or((wish, "")));
        let refused = |weight: &str| {
            weight.trim().strip_prefix("q=").is_some_and(|weight| weight.parse() == Ok(0.0_f32))
        };
        wishes.filter(|(_, weight)| !refused(weight)).find_map(|(tag, _)| Self::from_tag(tag))
    }
}

/// What all pages of an app have in common: its name, and the language that it has chosen for them.
#[derive(Debug, Clone)]
pub(crate) struct PageSettings {
    /// The app's name.
    pub app_name: Arc<str>,
    chosen: Arc<Mutex<Option<Language>>>,
}

impl PageSettings {
    /// Pages of an app with this name, in the browser's language.
    #[must_use]
    pub(crate) fn new(app_name: &str) -> Self {
        Self { app_name: app_name.into(), chosen: Arc::default() }
    }

    /// Chooses the language of every page from now on; `None` is the browser's.
    pub(crate) fn choose(&self, language: Option<Language>) {
        *self.chosen.lock() = language;
    }

    /// The language of a page for a browser that accepts these.
    #[must_use]
    pub(crate) fn language(&self, accepted: Option<&str>) -> Language {
        let of_the_browser = || accepted.and_then(Language::accepted);
        (*self.chosen.lock()).or_else(of_the_browser).unwrap_or(Language::English)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_speaks_the_first_language_of_the_browser_that_it_knows() {
        let language = |accepted| PageSettings::new("App").language(accepted);

        assert_eq!(language(Some("fr-FR, de-AT;q=0.9, en;q=0.8")), Language::German);
        assert_eq!(language(Some("en-GB")), Language::English);
        assert_eq!(language(Some("AR")), Language::Arabic);
        assert_eq!(language(Some("de;q=0, ja;q=0.5")), Language::Japanese);
        for unknown in [None, Some(""), Some("*"), Some("é"), Some("dea"), Some(";,;q="), Some("es;q=0")] {
            assert_eq!(language(unknown), Language::English, "{unknown:?}");
        }
    }

    #[test]
    fn the_apps_language_counts_before_the_browsers_and_can_be_taken_back() {
        let settings = PageSettings::new("App");
        let of_a_port = settings.clone();

        settings.choose(Some(Language::Spanish));
        assert_eq!(of_a_port.language(Some("de")), Language::Spanish);
        settings.choose(None);
        assert_eq!(of_a_port.language(Some("de")), Language::German);
    }
}
