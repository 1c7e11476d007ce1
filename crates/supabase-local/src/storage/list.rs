//! `/object/list`: the objects directly below a prefix, and the folders there.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::parse;
use super::caller::caller;
use super::error::{StorageError, json_response};
use super::row::Object;
use crate::state::App;
use crate::timestamp::iso;

#[derive(Debug, Deserialize)]
struct ListRequest {
    #[serde(default)]
    prefix: String,
    #[serde(default = "default_limit")]
    limit: usize,
    #[serde(default)]
    offset: usize,
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
    let start = folder.clone();
    let objects: Vec<Object> = app
        .transact(move |tx, _| {
            tx.act_as(&caller.role)?;
            tx.list(
                "select to_jsonb(o) as row from storage.objects o
                 where o.bucket_id = $1 and starts_with(o.name, $2) order by o.name",
                &[json!(bucket), json!(start)],
            )
            .map_err(StorageError::from)
        })
        .await?;
    Ok(json_response(StatusCode::OK, &Value::Array(request.page(&folder, objects))))
}

impl ListRequest {
    fn page(&self, folder: &str, objects: Vec<Object>) -> Vec<Value> {
        let (mut folders, mut entries): (Vec<String>, Vec<Object>) = (Vec::new(), Vec::new());
        let wanted = self.search.to_lowercase();
        for object in objects {
            let rest = &object.name[folder.len()..];
            if !rest.to_lowercase().contains(&wanted) {
                continue;
            }
            match rest.split_once('/') {
                Some((name, _)) if folders.last().is_none_or(|last| last != name) => {
                    folders.push(name.to_owned())
                }
                Some(_) => {}
                None => entries.push(object),
            }
        }
        self.sort(&mut entries);
        let folders = folders.into_iter().map(|name| {
            json!({
                "name": name, "id": null, "updated_at": null, "created_at": null,
                "last_accessed_at": null, "metadata": null,
            })
        });
        let entries = entries.into_iter().map(|object| {
            json!({
                "name": object.name[folder.len()..],
                "id": object.id,
                "updated_at": iso(object.updated_at),
                "created_at": iso(object.created_at),
                "last_accessed_at": iso(object.last_accessed_at),
                "metadata": object.metadata,
            })
        });
        folders.chain(entries).skip(self.offset).take(self.limit).collect()
    }

    fn sort(&self, entries: &mut [Object]) {
        let Some(sort) = &self.sort_by else { return };
        match sort.column.as_deref() {
            Some("created_at") => entries.sort_by_key(|object| object.created_at),
            Some("updated_at") => entries.sort_by_key(|object| object.updated_at),
            Some("last_accessed_at") => entries.sort_by_key(|object| object.last_accessed_at),
            _ => {}
        }
        if sort.order.as_deref() == Some("desc") {
            entries.reverse();
        }
    }
}
