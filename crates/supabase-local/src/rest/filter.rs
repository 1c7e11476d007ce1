//! Reading the conditions of a query string: `name=op.value` and groups of them. `sql.rs` writes them as SQL.

use super::error::RestError;
use super::path::{DEEPEST, Path, split_outside};

/// A condition on rows.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Filter {
    /// `name=not.op.value`
    Test { path: Path, negated: bool, test: Test },
    /// `or=(a.eq.1,b.eq.2)`, `and=(...)`, `not.or=(...)`
    Group { any: bool, negated: bool, members: Vec<Filter> },
}

/// What a column is compared with.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Test {
    /// An SQL operator and the value on its right side.
    Compare(&'static str, String),
    /// `like(any).{a,b}`: an SQL operator, `any` or `all`, an array as PostgreSQL writes it.
    Each(&'static str, &'static str, String),
    /// `is.null`, `is.true`, ...
    Is(&'static str),
    /// `in.(a,b)`
    In(Vec<String>),
    /// `plfts(english).words`: a function that makes a text query, its language, the words.
    Search(&'static str, Option<String>, String),
}

/// The deepest nesting of brackets in a value. PostgreSQL reads nested JSON, regular expressions and text queries with a
/// recursion that overflows its stack at some thousand levels here.
const DEEPEST_VALUE: usize = 1_000;

/// The operators with one value, as PostgREST and as SQL write them.
const OPERATORS: [(&str, &str); 18] = [
    ("eq", "="),
    ("neq", "<>"),
    ("gt", ">"),
    ("gte", ">="),
    ("lt", "<"),
    ("lte", "<="),
    ("like", "like"),
    ("ilike", "ilike"),
    ("match", "~"),
    ("imatch", "~*"),
    ("cs", "@>"),
    ("cd", "<@"),
    ("ov", "&&"),
    ("sl", "<<"),
    ("sr", ">>"),
    ("nxr", "&<"),
    ("nxl", "&>"),
    ("adj", "-|-"),
];

/// The operators that also take several values (`any`, `all`).
const WITH_SEVERAL: [&str; 9] = ["eq", "gt", "gte", "lt", "lte", "like", "ilike", "match", "imatch"];

/// The operators of text search, and the SQL functions that read their words.
const SEARCHES: [(&str, &str); 4] = [
    ("fts", "to_tsquery"),
    ("plfts", "plainto_tsquery"),
    ("phfts", "phraseto_tsquery"),
    ("wfts", "websearch_to_tsquery"),
];

/// Reads a condition of the query string: `name=op.value`, or a group.
pub(super) fn condition(name: &str, value: &str) -> Result<Filter, RestError> {
    let unreadable = || RestError::unreadable("filter", value);
    if let Some((any, negated)) = group_name(name) {
        return group(any, negated, value, DEEPEST).ok_or_else(|| RestError::unreadable("logic tree", value));
    }
    let (negated, test) = test(value).ok_or_else(unreadable)?;
    let path = Path::parse(name).ok_or_else(unreadable)?;
    Ok(Filter::Test { path, negated, test })
}

fn group_name(name: &str) -> Option<(bool, bool)> {
    match name {
        "or" => Some((true, false)),
        "and" => Some((false, false)),
        "not.or" => Some((true, true)),
        "not.and" => Some((false, true)),
        _ => None,
    }
}

/// Reads a group such as `(a.eq.1,not.and(b.gt.2,c.is.null))`. At most `deepest` groups may nest, this one included.
fn group(any: bool, negated: bool, value: &str, deepest: usize) -> Option<Filter> {
    let deepest = deepest.checked_sub(1)?;
    let inner = value.trim().strip_prefix('(')?.strip_suffix(')')?;
    let members = split_outside(inner, ',').into_iter().map(|text| member(text, deepest));
    let members = members.collect::<Option<Vec<_>>>()?;
    (!members.is_empty()).then_some(Filter::Group { any, negated, members })
}

fn member(text: &str, deepest: usize) -> Option<Filter> {
    let text = text.trim();
    for (start, any, negated) in
        [("or(", true, false), ("and(", false, false), ("not.or(", true, true), ("not.and(", false, true)]
    {
        if text.starts_with(start) {
            return group(any, negated, &text[start.len() - 1..], deepest);
        }
    }
    let (name, value) = text.split_once('.')?;
    let (negated, test) = test(value)?;
    // Inside of a group a value may be quoted, as a comma would end it.
    let test = match test {
        Test::Compare(operator, value) => Test::Compare(operator, unquoted(value)),
        other => other,
    };
    Some(Filter::Test { path: Path::parse(name)?, negated, test })
}

fn test(value: &str) -> Option<(bool, Test)> {
    let (negated, value) = match value.strip_prefix("not.") {
        Some(value) => (true, value),
        None => (false, value),
    };
    let (operator, value) = value.split_once('.')?;
    if nesting(value) > DEEPEST_VALUE {
        return None;
    }
    let (name, extra) = match operator.strip_suffix(')').and_then(|operator| operator.split_once('(')) {
        Some((name, extra)) => (name, Some(extra)),
        None => (operator, None),
    };
    let test = match (name, extra) {
        ("isdistinct", None) => Test::Compare("is distinct from", value.to_owned()),
        ("is", None) => Test::Is(["null", "true", "false", "unknown"].into_iter().find(is(value))?),
        ("in", None) => Test::In(listed(value)?),
        (name, extra) => match of(&SEARCHES, name) {
            Some(function) => Test::Search(function, extra.map(str::to_owned), value.to_owned()),
            None => compare(name, extra, value)?,
        },
    };
    Some((negated, test))
}

/// How deep brackets nest in `text`, whatever the brackets mean.
fn nesting(text: &str) -> usize {
    let (mut deepest, mut depth) = (0, 0_usize);
    for character in text.chars() {
        match character {
            '(' | '[' | '{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

fn is(value: &str) -> impl Fn(&&'static str) -> bool {
    move |word| value.eq_ignore_ascii_case(word)
}

fn of(table: &[(&'static str, &'static str)], name: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == name).map(|(_, meaning)| *meaning)
}

fn compare(name: &str, extra: Option<&str>, value: &str) -> Option<Test> {
    let operator = of(&OPERATORS, name)?;
    // A star stands for `%`, which a URL has to encode.
    let value = if name.ends_with("like") { value.replace('*', "%") } else { value.to_owned() };
    let each = match extra {
        None => return Some(Test::Compare(operator, value)),
        Some("any") => "any",
        Some("all") => "all",
        Some(_) => return None,
    };
    WITH_SEVERAL.contains(&name).then_some(Test::Each(operator, each, value))
}

/// The values of a list such as `(a,"b,c",d)`. A quoted value counts as quoted when a comma or the end follows its closing
/// quote; else the quotes are a part of the value, which ends at the next comma.
fn listed(text: &str) -> Option<Vec<String>> {
    let mut rest = text.strip_prefix('(')?;
    let mut values = Vec::new();
    loop {
        let whole = quoted(rest).filter(|(_, after)| after.starts_with([',', ')']));
        let (value, after) = whole.unwrap_or_else(|| {
            let end = rest.find([',', ')']).unwrap_or(rest.len());
            (rest[..end].to_owned(), &rest[end..])
        });
        values.push(value);
        match after.strip_prefix(',') {
            Some(more) => rest = more,
            None if after == ")" => break,
            None => return None,
        }
    }
    Some(if values == [""] { Vec::new() } else { values })
}

fn unquoted(text: String) -> String {
    match quoted(&text) {
        Some((value, "")) => value,
        _ => text,
    }
}

/// The quoted text at the beginning of `text`, and the rest behind it. A backslash takes the next character as it is.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.strip_prefix('"')?.chars();
    loop {
        match characters.next()? {
            '"' => return Some((value, characters.as_str())),
            '\\' => value.push(characters.next()?),
            other => value.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Test {
        test(value).unwrap_or_else(|| panic!("{value}")).1
    }

    #[test]
    fn a_quoted_value_of_in_keeps_its_comma() {
        assert_eq!(read(r#"in.("a,b",c)"#), Test::In(vec!["a,b".into(), "c".into()]));
        assert_eq!(read(r#"in.("a\"b","c\\")"#), Test::In(vec!["a\"b".into(), "c\\".into()]));
        assert_eq!(read("in.()"), Test::In(Vec::new()));
        // Quotes that do not end before a comma mean nothing.
        assert_eq!(read(r#"in.("a"b",c)"#), Test::In(vec!["\"a\"b\"".into(), "c".into()]));
    }

    #[test]
    fn several_values_and_text_queries_have_their_extras() {
        assert_eq!(read("like(all).{a*,b}"), Test::Each("like", "all", "{a%,b}".into()));
        assert_eq!(
            read("wfts(english).a b"),
            Test::Search("websearch_to_tsquery", Some("english".into()), "a b".into())
        );
        assert!(test("like(some).{a}").is_none() && test("cs(any).{a}").is_none());
    }

    #[test]
    fn groups_and_values_nest_as_deep_as_people_write_and_no_deeper() {
        let groups = |depth: usize| format!("({}a.eq.1{})", "or(".repeat(depth), ")".repeat(depth));
        assert!(condition("or", &groups(DEEPEST - 1)).is_ok());
        assert!(condition("or", &groups(DEEPEST)).is_err());
        assert!(condition("or", &groups(100_000)).is_err());

        let value = |depth: usize| format!("cs.{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(test(&value(DEEPEST_VALUE)).is_some());
        assert!(test(&value(DEEPEST_VALUE + 1)).is_none());
        assert!(test(&format!("eq.{}", "()[]{}".repeat(10_000))).is_some(), "many are not deep");
    }

    #[test]
    fn what_is_no_condition_is_refused() {
        for text in ["nope.1", "1", "eq", "is.maybe", "in.1,2", "in.(1", "in.(1)2"] {
            assert!(test(text).is_none(), "{text}");
        }
    }
}
