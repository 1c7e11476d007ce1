//! More of what stands between a mail and the clipboard: senders that count clicks, gateways, and sources of mails.

use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::json;

use super::*;

#[test]
fn senders_that_count_clicks_and_the_gateways_of_german_mail_hosts() {
    let link = encoded(MAIL);
    let bare = encoded(MAIL.strip_prefix("http://").unwrap());
    let nested = json!({ "u": 1, "v": 1, "url": filled_in(MAIL), "id": "a" }).to_string();
    let mandrill = json!({ "s": "abc", "v": 1, "p": nested }).to_string();
    let customer = json!({ "email_id": "a", "href": filled_in(MAIL), "link_id": 1 }).to_string();
    for text in [
        format!("https://click.pstmrk.it/3/{bare}/AbCd/EfGh/AQ/abc/1/def"),
        format!("https://us-east-1.resend-clicks.com/CL0/{link}/1/0100-abc/def=123"),
        format!("https://mandrillapp.com/track/click/123/127.0.0.1?p={}", URL_SAFE_NO_PAD.encode(&mandrill)),
        format!("https://e.customeriomail.com/e/c/{}/abcdef", URL_SAFE_NO_PAD.encode(&customer)),
        format!("https://deref-gmx.net/mail/client/abc/dereferrer/?redirectUrl={link}"),
        format!("https://deref-web.de/mail/client/abc/dereferrer/?redirectUrl={link}&lm"),
        format!("https://url.avanan.click/v2/___{}___.YXAzOmFiYzphOm86", filled_in(MAIL)),
        format!("https://protect.checkpoint.com/v2/___{}___.ZXUzOmFiYzphOm86", filled_in(MAIL)),
        format!(
            "https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url={link}&x=1"
        ),
        format!("https://imsva91-ctp.trendmicro.com:443/wis/clicktime/v1/query?url={link}&umid=abc&auth=def"),
        format!("https://url-click.example.com/fmlurlsvc/?fewReq=:B:abc&url={link}"),
        format!("https://safe.menlosecurity.com/{}", filled_in(MAIL)),
        format!("https://r.search.example/_ylt=abc/RV=2/RE=1/RO=10/RU={link}/RK=2/RS=def"),
        format!(
            "https://deu01.safelinks.protection.outlook.com/?url={}&data=05",
            encoded(&format!("https://deref-gmx.net/mail/client/abc/dereferrer/?redirectUrl={link}"))
        ),
    ] {
        assert_eq!(taken(&text), completes(), "{text}");
    }
    let https = encoded("app.example/auth/confirm?token_hash=TOKEN&type=email");
    assert_eq!(taken(&format!("https://track.pstmrk.it/3s/{https}/AbCd/EfGh")), signs_in("email"));
}

#[test]
fn more_gateways_that_keep_the_link_to_themselves() {
    for text in [
        "https://atpscan.global.hornetsecurity.com/index.php?atp_str=AbCdEf",
        "https://url.us.m.avanan.click/v2/r01/___mYYu://BBB.jCfRuQj.HTR___.YXAzOmFiYw",
        "https://ctrk.klclick.com/l/01ABC_1",
    ] {
        assert_eq!(taken(text), Err(Unusable::Sealed), "{text}");
    }
}

#[test]
fn a_forwarded_mail_of_outlook_in_german() {
    let text = format!(
        "Von: Foyer <noreply@example.com>\r\nGesendet: Freitag, 27. November 2026 09:00\r\nAn: Ada\r\n\
         Betreff: AW: Bestätigen Sie Ihre Adresse\r\n\r\nGuten Tag,\r\n\r\nBestätigen\
         <https://deu01.safelinks.protection.outlook.com/?url={}&data=05%7C02%7C&reserved=0>\r\n\r\n\
         Mit freundlichen Grüßen",
        encoded(MAIL)
    );
    assert_eq!(taken(&text), completes());
    for around in
        ["„LINK“", "‚LINK‘", "»LINK«", "[LINK]", "HYPERLINK \"LINK\" Bestätigen", "<LINK|Bestätigen>"]
    {
        assert_eq!(taken(&around.replace("LINK", MAIL)), completes(), "{around}");
    }
}

#[test]
fn a_link_out_of_json() {
    let json = json!({ "HTML": format!("<a href=\"{MAIL}\">Confirm</a>"), "Subject": "Confirm" }).to_string();
    for text in [
        json.clone(),
        json.replace('/', "\\/"),
        json.replace('&', "\\u0026"),
        json.replace('&', "\\u0026").replace('=', "\\u003d").replace('<', "\\u003C"),
        json!({ "log": json.replace('&', "\\u0026") }).to_string(),
    ] {
        assert_eq!(taken(&text), completes(), "{text}");
    }
    for odd in ["\\u", "\\u00", "\\uD800", "\\u+026", "\\uzzzz"] {
        assert_eq!(taken(&format!("{odd} {MAIL}")), completes(), "{odd}");
    }
}

/// A text as a mailer writes it in base64.
fn in_base64(text: &str, end: &str) -> String {
    let digits = STANDARD.encode(filled_in(text));
    let lines: Vec<&str> = digits.as_bytes().chunks(76).map(|line| str::from_utf8(line).unwrap()).collect();
    lines.join(end)
}

#[test]
fn a_mails_source_in_base64() {
    let html = format!("<p>Bestätigen: <a href=\"{}\">hier</a></p>", MAIL.replace('&', "&amp;"));
    for end in ["\n", "\r\n", "\n    "] {
        for (text, html) in [("Grüße\n", html.as_str()), (MAIL, "<p>none</p>"), (MAIL, &html)] {
            let source = format!(
                "Subject: =?UTF-8?B?QmVzdMOkdGlnZW4=?={end}MIME-Version: 1.0{end}{end}--abc{end}\
                 Content-Type: text/plain; charset=utf-8{end}Content-Transfer-Encoding: base64{end}{end}{}{end}{end}\
                 --abc{end}Content-Type: text/html; charset=utf-8{end}Content-Transfer-Encoding: base64{end}{end}{}{end}\
                 --abc--{end}",
                in_base64(text, end),
                in_base64(html, end)
            );
            assert_eq!(taken(&source), completes(), "{source}");
        }
    }
    // The part alone, and one of which the end was not copied.
    let part = in_base64(&format!("{MAIL}\n\nMit freundlichen Grüßen, und noch ein wenig mehr Text."), "\n");
    for cut in 0..6 {
        assert_eq!(taken(&part[..part.len() - cut]), completes(), "{cut}");
    }
}
