//! A QR code as a picture (SVG), for setting an authenticator app up: a telephone reads it from the screen.

use qrcodegen::{QrCode, QrCodeEcc};

use super::Refused;

/// Light squares around the code, as the standard wants.
const MARGIN: i32 = 4;

/// The picture of a text, with a title for whoever does not see it.
///
/// # Errors
/// [`Refused::TooLong`].
pub fn picture(text: &str, title: &str) -> Result<String, Refused> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|_| Refused::TooLong)?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        for x in (0..size).filter(|x| code.get_module(*x, y)) {
            path.push_str(&format!("M{} {}h1v1h-1z", x + MARGIN, y + MARGIN));
        }
    }
    let side = size + 2 * MARGIN;
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\"><title>{title}</title><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}
