//! Mail templates: the part of Go's `html/template` that they use, which is fields such as `{{ .Token }}`; and the plain
//! text of an HTML mail.

use std::collections::BTreeMap;

/// The values of a template's fields, by the field's name without the dot.
pub(crate) type Fields<'a> = BTreeMap<&'static str, &'a str>;

/// `template` with the values of its fields, escaped for HTML text and attributes. An unknown field becomes empty, and so
/// does an action that is not a field.
pub(crate) fn render(template: &str, fields: &Fields<'_>) -> String {
    fill(template, fields, escape_html)
}

/// `template` with the values of its fields as they are, for a subject line.
pub(crate) fn render_text(template: &str, fields: &Fields<'_>) -> String {
    fill(template, fields, str::to_owned)
}

fn fill(template: &str, fields: &Fields<'_>, write: impl Fn(&str) -> String) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.push_str(before);
        let Some((action, after)) = after.split_once("}}") else {
            // An action without its end stays in the text, so that the author of the template sees it.
            filled.push_str("{{");
            rest = after;
            continue;
        };
        let value = action.trim().strip_prefix('.').and_then(|name| fields.get(name));
        filled.push_str(&write(value.copied().unwrap_or_default()));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

fn escape_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&#34;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// The plain text of a mail's HTML: the text between the tags, without the head; each run of blanks becomes one.
pub(crate) fn plain_text(html: &str) -> String {
    let body = html.split_once("</head>").map_or(html, |(_, body)| body);
    let mut text = String::with_capacity(body.len());
    let mut in_tag = false;
    for character in body.chars() {
        match character {
            '<' => {
                in_tag = true;
                text.push(' ');
            }
            '>' if in_tag => in_tag = false,
            other if !in_tag => text.push(other),
            _ => {}
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    unescape_html(&words.join(" "))
}

fn unescape_html(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_filled_in_and_cannot_break_out_of_the_html() {
        let fields = Fields::from([("Email", "<b>\"x\"</b>")]);

        assert_eq!(render("<p>{{ .Email }}{{.Nope}}</p>", &fields), "<p>&lt;b&gt;&#34;x&#34;&lt;/b&gt;</p>");
    }

    #[test]
    fn a_subject_is_filled_in_as_it_is() {
        assert_eq!(render_text("{{ .Token }} is it", &Fields::from([("Token", "1&2")])), "1&2 is it");
    }

    #[test]
    fn an_unclosed_action_stays_text() {
        assert_eq!(render("a {{ .Token", &Fields::new()), "a {{ .Token");
    }

    #[test]
    fn the_text_of_a_mail_is_what_one_reads() {
        let html =
            "<html><head><title>No</title></head><body><h1>Hi</h1>\n <a href=\"x\">Open</a> &amp; go</body>";

        assert_eq!(plain_text(html), "Hi Open & go");
    }
}
