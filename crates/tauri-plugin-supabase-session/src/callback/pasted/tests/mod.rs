//! What people have in the clipboard, and what becomes of it.

mod bounds;
mod corpus;
mod gateways;

use std::time::SystemTime;

use base64::Engine;
use supabase_session::FlowKind;

use super::*;

const DEEP_LINK: &str = "app.foyer.desktop://auth/callback";
const TOKEN: &str = "pkce_d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f";
const FLOW: &str = "Zm95ZXItbm9uY2Utb2YtMTkyLWJpdHMt";
/// The link that all of these mails are about.
const MAIL: &str = "http://127.0.0.1:54321/auth/v1/verify?token=TOKEN&type=signup&redirect_to=app.foyer.desktop%3A%2F%2Fauth%2Fcallback%3Fflow%3DFLOW";

fn deep_link() -> Url {
    DEEP_LINK.parse().unwrap()
}

/// A sign-up that waits for a link to this place.
fn waiting(place: &str) -> PendingFlow {
    PendingFlow {
        id: FlowId::in_link(&format!("{DEEP_LINK}?flow={FLOW}").parse().unwrap()).unwrap(),
        kind: FlowKind::SignUp,
        email: Some("ada@example.com".to_owned()),
        owner: None,
        sent_at: SystemTime::UNIX_EPOCH,
        exchanging: false,
        redirect_to: Some(place.parse().unwrap()),
    }
}

fn filled_in(text: &str) -> String {
    text.replace("TOKEN", TOKEN).replace("FLOW", FLOW)
}

/// What is made of a text while that sign-up waits.
fn taken(text: &str) -> Result<String, Unusable> {
    read(&filled_in(text), &WaysIn { deep_link: &deep_link(), pending: &[waiting(DEEP_LINK)] })
}

/// The link that completes the sign-up.
fn completes() -> Result<String, Unusable> {
    Ok(filled_in(&format!("{DEEP_LINK}?flow=FLOW&token_hash=TOKEN&type=signup")))
}

/// A link that signs in, whatever waits.
fn signs_in(kind: &str) -> Result<String, Unusable> {
    Ok(filled_in(&format!("{DEEP_LINK}?token_hash=TOKEN&type={kind}")))
}

/// A value as it stands in a query.
fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(filled_in(text).as_bytes()).collect()
}

#[test]
fn the_plain_link_and_the_one_that_it_led_to() {
    assert_eq!(taken(MAIL), completes());
    for back in [
        format!("{DEEP_LINK}?code=8f0c9f6e-7f55-4a39-9a3c-5a1b8a2a7f10&flow={FLOW}"),
        format!("{DEEP_LINK}?code=8f0c9f6e-7f55-4a39-9a3c-5a1b8a2a7f10"),
        format!("{DEEP_LINK}?flow={FLOW}#error=access_denied&error_code=otp_expired&sb="),
        format!("{DEEP_LINK}#access_token=a&expires_in=3600&refresh_token=r&token_type=bearer&type=invite"),
        format!("http://127.0.0.1:49152/auth/callback?code=8f0c9f6e&flow={FLOW}"),
    ] {
        assert_eq!(taken(&format!(" {back}\n")), Ok(back));
    }
}

#[test]
fn a_link_whose_scheme_is_in_capitals_is_the_link_that_the_client_takes() {
    let code = format!("auth/callback?code=8f0c9f6e-7f55-4a39-9a3c-5a1b8a2a7f10&flow={FLOW}");
    for (written, scheme) in [
        ("App.foyer.desktop://", "app.foyer.desktop://"),
        ("HTTP://127.0.0.1:49152/", "http://127.0.0.1:49152/"),
    ] {
        assert_eq!(taken(&format!("{written}{code}")), Ok(format!("{scheme}{code}")), "{written}");
    }
}

#[test]
fn mail_gateways_keep_the_link_in_a_parameter() {
    let link = encoded(MAIL);
    for text in [
        format!(
            "https://eur01.safelinks.protection.outlook.com/?url={link}&data=05%7C02%7Cada%40example.com%7C0&sdata=abc%3D&reserved=0"
        ),
        format!(
            "https://nam02.safelinks.protection.outlook.com/ap/t-59584e83/?url={link}&data=05&reserved=0"
        ),
        format!("https://www.google.com/url?q={link}&sa=D&source=gmail&ust=1732668000000000&usg=AOvVaw"),
        format!("https://l.facebook.com/l.php?u={link}&h=AT0"),
        format!("https://linkprotect.cudasvc.com/url?a={link}&c=E,1,abc&typo=1"),
        format!("https://protect2.fireeye.com/v1/url?k=4c1d&q=1&e=7&u={link}"),
        format!("https://urldefense.proofpoint.com/v1/url?u={link}&k=abc&r=def"),
        format!("https://secure-web.cisco.com/1abcDEF-ghi/{link}"),
        format!("https://abc.r.eu-west-1.awstrack.me/L0/{link}/1/0102018f-1234/xyz="),
        format!("https://gateway.example/?next={}", encoded(&format!("https://www.google.com/url?q={link}"))),
        format!("https://gateway.example/?to={}", filled_in(MAIL)),
        format!("https://gateway.example/click#url={link}"),
        link,
    ] {
        assert_eq!(taken(&text), completes(), "{text}");
    }
}

#[test]
fn gateways_with_an_alphabet_of_their_own() {
    let link = filled_in(MAIL);
    let v2 = link.replace('_', "-5F").replace('%', "-25").replace("://", "-3A__").replace('/', "_");
    let v2 = v2.replace('?', "-3F").replace('=', "-3D").replace('&', "-26").replace(':', "-3A");
    assert_eq!(
        taken(&format!(
            "https://urldefense.proofpoint.com/v2/url?u={v2}&d=DwMFaQ&c=abc&r=def&m=ghi&s=jkl&e="
        )),
        completes()
    );

    // Every percent sign is a star, and the base64 behind it says so.
    let v3 = link.replace('%', "*");
    let signs = "%".repeat(link.matches('%').count());
    let signs = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(signs);
    assert_eq!(taken(&format!("https://urldefense.com/v3/__{v3}__;{signs}!!abc!def$")), completes());
    let one_slash = v3.replace("http://", "http:/");
    assert_eq!(taken(&format!("https://urldefense.com/v3/__{one_slash}__;{signs}!!abc!def$")), completes());
    // `**A` is a run of two.
    let run = "https://urldefense.com/v3/__https://app.example/a**A?token_hash=TOKEN&type=email__;Kys!!abc$";
    assert_eq!(taken(run), signs_in("email"));

    for engine in
        [base64::engine::general_purpose::STANDARD, base64::engine::general_purpose::URL_SAFE_NO_PAD]
    {
        let value = encoded(&engine.encode(&link));
        let text =
            format!("https://eu-west-1.protection.sophos.com?d=127.0.0.1&u={value}&i=NjA=&t=abc&h=def&s=AVN");
        assert_eq!(taken(&text), completes());
    }
}

#[test]
fn a_gateway_that_keeps_the_link_to_itself_is_named_as_what_it_is() {
    for text in [
        "https://protect-eu.mimecast.com/s/AbCdEfGhIjKl?domain=127.0.0.1",
        "https://url.us.m.mimecastprotect.com/s/AbCdEfGhIjKl?domain=example.com",
        "Confirm: https://u123.ct.sendgrid.net/ls/click?upn=u001.abc",
    ] {
        assert_eq!(taken(text), Err(Unusable::Sealed), "{text}");
    }
    assert_eq!(taken("https://notmimecast.com/s/abc"), Err(Unusable::NoLink));
    assert_eq!(taken(&format!("https://protect-eu.mimecast.com/s/abc and {MAIL}")), completes());
}

#[test]
fn a_mails_source() {
    let html = MAIL.replace('&', "&amp;");
    for text in [
        html.clone(),
        MAIL.replace('&', "&#38;"),
        MAIL.replace('&', "&#x26;"),
        html.replace('&', "&amp;"),
        format!("<p><a href=\"{html}\" style=\"color:#fff\">Confirm</a></p>"),
        format!("<a href=3D\"{}\">Confirm</a>", html.replace('=', "=3D")),
        MAIL.replace('=', "=3D"),
        // A soft break in the middle of an escape, and one whose line end the clipboard has lost.
        html.replace('=', "=3D").replacen("&amp;", "&a=\nmp;", 1),
        html.replace('=', "=3D").replacen("&amp;", "&a=\r\nmp;", 1),
        html.replace('=', "=3D").replacen("&amp;", "&a=mp;", 1),
        html.replace('=', "=3D").replacen("redirect", "redi=  \nrect", 1),
        filled_in(&html.replace('=', "=3D")).replace("nonce", "no=\nnce").replace("d14a028c", "d14=\na028c"),
    ] {
        assert_eq!(taken(&text), completes(), "{text}");
    }
}

#[test]
fn what_stands_around_a_link() {
    for around in [
        "<LINK>",
        "<URL:LINK>",
        "\"LINK\"",
        "'LINK'",
        "“LINK”",
        "«LINK»",
        "(LINK)",
        "[Confirm](LINK)",
        "[LINK](LINK)",
        "**LINK**",
        "`LINK`",
        "LINK.",
        "LINK,",
        "LINK)",
        "LINK>",
        "LINK).",
        "LINK!",
        "Confirm your address: LINK",
        "Confirm your address:\r\n\r\nLINK\r\n\r\nRegards,\r\nAda",
        "LINK\nRegards, Ada",
        "Not https://example.com/imprint?x=1 but LINK and not https://example.com/verify?x=2",
        "> > LINK",
        "\u{feff}LINK\u{200b}",
        "LINK or https://app.example/auth/confirm?token_hash=1&type=email",
    ] {
        assert_eq!(taken(&around.replace("LINK", MAIL)), completes(), "{around}");
    }
    assert_eq!(taken(&MAIL.replace('_', "\\_").replace('&', "\\&")), completes());
}

#[test]
fn a_link_that_is_broken_over_lines_at_any_place() {
    let link = filled_in(MAIL);
    for at in "http://127".len()..link.len() {
        let (one, other) = link.split_at(at);
        for broken in [format!("{one}\n{other}"), format!("> {one}\r\n> {other}\r\n>\r\n> Regards,\r\n> Ada")]
        {
            assert_eq!(taken(&broken), completes(), "{broken}");
        }
    }
    let lines: Vec<&str> = link.as_bytes().chunks(20).map(|line| str::from_utf8(line).unwrap()).collect();
    assert_eq!(taken(&lines.join("\n    ")), completes());
}

#[test]
fn the_page_of_the_projects_owner() {
    for text in [
        "https://app.example/auth/confirm?token_hash=TOKEN&type=email&next=/",
        "https://app.example/auth/confirm?next=/account&type=email&token_hash=TOKEN",
        "https://app.example/#/confirm?token_hash=TOKEN&type=email",
        "https://app.example/confirm#token_hash=TOKEN&type=email",
        "http://localhost:3000/auth/confirm?token_hash=TOKEN&type=email",
        "https://app.example/open?link=https%3A%2F%2Fapp.example%2Fauth%2Fconfirm%3Ftoken_hash%3DTOKEN%26type%3Demail",
    ] {
        assert_eq!(taken(text), signs_in("email"), "{text}");
    }
    // The owner's template may name where the person came from, and some lead on to the Auth server's own link.
    let back = "app.foyer.desktop%3A%2F%2Fauth%2Fcallback%3Fflow%3DFLOW";
    for text in [
        format!("https://app.example/auth/confirm?token_hash=TOKEN&type=signup&redirect_to={back}"),
        format!("https://app.example/auth/confirm?token_hash=TOKEN&type=signup&next={back}"),
        format!("{DEEP_LINK}?flow=FLOW&token_hash=TOKEN&type=signup"),
        format!("https://app.example/confirm?confirmation_url={}", encoded(MAIL)),
        format!("https://app.example/confirm?confirmation_url={MAIL}"),
    ] {
        assert_eq!(taken(&text), completes(), "{text}");
    }
}

#[test]
fn the_servers_link_behind_a_proxy_of_any_kind() {
    for start in [
        "http://127.0.0.1:54321/verify",
        "http://kong:8000/auth/v1/verify",
        "http://auth:9999/verify",
        "https://abcd.supabase.co/auth/v1/verify",
        "https://other.example/some/path/auth/v1/verify/",
    ] {
        assert_eq!(
            taken(&MAIL.replace("http://127.0.0.1:54321/auth/v1/verify", start)),
            completes(),
            "{start}"
        );
    }
}

#[test]
fn a_link_without_its_type_is_told_apart() {
    for text in [
        "http://127.0.0.1:54321/auth/v1/verify?token=TOKEN",
        "http://127.0.0.1:54321/auth/v1/verify?token=TOKEN&redirect_to=https://app.example",
        "https://app.example/auth/confirm?token_hash=TOKEN&next=/",
        "app.foyer.desktop://auth/callback?flow=FLOW&token_hash=TOKEN",
    ] {
        assert_eq!(taken(text), Err(Unusable::NoType), "{text}");
    }
}

#[test]
fn a_flow_that_does_not_wait_any_more_is_left_out_and_one_that_waits_at_a_port_keeps_it() {
    let port = "http://127.0.0.1:49152/auth/callback";
    let mail = MAIL.replace("app.foyer.desktop%3A%2F%2Fauth%2Fcallback", &encoded(port));
    let read = |text: &str, pending: &[PendingFlow]| {
        read(&filled_in(text), &WaysIn { deep_link: &deep_link(), pending })
    };

    assert_eq!(read(MAIL, &[]), signs_in("signup"));
    assert_eq!(read(&mail, &[]), signs_in("signup"));
    let at_the_port = Ok(filled_in(&format!("{port}?flow=FLOW&token_hash=TOKEN&type=signup")));
    assert_eq!(read(&mail, &[waiting(port)]), at_the_port);
    assert_eq!(read(&mail.replace("49152", "50000"), &[waiting(port)]), at_the_port);
}

#[test]
fn everything_else_is_no_link_that_signs_in() {
    for text in [
        "",
        "nonsense",
        "https://example.com/nonsense",
        "https://example.com/?code=8f0c9f6e-7f55-4a39-9a3c-5a1b8a2a7f10",
        "https://example.com/token?token=TOKEN&type=signup",
        "https://example.com/verify?token=TOKEN&type=sms",
        "https://example.com/verify?token=&type=signup",
        "https://example.com/verify?token=a%20b&type=signup",
        "https://example.com/verify?token=a%2Fb&type=signup",
        "ftp://example.com/verify?token=TOKEN&type=signup",
        "other.app.desktop://auth/callback?code=8f0c9f6e-7f55-4a39-9a3c-5a1b8a2a7f10",
        "app.foyer.desktop://evil/callback?code=8f0c9f6e-7f55-4a39-9a3c-5a1b8a2a7f10",
        "app.foyer.desktop://auth/callback?flow=FLOW",
        "app.foyer.desktop://auth/callback",
        "https://example.com/#access_token=a&refresh_token=r&expires_in=1&token_type=bearer",
    ] {
        assert_eq!(taken(text), Err(Unusable::NoLink), "{text}");
    }
}

#[test]
fn a_mails_source_whose_lines_are_broken_at_any_place() {
    // Digits behind a soft break look like an octet of its own.
    for token in [TOKEN, "pkce_41424344454647484950515253545556575859606162636465666768"] {
        let swap = |text: &str| filled_in(text).replace(TOKEN, token);
        let link = encoded(&swap(MAIL));
        let source = format!(
            "Confirm:\n<https://eur01.safelinks.protection.outlook.com/?url=3D{link}&amp;data=3D05>."
        );
        for at in source.find("outlook").unwrap()..source.len() - 2 {
            let (one, other) = source.split_at(at);
            // No mailer breaks a line inside of an octet.
            if one.ends_with('=') || one.ends_with("=3") || one.ends_with("=0") {
                continue;
            }
            // The line end may be lost on the way here, and what follows then look like an octet.
            for end in ["=\n", "=\r\n", "= \n", "="] {
                assert_eq!(
                    taken(&format!("{one}{end}{other}")),
                    completes().map(|link| swap(&link)),
                    "{one}{end}"
                );
            }
        }
    }
}
