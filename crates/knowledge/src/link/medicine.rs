//! Links medicines.

use crate::files::Files;
use crate::format;
use crate::link::context::Context;
use crate::link::ids::is_snake_case;
use crate::model::{Conversion, Medicine};

pub(crate) fn all(context: &Context<'_>, files: &Files) -> Vec<Medicine> {
    context.each(
        &files.medicines,
        |m| &m.id,
        |file, m| {
            check(context, file, m);
            Medicine {
                id: m.id.value.clone(),
                name: m.name.clone(),
                class: m.class.value.clone(),
                opioid: m.opioid,
                intervention: m
                    .intervention
                    .as_ref()
                    .and_then(|id| context.find(&context.ids.interventions, file, id)),
                conversions: m
                    .conversion
                    .iter()
                    .map(|c| Conversion {
                        route: c.route,
                        unit: c.unit,
                        factor: c.factor.value,
                        statement: context.statement(file, c),
                    })
                    .collect(),
                statement: context.statement(file, m),
                notes: context.statements(file, &m.evidence),
                place: context.place(file, &m.id.span),
            }
        },
    )
}

fn check(context: &Context<'_>, file: &str, m: &format::Medicine) {
    if !is_snake_case(&m.class.value) {
        context.wrong(
            file,
            &m.class,
            format!("`{}` is not a class of medicines", m.class.value),
            "use small letters, digits and `_`, the same word in every file of the class",
        );
    }
    for (at, one) in m.conversion.iter().enumerate() {
        if !m.opioid {
            context.wrong(
                file,
                &one.factor,
                "only an opioid is turned into oral morphine",
                "add `opioid = true`, or leave the conversion out",
            );
        }
        if !(one.factor.value > 0.0 && one.factor.value.is_finite()) {
            context.wrong(
                file,
                &one.factor,
                "a conversion factor is greater than 0",
                "leave the conversion out where none is known: the dose is then \"not known\", never 0",
            );
        }
        if m.conversion[..at]
            .iter()
            .any(|other| other.route == one.route && other.unit == one.unit)
        {
            context.wrong(
                file,
                &one.factor,
                "this way of taking it has a conversion already",
                "keep one of the two",
            );
        }
    }
}
