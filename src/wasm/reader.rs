//! The checked reader: the only way a JavaScript value enters the core.
//!
//! It is a serde `Deserializer`, so an input is declared once, as a struct, and the
//! same declaration gives the fields, their types and the TypeScript. Unlike a
//! general decoder it is strict: plain objects only, own properties only, exact
//! types, finite numbers, bounded lengths, no unknown fields. JavaScript's
//! coercions (`"2"`, `null`, `true`, `[3]` as numbers) never happen.

use js_sys::{Array, BigInt, JsString, Object, Reflect};
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor,
    value::StrDeserializer,
};
use wasm_bindgen::{JsCast, JsValue};

use super::refusal::Refusal;

/// Longest list accepted where a function takes a short list (days, origins).
const MAX_LIST: u32 = 10_000;
/// Longest text accepted, in UTF-16 code units.
const MAX_TEXT: u32 = 65_536;
/// Longer property names than any field's are reported without being copied.
const MAX_NAME: u32 = 64;

/// A JavaScript value that is about to be checked.
pub(super) struct Reader {
    value: JsValue,
    /// Fields that another struct reads from the same object.
    others: &'static [&'static str],
}

impl Reader {
    pub(super) fn new(value: JsValue) -> Self {
        Self::beside(value, &[])
    }

    /// For an object whose fields two structs share out: this one leaves `others` alone.
    pub(super) fn beside(value: JsValue, others: &'static [&'static str]) -> Self {
        Self { value, others }
    }

    fn refuse<T>(&self, expected: &str) -> Result<T, Refusal> {
        Err(Refusal::invalid(expected, &self.value))
    }

    fn number(&self) -> Result<f64, Refusal> {
        match self.value.as_f64() {
            // Adding +0 turns −0 into 0 and changes nothing else.
            Some(number) if number.is_finite() => Ok(number + 0.0),
            _ => self.refuse("a finite number"),
        }
    }

    fn text(&self) -> Result<String, Refusal> {
        let Some(text) = self.value.dyn_ref::<JsString>() else {
            return self.refuse("a text");
        };
        if text.length() > MAX_TEXT {
            return self.refuse("a text of at most 65536 characters");
        }
        if !text.is_valid_utf16() {
            return self.refuse("a well-formed Unicode text");
        }
        Ok(String::from(text))
    }

    /// A bigint as 32 little-endian bytes.
    #[expect(clippy::arithmetic_side_effects, reason = "shifting a BigInt to the right is defined")]
    fn uint256(&self) -> Result<[u8; 32], Refusal> {
        const EXPECTED: &str = "a bigint from 0n to 2n ** 256n - 1n";
        let Some(value) = self.value.dyn_ref::<BigInt>() else {
            return self.refuse(EXPECTED);
        };
        // Cutting to 256 bits changes exactly the values that are out of range.
        if BigInt::as_uint_n(256.0, value) != *value {
            return self.refuse(EXPECTED);
        }
        let half = |bits: BigInt| u128::try_from(BigInt::as_uint_n(128.0, &bits));
        let (Ok(low), Ok(high)) = (half(value.clone()), half(value >> &BigInt::from(128))) else {
            return self.refuse(EXPECTED);
        };
        let mut bytes = [0; 32];
        let (low_bytes, high_bytes) = bytes.split_at_mut(16);
        low_bytes.copy_from_slice(&low.to_le_bytes());
        high_bytes.copy_from_slice(&high.to_le_bytes());
        Ok(bytes)
    }
}

/// Whether `value` is an object literal (or has no prototype at all), of any realm.
///
/// Anything else is refused before its keys are listed: the keys of a typed array or
/// of a boxed string can be a billion, and inherited fields are nobody's input.
fn is_plain_object(value: &JsValue) -> bool {
    let prototype_of = |v: &JsValue| Reflect::get_prototype_of(v).map(JsValue::from);
    if !value.is_object() || Array::is_array(value) {
        return false;
    }
    match prototype_of(value) {
        Ok(prototype) if prototype.is_null() => true,
        Ok(prototype) => matches!(prototype_of(&prototype), Ok(root) if root.is_null()),
        Err(_) => false,
    }
}

/// The own fields of a plain object that are in `fields`, those in `others` left out and
/// all others refused; a field that is `undefined` is absent.
pub(super) fn own_fields(
    value: &JsValue,
    fields: &'static [&'static str],
    others: &'static [&'static str],
) -> Result<Vec<(&'static str, JsValue)>, Refusal> {
    let object = value.unchecked_ref::<Object>();
    let keys = match is_plain_object(value).then(|| Reflect::own_keys(object)) {
        Some(Ok(keys)) => keys,
        _ => return Err(Refusal::invalid("a plain object with named fields", value)),
    };
    let mut found = Vec::with_capacity(fields.len());
    for key in keys.iter() {
        let name = match key.dyn_ref::<JsString>() {
            Some(text) if text.length() <= MAX_NAME => String::from(text),
            _ => return Err(Refusal::unknown("…", fields, others)),
        };
        let Some(field) = fields.iter().find(|field| **field == name) else {
            match others.contains(&name.as_str()) {
                true => continue,
                false => return Err(Refusal::unknown(&name, fields, others)),
            }
        };
        let property = Reflect::get(object, &key)
            .map_err(|_| Refusal::invalid("readable", &JsValue::UNDEFINED).within(field))?;
        if !property.is_undefined() {
            found.push((*field, property));
        }
    }
    Ok(found)
}

impl<'de> Deserializer<'de> for Reader {
    type Error = Refusal;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        let own = own_fields(&self.value, fields, self.others)?;
        visitor.visit_map(Fields { rest: own.into_iter(), next: None })
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        visitor.visit_f64(self.number()?)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        let number = self.number()?;
        // Every whole number of this range is one of a u32, without rounding.
        match (0.0..=f64::from(u32::MAX)).contains(&number) && libm::floor(number) == number {
            #[expect(clippy::as_conversions, reason = "exact: the line above has checked it")]
            true => visitor.visit_u32(number as u32),
            false => self.refuse("a whole number from 0 to 4294967295"),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match self.value.as_bool() {
            Some(truth) => visitor.visit_bool(truth),
            None => self.refuse("true or false"),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        visitor.visit_string(self.text()?)
    }

    /// The inputs ask for bytes where they take a 256-bit integer, and only there.
    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        visitor.visit_bytes(&self.uint256()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        // Absent fields never come here; `null` is a value, and refused as one.
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        if !Array::is_array(&self.value) {
            return self.refuse("a list");
        }
        let list = self.value.unchecked_into::<Array>();
        if list.length() > MAX_LIST {
            return Err(Refusal::invalid("a list of at most 10000 entries", &list));
        }
        visitor.visit_seq(Items { list, next: 0 })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        match self.value.as_string() {
            Some(name) if variants.contains(&name.as_str()) => {
                StrDeserializer::new(&name).deserialize_enum("", variants, visitor)
            }
            _ => self.refuse(&format!("one of \"{}\"", variants.join("\", \""))),
        }
    }

    /// Only a value whose type is not declared asks for `any`: there is none.
    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Refusal> {
        Err(Refusal::custom("this input declares no type"))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u64 u128 f32 char str byte_buf unit unit_struct
        newtype_struct tuple tuple_struct map identifier ignored_any
    }
}

/// The fields of one object, handed to serde one after the other.
struct Fields {
    rest: std::vec::IntoIter<(&'static str, JsValue)>,
    next: Option<(&'static str, JsValue)>,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Refusal;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Refusal> {
        self.next = self.rest.next();
        let Some((name, _)) = &self.next else { return Ok(None) };
        seed.deserialize(StrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refusal> {
        match self.next.take() {
            Some((name, value)) => seed.deserialize(Reader::new(value)).map_err(|e| e.within(name)),
            None => Err(Refusal::custom("a value was asked for before its name")),
        }
    }
}

/// The entries of one list.
struct Items {
    list: Array,
    next: u32,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Refusal;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Refusal> {
        let index = self.next;
        if index >= self.list.length() {
            return Ok(None);
        }
        self.next = index.saturating_add(1);
        // A hole in the list reads as `undefined`, which no entry may be.
        let item = Reflect::get_u32(&self.list, index).unwrap_or(JsValue::UNDEFINED);
        seed.deserialize(Reader::new(item)).map(Some).map_err(|e| e.at(index))
    }
}
