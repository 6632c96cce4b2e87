//! Numbers for Prometheus.

use std::time::Duration;

use cotreat_server::operations::metrics::Metrics;
use cotreat_store::doctor::Outbox;

#[test]
fn everything_that_is_counted_is_told() {
    let metrics = Metrics::new("c0ffee01");
    metrics.request("/patients/{id}", "GET", 200, Duration::from_millis(30));
    metrics.request("/patients/{id}", "GET", 200, Duration::from_millis(700));
    metrics.request("/patients/{id}", "POST", 409, Duration::from_millis(3));
    metrics.appended(3);
    metrics.appended(2);
    metrics.refused("contraindication");
    metrics.signed_in("password", "refused");
    let outbox = Outbox {
        waiting: 5,
        due: 3,
        troubled: 1,
        tries: 2,
    };
    metrics.store(outbox, 1_000_000);
    metrics.alerts(2);
    metrics.backup("2026-11-27T02:15:00Z".parse().unwrap());
    let text = metrics.text();
    for line in [
        "cotreat_requests_total{route=\"/patients/{id}\",method=\"GET\",status=\"200\"} 2",
        "cotreat_requests_total{route=\"/patients/{id}\",method=\"POST\",status=\"409\"} 1",
        "cotreat_request_seconds_bucket{route=\"/patients/{id}\",le=\"0.005\"} 1",
        "cotreat_request_seconds_bucket{route=\"/patients/{id}\",le=\"0.05\"} 2",
        "cotreat_request_seconds_bucket{route=\"/patients/{id}\",le=\"+Inf\"} 3",
        "cotreat_request_seconds_count{route=\"/patients/{id}\"} 3",
        "cotreat_events_appended_total 5",
        "cotreat_refusals_total{kind=\"contraindication\"} 1",
        "cotreat_sign_ins_total{how=\"password\",outcome=\"refused\"} 1",
        "cotreat_outbox_messages{state=\"waiting\"} 5",
        "cotreat_outbox_messages{state=\"due\"} 3",
        "cotreat_outbox_messages{state=\"troubled\"} 1",
        "cotreat_database_bytes 1000000",
        "cotreat_open_alerts 2",
        "cotreat_last_backup_timestamp_seconds 1795745700",
        "cotreat_info{version=\"0.1.0\",knowledge=\"c0ffee01\"} 1",
        "# TYPE cotreat_requests_total counter",
        "# TYPE cotreat_request_seconds histogram",
    ] {
        assert!(
            text.lines().any(|found| found == line),
            "{line}\nis not in:\n{text}"
        );
    }
    assert_eq!(text.matches("# HELP cotreat_").count(), 10, "{text}");
}

#[test]
fn two_servers_count_apart() {
    let (one, other) = (Metrics::new("a"), Metrics::new("b"));
    one.appended(1);
    assert!(one.text().contains("cotreat_events_appended_total 1"));
    assert!(!other.text().contains("cotreat_events_appended_total 1"));
}
