//! The answer: whether somebody may do something, and why.

use std::collections::BTreeSet;
use std::fmt;

use cedar_policy::{Authorizer, Decision as Answer, Entities, PolicySet};

use crate::action::Action;
use crate::asked::{Asked, Words};
use crate::problem::Problem;
use crate::resource::Resource;
use crate::rules::{POLICIES, Rule, Rules, SCHEMA};
use crate::viewer::Viewer;

/// The rules, read once.
pub struct Access {
    rules: Rules,
    words: Words,
    authorizer: Authorizer,
}

/// Whether somebody may do something, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// They may.
    pub allowed: bool,
    /// Ids of the rules that made it so, for the log; none where nothing speaks for it.
    pub rules: Vec<String>,
    /// Why, in sentences for people: one for each rule, or that of the action where nothing speaks for it. Never empty.
    pub because: Vec<String>,
}

impl Access {
    /// Reads the rules that belong to this program.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn load() -> Result<Self, Vec<Problem>> {
        Self::read(SCHEMA, &POLICIES)
    }

    /// Reads rules: the schema, and files of policies with their names.
    ///
    /// # Errors
    /// Everything that is wrong with them: what does not fit the schema, a rule without id or reason, an action without its sentences.
    pub fn read(schema: &str, policies: &[(&str, &str)]) -> Result<Self, Vec<Problem>> {
        Ok(Self {
            rules: Rules::read(schema, policies)?,
            words: Words::new()?,
            authorizer: Authorizer::new(),
        })
    }

    /// Whether somebody may do this, and why. What no rule allows is refused.
    #[must_use]
    pub fn decide(&self, viewer: &Viewer, action: Action, resource: &Resource<'_>) -> Decision {
        let rules = self.rules.about(action, viewer.kind());
        self.decide_by(rules, viewer, action, resource)
    }

    fn decide_by(
        &self,
        rules: &PolicySet,
        viewer: &Viewer,
        action: Action,
        resource: &Resource<'_>,
    ) -> Decision {
        if viewer.nameless() {
            return refused("nobody can tell who asks: sign in again");
        }
        let Some(said) = self.rules.said(action) else {
            return self.nothing_speaks_for(action);
        };
        let asked = self.words.ask(&self.rules.schema, viewer, said, resource);
        let Some(Asked { request, entities }) = asked else {
            return refused(&format!(
                "`{action}` is not done to {}: this is a fault of the program, tell whoever runs the server",
                resource.word()
            ));
        };
        let entities = match Entities::from_entities(entities, None) {
            Ok(entities) => entities,
            Err(failed) => {
                return refused(&format!(
                    "what is asked contradicts itself ({failed}): tell whoever runs the server"
                ));
            }
        };
        let response = self.authorizer.is_authorized(&request, rules, &entities);
        let diagnostics = response.diagnostics();
        // Cedar passes over a rule that fails. One that forbids must not be passed over, so nothing is allowed then.
        if let Some(failed) = diagnostics.errors().next() {
            return refused(&format!(
                "a rule could not be applied ({failed}): tell whoever runs the server"
            ));
        }
        let by: BTreeSet<&str> = diagnostics.reason().map(AsRef::as_ref).collect();
        if by.is_empty() {
            return self.nothing_speaks_for(action);
        }
        let because = |id: &&str| self.rules.rule(id).map(|rule| rule.because.clone());
        Decision {
            allowed: response.decision() == Answer::Allow,
            because: by.iter().filter_map(because).collect(),
            rules: by.into_iter().map(str::to_owned).collect(),
        }
    }

    fn nothing_speaks_for(&self, action: Action) -> Decision {
        refused(self.otherwise(action))
    }

    /// Every rule, in the order of the files.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.list()
    }

    /// What an action is, in words: "see the clinical record".
    #[must_use]
    pub fn what(&self, action: Action) -> &str {
        self.rules.said(action).map_or("", |said| &said.what)
    }

    /// The sentence of a refusal for which no rule has a better one.
    #[must_use]
    pub fn otherwise(&self, action: Action) -> &str {
        self.rules.said(action).map_or("", |said| &said.otherwise)
    }
}

impl Decision {
    /// All of it as one text.
    #[must_use]
    pub fn sentence(&self) -> String {
        self.because.join("; ")
    }
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rules: Vec<&str> = self.rules().map(|rule| rule.id.as_str()).collect();
        f.debug_struct("Access").field("rules", &rules).finish()
    }
}

fn refused(because: &str) -> Decision {
    Decision {
        allowed: false,
        rules: Vec::new(),
        because: vec![because.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use cedar_policy::Entities;

    use super::*;
    use crate::rules::policies;
    use crate::support::{OURS, Situation, THEIRS, about, access, elsewhere_done, viewers};

    /// Every question: who asks, what for, about whom.
    fn over_all(check: impl Fn(&Viewer, Action, &Resource<'_>)) {
        for viewer in viewers() {
            for situation in Situation::ALL {
                let patient = situation.patient();
                for action in Action::ALL {
                    check(&viewer, *action, &about(*action, &patient, &viewer));
                    for organisation in [OURS, THEIRS] {
                        if let Some(resource) = elsewhere_done(*action, organisation) {
                            check(&viewer, *action, &resource);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn rules_that_are_not_looked_at_would_change_nothing() {
        let (all, _) = policies::read(&POLICIES).expect("the rules of this program");
        over_all(|viewer, action, resource| {
            let by_all = access().decide_by(&all, viewer, action, resource);
            assert_eq!(
                access().decide(viewer, action, resource),
                by_all,
                "{viewer:?} {action}"
            );
        });
    }

    #[test]
    fn what_the_rules_look_at_fits_the_schema() {
        let schema = &access().rules.schema;
        over_all(|viewer, action, resource| {
            let said = access()
                .rules
                .said(action)
                .expect("every action has its words");
            if let Some(asked) = access().words.ask(schema, viewer, said, resource) {
                let checked = Entities::from_entities(asked.entities, Some(schema));
                assert!(checked.is_ok(), "{viewer:?} {action}: {checked:?}");
            }
        });
    }
}
