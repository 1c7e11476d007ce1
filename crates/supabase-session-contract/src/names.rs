//! Enums that cross by a name a variant.
//!
//! A page in WebAssembly reads them out of one table each. What serde derives compares every name in code of its own,
//! twice where an enum holds another: that is tens of kilobytes for the error codes alone.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{Error, Visitor};

/// An enum whose variants have a name each.
pub trait Named: Copy + 'static {
    /// The name that crosses.
    #[must_use]
    fn name(self) -> &'static str;

    /// The variant with this name.
    #[must_use]
    fn from_name(name: &str) -> Option<Self>;
}

/// Reads a name and finds its variant.
///
/// # Errors
/// When there is no text, or no variant has that name.
pub fn deserialize<'de, T: Named, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(NameVisitor(PhantomData))
}

struct NameVisitor<T>(PhantomData<T>);

impl<T: Named> Visitor<'_> for NameVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<T, E> {
        T::from_name(name).ok_or_else(|| E::custom("an unknown name"))
    }
}

/// Declares an enum with a name for each variant. A last `..Variant(Enum)` holds the names of another such enum.
#[macro_export]
macro_rules! named {
    (
        $(#[$meta:meta])*
        pub enum $enum:ident {
            $($(#[$doc:meta])* $variant:ident => $name:literal,)*
            $(..$(#[$nested_doc:meta])* $nested:ident($inner:ty),)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $enum {
            $($(#[$doc])* $variant,)*
            $($(#[$nested_doc])* $nested($inner),)?
        }

        impl $crate::names::Named for $enum {
            fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    $(Self::$nested(inner) => <$inner as $crate::names::Named>::name(inner),)?
                }
            }

            fn from_name(name: &str) -> Option<Self> {
                const NAMES: &[(&str, $enum)] = &[$(($name, $enum::$variant),)*];
                let own = NAMES.iter().find(|(known, _)| *known == name).map(|(_, variant)| *variant);
                $(let own = own.or_else(|| {
                    <$inner as $crate::names::Named>::from_name(name).map(Self::$nested)
                });)?
                own
            }
        }

        impl ::serde::Serialize for $enum {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::names::Named::name(*self))
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $enum {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::names::deserialize(deserializer)
            }
        }
    };
}
