//! Writes the style guide and its files: `cargo run -p cotreat-ui --example styleguide -- out.html [en|es]`.

use std::path::PathBuf;
use std::{env, fs};

use cotreat_ui::styleguide::{body, frame};
use cotreat_ui::{Lang, Words, assets};

fn main() -> std::io::Result<()> {
    let mut args = env::args_os().skip(1);
    let page = PathBuf::from(args.next().unwrap_or_else(|| "styleguide.html".into()));
    let lang = args
        .next()
        .and_then(|code| Lang::from_code(&code.to_string_lossy()));
    let words = Words::of(lang.unwrap_or_default());
    let says = str::to_owned;
    let whole = frame(&words, &says)
        .files(assets::STYLE.name.as_str(), assets::SCRIPT.name.as_str())
        .page(body(&words, &says));
    let folder = page.parent().map(PathBuf::from).unwrap_or_default();
    for asset in [&*assets::STYLE, &*assets::SCRIPT] {
        fs::write(folder.join(&asset.name), asset.content)?;
    }
    fs::write(&page, whole.into_string())
}
