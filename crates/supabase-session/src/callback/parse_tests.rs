//! Tests of `parse.rs`: what the server makes is read, everything else is refused.

use proptest::prelude::*;

use super::*;

const OURS: &str = "app.foyer.desktop://auth/callback";

fn ours() -> Url {
    OURS.parse().unwrap()
}

fn refusal(link: &str) -> Option<LinkError> {
    Callback::parse(link, &ours()).err()
}

#[test]
fn a_code_with_its_nonce() {
    for link in [
        "?code=0a1b-2c&flow=n0nce",
        "?flow=n0nce&code=0a1b-2c",
        "?code=0a1b-2c&flow=n0nce#",
        "?code=0a1b-2c&flow=n0nce#sb=",
    ] {
        let callback = Callback::parse(&format!("{OURS}{link}"), &ours()).unwrap();

        assert_eq!(callback.flow.unwrap().expose(), "n0nce");
        assert!(matches!(callback.answer, Answer::Code(code) if code.expose() == "0a1b-2c"), "{link}");
    }
}

#[test]
fn the_query_wins_over_the_fragment() {
    let link = format!(
        "{OURS}?error=access_denied&error_code=otp_expired&flow=n#error=server_error&error_code=other&sb="
    );

    let callback = Callback::parse(&link, &ours()).unwrap();

    assert!(
        matches!(callback.answer, Answer::Refusal { error, code: Some(code) } if error == "access_denied" && code == "otp_expired")
    );
}

#[test]
fn an_error_in_the_fragment_alone_is_read() {
    let link = format!(
        "{OURS}?flow=abc#error=access_denied&error_code=otp_expired&error_description=Email+link&sb="
    );

    let callback = Callback::parse(&link, &ours()).unwrap();

    assert_eq!(callback.flow.unwrap().expose(), "abc");
    assert!(matches!(callback.answer, Answer::Refusal { code: Some(code), .. } if code == "otp_expired"));
}

#[test]
fn tokens_that_are_no_whole_session_in_the_fragment_are_refused() {
    let whole = "access_token=a&refresh_token=r&expires_in=3600&token_type=bearer";
    for rest in [
        format!("?{whole}"),
        format!("?code=c&flow=n#{whole}"),
        format!("?token_hash=h&type=email#{whole}"),
        format!("?error=access_denied#{whole}"),
        format!("#{whole}&error=x"),
        format!("#{}", whole.replace("bearer", "mac")),
        format!("#{}", whole.replace("3600", "soon")),
        format!("#{}", whole.replace("=r&", "=&")),
        format!("#{}", whole.replace("=a&", "=a%20b&")),
    ] {
        assert_eq!(refusal(&format!("{OURS}{rest}")), Some(LinkError::Tokens), "{rest}");
    }
    for rest in [
        "?flow=n#access_token=a",
        "?flow=n&access_token=a&refresh_token=r",
        "?code=c&flow=n#refresh_token=r",
        "?code=c&flow=n#provider_token=p",
        "?code=c&flow=n&access%5Ftoken=a",
    ] {
        assert_eq!(refusal(&format!("{OURS}{rest}")), Some(LinkError::Tokens), "{rest}");
    }
}

#[test]
fn another_place_is_foreign() {
    for link in [
        "",
        "app.foyer.desktop://auth/callback/?code=c",
        "app.foyer.desktop://auth/callback/sub?code=c",
        "app.foyer.desktop://auth/callbackx?code=c",
        "app.foyer.desktop://auth/Callback?code=c",
        "app.foyer.desktop://auth:80/callback?code=c",
        "app.foyer.desktop://user@auth/callback?code=c",
        "app.foyer.desktop://evil/callback?code=c",
        "app.foyer.desktop:auth/callback?code=c",
        "APP.FOYER.DESKTOP://auth/callback?code=c",
        " app.foyer.desktop://auth/callback?code=c",
        "app.foyer.desktop://auth/./callback?code=c",
        "app.foyer.desktop://auth/%63allback?code=c",
        "app.foyer.desktop.evil://auth/callback?code=c",
        "https://auth/callback?code=c",
        "javascript:alert(1)",
        "--help",
    ] {
        assert_eq!(refusal(link), Some(LinkError::Foreign), "{link}");
    }
}

#[test]
fn what_the_server_never_writes_is_malformed() {
    for rest in [
        "?code=c&code=d&flow=n",
        "?code=c&flow=n&flow=m",
        "?code=c&c%6Fde=d&flow=n",
        "?code=&flow=n",
        "?code=c&flow=",
        "?code=c%20d&flow=n",
        "?code=c%&flow=n",
        "?code=c%4&flow=n",
        "?code=c%zz&flow=n",
        "?code=%ff&flow=n",
        "?code=%00&flow=n",
        "?code=c&flow=n&&",
        "?code=c&flow=n&",
        "?&code=c&flow=n",
        "?code&flow=n",
        "?=c&flow=n",
        "?code=c d&flow=n",
        "?code=c\n&flow=n",
        "?code=ä&flow=n",
        "?code=c&flow=n#a=1&a=2",
        "?code=c&flow=n#a=1#b=2",
        "?code=c?x&flow=n",
        "?code=c&error=access_denied&flow=n",
        "?code=<script>&flow=n",
    ] {
        assert_eq!(refusal(&format!("{OURS}{rest}")), Some(LinkError::Malformed), "{rest}");
    }
}

#[test]
fn neither_yes_nor_no_is_silent() {
    for rest in ["", "?", "#", "?flow=n", "#token_hash=h&type=email", "#code=c"] {
        assert_eq!(refusal(&format!("{OURS}{rest}")), Some(LinkError::Silent), "{rest}");
    }
}

#[test]
fn the_first_of_two_confirmations_brings_a_message_and_no_code() {
    for rest in
        ["?flow=n&message=Confirmation+accepted#message=Confirmation+accepted&sb=", "?flow=n#message=x"]
    {
        let callback = Callback::parse(&format!("{OURS}{rest}"), &ours()).unwrap();

        assert_eq!(callback.flow.unwrap().expose(), "n");
        assert!(matches!(callback.answer, Answer::Halfway), "{rest}");
    }
}

#[test]
fn a_whole_session_in_the_fragment_is_read() {
    let rest = "?flow=n#access_token=a&expires_at=1&expires_in=3600&refresh_token=r&sb=&token_type=bearer&type=invite";
    let callback = Callback::parse(&format!("{OURS}{rest}"), &ours()).unwrap();

    let Answer::Tokens(tokens) = callback.answer else { panic!("{:?}", callback.answer) };
    assert_eq!((tokens.access.expose().as_str(), tokens.refresh.expose().as_str()), ("a", "r"));
    assert_eq!((tokens.expires_in, tokens.kind), (3600, Some(VerifyKind::Invite)));
    assert_eq!(format!("{tokens:?}").matches("Secret(..)").count(), 2);
}

#[test]
fn a_session_whose_user_has_much_metadata_is_read() {
    // With 900 bytes of metadata a real invitation's link had 2,053 bytes; keys and hooks add to that.
    for length in [2_053, 9_000, 15_000] {
        let token = "a".repeat(length);
        let rest =
            format!("#access_token={token}&expires_in=3600&refresh_token=r&token_type=bearer&type=invite");
        let callback = Callback::parse(&format!("{OURS}{rest}"), &ours()).unwrap();

        assert!(
            matches!(callback.answer, Answer::Tokens(tokens) if *tokens.access.expose() == token),
            "{length}"
        );
    }
}

#[test]
fn a_hash_needs_a_type_that_is_known_and_nothing_beside_it() {
    let read = |rest: &str| Callback::parse(&format!("{OURS}{rest}"), &ours());

    let callback = read("?token_hash=pkce_0a1b&type=recovery&flow=n").unwrap();
    assert!(
        matches!(callback.answer, Answer::Hash(VerifyKind::Recovery, hash) if hash.expose() == "pkce_0a1b")
    );
    for rest in [
        "?token_hash=h",
        "?token_hash=h&type=zzz",
        "?token_hash=&type=email",
        "?token_hash=h%2F&type=email",
        "?token_hash=h&type=email&code=c",
        "?token_hash=h&type=email&error=x",
    ] {
        assert_eq!(read(rest).err(), Some(LinkError::Malformed), "{rest}");
    }
}

#[test]
fn sixteen_kibibytes_are_the_limit() {
    let link = |len: usize| {
        let beginning = format!("{OURS}?code=c&flow=n&x=");
        format!("{beginning}{}", "y".repeat(len - beginning.len()))
    };

    assert_eq!(LONGEST_LINK, 16 * 1024);
    assert_eq!(refusal(&link(LONGEST_LINK)), None);
    assert_eq!(refusal(&link(LONGEST_LINK + 1)), Some(LinkError::TooLong));
}

#[test]
fn a_loopback_redirect_keeps_its_port() {
    let redirect_to: Url = "http://127.0.0.1:49152/auth/callback".parse().unwrap();

    assert!(Callback::parse("http://127.0.0.1:49152/auth/callback?code=c&flow=n", &redirect_to).is_ok());
    for link in [
        "http://127.0.0.1:49153/auth/callback?code=c",
        "http://127.0.0.1/auth/callback?code=c",
        "http://localhost:49152/auth/callback?code=c",
    ] {
        assert_eq!(Callback::parse(link, &redirect_to).err(), Some(LinkError::Foreign), "{link}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_text_makes_it_panic(text in ".*") {
        prop_assert!(Callback::parse(&text, &ours()).is_err() || text.starts_with(OURS));
    }

    #[test]
    fn no_end_of_our_link_makes_it_panic_and_what_it_accepts_is_what_it_says(end in r"[?#][a-z_=&%+#?0-9A-F./~\-\\ ä]{0,60}") {
        if let Ok(Callback { flow, answer }) = Callback::parse(&format!("{OURS}{end}"), &ours()) {
            prop_assert!(flow.is_none_or(|flow| !flow.expose().is_empty()));
            if let Answer::Code(code) = answer {
                let needle = format!("code={}", code.expose());
                prop_assert!(end.contains(&needle) || end.contains('%'));
            }
        }
    }

    #[test]
    fn no_other_place_is_accepted(
        scheme in "(app\\.foyer\\.desktop|https?|app\\.foyer|[a-z]{1,8})",
        user in "(|[a-z]{1,5}@|[a-z]{1,3}:[a-z]{1,3}@)",
        host in "(auth|evil|auth\\.evil|[a-z.]{1,12})",
        port in "(|:[0-9]{1,5})",
        path in "(/callback|/callback/|/Callback|/callbac|//callback|/[a-z/.]{0,12})",
    ) {
        let place = format!("{scheme}://{user}{host}{port}{path}");
        let outcome = Callback::parse(&format!("{place}?code=c&flow=n"), &ours());
        prop_assert_eq!(outcome.is_ok(), place == OURS);
    }
}
