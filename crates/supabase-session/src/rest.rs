//! Rows over PostgREST (`/rest/v1`), on behalf of the signed-in user: read one, insert, upsert, patch with a guard,
//! call a function.

use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::error::{ApiError, HttpError, ProjectWords, ServerCode};
use crate::http::fault::ServerError;
use crate::http::gateway::Gateway;
use crate::http::transport::{Method, Request, Response};
use crate::session::authorized::Authorized;

/// Asks PostgREST for one object instead of a list.
const ONE_OBJECT: &str = "application/vnd.pgrst.object+json";

/// The tables of the project.
#[derive(Clone)]
pub struct Rest {
    pub(crate) authorized: Authorized,
}

/// What a column must say: a value that it must have (`None` asks for `null`), or another condition of a type of your own.
pub trait FilterValue: Sync {
    /// PostgREST's operator with the value, for example `eq.7` or `is.null`.
    fn condition(&self) -> String;
}

impl FilterValue for str {
    fn condition(&self) -> String {
        format!("eq.{self}")
    }
}

impl FilterValue for String {
    fn condition(&self) -> String {
        self.as_str().condition()
    }
}

impl FilterValue for Uuid {
    fn condition(&self) -> String {
        format!("eq.{self}")
    }
}

impl<T: FilterValue + ?Sized> FilterValue for &T {
    fn condition(&self) -> String {
        (**self).condition()
    }
}

impl<T: FilterValue> FilterValue for Option<T> {
    fn condition(&self) -> String {
        self.as_ref().map_or_else(|| "is.null".to_owned(), FilterValue::condition)
    }
}

impl Rest {
    /// The row whose columns have these values, or `None` when there is none that may be seen.
    /// `columns` is PostgREST's `select`, for example `full_name,username`.
    ///
    /// # Errors
    /// See [`ApiError`]. More than one row is `Unexpected` (`PGRST116`).
    pub async fn select_one<T: DeserializeOwned>(
        &self,
        table: &str,
        columns: &str,
        filter: &[(&str, impl FilterValue)],
    ) -> Result<Option<T>, ApiError> {
        let request =
            self.request(Method::Get, table, filter).query("select", columns).header("accept", ONE_OBJECT);
        match self.authorized.send(request).await? {
            Ok(response) => parse(&response).map(Some),
            Err(fault) => match refusal(fault, table) {
                ApiError::NoRow => Ok(None),
                error => Err(error),
            },
        }
    }

    /// Whether there is a row, among those that may be seen, whose columns meet these conditions. `column` is any column
    /// of the table.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn exists(
        &self,
        table: &str,
        column: &str,
        filter: &[(&str, impl FilterValue)],
    ) -> Result<bool, ApiError> {
        let request = self.request(Method::Get, table, filter).query("select", column).query("limit", "1");
        match self.authorized.send(request).await? {
            Ok(response) => Ok(!parse::<Vec<serde_json::Value>>(&response)?.is_empty()),
            Err(fault) => Err(refusal(fault, table)),
        }
    }

    /// Inserts the row, or updates the one with the same primary key, and gives it back as it is now.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn upsert<T: Serialize + Sync + ?Sized, R: DeserializeOwned>(
        &self,
        table: &str,
        row: &T,
    ) -> Result<R, ApiError> {
        let request = self
            .request(Method::Post, table, &[] as &[(&str, &str)])
            .header("prefer", "resolution=merge-duplicates,return=representation")
            .header("accept", ONE_OBJECT)
            .json(&json(row)?);
        match self.authorized.send(request).await? {
            Ok(response) => parse(&response),
            Err(fault) => Err(refusal(fault, table)),
        }
    }

    /// Inserts the row and gives it back as it is now. `None` when there is one with the same primary key, which then
    /// stays as it is.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn insert_new<T: Serialize + Sync + ?Sized, R: DeserializeOwned>(
        &self,
        table: &str,
        row: &T,
    ) -> Result<Option<R>, ApiError> {
        let request = self
            .request(Method::Post, table, &[] as &[(&str, &str)])
            .header("prefer", "resolution=ignore-duplicates,return=representation")
            .json(&json(row)?);
        match self.authorized.send(request).await? {
            Ok(response) => Ok(parse::<Vec<R>>(&response)?.into_iter().next()),
            Err(fault) => Err(refusal(fault, table)),
        }
    }

    /// Changes the row whose columns have these values, and gives it back as it is now. `None` when no row has them
    /// (any more) or a policy hides it: with `updated_at` among them, nobody's newer change is overwritten.
    ///
    /// # Errors
    /// See [`ApiError`]. Without any filter nothing is sent (`missing_filter`): it would change every row.
    pub async fn patch_guarded<T: Serialize + Sync + ?Sized, R: DeserializeOwned>(
        &self,
        table: &str,
        filter: &[(&str, impl FilterValue)],
        changes: &T,
    ) -> Result<Option<R>, ApiError> {
        if filter.is_empty() {
            return Err(ApiError::Unexpected { code: ServerCode::new("missing_filter") });
        }
        let request = self
            .request(Method::Patch, table, filter)
            .header("prefer", "return=representation")
            .json(&json(changes)?);
        match self.authorized.send(request).await? {
            Ok(response) => Ok(parse::<Vec<R>>(&response)?.into_iter().next()),
            Err(fault) => Err(refusal(fault, table)),
        }
    }

    /// Calls a function of the database with named arguments (`/rpc/<function>`). One that returns `void` answers `()`.
    ///
    /// # Errors
    /// See [`ApiError`]; one that the project does not have is [`MissingTable`](ApiError::MissingTable).
    pub async fn call<T: Serialize + Sync + ?Sized, R: DeserializeOwned>(
        &self,
        function: &str,
        arguments: &T,
    ) -> Result<R, ApiError> {
        let path = format!("rest/v1/rpc/{}", encode_segment(function));
        let request = self.authorized.gateway.request(Method::Post, &path).json(&json(arguments)?);
        match self.authorized.send(request).await? {
            // PostgREST answers 204 without a body.
            Ok(response) if response.body.is_empty() => parse_bytes(b"null"),
            Ok(response) => parse(&response),
            Err(fault) => Err(refusal(fault, function)),
        }
    }

    /// Calls a function without arguments in a transaction that may only read (`GET /rpc/<function>`), to find out
    /// whether the function is there and may be called. What the function would write is refused (`Unexpected`,
    /// `25006`).
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn try_call(&self, function: &str) -> Result<(), ApiError> {
        let path = format!("rest/v1/rpc/{}", encode_segment(function));
        let request = self.authorized.gateway.request(Method::Get, &path);
        self.authorized.send(request).await?.map(drop).map_err(|fault| refusal(fault, function))
    }

    fn request(&self, method: Method, table: &str, filter: &[(&str, impl FilterValue)]) -> Request {
        let path = format!("rest/v1/{}", encode_segment(table));
        let request = Gateway::request(&self.authorized.gateway, method, &path);
        filter.iter().fold(request, |request, (column, value)| request.query(column, &value.condition()))
    }
}

impl std::fmt::Debug for Rest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rest")
    }
}

fn json<T: Serialize + ?Sized>(row: &T) -> Result<serde_json::Value, ApiError> {
    serde_json::to_value(row).map_err(|_| ApiError::Unexpected { code: ServerCode::new("not_serializable") })
}

fn parse<T: DeserializeOwned>(response: &Response) -> Result<T, ApiError> {
    parse_bytes(&response.body)
}

fn parse_bytes<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    serde_json::from_slice(bytes).map_err(|_| ApiError::Http(HttpError::NotSupabase))
}

/// `target` is the table or function that was asked for.
fn refusal(fault: ServerError, target: &str) -> ApiError {
    match fault.code.as_str() {
        "42501" => ApiError::Forbidden,
        "22001" => ApiError::TooLong { limit: fault.limit() },
        "23502" => ApiError::NotNull { column: fault.column() },
        "23505" => ApiError::Unique { constraint: fault.constraint(), columns: fault.key() },
        "23514" => ApiError::Check { constraint: fault.constraint() },
        "P0001" => ApiError::Raised { message: ProjectWords::new(&fault.message) },
        // A function of the owner's has chosen its own status, for example `raise sqlstate 'PT403'`.
        code if is_chosen_status(code) => ApiError::Raised { message: ProjectWords::new(&fault.message) },
        "PGRST116" if fault.details.contains(" 0 rows") => ApiError::NoRow,
        "PGRST205" | "PGRST202" => ApiError::MissingTable,
        "42P01" | "42883" if fault.misses(target) => ApiError::MissingTable,
        // Where the refusal names no column, a function or trigger of the owner's looks for one that is not there.
        "42703" | "PGRST204" => match fault.column() {
            Some(column) => ApiError::MissingColumn { column },
            None => ApiError::Unexpected { code: fault.code },
        },
        _ => ApiError::Unexpected { code: fault.code },
    }
}

fn is_chosen_status(code: &str) -> bool {
    code.len() == 5
        && code.strip_prefix("PT").is_some_and(|status| status.bytes().all(|b| b.is_ascii_digit()))
}

/// One segment of a path: everything but RFC 3986's unreserved characters is encoded.
pub(crate) fn encode_segment(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
