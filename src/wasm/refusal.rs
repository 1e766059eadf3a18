//! A refused call, on its way to JavaScript.
//!
//! What leaves Rust is a plain object of parts; the package makes its `LlamathError` of
//! it, with a full sentence and the fields' JavaScript names.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

/// Why a call was refused, and where; boxed, so that results stay small.
#[derive(Debug)]
pub(super) struct Refusal(Box<Parts>);

#[derive(Debug)]
struct Parts {
    code: &'static str,
    /// The field, innermost name first.
    path: Vec<&'static str>,
    index: Option<u32>,
    /// What is allowed, as it reads after "must be".
    expected: &'static str,
    /// What was received; none if nothing was, or if it has to be looked up.
    received: Option<JsValue>,
}

impl Refusal {
    fn new(code: &'static str, field: Option<&'static str>, expected: &'static str) -> Self {
        let path = field.into_iter().collect();
        Self(Box::new(Parts { code, path, index: None, expected, received: None }))
    }

    /// A value of the wrong type or outside its range.
    #[cold]
    #[inline(never)]
    pub(super) fn invalid(expected: &'static str, received: &JsValue) -> Self {
        let mut refusal = Self::new("invalid", None, expected);
        refusal.0.received = Some(received.clone());
        refusal
    }

    /// A field that has no default is absent.
    #[cold]
    #[inline(never)]
    pub(super) fn missing(field: &'static str) -> Self {
        Self::new("missing", Some(field), "")
    }

    /// A name that is no field of this input; `fields` are those that are.
    #[cold]
    #[inline(never)]
    pub(super) fn unknown(name: &JsValue, fields: Vec<&'static str>) -> Self {
        let mut refusal = Self::invalid("", name);
        refusal.0.code = "unknown";
        refusal.0.path = fields.into_iter().rev().collect();
        refusal
    }

    /// The same refusal, seen from the object that holds the value as `field`.
    #[cold]
    #[inline(never)]
    pub(super) fn within(mut self, field: &'static str) -> Self {
        // Of an unknown field the path lists its known neighbours instead.
        if self.0.code != "unknown" {
            self.0.path.push(field);
        }
        self
    }

    /// The same refusal, seen from the list that holds the value at `index`.
    #[cold]
    #[inline(never)]
    pub(super) fn at(mut self, index: u32) -> Self {
        self.0.index = Some(index);
        self
    }
}

impl From<crate::Error> for Refusal {
    fn from(error: crate::Error) -> Self {
        match error {
            crate::Error::Invalid { within, field, index, expected } => {
                let mut refusal = Self::new("invalid", Some(field), expected);
                refusal.0.path.extend(within);
                refusal.0.index = index.and_then(|index| u32::try_from(index).ok());
                refusal
            }
            crate::Error::Arithmetic { result } => Self::new("arithmetic", Some(result), ""),
            crate::Error::Revert(revert) => {
                Self::new("revert", Some(revert.code()), revert.words())
            }
        }
    }
}

impl From<Refusal> for JsValue {
    #[inline(never)]
    fn from(refusal: Refusal) -> Self {
        let Parts { code, path, index, expected, received } = *refusal.0;
        let object = Object::new();
        let set = |name: &str, value: JsValue| {
            // Setting a property of a fresh plain object cannot fail.
            let _ = Reflect::set(&object, &name.into(), &value);
        };
        set("refusal", code.into());
        set("path", path.into_iter().rev().map(JsValue::from).collect::<Array>().into());
        set("expected", expected.into());
        if let Some(index) = index {
            set("index", index.into());
        }
        if let Some(received) = received {
            set("received", received);
        }
        object.into()
    }
}
