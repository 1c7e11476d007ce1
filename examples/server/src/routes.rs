//! The pages. Each handler is one question to the visit's client and the page that answers it.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use serde_json::{Map, Value};
use supabase_session::{Secret, SignUp, SignUpOutcome, User};

use crate::confirm;
use crate::pages::{self, Field, text};
use crate::site::Site;
use crate::visit::Visit;

/// What forms send and pages are asked with.
#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    full_name: String,
    next: Option<String>,
    #[serde(default)]
    reason: String,
}

impl Typed {
    fn password(&mut self) -> Secret<String> {
        Secret::from(std::mem::take(&mut self.password))
    }

    /// What is kept with the account: the name, where one was typed.
    fn metadata(&self) -> Map<String, Value> {
        let name = Some(&self.full_name).filter(|name| !name.is_empty());
        name.map(|name| ("full_name".to_owned(), name.as_str().into())).into_iter().collect()
    }
}

/// `GET /`
pub(crate) async fn home(Extension(visit): Extension<Visit>) -> Html<String> {
    let links = match visit.user {
        Ok(Some(_)) => "<a href=\"/private\">Your page</a>",
        _ => "<a href=\"/sign-in\">Sign in</a> or <a href=\"/sign-up\">sign up</a>",
    };
    pages::page("Foyer", &format!("<p>{links}</p>"))
}

/// `GET /sign-in`
pub(crate) async fn sign_in_form(Query(typed): Query<Typed>) -> Html<String> {
    sign_in_page(&typed, None)
}

/// `POST /sign-in`
pub(crate) async fn sign_in(
    State(site): State<Arc<Site>>,
    Extension(visit): Extension<Visit>,
    Form(mut typed): Form<Typed>,
) -> Response {
    let password = typed.password();
    match visit.client.sign_in_with_password(&typed.email, password).await {
        Ok(_) => Redirect::to(&site.local_path(typed.next.as_deref())).into_response(),
        Err(error) => {
            (StatusCode::UNPROCESSABLE_ENTITY, sign_in_page(&typed, Some(&error.to_string()))).into_response()
        }
    }
}

fn sign_in_page(typed: &Typed, error: Option<&str>) -> Html<String> {
    let fields = [email(&typed.email), password("current-password"), Field::hidden("next", next_of(typed))];
    let form = pages::form("/sign-in", "Sign in", &fields, error);
    pages::page("Sign in", &format!("{form}<p><a href=\"/sign-up\">Sign up</a></p>"))
}

/// `GET /sign-up`
pub(crate) async fn sign_up_form(Query(typed): Query<Typed>) -> Html<String> {
    sign_up_page(&typed, None)
}

/// `POST /sign-up`
pub(crate) async fn sign_up(
    State(site): State<Arc<Site>>,
    Extension(visit): Extension<Visit>,
    Form(mut typed): Form<Typed>,
) -> Response {
    let wish = SignUp { email: typed.email.clone(), password: typed.password(), data: typed.metadata() };
    match visit.client.sign_up(wish).await {
        Ok(SignUpOutcome::SignedIn(_)) => {
            Redirect::to(&site.local_path(typed.next.as_deref())).into_response()
        }
        Ok(SignUpOutcome::ConfirmationSent(_)) => {
            pages::notice("Almost there: open the link in the mail that we have sent you.").into_response()
        }
        Err(error) => {
            (StatusCode::UNPROCESSABLE_ENTITY, sign_up_page(&typed, Some(&error.to_string()))).into_response()
        }
    }
}

fn sign_up_page(typed: &Typed, error: Option<&str>) -> Html<String> {
    let name = Field {
        name: "full_name",
        label: Some("Name"),
        kind: "text",
        autocomplete: "name",
        value: &typed.full_name,
    };
    let fields = [name, email(&typed.email), password("new-password"), Field::hidden("next", next_of(typed))];
    let form = pages::form("/sign-up", "Sign up", &fields, error);
    pages::page("Sign up", &format!("{form}<p><a href=\"/sign-in\">Sign in</a></p>"))
}

fn email(value: &str) -> Field<'_> {
    Field { name: "email", label: Some("E-mail"), kind: "email", autocomplete: "username", value }
}

fn password(autocomplete: &str) -> Field<'_> {
    Field { name: "password", label: Some("Password"), kind: "password", autocomplete, value: "" }
}

fn next_of(typed: &Typed) -> &str {
    typed.next.as_deref().unwrap_or_default()
}

/// `GET /private`: for a user whom the server has verified.
pub(crate) async fn private(Extension(visit): Extension<Visit>) -> Response {
    match &visit.user {
        Ok(Some(user)) => private_page(&visit, user).await,
        Ok(None) => Redirect::to("/sign-in?next=/private").into_response(),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, pages::notice(&error.to_string())).into_response(),
    }
}

async fn private_page(visit: &Visit, user: &User) -> Response {
    let row = visit.client.rest().select_one::<Value>("profiles", "full_name", &[("id", user.id)]).await;
    let row = match row {
        Ok(row) => row.unwrap_or_default(),
        Err(error) => return (StatusCode::BAD_GATEWAY, pages::notice(&error.to_string())).into_response(),
    };
    let name = row["full_name"].as_str().unwrap_or("somebody without a name");
    let address = user.email.as_deref().unwrap_or_default();
    let sign_out = pages::form("/sign-out", "Sign out", &[], None);
    let body = format!("<p>You are {}, {}.</p>{sign_out}", text(name), text(address));
    pages::page("Your page", &body).into_response()
}

/// `POST /sign-out`
pub(crate) async fn sign_out(Extension(visit): Extension<Visit>) -> Redirect {
    // The browser forgets the session in any case; what the server said of it changes nothing for the visitor.
    visit.client.sign_out().await;
    Redirect::to("/")
}

/// `GET /auth/error`
pub(crate) async fn error(Query(typed): Query<Typed>) -> Response {
    let (status, sentence) = confirm::sentence(&typed.reason);
    (status, pages::notice(sentence)).into_response()
}
