//! Reading the query string of a request: columns, filters, order, page. `sql.rs` writes them as SQL.

use serde_json::{Map, Value};

use super::error::RestError;
use super::filter::{Filter, condition};
use super::path::{Path, split_outside};

/// What a query string asks for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    pub(super) select: Vec<Column>,
    pub(super) filters: Vec<Filter>,
    pub(super) order: Vec<Order>,
    /// The limit as it was sent. A negative limit is refused only when rows are read.
    pub(super) limit: Option<i64>,
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
    /// `PGRST100`, with the part that cannot be read.
    pub(super) fn parse(raw: &str) -> Result<Self, RestError> {
        let mut query = Self::default();
        for (name, value) in url::form_urlencoded::parse(raw.as_bytes()) {
            if !query.take(&name, &value)? {
                query.filters.push(condition(&name, &value)?);
            }
        }
        Ok(query)
    }

    /// Reads the query string of a function that is called by GET. A pair that is not a condition is an argument.
    pub(super) fn parse_call(raw: &str) -> Result<(Self, Map<String, Value>), RestError> {
        let (mut query, mut arguments) = (Self::default(), Map::new());
        for (name, value) in url::form_urlencoded::parse(raw.as_bytes()) {
            if query.take(&name, &value)? {
                continue;
            }
            match condition(&name, &value) {
                Ok(filter) => query.filters.push(filter),
                Err(_) => drop(arguments.insert(name.into_owned(), Value::String(value.into_owned()))),
            }
        }
        Ok((query, arguments))
    }

    /// Reads a parameter with a name of its own. `false` for every other name: the pair may be a condition.
    fn take(&mut self, name: &str, value: &str) -> Result<bool, RestError> {
        match name {
            "select" => self.select = list(value, "select parameter", column)?,
            "order" => self.order = list(value, "order", order)?,
            // A value that is not a number is ignored.
            "limit" => self.limit = value.parse().ok(),
            "offset" => self.offset = value.parse().unwrap_or_default(),
            "on_conflict" => self.on_conflict = names(value),
            "columns" => self.columns = names(value),
            "apikey" => {}
            _ => return Ok(false),
        }
        Ok(true)
    }
}

fn names(value: &str) -> Vec<String> {
    let name = |name: &str| name.trim().trim_matches('"').to_owned();
    value.split(',').map(name).filter(|name| !name.is_empty()).collect()
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
    Some(Column { path: Path::parse(text)?, alias, cast })
}

fn order(text: &str) -> Option<Order> {
    let mut words = text.split('.');
    let mut order = Order { path: Path::parse(words.next()?)?, descending: false, nulls_first: None };
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
    fn groups_nest() {
        let query = Query::parse("or=(a.eq.1,and(b.gt.2,not.or(c.is.null,d.in.(1,2))))").unwrap();

        let Filter::Group { any: true, members, .. } = &query.filters[0] else { panic!("{query:?}") };
        assert_eq!(members.len(), 2);
    }

    #[test]
    fn an_argument_of_a_function_is_told_from_a_condition() {
        let (query, arguments) = Query::parse_call("a=1&name=eq.x&limit=2&b=eq").unwrap();

        assert_eq!((query.filters.len(), query.limit), (1, Some(2)));
        assert_eq!(serde_json::Value::Object(arguments), serde_json::json!({ "a": "1", "b": "eq" }));
    }

    #[test]
    fn an_unknown_operator_is_refused() {
        assert!(Query::parse("id=nope.1").is_err());
        assert!(Query::parse("select=other(id)").is_err());
    }
}
