//! A house with an empty record, in which people work and sign in.

pub mod issuer;
#[path = "../../../../store/tests/support/postgres.rs"]
pub mod postgres;
pub mod soft_key;

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use cotreat_people::event::{Account, Actor, Recorded, UserEvent, VERSION};
use cotreat_people::stream;
use cotreat_server::identity::session::Seen;
use cotreat_server::identity::settings::SecondFactor;
use cotreat_server::identity::{Entered, Here, Identity, Refused, SessionState, Settings, Token};
use cotreat_store::account::SetupWhy;
use cotreat_store::clinic::{batch, projections};
use cotreat_store::database::Address;
use cotreat_store::{Expected, MasterKey, Opening, Store};
use jiff::Timestamp;
use zeroize::Zeroizing;

/// Makes two tests of one body, one for each kind of database: `both!(name, |house| async move { … })`.
macro_rules! both {
    ($name:ident, $body:expr) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                let body: fn($crate::support::House) -> _ = $body;
                body($crate::support::House::new().await).await
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgres() {
                if let Some(house) = $crate::support::House::on_postgres().await {
                    let body: fn($crate::support::House) -> _ = $body;
                    body(house).await
                }
            }
        }
    };
}

pub const ORIGIN: &str = "https://cotreat.example.org";
pub const HOME: IpAddr = IpAddr::V4(Ipv4Addr::new(8, 8, 8, 8));
pub const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(9, 9, 9, 9));
pub const GOOD: &str = "four quiet herons wade upstream";
pub const WRONG: &str = "three loud herons fly downhill";
pub const ADA: &str = "ada@example.org";

pub struct House {
    pub identity: Identity,
    pub store: Arc<Store>,
    /// Gone with the test.
    _folder: Option<tempfile::TempDir>,
}

/// Second so-and-so of a day in November 2026.
pub fn second(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_770_000 + second).expect("a moment")
}

pub fn minute(minute: i64) -> Timestamp {
    second(60 * minute)
}

pub fn secret(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}

pub fn optional() -> Settings {
    Settings {
        second_factor: SecondFactor::Optional,
        ..Settings::new(ORIGIN)
    }
}

impl House {
    pub async fn new() -> Self {
        Self::with(Settings::new(ORIGIN)).await
    }

    pub async fn with(settings: Settings) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let address = Address::Sqlite(folder.path().join("cotreat.db"));
        Self::at(&address, settings, Some(folder)).await
    }

    /// `None`: there is no server to test with, which is said once.
    pub async fn on_postgres() -> Option<Self> {
        let address = Address::Postgres(postgres::fresh_database()?);
        Some(Self::at(&address, Settings::new(ORIGIN), None).await)
    }

    async fn at(address: &Address, settings: Settings, folder: Option<tempfile::TempDir>) -> Self {
        let key = MasterKey::random().expect("there are random numbers");
        let store = Store::open(address, key, Opening::Upgrade, projections())
            .await
            .expect("the store can be opened");
        let store = Arc::new(store);
        let identity = Identity::new(Arc::clone(&store), settings).expect("the settings are fine");
        Self {
            identity,
            store,
            _folder: folder,
        }
    }

    pub async fn tell(&self, user: &str, event: UserEvent) {
        let recorded = Recorded {
            version: VERSION,
            by: Actor::Operator,
            at: minute(-60),
            event,
        };
        let batch = batch::user(user, Expected::Any, &[recorded]).unwrap();
        self.store.append(&batch, None).await.unwrap();
    }

    /// A user without a password.
    pub async fn add(&self, user: &str, email: &str) {
        let account = Account {
            name: "Ada Lindgren".to_owned(),
            email: email.to_owned(),
            qualification: None,
        };
        self.tell(user, UserEvent::UserAdded { account }).await;
    }

    /// A user with the good password.
    pub async fn ada(&self) {
        self.add("u1", ADA).await;
        let token = self.setup_link("u1", minute(-10)).await;
        let entered = self
            .identity
            .use_setup(&token, secret(GOOD), HOME, minute(-10))
            .await
            .unwrap();
        let here = self.here(&entered.token, minute(-10)).await;
        self.identity.sign_out(&here, minute(-10)).await.unwrap();
    }

    pub async fn setup_link(&self, user: &str, now: Timestamp) -> Token {
        self.identity
            .make_setup(
                user,
                SetupWhy::First,
                Actor::Operator,
                |_, _| Ok(Vec::new()),
                now,
            )
            .await
            .unwrap()
    }

    pub async fn sign_in(&self, password: &str, now: Timestamp) -> Result<Entered, Refused> {
        self.identity
            .sign_in(ADA, secret(password), HOME, now)
            .await
    }

    pub async fn here(&self, token: &Token, now: Timestamp) -> Here {
        self.maybe_here(token, now).await.expect("somebody is here")
    }

    pub async fn maybe_here(&self, token: &Token, now: Timestamp) -> Option<Here> {
        self.identity.here(token, Seen::Acting, now).await.unwrap()
    }

    pub async fn state(&self, token: &Token, now: Timestamp) -> Option<SessionState> {
        self.maybe_here(token, now).await.map(|here| here.state)
    }

    /// Sets an authenticator app up in a session; returns its secret, and the session after it.
    pub async fn add_app(&self, token: &Token, now: Timestamp) -> (Vec<u8>, Entered, Vec<String>) {
        let here = self.here(token, now).await;
        let app = self.identity.begin_app(&here, now).await.unwrap();
        let key = data_encoding::BASE32_NOPAD
            .decode(app.secret.as_bytes())
            .unwrap();
        let (entered, codes) = self
            .identity
            .confirm_app(&here, &code(&key, now), now)
            .await
            .unwrap();
        let codes = codes.0.iter().map(|code| code.to_string()).collect();
        (key, entered, codes)
    }

    /// What the security log says of a user: what, and how.
    pub async fn log(&self, user: &str) -> Vec<String> {
        let events = self.store.stream(&stream::user(user)).await.unwrap();
        let said = events.iter().filter_map(|event| {
            let body = event.body.as_deref()?;
            let recorded: Recorded<UserEvent> = serde_json::from_slice(body).ok()?;
            match recorded.event {
                UserEvent::SignIn { what, how } => Some(format!("{what} {how}")),
                _ => None,
            }
        });
        said.collect()
    }
}

/// What an authenticator app with this secret shows: written anew from RFC 6238, beside the program's own.
pub fn code(secret: &[u8], now: Timestamp) -> String {
    let step = u64::try_from(now.as_second()).unwrap() / 30;
    let hash = hmac_sha1(secret, &step.to_be_bytes());
    let offset = usize::from(hash[19] & 15);
    let four: [u8; 4] = hash[offset..offset + 4].try_into().unwrap();
    format!(
        "{:06}",
        (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000
    )
}

/// RFC 2104.
fn hmac_sha1(key: &[u8], text: &[u8]) -> [u8; 20] {
    use sha1::{Digest as _, Sha1};
    let pad = |with: u8| {
        let mut block = [with; 64];
        for (at, byte) in key.iter().enumerate() {
            block[at] ^= byte;
        }
        block
    };
    let inner = Sha1::new()
        .chain_update(pad(0x36))
        .chain_update(text)
        .finalize();
    Sha1::new()
        .chain_update(pad(0x5c))
        .chain_update(inner)
        .finalize()
        .into()
}
