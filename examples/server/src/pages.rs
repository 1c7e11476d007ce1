//! Plain HTML. Whatever is put into a page goes through `text`.

use axum::response::Html;

/// A page with one sentence.
pub(crate) fn notice(sentence: &str) -> Html<String> {
    page("Foyer", &format!("<p>{}</p><p><a href=\"/\">Home</a></p>", text(sentence)))
}

/// A page; `body` is HTML already.
pub(crate) fn page(title: &str, body: &str) -> Html<String> {
    let title = text(title);
    Html(format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><h1>{title}</h1>{body}</html>"
    ))
}

/// A form of labelled fields that is sent by POST; `error` stands above it.
pub(crate) fn form(action: &str, button: &str, fields: &[Field<'_>], error: Option<&str>) -> String {
    let error = error.map(|error| format!("<p role=\"alert\">{}</p>", text(error))).unwrap_or_default();
    let fields: String = fields.iter().map(Field::html).collect();
    let (action, button) = (text(action), text(button));
    format!("{error}<form method=\"post\" action=\"{action}\">{fields}<button>{button}</button></form>")
}

/// A field of a form. Without a label it is hidden.
pub(crate) struct Field<'a> {
    pub(crate) name: &'a str,
    pub(crate) label: Option<&'a str>,
    pub(crate) kind: &'a str,
    pub(crate) autocomplete: &'a str,
    pub(crate) value: &'a str,
}

impl<'a> Field<'a> {
    pub(crate) fn hidden(name: &'a str, value: &'a str) -> Self {
        Self { name, label: None, kind: "hidden", autocomplete: "off", value }
    }

    fn html(&self) -> String {
        let (name, kind, autocomplete) = (text(self.name), text(self.kind), text(self.autocomplete));
        let value = text(self.value);
        let input = format!(
            "<input name=\"{name}\" type=\"{kind}\" autocomplete=\"{autocomplete}\" value=\"{value}\">"
        );
        match self.label {
            Some(label) => format!("<p><label>{} {input}</label></p>", text(label)),
            None => input,
        }
    }
}

/// `plain` as HTML shows it, also between quotes.
pub(crate) fn text(plain: &str) -> String {
    let mut html = String::with_capacity(plain.len());
    for character in plain.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_never_becomes_markup() {
        let typed = "\"><script>'&";
        let form = form("/a", "Go", &[Field::hidden("next", typed)], Some(typed));

        assert!(!form.contains("<script>") && form.contains("&quot;&gt;&lt;script&gt;&#39;&amp;"), "{form}");
        assert!(!notice(typed).0.contains("<script>"));
    }
}
