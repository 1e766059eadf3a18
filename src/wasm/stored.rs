//! Values that JavaScript keeps for us: plain JSON, written and read back.
//!
//! Big integers are decimal strings there, so that `JSON.stringify` and `JSON.parse` keep
//! all of them. A stored type is declared once, with [`stored!`]: that gives its fields, the
//! writing, the checked reading and the TypeScript.

use js_sys::{Array, JsString, Object};
use wasm_bindgen::{JsCast, JsValue};

use super::reader::{FromJs, MAX_LIST, Own};
use super::refusal::Refusal;
use super::writer::whole;
use crate::decimal::to_raw;
use crate::fixed::U256;

/// A value that is stored as JSON.
pub(super) trait Stored: Sized {
    fn load(value: &JsValue) -> Result<Self, Refusal>;
    fn store(&self) -> JsValue;
}

/// Declares stored types; what is written is frozen.
macro_rules! stored {
    ($(
        $(#[$attribute:meta])*
        $mirror:ident for $stored:ty {
            $( $(#[$field_attribute:meta])* $field:ident: $type:ty, )*
        }
    )*) => {$(
        $(#[$attribute])*
        #[derive(Tsify)]
        #[serde(rename_all = "camelCase")]
        #[expect(dead_code, reason = "only its TypeScript is used")]
        pub struct $mirror {
            $( $(#[$field_attribute])* $field: $type, )*
        }

        impl $crate::wasm::stored::Stored for $stored {
            fn load(value: &JsValue) -> Result<Self, $crate::wasm::refusal::Refusal> {
                const FIELDS: &[&str] = &[$(stringify!($field)),*];
                let own = $crate::wasm::reader::Own::fields(value, &[FIELDS])?;
                Ok(Self { $( $field: $crate::wasm::stored::field(&own, stringify!($field))?, )* })
            }

            fn store(&self) -> JsValue {
                let mut answer = $crate::wasm::writer::Answer::new(&[$(stringify!($field)),*]);
                $( answer.put(&$crate::wasm::stored::Stored::store(&self.$field)); )*
                answer.frozen()
            }
        }
    )*};
}
pub(super) use stored;

/// Reads a field of a stored object.
#[inline(never)]
pub(super) fn field<T: Stored>(own: &Own, name: &'static str) -> Result<T, Refusal> {
    let value = own.get(name).ok_or_else(|| Refusal::missing(name))?;
    T::load(value).map_err(|refusal| refusal.within(name))
}

impl Stored for U256 {
    #[inline(never)]
    fn load(value: &JsValue) -> Result<Self, Refusal> {
        const DIGITS: u32 = 78;
        let refusal = || Refusal::invalid("a text of digits up to 2 ** 256 - 1", value);
        let text = value.dyn_ref::<JsString>().filter(|text| text.length() <= DIGITS);
        let text = String::from(text.ok_or_else(refusal)?);
        let digits = !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_digit());
        digits.then(|| to_raw(&text, 0).ok()).flatten().ok_or_else(refusal)
    }

    fn store(&self) -> JsValue {
        self.to_string().into()
    }
}

impl Stored for u32 {
    fn load(value: &JsValue) -> Result<Self, Refusal> {
        Self::from_js(value)
    }

    fn store(&self) -> JsValue {
        (*self).into()
    }
}

impl Stored for u64 {
    fn load(value: &JsValue) -> Result<Self, Refusal> {
        Self::from_js(value)
    }

    fn store(&self) -> JsValue {
        whole(i64::try_from(*self).unwrap_or(i64::MAX))
    }
}

impl Stored for i64 {
    fn load(value: &JsValue) -> Result<Self, Refusal> {
        Self::from_js(value)
    }

    fn store(&self) -> JsValue {
        whole(*self)
    }
}

impl Stored for String {
    fn load(value: &JsValue) -> Result<Self, Refusal> {
        Self::from_js(value)
    }

    fn store(&self) -> JsValue {
        self.into()
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn load(value: &JsValue) -> Result<Self, Refusal> {
        if !Array::is_array(value) {
            return Err(Refusal::invalid("a list", value));
        }
        let list = value.unchecked_ref::<Array>();
        if list.length() > MAX_LIST {
            return Err(Refusal::invalid("a list of at most 10000 entries", value));
        }
        (0..list.length())
            .map(|index| T::load(&list.get(index)).map_err(|refusal| refusal.at(index)))
            .collect()
    }

    fn store(&self) -> JsValue {
        let list: Array = self.iter().map(Stored::store).collect();
        Object::freeze(&list).into()
    }
}
