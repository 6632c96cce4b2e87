//! Which passwords may be chosen, and how they are kept.

use cotreat_server::identity::Refused;
use cotreat_server::identity::password::{Checked, Hasher, Unfit, fit};
use zeroize::Zeroizing;

use crate::support::secret;

const OWN: [&str; 3] = [
    "Ada Lindgren",
    "ada.lindgren@example.org",
    "Backcare Clinic",
];

#[test]
fn rules() {
    let long = "ab cd ef gh ".repeat(22);
    let cases = [
        ("", Err(Unfit::TooShort)),
        ("elevenchars", Err(Unfit::TooShort)),
        ("äöüßéèñçøåæ", Err(Unfit::TooShort)),
        ("äöüßéèñçøåæœ", Ok(())),
        ("four quiet herons wade upstream", Ok(())),
        ("nocapitalsnodigits", Ok(())),
        ("            x", Err(Unfit::Repeats)),
        (&long[..256], Ok(())),
        (&long[..257], Err(Unfit::TooLong)),
        ("aaaaaaaaaaaa", Err(Unfit::Repeats)),
        ("abababababababab", Err(Unfit::Repeats)),
        ("AbCdabcdABCD", Err(Unfit::Repeats)),
        ("112211221122", Err(Unfit::Repeats)),
        ("adalindgren2026", Err(Unfit::Own)),
        ("Lindgren-Lindgren!", Err(Unfit::Own)),
        ("ada.lindgren@example.org", Err(Unfit::Own)),
        ("cotreat-cotreat-1", Err(Unfit::Own)),
        ("BACKCARE clinic 12", Err(Unfit::Own)),
        ("lindgren eats plums at noon", Ok(())),
        ("ada knows seven herons", Ok(())),
    ];
    for (password, expected) in cases {
        assert_eq!(fit(password, &OWN), expected, "{password}");
    }
}

#[test]
fn a_refusal_says_what_to_do_and_not_the_password() {
    for unfit in [
        Unfit::TooShort,
        Unfit::TooLong,
        Unfit::Repeats,
        Unfit::Own,
        Unfit::Common,
        Unfit::Breached,
    ] {
        let said = Refused::Password(unfit).to_string();
        assert!(said.ends_with('.') && said.len() > 40, "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_hashed_with_argon2id_and_checked() {
    let hasher = Hasher::new(2).unwrap();
    let hash = hasher.hash(secret("the password")).await.unwrap();
    assert!(
        hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
        "OWASP's parameters"
    );
    let again = hasher.hash(secret("the password")).await.unwrap();
    assert_ne!(*hash, *again, "salted");
    let check = |password: &str, hash: Option<&Zeroizing<String>>| {
        hasher.check(secret(password), hash.cloned())
    };
    assert!(matches!(
        check("the password", Some(&hash)).await,
        Ok(Checked::Right)
    ));
    assert!(matches!(
        check("the Password", Some(&hash)).await,
        Ok(Checked::Wrong)
    ));
    assert!(matches!(check("", Some(&hash)).await, Ok(Checked::Wrong)));
    assert!(matches!(
        check("the password", None).await,
        Ok(Checked::Wrong)
    ));
    let damaged = secret("not a hash");
    assert!(
        check("the password", Some(&damaged))
            .await
            .unwrap_err()
            .is_fault()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_hash_is_replaced_when_it_is_right() {
    let hasher = Hasher::new(1).unwrap();
    // "password", salt "somesalt", m=64 MiB, t=1: from the tests of the argon2 reference implementation, another kind and other parameters.
    let old = secret(
        "$argon2i$v=19$m=65536,t=1,p=1$c29tZXNhbHQAAAAAAAAAAA$+r0d29hqEB0yasKr55ZgICsQGSkl0v0kgwhd+U3wyRo",
    );
    let Ok(Checked::RightButOld(better)) = hasher.check(secret("password"), Some(old)).await else {
        panic!("it is right, and old");
    };
    assert!(better.starts_with("$argon2id$"));
    let checked = hasher.check(secret("password"), Some(better)).await;
    assert!(matches!(checked, Ok(Checked::Right)));
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_at_once_are_asked_to_come_again() {
    let hasher = std::sync::Arc::new(Hasher::new(1).unwrap());
    let many = (0..120).map(|_| {
        let hasher = std::sync::Arc::clone(&hasher);
        tokio::spawn(async move { hasher.hash(secret("the password")).await })
    });
    let many: Vec<_> = many.collect();
    let (mut done, mut busy) = (0, 0);
    for one in many {
        match one.await.unwrap() {
            Ok(_) => done += 1,
            Err(Refused::Busy) => busy += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert!(
        busy > 0 && done >= 64,
        "{done} were hashed, {busy} were asked to come again"
    );
    assert!(
        hasher.hash(secret("the password")).await.is_ok(),
        "and then it goes on"
    );
}
