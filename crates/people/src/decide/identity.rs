//! Whether somebody can be who they are said to be.

use jiff::civil::{Date, date};

use super::texts::{self, LINE, NAME};
use super::{Refusal, Refused};
use crate::identity::Identity;
use crate::words::words;

/// Nobody alive was born before.
const OLDEST: Date = date(1900, 1, 1);
/// The most characters of a postal address.
const ADDRESS: usize = 500;
/// The most characters of a telephone number or a number elsewhere, and the fewest digits of the former.
const NUMBER: usize = 64;
const DIGITS: usize = 3;

pub(super) fn check(identity: &Identity, today: Date) -> Result<(), Refusal> {
    name(&identity.family_name, "the family name")?;
    name(&identity.given_name, "the given name")?;
    born(identity.born, today)?;
    if let Some(number) = &identity.phone {
        phone(number)?;
    }
    if let Some(address) = &identity.email {
        texts::email(address)?;
    }
    if let Some(address) = &identity.address {
        texts::lines(address, "the postal address", ADDRESS)?;
    }
    if let Some(tag) = &identity.language {
        texts::language(tag)?;
    }
    if let Some(number) = &identity.number_elsewhere {
        texts::line(number, "the number elsewhere", NUMBER)?;
    }
    Ok(())
}

/// A name holds a letter of some script.
pub(super) fn name(text: &str, what: &str) -> Result<(), Refusal> {
    texts::line(text, what, NAME)?;
    if words(text).is_empty() {
        return Err(texts::missing(
            what,
            "write it as the person writes it; who has one name only has it in both places",
        ));
    }
    Ok(())
}

fn born(born: Date, today: Date) -> Result<(), Refusal> {
    if born > today {
        return Err(Refusal::new(
            Refused::InTheFuture,
            "not written down",
            "the date of birth lies in the future",
            "correct it; a year of two digits may have been read in the wrong century",
        ));
    }
    if born < OLDEST {
        return Err(Refusal::new(
            Refused::TooLongAgo,
            "not written down",
            format!("the date of birth lies before {OLDEST}"),
            "correct it",
        ));
    }
    Ok(())
}

fn phone(number: &str) -> Result<(), Refusal> {
    texts::line(number, "the telephone number", NUMBER)?;
    if number.chars().filter(|c| c.is_numeric()).count() < DIGITS {
        return Err(texts::unfit(
            "the telephone number",
            "it holds hardly a digit",
            "write the number; other words belong into the address",
        ));
    }
    Ok(())
}

/// The name of an organisation or of somebody who works there.
pub(super) fn called(text: &str) -> Result<(), Refusal> {
    texts::line(text, "the name", LINE)?;
    if words(text).is_empty() {
        return Err(texts::missing("the name", "write it down"));
    }
    Ok(())
}
