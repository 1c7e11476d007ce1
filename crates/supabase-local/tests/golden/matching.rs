//! Comparing an answer with a recording. A placeholder in the recording matches a value of its kind (`<uuid>`), or the
//! value that its name is bound to (`{{user_id}}`); everything else is compared exactly.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

/// The values of named placeholders.
#[derive(Debug, Default)]
pub(crate) struct Bindings {
    values: BTreeMap<String, String>,
    /// Names that were bound in this step. Within one step a name has one value.
    fresh: BTreeSet<String>,
}

impl Bindings {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.insert(name.to_owned(), value.into());
    }

    pub(crate) fn begin_step(&mut self) {
        self.fresh.clear();
    }

    /// Whether `value` may stand for `name` in an answer. A name that is new, or whose value may be issued anew, is bound
    /// to `value`.
    fn meet(&mut self, name: &str, value: &str) -> bool {
        // Without refresh tokens: the recordings show that the active one is answered again.
        let issued = ["access", "auth_code", "mail_token", "mail_code", "challenge_id"];
        let may_change = issued.iter().any(|issued| name.starts_with(issued)) && !self.fresh.contains(name);
        match self.values.get(name) {
            Some(known) if !may_change => known == value,
            _ => {
                self.fresh.insert(name.to_owned());
                self.set(name, value);
                true
            }
        }
    }

    /// `template` with the values of its `{{names}}`.
    pub(crate) fn fill(&self, template: &str) -> Result<String, String> {
        let (mut filled, mut rest) = (String::new(), template);
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, after) = after.split_once("}}").ok_or("an unclosed placeholder")?;
            filled.push_str(before);
            filled.push_str(self.get(name).ok_or_else(|| format!("{{{{{name}}}}} was never seen"))?);
            rest = after;
        }
        Ok(filled + rest)
    }

    /// Whether `actual` has the form of `expected`, a text with `{{names}}` and `<kinds>`.
    pub(crate) fn matches(&mut self, expected: &str, actual: &str) -> bool {
        match next_placeholder(expected) {
            None => expected == actual,
            Some(found) => {
                let Some(rest) = actual.strip_prefix(found.before) else { return false };
                // The value of a placeholder ends where the next literal text begins.
                let next = next_placeholder(found.after).map_or(found.after, |next| next.before);
                let ends: Vec<usize> = if next.is_empty() {
                    vec![rest.len()]
                } else {
                    rest.match_indices(next).map(|(end, _)| end).collect()
                };
                ends.into_iter().any(|end| {
                    let (value, tail) = rest.split_at(end);
                    let fits = match found.content {
                        Placeholder::Name(name) => self.meet(name, value),
                        Placeholder::Kind(kind) => is_of_kind(kind, value),
                    };
                    fits && self.matches(found.after, tail)
                })
            }
        }
    }
}

enum Placeholder<'a> {
    Name(&'a str),
    Kind(&'a str),
}

struct Split<'a> {
    before: &'a str,
    content: Placeholder<'a>,
    after: &'a str,
}

const KINDS: [&str; 5] = ["<uuid>", "<time>", "<epoch>", "<jwt>", "<http-date>"];

fn next_placeholder(text: &str) -> Option<Split<'_>> {
    let name = text.find("{{").map(|at| (at, None));
    let kind =
        KINDS.iter().filter_map(|kind| text.find(kind).map(|at| (at, Some(*kind)))).min_by_key(|(at, _)| *at);
    let first = [name, kind].into_iter().flatten().min_by_key(|(at, _)| *at)?;
    match first {
        (at, None) => {
            let (name, after) = text[at + 2..].split_once("}}")?;
            Some(Split { before: &text[..at], content: Placeholder::Name(name), after })
        }
        (at, Some(kind)) => Some(Split {
            before: &text[..at],
            content: Placeholder::Kind(kind),
            after: &text[at + kind.len()..],
        }),
    }
}

fn is_of_kind(kind: &str, value: &str) -> bool {
    match kind {
        "<uuid>" => uuid::Uuid::parse_str(value).is_ok(),
        "<jwt>" => value.split('.').count() == 3 && value.starts_with("eyJ"),
        "<epoch>" => value.parse::<u64>().is_ok_and(|seconds| seconds > 1_600_000_000),
        "<http-date>" => value.ends_with(" GMT") && value.len() == 29,
        "<time>" => {
            let rfc3339 = time::format_description::well_known::Rfc3339;
            time::OffsetDateTime::parse(value, &rfc3339).is_ok()
        }
        _ => false,
    }
}

/// Where `actual` differs from `expected`, one line each.
pub(crate) fn differences(
    bindings: &mut Bindings,
    path: &str,
    expected: &Value,
    actual: &Value,
) -> Vec<String> {
    let differs = || vec![format!("{path}: recorded {expected}, here {actual}")];
    match (expected, actual) {
        (Value::Object(wanted), Value::Object(given)) => {
            let mut found = Vec::new();
            for (key, value) in wanted {
                match given.get(key) {
                    Some(actual) => {
                        found.extend(differences(bindings, &format!("{path}.{key}"), value, actual))
                    }
                    None => found.push(format!("{path}.{key}: missing here, recorded {value}")),
                }
            }
            let extra = given.keys().filter(|key| !wanted.contains_key(*key));
            found.extend(extra.map(|key| format!("{path}.{key}: not recorded, here {}", given[key])));
            found
        }
        (Value::Array(wanted), Value::Array(given)) if path.ends_with(".amr") => {
            // The order is by seconds, and two methods may or may not fall into one second.
            let by_method = |methods: &[Value]| {
                let mut methods = methods.to_vec();
                methods.sort_by_key(|method| method["method"].to_string());
                json!({ "in any order": methods })
            };
            differences(bindings, path, &by_method(wanted), &by_method(given))
        }
        (Value::Array(wanted), Value::Array(given)) if wanted.len() == given.len() => wanted
            .iter()
            .zip(given)
            .enumerate()
            .flat_map(|(at, (wanted, given))| differences(bindings, &format!("{path}[{at}]"), wanted, given))
            .collect(),
        (Value::String(text), Value::Number(number)) if text == "<epoch>" => {
            if is_of_kind("<epoch>", &number.to_string()) { Vec::new() } else { differs() }
        }
        (Value::String(wanted), Value::String(given)) => {
            if same_text(bindings, path, wanted, given) {
                Vec::new()
            } else {
                differs()
            }
        }
        _ if expected == actual => Vec::new(),
        _ => differs(),
    }
}

/// Whether the text `given` may stand where the recording has `wanted`.
fn same_text(bindings: &mut Bindings, path: &str, wanted: &str, given: &str) -> bool {
    if path.ends_with(".refresh_token") && is_refresh_token(wanted) {
        return is_refresh_token(given);
    }
    // A coordinate of a public key: every project has its own key.
    if path.starts_with("body.keys[") && (path.ends_with(".x") || path.ends_with(".y")) {
        let is_base64 = given.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        return is_base64 && wanted.len() == given.len();
    }
    // The recording has only the beginning of a long SVG, and another program may draw another SVG.
    if wanted.starts_with("<?xml") && wanted.ends_with(" characters)") {
        return given.starts_with("<?xml version=\"1.0\"?>")
            && given.contains("<svg ")
            && given.ends_with("</svg>");
    }
    bindings.matches(wanted, given)
}

/// Whether `text` has the form of a refresh token of version 1.
fn is_refresh_token(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// Where the `Location` `actual` differs from `expected`. The parameters of query and fragment may be in another order.
pub(crate) fn location_differences(bindings: &mut Bindings, expected: &str, actual: &str) -> Vec<String> {
    let parts = |location: &str| {
        let (rest, fragment) = location.split_once('#').unwrap_or((location, ""));
        let (base, query) = rest.split_once('?').unwrap_or((rest, ""));
        (base.to_owned(), pairs(query), pairs(fragment))
    };
    let (wanted, given) = (parts(expected), parts(actual));
    let same_pairs = |bindings: &mut Bindings, wanted: &[String], given: &[String]| {
        wanted.len() == given.len()
            && wanted.iter().zip(given).all(|(wanted, given)| bindings.matches(wanted, given))
    };
    let same = bindings.matches(&wanted.0, &given.0)
        && same_pairs(bindings, &wanted.1, &given.1)
        && same_pairs(bindings, &wanted.2, &given.2);
    if same { Vec::new() } else { vec![format!("location: recorded {expected}, here {actual}")] }
}

fn pairs(text: &str) -> Vec<String> {
    let mut pairs: Vec<String> = text.split('&').filter(|pair| !pair.is_empty()).map(str::to_owned).collect();
    pairs.sort();
    pairs
}
