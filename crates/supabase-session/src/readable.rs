//! JSON in which a part cannot be read: nested too deep, or a number beyond every `f64`. Users, providers and hooks may have
//! written either into their metadata. Such a part is as good as absent; what stands beside it counts.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// How many lists and objects may lie in each other. `serde_json` reads 128, also of a text that holds what was read here:
/// a session in the store has the user one level down.
const DEPTH: u8 = 100;

/// How many bytes are looked at, those of a list or an object once more for each level above it. The longest answer has
/// 16 levels in full; in a text of usual length the depth is the only limit.
const WORK: usize = 16 << 20;

/// The fields of an object, but those that cannot be read. `None` when the text is no object.
pub(crate) fn fields(text: &[u8]) -> Option<Map<String, Value>> {
    match (Reader { work: WORK }).value(serde_json::from_slice(text).ok()?, DEPTH)? {
        Value::Object(fields) => Some(fields),
        _ => None,
    }
}

struct Reader {
    /// What is left of [`WORK`].
    work: usize,
}

impl Reader {
    /// Each level is split by a parser that looks over what is in it without counting levels: nothing but [`DEPTH`] limits
    /// them.
    fn value(&mut self, text: &RawValue, depth: u8) -> Option<Value> {
        let text = text.get();
        match text.as_bytes().first() {
            Some(b'{') => {
                let depth = self.enter(text, depth)?;
                let fields: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
                let readable =
                    fields.into_iter().filter_map(|(name, text)| Some((name, self.value(text, depth)?)));
                Some(Value::Object(readable.collect()))
            }
            Some(b'[') => {
                let depth = self.enter(text, depth)?;
                let entries: Vec<&RawValue> = serde_json::from_str(text).ok()?;
                // The entries after one that cannot be read keep their places.
                let readable = entries.into_iter().map(|text| self.value(text, depth).unwrap_or(Value::Null));
                Some(Value::Array(readable.collect()))
            }
            _ => serde_json::from_str(text).ok(),
        }
    }

    /// The depth that is left inside of this text. `None` when there is none, or too much was looked at.
    fn enter(&mut self, text: &str, depth: u8) -> Option<u8> {
        self.work = self.work.checked_sub(text.len())?;
        depth.checked_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn lists(levels: usize) -> String {
        format!("{}{}", "[".repeat(levels), "]".repeat(levels))
    }

    #[test]
    fn what_cannot_be_read_takes_nothing_beside_it_away() {
        let text =
            r#" {"a": 1e999, "b": [1, -1e999, {"c": 1e999, "d": "\ud800", "e": null}], "f": "\u00e9"} "#;

        let fields = fields(text.as_bytes()).unwrap();

        assert_eq!(Value::Object(fields), json!({"b": [1, null, {"e": null}], "f": "é"}));
    }

    #[test]
    fn as_much_is_read_as_can_be_read_again_from_a_text_that_holds_it() {
        for levels in [98, 99, 100, 128, 10_000] {
            let text = format!(r#"{{"deep":{},"id":1}}"#, lists(levels));

            let fields = fields(text.as_bytes()).unwrap();

            assert_eq!(fields["id"], 1);
            let stored = json!({ "user": fields }).to_string();
            assert!(serde_json::from_str::<Value>(&stored).is_ok(), "{levels}");
            let read = fields["deep"].to_string();
            assert_eq!(read == lists(levels), levels <= 99, "{levels}");
        }
    }

    #[test]
    fn a_long_text_is_not_looked_at_over_and_over() {
        let long = "x".repeat(WORK / 50);
        let text = format!(r#"{{"deep":{}"{long}"{},"id":1}}"#, "[".repeat(98), "]".repeat(98));

        let read = fields(text.as_bytes()).unwrap();

        let stored = Value::Object(read.clone()).to_string();
        assert!(read["id"] == 1 && stored.len() < text.len() - long.len(), "{}", stored.len());
        assert_eq!(fields(stored.as_bytes()), Some(read));
    }

    #[test]
    fn what_is_no_object_has_no_fields() {
        for text in ["", "[]", "1", "1e999", "null", r#"{"a":1"#, "{} {}", r#"{"a"}"#, "\u{feff}{}"] {
            assert_eq!(fields(text.as_bytes()), None, "{text}");
        }
        assert_eq!(fields(lists(10_000).as_bytes()), None);
        assert_eq!(fields(b"{\"a\":\"\xff\"}"), None);
    }

    proptest! {
        #[test]
        fn what_any_parser_reads_is_read_as_it_reads_it(text in r#"\{("[ab]":([0-9.e-]{1,6}|"[^\\"]{0,4}"|\[([0-9],){0,2}[0-9]\]|\{\}|null|true) ?,? ?){0,4}\}"#) {
            let read = serde_json::from_str::<Map<String, Value>>(&text);
            if let Ok(read) = read {
                prop_assert_eq!(fields(text.as_bytes()), Some(read));
            }
        }
    }
}
