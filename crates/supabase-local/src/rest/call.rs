//! `/rpc/<function>`: calling a function of the public schema by the names of its arguments. The function is looked up in
//! PostgreSQL's catalogue; PostgreSQL decides whether the caller may run it. What the function answers is filtered, sorted
//! and limited as the rows of a table are; single values are rows with the one column `pgrst_scalar`.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::error::RestError;
use super::media::{Media, Shape};
use super::prefer::Prefer;
use super::query::Query;
use super::request::{check_schema, page, range, role};
use super::sql::{Table, ident, rows_as_text, shown};
use crate::db::{Role, Tx, literal};
use crate::state::App;

/// The route, below `/rest/v1`.
pub(super) fn router() -> Router<Arc<App>> {
    Router::new().route("/rpc/{function}", get(call).post(call).fallback(wrong_method))
}

async fn wrong_method(method: Method) -> RestError {
    RestError::new(405, "PGRST101", format!("Cannot use the {method} method on RPC"))
}

/// A function as PostgreSQL's catalogue describes it.
#[derive(Debug, Deserialize)]
struct Function {
    arguments: Vec<Argument>,
    /// The number of arguments without a default. They come first.
    required: usize,
    returns_nothing: bool,
    returns_set: bool,
    /// Whether the function answers a row or rows, and no single value or values.
    returns_rows: bool,
}

#[derive(Debug, Deserialize)]
struct Argument {
    name: Option<String>,
    /// The type as SQL writes it.
    #[serde(rename = "type")]
    sql_type: String,
}

/// A call that was read but not carried out yet.
struct Call {
    name: String,
    given: Map<String, Value>,
    query: Query,
    range: Option<(u64, Option<u64>)>,
    prefer: Prefer,
    media: Media,
    max_rows: u64,
    /// Whether the transaction may only read: that of a GET, whatever the function would do.
    only_reads: bool,
}

async fn call(
    State(app): State<Arc<App>>,
    method: Method,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, RestError> {
    let role = role(&app, &headers)?;
    check_schema(&method, &headers)?;
    let query = query.unwrap_or_default();
    let (query, given) = if method == Method::POST {
        (Query::parse(&query)?, arguments(&body)?)
    } else {
        Query::parse_call(&query)?
    };
    let call = Call {
        name,
        given,
        query,
        range: range(&headers),
        prefer: Prefer::read(&headers)?,
        media: Media::read(&headers)?,
        max_rows: app.config.max_rows,
        only_reads: method != Method::POST,
    };
    let asked_by = role.name.clone();
    let answer = app.transact(move |tx, _| call.run(tx, &role)).await;
    answer.map_err(|error: RestError| error.asked_by(&asked_by))
}

fn arguments(body: &[u8]) -> Result<Map<String, Value>, RestError> {
    if body.is_empty() {
        return Ok(Map::new());
    }
    serde_json::from_slice(body).map_err(|_| RestError::new(400, "PGRST102", "Empty or invalid json"))
}

impl Call {
    fn run(&self, tx: &mut Tx<'_>, role: &Role) -> Result<Response, RestError> {
        let function = Function::find(tx, &self.name, &self.given)?;
        let page = page(&self.query, self.range, self.max_rows)?;
        let source = function.source(&self.name, &self.given);
        let statement = if function.returns_nothing {
            format!("select count(*) as rows from {source}")
        } else {
            let body = function.body(self.media);
            Table::named(&self.name).read_call(&source, &self.query, page, self.prefer.counts(), &body)
        };
        tx.act_as(role)?;
        if self.only_reads {
            tx.script("set transaction read only")?;
        }
        let row = tx.script(&statement)?.pop().and_then(|results| results.rows.into_iter().next());
        let column = |name: &str| row.as_ref().map_or(Value::Null, |row| row[name].clone());
        let count = |name: &str| column(name).as_u64().map(|count| count as usize);
        // PostgREST takes what is no set for one row, also where the query left nothing of it.
        let rows = if function.returns_set { count("rows").unwrap_or_default() } else { 1 };
        if function.returns_nothing {
            return Ok(self.respond(StatusCode::NO_CONTENT, None, "0-0/*"));
        }
        if self.media.shape == Shape::One && function.returns_set && rows != 1 {
            return Err(RestError::NotSingular(rows));
        }
        let total = count("total").filter(|_| self.prefer.counts());
        let whole = total.is_none_or(|total| rows >= total);
        let status = if whole { StatusCode::OK } else { StatusCode::PARTIAL_CONTENT };
        let total = total.map_or("*".to_owned(), |total| total.to_string());
        let range = match rows {
            0 => format!("*/{total}"),
            rows => format!("{}-{}/{total}", page.offset, page.offset + rows as u64 - 1),
        };
        Ok(self.respond(status, column("body").as_str().map(str::to_owned), &range))
    }

    fn respond(&self, status: StatusCode, body: Option<String>, range: &str) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = status;
        let kind = body.as_ref().map(|_| self.media.content_type().to_owned());
        for (name, value) in [
            (header::CONTENT_RANGE, Some(range.to_owned())),
            (header::CONTENT_TYPE, kind),
            (HeaderName::from_static("preference-applied"), self.prefer.applied(false)),
        ] {
            if let Some(Ok(value)) = value.as_deref().map(HeaderValue::from_str) {
                response.headers_mut().insert(name, value);
            }
        }
        *response.body_mut() = Body::from(body.unwrap_or_default());
        response
    }
}

impl Function {
    /// The function `name` that has every argument in `given` and needs no other.
    ///
    /// # Errors
    /// 404 `PGRST202`, when there is none.
    fn find(tx: &mut Tx<'_>, name: &str, given: &Map<String, Value>) -> Result<Self, RestError> {
        let overloads: Vec<Self> = tx.list(
            "select jsonb_build_object(
               'arguments', coalesce((
                 select jsonb_agg(jsonb_build_object(
                   'name', nullif(p.proargnames[a.i], ''), 'type', format_type(a.type, null)) order by a.i)
                 from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as a(type, i)
                 where p.proargmodes is null or p.proargmodes[a.i] in ('i', 'b')), '[]'),
               'required', p.pronargs - p.pronargdefaults,
               'returns_nothing', p.prorettype = 'void'::regtype,
               'returns_set', p.proretset,
               'returns_rows', t.typtype = 'c'
                 or coalesce(p.proargmodes::text[] && '{t,b,o}'::text[], false)) as function
             from pg_proc p join pg_type t on t.oid = p.prorettype
             where p.pronamespace = 'public'::regnamespace and p.proname = $1 and p.prokind = 'f'
               and p.prorettype <> 'trigger'::regtype and p.prorettype <> 'event_trigger'::regtype
             order by p.pronargs, p.oid",
            &[json!(name)],
        )?;
        overloads.into_iter().find(|function| function.takes(given)).ok_or_else(|| unknown(name, given))
    }

    fn takes(&self, given: &Map<String, Value>) -> bool {
        let is_given =
            |argument: &Argument| argument.name.as_ref().is_some_and(|name| given.contains_key(name));
        let known = self.arguments.iter().filter(|argument| is_given(argument)).count();
        known == given.len() && self.arguments.iter().take(self.required).all(is_given)
    }

    /// The call as a part of a `from` clause, with the function's name as the alias.
    fn source(&self, name: &str, given: &Map<String, Value>) -> String {
        let (mut columns, mut values) = (Vec::new(), Vec::new());
        for argument in &self.arguments {
            let Some(name) = argument.name.as_deref().filter(|name| given.contains_key(*name)) else {
                continue;
            };
            columns.push(format!("{} {}", ident(name), argument.sql_type));
            values.push(format!("{0} => pgrst_given.{0}", ident(name)));
        }
        let given = if columns.is_empty() {
            String::new()
        } else {
            let json = literal(&Value::Object(given.clone()).to_string());
            format!("json_to_record({json}::json) as pgrst_given({}), lateral ", columns.join(", "))
        };
        let call = format!("\"public\".{}({})", ident(name), values.join(", "));
        if self.returns_rows || self.returns_nothing {
            format!("{given}{call} as {}", ident(name))
        } else {
            format!("{given}(select {call} as pgrst_scalar) as {}", ident(name))
        }
    }

    /// The expression for what is left of the answer, as text in the form `media`.
    fn body(&self, media: Media) -> String {
        let answer = if self.returns_rows { "source" } else { "source.pgrst_scalar" };
        match (media.shape, self.returns_set) {
            (Shape::List | Shape::One, false) => shown(&format!("json_agg({answer}) -> 0"), "null", media),
            (Shape::List, true) => shown(&format!("json_agg({answer})"), "[]", media),
            (Shape::One, true) | (Shape::Csv, _) => rows_as_text(media),
        }
    }
}

fn unknown(name: &str, given: &Map<String, Value>) -> RestError {
    let names = given.keys().cloned().collect::<Vec<_>>().join(", ");
    let (signature, searched) = if given.is_empty() {
        (format!("public.{name} without parameters"), "without parameters".to_owned())
    } else {
        let plural = if given.len() == 1 { "parameter" } else { "parameters" };
        let or = "or with a single unnamed json/jsonb parameter";
        (format!("public.{name}({names})"), format!("with {plural} {names} {or}"))
    };
    RestError::Refused {
        status: StatusCode::NOT_FOUND,
        code: "PGRST202",
        message: format!("Could not find the function {signature} in the schema cache"),
        details: Some(format!(
            "Searched for the function public.{name} {searched}, but no matches were found in the schema cache."
        )),
        hint: None,
    }
}
