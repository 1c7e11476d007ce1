//! When what is typed is handed to the backend to be kept: at once when it begins and when it ends, else when the person
//! pauses, and now and then while they do not.

/// A pause in typing, in milliseconds.
const PAUSE_MS: f64 = 600.0;

/// What is typed without a pause is kept this often, in milliseconds.
const LONGEST_MS: f64 = 2_000.0;

/// What the backend keeps of something that is being typed. Requests go one after the other, so that the last one wins.
#[derive(Debug)]
pub(crate) struct Keeping<T> {
    /// What the backend was told last; `None`: that is not known.
    kept: Option<Option<T>>,
    wanted: Option<T>,
    is_sending: bool,
    told_at_ms: f64,
}

impl<T: Clone + PartialEq> Keeping<T> {
    /// The backend keeps nothing.
    pub(crate) fn of_nothing() -> Self {
        Self { kept: Some(None), wanted: None, is_sending: false, told_at_ms: 0.0 }
    }

    /// The backend keeps something of its own: it has to be told whatever is there now.
    pub(crate) fn must_tell(&mut self) {
        self.kept = None;
    }

    /// How long to wait, in milliseconds, before the backend is told of this at this moment; `None`: it knows it.
    pub(crate) fn pause(&self, typed: Option<&T>, now_ms: f64) -> Option<f64> {
        let kept = self.kept.as_ref().map(Option::as_ref);
        if kept == Some(typed) {
            return None;
        }
        let goes_on = kept.flatten().is_some() && typed.is_some();
        let is_recent = now_ms - self.told_at_ms < LONGEST_MS;
        Some(if goes_on && is_recent { PAUSE_MS } else { 0.0 })
    }

    /// This has to be kept. True where somebody has to begin to ask for what comes [`next`](Self::next).
    pub(crate) fn want(&mut self, typed: Option<T>) -> bool {
        self.wanted = typed;
        let begins = !self.is_sending && self.kept.as_ref() != Some(&self.wanted);
        self.is_sending |= begins;
        begins
    }

    /// What the backend is told next; `None` when it knows everything.
    pub(crate) fn next(&mut self, now_ms: f64) -> Option<Option<T>> {
        if self.kept.as_ref() == Some(&self.wanted) {
            self.is_sending = false;
            return None;
        }
        self.told_at_ms = now_ms;
        self.kept = Some(self.wanted.clone());
        self.kept.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &'static str, at_ms: f64) -> Keeping<&'static str> {
        let mut keeping = Keeping::of_nothing();
        assert!(keeping.want(Some(text)));
        assert_eq!(keeping.next(at_ms), Some(Some(text)));
        assert_eq!(keeping.next(at_ms), None);
        keeping
    }

    #[test]
    fn the_first_letter_and_the_end_are_told_at_once_and_what_is_between_after_a_pause() {
        assert_eq!(Keeping::of_nothing().pause(Some(&"a"), 5_000.0), Some(0.0));

        let keeping = kept("a", 5_000.0);
        assert_eq!(keeping.pause(Some(&"a"), 5_100.0), None);
        assert_eq!(keeping.pause(Some(&"ab"), 5_100.0), Some(PAUSE_MS));
        assert_eq!(keeping.pause(None, 5_100.0), Some(0.0));
        assert_eq!(keeping.pause(Some(&"abcd"), 7_000.0), Some(0.0), "nobody pauses");
        assert_eq!(Keeping::<&str>::of_nothing().pause(None, 0.0), None);
    }

    #[test]
    fn what_comes_while_a_request_is_under_way_is_told_after_it_and_only_the_last_of_it() {
        let mut keeping = Keeping::of_nothing();
        assert!(keeping.want(Some("a")));
        assert_eq!(keeping.next(0.0), Some(Some("a")));

        assert!(!keeping.want(Some("ab")) && !keeping.want(Some("abc")));
        assert_eq!(keeping.next(1.0), Some(Some("abc")));
        assert_eq!(keeping.next(2.0), None);
        assert!(!keeping.want(Some("abc")), "it is kept");
        assert!(keeping.want(None));
    }

    #[test]
    fn where_the_backend_keeps_something_of_its_own_it_is_told_even_of_nothing() {
        let mut keeping = Keeping::<&str>::of_nothing();
        keeping.must_tell();

        assert_eq!(keeping.pause(None, 0.0), Some(0.0));
        assert!(keeping.want(None));
        assert_eq!(keeping.next(0.0), Some(None));
    }
}
