//! Random numbers: the only place of this crate's sign-in that asks the system for them.

use zeroize::Zeroizing;

use super::Refused;

/// Random bytes.
///
/// # Errors
/// [`Refused::NoChance`].
pub fn bytes<const N: usize>() -> Result<Zeroizing<[u8; N]>, Refused> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(&mut *bytes).map_err(|_| Refused::NoChance)?;
    Ok(bytes)
}

/// The id of a row: 128 bits, 32 hexadecimal digits. It opens nothing.
///
/// # Errors
/// [`Refused::NoChance`].
pub fn id() -> Result<String, Refused> {
    let bytes = bytes::<16>()?;
    Ok(data_encoding::HEXLOWER.encode(&*bytes))
}

/// So many decimal digits, each as likely as the others.
///
/// # Errors
/// [`Refused::NoChance`].
pub fn digits(count: usize) -> Result<Zeroizing<String>, Refused> {
    let mut digits = Zeroizing::new(String::with_capacity(count));
    while digits.len() < count {
        for byte in bytes::<16>()?.iter() {
            // 250 is the last multiple of ten: beyond it the low digits would come more often.
            if *byte < 250 && digits.len() < count {
                digits.push(char::from(b'0' + byte % 10));
            }
        }
    }
    Ok(digits)
}
