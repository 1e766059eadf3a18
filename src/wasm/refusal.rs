//! A refused call, as JavaScript sees it.
//!
//! The package turns it into its `LlamathError`: a code that programs can rely on,
//! the field, the row, the value received, and a full sentence for people.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Received texts and numbers are quoted up to this many characters.
const MAX_QUOTED: usize = 60;

/// Why a call was refused, and where.
#[derive(Debug)]
pub(super) struct Refusal {
    code: &'static str,
    /// The field's path, outermost name first.
    path: Vec<String>,
    index: Option<u32>,
    /// What is wrong, as it reads after the field's name.
    says: String,
    received: JsValue,
}

impl Refusal {
    /// A value of the wrong type or outside its range.
    pub(super) fn invalid(expected: &str, received: &JsValue) -> Self {
        let says = format!("must be {expected}; received {}", describe(received));
        Self { code: "invalid", path: Vec::new(), index: None, says, received: received.clone() }
    }

    /// A name that is no field of this input.
    pub(super) fn unknown(name: &str, fields: &[&str], others: &[&str]) -> Self {
        let fields = [fields, others].concat().join(", ");
        let says = format!("is not a field here; the fields are {fields}");
        Self {
            code: "unknown",
            path: vec![name.into()],
            index: None,
            says,
            received: JsValue::UNDEFINED,
        }
    }

    /// What the core refused; the value received is looked up in `input`.
    pub(super) fn of_core(error: crate::Error, input: &JsValue) -> Self {
        match error {
            crate::Error::Invalid { within, field, index, expected } => {
                let path: Vec<String> = within.into_iter().chain([field]).map(camel_case).collect();
                let index = index.and_then(|index| u32::try_from(index).ok());
                let received = look_up(input, &path, index);
                Self { path, index, ..Self::invalid(&camel_case(expected), &received) }
            }
            crate::Error::Arithmetic { result } => Self {
                code: error.code(),
                path: vec![camel_case(result)],
                index: None,
                says: "cannot be represented for these inputs".into(),
                received: JsValue::UNDEFINED,
            },
        }
    }

    /// The same refusal, seen from the object that holds the value as `field`.
    pub(super) fn within(mut self, field: &str) -> Self {
        self.path.insert(0, field.into());
        self
    }

    /// The same refusal, seen from the list that holds the value at `index`.
    pub(super) fn at(self, index: u32) -> Self {
        Self { index: Some(index), ..self }
    }
}

impl serde::de::Error for Refusal {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self {
            code: "internal",
            path: Vec::new(),
            index: None,
            says: message.to_string(),
            received: JsValue::UNDEFINED,
        }
    }

    fn missing_field(field: &'static str) -> Self {
        Self {
            code: "missing",
            path: vec![field.into()],
            says: "is missing".into(),
            ..Self::custom("")
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.path.is_empty(), self.index) {
            (true, _) => write!(f, "The input ")?,
            (false, None) => write!(f, "{} ", self.path.join("."))?,
            (false, Some(index)) => write!(f, "{} (entry {index}) ", self.path.join("."))?,
        }
        write!(f, "{}.", self.says)
    }
}

impl std::error::Error for Refusal {}

impl From<Refusal> for JsValue {
    fn from(refusal: Refusal) -> Self {
        let object = Object::new();
        let set = |name: &str, value: JsValue| {
            // Setting a property of a fresh plain object cannot fail.
            let _ = Reflect::set(&object, &name.into(), &value);
        };
        set("refusal", refusal.code.into());
        set("message", refusal.to_string().into());
        if !refusal.path.is_empty() {
            set("field", refusal.path.join(".").into());
            set("value", refusal.received);
        }
        if let Some(index) = refusal.index {
            set("index", index.into());
        }
        object.into()
    }
}

/// `staked_usd` → `stakedUsd`; words without an underscore stay as they are.
pub(super) fn camel_case(snake: &str) -> String {
    let mut camel = String::with_capacity(snake.len());
    let mut upper = false;
    for letter in snake.chars() {
        match letter {
            '_' => upper = true,
            _ if upper => {
                camel.push(letter.to_ascii_uppercase());
                upper = false;
            }
            _ => camel.push(letter),
        }
    }
    camel
}

/// The value at `path` (and `index`) of `input`; `undefined` where there is none.
fn look_up(input: &JsValue, path: &[String], index: Option<u32>) -> JsValue {
    let step = |value: JsValue, name: JsValue| {
        if value.is_object() { Reflect::get(&value, &name).unwrap_or_default() } else { value }
    };
    let value = path.iter().fold(input.clone(), |value, name| step(value, name.into()));
    index.map_or(value.clone(), |index| step(value, index.into()))
}

/// A short rendering of any JavaScript value that runs none of its code.
fn describe(value: &JsValue) -> String {
    let quoted = |text: String, quote: &str| {
        let short: String = text.chars().take(MAX_QUOTED).collect();
        let dots = if short.len() < text.len() { "…" } else { "" };
        format!("{quote}{short}{dots}{quote}")
    };
    if let Some(text) = value.dyn_ref::<js_sys::JsString>() {
        let limit = u32::try_from(MAX_QUOTED).unwrap_or(u32::MAX).saturating_add(1);
        return quoted(String::from(text.slice(0, limit)), "\"");
    }
    if let Some(number) = value.as_f64() {
        return js_sys::Number::from(number)
            .to_string_with_radix(10)
            .map_or(String::new(), String::from);
    }
    if value.is_undefined() {
        return "nothing".into();
    }
    if value.is_null() || value.as_bool().is_some() {
        return format!("{value:?}");
    }
    if let Some(integer) = value.dyn_ref::<js_sys::BigInt>() {
        // Writing out a huge integer takes time that grows with its square.
        return match js_sys::BigInt::as_int_n(512.0, integer) == *integer {
            true => quoted(integer.to_string(10).map_or(String::new(), String::from), "") + "n",
            false => "a bigint of more than 512 bits".into(),
        };
    }
    if Array::is_array(value) {
        return format!("a list of {}", value.unchecked_ref::<Array>().length());
    }
    match value.js_typeof().as_string().as_deref() {
        Some("object") => "an object".into(),
        Some(kind) => format!("a {kind}"),
        None => "a value".into(),
    }
}
