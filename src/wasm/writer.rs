//! The writer: how an answer of the core becomes plain JavaScript.
//!
//! An answer is declared once, with [`outputs!`]: that gives its fields, their types, the
//! writing and the TypeScript. Snake-case names become camelCase; an absent value becomes
//! an absent field.

use std::cell::RefCell;

use js_sys::{Array, BigInt, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::stored::whole;
use super::to_bigint;
use crate::fixed::{I256, U256};

/// A value that JavaScript can be given.
pub(super) trait ToJs {
    fn to_js(&self) -> JsValue;
}

/// Declares answers: a mirror for the TypeScript (its docs are for JavaScript readers) and
/// the writing of the struct that it mirrors. A field may name the function that writes it.
macro_rules! outputs {
    (@type $mirror:ident) => { $mirror };
    (@type $mirror:ident $output:ty) => { $output };
    (@write $answer:ident $field:ident) => {
        $crate::wasm::writer::ToJs::to_js(&$answer.$field)
    };
    (@write $answer:ident $field:ident $write:path) => {
        $crate::wasm::writer::ToJs::to_js(&$write($answer.$field))
    };
    ($(
        $(#[$attribute:meta])*
        $mirror:ident $(for $output:ty)? {
            $( $(#[$field_attribute:meta])* $field:ident: $type:ty $(= $write:path)?, )*
        }
    )*) => {$(
        $(#[$attribute])*
        #[derive(Tsify)]
        #[serde(rename_all = "camelCase")]
        #[allow(dead_code, reason = "of most only the TypeScript is used: the core's is written")]
        pub struct $mirror {
            $( $(#[$field_attribute])* $field: $type, )*
        }

        impl $crate::wasm::writer::ToJs for outputs!(@type $mirror $($output)?) {
            fn to_js(&self) -> JsValue {
                let object = js_sys::Object::new();
                $(
                    let value = outputs!(@write self $field $($write)?);
                    $crate::wasm::writer::set(&object, stringify!($field), value);
                )*
                object.into()
            }
        }
    )*};
}
pub(super) use outputs;

/// Gives a fresh plain object a field, unless its value is absent.
#[inline(never)]
pub(super) fn set(object: &Object, name: &'static str, value: JsValue) {
    if !value.is_undefined() {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(object, &js_name(name), &value);
    }
}

thread_local! {
    /// The names written so far: handing one over costs more than finding it.
    static NAMES: RefCell<Vec<(&'static str, JsValue)>> = const { RefCell::new(Vec::new()) };
}

fn js_name(name: &'static str) -> JsValue {
    NAMES.with_borrow_mut(|names| {
        if let Some((_, known)) = names.iter().find(|(known, _)| std::ptr::eq(*known, name)) {
            return known.clone();
        }
        let made = JsValue::from(camel_case(name));
        names.push((name, made.clone()));
        made
    })
}

/// `staked_usd` as JavaScript has it: `stakedUsd`.
#[inline(never)]
pub(super) fn camel_case(snake: &str) -> String {
    let mut camel = String::new();
    let mut starts_word = false;
    for letter in snake.chars() {
        if letter != '_' {
            camel.push(if starts_word { letter.to_ascii_uppercase() } else { letter });
        }
        starts_word = letter == '_';
    }
    camel
}

impl ToJs for f64 {
    fn to_js(&self) -> JsValue {
        (*self).into()
    }
}

impl ToJs for U256 {
    fn to_js(&self) -> JsValue {
        to_bigint(*self)
    }
}

impl ToJs for I256 {
    #[expect(clippy::arithmetic_side_effects, reason = "a BigInt has a sign")]
    fn to_js(&self) -> JsValue {
        let magnitude = to_bigint(self.magnitude());
        match self.is_negative() {
            true => (-magnitude.unchecked_ref::<BigInt>()).into(),
            false => magnitude,
        }
    }
}

impl ToJs for u128 {
    fn to_js(&self) -> JsValue {
        to_bigint(U256::from(*self))
    }
}

impl ToJs for u32 {
    fn to_js(&self) -> JsValue {
        (*self).into()
    }
}

impl ToJs for i64 {
    fn to_js(&self) -> JsValue {
        whole(*self)
    }
}

impl ToJs for bool {
    fn to_js(&self) -> JsValue {
        (*self).into()
    }
}

impl ToJs for &str {
    fn to_js(&self) -> JsValue {
        (*self).into()
    }
}

impl ToJs for String {
    fn to_js(&self) -> JsValue {
        self.into()
    }
}

impl<T: ToJs> ToJs for Option<T> {
    fn to_js(&self) -> JsValue {
        self.as_ref().map_or(JsValue::UNDEFINED, ToJs::to_js)
    }
}

impl<T: ToJs> ToJs for [T] {
    fn to_js(&self) -> JsValue {
        let list = Array::new();
        for item in self {
            list.push(&item.to_js());
        }
        list.into()
    }
}

impl<T: ToJs> ToJs for Vec<T> {
    fn to_js(&self) -> JsValue {
        self.as_slice().to_js()
    }
}
