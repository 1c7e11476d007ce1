//! From Fluent to what the app reads: one line a sentence, sorted by key.
//!
//! ```text
//! key=text with a {value} in it
//! key={count one{one thing}other{{count} things}}
//! ```
//!
//! The last variant is the one that counts where none fits. Fluent is the language that people write; parsing it, with
//! its rules for blanks and references, needs no more than the build. What the app needs of it is a search and a
//! replacement, and the page is small because of that.
//!
//! Not taken, as nothing here needs it: functions, attributes of terms, braces and line ends in a text.

use std::collections::BTreeMap;

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Message, Pattern, PatternElement, Resource, Variant, VariantKey,
};

/// References to references end at this depth: one that leads back to itself is a fault.
const DEEPEST: usize = 8;

/// The compiled form of a Fluent source. The value of an attribute has the key `message.attribute`.
///
/// # Errors
/// One sentence that says what is wrong with the source.
pub(crate) fn compile(fluent: &str) -> Result<String, String> {
    let resource = fluent_syntax::parser::parse(fluent).map_err(|(_, faults)| format!("{faults:?}"))?;
    let compiler = Compiler { resource: &resource };
    let mut lines = BTreeMap::new();
    for message in compiler.messages() {
        let key = message.id.name;
        let attributes = message.attributes.iter();
        let attributes = attributes.map(|it| (format!("{key}.{}", it.id.name), &it.value));
        let value = message.value.iter().map(|value| (key.to_owned(), value));
        for (key, pattern) in value.chain(attributes) {
            let mut line = String::new();
            compiler.pattern(pattern, 0, &mut line).map_err(|fault| format!("{key}: {fault}"))?;
            if line.trim().is_empty() {
                return Err(format!("{key} says nothing"));
            }
            if lines.insert(key.clone(), line).is_some() {
                return Err(format!("{key} stands there twice"));
            }
        }
    }
    Ok(lines.into_iter().map(|(key, line)| format!("{key}={line}\n")).collect())
}

struct Compiler<'a> {
    resource: &'a Resource<&'a str>,
}

impl<'a> Compiler<'a> {
    fn messages(&self) -> impl Iterator<Item = &'a Message<&'a str>> {
        self.resource.body.iter().filter_map(|entry| match entry {
            Entry::Message(message) => Some(message),
            _ => None,
        })
    }

    fn pattern(&self, pattern: &Pattern<&str>, depth: usize, line: &mut String) -> Result<(), String> {
        if depth > DEEPEST {
            return Err("its references lead back to it".to_owned());
        }
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => text(value, line)?,
                PatternElement::Placeable { expression } => self.expression(expression, depth, line)?,
            }
        }
        Ok(())
    }

    fn expression(
        &self,
        expression: &Expression<&str>,
        depth: usize,
        line: &mut String,
    ) -> Result<(), String> {
        match expression {
            Expression::Inline(inline) => self.inline(inline, depth, line),
            Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
                line.push_str(&format!("{{{} ", id.name));
                let (default, others): (Vec<_>, Vec<_>) =
                    variants.iter().partition(|variant| variant.default);
                for variant in others.into_iter().chain(default) {
                    self.variant(variant, depth, line)?;
                }
                line.push('}');
                Ok(())
            }
            Expression::Select { .. } => Err("only a value is selected by".to_owned()),
        }
    }

    fn variant(&self, variant: &Variant<&str>, depth: usize, line: &mut String) -> Result<(), String> {
        let (VariantKey::Identifier { name: key } | VariantKey::NumberLiteral { value: key }) = variant.key;
        line.push_str(key);
        line.push('{');
        self.pattern(&variant.value, depth, line)?;
        line.push('}');
        Ok(())
    }

    fn inline(&self, inline: &InlineExpression<&str>, depth: usize, line: &mut String) -> Result<(), String> {
        match inline {
            InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
                text(value, line)
            }
            InlineExpression::VariableReference { id } => {
                line.push_str(&format!("{{{}}}", id.name));
                Ok(())
            }
            InlineExpression::MessageReference { id, attribute: None } => {
                let message = self.messages().find(|message| message.id.name == id.name);
                let value = message.and_then(|message| message.value.as_ref());
                let value = value.ok_or_else(|| format!("there is no {}", id.name))?;
                self.pattern(value, depth + 1, line)
            }
            InlineExpression::TermReference { id, attribute: None, arguments: None } => {
                let term = self.resource.body.iter().find_map(|entry| match entry {
                    Entry::Term(term) if term.id.name == id.name => Some(&term.value),
                    _ => None,
                });
                self.pattern(term.ok_or_else(|| format!("there is no -{}", id.name))?, depth + 1, line)
            }
            InlineExpression::Placeable { expression } => self.expression(expression, depth, line),
            _ => Err("a function, or an attribute in a sentence".to_owned()),
        }
    }
}

fn text(text: &str, line: &mut String) -> Result<(), String> {
    if text.contains(['{', '}', '\n', '\\']) {
        return Err(format!("a brace, a backslash or a line end in {text:?}"));
    }
    line.push_str(text);
    Ok(())
}
