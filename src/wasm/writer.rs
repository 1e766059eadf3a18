//! The writer: how an answer of the core becomes plain JavaScript.
//!
//! An answer is declared once, with [`outputs!`]: that gives its fields, their types, the
//! writing and the TypeScript. Snake-case names become camelCase; an absent value becomes
//! an absent field.

use std::cell::RefCell;

use js_sys::{Array, BigInt};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::to_bigint;
use crate::fixed::{I256, U256};

/// A value that JavaScript can be given.
pub(super) trait ToJs {
    fn to_js(&self) -> JsValue;

    /// Gives an object this as a field, unless it is absent.
    fn write(&self, object: &Plain, name: &JsValue) {
        let value = self.to_js();
        if !value.is_undefined() {
            object.set(name, &value);
        }
    }
}

/// Declares answers: a mirror for the TypeScript (its docs are for JavaScript readers) and
/// the writing of the struct that it mirrors. A field may name the function that writes it.
macro_rules! outputs {
    (@type $mirror:ident) => { $mirror };
    (@type $mirror:ident $output:ty) => { $output };
    (@value $answer:ident $field:ident) => {
        $answer.$field
    };
    (@value $answer:ident $field:ident $write:path) => {
        $write($answer.$field)
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
                let mut answer = $crate::wasm::writer::Answer::new(&[$(stringify!($field)),*]);
                $( answer.next(&outputs!(@value self $field $($write)?)); )*
                answer.object.into()
            }
        }
    )*};
}
pub(super) use outputs;

#[wasm_bindgen]
extern "C" {
    /// A plain object that is only written.
    #[wasm_bindgen(js_name = Object)]
    pub(super) type Plain;
    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> Plain;
    #[wasm_bindgen(method, indexing_setter)]
    fn set(this: &Plain, name: &JsValue, value: &JsValue);
    #[wasm_bindgen(method, indexing_setter)]
    fn set_number(this: &Plain, name: &JsValue, value: f64);
}

/// An answer whose fields are written in their order.
pub(super) struct Answer {
    pub(super) object: Plain,
    names: std::slice::Iter<'static, JsValue>,
}

impl Answer {
    pub(super) fn new(fields: &'static [&'static str]) -> Self {
        Self { object: Plain::new(), names: names(fields).iter() }
    }

    /// Writes the next field with a value that is JavaScript's already, and is there.
    pub(super) fn put(&mut self, value: &JsValue) {
        if let Some(name) = self.names.next() {
            self.object.set(name, value);
        }
    }

    /// The object, frozen.
    pub(super) fn frozen(self) -> JsValue {
        js_sys::Object::freeze(self.object.unchecked_ref::<js_sys::Object>()).into()
    }

    #[inline(never)]
    pub(super) fn next(&mut self, value: &dyn ToJs) {
        if let Some(name) = self.names.next() {
            value.write(&self.object, name);
        }
    }
}

type Names = (&'static [&'static str], &'static [JsValue]);

thread_local! {
    /// The names met so far: handing one over costs more than finding it.
    static NAMES: RefCell<Vec<Names>> = const { RefCell::new(Vec::new()) };
}

/// What `fields` are called in JavaScript.
pub(super) fn names(fields: &'static [&'static str]) -> &'static [JsValue] {
    NAMES.with_borrow_mut(|known| {
        if let Some((_, names)) = known.iter().find(|(of, _)| std::ptr::eq(*of, fields)) {
            return *names;
        }
        let names: Vec<_> = fields.iter().map(|field| camel_case(field).into()).collect();
        known.push((fields, names.leak()));
        known.last().map_or(&[], |(_, names)| names)
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

    fn write(&self, object: &Plain, name: &JsValue) {
        object.set_number(name, *self);
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

/// A whole number that came from a double, as a double.
#[expect(clippy::as_conversions, reason = "what is stored was read from a double")]
pub(super) fn whole(number: i64) -> JsValue {
    (number as f64).into()
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
