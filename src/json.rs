//! Canonical JSON (RFC 8785): one text for one value, on every platform.

/// A canonical text in the making: who writes an object gives its fields by rising name.
pub(crate) struct Json(String);

impl Json {
    pub(crate) const fn new() -> Self {
        Self(String::new())
    }

    /// Begins an object or a list by its bracket.
    pub(crate) fn open(&mut self, bracket: char) -> &mut Self {
        self.separate();
        self.0.push(bracket);
        self
    }

    /// Ends an object or a list by its bracket.
    pub(crate) fn close(&mut self, bracket: char) -> &mut Self {
        self.0.push(bracket);
        self
    }

    /// The name of the field that is written next: plain ASCII.
    pub(crate) fn name(&mut self, name: &str) -> &mut Self {
        self.text(name);
        self.0.push(':');
        self
    }

    /// A number as ECMAScript writes it.
    pub(crate) fn number(&mut self, number: f64) -> &mut Self {
        self.separate();
        self.0.push_str(&number_text(number));
        self
    }

    /// No number, where there is none in a series.
    pub(crate) fn null(&mut self) -> &mut Self {
        self.separate();
        self.0.push_str("null");
        self
    }

    #[inline(never)]
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.separate();
        write_text(text, &mut self.0);
        self
    }

    /// A comma between what is written and what comes next.
    #[inline(never)]
    fn separate(&mut self) {
        if !matches!(self.0.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.0.push(',');
        }
    }

    pub(crate) fn finished(self) -> String {
        self.0
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
                let code = u8::try_from(control).unwrap_or_default();
                out.push_str("\\u00");
                out.extend([hex_digit(code >> 4), hex_digit(code & 15)]);
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

/// A digit from 0 to 15 as it is written.
pub(crate) fn hex_digit(digit: u8) -> char {
    char::from_digit(digit.into(), 16).unwrap_or('0')
}
