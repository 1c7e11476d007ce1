//! The `Accept` header, as PostgREST 12 reads it: the form in which the rows are answered.

use axum::http::{HeaderMap, StatusCode, header};

use super::error::RestError;

/// The form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Media {
    pub(super) shape: Shape,
    /// Whether keys whose value is null are left out.
    pub(super) stripped: bool,
}

/// The shape of the rows in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A JSON array.
    List,
    /// One JSON object; another number of rows is an error.
    One,
    /// Comma-separated values with a line of names.
    Csv,
}

impl Media {
    /// The first form in the header that this server has.
    ///
    /// # Errors
    /// `PGRST107`, when the header names no such form.
    pub(super) fn read(headers: &HeaderMap) -> Result<Self, RestError> {
        let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or("*/*");
        accept.split(',').find_map(Self::named).ok_or_else(|| {
            let types = accept.split(',').map(str::trim).collect::<Vec<_>>().join(", ");
            let message = format!("None of these media types are available: {types}");
            RestError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE.as_u16(), "PGRST107", message)
        })
    }

    fn named(text: &str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let shape = match parts.next()? {
            "" | "*/*" | "application/*" | "application/json" | "application/vnd.pgrst.array+json" => {
                Shape::List
            }
            "application/vnd.pgrst.object+json" | "application/vnd.pgrst.object" => Shape::One,
            "text/csv" => Shape::Csv,
            _ => return None,
        };
        Some(Self { shape, stripped: shape != Shape::Csv && parts.any(|part| part == "nulls=stripped") })
    }

    pub(super) fn is_one(self) -> bool {
        self.shape == Shape::One
    }

    pub(super) fn content_type(self) -> &'static str {
        match (self.shape, self.stripped) {
            (Shape::List, false) => "application/json; charset=utf-8",
            (Shape::List, true) => "application/vnd.pgrst.array+json;nulls=stripped; charset=utf-8",
            (Shape::One, false) => "application/vnd.pgrst.object+json; charset=utf-8",
            (Shape::One, true) => "application/vnd.pgrst.object+json;nulls=stripped; charset=utf-8",
            (Shape::Csv, _) => "text/csv; charset=utf-8",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(accept: &'static str) -> Option<Media> {
        let headers = HeaderMap::from_iter([(header::ACCEPT, header::HeaderValue::from_static(accept))]);
        Media::read(&headers).ok()
    }

    #[test]
    fn the_first_form_that_there_is_counts() {
        let shape = |accept| read(accept).map(|media| media.shape);

        assert_eq!(shape("text/html, text/csv, */*"), Some(Shape::Csv));
        assert_eq!(shape("application/vnd.pgrst.object+json"), Some(Shape::One));
        assert_eq!(shape("application/json;q=0.9"), Some(Shape::List));
        assert_eq!(shape("text/html"), None);
        assert!(read("application/vnd.pgrst.object+json;nulls=stripped").unwrap().stripped);
    }
}
