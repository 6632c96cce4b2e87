//! What a request leaves in the log and in the numbers: the template of its route, and nothing that came with it.

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use cotreat_server::operations::config::{Format, Level, Log};
use cotreat_server::operations::metrics::Metrics;
use cotreat_server::operations::{logs, requests};
use tower::ServiceExt as _;
use tracing::instrument::WithSubscriber as _;
use tracing_subscriber::fmt::MakeWriter;

/// Keeps what is written.
#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Paper {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).expect("logs are text")
    }
}

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Paper {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn router(metrics: &Arc<Metrics>) -> Router {
    Router::new()
        .route("/patients/{id}", get(async || "Mia Secretname"))
        .route(
            "/set-up/{token}",
            post(async || StatusCode::INTERNAL_SERVER_ERROR),
        )
        .layer(from_fn_with_state(Arc::clone(metrics), requests::watch))
}

/// Words that only whoever sent them may know.
const PRIVATE: [&str; 7] = [
    "Secretname",
    "p-4711",
    "t0ken",
    "born",
    "1980",
    "sess1on",
    "hunter2",
];

fn request(method: &str, path: &str) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(format!("{path}?born=1980-02-03&name=Secretname"))
        .header("cookie", "__Host-session=sess1on")
        .header("referer", "https://elsewhere/Secretname")
        .header("x-request-id", "Secretname")
        .body(Body::from("password=hunter2"))
        .expect("a request")
}

async fn logged(format: Format) -> (String, String) {
    let paper = Paper::default();
    let log = Log {
        format,
        level: Level::Debug,
    };
    let metrics = Arc::new(Metrics::new("c0ffee01"));
    let work = async {
        let mut answers = Vec::new();
        for (method, path) in [
            ("GET", "/patients/p-4711"),
            ("POST", "/set-up/t0ken"),
            ("GET", "/nowhere/Secretname"),
            ("SECRETNAME", "/patients/p-4711"),
        ] {
            let answer = router(&metrics)
                .oneshot(request(method, path))
                .await
                .unwrap();
            answers.push(answer.status().as_u16());
        }
        answers
    };
    let answers = work
        .with_subscriber(logs::subscriber(&log, paper.clone()))
        .await;
    assert_eq!(answers, [200, 500, 404, 405]);
    (paper.text(), metrics.text())
}

#[tokio::test]
async fn a_line_holds_the_template_and_no_word_of_the_request() {
    for format in [Format::Text, Format::Json] {
        let (lines, numbers) = logged(format).await;
        assert_eq!(lines.lines().count(), 4, "{lines}");
        for private in PRIVATE {
            assert!(!lines.contains(private), "`{private}` is in:\n{lines}");
            assert!(!numbers.contains(private), "`{private}` is in:\n{numbers}");
        }
        assert!(!lines.to_lowercase().contains("secretname"), "{lines}");
        for word in [
            "/patients/{id}",
            "/set-up/{token}",
            "none",
            "200",
            "500",
            "404",
            "405",
            "other",
        ] {
            assert!(lines.contains(word), "`{word}` is not in:\n{lines}");
        }
        assert_eq!(lines.matches("ERROR").count(), 1, "{lines}");
    }
}

#[tokio::test]
async fn a_line_for_programs_is_json() {
    let (lines, _) = logged(Format::Json).await;
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    for (field, value) in [
        ("route", "/patients/{id}"),
        ("method", "GET"),
        ("message", "request"),
        ("level", "INFO"),
    ] {
        assert_eq!(first[field], value, "{first}");
    }
    assert_eq!(first["status"], 200);
    assert!(first["milliseconds"].is_u64() && first["timestamp"].is_string());
}

#[test]
fn what_others_say_is_not_written() {
    let paper = Paper::default();
    let log = Log {
        format: Format::Text,
        level: Level::Debug,
    };
    tracing::subscriber::with_default(logs::subscriber(&log, paper.clone()), || {
        tracing::error!(target: "sqlx::query", "SELECT name WHERE born = 1980");
        tracing::warn!(target: "hyper", "GET /patients/p-4711");
        tracing::error!(target: "lettre", "to Secretname");
        tracing::debug!(target: "cotreat_server::somewhere", "what we say");
        tracing::error!(target: "some_crate", "a failure");
    });
    let lines = paper.text();
    assert_eq!(lines.lines().count(), 2, "{lines}");
    assert!(
        lines.contains("what we say") && lines.contains("a failure"),
        "{lines}"
    );
}
