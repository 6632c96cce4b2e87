//! How often one may try.

use std::net::IpAddr;

use cotreat_server::identity::Refused;
use cotreat_server::identity::limits::{Limit, Limits, Who};
use jiff::Timestamp;

use crate::support::{ELSEWHERE, HOME, minute, second};

fn until(result: Result<(), Refused>) -> Option<Timestamp> {
    match result {
        Ok(()) => None,
        Err(Refused::Wait { until }) => Some(until),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn the_sixth_try_waits_until_the_first_is_fifteen_minutes_old() {
    let limits = Limits::default();
    let ada = Who::Both("ada@example.org", HOME);
    let take = |who, now| until(limits.take(Limit::SignIn, who, now));
    for at in 0..5 {
        assert_eq!(take(ada, minute(at)), None);
    }
    assert_eq!(take(ada, minute(5)), Some(minute(15)));
    assert_eq!(
        take(Who::Both(" ADA@example.org", HOME), minute(5)),
        Some(minute(15))
    );
    assert_eq!(
        take(Who::Both("ada@example.org", ELSEWHERE), minute(5)),
        None
    );
    assert_eq!(take(Who::Both("bob@example.org", HOME), minute(5)), None);
    assert_eq!(
        until(limits.take(Limit::Prove, ada, minute(5))),
        None,
        "each limit counts for itself"
    );
    assert_eq!(
        take(ada, second(15 * 60 - 1)),
        Some(minute(15)),
        "refused tries do not count"
    );
    assert_eq!(take(ada, minute(15)), None);
    assert_eq!(take(ada, minute(15)), Some(minute(16)));
}

#[test]
fn each_limit_is_what_it_says() {
    let cases = [
        (Limit::SignIn, 5, 15),
        (Limit::SignInFrom, 60, 15),
        (Limit::Prove, 5, 15),
        (Limit::UnknownLink, 20, 60),
        (Limit::Code, 5, 60),
        (Limit::Forgot, 3, 60),
        (Limit::Begin, 60, 15),
    ];
    for (limit, most, minutes) in cases {
        let limits = Limits::default();
        for _ in 0..most {
            assert_eq!(
                until(limits.take(limit, Who::From(HOME), minute(0))),
                None,
                "{limit:?}"
            );
        }
        let waits = until(limits.take(limit, Who::From(HOME), minute(0)));
        assert_eq!(waits, Some(minute(minutes)), "{limit:?}");
        assert_eq!(
            until(limits.check(limit, Who::From(HOME), minute(0))),
            waits,
            "{limit:?}"
        );
    }
}

#[test]
fn whoever_turns_out_right_is_forgiven() {
    let limits = Limits::default();
    let ada = Who::Both("ada@example.org", HOME);
    for _ in 0..5 {
        limits.take(Limit::SignIn, ada, minute(0)).unwrap();
    }
    limits.forgive(Limit::SignIn, ada);
    assert_eq!(until(limits.take(Limit::SignIn, ada, minute(0))), None);
    for _ in 0..4 {
        limits.take(Limit::SignIn, ada, minute(0)).unwrap();
    }
    limits.give_back(Limit::SignIn, ada);
    assert_eq!(until(limits.take(Limit::SignIn, ada, minute(0))), None);
    assert!(limits.take(Limit::SignIn, ada, minute(0)).is_err());
}

#[test]
fn neighbours_of_version_six_are_one_and_four_in_six_is_four() {
    let limits = Limits::default();
    let from = |text: &str| Who::From(text.parse::<IpAddr>().unwrap());
    for last in 0..20 {
        let address = format!("2a00:1450:1:2::{last:x}");
        limits
            .take(Limit::UnknownLink, from(&address), minute(0))
            .unwrap();
    }
    assert!(
        limits
            .take(Limit::UnknownLink, from("2a00:1450:1:2:ffff::1"), minute(0))
            .is_err()
    );
    assert!(
        limits
            .take(Limit::UnknownLink, from("2a00:1450:1:3::1"), minute(0))
            .is_ok()
    );
    for _ in 0..20 {
        limits
            .take(Limit::UnknownLink, from("8.8.4.4"), minute(0))
            .unwrap();
    }
    assert!(
        limits
            .take(Limit::UnknownLink, from("::ffff:8.8.4.4"), minute(0))
            .is_err()
    );
}

#[test]
fn a_clock_that_was_wrong_keeps_nobody_out() {
    let limits = Limits::default();
    let ada = Who::Both("ada@example.org", HOME);
    for _ in 0..5 {
        limits.take(Limit::SignIn, ada, minute(24 * 60)).unwrap();
    }
    assert_eq!(
        until(limits.take(Limit::SignIn, ada, minute(0))),
        None,
        "set back by a day"
    );
    let limits = Limits::default();
    for _ in 0..5 {
        limits.take(Limit::SignIn, ada, minute(1)).unwrap();
    }
    assert!(
        limits.take(Limit::SignIn, ada, minute(0)).is_err(),
        "set back by a minute"
    );
}

#[test]
fn what_is_kept_is_bounded_and_the_newest_stays() {
    let limits = Limits::default();
    let ada = Who::Both("ada@example.org", HOME);
    for number in 0_u32..60_000 {
        let name = format!("{number}@example.org");
        let now = minute(i64::from(number) / 6_000);
        limits
            .take(Limit::SignIn, Who::Both(&name, HOME), now)
            .unwrap();
        if number == 55_000 {
            for _ in 0..5 {
                limits.take(Limit::SignIn, ada, now).unwrap();
            }
        }
        assert!(limits.kept() <= 50_000);
    }
    assert!(
        limits.take(Limit::SignIn, ada, minute(10)).is_err(),
        "a flood of others does not clear it"
    );
}
