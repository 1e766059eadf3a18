//! Where a figure came from.

use sha2::{Digest, Sha256};

use crate::date::date;
use crate::error::{Error, Result};

/// A file that figures rest on, so that anybody can tell whether they have the same one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// What it was used for, such as `"candles"`.
    pub role: String,
    /// Its name.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Rows that were used.
    pub rows: usize,
    /// The first time used, seconds since 1970.
    pub from_secs: u64,
    /// The last time used, seconds since 1970.
    pub to_secs: u64,
    /// What it was computed with, in words.
    pub options: String,
    /// What is wrong with it, in words; none where that was not looked at.
    pub quality: Option<String>,
}

impl Provenance {
    /// The provenance of a file's `bytes`: all but its hash is told.
    ///
    /// # Errors
    /// `Invalid` on `rows` of 0, on `to_secs` that is before `from_secs` or after the year 9999.
    ///
    /// ```
    /// use llamath::market::Provenance;
    /// let (options, quality) = ("close at its end", Some("no gaps"));
    /// let file = Provenance::of("spot", "eth.csv", b"abc", 2, (0, 60), options, quality)?;
    /// assert!(file.sha256.starts_with("ba7816bf") && file.sha256.len() == 64);
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn of(
        role: &str,
        file: &str,
        bytes: &[u8],
        rows: usize,
        (from_secs, to_secs): (u64, u64),
        options: &str,
        quality: Option<&str>,
    ) -> Result<Self> {
        if rows == 0 {
            return Err(Error::invalid(&"rows", &"above 0"));
        }
        if to_secs < from_secs || date(to_secs).is_err() {
            let expected = &"not before from_secs, in seconds before the year 10000";
            return Err(Error::invalid(&"to_secs", expected));
        }
        let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let [role, file, options] = [role, file, options].map(String::from);
        let quality = quality.map(String::from);
        Ok(Self { role, file, sha256, rows, from_secs, to_secs, options, quality })
    }
}
