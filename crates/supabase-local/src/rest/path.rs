//! Reading the name of a column, with the steps into its JSON, and splitting lists of such names.

/// The deepest nesting of groups of conditions, and the most steps into JSON. People write a few; a stack overflows at
/// some thousand.
pub(super) const DEEPEST: usize = 100;

/// The name of a column, with steps into its JSON: `settings->theme->>name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path {
    pub(super) name: String,
    pub(super) steps: Vec<Step>,
}

/// One step into JSON. `as_text` is that of `->>`, which answers text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) key: String,
    pub(super) as_text: bool,
}

impl Path {
    /// Reads `name->key->>key`. `None` when the name is missing or there are more than [`DEEPEST`] steps.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut rest = text;
        let end = rest.find("->").unwrap_or(rest.len());
        let name = rest[..end].trim_matches('"').to_owned();
        rest = &rest[end..];
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let as_text = rest.starts_with("->>");
            rest = &rest[if as_text { 3 } else { 2 }..];
            let end = rest.find("->").unwrap_or(rest.len());
            steps.push(Step { key: rest[..end].trim_matches('"').to_owned(), as_text });
            rest = &rest[end..];
        }
        (!name.is_empty() && steps.len() <= DEEPEST).then_some(Self { name, steps })
    }

    /// The name of a value in JSON in the answer: the last key that is not an index, else the column's name. `None` for a
    /// column without steps.
    pub(super) fn key(&self) -> Option<&str> {
        let keys = self.steps.iter().rev().map(|step| step.key.as_str());
        let last = keys.into_iter().find(|key| key.parse::<i32>().is_err());
        last.or_else(|| (!self.steps.is_empty()).then_some(self.name.as_str()))
    }
}

/// Splits `text` at each `separator` that stands neither in quotes nor in parentheses.
pub(super) fn split_outside(text: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_i32);
    let (mut quoted, mut escaped) = (false, false);
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '{' if !quoted => depth += 1,
            ')' | '}' if !quoted => depth -= 1,
            _ if character == separator && !quoted && depth == 0 => {
                parts.push(&text[start..at]);
                start = at + character.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}
