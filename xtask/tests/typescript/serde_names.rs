//! How serde writes a type, as far as the contract uses that. An attribute that is not known here is a failure.

use syn::{Attribute, LitStr};

/// What stands in the `#[serde(..)]` of a type or a field.
#[derive(Debug, Default)]
pub(crate) struct Serde {
    /// Names of variants are written like this: `snake_case` alone.
    pub(crate) is_snake_case: bool,
    /// The field that a variant's name stands in.
    pub(crate) tag: Option<String>,
    /// The name that a field has instead of its own.
    pub(crate) rename: Option<String>,
    /// The field may be left out.
    pub(crate) is_optional: bool,
}

impl Serde {
    pub(crate) fn of(attributes: &[Attribute]) -> Self {
        let mut serde = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
            let parsed = attribute.parse_nested_meta(|meta| {
                let name = meta.path.get_ident().unwrap().to_string();
                let text = || meta.value()?.parse::<LitStr>().map(|text| text.value());
                match name.as_str() {
                    "rename_all" => {
                        assert_eq!(text()?, "snake_case", "another `rename_all`");
                        serde.is_snake_case = true;
                    }
                    "tag" => serde.tag = Some(text()?),
                    "rename" => serde.rename = Some(text()?),
                    "default" => serde.is_optional = true,
                    // Only what may be left out, too (`default`), is left out.
                    "skip_serializing_if" => drop(text()?),
                    _ => panic!("an attribute that is not known here: {name}"),
                }
                Ok(())
            });
            parsed.unwrap();
        }
        serde
    }
}

/// Whether serde writes the type.
pub(crate) fn is_serialized(attributes: &[Attribute]) -> bool {
    let derives = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    derives.into_iter().any(|derive| {
        let mut found = false;
        let read = derive.parse_nested_meta(|meta| {
            found |= meta.path.is_ident("Serialize");
            Ok(())
        });
        read.unwrap();
        found
    })
}

/// A variant's name in `snake_case`, as serde writes it.
pub(crate) fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for (at, letter) in name.char_indices() {
        if letter.is_uppercase() && at > 0 {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}
