//! Pagination of a list: the page that the query asks for, and the links to the other pages.

use url::form_urlencoded::{Serializer, parse};

use super::error::AuthError;

/// The number of entries in a page unless the request says.
const SIZE: u64 = 50;

/// The number of entries in a page when the request asks for 0, as in the real server's library.
const LEAST_SIZE: u64 = 20;

/// A page of a list, counted from 1.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) number: u64,
    pub(super) size: u64,
    /// The fields of the query that every link repeats: all but `page`.
    rest: Vec<(String, String)>,
}

impl Page {
    /// Reads `page` and `per_page`.
    ///
    /// # Errors
    /// 400, when one of them is not a number.
    pub(super) fn read(query: &str) -> Result<Self, AuthError> {
        let mut page = Self { number: 1, size: SIZE, rest: Vec::new() };
        for (name, value) in parse(query.as_bytes()).into_owned() {
            match name.as_str() {
                "page" if !value.is_empty() => page.number = number(&value)?.max(1),
                "per_page" if !value.is_empty() => {
                    page.size = Some(number(&value)?).filter(|size| *size > 0).unwrap_or(LEAST_SIZE);
                }
                _ => {}
            }
            if name != "page" {
                page.rest.push((name, value));
            }
        }
        // Go writes the fields of a query in the order of their names.
        page.rest.sort();
        Ok(page)
    }

    /// The `Link` header (RFC 8288) of a list with `total` entries: the next page, if there is one, and the last.
    pub(super) fn links(&self, total: u64) -> String {
        let last = total.div_ceil(self.size);
        let next = (last > self.number).then(|| format!("{}; rel=\"next\", ", self.link(self.number + 1)));
        format!("{}{}; rel=\"last\"", next.unwrap_or_default(), self.link(last))
    }

    fn link(&self, number: u64) -> String {
        let mut fields = self.rest.clone();
        fields.push(("page".into(), number.to_string()));
        fields.sort();
        format!("</admin/users?{}>", Serializer::new(String::new()).extend_pairs(fields).finish())
    }
}

fn number(text: &str) -> Result<u64, AuthError> {
    // Go reads no sign.
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits).ok_or_else(|| {
        let why = if digits { "value out of range" } else { "invalid syntax" };
        AuthError::invalid(format!("Bad Pagination Parameters: strconv.ParseUint: parsing {text:?}: {why}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_knows_its_neighbours() {
        let links = |query: &str, total| Page::read(query).unwrap().links(total);

        assert_eq!(links("", 0), "</admin/users?page=0>; rel=\"last\"");
        let next = "</admin/users?page=2&per_page=2>; rel=\"next\", ";
        assert_eq!(
            links("per_page=2&page=1", 5),
            format!("{next}</admin/users?page=3&per_page=2>; rel=\"last\"")
        );
        assert_eq!(links("per_page=2&page=3", 5), "</admin/users?page=3&per_page=2>; rel=\"last\"");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for bad in
            ["page=invalid", "page=-1", "page=%2B1", "per_page=x", "page=1.5", "page=99999999999999999999"]
        {
            assert_eq!(Page::read(bad).unwrap_err().code, "validation_failed", "{bad}");
        }
        assert_eq!(Page::read("page=&per_page=").map(|page| (page.number, page.size)).ok(), Some((1, SIZE)));
        assert_eq!(Page::read("page=0&per_page=0").map(|page| (page.number, page.size)).ok(), Some((1, 20)));
    }
}
