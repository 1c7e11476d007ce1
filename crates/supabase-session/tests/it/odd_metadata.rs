//! Metadata that no parser reads as a whole: nested deeper than it goes, or with a number beyond every other. It is as
//! good as absent, and all that stands beside it counts: whoever has it signs in, also after a restart.

use supabase_session::{Client, Completed, SignUpOutcome, User};

use crate::fake::{EMAIL, NOW, REDIRECT, Reply, USER_ID, World, raw, session};
use crate::jwt::text;
use crate::sign_up::wish;

const PROVIDER: &str = "github";
const FACTOR: &str = "7f1c7a0e-0000-4000-8000-000000000001";

/// What a user, a provider or a hook may have written somewhere into the metadata, as JSON.
fn odd() -> Vec<String> {
    let lists = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let objects = |levels: usize| format!("{}1{}", r#"{"a":"#.repeat(levels), "}".repeat(levels));
    let number = ["1e999", "-1e999", r#"{"n":1e999}"#, "[1e999, 2]"].map(str::to_owned);
    let nested = [120, 127, 128, 130].into_iter().flat_map(|levels| [lists(levels), objects(levels)]);
    number.into_iter().chain(nested).chain([lists(10_000)]).collect()
}

/// The user as the server describes them, with this in each kind of metadata.
fn described(odd: &str) -> String {
    format!(
        r#"{{"id":"{USER_ID}","email":"{EMAIL}","odd":{odd},"user_metadata":{{"odd":{odd},"full_name":"Ada"}},
            "app_metadata":{{"provider":"{PROVIDER}","odd":{odd}}},"factors":[{{"id":"{FACTOR}"}}],
            "identities":[{{"provider":"{PROVIDER}","identity_data":{{"odd":{odd},"email":"{EMAIL}"}}}},{odd}]}}"#
    )
}

/// An access token whose claims hold this.
fn token(odd: &str) -> String {
    let claims = format!(
        r#"{{"sub":"{USER_ID}","exp":{},"session_id":"{FACTOR}","email":"{EMAIL}","role":"authenticated",
            "app_metadata":{{"odd":{odd}}},"user_metadata":{{"odd":{odd},"full_name":"Ada"}},"hook":{odd}}}"#,
        NOW + 3600
    );
    format!("e30.{}.c2ln", text(claims.as_bytes()))
}

/// The answer that carries a session. `user` is what it says of the user.
fn issued(odd: &str, user: &str) -> Reply {
    let token = token(odd);
    raw(
        200,
        &[],
        &format!(
            r#"{{"access_token":"{token}","refresh_token":"r","expires_in":3600,"weak_password":{odd},"user":{user}}}"#
        ),
    )
}

/// A server whose users are all like this.
fn serve(odd: &str) -> World {
    let odd = odd.to_owned();
    World::new(move |seen| match seen.what() {
        "user" | "signup" => raw(200, &[], &described(&odd)),
        "logout" => raw(204, &[], ""),
        _ => issued(&odd, &described(&odd)),
    })
}

fn is_whole(user: &User) -> bool {
    let identities = user.identities();
    let identity = identities.first();
    user.id.to_string() == USER_ID
        && user.email.as_deref() == Some(EMAIL)
        && user.user_metadata["full_name"] == "Ada"
        && user.other["app_metadata"]["provider"] == PROVIDER
        && user.factors().len() == 1
        && identity.is_some_and(|it| it.provider == PROVIDER && it.email.as_deref() == Some(EMAIL))
}

async fn restored(client: &Client) -> Option<User> {
    client.restore().await.signed_in().map(|now| now.user.clone())
}

#[tokio::test]
async fn whoever_has_metadata_that_cannot_be_read_signs_in_and_stays_signed_in() {
    for odd in odd() {
        let (world, start) = (serve(&odd), &odd[..odd.len().min(20)]);
        world.client.restore().await;

        let signed_in = world.client.sign_in_with_password(EMAIL, "Passw0rd!".into()).await;

        let signed_in = signed_in.unwrap_or_else(|error| panic!("{error}: {start}"));
        assert!(is_whole(&signed_in), "{start}: {signed_in:?}");
        assert_eq!(world.client.get_user().await.unwrap(), signed_in, "{start}");
        world.client.refresh().await.unwrap();
        assert_eq!(restored(&world.restarted().client).await, Some(signed_in), "{start}");
    }
}

#[tokio::test]
async fn a_number_that_cannot_be_read_takes_nothing_beside_it_away() {
    let user = serve("[1e999, 2]").client.sign_in_with_password(EMAIL, "Passw0rd!".into()).await.unwrap();

    assert_eq!(user.user_metadata["odd"], serde_json::json!([null, 2]));
}

#[tokio::test]
async fn claims_beside_metadata_that_cannot_be_read_are_told() {
    for odd in odd() {
        let (world, start) = (serve(&odd), &odd[..odd.len().min(20)]);
        world.client.sign_in_with_password(EMAIL, "Passw0rd!".into()).await.unwrap();

        let claims = world.client.get_claims().await.unwrap_or_else(|error| panic!("{error}: {start}"));

        assert_eq!((claims.sub.to_string().as_str(), claims.exp), (USER_ID, NOW + 3600), "{start}");
        assert_eq!(claims.session_id.unwrap().to_string(), FACTOR, "{start}");
        assert_eq!(claims.other["user_metadata"]["full_name"], "Ada", "{start}");
    }
}

#[tokio::test]
async fn where_the_answer_names_no_user_the_claims_tell_who_it_is() {
    for odd in odd() {
        let (named, start) = (odd.clone(), &odd[..odd.len().min(20)]);
        let world = World::new(move |_| issued(&named, &named));
        world.client.restore().await;

        let user = world.client.sign_in_with_password(EMAIL, "Passw0rd!".into()).await;

        let user = user.unwrap_or_else(|error| panic!("{error}: {start}"));
        assert_eq!((user.email.as_deref(), &user.user_metadata["full_name"]), (Some(EMAIL), &"Ada".into()));
        assert_eq!(restored(&world.restarted().client).await, Some(user), "{start}");
    }
}

#[tokio::test]
async fn a_sign_up_with_metadata_that_cannot_be_read_waits_for_its_mail() {
    for odd in odd() {
        let outcome = serve(&odd).client.sign_up(wish(EMAIL)).await;

        let start = &odd[..odd.len().min(20)];
        assert!(matches!(outcome, Ok(SignUpOutcome::ConfirmationSent(_))), "{start}: {outcome:?}");
    }
}

#[tokio::test]
async fn the_tokens_of_a_link_are_taken_whatever_the_users_metadata_holds() {
    for odd in odd() {
        let world = serve(&odd).implicit();
        world.client.restore().await;
        let link = format!("{REDIRECT}#access_token=a&refresh_token=r&expires_in=3600&token_type=bearer");
        let held = world.client.complete(&link).await.unwrap();
        let Completed::Unsolicited(unsolicited) = held else { panic!("{held:?}") };

        let accepted = world.client.accept(unsolicited).await;

        let start = &odd[..odd.len().min(20)];
        assert!(matches!(accepted, Ok(Completed::SignedIn(_))), "{start}: {accepted:?}");
        assert!(restored(&world.restarted().client).await.is_some_and(|user| is_whole(&user)), "{start}");
    }
}

/// `serde_json` reads this key as a text that holds JSON, and begins to count the levels anew.
#[tokio::test]
async fn no_key_of_the_metadata_means_anything_to_the_parser() {
    let mut odd = "1".to_owned();
    for _ in 0..14 {
        let nested = format!("{}{odd}{}", "[".repeat(100), "]".repeat(100));
        odd = serde_json::json!({ "$serde_json::private::RawValue": nested }).to_string();
    }

    let user = serve(&odd).client.sign_in_with_password(EMAIL, "Passw0rd!".into()).await.unwrap();

    assert!(is_whole(&user));
    assert!(user.user_metadata["odd"]["$serde_json::private::RawValue"].is_string());
}

#[tokio::test]
async fn times_that_cannot_be_read_are_as_good_as_absent() {
    for odd in odd() {
        let mut answer = session("1");
        answer["expires_in"] = "ODD".into();
        answer["token_type"] = "ODD".into();
        let body = answer.to_string().replace(r#""ODD""#, &odd);
        let world = World::new(move |_| raw(200, &[], &body));

        let signed_in = world.client.sign_in_with_password(EMAIL, "Passw0rd!".into()).await;

        let start = &odd[..odd.len().min(20)];
        assert!(signed_in.is_ok(), "{start}: {signed_in:?}");
        let left = world.client.get_session().await.unwrap().unwrap().expires_in.as_secs();
        assert_eq!(left, 3600, "{start}");
    }
}
