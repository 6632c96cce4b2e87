//! What the benchmarks of the clinic need: databases that are measured, people with names, and times in order.

use std::path::{Path, PathBuf};
use std::time::Duration;

use cotreat_people::Identity;
use cotreat_people::event::{Actor, PatientEvent, Recorded, VERSION};
use cotreat_store::clinic::projections;
use cotreat_store::database::Address;
use cotreat_store::{MasterKey, Opening, Store};
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan as _};

/// The allocator of the shipped program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A database that is measured.
pub struct Measured {
    pub name: &'static str,
    pub address: Address,
    pub key: MasterKey,
}

impl Measured {
    pub async fn open(&self) -> Store {
        Store::open(
            &self.address,
            self.key.clone(),
            Opening::Upgrade,
            projections(),
        )
        .await
        .expect("the store can be opened")
    }
}

/// An empty folder below the target folder, so that a real disk is measured.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

/// SQLite in the folder, and PostgreSQL where `COTREAT_BENCH_POSTGRES` names an empty database.
pub fn databases(folder: &Path) -> Vec<Measured> {
    let key = || MasterKey::random().expect("there are random numbers");
    let mut all = vec![Measured {
        name: "SQLite, WAL, synchronous=FULL",
        address: Address::Sqlite(folder.join("cotreat.db")),
        key: key(),
    }];
    if let Some(url) = server() {
        all.push(Measured {
            name: "PostgreSQL, fsync and synchronous_commit as the server has them",
            address: Address::read(&url).expect("an address of PostgreSQL"),
            key: key(),
        });
    }
    all
}

pub fn server() -> Option<String> {
    std::env::var("COTREAT_BENCH_POSTGRES").ok()
}

/// The value below which this share of the times lies (nearest rank).
pub fn quantile(times: &mut [Duration], share: f64) -> Duration {
    times.sort();
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rank between 0 and the number of times"
    )]
    let rank = (share * times.len() as f64).ceil() as usize;
    times[rank.clamp(1, times.len()) - 1]
}

/// A small generator with a known seed.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % n
    }

    /// The first of a list are met more often than the last, as names are.
    fn common<'a>(&mut self, all: &[&'a str]) -> &'a str {
        let (one, other) = (self.below(all.len()), self.below(all.len()));
        all[one.min(other)]
    }
}

/// A patient; no two draws give quite the same.
pub fn identity(dice: &mut Dice) -> Identity {
    let families: Vec<&str> = FAMILY.split_whitespace().collect();
    let given: Vec<&str> = GIVEN.split_whitespace().collect();
    let born: Date = date(1930, 1, 1);
    let days = i64::try_from(dice.below(28_000)).unwrap_or(0);
    let family_name = match dice.below(3) {
        0 => format!("{} {}", dice.common(&families), dice.common(&families)),
        _ => dice.common(&families).to_owned(),
    };
    Identity {
        family_name,
        given_name: dice.common(&given).to_owned(),
        born: born.checked_add(days.days()).expect("a day"),
        phone: Some(format!("07{:09}", dice.below(1_000_000_000))),
        email: None,
        address: Some(format!("{} High Street", dice.below(300))),
        language: Some("en".to_owned()),
        number_elsewhere: Some(format!("MRN-{:07}", dice.below(10_000_000))),
    }
}

/// A patient is registered.
pub fn registered(identity: Identity, organisation: &str) -> Recorded<PatientEvent> {
    Recorded {
        version: VERSION,
        by: Actor::Program,
        at: Timestamp::UNIX_EPOCH,
        event: PatientEvent::PatientRegistered {
            identity,
            organisation: organisation.to_owned(),
        },
    }
}

/// Family names, common ones first.
const FAMILY: &str = "Smith García Johnson Jones Williams Brown González Rodríguez Müller Taylor Davies Wilson Evans Thomas Roberts Walker Wright \
    Robinson Thompson White Hughes Edwards Hall Green Martin Wood Lewis Harris Clarke Jackson Clark Turner Hill Scott Cooper Morris Ward Moore King Watson \
    Baker Harrison Morgan Patel Young Allen Mitchell James Anderson Phillips Lee Bell Parker Davis Bennett Miller Cook Shaw Cox Richardson Carter Gray \
    Fernández López Martínez Sánchez Pérez Gómez Díaz Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch Bauer Richter Klein Wolf \
    Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Nowak Kowalski Wiśniewski Dąbrowski Lewandowski Zieliński Szymański Woźniak \
    Nguyen Tran Le Pham Hoang Singh Kaur Khan Ahmed Hussain Ali Begum Kim Park Choi Chen Wang Li Zhang Liu Yang Huang Zhao Wu Zhou O’Brien O’Connor Murphy \
    Kelly Ryan Byrne Walsh O’Sullivan Doyle McCarthy Gallagher Doherty Kennedy Lynch Murray Quinn Svensson Johansson Lindqvist Bergström Åkesson Hansen \
    Jensen Nielsen Sørensen Rasmussen Yılmaz Kaya Demir Çelik Şahin Öztürk Papadopoulos Ivanov Petrov Smirnov Silva Santos Oliveira Souza Pereira Costa \
    Dubois Moreau Laurent Lefebvre Fontaine Rousseau Blanchard Van-Dijk De-Vries Bakker Visser Cohen Levi Okafor Adeyemi Mensah Diallo Nkosi Tanaka Suzuki";

/// Given names, common ones first.
const GIVEN: &str = "Maria John Anna David Michael Mary José James Elizabeth Peter Paul Sarah Thomas Robert Emma William Laura Daniel Sophie Andrew Julia \
    Mark Susan Richard Karen Charles Linda Christopher Barbara Matthew Patricia Anthony Jennifer Steven Helen Simon Claire Martin Joanna Kevin Amy Brian \
    Lucy George Rachel Edward Hannah Alan Grace Stephen Ruth Jürgen Ursula Hans Monika Klaus Petra Wolfgang Sabine Carlos Carmen Antonio Isabel Manuel Pilar \
    Francisco Lucía Giuseppe Giulia Marco Chiara Luca Francesca Jan Agnieszka Piotr Katarzyna Krzysztof Małgorzata Mohammed Fatima Ahmed Aisha Ali Zainab \
    Wei Mei Jun Ling Minh Linh Thi Anh Siobhán Seán Niamh Aoife Ciarán Lars Ingrid Björn Astrid Søren Mette Ayşe Mehmet Elif Mustafa Olga Ivan Natasha \
    João Ana Pedro Beatriz Pierre Marie Camille Nicolas Amélie Pieter Sanne Chidi Amina Kwame Yuki Haruto Priya Arjun Deepa Sanjay";
