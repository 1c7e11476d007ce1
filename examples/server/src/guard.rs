//! What keeps other sites out: a form that they make a browser send is refused, and no page may be framed or cached.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::pages;
use crate::site::Site;

/// Refuses a change that another site asks for (CSRF). Browsers say where a request comes from, in `Sec-Fetch-Site`
/// or, older ones, in `Origin`; a program that is no browser says neither and holds nobody's cookies.
pub(crate) async fn same_origin(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    if request.method().is_safe() || comes_from_here(&site, request.headers()) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, pages::notice("This form came from another site.")).into_response()
}

fn comes_from_here(site: &Site, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match (text("sec-fetch-site"), text("origin")) {
        (Some(from), _) => matches!(from, "same-origin" | "none"),
        (None, Some(origin)) => site.is_origin(origin),
        (None, None) => true,
    }
}

/// Headers that every page carries. A link's secrets stay out of `Referer` for other sites; for this one it must be
/// sent, or browsers would leave out `Origin` as well.
pub(crate) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in [
        (header::CACHE_CONTROL, "private, no-store"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use supabase_session::Project;

    use super::*;

    #[test]
    fn a_form_of_another_site_is_told_apart() {
        let project = Project::new("http://127.0.0.1:54321", "sb_publishable_x").unwrap();
        let site = Site::new(project, "https://site.example".parse().unwrap());
        let from = |pairs: &[(&'static str, &'static str)]| {
            let headers = pairs.iter().map(|(name, value)| {
                (header::HeaderName::from_static(name), HeaderValue::from_static(value))
            });
            comes_from_here(&site, &headers.collect())
        };

        assert!(from(&[("sec-fetch-site", "same-origin"), ("origin", "https://site.example")]));
        assert!(from(&[("origin", "https://site.example")]));
        assert!(from(&[]));
        assert!(!from(&[("sec-fetch-site", "cross-site")]));
        assert!(!from(&[("sec-fetch-site", "same-site")]));
        assert!(!from(&[("origin", "https://evil.example")]));
        assert!(!from(&[("origin", "null")]));
    }
}
