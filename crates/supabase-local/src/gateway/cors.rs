//! Cross-origin answers (CORS, the Fetch standard): pages of any origin may call the APIs of a project.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Whether a browser asks with this request if it may send another one.
pub(super) fn is_preflight(method: &Method, headers: &HeaderMap) -> bool {
    method == Method::OPTIONS && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// The answer to a preflight: every method, and every header that the browser names.
pub(super) fn answer_preflight(request: &HeaderMap) -> Response {
    let mut response = StatusCode::OK.into_response();
    let headers = response.headers_mut();
    let methods = HeaderValue::from_static("GET,HEAD,PUT,PATCH,POST,DELETE,OPTIONS");
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
    let wanted = request.get(header::ACCESS_CONTROL_REQUEST_HEADERS).cloned();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        wanted.unwrap_or_else(|| HeaderValue::from_static("*")),
    );
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("3600"));
    response
}

/// Adds the headers that let a page of any origin read the answer, when the request came from a page.
pub(super) fn allow_origin(request: &HeaderMap, response: &mut HeaderMap) {
    const EXPOSED: &str = "X-Total-Count, Link, X-Supabase-Api-Version";
    // PostgREST's and Storage's answers carry more headers that a page wants to read.
    const EXPOSED_MORE: &str = "X-Total-Count, Link, X-Supabase-Api-Version, Content-Range, \
                                Content-Location, Preference-Applied, ETag, X-Sb-Error-Code";
    if !request.contains_key(header::ORIGIN) {
        return;
    }
    let more = response.contains_key(header::CONTENT_RANGE)
        || response.contains_key(header::ETAG)
        || response.contains_key("x-sb-error-code");
    let exposed = if more { EXPOSED_MORE } else { EXPOSED };
    let set: [(HeaderName, &'static str); 4] = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true"),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed),
        (header::VARY, "Origin"),
    ];
    for (name, value) in set {
        response.insert(name, HeaderValue::from_static(value));
    }
}
