//! Every route and every clinical act × every role × own care team, own organisation, other organisation, nobody's: the answer is what the policies say, and whoever may not know of a
//! patient gets the answer of a patient that never was.

use cotreat_access::{Action, Resource, Viewer};
use cotreat_people::Role;
use cotreat_server::clinic::action;
use cotreat_server::web::{Access, ROUTES};
use serde_json::Value;

use crate::record::episode;
use crate::support::House;
use crate::support::people::Somebody;

/// A route, the permission it needs, and fields that change nothing when it is let through.
type Form = (
    &'static str,
    &'static str,
    Action,
    &'static [(&'static str, &'static str)],
);

const ABOUT_PATIENTS: &[Form] = &[
    ("GET", "/patients/{id}", Action::SeeIdentity, &[]),
    (
        "GET",
        "/patients/{id}/identity",
        Action::CorrectIdentity,
        &[],
    ),
    (
        "POST",
        "/patients/{id}/assign",
        Action::AssignInstrument,
        &[("episode", "nothing")],
    ),
    (
        "POST",
        "/patients/{id}/identity",
        Action::CorrectIdentity,
        &[
            ("given_name", "A"),
            ("family_name", "B"),
            ("born", "1980-05-01"),
        ],
    ),
    (
        "POST",
        "/patients/{id}/notes",
        Action::WritePrivateNote,
        &[("text", "")],
    ),
    (
        "POST",
        "/patients/{id}/glass",
        Action::BreakGlass,
        &[("reason", "")],
    ),
    (
        "POST",
        "/patients/{id}/merge",
        Action::MergePatients,
        &[("other", "{id}"), ("reason", "x")],
    ),
    (
        "POST",
        "/patients/{id}/unmerge",
        Action::MergePatients,
        &[("other", "{id}"), ("reason", "x")],
    ),
    (
        "POST",
        "/patients/{id}/seen-at",
        Action::ChangeWhereSeen,
        &[("organisation", "")],
    ),
    (
        "POST",
        "/patients/{id}/erase",
        Action::ErasePatient,
        &[("asked_by", ""), ("reason", "")],
    ),
    (
        "POST",
        "/patients/{id}/episodes",
        Action::OpenEpisode,
        &[("setting", "nowhere")],
    ),
    ("POST", "/patients/{id}/page-link", Action::MakeLink, &[]),
    (
        "POST",
        "/patients/{id}/links/revoke",
        Action::RevokeLink,
        &[("link", "nothing")],
    ),
];
const ABOUT_EPISODES: &[Form] = &[
    ("GET", "/episodes/{id}", Action::SeeRecord, &[]),
    (
        "POST",
        "/episodes/{id}/task-link",
        Action::MakeLink,
        &[("assignment", "a1")],
    ),
    (
        "POST",
        "/episodes/{id}/alert",
        Action::TakeAlert,
        &[("does-", "")],
    ),
    (
        "GET",
        "/episodes/{id}/referrals/new",
        Action::DraftReferral,
        &[],
    ),
    (
        "POST",
        "/episodes/{id}/referrals/new",
        Action::DraftReferral,
        &[("do", "save")],
    ),
];
/// About a referral that is not there: whoever is let through is told so, and cannot tell whether there is one.
const ABOUT_REFERRALS: &[Form] = &[
    (
        "GET",
        "/episodes/{id}/referrals/{referral}",
        Action::SeeReferral,
        &[],
    ),
    (
        "POST",
        "/episodes/{id}/referrals/{referral}",
        Action::DraftReferral,
        &[("do", "cancel"), ("cancel-reason", "x")],
    ),
    (
        "GET",
        "/episodes/{id}/referrals/{referral}/appointment.ics",
        Action::SeeReferral,
        &[],
    ),
];
/// Whom the policies let look for colleagues.
const ABOUT_THE_DIRECTORY: &[&str] = &[
    "/directory",
    "/directory/people/{user}",
    "/directory/organisations/{id}",
];
/// What is done on the pages of an episode: whoever does it sees into the record, and may do this too. Fields are those of an empty form.
const IN_EPISODES: &[(&str, &str, Action)] = &[
    ("POST", "/episodes/{id}/alarms", Action::ClearAlarm),
    ("POST", "/episodes/{id}/answers", Action::WriteFacts),
    ("POST", "/episodes/{id}/questions", Action::AnswerQuestion),
    ("GET", "/episodes/{id}/session", Action::WriteSession),
    ("POST", "/episodes/{id}/session", Action::WriteSession),
    (
        "GET",
        "/episodes/{id}/sessions/{session}",
        Action::WriteSession,
    ),
    (
        "POST",
        "/episodes/{id}/sessions/{session}",
        Action::WriteSession,
    ),
    ("GET", "/episodes/{id}/examine", Action::WriteFacts),
    ("POST", "/episodes/{id}/examine", Action::WriteFacts),
    ("GET", "/episodes/{id}/plan", Action::AgreePlan),
    ("POST", "/episodes/{id}/plan", Action::AgreePlan),
    ("GET", "/episodes/{id}/medicines", Action::SeeRecord),
    ("POST", "/episodes/{id}/medicines", Action::WriteMedication),
    ("GET", "/episodes/{id}/measures", Action::SeeRecord),
    ("POST", "/episodes/{id}/measures", Action::AssignInstrument),
    (
        "GET",
        "/episodes/{id}/measures/{instrument}",
        Action::SeeRecord,
    ),
    (
        "POST",
        "/episodes/{id}/measures/{instrument}",
        Action::AnswerInstrument,
    ),
    ("GET", "/episodes/{id}/close", Action::SeeRecord),
    ("POST", "/episodes/{id}/close", Action::CloseEpisode),
    ("POST", "/episodes/{id}/drafts/{form}", Action::WriteSession),
];
const ABOUT_ORGANISATIONS: &[Form] = &[
    ("GET", "/inquiries", Action::RegisterPatient, &[]),
    (
        "POST",
        "/inquiries",
        Action::RegisterPatient,
        &[("inquiry", "")],
    ),
    ("GET", "/patients/new", Action::RegisterPatient, &[]),
    ("GET", "/today", Action::RegisterPatient, &[]),
    (
        "POST",
        "/today/{day}/{id}/register",
        Action::RegisterPatient,
        &[],
    ),
    ("GET", "/chase", Action::RegisterPatient, &[]),
    ("GET", "/owner", Action::SeeResults, &[]),
    ("GET", "/organisation", Action::ChangeOrganisation, &[]),
    (
        "POST",
        "/organisation",
        Action::ChangeOrganisation,
        &[("name", "")],
    ),
    (
        "POST",
        "/organisation/privacy-officer",
        Action::ChangeOrganisation,
        &[("user", "nobody")],
    ),
    ("GET", "/erase", Action::ChangeOrganisation, &[]),
    (
        "POST",
        "/erase",
        Action::ChangeOrganisation,
        &[("number", "")],
    ),
    ("GET", "/audit", Action::SeeAudit, &[]),
    ("GET", "/audit.csv", Action::SeeAudit, &[]),
    ("GET", "/members", Action::SeeMembers, &[]),
    ("GET", "/members/new", Action::ChangeMembers, &[]),
    ("GET", "/members/{user}", Action::SeeMembers, &[]),
    (
        "POST",
        "/members/{user}/disable",
        Action::ChangeMembers,
        &[("reason", "")],
    ),
    ("POST", "/members/{user}/enable", Action::ChangeMembers, &[]),
    ("POST", "/members/{user}/reset", Action::ChangeMembers, &[]),
    (
        "POST",
        "/members",
        Action::ChangeMembers,
        &[("name", ""), ("email", ""), ("role", "operator")],
    ),
    (
        "POST",
        "/members/{user}/grant",
        Action::ChangeMembers,
        &[("role", "clinician")],
    ),
    (
        "POST",
        "/members/{user}/withdraw",
        Action::ChangeMembers,
        &[("role", "operator"), ("reason", "")],
    ),
    (
        "POST",
        "/patients",
        Action::RegisterPatient,
        &[
            ("given_name", ""),
            ("family_name", ""),
            ("born", "1980-05-01"),
        ],
    ),
];
/// Whoever is signed in sees these; what is on them is filtered row by row.
const FOR_ALL: &[&str] = &[
    "/",
    "/account",
    "/account/password",
    "/account/sessions/end",
    "/unsent",
    "/alerts",
    "/patients",
    "/knowledge",
    "/knowledge/{kind}",
    "/knowledge/{kind}/{id}",
    "/referrals",
];
/// A form with a file; walked in `desk.rs`.
const WITH_A_FILE: &str = "/today";
/// Clinicians change what they say about themselves; nobody else has anything to say there.
const OWN_ENTRY: &str = "/directory/own";
/// Walked act by act.
const ACTS: &str = "/episodes/{id}/acts";

#[test]
fn every_route_of_signed_in_people_is_walked() {
    let known = |path: &str, method: &str| {
        let listed = |list: &[Form]| list.iter().any(|(m, p, _, _)| *m == method && *p == path);
        listed(ABOUT_PATIENTS)
            || listed(ABOUT_EPISODES)
            || listed(ABOUT_ORGANISATIONS)
            || listed(ABOUT_REFERRALS)
            || ABOUT_THE_DIRECTORY.contains(&path)
            || path == OWN_ENTRY
            || IN_EPISODES
                .iter()
                .any(|(m, p, _)| *m == method && *p == path)
            || FOR_ALL.contains(&path)
            || path == ACTS
            || (path == WITH_A_FILE && method == "POST")
    };
    for route in ROUTES
        .iter()
        .filter(|route| route.access == Access::SignedIn)
    {
        assert!(
            known(route.path, route.method),
            "{route:?} is in no list of this test"
        );
    }
}

both!(strangers_get_nowhere, |house: House| async move {
    let mut stranger = house.stranger();
    for route in ROUTES
        .iter()
        .filter(|route| route.access != Access::Anybody)
    {
        let parts = route
            .path
            .split('/')
            .map(|part| if part.starts_with('{') { "x" } else { part });
        let place = parts.collect::<Vec<_>>().join("/");
        let answer = match route.method {
            "GET" => stranger.get(&place).await,
            _ => stranger.post(&place, &[]).await,
        };
        let sent_away = answer.status == 303 && answer.place() == "/sign-in";
        assert!(
            sent_away || answer.status == 401,
            "{route:?}: {} {}",
            answer.status,
            answer.text
        );
    }
});

/// Somebody, with a patient and an episode they may or may not see.
struct Walk<'a> {
    house: &'a House,
    who: &'a Somebody,
    browser: crate::support::browser::Browser,
    csrf: String,
}

impl Walk<'_> {
    fn viewer(&self) -> Viewer {
        self.house.caller(self.who).viewer
    }

    async fn send(
        &mut self,
        method: &str,
        place: &str,
        fields: &[(&str, &str)],
        id: &str,
    ) -> (u16, String) {
        let filled: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (*name, if *value == "{id}" { id } else { *value }))
            .collect();
        let answer = if method == "GET" {
            self.browser.get(place).await
        } else {
            let mut all = vec![("csrf", self.csrf.as_str())];
            all.extend(filled);
            self.browser.clone().post(place, &all).await
        };
        (answer.status, answer.text)
    }

    /// What the policies say about a patient.
    async fn may(&self, wanted: Action, patient: &str) -> bool {
        let Ok(relation) = self.house.clinic.relation(patient, self.house.now()).await else {
            return false;
        };
        let viewer = self.viewer();
        let resource = match wanted {
            Action::WritePrivateNote => Resource::PrivateNotes {
                of: &relation,
                organisation: &self.who.organisation,
            },
            Action::MergePatients => Resource::Files {
                kept: &relation,
                merged: &relation,
            },
            _ => Resource::Patient(&relation),
        };
        self.house
            .clinic
            .access
            .decide(&viewer, wanted, &resource)
            .allowed
    }

    fn check(&self, what: &str, may: bool, (status, text): (u16, String)) {
        let refused = matches!(status, 401 | 403 | 404);
        assert_eq!(
            !refused, may,
            "{} of {} ({:?}): {what} answered {status}, the policies say {may}\n{text}",
            self.who.id, self.who.organisation, self.who.roles
        );
    }
}

/// The acts, out of the golden events that hold the same.
fn acts() -> Vec<Value> {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../care/tests/golden/events/v1"
    );
    let renamed = [
        ("episode_opened", "open_episode"),
        ("episode_closed", "close_episode"),
        ("facts_recorded", "record_facts"),
        ("patient_warned", "warn_patient"),
        ("alert_taken", "take_alert"),
        ("alarm_cleared", "clear_alarm"),
        ("appraisal_shown", "show_appraisal"),
        ("plan_agreed", "agree_plan"),
        ("plan_revised", "revise_plan"),
        ("referral_drafted", "draft_referral"),
        ("referral_sent", "send_referral"),
        ("referral_accepted", "accept_referral"),
        ("referral_declined", "decline_referral"),
        ("referral_scheduled", "schedule_referral"),
        ("referral_started", "start_referral"),
        ("referral_missed", "miss_referral"),
        ("referral_completed", "complete_referral"),
        ("referral_cancelled", "cancel_referral"),
        ("referral_reopened", "reopen_referral"),
        ("care_team_left", "leave_care_team"),
        ("treatment_consent_given", "give_treatment_consent"),
        ("safety_net_given", "give_safety_net"),
        ("session_recorded", "record_session"),
        ("session_amended", "amend_session"),
        ("instrument_assigned", "assign_instrument"),
        ("instrument_answered", "answer_instrument"),
        ("adverse_event_recorded", "record_adverse_event"),
        ("medication_recorded", "record_medication"),
        ("question_asked", "ask_question"),
        ("question_answered", "answer_question"),
        ("consent_given", "give_consent"),
        ("consent_withdrawn", "withdraw_consent"),
        ("patients_merged", "merge_patients"),
        ("patients_unmerged", "unmerge_patients"),
    ];
    let read = |name: &str| {
        let path = format!("{folder}/{name}.json");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
        serde_json::from_str::<Value>(&text).expect("JSON")
    };
    renamed
        .iter()
        .map(|(event, act)| {
            let mut value = read(event);
            let fields = value.as_object_mut().expect("an object");
            for envelope in ["version", "by", "at", "day", "event"] {
                fields.remove(envelope);
            }
            fields.insert("act".to_owned(), Value::from(*act));
            value
        })
        .collect()
}

both!(
    every_role_gets_what_the_policies_say,
    |house: House| async move {
        let treating = house.somebody("pia", "north", Role::Clinician).await;
        let southern = house.somebody("sid", "south", Role::Clinician).await;
        let (north, north_episode) = episode(&house, &treating).await;
        let (south, south_episode) = episode(&house, &southern).await;
        let mut people = vec![treating, southern];
        for organisation in ["north", "south"] {
            for role in Role::ALL {
                let id = format!("{}-{organisation}", role.id().replace('_', "-"));
                people.push(house.somebody(&id, organisation, role).await);
            }
        }
        let acts = acts();
        for who in &people {
            let mut browser = house.browser(who).await;
            let csrf = browser.get("/account").await.hidden("csrf");
            let mut walk = Walk {
                house: &house,
                who,
                browser,
                csrf,
            };
            for id in [north.as_str(), south.as_str(), "nobody"] {
                for (method, path, wanted, fields) in ABOUT_PATIENTS {
                    let may = walk.may(*wanted, id).await;
                    let place = path.replace("{id}", id);
                    let answer = walk.send(method, &place, fields, id).await;
                    // A link that is not there is 410 for whoever may take it back.
                    walk.check(&format!("{method} {place}"), may, answer);
                }
            }
            for (id, patient) in [
                (north_episode.as_str(), north.as_str()),
                (south_episode.as_str(), south.as_str()),
                ("nothing", "nobody"),
            ] {
                for (method, path, wanted, fields) in ABOUT_EPISODES {
                    let may = walk.may(*wanted, patient).await;
                    let place = path.replace("{id}", id);
                    let (status, text) = walk.send(method, &place, fields, id).await;
                    // There is no such assignment for whoever may send one.
                    if !(may && *wanted == Action::MakeLink && status == 404) {
                        walk.check(&format!("{method} {place}"), may, (status, text));
                    }
                }
                for (method, path, wanted) in IN_EPISODES {
                    let sees = walk.may(Action::SeeRecord, patient).await;
                    let may = sees && walk.may(*wanted, patient).await;
                    let place = path
                        .replace("{id}", id)
                        .replace("{session}", "nothing")
                        .replace("{instrument}", "peg")
                        .replace("{form}", "session");
                    let (status, text) = walk.send(method, &place, &[], id).await;
                    // There is no such session for whoever may see one.
                    if !(may && path.contains("{session}") && status == 404) {
                        walk.check(&format!("{method} {place}"), may, (status, text));
                    }
                }
                for act in &acts {
                    let typed: cotreat_care::decide::Act = serde_json::from_value(act.clone())
                        .unwrap_or_else(|e| panic!("{act}: {e}"));
                    let may = match walk.house.clinic.relation(patient, walk.house.now()).await {
                        Ok(relation) => {
                            let resource = cotreat_server::clinic::about(&typed, &relation);
                            walk.house
                                .clinic
                                .access
                                .decide(&walk.viewer(), action(&typed), &resource)
                                .allowed
                        }
                        Err(_) => false,
                    };
                    // A version that never was: whoever is let through is told that it has changed, and nothing is written.
                    let body = serde_json::json!({ "seen": 9_999, "act": act }).to_string();
                    let heads = [
                        ("origin", crate::support::ORIGIN),
                        ("sec-fetch-site", "same-origin"),
                        ("content-type", "application/json"),
                        ("x-csrf-token", walk.csrf.as_str()),
                    ];
                    let answer = walk
                        .browser
                        .clone()
                        .send("POST", &format!("/episodes/{id}/acts"), &heads, body)
                        .await;
                    walk.check(
                        &format!("{} in {id}", act["act"]),
                        may,
                        (answer.status, answer.text),
                    );
                }
            }
            for (method, path, wanted, fields) in ABOUT_ORGANISATIONS {
                let own = Resource::organisation(&who.organisation);
                let may = walk
                    .house
                    .clinic
                    .access
                    .decide(&walk.viewer(), *wanted, &own)
                    .allowed;
                let place = path.replace("{user}", &who.id);
                let answer = walk.send(method, &place, fields, "").await;
                walk.check(&format!("{method} {place}"), may, answer);
            }
            for (id, patient) in [(&north_episode, &north), (&south_episode, &south)] {
                for (method, path, wanted, fields) in ABOUT_REFERRALS {
                    let place = path.replace("{id}", id).replace("{referral}", "none");
                    let (status, text) = walk.send(method, &place, fields, id).await;
                    let may = walk.may(*wanted, patient).await;
                    // 409: it is not what was seen; 404: there is none. Both only for whoever may; for others there is no such episode, or not this.
                    let told = if may { [404, 409] } else { [404, 403] };
                    assert!(told.contains(&status), "{place}: {status} {text}");
                }
            }
            let may = walk
                .house
                .clinic
                .access
                .decide(
                    &walk.viewer(),
                    Action::SeeDirectory,
                    &Resource::Installation,
                )
                .allowed;
            for path in ABOUT_THE_DIRECTORY {
                let place = path.replace("{user}", "pia").replace("{id}", "north");
                let answer = walk.send("GET", &place, &[], "").await;
                walk.check(&place, may, answer);
            }
            let own = Resource::Account { user: &who.id };
            let may = walk
                .house
                .clinic
                .access
                .decide(&walk.viewer(), Action::ChangeOwnEntry, &own)
                .allowed;
            let answer = walk.send("POST", OWN_ENTRY, &[], "").await;
            walk.check(OWN_ENTRY, may, answer);
            // Searches list what may be found, and nothing else.
            let listed = walk.browser.get("/patients?q=garcia").await.text;
            for (patient, name) in [(&north, "north"), (&south, "south")] {
                let may = walk.may(Action::FindPatient, patient).await;
                assert_eq!(
                    listed.contains(patient.as_str()),
                    may,
                    "{} finds the patient of the {name}",
                    who.id
                );
            }
        }
    }
);
