//! Writes a type of the contract as a [`Value`].

use serde::ser::{
    Error, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    Serializer,
};

use super::value::{Unexpected, Value};

/// Writes it.
///
/// # Errors
/// When something in it has no form that crosses. No type of the contract has.
pub(super) fn write(data: &impl Serialize) -> Result<Value, Unexpected> {
    data.serialize(Writer)
}

impl Error for Unexpected {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }
}

/// An object with one name in it.
fn named(name: &str, value: Value) -> Value {
    Value::Object(vec![(name.to_owned(), value)])
}

struct Writer;

impl Serializer for Writer {
    type Ok = Value;
    type Error = Unexpected;
    type SerializeSeq = List;
    type SerializeTuple = Impossible<Value, Unexpected>;
    type SerializeTupleStruct = Impossible<Value, Unexpected>;
    type SerializeTupleVariant = Impossible<Value, Unexpected>;
    type SerializeMap = Object;
    type SerializeStruct = Object;
    type SerializeStructVariant = Object;

    fn serialize_bool(self, flag: bool) -> Result<Value, Unexpected> {
        Ok(Value::Bool(flag))
    }

    fn serialize_i8(self, number: i8) -> Result<Value, Unexpected> {
        self.serialize_f64(number.into())
    }

    fn serialize_i16(self, number: i16) -> Result<Value, Unexpected> {
        self.serialize_f64(number.into())
    }

    fn serialize_i32(self, number: i32) -> Result<Value, Unexpected> {
        self.serialize_f64(number.into())
    }

    // A number of the browser, whose JSON would have no more digits.
    #[allow(clippy::cast_precision_loss)]
    fn serialize_i64(self, number: i64) -> Result<Value, Unexpected> {
        self.serialize_f64(number as f64)
    }

    fn serialize_u8(self, number: u8) -> Result<Value, Unexpected> {
        self.serialize_f64(number.into())
    }

    fn serialize_u16(self, number: u16) -> Result<Value, Unexpected> {
        self.serialize_f64(number.into())
    }

    fn serialize_u32(self, number: u32) -> Result<Value, Unexpected> {
        self.serialize_f64(number.into())
    }

    #[allow(clippy::cast_precision_loss)]
    fn serialize_u64(self, number: u64) -> Result<Value, Unexpected> {
        self.serialize_f64(number as f64)
    }

    fn serialize_f32(self, number: f32) -> Result<Value, Unexpected> {
        self.serialize_f64(number.into())
    }

    fn serialize_f64(self, number: f64) -> Result<Value, Unexpected> {
        Ok(Value::Number(number))
    }

    fn serialize_char(self, character: char) -> Result<Value, Unexpected> {
        Ok(Value::Text(character.into()))
    }

    fn serialize_str(self, text: &str) -> Result<Value, Unexpected> {
        Ok(Value::Text(text.to_owned()))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Value, Unexpected> {
        Err(Unexpected)
    }

    fn serialize_none(self) -> Result<Value, Unexpected> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, data: &T) -> Result<Value, Unexpected> {
        data.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, Unexpected> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Unexpected> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
    ) -> Result<Value, Unexpected> {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        data: &T,
    ) -> Result<Value, Unexpected> {
        data.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        data: &T,
    ) -> Result<Value, Unexpected> {
        Ok(named(name, data.serialize(self)?))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List, Unexpected> {
        Ok(List(Vec::new()))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Unexpected> {
        Err(Unexpected)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTuple, Unexpected> {
        Err(Unexpected)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTuple, Unexpected> {
        Err(Unexpected)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Object, Unexpected> {
        Ok(Object::default())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object, Unexpected> {
        Ok(Object::default())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Object, Unexpected> {
        Ok(Object { variant: Some(name), ..Object::default() })
    }
}

/// A list that is being written.
struct List(Vec<Value>);

impl SerializeSeq for List {
    type Ok = Value;
    type Error = Unexpected;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Unexpected> {
        self.0.push(item.serialize(Writer)?);
        Ok(())
    }

    fn end(self) -> Result<Value, Unexpected> {
        Ok(Value::List(self.0))
    }
}

/// An object that is being written.
#[derive(Default)]
struct Object {
    /// The name of the variant that the object is held by.
    variant: Option<&'static str>,
    named: Vec<(String, Value)>,
    /// A name that is to be followed by what it stands for.
    name: Option<String>,
}

impl Object {
    fn put(&mut self, name: &str, value: Value) {
        self.named.push((name.to_owned(), value));
    }

    fn written(self) -> Value {
        let object = Value::Object(self.named);
        match self.variant {
            Some(variant) => named(variant, object),
            None => object,
        }
    }
}

impl SerializeMap for Object {
    type Ok = Value;
    type Error = Unexpected;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Unexpected> {
        let Value::Text(name) = name.serialize(Writer)? else { return Err(Unexpected) };
        self.name = Some(name);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, data: &T) -> Result<(), Unexpected> {
        let name = self.name.take().ok_or(Unexpected)?;
        self.put(&name, data.serialize(Writer)?);
        Ok(())
    }

    fn end(self) -> Result<Value, Unexpected> {
        Ok(self.written())
    }
}

impl SerializeStruct for Object {
    type Ok = Value;
    type Error = Unexpected;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        data: &T,
    ) -> Result<(), Unexpected> {
        self.put(name, data.serialize(Writer)?);
        Ok(())
    }

    fn end(self) -> Result<Value, Unexpected> {
        Ok(self.written())
    }
}

impl SerializeStructVariant for Object {
    type Ok = Value;
    type Error = Unexpected;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        data: &T,
    ) -> Result<(), Unexpected> {
        self.put(name, data.serialize(Writer)?);
        Ok(())
    }

    fn end(self) -> Result<Value, Unexpected> {
        Ok(self.written())
    }
}
