//! The checked reader: the only way a JavaScript value enters the core.
//!
//! It is strict where JavaScript is lax: plain objects only, own properties only, exact
//! types, finite numbers, bounded lengths, no unknown fields. No coercion (`"2"`, `null`,
//! `true` or `[3]` as a number) ever happens. An input is declared once, with [`inputs!`]:
//! that gives its fields, their types, the reading and the TypeScript.

use js_sys::{Array, BigInt, JsString, Number, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::refusal::Refusal;
use super::writer::names;
use crate::fixed::{I256, U256};

/// Longest list accepted where a function takes a short list (days, origins).
pub(super) const MAX_LIST: u32 = 10_000;
/// Longest text accepted, in UTF-16 code units.
const MAX_TEXT: u32 = 65_536;

/// The name that a 256-bit integer has in TypeScript.
#[expect(non_camel_case_types, reason = "it is printed into the .d.ts as it stands")]
pub(super) type bigint = U256;

/// A value that JavaScript can hand over.
pub(super) trait FromJs: Sized {
    fn from_js(value: &JsValue) -> Result<Self, Refusal>;

    /// What an absent field stands for; none if it may not be absent.
    fn absent() -> Option<Self> {
        None
    }
}

/// An object with named fields.
pub(super) trait Input: Sized {
    /// The fields by their Rust names; in JavaScript they are camelCase.
    const FIELDS: &'static [&'static str];

    fn take(own: &Own) -> Result<Self, Refusal>;
}

/// Declares inputs: a mirror for the TypeScript (its docs are for JavaScript readers) and
/// the reading of the struct that it mirrors. A field with a default may be absent.
macro_rules! inputs {
    ($(
        $(#[$attribute:meta])*
        $mirror:ident for $input:ty {
            $( $(#[$field_attribute:meta])* $field:ident: $type:ty $(= $default:expr)?, )*
        }
    )*) => {$(
        $(#[$attribute])*
        #[derive(Tsify)]
        #[serde(rename_all = "camelCase")]
        #[allow(dead_code, reason = "some mirrors are read into a struct of the core")]
        pub struct $mirror {
            $( $(#[$field_attribute])* $field: $type, )*
        }

        impl $crate::wasm::reader::Input for $input {
            const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];

            fn take(own: &$crate::wasm::reader::Own) -> Result<Self, $crate::wasm::refusal::Refusal> {
                Ok(Self { $( $field: own.field(stringify!($field), None$(.or(Some($default)))?)?, )* })
            }
        }
    )*};
}
pub(super) use inputs;

/// Reads an object as one input.
pub(super) fn read<T: Input>(value: &JsValue) -> Result<T, Refusal> {
    T::take(&Own::fields(value, &[T::FIELDS])?)
}

/// Reads an object as two inputs that share its fields out.
pub(super) fn read_both<A: Input, B: Input>(value: &JsValue) -> Result<(A, B), Refusal> {
    let own = Own::fields(value, &[A::FIELDS, B::FIELDS])?;
    Ok((A::take(&own)?, B::take(&own)?))
}

/// The own fields of a plain object; those that are `undefined` are absent.
pub(super) struct Own(Vec<(&'static str, JsValue)>);

impl Own {
    /// Takes the fields out of `value`; each must be one of `groups`, which share none.
    #[inline(never)]
    pub(super) fn fields(
        value: &JsValue,
        groups: &[&'static [&'static str]],
    ) -> Result<Self, Refusal> {
        let object = value.unchecked_ref::<Object>();
        let keys = match is_plain_object(value).then(|| Reflect::own_keys(object)) {
            Some(Ok(keys)) => keys,
            _ => return Err(Refusal::invalid("a plain object with named fields", value)),
        };
        let mut fields = Vec::new();
        for group in groups {
            fields.extend(group.iter().copied().zip(names(group)));
        }
        let mut known: u32 = 0;
        let mut found = Vec::new();
        for (field, name) in &fields {
            if keys.includes(name, 0) {
                known = known.saturating_add(1);
                let unreadable =
                    |_| Refusal::invalid("readable", &JsValue::UNDEFINED).within(field);
                let property = Reflect::get(object, name).map_err(unreadable)?;
                if !property.is_undefined() {
                    found.push((*field, property));
                }
            }
        }
        // A key is listed once: if there are more than known ones, one is unknown.
        if keys.length() != known {
            let is_unknown = |key: &JsValue| fields.iter().all(|(_, name)| *name != key);
            let unknown = keys.iter().find(is_unknown).unwrap_or_default();
            let fields = fields.iter().map(|(field, _)| *field).collect();
            return Err(Refusal::unknown(&unknown, fields));
        }
        Ok(Self(found))
    }

    /// Refuses fields that are not of `group`.
    pub(super) fn only(&self, group: &[&'static str]) -> Result<(), Refusal> {
        match self.0.iter().find(|(name, _)| !group.contains(name)) {
            Some((name, _)) => {
                Err(Refusal::unknown(&super::writer::camel_case(name).into(), group.to_vec()))
            }
            None => Ok(()),
        }
    }

    /// The field called `name`, as JavaScript gave it.
    #[inline(never)]
    pub(super) fn get(&self, name: &'static str) -> Option<&JsValue> {
        self.0.iter().find(|(own, _)| *own == name).map(|(_, value)| value)
    }

    #[inline(never)]
    pub(super) fn field<T: FromJs>(
        &self,
        name: &'static str,
        default: Option<T>,
    ) -> Result<T, Refusal> {
        match self.get(name) {
            Some(value) => T::from_js(value).map_err(|refusal| refusal.within(name)),
            None => default.or_else(T::absent).ok_or_else(|| Refusal::missing(name)),
        }
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

impl FromJs for f64 {
    #[inline(never)]
    fn from_js(value: &JsValue) -> Result<Self, Refusal> {
        if !Number::is_finite(value) {
            return Err(Refusal::invalid("a finite number", value));
        }
        // Adding +0 turns −0 into 0 and changes nothing else.
        Ok(value.unchecked_into_f64() + 0.0)
    }
}

impl FromJs for u32 {
    #[inline(never)]
    fn from_js(value: &JsValue) -> Result<Self, Refusal> {
        let number = f64::from_js(value)?;
        // Every whole number of this range is one of a u32, without rounding.
        if (0.0..=f64::from(u32::MAX)).contains(&number) && libm::floor(number) == number {
            #[expect(clippy::as_conversions, reason = "exact: the line above has checked it")]
            return Ok(number as u32);
        }
        Err(Refusal::invalid("a whole number from 0 to 4294967295", value))
    }
}

/// Whole numbers that a double holds exactly, and next to which it holds no other.
const MAX_WHOLE: f64 = 9_007_199_254_740_991.0;

impl FromJs for i64 {
    #[inline(never)]
    fn from_js(value: &JsValue) -> Result<Self, Refusal> {
        let number = f64::from_js(value)?;
        if (-MAX_WHOLE..=MAX_WHOLE).contains(&number) && libm::floor(number) == number {
            #[expect(clippy::as_conversions, reason = "exact: the line above has checked it")]
            return Ok(number as i64);
        }
        Err(Refusal::invalid("a whole number up to 2 ** 53 - 1", value))
    }
}

impl FromJs for u64 {
    fn from_js(value: &JsValue) -> Result<Self, Refusal> {
        let number = i64::from_js(value)?;
        Self::try_from(number).map_err(|_| Refusal::invalid("a whole number of at least 0", value))
    }
}

impl FromJs for U256 {
    #[inline(never)]
    #[expect(clippy::arithmetic_side_effects, reason = "shifting a BigInt to the right is defined")]
    fn from_js(value: &JsValue) -> Result<Self, Refusal> {
        let refusal = || Refusal::invalid("a bigint from 0n to 2n ** 256n - 1n", value);
        let integer = value.dyn_ref::<BigInt>().ok_or_else(refusal)?;
        // Cutting to 256 bits changes exactly the values that are out of range.
        if BigInt::as_uint_n(256.0, integer) != *integer {
            return Err(refusal());
        }
        let half = |bits: BigInt| {
            u128::try_from(BigInt::as_uint_n(128.0, &bits)).map(U256::from).map_err(|_| refusal())
        };
        let high = half(integer >> &BigInt::from(128))?;
        Ok(high.wrapping_shl(128) | half(integer.clone())?)
    }
}

impl FromJs for I256 {
    #[expect(clippy::arithmetic_side_effects, reason = "a BigInt has a sign")]
    fn from_js(value: &JsValue) -> Result<Self, Refusal> {
        let refusal = || Refusal::invalid("a bigint from -2n ** 255n to 2n ** 255n - 1n", value);
        let integer = value.dyn_ref::<BigInt>().ok_or_else(refusal)?;
        let negative = integer.lt(&BigInt::from(0));
        let magnitude = if negative { -integer } else { integer.clone() };
        let magnitude = U256::from_js(&magnitude).map_err(|_| refusal())?;
        Self::new(negative, magnitude).ok_or_else(refusal)
    }
}

impl FromJs for String {
    #[inline(never)]
    fn from_js(value: &JsValue) -> Result<Self, Refusal> {
        let Some(text) = value.dyn_ref::<JsString>() else {
            return Err(Refusal::invalid("a text", value));
        };
        if text.length() > MAX_TEXT {
            return Err(Refusal::invalid("a text of at most 65536 characters", value));
        }
        if !text.is_valid_utf16() {
            return Err(Refusal::invalid("a well-formed Unicode text", value));
        }
        Ok(Self::from(text))
    }
}

impl<T: FromJs> FromJs for Option<T> {
    fn from_js(value: &JsValue) -> Result<Self, Refusal> {
        T::from_js(value).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: FromJs> FromJs for Vec<T> {
    fn from_js(value: &JsValue) -> Result<Self, Refusal> {
        if !Array::is_array(value) {
            return Err(Refusal::invalid("a list", value));
        }
        let list = value.unchecked_ref::<Array>();
        if list.length() > MAX_LIST {
            return Err(Refusal::invalid("a list of at most 10000 entries", value));
        }
        // A hole in the list reads as `undefined`, which no entry may be.
        let entry = |index| Reflect::get_u32(list, index).unwrap_or(JsValue::UNDEFINED);
        (0..list.length())
            .map(|index| T::from_js(&entry(index)).map_err(|refusal| refusal.at(index)))
            .collect()
    }
}

impl<T: Input> FromJs for T {
    fn from_js(value: &JsValue) -> Result<Self, Refusal> {
        read(value)
    }
}

/// One of some words, which `expected` lists.
pub(super) fn word<T: Copy>(
    value: &JsValue,
    expected: &'static str,
    words: &[(&str, T)],
) -> Result<T, Refusal> {
    let text = value.as_string();
    let found = words.iter().find(|(word, _)| text.as_deref() == Some(word));
    found.map(|(_, meaning)| *meaning).ok_or_else(|| Refusal::invalid(expected, value))
}
