//! `POST /rpc/<function>`: calling a function of the public schema by its arguments' names. Which function
//! fits is looked up in the catalogue; whether the caller may run it, PostgreSQL decides.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use axum::routing::post;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::error::RestError;
use super::sql::ident;
use crate::db::{Role, Tx, literal};
use crate::server::App;

/// The route, below `/rest/v1`.
pub(super) fn router() -> Router<Arc<App>> {
    Router::new().route("/rpc/{function}", post(call))
}

/// A function as the catalogue describes it.
#[derive(Debug, Deserialize)]
struct Function {
    arguments: Vec<Argument>,
    /// How many of the arguments have no default; they come first.
    required: usize,
    returns_nothing: bool,
    returns_set: bool,
}

#[derive(Debug, Deserialize)]
struct Argument {
    name: Option<String>,
    /// As SQL writes it.
    #[serde(rename = "type")]
    sql_type: String,
}

async fn call(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, RestError> {
    let role = super::role(&app, &headers)?;
    let single = super::wants_one(&headers);
    let given: Map<String, Value> = if body.is_empty() {
        Map::new()
    } else {
        let unreadable = |_| RestError::new(400, "PGRST102", "Empty or invalid json");
        serde_json::from_slice(&body).map_err(unreadable)?
    };
    let asked_by = role.name.clone();
    let answer = app.db.transact(move |tx| run(tx, &role, &name, &given, single)).await;
    answer.map_err(|error: RestError| error.asked_by(&asked_by))
}

fn run(
    tx: &mut Tx<'_>,
    role: &Role,
    name: &str,
    given: &Map<String, Value>,
    single: bool,
) -> Result<Response, RestError> {
    let function = Function::find(tx, name, given)?;
    let statement = function.statement(name, given);
    tx.act_as(role)?;
    let row = tx.script(&statement)?.pop().and_then(|results| results.rows.into_iter().next());
    let column = |name: &str| row.as_ref().map_or(Value::Null, |row| row[name].clone());
    let rows = column("rows").as_u64().unwrap_or_default() as usize;
    if function.returns_nothing {
        return Ok(respond(StatusCode::NO_CONTENT, None, rows, false));
    }
    let one = single && function.returns_set;
    if one && rows != 1 {
        return Err(RestError::NotSingular(rows));
    }
    let body = column(if one || !function.returns_set { "first" } else { "body" });
    let body = body.as_str().unwrap_or("null").to_owned();
    Ok(respond(StatusCode::OK, Some(body), rows, single))
}

impl Function {
    /// The function `name` that takes exactly `given`, but for arguments with a default.
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
               'returns_set', p.proretset) as function
             from pg_proc p
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

    /// The call, and what it answers as JSON text.
    fn statement(&self, name: &str, given: &Map<String, Value>) -> String {
        let (mut columns, mut values) = (Vec::new(), Vec::new());
        for argument in &self.arguments {
            let Some(name) = argument.name.as_deref().filter(|name| given.contains_key(*name)) else {
                continue;
            };
            columns.push(format!("{} {}", ident(name), argument.sql_type));
            values.push(format!("{0} => given.{0}", ident(name)));
        }
        let given = if columns.is_empty() {
            String::new()
        } else {
            let json = literal(&Value::Object(given.clone()).to_string());
            format!("json_to_record({json}::json) as given({}), lateral ", columns.join(", "))
        };
        let source = format!("{given}\"public\".{}({}) as called", ident(name), values.join(", "));
        if self.returns_nothing {
            return format!("select count(*) as rows from {source}");
        }
        format!(
            "with answers as materialized (select to_json(called) as answer from {source}) \
             select (select count(*) from answers) as rows, \
             (select coalesce(json_agg(answer), '[]')::text from answers) as body, \
             (select answer::text from answers limit 1) as first"
        )
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
    }
}

fn respond(status: StatusCode, body: Option<String>, rows: usize, single: bool) -> Response {
    let kind = if single { "vnd.pgrst.object+json" } else { "json" };
    let range = if rows == 0 { "*/*".to_owned() } else { format!("0-{}/*", rows - 1) };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    if let Ok(range) = range.parse() {
        response.headers_mut().insert(header::CONTENT_RANGE, range);
    }
    if let Some(body) = body {
        if let Ok(kind) = format!("application/{kind}; charset=utf-8").parse() {
            response.headers_mut().insert(header::CONTENT_TYPE, kind);
        }
        *response.body_mut() = Body::from(body);
    }
    response
}
