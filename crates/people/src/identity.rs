//! Who a patient is.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who a patient is: names, date of birth, how to reach them. Never stored in clear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Identity {
    /// Family name, as the patient writes it.
    pub family_name: String,
    /// Given names.
    pub given_name: String,
    /// Date of birth.
    #[schemars(with = "String")]
    pub born: Date,
    /// Telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Postal address, on one or more lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The language the patient reads: a BCP 47 tag such as `en` or `es`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The number under which another system knows the patient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_elsewhere: Option<String>,
}

impl Identity {
    /// Given name and family name.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }
}

/// Whether a text looks like an e-mail address: something, `@`, and a domain with a full stop inside it. Whether mail arrives there, only mail can tell.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let strange = |c: char| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"@".contains(c);
    let Some((name, domain)) = text.split_once('@') else {
        return false;
    };
    let labels: Vec<&str> = domain.split('.').collect();
    let whole =
        |label: &&str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
    text.len() <= 254
        && !name.is_empty()
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !name.contains("..")
        && !text.replacen('@', "", 1).contains(strange)
        && labels.len() > 1
        && labels.iter().all(whole)
}
