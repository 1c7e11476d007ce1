//! `/object/list`: the objects directly below a prefix, and the folders there.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::body::parse;
use super::caller::caller;
use super::error::{StorageError, json_response};
use super::row::Object;
use crate::state::App;
use crate::timestamp::iso;

/// The columns by whose times objects can be sorted.
const TIMES: [&str; 3] = ["created_at", "updated_at", "last_accessed_at"];

#[derive(Debug, Deserialize)]
struct ListRequest {
    #[serde(default)]
    prefix: String,
    #[serde(default = "default_limit")]
    limit: usize,
    #[serde(default)]
    offset: usize,
    /// How the names below the folder begin. Capital and small letters are the same.
    #[serde(default)]
    search: String,
    #[serde(default, rename = "sortBy")]
    sort_by: Option<Sort>,
}

fn default_limit() -> usize {
    100
}

#[derive(Debug, Deserialize)]
struct Sort {
    #[serde(default)]
    column: Option<String>,
    #[serde(default)]
    order: Option<String>,
}

/// `POST /object/list/{bucket}`. Objects that the caller may not see are left out.
pub(super) async fn list(
    State(app): State<Arc<App>>,
    Path(bucket): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, StorageError> {
    let caller = caller(&app, &headers)?;
    let request: ListRequest = parse(&body, "body must have required property 'prefix'")?;
    let folder = match request.prefix.trim_end_matches('/') {
        "" => String::new(),
        prefix => format!("{prefix}/"),
    };
    let start = format!("{folder}{}", request.search);
    let objects: Vec<Object> = app
        .transact(move |tx, _| {
            tx.act_as(&caller.role)?;
            tx.list(
                "select to_jsonb(o) as row from storage.objects o
                 where o.bucket_id = $1 and starts_with(lower(o.name), lower($2::text)) order by o.name",
                &[json!(bucket), json!(start)],
            )
            .map_err(StorageError::from)
        })
        .await?;
    Ok(json_response(StatusCode::OK, &Value::Array(request.page(&folder, objects))))
}

impl ListRequest {
    /// The lines of this page, for the objects whose names begin with `folder` and the search, in any case.
    fn page(&self, folder: &str, objects: Vec<Object>) -> Vec<Value> {
        let depth = folder.chars().count();
        let searched = self.search.chars().count();
        let entries = objects.into_iter().map(|object| Entry::below(depth, searched, object)).collect();
        let entries = self.sorted(entries);
        entries.into_iter().skip(self.offset).take(self.limit).map(Entry::shown).collect()
    }

    /// The entries in the order of the real server's `storage.search`, each folder once: by name, objects and folders
    /// among one another; by a time, the folders by name and then the objects.
    fn sorted(&self, mut entries: Vec<Entry>) -> Vec<Entry> {
        let column = self.sort_by.as_ref().and_then(|sort| sort.column.as_deref());
        let by_time = column.filter(|column| TIMES.contains(column));
        let order = self.sort_by.as_ref().and_then(|sort| sort.order.as_deref());
        let is_descending = order == Some("desc");
        entries.sort_by(|one, other| (&one.key, &one.name).cmp(&(&other.key, &other.name)));
        entries.dedup_by(|later, first| {
            let is_same = if by_time.is_some() { later.name == first.name } else { later.key == first.key };
            is_same && later.is_folder() && first.is_folder()
        });
        if is_descending {
            entries.reverse();
        }
        if let Some(column) = by_time {
            entries.sort_by(|one, other| {
                let times = one.time(column).cmp(&other.time(column));
                let times = if is_descending { times.reverse() } else { times };
                other.is_folder().cmp(&one.is_folder()).then(times)
            });
        }
        entries
    }
}

/// A line of a list: an object, or a folder, which is nothing but a part of names.
#[derive(Debug)]
struct Entry {
    /// The name below the listed folder.
    name: String,
    /// What entries are sorted by: the name in small letters, that of a folder with its `/`.
    key: String,
    object: Option<Object>,
}

impl Entry {
    /// The entry of `object` in the folder whose name has `depth` characters. The name of a folder ends at the first `/`
    /// after the `searched` characters that were searched for.
    fn below(depth: usize, searched: usize, object: Object) -> Self {
        let name = after(&object.name, depth);
        let rest = after(name, searched);
        match rest.find('/') {
            Some(slash) => {
                let name = name[..name.len() - rest.len() + slash].to_owned();
                Self { key: format!("{}/", name.to_lowercase()), name, object: None }
            }
            None => Self { key: name.to_lowercase(), name: name.to_owned(), object: Some(object) },
        }
    }

    fn is_folder(&self) -> bool {
        self.object.is_none()
    }

    /// The time in one of the columns [`TIMES`], `None` for a folder.
    fn time(&self, column: &str) -> Option<OffsetDateTime> {
        let object = self.object.as_ref()?;
        match column {
            "created_at" => Some(object.created_at),
            "updated_at" => Some(object.updated_at),
            "last_accessed_at" => Some(object.last_accessed_at),
            _ => None,
        }
    }

    fn shown(self) -> Value {
        match self.object {
            Some(object) => json!({
                "name": self.name,
                "id": object.id,
                "updated_at": iso(object.updated_at),
                "created_at": iso(object.created_at),
                "last_accessed_at": iso(object.last_accessed_at),
                "metadata": object.metadata,
            }),
            None => json!({
                "name": self.name, "id": null, "updated_at": null, "created_at": null,
                "last_accessed_at": null, "metadata": null,
            }),
        }
    }
}

/// What follows the first `count` characters of `text`.
fn after(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or("", |(start, _)| &text[start..])
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    /// The names on the page of `request` when these are the objects, the oldest first.
    fn listed(request: &Value, folder: &str, names: &[&str]) -> Vec<String> {
        let request: ListRequest = serde_json::from_value(request.clone()).unwrap();
        let made = |(age, name): (i64, &&str)| {
            let time = OffsetDateTime::from_unix_timestamp(1_795_000_000 + age).unwrap();
            Object {
                id: Uuid::nil(),
                bucket_id: "b".into(),
                name: (*name).to_owned(),
                owner: None,
                owner_id: None,
                version: Uuid::nil(),
                created_at: time,
                updated_at: time,
                last_accessed_at: time,
                metadata: None,
                user_metadata: None,
            }
        };
        let objects = (0..).zip(names).map(made).collect();
        let page = request.page(folder, objects);
        page.iter().map(|line| line["name"].as_str().unwrap().to_owned()).collect()
    }

    const NAMES: [&str; 6] =
        ["in/b.png", "in/deep/x.png", "in/C.png", "in/a.png", "in/deep/y.png", "in/bare/z.png"];

    #[test]
    fn folders_stand_among_the_objects_when_names_are_sorted() {
        let up = ["a.png", "b.png", "bare", "C.png", "deep"];
        let down = ["deep", "C.png", "bare", "b.png", "a.png"];
        let by_name = |order: &str| json!({ "prefix": "in", "sortBy": { "column": "name", "order": order } });

        assert_eq!(listed(&json!({ "prefix": "in" }), "in/", &NAMES), up);
        assert_eq!(listed(&by_name("asc"), "in/", &NAMES), up);
        assert_eq!(listed(&by_name("desc"), "in/", &NAMES), down);
        let page = json!({ "prefix": "in", "offset": 1, "limit": 2 });
        assert_eq!(listed(&page, "in/", &NAMES), ["b.png", "bare"]);
    }

    #[test]
    fn folders_come_first_when_times_are_sorted() {
        let by_time =
            |order: &str| json!({ "prefix": "in", "sortBy": { "column": "created_at", "order": order } });

        assert_eq!(listed(&by_time("asc"), "in/", &NAMES), ["bare", "deep", "b.png", "C.png", "a.png"]);
        assert_eq!(listed(&by_time("desc"), "in/", &NAMES), ["deep", "bare", "a.png", "C.png", "b.png"]);
    }

    #[test]
    fn a_name_is_told_from_the_folder_on_even_when_the_search_goes_deeper() {
        let names = ["in/deep/x.png", "in/deep/xylem/one.png"];

        assert_eq!(listed(&json!({ "prefix": "in", "search": "de" }), "in/", &names), ["deep"]);
        let deeper = json!({ "prefix": "in", "search": "deep/X" });
        assert_eq!(listed(&deeper, "in/", &names), ["deep/x.png", "deep/xylem"]);
    }

    #[test]
    fn folders_that_differ_in_case_are_one_when_names_are_sorted() {
        assert_eq!(listed(&json!({ "prefix": "" }), "", &["Deep/one", "deep/two"]), ["Deep"]);
        let by_time = json!({ "prefix": "", "sortBy": { "column": "updated_at" } });
        assert_eq!(listed(&by_time, "", &["Deep/one", "deep/two", "Deep/three"]), ["Deep", "deep"]);
    }
}
