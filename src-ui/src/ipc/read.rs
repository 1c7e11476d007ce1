//! Reads a type of the contract out of a [`Value`].
//!
//! Each method asks for the one shape that the contract uses there, and nothing is said about what was found instead:
//! code is made from this for every type of the contract.

use std::fmt;
use std::vec::IntoIter;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::value::{Unexpected, Value};

/// Reads `T`.
///
/// # Errors
/// When the value is not one of `T`.
pub(super) fn read<T: DeserializeOwned>(value: Value) -> Result<T, Unexpected> {
    T::deserialize(value)
}

impl fmt::Display for Unexpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value is not the one expected")
    }
}

impl std::error::Error for Unexpected {}

impl Error for Unexpected {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// The number, where it is whole, not negative and exact.
fn whole(number: f64) -> Result<u64, Unexpected> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    // Both are looked at before.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    if number.fract() == 0.0 && (0.0..=EXACT).contains(&number) { Ok(number as u64) } else { Err(Unexpected) }
}

impl Value {
    fn whole(self) -> Result<u64, Unexpected> {
        match self {
            Self::Number(number) => whole(number),
            _ => Err(Unexpected),
        }
    }
}

impl<'de> Deserializer<'de> for Value {
    type Error = Unexpected;

    /// For types that look at the value first: those that say by a field of theirs which of several they are.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Bool(flag) => visitor.visit_bool(flag),
            Self::Number(number) => match whole(number) {
                Ok(number) => visitor.visit_u64(number),
                Err(Unexpected) => visitor.visit_f64(number),
            },
            Self::Text(text) => visitor.visit_string(text),
            Self::List(items) => visitor.visit_seq(Items(items.into_iter())),
            Self::Object(named) => visitor.visit_map(Named { rest: named.into_iter(), value: None }),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        match self {
            Self::Bool(flag) => visitor.visit_bool(flag),
            _ => Err(Unexpected),
        }
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        visitor.visit_u64(self.whole()?)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        visitor.visit_u64(self.whole()?)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        visitor.visit_u64(self.whole()?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        match self {
            Self::Number(number) => visitor.visit_f64(number),
            _ => Err(Unexpected),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        match self {
            Self::Text(text) => visitor.visit_str(&text),
            _ => Err(Unexpected),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        match self {
            Self::Text(text) => visitor.visit_string(text),
            _ => Err(Unexpected),
        }
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        match self {
            Self::Null => visitor.visit_none(),
            value => visitor.visit_some(value),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        match self {
            Self::Null => visitor.visit_unit(),
            _ => Err(Unexpected),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unexpected> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        match self {
            Self::List(items) => visitor.visit_seq(Items(items.into_iter())),
            _ => Err(Unexpected),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        match self {
            Self::Object(named) => visitor.visit_map(Named { rest: named.into_iter(), value: None }),
            _ => Err(Unexpected),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unexpected> {
        self.deserialize_map(visitor)
    }

    /// A variant is its name, or an object with its name and what it holds.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unexpected> {
        let (name, held) = match self {
            Self::Text(name) => (name, Self::Null),
            Self::Object(mut named) if named.len() == 1 => named.pop().ok_or(Unexpected)?,
            _ => return Err(Unexpected),
        };
        visitor.visit_enum(Variant { name, held })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { i8 i16 i32 i64 u16 f32 char bytes byte_buf unit_struct tuple tuple_struct }
}

/// The items of a list.
struct Items(IntoIter<Value>);

impl<'de> SeqAccess<'de> for Items {
    type Error = Unexpected;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unexpected> {
        self.0.next().map(|item| seed.deserialize(item)).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The names of an object and what they stand for.
struct Named {
    rest: IntoIter<(String, Value)>,
    /// What the name that was read last stands for.
    value: Option<Value>,
}

impl<'de> MapAccess<'de> for Named {
    type Error = Unexpected;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unexpected> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(Value::Text(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unexpected> {
        seed.deserialize(self.value.take().ok_or(Unexpected)?)
    }
}

/// One of several, by its name.
struct Variant {
    name: String,
    held: Value,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Unexpected;
    type Variant = Value;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Value), Unexpected> {
        Ok((seed.deserialize(Value::Text(self.name))?, self.held))
    }
}

impl<'de> VariantAccess<'de> for Value {
    type Error = Unexpected;

    fn unit_variant(self) -> Result<(), Unexpected> {
        if self == Self::Null { Ok(()) } else { Err(Unexpected) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unexpected> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unexpected> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unexpected> {
        self.deserialize_map(visitor)
    }
}
