//! The rules of the account form, and the row in `profiles` behind it.
//!
//! The database has the last word (a unique index, a length check, policies); what is decided here saves a round
//! trip and gives a sentence on the right field.

use foyer_contract::view::ProfileView;
use foyer_contract::{ErrorCode, Field, names};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use supabase_session::Client;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use url::Url;

use crate::error::{Failure, username_too_short};

/// The table, as in our migration and in Supabase's user-management tutorial.
pub const TABLE: &str = "profiles";

/// The columns that the account page needs.
pub const COLUMNS: &str = "full_name,username,website,avatar_url,updated_at";

/// What browsers take as an address at most.
const LONGEST_URL: usize = 2048;

/// A row of `profiles`, or the part of it that was asked for. What a project keeps as a number or as true and false is its
/// text here; what is no text at all, as a list, is as good as absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileRow {
    /// Free text.
    #[serde(deserialize_with = "text")]
    pub full_name: Option<String>,
    /// Unique, at least 3 characters.
    #[serde(deserialize_with = "text")]
    pub username: Option<String>,
    /// A web address.
    #[serde(deserialize_with = "text")]
    pub website: Option<String>,
    /// The picture's path in the bucket `avatars`.
    #[serde(deserialize_with = "text")]
    pub avatar_url: Option<String>,
    /// As the server wrote it: it is only ever compared with itself.
    #[serde(deserialize_with = "text")]
    pub updated_at: Option<String>,
}

fn text<'de, D: Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(value)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    })
}

impl ProfileRow {
    /// The columns that people fill, with what is in them.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&'static str, Option<&str>)> {
        [
            ("full_name", self.full_name.as_deref()),
            ("username", self.username.as_deref()),
            ("website", self.website.as_deref()),
            ("avatar_url", self.avatar_url.as_deref()),
        ]
        .into_iter()
    }
}

impl From<&ProfileRow> for ProfileView {
    fn from(row: &ProfileRow) -> Self {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        Self { full_name: text(&row.full_name), username: text(&row.username), website: text(&row.website) }
    }
}

/// What anyone may read of whoever has this username. Asked for with the project's key alone.
///
/// # Errors
/// Why the server refused.
pub async fn find_public(client: &Client, username: &str) -> Result<Option<ProfileView>, Failure> {
    let columns = "full_name,username,website";
    let username = names::sought_username(username).map_err(|code| flaw(code, Field::Username))?;
    let filter = [("username", username.as_str())];
    let row: Option<ProfileRow> = client.public_rest().select_one(TABLE, columns, &filter).await?;
    Ok(row.as_ref().map(ProfileView::from))
}

/// What the form writes: an empty field becomes `null`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProfileEdit {
    full_name: Option<String>,
    username: Option<String>,
    website: Option<String>,
    updated_at: String,
}

impl ProfileEdit {
    /// Checks the form and prepares what is sent.
    ///
    /// # Errors
    /// The first field that breaks a rule, in the form's order.
    pub fn new(form: &ProfileView, now: OffsetDateTime) -> Result<Self, Failure> {
        let full_name = full_name(&form.full_name)?;
        let username = names::username(&form.username).map_err(|code| flaw(code, Field::Username))?;
        let website = names::line(&form.website).map_err(|code| flaw(code, Field::Website))?;
        let website = (!website.is_empty()).then(|| self::website(&website)).transpose()?;
        Ok(Self { full_name, username, website, updated_at: timestamp(now)? })
    }
}

/// A change of the picture alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AvatarEdit {
    avatar_url: Option<String>,
    updated_at: String,
}

impl AvatarEdit {
    /// Points the row at another picture, or at none.
    ///
    /// # Errors
    /// When the clock shows a year that cannot be written.
    pub fn new(avatar_url: Option<String>, now: OffsetDateTime) -> Result<Self, Failure> {
        Ok(Self { avatar_url, updated_at: timestamp(now)? })
    }
}

fn timestamp(now: OffsetDateTime) -> Result<String, Failure> {
    now.format(&Rfc3339).map_err(|_| Failure::internal("the clock shows a date that cannot be written"))
}

/// The full name as it is sent, checked.
///
/// # Errors
/// What is wrong with it, on its field.
pub fn full_name(text: &str) -> Result<Option<String>, Failure> {
    names::full_name(text).map_err(|code| flaw(code, Field::FullName))
}

/// What a new account's metadata says: the full name, where there is one. The sign-up trigger copies it into the row.
///
/// # Errors
/// What is wrong with the name, on its field.
pub fn metadata(name: &str) -> Result<Map<String, Value>, Failure> {
    let name = full_name(name)?;
    Ok(name.map(|name| ("full_name".to_owned(), Value::String(name))).into_iter().collect())
}

/// Why a text cannot be what its field is for.
fn flaw(code: ErrorCode, field: Field) -> Failure {
    match code {
        ErrorCode::UsernameTooShort => username_too_short(),
        ErrorCode::TextTooLong => too_long(field),
        code => Failure::new(code, "this holds characters that nobody can see").on(field),
    }
}

fn too_long(field: Field) -> Failure {
    Failure::new(ErrorCode::TextTooLong, "this is longer than the field may be").on(field)
}

/// A web address; `ada.example` is taken as `https://ada.example`.
fn website(text: &str) -> Result<String, Failure> {
    let invalid = || {
        Failure::new(ErrorCode::WebsiteInvalid, "a website is an address like https://ada.example")
            .on(Field::Website)
    };
    if text.len() > LONGEST_URL {
        return Err(too_long(Field::Website));
    }
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = Url::parse(&whole).map_err(|_| invalid())?;
    let has_dot = url.host_str().is_some_and(|host| host.trim_matches('.').contains('.'));
    let is_web = matches!(url.scheme(), "http" | "https");
    if !is_web || !has_dot || text.contains(char::is_whitespace) || !url.username().is_empty() {
        return Err(invalid());
    }
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-21 16:28:46 UTC);

    fn form(full_name: &str, username: &str, website: &str) -> ProfileView {
        ProfileView { full_name: full_name.into(), username: username.into(), website: website.into() }
    }

    fn refused(form: &ProfileView) -> (ErrorCode, Option<Field>) {
        let error = ProfileEdit::new(form, NOW).unwrap_err();
        {
            let error = foyer_contract::CommandError::from(error);
            (error.code, error.field)
        }
    }

    #[test]
    fn an_empty_field_becomes_null() {
        let edit = ProfileEdit::new(&form(" ", "", "  "), NOW).unwrap();

        let json = serde_json::to_value(&edit).unwrap();
        assert_eq!(
            json,
            serde_json::json!({"full_name": null, "username": null, "website": null, "updated_at": "2026-11-21T16:28:46Z"})
        );
    }

    #[test]
    fn a_username_is_counted_in_characters_not_bytes() {
        assert_eq!(refused(&form("", "åé", "")), (ErrorCode::UsernameTooShort, Some(Field::Username)));
        assert!(ProfileEdit::new(&form("", "åéü", ""), NOW).is_ok());
    }

    #[test]
    fn a_website_gets_its_scheme_and_must_be_one() {
        let website = |text: &str| ProfileEdit::new(&form("", "", text), NOW).map(|edit| edit.website);

        assert_eq!(website("ada.example").unwrap().as_deref(), Some("https://ada.example"));
        assert_eq!(website("http://ada.example/x").unwrap().as_deref(), Some("http://ada.example/x"));
        for bad in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "nonsense",
            "two words.example",
            "https://",
            "https://a@b.example",
        ] {
            assert_eq!(
                foyer_contract::CommandError::from(website(bad).unwrap_err()).field,
                Some(Field::Website),
                "{bad}"
            );
        }
    }

    #[test]
    fn what_nobody_can_see_is_refused_on_its_field_and_never_sent() {
        for unseen in ['\u{0}', '\u{200B}', '\u{3164}', '\u{2800}', '\u{AD}', '\u{202E}', '\u{E0001}'] {
            let three: String = std::iter::repeat_n(unseen, 3).collect();
            for text in [format!("ada{unseen}"), three] {
                let code = ErrorCode::UnseenCharacters;
                assert_eq!(refused(&form(&text, "", "")), (code, Some(Field::FullName)), "{text:?}");
                assert_eq!(refused(&form("", &text, "")), (code, Some(Field::Username)), "{text:?}");
                let website = format!("https://{text}.example/");
                assert_eq!(refused(&form("", "", &website)), (code, Some(Field::Website)), "{text:?}");
            }
        }
    }

    #[test]
    fn a_decomposed_text_is_sent_composed() {
        let edit = |text: &str| {
            let whole = form(&format!(" {text}\u{A0}"), text, &format!("{text}.example"));
            ProfileEdit::new(&whole, NOW).unwrap()
        };

        assert_eq!(edit("Rene\u{301}e"), edit("Ren\u{E9}e"));
        assert_eq!(edit("Rene\u{301}e").full_name.as_deref(), Some("Ren\u{E9}e"));
    }

    #[test]
    fn a_text_pasted_into_a_name_is_refused_on_its_field() {
        let long = "x".repeat(257);

        assert_eq!(refused(&form(&long, "", "")), (ErrorCode::TextTooLong, Some(Field::FullName)));
        assert_eq!(refused(&form("", &long, "")), (ErrorCode::TextTooLong, Some(Field::Username)));
    }
}
