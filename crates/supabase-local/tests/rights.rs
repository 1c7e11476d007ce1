//! The rights of callers: PostgreSQL decides them, and no route gets around the decision.
// A failed set-up panics, which fails the test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use supabase_local::Config;
use supabase_local::testing::TestServer;

const PASSWORD: &str = "Passw0rd!";

struct Project {
    server: TestServer,
}

struct Person {
    id: String,
    token: String,
}

impl Project {
    async fn new() -> Self {
        let config = Config { autoconfirm: true, ..Config::built_in().unwrap() };
        Self { server: TestServer::start(config).await.unwrap() }
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, Value) {
        let answer = self.server.exchange(request).await.unwrap();
        (answer.status, answer.json())
    }

    async fn call(&self, method: &str, path: &str, token: Option<&str>, body: &Value) -> (StatusCode, Value) {
        let token = token.unwrap_or(&self.server.keys().anon);
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("apikey", &self.server.keys().anon)
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .header("prefer", "return=representation");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    async fn sql(&self, query: &str) -> (StatusCode, Value) {
        let key = self.server.keys().service_role.clone();
        self.call("POST", "/pg/query", Some(&key), &json!({ "query": query })).await
    }

    async fn person(&self, email: &str) -> Person {
        let body = json!({ "email": email, "password": PASSWORD });
        let (status, session) = self.call("POST", "/auth/v1/signup", None, &body).await;
        assert_eq!(status, 200, "{session}");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Person { id: text(&session["user"]["id"]), token: text(&session["access_token"]) }
    }

    async fn upload(&self, token: &str, path: &str) -> (StatusCode, Value) {
        let request = Request::post(format!("/storage/v1/object/avatars/{path}"))
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "image/png");
        self.send(request.body(Body::from("bytes")).unwrap()).await
    }
}

#[tokio::test]
async fn nobody_writes_anothers_profile() {
    let project = Project::new().await;
    let (ada, eve) = (project.person("ada@example.com").await, project.person("eve@example.com").await);
    let path = format!("/rest/v1/profiles?id=eq.{}", ada.id);

    let (status, rows) = project.call("PATCH", &path, Some(&eve.token), &json!({ "full_name": "Eve" })).await;
    assert_eq!((status, rows), (StatusCode::OK, json!([])));
    let row = json!({ "id": ada.id, "full_name": "Eve" });
    let (status, error) = project.call("POST", "/rest/v1/profiles", Some(&eve.token), &row).await;
    assert_eq!((status, &error["code"]), (StatusCode::FORBIDDEN, &json!("42501")));
    let (_, rows) = project.sql(&format!("select full_name from profiles where id = '{}'", ada.id)).await;
    assert_eq!(rows[0]["full_name"], Value::Null);
}

#[tokio::test]
async fn a_policy_that_is_dropped_is_missed_at_once() {
    let project = Project::new().await;
    let ada = project.person("ada@example.com").await;
    let path = format!("/rest/v1/profiles?id=eq.{}", ada.id);
    let change = json!({ "full_name": "Ada" });

    let (_, rows) = project.call("PATCH", &path, Some(&ada.token), &change).await;
    assert_eq!(rows.as_array().map(Vec::len), Some(1));
    project.sql("drop policy \"Users can update own profile.\" on profiles").await;
    let (_, rows) = project.call("PATCH", &path, Some(&ada.token), &change).await;
    assert_eq!(rows, json!([]), "the decision is the policy's, not the server's");
}

#[tokio::test]
async fn a_function_that_is_asked_for_with_get_writes_nothing() {
    let project = Project::new().await;
    let ada = project.person("ada@example.com").await;

    let path = "/rest/v1/rpc/delete_account";
    let (status, error) = project.call("GET", path, Some(&ada.token), &Value::Null).await;

    assert_eq!((status, &error["code"]), (StatusCode::METHOD_NOT_ALLOWED, &json!("25006")));
    let (_, rows) = project.sql("select id from auth.users").await;
    assert_eq!(rows[0]["id"], json!(ada.id));
}

#[tokio::test]
async fn auths_own_tables_are_closed_to_people() {
    let project = Project::new().await;
    let ada = project.person("ada@example.com").await;
    project
        .sql("create function peek() returns bigint language sql as 'select count(*) from auth.users'")
        .await;
    project.sql("create view public.everyone with (security_invoker) as select email from auth.users").await;

    let (status, error) = project.call("GET", "/rest/v1/everyone", Some(&ada.token), &Value::Null).await;

    assert_eq!((status, &error["code"]), (StatusCode::FORBIDDEN, &json!("42501")));
}

#[tokio::test]
async fn one_request_leaves_no_rights_behind_for_the_next() {
    let project = Project::new().await;
    let ada = project.person("ada@example.com").await;
    let key = project.server.keys().service_role.clone();

    project.call("GET", "/rest/v1/profiles", Some(&key), &Value::Null).await;
    project.call("GET", "/rest/v1/profiles", Some(&ada.token), &Value::Null).await;
    let (_, rows) = project.sql("select current_user::text as who, auth.uid() as uid").await;

    assert_eq!(rows, json!([{ "who": "postgres", "uid": null }]));
}

#[tokio::test]
async fn a_picture_lies_below_its_owners_id_or_nowhere() {
    let project = Project::new().await;
    let (ada, eve) = (project.person("ada@example.com").await, project.person("eve@example.com").await);
    let path = format!("{}/one.png", ada.id);

    assert_eq!(project.upload(&ada.token, &path).await.0, 200);
    let (_, error) = project.upload(&eve.token, &format!("{}/two.png", ada.id)).await;
    assert_eq!(error["code"], "AccessDenied");
    let (_, error) = project.upload(&ada.token, "flat.png").await;
    assert_eq!(error["code"], "AccessDenied");
    let read = format!("/storage/v1/object/authenticated/avatars/{path}");
    let (_, error) = project.call("GET", &read, Some(&eve.token), &Value::Null).await;
    assert_eq!(error["code"], "NoSuchKey");
}

#[tokio::test]
async fn a_refused_upload_leaves_no_row_and_a_replaced_one_no_old_bytes() {
    let project = Project::new().await;
    let ada = project.person("ada@example.com").await;
    let path = format!("{}/one.png", ada.id);
    project.upload(&ada.token, &path).await;

    let (_, error) = project.upload(&ada.token, &path).await;

    assert_eq!(error["code"], "KeyAlreadyExists");
    let (_, rows) = project.sql("select count(*)::int as objects from storage.objects").await;
    assert_eq!(rows[0]["objects"], 1);
    let read = format!("/storage/v1/object/avatars/{path}");
    assert_eq!(project.call("GET", &read, Some(&ada.token), &Value::Null).await.0, 200);
}

#[tokio::test]
async fn objects_are_not_deleted_by_sql() {
    let project = Project::new().await;
    let ada = project.person("ada@example.com").await;
    project.upload(&ada.token, &format!("{}/one.png", ada.id)).await;

    let (status, error) = project.sql("delete from storage.objects").await;

    assert_eq!((status, &error["code"]), (StatusCode::BAD_REQUEST, &json!("42501")));
    assert_eq!(
        error["message"],
        "Direct deletion from storage tables is not allowed. Use the Storage API instead."
    );
}

#[tokio::test]
async fn sql_runs_with_the_service_key_only() {
    let project = Project::new().await;
    let ada = project.person("ada@example.com").await;

    for token in [None, Some(ada.token.as_str()), Some("abc")] {
        let (status, _) = project.call("POST", "/pg/query", token, &json!({ "query": "select 1" })).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
    }
    let (_, rows) = project.sql("select 1 as one").await;
    assert_eq!(rows, json!([{ "one": 1 }]));
}

#[tokio::test]
async fn a_request_without_the_projects_key_gets_nowhere() {
    let project = Project::new().await;
    let get = |path: &str, key: Option<&str>| {
        let request = Request::get(path.to_owned());
        let request = match key {
            Some(key) => request.header("apikey", key.to_owned()),
            None => request,
        };
        request.body(Body::empty()).unwrap()
    };

    for path in ["/auth/v1/settings", "/rest/v1/profiles"] {
        assert_eq!(project.send(get(path, None)).await.0, 401, "{path}");
        assert_eq!(project.send(get(path, Some("abc"))).await.0, 401, "{path}");
        let key = project.server.keys().publishable;
        assert_eq!(project.send(get(path, Some(key))).await.0, 200, "{path}");
    }
}

#[tokio::test]
async fn a_page_of_any_origin_may_ask() {
    let project = Project::new().await;
    let preflight = Request::options("/auth/v1/token")
        .header("origin", "http://localhost:1420")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "apikey,x-own")
        .body(Body::empty())
        .unwrap();

    let answer = project.server.exchange(preflight).await.unwrap();

    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["access-control-allow-origin"], "*");
    assert_eq!(answer.headers["access-control-allow-headers"], "apikey,x-own");
}

#[tokio::test]
async fn a_person_who_is_deleted_takes_everything_of_theirs_but_objects() {
    let project = Project::new().await;
    let ada = project.person("ada@example.com").await;
    project.upload(&ada.token, &format!("{}/one.png", ada.id)).await;

    let (status, error) = project.sql("delete from auth.users").await;
    assert_eq!(status, 200, "{error}");

    let count = "select (select count(*) from profiles)::int as profiles,
        (select count(*) from auth.sessions)::int as sessions,
        (select count(*) from auth.refresh_tokens)::int as tokens,
        (select count(*) from auth.identities)::int as identities,
        (select count(*) from storage.objects)::int as objects";
    let (_, rows) = project.sql(count).await;
    assert_eq!(rows[0], json!({ "profiles": 0, "sessions": 0, "tokens": 0, "identities": 0, "objects": 1 }));
}

#[tokio::test]
async fn a_function_is_called_by_the_names_of_its_arguments_and_with_the_callers_rights() {
    let project = Project::new().await;
    let ada = project.person("ada@example.com").await;
    project
        .sql(
            "create function sum(a int, b int default 2) returns int language sql as 'select a + b';
             create function who() returns setof uuid language sql as 'select auth.uid()';
             create function name_all(name text) returns setof profiles language sql
               as 'update profiles set full_name = name returning *'",
        )
        .await;
    project.person("eve@example.com").await;
    let call = async |name: &str, body: Value| {
        project.call("POST", &format!("/rest/v1/rpc/{name}"), Some(&ada.token), &body).await
    };

    assert_eq!(call("sum", json!({ "a": 1 })).await, (StatusCode::OK, json!(3)));
    assert_eq!(call("sum", json!({ "a": 1, "b": 40 })).await, (StatusCode::OK, json!(41)));
    assert_eq!(call("who", json!({})).await, (StatusCode::OK, json!([ada.id])));
    let (_, rows) = call("name_all", json!({ "name": "x'; drop table profiles; --" })).await;
    assert_eq!(rows.as_array().map(Vec::len), Some(1), "row level security holds inside, too: {rows}");
    assert_eq!(rows[0]["id"], ada.id);
    let (status, error) = call("sum", json!({ "a": 1, "c": 2 })).await;
    assert_eq!((status, &error["code"]), (StatusCode::NOT_FOUND, &json!("PGRST202")));
    let (status, error) = call("handle_new_user", json!({})).await;
    assert_eq!((status, &error["code"]), (StatusCode::NOT_FOUND, &json!("PGRST202")));
}

#[tokio::test]
async fn people_delete_their_own_account_and_no_other() {
    let project = Project::new().await;
    let (ada, eve) = (project.person("ada@example.com").await, project.person("eve@example.com").await);
    let delete = async |token: Option<&str>| {
        project.call("POST", "/rest/v1/rpc/delete_account", token, &json!({})).await
    };

    let (status, error) = delete(None).await;
    assert_eq!((status, &error["code"]), (StatusCode::UNAUTHORIZED, &json!("42501")));
    assert_eq!(delete(Some(&ada.token)).await, (StatusCode::NO_CONTENT, Value::Null));
    assert_eq!(delete(Some(&ada.token)).await.0, StatusCode::NO_CONTENT, "once more does no harm");
    let (_, left) = project.sql("select id from profiles").await;
    assert_eq!(left, json!([{ "id": eve.id }]));
    let (status, error) = project.call("GET", "/auth/v1/user", Some(&ada.token), &Value::Null).await;
    assert_eq!((status, &error["error_code"]), (StatusCode::FORBIDDEN, &json!("user_not_found")));
}

#[tokio::test]
async fn with_a_second_factor_an_account_is_deleted_only_after_using_it() {
    let project = Project::new().await;
    let ada = project.person("ada@example.com").await;
    let factor = format!(
        "insert into auth.mfa_factors (id, user_id, factor_type, status, created_at, updated_at)
         values (gen_random_uuid(), '{}', 'totp', 'verified', now(), now())",
        ada.id
    );
    project.sql(&factor).await;

    let (status, error) =
        project.call("POST", "/rest/v1/rpc/delete_account", Some(&ada.token), &json!({})).await;

    assert_eq!((status, &error["code"]), (StatusCode::FORBIDDEN, &json!("42501")));
    let (status, _) = project.call("GET", "/auth/v1/user", Some(&ada.token), &Value::Null).await;
    assert_eq!(status, StatusCode::OK);
}
