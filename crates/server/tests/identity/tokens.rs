//! Tokens and cookies.

use cotreat_server::identity::cookie::Jar;
use cotreat_server::identity::session::Seen;
use cotreat_server::identity::{Token, chance};

use crate::support::{GOOD, HOME, House, minute};

#[test]
fn a_token_is_read_as_it_was_written_and_nothing_else() {
    let token = Token::random().unwrap();
    let text = token.to_text();
    assert_eq!(text.len(), 43);
    assert_eq!(Token::read(&text).unwrap().bytes(), token.bytes());
    assert_ne!(Token::random().unwrap().bytes(), token.bytes());
    for wrong in [
        "",
        "a",
        &text[1..],
        &format!("{}A", *text),
        &format!("{}=", *text),
        &text.replace(&text[..1], "+"),
        &"é".repeat(21),
        // Forty-three characters hold 258 bits: the last two must be nought, so that no token has two spellings.
        &format!("{}B", "A".repeat(42)),
    ] {
        assert!(Token::read(wrong).is_none(), "{wrong}");
    }
}

#[test]
fn codes_have_their_digits_each_as_often() {
    let mut seen = [0_u32; 10];
    for _ in 0..2_000 {
        let code = chance::digits(8).unwrap();
        assert_eq!(code.len(), 8);
        for digit in code.bytes() {
            seen[usize::from(digit - b'0')] += 1;
        }
    }
    // 16,000 digits, 1,600 of each expected; chi-squared with 9 degrees of freedom is above 46 once in two million.
    let chi: f64 = seen
        .iter()
        .map(|n| (f64::from(*n) - 1600.0).powi(2) / 1600.0)
        .sum();
    assert!(chi < 46.0, "{seen:?}");
}

#[test]
fn cookies_are_set_as_they_should() {
    let token = Token::random().unwrap();
    let text = token.to_text();
    assert_eq!(
        Jar::Staff.set(&token),
        format!(
            "__Host-cotreat={}; HttpOnly; SameSite=Strict; Secure; Path=/",
            *text
        )
    );
    assert_eq!(
        Jar::Patient.set(&token),
        format!(
            "__Host-cotreat-patient={}; HttpOnly; SameSite=Lax; Secure; Path=/",
            *text
        )
    );
    assert!(Jar::Issuer.set(&token).contains("__Host-cotreat-issuer="));
    let cleared = Jar::Staff.clear();
    assert!(
        cleared.starts_with("__Host-cotreat=;") && cleared.contains("Max-Age=0"),
        "{cleared}"
    );
    assert!(
        cleared.contains("Secure") && cleared.contains("Path=/"),
        "or browsers refuse it"
    );
}

#[test]
fn a_cookie_is_read_from_among_others_and_never_when_it_is_there_twice() {
    let (one, two) = (Token::random().unwrap(), Token::random().unwrap());
    let (a, b) = (one.to_text(), two.to_text());
    let read = |header: &str| {
        Jar::Staff
            .read([header])
            .map(|token| token.to_text().to_string())
    };
    assert_eq!(
        read(&format!("x=1; __Host-cotreat={}; y=2", *a)),
        Some(a.to_string())
    );
    assert_eq!(
        read(&format!("__Host-cotreat={}; __Host-cotreat={}", *a, *b)),
        None
    );
    assert_eq!(
        Jar::Staff
            .read([&*format!("__Host-cotreat={}", *a), "x=1"])
            .map(|t| t.to_text()),
        Some(a.clone())
    );
    assert!(
        Jar::Staff
            .read([
                &*format!("__Host-cotreat={}", *a),
                &*format!("__Host-cotreat={}", *b)
            ])
            .is_none()
    );
    assert_eq!(
        read(&format!("__host-cotreat={}", *a)),
        None,
        "names are compared as they are"
    );
    assert_eq!(read(&format!("__Host-cotreat-patient={}", *a)), None);
    assert_eq!(read(""), None);
    assert_eq!(read("=;=;;;"), None);
}

/// A number after the last, from a start that is always the same (SplitMix64).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_made_up_cookies_and_tokens_open_nothing() {
    let house = House::new().await;
    house.ada().await;
    let entered = house.sign_in(GOOD, minute(0)).await.unwrap();
    let good = entered.token.to_text();
    let letters: Vec<char> = "ABCDEFabcdef0123456789-_=;%+/ \u{0}\u{e9}\"'\\,"
        .chars()
        .collect();
    let mut state = 20_261_127;
    for number in 0..1_000 {
        let length = usize::try_from(next(&mut state) % 60).unwrap();
        let mut text: String = (0..length)
            .map(|_| letters[usize::try_from(next(&mut state)).unwrap() % letters.len()])
            .collect();
        // Every third one is a good token with one character changed, which is the nearest anybody gets.
        if number % 3 == 0 {
            let at = usize::try_from(next(&mut state) % 43).unwrap();
            text = good.to_string();
            let other = if &text[at..=at] == "A" { "B" } else { "A" };
            text.replace_range(at..=at, other);
        }
        let cookie = format!("__Host-cotreat={text}; skip_timeout_reset=1; expires=never");
        for token in [Token::read(&text), Jar::Staff.read([&*cookie])]
            .into_iter()
            .flatten()
        {
            assert!(
                house
                    .identity
                    .here(&token, Seen::Acting, minute(1))
                    .await
                    .unwrap()
                    .is_none(),
                "{text}"
            );
            assert!(
                house
                    .identity
                    .patient_here(&token, minute(1))
                    .await
                    .unwrap()
                    .is_none(),
                "{text}"
            );
        }
    }
    assert!(
        house
            .identity
            .here(&entered.token, Seen::Acting, minute(1))
            .await
            .unwrap()
            .is_some()
    );
    // Nor does a token of one kind open another.
    assert!(
        house
            .identity
            .patient_here(&entered.token, minute(1))
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        house
            .identity
            .setup(&entered.token, HOME, minute(1))
            .await
            .unwrap()
            .is_none()
    );
}
