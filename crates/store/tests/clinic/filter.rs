//! In random worlds everybody sees exactly the patients that a slow reading of the same events in memory says they see.

use std::collections::{BTreeMap, BTreeSet};

use cotreat_care::decide::Act;
use cotreat_care::event::Who;
use cotreat_care::record::{Record, State};
use cotreat_people::Sight;
use cotreat_people::event::{OrganisationEvent, PatientEvent, Sharing};
use cotreat_store::clinic::ask::{ReferralsWanted, Relation, SentTo, Way};
use jiff::Timestamp;

use super::world::{
    Clinic, Dice, FIRST, accept, close, draft, identity, leave, practitioner, send, settings, to,
};
use crate::support::{Place, erasure, minute};

const ORGANISATIONS: [&str; 3] = ["clinic_a", "clinic_b", "clinic_c"];
const USERS: [&str; 4] = ["grey", "max", "mia", "eve"];

/// What happened in a world, as lists; nothing is worked out before somebody asks.
#[derive(Default)]
struct Twin {
    registered: Vec<String>,
    /// Patient and organisation.
    seen_at: BTreeSet<(String, String)>,
    shares: BTreeSet<String>,
    /// Pairs of files that are one patient, kept and merged.
    same: BTreeSet<(String, String)>,
    erased: BTreeSet<String>,
    /// Patient, user, until when.
    glasses: Vec<(String, String, Timestamp)>,
    /// Episode → patient.
    episodes: BTreeMap<String, String>,
}

impl Twin {
    fn is_there(&self, patient: &str) -> bool {
        self.registered.iter().any(|one| one == patient) && !self.erased.contains(patient)
    }

    /// All files that are the same patient, erased ones included: claims go through them.
    fn group(&self, patient: &str) -> BTreeSet<String> {
        let mut group = BTreeSet::from([patient.to_owned()]);
        loop {
            let before = group.len();
            for (kept, merged) in &self.same {
                if group.contains(kept) || group.contains(merged) {
                    group.extend([kept.clone(), merged.clone()]);
                }
            }
            if group.len() == before {
                return group;
            }
        }
    }

    fn files(&self, patient: &str) -> BTreeSet<String> {
        let mut files = self.group(patient);
        files.retain(|file| self.is_there(file));
        files
    }

    /// The file that was merged into no other; of several the one that was registered first.
    fn kept(&self, patient: &str) -> Option<String> {
        let files = self.files(patient);
        let of_the_patient = self.registered.iter().filter(|file| files.contains(*file));
        let mut in_order: Vec<&String> = of_the_patient.collect();
        in_order.sort_by_key(|file| self.same.iter().any(|(_, merged)| merged == *file));
        in_order.first().map(|file| (*file).clone())
    }

    fn relation(&self, patient: &str, records: &Records, now: Timestamp) -> Option<Relation> {
        if !self.is_there(patient) {
            return None;
        }
        let mut relation = Relation {
            patient: self.kept(patient)?,
            files: self.files(patient),
            ..Relation::default()
        };
        for file in relation.files.clone() {
            let sites = self.seen_at.iter().filter(|(patient, _)| *patient == file);
            for (_, organisation) in sites {
                relation.organisations.insert(organisation.clone());
                if self.shares.contains(organisation) {
                    relation.whole_clinic.insert(organisation.clone());
                }
            }
            let glasses = self.glasses.iter();
            let hold = glasses.filter(|(patient, _, until)| *patient == file && *until > now);
            relation.glass.extend(hold.map(|(_, user, _)| user.clone()));
            for (episode, _) in self
                .episodes
                .iter()
                .filter(|(_, patient)| **patient == file)
            {
                relate(&mut relation, episode, &records[episode]);
            }
        }
        Some(relation)
    }
}

type Records = BTreeMap<String, Record>;

fn relate(relation: &mut Relation, episode: &str, record: &Record) {
    if record.closed.is_none() {
        let open = record.team.iter().filter(|stay| stay.ended.is_none());
        relation
            .team
            .extend(open.map(|stay| stay.practitioner.clone()));
    }
    let sent = record
        .referrals
        .iter()
        .filter(|(_, one)| one.state == State::Sent);
    for (id, one) in sent {
        let to = &one.referral.to;
        let to = match (&to.practitioner, &to.organisation) {
            (Some(user), _) => SentTo::User(user.clone()),
            (None, Some(organisation)) => SentTo::Organisation(organisation.clone()),
            (None, None) => continue,
        };
        let at = (episode.to_owned(), id.clone());
        relation.referrals.insert(at, to);
    }
}

/// Whether somebody with this sight sees the patient.
fn sees(sight: &Sight, relation: &Relation) -> bool {
    let within = |part: &Option<String>, among: &BTreeSet<String>| {
        part.as_ref().is_some_and(|part| among.contains(part))
    };
    let sent = |part: &Option<String>, to: &dyn Fn(String) -> SentTo| {
        part.as_ref().is_some_and(|part| {
            let to = to(part.clone());
            relation.referrals.values().any(|one| *one == to)
        })
    };
    within(&sight.team_of, &relation.team)
        || within(&sight.clinic, &relation.whole_clinic)
        || within(&sight.desk, &relation.organisations)
        || within(&sight.glass_of, &relation.glass)
        || sent(&sight.referred_to, &SentTo::User)
        || sent(&sight.referred_to_organisation, &SentTo::Organisation)
        || within(&sight.own, &relation.files)
}

/// One world, with ids of its own.
struct World<'a> {
    clinic: &'a Clinic,
    nth: u64,
    twin: Twin,
}

impl World<'_> {
    fn patient(&self, dice: &mut Dice) -> String {
        format!("w{}-p{}", self.nth, dice.below(5))
    }

    fn organisation(&self, dice: &mut Dice) -> String {
        format!("w{}-{}", self.nth, dice.one_of(&ORGANISATIONS))
    }

    fn user(&self, dice: &mut Dice) -> String {
        format!("w{}-{}", self.nth, dice.one_of(&USERS))
    }

    fn who(&self, dice: &mut Dice) -> Who {
        let organisation = self.organisation(dice);
        practitioner(&self.user(dice), "massage_therapist", &organisation)
    }

    fn episode(&self, dice: &mut Dice) -> String {
        format!("w{}-e{}", self.nth, dice.below(6))
    }

    async fn sharing(&mut self, organisation: &str, sharing: Sharing) {
        let settings = settings("any", sharing);
        let event = OrganisationEvent::OrganisationChanged { settings };
        self.clinic.organisation_event(organisation, event).await;
        match sharing {
            Sharing::WholeClinic => self.twin.shares.insert(organisation.to_owned()),
            Sharing::CareTeam => self.twin.shares.remove(organisation),
        };
    }

    /// Something happens to a patient as a person.
    async fn happens_to_a_patient(&mut self, dice: &mut Dice) {
        let (patient, organisation) = (self.patient(dice), self.organisation(dice));
        if !self.twin.is_there(&patient) {
            if !self.twin.erased.contains(&patient) {
                let identity = identity("Everyman", &patient, FIRST);
                self.clinic.patient(&patient, identity, &organisation).await;
                self.twin.registered.push(patient.clone());
                self.twin.seen_at.insert((patient, organisation));
            }
            return;
        }
        let pair = (patient.clone(), organisation.clone());
        let other = self.patient(dice);
        match dice.below(12) {
            0..=2 => {
                self.clinic.seen_at(&patient, &organisation).await;
                self.twin.seen_at.insert(pair);
            }
            3 => {
                let reason = "moved".to_owned();
                let event = PatientEvent::NoLongerSeenAt {
                    organisation,
                    reason,
                };
                self.clinic.patient_event(&patient, event).await;
                self.twin.seen_at.remove(&pair);
            }
            4..=6 => {
                self.clinic.merge(&patient, &other).await;
                if patient != other {
                    self.twin.same.insert((patient, other));
                }
            }
            7 => {
                self.clinic.unmerge(&patient, &other).await;
                self.twin.same.remove(&(patient, other));
            }
            8..=10 => {
                let (user, minutes) = (self.user(dice), 60 * i64::try_from(dice.below(4)).unwrap());
                self.clinic.break_glass(&patient, &user, 0, minutes).await;
                self.twin.glasses.push((patient, user, minute(minutes)));
            }
            _ if dice.below(3) == 0 => {
                self.clinic
                    .store
                    .erase(&erasure(&[&patient], 9))
                    .await
                    .expect("it can be erased");
                self.twin.same.retain(|(kept, _)| *kept != patient);
                self.twin.seen_at.retain(|(one, _)| *one != patient);
                self.twin.episodes.retain(|_, one| *one != patient);
                self.twin.erased.insert(patient);
            }
            _ => {
                let sharing = *dice.one_of(&[Sharing::CareTeam, Sharing::WholeClinic]);
                self.sharing(&organisation, sharing).await;
            }
        }
    }

    /// Something is done in an episode, or refused.
    async fn happens_in_an_episode(&mut self, dice: &mut Dice) {
        let (episode, who) = (self.episode(dice), self.who(dice));
        let (user, organisation) = (self.user(dice), self.organisation(dice));
        let referral = *dice.one_of(&["r1", "r2"]);
        if !self.twin.episodes.contains_key(&episode) {
            let patient = self.patient(dice);
            let fresh = !self.twin.erased.iter().any(|_| true);
            // The stream of an erased patient's episode cannot be taken up by another.
            if self.twin.is_there(&patient) && fresh {
                self.clinic.opens(&episode, &patient, &who).await;
                self.twin.episodes.insert(episode, patient);
            }
            return;
        }
        let act: Act = match dice.below(10) {
            0..=2 => {
                let user = dice.one_of(&[Some(user), None]).clone();
                let organisation = dice.one_of(&[Some(organisation), None]).clone();
                draft(referral, to(user.as_deref(), organisation.as_deref()))
            }
            3..=5 => send(referral),
            6 | 7 => accept(referral),
            8 => leave(&user),
            _ => close(),
        };
        // A refusal is fine: nothing happened then.
        let _ = self.clinic.act(&episode, &who, act).await;
    }

    fn sight(&self, dice: &mut Dice) -> Sight {
        let some = |dice: &mut Dice, id: String| (dice.below(3) == 0).then_some(id);
        let (user, organisation) = (self.user(dice), self.organisation(dice));
        Sight {
            team_of: some(dice, user.clone()),
            clinic: some(dice, organisation.clone()),
            desk: some(dice, organisation.clone()),
            glass_of: some(dice, user.clone()),
            referred_to: some(dice, user),
            referred_to_organisation: some(dice, organisation),
            own: (dice.below(6) == 0).then(|| self.patient(dice)),
        }
    }

    async fn records(&self) -> Records {
        let mut records = Records::new();
        for episode in self.twin.episodes.keys() {
            let read = self
                .clinic
                .store
                .episode(episode)
                .await
                .expect("it can be read");
            records.insert(episode.clone(), read.expect("it was opened").record);
        }
        records
    }

    async fn relations(&self, records: &Records, now: Timestamp) -> BTreeMap<String, Relation> {
        let mut relations = BTreeMap::new();
        for nth in 0..5 {
            let patient = format!("w{}-p{nth}", self.nth);
            let expected = self.twin.relation(&patient, records, now);
            let told = self
                .clinic
                .store
                .relation(&patient, now)
                .await
                .expect("it can be asked");
            assert_eq!(told, expected, "world {}: {patient}", self.nth);
            relations.extend(expected.map(|relation| (patient, relation)));
        }
        relations
    }

    /// Every question about patients answers as the twin says; returns whether somebody was seen, and somebody was not.
    async fn agrees(
        &self,
        sight: &Sight,
        now: Timestamp,
        relations: &BTreeMap<String, Relation>,
    ) -> (bool, bool) {
        let (store, mut saw, mut missed) = (&self.clinic.store, false, false);
        let mut visible = BTreeSet::new();
        for (patient, relation) in relations {
            let expected = sees(sight, relation);
            (saw, missed) = (saw | expected, missed | !expected);
            let told = store
                .patient(sight, now, patient)
                .await
                .expect("it can be asked");
            let told = told.map(|found| (found.patient, found.files, found.organisations));
            let owned = |ids: &BTreeSet<String>| Vec::from_iter(ids.iter().cloned());
            let whole = (
                relation.patient.clone(),
                owned(&relation.files),
                owned(&relation.organisations),
            );
            assert_eq!(
                told,
                expected.then_some(whole),
                "world {}: {sight:?} and {patient}",
                self.nth
            );
            if expected {
                visible.insert(relation.patient.clone());
            }
            let listed = store
                .episodes_of(sight, now, patient)
                .await
                .expect("it can be asked");
            let all = self.twin.episodes.iter();
            let all = all
                .filter(|(_, file)| expected && relation.files.contains(*file))
                .count();
            assert_eq!(listed.len(), all);
            let team = store
                .care_team(sight, now, patient)
                .await
                .expect("it can be asked");
            assert_eq!(team.is_empty(), all == 0);
            let glass = store
                .glass_broken(sight, now, patient, 1000)
                .await
                .expect("it can be asked");
            let broken = self.twin.glasses.iter();
            let broken = broken.filter(|(file, ..)| expected && relation.files.contains(file));
            assert_eq!(glass.len(), broken.count());
        }
        let found = store
            .find_patients(sight, now, "everyman", 1000)
            .await
            .expect("it can be asked");
        let ours = format!("w{}-", self.nth);
        let found: BTreeSet<String> = found
            .into_iter()
            .map(|one| one.patient)
            .filter(|patient| patient.starts_with(&ours))
            .collect();
        assert_eq!(found, visible, "world {}: {sight:?}", self.nth);
        for user in USERS.map(|user| format!("w{}-{user}", self.nth)) {
            let caseload = store
                .caseload(sight, now, &user)
                .await
                .expect("it can be asked");
            assert!(caseload.iter().all(|one| visible.contains(&one.patient)));
            for way in [Way::In, Way::Out] {
                let wanted = ReferralsWanted {
                    way,
                    practitioner: Some(&user),
                    organisation: None,
                    over: true,
                };
                let listed = store
                    .referrals(sight, now, wanted)
                    .await
                    .expect("it can be asked");
                assert!(listed.iter().all(|one| visible.contains(&one.patient)));
            }
        }
        (saw, missed)
    }
}

async fn worlds(place: Place, worlds: u64) {
    let clinic = Clinic::open(place).await;
    let (mut saw, mut missed) = (0, 0);
    for nth in 0..worlds {
        let mut dice = Dice(nth.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut world = World {
            clinic: &clinic,
            nth,
            twin: Twin::default(),
        };
        for organisation in ORGANISATIONS {
            let organisation = format!("w{nth}-{organisation}");
            let sharing = *dice.one_of(&[Sharing::CareTeam, Sharing::WholeClinic]);
            world.sharing(&organisation, sharing).await;
        }
        for _ in 0..40 {
            if dice.below(2) == 0 {
                world.happens_to_a_patient(&mut dice).await;
            } else {
                world.happens_in_an_episode(&mut dice).await;
            }
        }
        let now = minute(90);
        let records = world.records().await;
        let relations = world.relations(&records, now).await;
        for _ in 0..8 {
            let sight = world.sight(&mut dice);
            let (some, others) = world.agrees(&sight, now, &relations).await;
            saw += u64::from(some);
            missed += u64::from(others);
        }
        let nothing = world.agrees(&Sight::default(), now, &relations).await;
        assert!(!nothing.0, "nothing given opens nothing");
    }
    assert!(
        saw > 2 * worlds && missed > 2 * worlds,
        "the worlds have both: {saw}, {missed}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_sees_what_they_may_on_sqlite() {
    worlds(Place::sqlite(), 30).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_sees_what_they_may_on_postgres() {
    if let Some(place) = Place::postgres() {
        worlds(place, 10).await;
    }
}

/// Tables with a row for each patient, or several.
const ABOUT_PATIENTS: [&str; 14] = [
    "patient",
    "patient_organisation",
    "episode",
    "team",
    "referral",
    "alert",
    "opening",
    "glass",
    "private_note",
    "search_file",
    "assignment",
    "treated",
    "waited",
    "diary",
];

/// The statements of a source text: `const NAME: &str = …;`, with the macros that carry the filter into them.
fn unfiltered(text: &str) -> Vec<String> {
    let macros = text.split("macro_rules! ").skip(1);
    let filtering: Vec<String> = macros
        .filter(|rest| {
            rest.split("\n}\n")
                .next()
                .unwrap_or_default()
                .contains("visible!(")
        })
        .map(|rest| format!("{}!(", rest.split(' ').next().unwrap_or_default()))
        .chain(["visible!(".to_owned()])
        .collect();
    let statements = text.split("\nconst ").skip(1);
    let mut found = Vec::new();
    for statement in statements.map(|rest| rest.split(";\n").next().unwrap_or_default()) {
        let about = ABOUT_PATIENTS.iter().any(|table| {
            ["FROM", "JOIN"]
                .iter()
                .any(|word| statement.contains(&format!("{word} {table} ")))
        });
        if about && !filtering.iter().any(|part| statement.contains(part)) {
            found.push(statement.split(':').next().unwrap_or_default().to_owned());
        }
    }
    found
}

#[test]
fn no_question_about_patients_goes_without_the_filter() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/clinic/ask");
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let inside = std::fs::read_dir(path).expect("the folder");
            waiting.extend(inside.map(|file| file.expect("a file").path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a text");
        let without = unfiltered(&text);
        if !without.is_empty() {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            found.insert(name, without);
        }
    }
    // Who stands in which relation to a patient is what access is decided by. What an organisation counts names nobody, and its audit is for whoever may see all of it.
    let expected = BTreeMap::from([
        ("audit.rs", vec!["AUDIT"]),
        ("relation.rs", vec!["RELATION"]),
        ("results.rs", vec!["ANSWERED", "WAITED", "TREATED", "OPEN"]),
    ]);
    let expected: BTreeMap<String, Vec<String>> = expected
        .into_iter()
        .map(|(file, names)| {
            (
                file.to_owned(),
                names.into_iter().map(str::to_owned).collect(),
            )
        })
        .collect();
    assert_eq!(found, expected);
    assert_eq!(
        unfiltered(
            "\nconst A: &str = \"SELECT 1 FROM patient p\";\nconst B: &str = concat!(\"SELECT 1 FROM patient p WHERE \", visible!(\"p.kept\"));\n"
        ),
        ["A"]
    );
}
