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
