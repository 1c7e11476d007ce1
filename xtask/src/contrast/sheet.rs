//! Stylesheets, read as far as the rules about them need: which declarations stand in which rules.

use std::collections::BTreeMap;

/// A rule: what it is for, in which `@media` it stands, and its declarations in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What the rule is for.
    pub selector: String,
    /// The conditions around the rule, `@media` and the like; the outermost first.
    pub around: Vec<String>,
    /// Properties and what they are set to, in their order.
    pub declarations: Vec<(String, String)>,
}

impl Rule {
    /// What a property is set to.
    #[must_use]
    pub fn get(&self, property: &str) -> Option<&str> {
        let found = self.declarations.iter().rfind(|(name, _)| name == property);
        found.map(|(_, value)| value.as_str())
    }
}

/// The rules of a stylesheet.
#[must_use]
pub fn rules(text: &str) -> Vec<Rule> {
    let text = without_comments(text);
    let mut found = Vec::new();
    let mut around = Vec::new();
    read(&text, &mut around, &mut found);
    found
}

fn read(text: &str, around: &mut Vec<String>, found: &mut Vec<Rule>) {
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let selector = rest[..open].split_whitespace().collect::<Vec<_>>().join(" ");
        let length = closing(&rest[open + 1..]);
        let body = &rest[open + 1..open + 1 + length];
        if selector.starts_with('@') {
            around.push(selector);
            read(body, around, found);
            around.pop();
        } else {
            found.push(Rule { selector, around: around.clone(), declarations: declarations(body) });
        }
        rest = rest.get(open + length + 2..).unwrap_or_default();
    }
}

/// How far it is to the bracket that closes one that is open already.
fn closing(text: &str) -> usize {
    let mut depth = 1_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

fn declarations(body: &str) -> Vec<(String, String)> {
    let split = body.split(';').filter_map(|declaration| declaration.split_once(':'));
    split
        .map(|(name, value)| {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            // A long value may be written on several lines.
            (name.trim().to_owned(), value.replace("( ", "(").replace(" )", ")"))
        })
        .collect()
}

fn without_comments(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept + rest
}

/// The tokens: custom properties of the document's root.
#[derive(Debug, Clone, Default)]
pub struct Tokens(BTreeMap<String, String>);

impl Tokens {
    /// Those that hold for everybody.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut tokens = Self::default();
        tokens.add(text, |rule| rule.around.is_empty());
        tokens
    }

    /// Those for somebody who asked for more contrast.
    #[must_use]
    pub fn read_with_more_contrast(text: &str) -> Self {
        let mut tokens = Self::read(text);
        tokens.add(text, |rule| rule.around == ["@media (prefers-contrast: more)"]);
        tokens
    }

    fn add(&mut self, text: &str, counts: impl Fn(&Rule) -> bool) {
        for rule in rules(text).into_iter().filter(|rule| rule.selector == ":root" && counts(rule)) {
            self.0.extend(rule.declarations.into_iter().filter(|(name, _)| name.starts_with("--")));
        }
    }

    /// What a token is set to.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The same with another value for one of them.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.0.insert(name.to_owned(), value.to_owned());
        self
    }
}

#[test]
fn rules_are_found_within_conditions_and_without_comments() {
    let found = rules("/* a { b: c } */ a,\nb { x: 1; y: 2 }\n@media (z) { .c { x: var(\n --d\n); } }");

    assert_eq!(found.len(), 2);
    assert_eq!((found[0].selector.as_str(), found[0].get("y")), ("a, b", Some("2")));
    assert_eq!(
        (found[1].around.as_slice(), found[1].get("x")),
        (&["@media (z)".to_owned()][..], Some("var(--d)"))
    );
}
