//! Canonical JSON (RFC 8785): one text for one value, on every platform.

/// A JSON value; object names are plain ASCII.
pub(crate) enum Json {
    Number(f64),
    Null,
    Text(String),
    List(Vec<Json>),
    Object(Vec<(&'static str, Json)>),
}

impl Json {
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// The canonical text: sorted names, no blanks, numbers as ECMAScript writes them.
    pub(crate) fn canonical(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Number(number) => out.push_str(&number_text(*number)),
            Self::Null => out.push_str("null"),
            Self::Text(text) => write_text(text, out),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Self::Object(fields) => {
                // ASCII names sort the same by bytes as by UTF-16 code units.
                out.push('{');
                let least_above = |floor: &str| {
                    let above = fields.iter().filter(|(name, _)| *name > floor);
                    above.min_by_key(|(name, _)| *name)
                };
                let mut next = least_above("");
                while let Some((name, value)) = next {
                    if !out.ends_with('{') {
                        out.push(',');
                    }
                    write_text(name, out);
                    out.push(':');
                    value.write(out);
                    next = least_above(name);
                }
                out.push('}');
            }
        }
    }
}

/// A finite number as ECMAScript writes it: the shortest text that reads back the same.
pub(crate) fn number_text(number: f64) -> String {
    ryu_js::Buffer::new().format_finite(number).into()
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            control if control < ' ' => {
                let digit = |value| char::from_digit(value, 16).unwrap_or('0');
                let code = u32::from(control);
                out.push_str("\\u00");
                out.extend([digit(code >> 4), digit(code & 15)]);
            }
            other => out.push(other),
        }
    }
    out.push('"');
}
