//! A form as a browser sees it: its fields with what stands in them, ready to be changed and sent.

use super::browser::{Answer, Browser};

/// The fields of a form, in their order.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// The form of a page that is sent to this address.
    pub fn of(page: &str, action: &str) -> Self {
        let at = format!("action=\"{action}\"");
        let start = page.find(&at);
        let start = start.unwrap_or_else(|| panic!("no form for `{action}` in {page}"));
        let inside = page[start..].split("</form>").next().expect("a form");
        let mut form = Self {
            action: action.to_owned(),
            fields: Vec::new(),
        };
        let mut rest = inside;
        while let Some(at) = rest.find('<') {
            rest = &rest[at..];
            let end = rest.find('>').expect("an end");
            let tag = &rest[..end];
            let after = &rest[end + 1..];
            let name = attribute(tag, "name");
            if tag.starts_with("<input") {
                form.input(tag, name);
            } else if tag.starts_with("<textarea") {
                let text = after.split("</textarea>").next().unwrap_or_default();
                // The first line end of a text area is not part of it.
                let text = text.strip_prefix('\n').unwrap_or(text);
                form.add(name.expect("a name"), plain(text));
            } else if tag.starts_with("<select") {
                let options = after.split("</select>").next().unwrap_or_default();
                let chosen = options
                    .split("<option")
                    .find(|one| one.contains(" selected"));
                let value = chosen.and_then(|one| attribute(one, "value"));
                form.add(name.expect("a name"), value.unwrap_or_default());
            }
            rest = after;
        }
        form
    }

    fn input(&mut self, tag: &str, name: Option<String>) {
        let kind = attribute(tag, "type").unwrap_or_default();
        let ticked = !matches!(kind.as_str(), "radio" | "checkbox") || tag.contains(" checked");
        if let Some(name) = name
            && ticked
        {
            self.add(name, attribute(tag, "value").unwrap_or_default());
        }
    }

    fn add(&mut self, name: String, value: String) {
        self.fields.push((name, value));
    }

    /// What stands in a field.
    pub fn get(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(one, _)| one == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// Fills a field in.
    pub fn set(&mut self, name: &str, value: &str) -> &mut Self {
        self.fields.retain(|(one, _)| one != name);
        self.add(name.to_owned(), value.to_owned());
        self
    }

    /// Sends it by the button of this value.
    pub async fn send(&self, browser: &mut Browser, button: &str) -> Answer {
        let mut fields: Vec<(&str, &str)> = self
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        fields.push(("do", button));
        browser.post(&self.action, &fields).await
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next().map(plain)
}

/// Without the escapes of HTML.
fn plain(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}
