//! Numbers for Prometheus. Labels are words of the program (templates of routes, kinds, outcomes), never anything about a person.

use std::time::Duration;

use cotreat_store::doctor::Outbox;
use metrics::{
    Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram,
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusRecorder};

/// Upper ends of the classes of times, in seconds.
const SECONDS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

const REQUESTS: &str = "cotreat_requests_total";
const REQUEST_SECONDS: &str = "cotreat_request_seconds";
const EVENTS: &str = "cotreat_events_appended_total";
const REFUSALS: &str = "cotreat_refusals_total";
const SIGN_INS: &str = "cotreat_sign_ins_total";
const OUTBOX: &str = "cotreat_outbox_messages";
const DATABASE: &str = "cotreat_database_bytes";
const BACKUP: &str = "cotreat_last_backup_timestamp_seconds";
const ABOUT: &str = "cotreat_info";

/// Everything that is counted. One for a server; its parts share it.
pub struct Metrics {
    recorder: PrometheusRecorder,
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Metrics(..)")
    }
}

impl Metrics {
    /// Nothing counted yet. `knowledge` is the hash in force.
    #[must_use]
    pub fn new(knowledge: &str) -> Self {
        let builder = PrometheusBuilder::new();
        // Only an empty list of classes is refused, and this one is not.
        let recorder = match builder.set_buckets(&SECONDS) {
            Ok(builder) => builder.build_recorder(),
            Err(_) => PrometheusBuilder::new().build_recorder(),
        };
        let metrics = Self { recorder };
        metrics.with(|| {
            describe_counter!(REQUESTS, "Requests by template of the route, method and status.");
            describe_histogram!(REQUEST_SECONDS, Unit::Seconds, "Time until the answer began, by template of the route.");
            describe_counter!(EVENTS, "Events appended.");
            describe_counter!(REFUSALS, "What was refused, by kind.");
            describe_counter!(SIGN_INS, "Attempts to sign in, by way and outcome.");
            describe_gauge!(OUTBOX, "Messages that have not left: waiting, due, and troubled (could not be sent so far).");
            describe_gauge!(DATABASE, Unit::Bytes, "Size of the database.");
            describe_gauge!(BACKUP, Unit::Seconds, "When the newest backup was taken.");
            describe_gauge!(ABOUT, "Version of the program and hash of the knowledge in force.");
            let version = env!("CARGO_PKG_VERSION");
            gauge!(ABOUT, "version" => version, "knowledge" => knowledge.to_owned()).set(1);
        });
        metrics
    }

    fn with(&self, record: impl FnOnce()) {
        metrics::with_local_recorder(&self.recorder, record);
    }

    /// A request was answered. `route` is the template, such as `/patients/{id}`.
    pub fn request(&self, route: &str, method: &'static str, status: u16, took: Duration) {
        self.with(|| {
            let route = route.to_owned();
            let status = status.to_string();
            counter!(REQUESTS, "route" => route.clone(), "method" => method, "status" => status)
                .increment(1);
            histogram!(REQUEST_SECONDS, "route" => route).record(took.as_secs_f64());
        });
    }

    /// So many events were appended.
    pub fn appended(&self, events: u64) {
        self.with(|| counter!(EVENTS).increment(events));
    }

    /// Something was refused. `kind` is a word of the program.
    pub fn refused(&self, kind: &'static str) {
        self.with(|| counter!(REFUSALS, "kind" => kind).increment(1));
    }

    /// Somebody tried to sign in: `how` is `password`, `passkey` …, `outcome` is `in`, `refused` ….
    pub fn signed_in(&self, how: &'static str, outcome: &'static str) {
        self.with(|| counter!(SIGN_INS, "how" => how, "outcome" => outcome).increment(1));
    }

    /// How the store is at the moment.
    #[expect(
        clippy::cast_precision_loss,
        reason = "Prometheus knows floats only; sizes need no last byte"
    )]
    pub fn store(&self, outbox: Outbox, database_bytes: u64) {
        self.with(|| {
            for (state, count) in [
                ("waiting", outbox.waiting),
                ("due", outbox.due),
                ("troubled", outbox.troubled),
            ] {
                gauge!(OUTBOX, "state" => state).set(count as f64);
            }
            gauge!(DATABASE).set(database_bytes as f64);
        });
    }

    /// When the newest backup was taken.
    #[expect(
        clippy::cast_precision_loss,
        reason = "Prometheus knows floats only; seconds fit for ages"
    )]
    pub fn backup(&self, at: jiff::Timestamp) {
        self.with(|| gauge!(BACKUP).set(at.as_second() as f64));
    }

    /// The text that Prometheus reads.
    #[must_use]
    pub fn text(&self) -> String {
        let handle = self.recorder.handle();
        handle.run_upkeep();
        handle.render()
    }
}
