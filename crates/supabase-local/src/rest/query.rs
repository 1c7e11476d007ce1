//! Reading a request's query string: columns, filters, order, page. What it means in SQL is `sql.rs`.

use super::error::RestError;

/// What a query string asks for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    pub(super) select: Vec<Column>,
    pub(super) filters: Vec<Filter>,
    pub(super) order: Vec<Order>,
    pub(super) limit: Option<u64>,
    pub(super) offset: u64,
    pub(super) on_conflict: Vec<String>,
    pub(super) columns: Vec<String>,
}

/// A column of the answer: `alias:name->path::cast`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) path: Path,
    pub(super) alias: Option<String>,
    pub(super) cast: Option<String>,
}

/// A column, and where in its JSON: `settings->theme->>name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path {
    pub(super) name: String,
    pub(super) steps: Vec<Step>,
}

/// One step into JSON; the last may ask for text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) key: String,
    pub(super) as_text: bool,
}

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
    /// An SQL operator and its right side.
    Compare(&'static str, String),
    /// `is.null`, `is.true`, ...
    Is(&'static str),
    /// `in.(a,b)`
    In(Vec<String>),
}

/// How rows are sorted.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) path: Path,
    pub(super) descending: bool,
    pub(super) nulls_first: Option<bool>,
}

impl Query {
    /// Reads a raw query string.
    ///
    /// # Errors
    /// `PGRST100` with the part that cannot be read.
    pub(super) fn parse(raw: &str) -> Result<Self, RestError> {
        let mut query = Self::default();
        for (name, value) in url::form_urlencoded::parse(raw.as_bytes()) {
            let (name, value) = (name.as_ref(), value.as_ref());
            match name {
                "select" => query.select = list(value, "select parameter", column)?,
                "order" => query.order = list(value, "order", order)?,
                "limit" => query.limit = Some(number(value, "limit")?),
                "offset" => query.offset = number(value, "offset")?,
                "on_conflict" => query.on_conflict = names(value),
                "columns" => query.columns = names(value),
                "apikey" => {}
                _ => query.filters.push(condition(name, value)?),
            }
        }
        Ok(query)
    }
}

fn names(value: &str) -> Vec<String> {
    let name = |name: &str| name.trim().trim_matches('"').to_owned();
    value.split(',').map(name).filter(|name| !name.is_empty()).collect()
}

fn number(value: &str, what: &str) -> Result<u64, RestError> {
    value.parse().map_err(|_| RestError::unreadable(what, value))
}

fn list<T>(value: &str, what: &str, read: fn(&str) -> Option<T>) -> Result<Vec<T>, RestError> {
    let parts = split_outside(value, ',').into_iter().filter(|part| !part.trim().is_empty());
    parts.map(|part| read(part.trim()).ok_or_else(|| RestError::unreadable(what, value))).collect()
}

fn column(text: &str) -> Option<Column> {
    if text.contains(['(', ')']) {
        return None;
    }
    let (text, cast) = match text.split_once("::") {
        Some((text, cast)) => (text, Some(cast.to_owned())),
        None => (text, None),
    };
    let (alias, text) = match text.split_once(':') {
        Some((alias, text)) => (Some(alias.trim_matches('"').to_owned()), text),
        None => (None, text),
    };
    Some(Column { path: path(text)?, alias, cast })
}

fn order(text: &str) -> Option<Order> {
    let mut words = text.split('.');
    let mut order = Order { path: path(words.next()?)?, descending: false, nulls_first: None };
    for word in words {
        match word {
            "asc" => order.descending = false,
            "desc" => order.descending = true,
            "nullsfirst" => order.nulls_first = Some(true),
            "nullslast" => order.nulls_first = Some(false),
            _ => return None,
        }
    }
    Some(order)
}

fn path(text: &str) -> Option<Path> {
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
    (!name.is_empty()).then_some(Path { name, steps })
}

/// A filter of the query string: `name=op.value`, or a group.
fn condition(name: &str, value: &str) -> Result<Filter, RestError> {
    let unreadable = || RestError::unreadable("filter", value);
    if let Some((any, negated)) = group_name(name) {
        return group(any, negated, value).ok_or_else(|| RestError::unreadable("logic tree", value));
    }
    let (negated, test) = test(value).ok_or_else(unreadable)?;
    let path = path(name).ok_or_else(unreadable)?;
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

/// `(a.eq.1,not.and(b.gt.2,c.is.null))`
fn group(any: bool, negated: bool, value: &str) -> Option<Filter> {
    let inner = value.trim().strip_prefix('(')?.strip_suffix(')')?;
    let members = split_outside(inner, ',').into_iter().map(member).collect::<Option<Vec<_>>>()?;
    (!members.is_empty()).then_some(Filter::Group { any, negated, members })
}

fn member(text: &str) -> Option<Filter> {
    let text = text.trim();
    for (start, any, negated) in
        [("or(", true, false), ("and(", false, false), ("not.or(", true, true), ("not.and(", false, true)]
    {
        if text.starts_with(start) {
            return group(any, negated, &text[start.len() - 1..]);
        }
    }
    let (name, value) = text.split_once('.')?;
    let (negated, test) = test(value)?;
    // Inside of a group a value may be quoted, as a comma would end it.
    let test = match test {
        Test::Compare(operator, value) => Test::Compare(operator, unquote(&value)),
        other => other,
    };
    Some(Filter::Test { path: path(name)?, negated, test })
}

fn test(value: &str) -> Option<(bool, Test)> {
    let (negated, value) = match value.strip_prefix("not.") {
        Some(value) => (true, value),
        None => (false, value),
    };
    let (operator, value) = value.split_once('.')?;
    let compare = |operator| Some(Test::Compare(operator, value.to_owned()));
    let test = match operator {
        "eq" => compare("="),
        "neq" => compare("<>"),
        "gt" => compare(">"),
        "gte" => compare(">="),
        "lt" => compare("<"),
        "lte" => compare("<="),
        "like" => Some(Test::Compare("like", value.replace('*', "%"))),
        "ilike" => Some(Test::Compare("ilike", value.replace('*', "%"))),
        "match" => compare("~"),
        "imatch" => compare("~*"),
        "cs" => compare("@>"),
        "cd" => compare("<@"),
        "ov" => compare("&&"),
        "isdistinct" => compare("is distinct from"),
        "is" => ["null", "true", "false", "unknown"]
            .into_iter()
            .find(|word| value.eq_ignore_ascii_case(word))
            .map(Test::Is),
        "in" => {
            let inner = value.strip_prefix('(')?.strip_suffix(')')?;
            let values = split_outside(inner, ',');
            let values = if inner.is_empty() { Vec::new() } else { values };
            Some(Test::In(values.into_iter().map(unquote).collect()))
        }
        _ => None,
    }?;
    Some((negated, test))
}

fn unquote(text: &str) -> String {
    match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(inner) => inner.replace("\\\"", "\"").replace("\\\\", "\\"),
        None => text.to_owned(),
    }
}

/// Splits at `separator` where it stands neither in quotes nor in parentheses.
fn split_outside(text: &str, separator: char) -> Vec<&str> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_aliases_casts_and_json_steps() {
        let query = Query::parse("select=id,n:full_name,meta->a->>b,age::text").unwrap();

        assert_eq!(query.select[1].alias.as_deref(), Some("n"));
        assert_eq!(query.select[2].path.steps.len(), 2);
        assert!(query.select[2].path.steps[1].as_text);
        assert_eq!(query.select[3].cast.as_deref(), Some("text"));
    }

    #[test]
    fn a_quoted_value_of_in_keeps_its_comma() {
        let query = Query::parse("name=in.(%22a,b%22,c)").unwrap();

        let Filter::Test { test: Test::In(values), .. } = &query.filters[0] else { panic!("{query:?}") };
        assert_eq!(values, &["a,b", "c"]);
    }

    #[test]
    fn groups_nest() {
        let query = Query::parse("or=(a.eq.1,and(b.gt.2,not.or(c.is.null,d.in.(1,2))))").unwrap();

        let Filter::Group { any: true, members, .. } = &query.filters[0] else { panic!("{query:?}") };
        assert_eq!(members.len(), 2);
    }

    #[test]
    fn an_unknown_operator_is_refused() {
        assert!(Query::parse("id=nope.1").is_err());
        assert!(Query::parse("limit=many").is_err());
        assert!(Query::parse("select=other(id)").is_err());
    }
}
