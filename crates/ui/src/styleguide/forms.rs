//! Fields of every kind, as they are empty, filled in, and wrong.

use maud::{Markup, html};

use super::Says;
use crate::{Button, Choice, Field, Fields, Kind, Width, Words, button, hidden, toolbar};

pub(super) fn all(words: &Words, says: Says<'_>) -> Markup {
    let mut fields = Fields::new(words);
    let name = Field::new("given_name", says("Given names"))
        .autocomplete("off")
        .most(80);
    let born = Field::new("born", says("Date of birth")).hint(says("For example 27 3 1974"));
    let minutes = Field::new("minutes", says("Minutes of walking a day"))
        .hint(says("On an ordinary day"))
        .unit(says("minutes"))
        .width(Width::Five)
        .range(0.0, 600.0);
    let noted = Field::new("noted", says("What you noticed"))
        .hint(says("In your own words"))
        .most(200)
        .optional();
    fields.set("given_name", says("Maria"));
    fields.set(
        "noted",
        says("It began after moving house.\nMornings are worst."),
    );
    fields
        .set("born-day", says("31"))
        .set("born-month", "2")
        .set("born-year", "1974");
    fields.set("minutes", says("a lot"));
    fields.set("worst", "7");
    fields.add("where", "left").add("where", "back");
    fields.set("known", "yes").set("speaks", "es");
    fields.read_date(&born);
    fields.read_number(&minutes);
    fields.wrong(
        "known",
        says("Numbness: nothing is chosen. Choose an answer."),
    );

    let known = [
        Choice::new("yes", says("Yes")),
        Choice::new("no", says("No")),
        Choice::new("unknown", says("I do not know")),
    ];
    let places = [
        Choice::new("back", says("Lower back")).hint(says("Between the ribs and the buttocks")),
        Choice::new("left", says("Left leg")),
        Choice::new("right", says("Right leg")),
        Choice::new("none", says("None of these")).apart(),
    ];
    let speaks = [
        Choice::new("en", says("English")),
        Choice::new("es", says("Español")),
    ];
    html! {
        h2 { (says("Forms")) }
        form method="post" action="#forms" data-guard {
            (fields.summary())
            (hidden("csrf", &says("token")))
            (fields.text(&name))
            (fields.text(&Field::new("phone", says("Telephone")).kind(Kind::Tel).width(Width::Twenty).autocomplete("off").optional()))
            (fields.date(&born))
            (fields.number(&minutes))
            (fields.textarea(&noted))
            (fields.select(&Field::new("speaks", says("Language")), &speaks))
            (fields.radios(&Field::new("known", says("Numbness between the legs")).hint(says("Where a saddle would touch")).inline(), &known))
            (fields.radios(&Field::new("known2", says("Have you had this before?")), &known))
            (fields.checkboxes(&Field::new("where", says("Where does it hurt?")).hint(says("Choose all that are right")), &places))
            (fields.scale(&Field::new("worst", says("How bad was the pain at its worst in the last week?")), 0, 10, &says("no pain"), &says("the worst pain imaginable")))
            (fields.tick(&Field::new("somebody_else", says("This is somebody else")).hint(says("Nobody in the list above")), "yes"))
            (fields.password(&Field::new("password", says("Password"))))
            (toolbar(&[
                button(&says("Save and go on")),
                html! { (Button::new(says("Save as draft")).second().as_it_is().sends("draft", says("yes"))) },
                html! { (Button::new(says("Delete")).warning().to("/delete")) },
                html! { a class="govuk-link" href="#forms" { (says("Cancel")) } },
            ]))
        }
        h3 { (says("A form written with nothing but HTML")) }
        form method="post" action="#forms" data-plain {
            p.field { label for="old" { (says("Family name")) } span.hint { (says("As in the passport")) } input id="old" name="old" type="text" autocomplete="off"; }
            p { label { input type="checkbox" name="plain" value="yes"; " " (says("This is somebody else")) } }
            p { button { (says("Register")) } " " button.second { (says("Sign out")) } }
        }
        div.trouble { h2 { (says("Not written down")) } p { (says("Somebody changed it in the meantime. Open it again.")) } }
        div.note { p { (says("A link was made. It works once.")) } p.code { (says("https://example.org/t/3f9a")) } }
    }
}
