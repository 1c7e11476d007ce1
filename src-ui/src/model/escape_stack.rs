//! What is open, in the order in which it was opened, so that Escape closes the last of it.

/// What is open. `T` closes it.
#[derive(Debug)]
pub(crate) struct EscapeStack<T> {
    /// The last one was opened last.
    open: Vec<(u64, T)>,
    next_id: u64,
}

impl<T> Default for EscapeStack<T> {
    fn default() -> Self {
        Self { open: Vec::new(), next_id: 0 }
    }
}

impl<T> EscapeStack<T> {
    /// Something was opened; the answer names it.
    pub(crate) fn push(&mut self, close: T) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        self.open.push((id, close));
        id
    }

    /// Something was closed, by whatever means. What was opened after it stays open.
    pub(crate) fn remove(&mut self, id: u64) {
        self.open.retain(|(open, _)| *open != id);
    }

    /// What closes the thing that was opened last.
    pub(crate) fn last(&self) -> Option<&T> {
        self.open.last().map(|(_, close)| close)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_opened_last_is_closed_first() {
        let mut stack = EscapeStack::default();
        stack.push("disclosure");
        let menu = stack.push("menu");
        assert_eq!(stack.last(), Some(&"menu"));

        stack.remove(menu);

        assert_eq!(stack.last(), Some(&"disclosure"));
    }

    #[test]
    fn what_was_closed_by_other_means_is_not_closed_again_and_what_came_later_stays() {
        let mut stack = EscapeStack::default();
        let form = stack.push("form");
        let question = stack.push("question");

        stack.remove(form);
        assert_eq!(stack.last(), Some(&"question"));
        stack.remove(question);
        stack.remove(question);
        assert_eq!(stack.last(), None);
    }

    #[test]
    fn an_id_is_given_once_so_that_closing_late_closes_nothing_else() {
        let mut stack = EscapeStack::default();
        let first = stack.push("first");
        stack.remove(first);
        stack.push("second");

        stack.remove(first);

        assert_eq!(stack.last(), Some(&"second"));
    }
}
