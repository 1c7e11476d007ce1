//! The SQL statement of a request. Names are quoted and values are literals of unknown type, so PostgreSQL decides whether
//! a value fits a column, and words the error. No right is checked here: the statement runs in the caller's role.

use super::filter::{Filter, Test};
use super::media::{Media, Shape};
use super::path::Path;
use super::query::{Column, Order, Query};
use crate::db::literal;

/// A table or a view of the public schema.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table<'a> {
    pub(super) name: &'a str,
    /// Whether it is a view, whose rows lack the system columns `ctid` and `xmax`. Only writes depend on it.
    pub(super) is_view: bool,
}

/// What a POST does with a row that exists already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Conflict {
    /// PostgreSQL refuses the row.
    Fail,
    /// The existing row gets the new values.
    Merge,
    /// The existing row stays as it is.
    Ignore,
}

impl<'a> Table<'a> {
    /// What `name` names, to be read or to be written as a table.
    pub(super) fn named(name: &'a str) -> Self {
        Self { name, is_view: false }
    }

    fn qualified(self) -> String {
        format!("\"public\".{}", ident(self.name))
    }

    fn column(self, path: &Path) -> String {
        let mut text = format!("{}.{}", ident(self.name), ident(&path.name));
        for step in &path.steps {
            let arrow = if step.as_text { "->>" } else { "->" };
            let key = match step.key.parse::<i32>() {
                Ok(index) => index.to_string(),
                Err(_) => literal(&step.key),
            };
            text = format!("({text}{arrow}{key})");
        }
        text
    }

    /// The statement that reads the rows of `query`: the number of rows in this page, the number in all (when `counted`),
    /// and the page as text.
    pub(super) fn read(self, query: &Query, page: Page, counted: bool, media: Media) -> String {
        let (source, total) = self.page(&self.qualified(), query, page, counted);
        format!("with source as ({source}) {}", summary(&total, &rows_as_text(media)))
    }

    /// [`Self::read`] for the rows of a function, which runs once. `call` is a part of a `from` clause whose alias is this
    /// table's name, `body` the SQL expression that makes the rows of `source` a text.
    pub(super) fn read_call(
        self,
        call: &str,
        query: &Query,
        page: Page,
        counted: bool,
        body: &str,
    ) -> String {
        let name = ident(self.name);
        let (source, total) = self.page(&format!("pgrst_source as {name}"), query, page, counted);
        format!(
            "with pgrst_source as materialized (select {name}.* from {call}), source as ({source}) {}",
            summary(&total, body)
        )
    }

    /// The statement that selects one page of the rows of `from`, whose alias is this table's name, and the expression for
    /// the number of rows in all.
    fn page(self, from: &str, query: &Query, page: Page, counted: bool) -> (String, String) {
        let conditions = self.conditions(&query.filters);
        let all = format!("{}.*", ident(self.name));
        let columns = self.columns(&query.select, |path| self.column(path), &all);
        let order = self.order(&query.order);
        let total = if counted {
            format!("(select count(*) from {from}{conditions})")
        } else {
            "null::bigint".into()
        };
        (format!("select {columns} from {from}{conditions}{order}{}", page.clause()), total)
    }

    /// The statement that adds the rows of `json`, an SQL expression for a JSON array. `names` are the columns that the
    /// rows set, `target` those that tell whether a row exists already.
    pub(super) fn insert(
        self,
        json: &str,
        names: &[String],
        (conflict, target): (Conflict, &[String]),
        returned: Option<&Query>,
        media: Media,
    ) -> String {
        let (into, columns) = (self.qualified(), idents(names));
        let rows = format!("json_populate_recordset(null::{into}, {json})");
        let values = if names.is_empty() {
            format!("insert into {into} default values")
        } else {
            format!("insert into {into} ({columns}) select {columns} from {rows}")
        };
        let on_conflict = match conflict {
            _ if target.is_empty() => String::new(),
            Conflict::Fail => String::new(),
            Conflict::Ignore => format!(" on conflict ({}) do nothing", idents(target)),
            Conflict::Merge => {
                let set: Vec<String> =
                    names.iter().map(|name| format!("{0} = excluded.{0}", ident(name))).collect();
                format!(" on conflict ({}) do update set {}", idents(target), set.join(", "))
            }
        };
        let statement = format!("{values}{on_conflict}");
        match returned {
            // Without an answer no row is read, so the caller needs no right to read.
            None if conflict == Conflict::Fail => statement,
            returned => self.written(&statement, returned, conflict == Conflict::Merge, media),
        }
    }

    /// The statement that sets the rows of `query` to the values of `json`, an array of one object.
    pub(super) fn update(
        self,
        json: &str,
        names: &[String],
        query: &Query,
        answered: Option<Media>,
    ) -> String {
        let (table, conditions) = (self.qualified(), self.affected(query));
        let set: Vec<String> =
            names.iter().map(|name| format!("{0} = pgrst_body.{0}", ident(name))).collect();
        let rows = format!(
            "(select * from json_populate_recordset(null::{table}, {}::json) limit 1) pgrst_body",
            literal(json)
        );
        let statement = format!("update {table} set {} from {rows}{conditions}", set.join(", "));
        self.answered(statement, query, answered)
    }

    /// The statement that removes the rows of `query`.
    pub(super) fn delete(self, query: &Query, answered: Option<Media>) -> String {
        let statement = format!("delete from {}{}", self.qualified(), self.affected(query));
        self.answered(statement, query, answered)
    }

    fn answered(self, statement: String, query: &Query, answered: Option<Media>) -> String {
        match answered {
            Some(media) => self.written(&statement, Some(query), false, media),
            None => statement,
        }
    }

    /// The `where` clause of a write: the filters, and where the query has a limit, the first rows in the query's order.
    fn affected(self, query: &Query) -> String {
        let conditions = self.conditions(&query.filters);
        let page = Page { offset: query.offset, limit: query.limit.and_then(|limit| limit.try_into().ok()) };
        if page.is_whole() {
            return conditions;
        }
        let (table, order, clause) = (self.qualified(), self.order(&query.order), page.clause());
        let key = if self.is_view && !query.order.is_empty() {
            // PostgREST tells rows by the columns of the order as well, and asks for unique ones.
            let columns = query.order.iter().map(|order| self.column(&order.path));
            columns.collect::<Vec<_>>().join(", ")
        } else {
            format!("{}.ctid", ident(self.name))
        };
        format!(" where ({key}) in (select {key} from {table}{conditions}{order}{clause})")
    }

    /// `statement` with an answer of its rows. `merges` is whether the statement may have changed rows instead of adding
    /// them: a row is new when its `xmax` is zero. A view does not tell, so all its rows count as new.
    fn written(self, statement: &str, returned: Option<&Query>, merges: bool, media: Media) -> String {
        let name = ident(self.name);
        let (fresh, only_fresh) = if merges && !self.is_view {
            (format!(", ({name}.xmax = 0) as fresh"), " filter (where fresh)")
        } else {
            (String::new(), "")
        };
        let nothing = Query::default();
        let select = &returned.unwrap_or(&nothing).select;
        let columns = self.columns(select, written_column, "(written.pgrst_row).*");
        format!(
            "with written as ({statement} returning {name} as pgrst_row{fresh}), \
             source as (select {columns} from written) {}",
            summary(&format!("(select count(*){only_fresh} from written)"), &rows_as_text(media))
        )
    }

    fn columns(self, select: &[Column], name: impl Fn(&Path) -> String, all: &str) -> String {
        if select.is_empty() {
            return all.to_owned();
        }
        let columns = select.iter().map(|column| {
            if column.path.name == "*" {
                return all.to_owned();
            }
            let mut text = name(&column.path);
            if let Some(cast) = &column.cast {
                text = format!("cast({text} as {})", ident(cast));
            }
            match column.alias.as_deref().or_else(|| column.path.key()) {
                Some(alias) => format!("{text} as {}", ident(alias)),
                None => text,
            }
        });
        columns.collect::<Vec<_>>().join(", ")
    }

    fn conditions(self, filters: &[Filter]) -> String {
        if filters.is_empty() {
            return String::new();
        }
        let conditions: Vec<String> = filters.iter().map(|filter| self.condition(filter)).collect();
        format!(" where {}", conditions.join(" and "))
    }

    fn condition(self, filter: &Filter) -> String {
        let (negated, text) = match filter {
            Filter::Group { any, negated, members } => {
                let members: Vec<String> = members.iter().map(|member| self.condition(member)).collect();
                (*negated, format!("({})", members.join(if *any { " or " } else { " and " })))
            }
            Filter::Test { path, negated, test } => {
                let column = self.column(path);
                let text = match test {
                    Test::Compare(operator, value) => format!("{column} {operator} {}", literal(value)),
                    Test::Each(operator, each, values) => {
                        format!("{column} {operator} {each} ({})", literal(values))
                    }
                    Test::Search(function, language, words) => {
                        search(&column, function, language.as_deref(), words)
                    }
                    Test::Is(word) => format!("{column} is {word}"),
                    Test::In(values) if values.is_empty() => format!("{column} = any ('{{}}')"),
                    Test::In(values) => {
                        let values: Vec<String> = values.iter().map(|value| literal(value)).collect();
                        format!("{column} in ({})", values.join(", "))
                    }
                };
                (*negated, text)
            }
        };
        if negated { format!("not ({text})") } else { text }
    }

    fn order(self, order: &[Order]) -> String {
        if order.is_empty() {
            return String::new();
        }
        let terms: Vec<String> = order
            .iter()
            .map(|order| {
                let direction = if order.descending { " desc" } else { " asc" };
                let nulls = match order.nulls_first {
                    Some(true) => " nulls first",
                    Some(false) => " nulls last",
                    None => "",
                };
                format!("{}{direction}{nulls}", self.column(&order.path))
            })
            .collect();
        format!(" order by {}", terms.join(", "))
    }
}

/// A page of rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    pub(super) offset: u64,
    pub(super) limit: Option<u64>,
}

impl Page {
    fn is_whole(self) -> bool {
        self.offset == 0 && self.limit.is_none()
    }

    fn clause(self) -> String {
        let limit = self.limit.map(|limit| format!(" limit {limit}")).unwrap_or_default();
        format!("{limit} offset {}", self.offset)
    }
}

/// The last part of every statement that answers rows: their number, the expression `total`, the expression `body` for
/// the rows as text.
fn summary(total: &str, body: &str) -> String {
    format!(
        "select (select count(*) from source) as rows, {total} as total, (select {body} from source) as body"
    )
}

/// The expression for the rows of `source` as text.
pub(super) fn rows_as_text(media: Media) -> String {
    match media.shape {
        Shape::List => shown("json_agg(source)", "[]", media),
        Shape::One => shown("json_agg(source) -> 0", "[]", media),
        // PostgreSQL writes a row in parentheses and quotes its values as CSV does.
        Shape::Csv => {
            "coalesce((select string_agg(name, ',') from json_object_keys((select row_to_json(source) \
             from source limit 1)) as name), '') || E'\\n' || \
             coalesce(string_agg(substr(source::text, 2, length(source::text) - 2), E'\\n'), '')"
                .into()
        }
    }
}

/// The expression `json` as text, or the text `empty` where there is no row.
pub(super) fn shown(json: &str, empty: &str, media: Media) -> String {
    let json = if media.stripped { format!("json_strip_nulls({json})") } else { json.to_owned() };
    format!("coalesce({json}, '{empty}')::text")
}

/// The condition of a text search, in the language `language` or the database's default.
fn search(column: &str, function: &str, language: Option<&str>, words: &str) -> String {
    let language = language.map(|language| format!("{}, ", literal(language))).unwrap_or_default();
    format!("{column} @@ {function}({language}{})", literal(words))
}

fn written_column(path: &Path) -> String {
    let mut text = format!("(written.pgrst_row).{}", ident(&path.name));
    for step in &path.steps {
        text = format!("({text}{}{})", if step.as_text { "->>" } else { "->" }, literal(&step.key));
    }
    text
}

/// `name` as an SQL identifier.
pub(super) fn ident(name: &str) -> String {
    format!("\"{}\"", name.replace('\0', "").replace('"', "\"\""))
}

fn idents(names: &[String]) -> String {
    names.iter().map(|name| ident(name)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: Media = Media { shape: Shape::List, stripped: false };

    #[test]
    fn a_value_or_a_name_cannot_leave_its_quotes() {
        let query = Query::parse("a%22;drop=eq.x'%20or%20'1'='1").unwrap();
        let sql = Table::named("t\"x").read(&query, Page { offset: 0, limit: None }, false, LIST);

        assert!(sql.contains("\"t\"\"x\".\"a\"\";drop\" = 'x'' or ''1''=''1'"), "{sql}");
    }

    #[test]
    fn an_insert_that_answers_nothing_reads_nothing() {
        let sql = Table::named("t").insert("'[]'", &["a".into()], (Conflict::Fail, &[]), None, LIST);

        assert!(!sql.contains("returning"));
    }

    #[test]
    fn a_view_is_asked_for_no_system_column() {
        let view = Table { name: "v", is_view: true };
        let (whole, limited) = (Query::default(), Query::parse("order=a,b.desc&limit=1").unwrap());
        let column = ["a".to_owned()];

        for sql in [
            view.insert("'[]'", &column, (Conflict::Fail, &[]), Some(&whole), LIST),
            view.insert("'[]'", &column, (Conflict::Merge, &column), Some(&whole), LIST),
            view.update("[]", &column, &whole, Some(LIST)),
            view.update("[]", &column, &limited, Some(LIST)),
            view.delete(&limited, Some(LIST)),
        ] {
            assert!(!sql.contains("xmax") && !sql.contains("ctid"), "{sql}");
        }
        let key = "(\"v\".\"a\", \"v\".\"b\") in (select \"v\".\"a\", \"v\".\"b\" from";
        assert!(view.delete(&limited, None).contains(key));
    }

    #[test]
    fn a_table_tells_which_rows_of_an_upsert_are_new() {
        let (query, column) = (Query::default(), ["a".to_owned()]);
        let sql =
            |conflict| Table::named("t").insert("'[]'", &column, (conflict, &column), Some(&query), LIST);

        assert!(sql(Conflict::Merge).contains("xmax"));
        assert!(!sql(Conflict::Ignore).contains("xmax"), "a row that was there is not answered");
    }
}
