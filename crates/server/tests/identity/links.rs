//! Links of patients.

use cotreat_server::identity::letter::Letter;
use cotreat_server::identity::link::LinkState;
use cotreat_server::identity::link::page::Visit;
use cotreat_server::identity::link::task::{DateOfBirth, Start};
use cotreat_server::identity::{Refused, Token};
use cotreat_store::account::LinkKind;
use cotreat_store::outbox::Message;
use cotreat_store::{Batch, Expected};
use jiff::civil::{Date, date};

use crate::support::{ELSEWHERE, HOME, House, minute, second};

const BORN: Date = date(1961, 4, 12);

fn said(given: Date) -> DateOfBirth {
    DateOfBirth { given, born: BORN }
}

async fn task(house: &House) -> Token {
    let made = house
        .identity
        .make_link(LinkKind::Task, "p1", "a1", |_| Ok(Vec::new()), minute(0))
        .await;
    made.unwrap().1
}

async fn page(house: &House) -> Token {
    let made = house
        .identity
        .make_link(LinkKind::Page, "p1", "", |_| Ok(Vec::new()), minute(0))
        .await;
    made.unwrap().1
}

fn told() -> Vec<Message> {
    let letter = Letter {
        to: "desk@example.org".to_owned(),
        subject: "A link was closed".to_owned(),
        text: "A link was closed after five wrong dates of birth.".to_owned(),
    };
    vec![letter.message(minute(0)).unwrap()]
}

async fn start(house: &House, token: &Token, given: Date) -> Result<Start, Refused> {
    house
        .identity
        .start_task(token, said(given), &told(), HOME, minute(1))
        .await
}

fn answers() -> Vec<Batch> {
    vec![Batch {
        stream: "episode/e1".to_owned(),
        person: "p1".to_owned(),
        actor: "patient".to_owned(),
        at: minute(5),
        expected: Expected::Any,
        events: Vec::new(),
        messages: told(),
    }]
}

both!(
    a_task_is_started_with_the_date_of_birth_and_sent_in_once,
    |house: House| async move {
        let token = task(&house).await;
        for _ in 0..30 {
            let looked = house
                .identity
                .look_at_link(&token, HOME, minute(1))
                .await
                .unwrap();
            assert!(
                matches!(looked, LinkState::Task(link) if link.patient == "p1" && link.tries == 0)
            );
        }
        let wrong = start(&house, &token, date(1961, 12, 4)).await.unwrap();
        assert!(matches!(wrong, Start::Wrong { left: 4 }));
        let Start::Opened(session) = start(&house, &token, BORN).await.unwrap() else {
            panic!("it is the date of birth");
        };
        let open = house
            .identity
            .patient_here(&session, minute(2))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (open.link.kind, open.link.assignment.as_str()),
            (LinkKind::Task, "a1")
        );
        assert!(house.identity.draft(&open).await.unwrap().is_none());
        assert_eq!(
            house
                .identity
                .keep_draft(&open, 0, b"{\"pain\":3}", minute(2))
                .await
                .unwrap(),
            1
        );
        let clash = house
            .identity
            .keep_draft(&open, 0, b"other window", minute(2))
            .await;
        assert!(matches!(&clash, Err(error @ Refused::Store(_)) if !error.is_fault()));

        // Another day, another telephone: what was answered comes back behind the same question.
        let Start::Opened(again) = start(&house, &token, BORN).await.unwrap() else {
            panic!("it is the date of birth");
        };
        let open = house
            .identity
            .patient_here(&again, minute(3))
            .await
            .unwrap()
            .unwrap();
        let draft = house.identity.draft(&open).await.unwrap().unwrap();
        assert_eq!(
            (draft.version, draft.body.as_slice()),
            (1, b"{\"pain\":3}".as_slice())
        );
        house
            .identity
            .send_in(&open, &answers(), minute(5))
            .await
            .unwrap();
        assert_eq!(house.store.due(minute(5), 10).await.unwrap().len(), 1);
        let twice = house.identity.send_in(&open, &answers(), minute(6)).await;
        assert!(matches!(twice, Err(Refused::Gone)));
        assert_eq!(
            house.store.due(minute(6), 10).await.unwrap().len(),
            1,
            "nothing is written twice"
        );
        assert_eq!(
            house
                .identity
                .look_at_link(&token, HOME, minute(7))
                .await
                .unwrap(),
            LinkState::ThankYou
        );
        for session in [&session, &again] {
            assert!(
                house
                    .identity
                    .patient_here(session, minute(7))
                    .await
                    .unwrap()
                    .is_none()
            );
        }
        assert!(matches!(
            start(&house, &token, BORN).await,
            Err(Refused::Gone)
        ));
        assert!(house.store.draft("p1", "a1").await.unwrap().is_none());
    }
);

both!(
    five_wrong_dates_kill_a_task_and_staff_are_told,
    |house: House| async move {
        let token = task(&house).await;
        for left in [4, 3, 2, 1] {
            let wrong = start(&house, &token, date(1999, 1, 1)).await.unwrap();
            assert!(matches!(wrong, Start::Wrong { left: n } if n == left));
        }
        assert!(house.store.due(minute(1), 10).await.unwrap().is_empty());
        assert!(matches!(
            start(&house, &token, date(1999, 1, 1)).await,
            Ok(Start::Died)
        ));
        let due = house.store.due(minute(1), 10).await.unwrap();
        let letter: Letter = serde_json::from_slice(&due[0].body).unwrap();
        assert_eq!(letter.to, "desk@example.org");
        assert!(matches!(
            start(&house, &token, BORN).await,
            Err(Refused::Gone)
        ));
        assert_eq!(
            house
                .identity
                .look_at_link(&token, HOME, minute(2))
                .await
                .unwrap(),
            LinkState::NotGood
        );
        let again = task(&house).await;
        assert!(
            matches!(start(&house, &again, BORN).await, Ok(Start::Opened(_))),
            "a new one works"
        );
    }
);

#[tokio::test(flavor = "multi_thread")]
async fn a_link_lasts_two_weeks_and_a_task_two_hours() {
    let house = House::new().await;
    let token = task(&house).await;
    let days = 14 * 24 * 60;
    let at = |now| house.identity.look_at_link(&token, HOME, now);
    assert!(matches!(
        at(second(days * 60 - 1)).await.unwrap(),
        LinkState::Task(_)
    ));
    assert_eq!(at(minute(days)).await.unwrap(), LinkState::NotGood);
    let Start::Opened(session) = start(&house, &token, BORN).await.unwrap() else {
        panic!("it is the date of birth");
    };
    assert!(
        house
            .identity
            .patient_here(&session, minute(120))
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        house
            .identity
            .patient_here(&session, minute(121))
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_sent_again_kills_the_one_before_and_a_revoked_one_is_dead() {
    let house = House::new().await;
    let first = task(&house).await;
    let Start::Opened(session) = start(&house, &first, BORN).await.unwrap() else {
        panic!("it is the date of birth");
    };
    let second = task(&house).await;
    assert_eq!(
        house
            .identity
            .look_at_link(&first, HOME, minute(2))
            .await
            .unwrap(),
        LinkState::NotGood
    );
    assert!(
        house
            .identity
            .patient_here(&session, minute(2))
            .await
            .unwrap()
            .is_none()
    );
    let listed = house.identity.links_of("p1").await.unwrap();
    let good: Vec<_> = listed
        .iter()
        .filter(|link| link.is_good(minute(2)))
        .collect();
    assert_eq!((listed.len(), good.len()), (2, 1));
    house
        .identity
        .revoke_link("p1", &good[0].id, minute(3))
        .await
        .unwrap();
    let gone = house
        .identity
        .revoke_link("p1", &good[0].id, minute(3))
        .await;
    assert!(matches!(gone, Err(Refused::Gone)));
    assert_eq!(
        house
            .identity
            .look_at_link(&second, HOME, minute(3))
            .await
            .unwrap(),
        LinkState::NotGood
    );
    page(&house).await;
    assert_eq!(
        house.identity.revoke_links("p1", minute(4)).await.unwrap(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn links_are_not_guessed_and_a_waiting_room_is_not_kept_out() {
    let house = House::new().await;
    let token = task(&house).await;
    for _ in 0..19 {
        let made_up = Token::random().unwrap();
        let looked = house
            .identity
            .look_at_link(&made_up, HOME, minute(0))
            .await
            .unwrap();
        assert_eq!(looked, LinkState::NotGood);
    }
    for _ in 0..50 {
        assert!(
            house
                .identity
                .look_at_link(&token, HOME, minute(0))
                .await
                .is_ok(),
            "links that exist do not count"
        );
    }
    house
        .identity
        .look_at_link(&Token::random().unwrap(), HOME, minute(0))
        .await
        .unwrap();
    for one in [&token, &Token::random().unwrap()] {
        let waits = house.identity.look_at_link(one, HOME, minute(1)).await;
        assert!(matches!(waits, Err(Refused::Wait { .. })));
    }
    assert!(
        house
            .identity
            .look_at_link(&token, ELSEWHERE, minute(1))
            .await
            .is_ok()
    );
    assert!(
        house
            .identity
            .look_at_link(&token, HOME, minute(60))
            .await
            .is_ok()
    );
}

async fn send(house: &House, token: &Token, now: i64) -> Result<String, Refused> {
    let mut sent = String::new();
    house
        .identity
        .send_code(
            token,
            |code| {
                sent = code.to_owned();
                Letter::code("pat@example.org", "Backcare", code).message(minute(now))
            },
            HOME,
            minute(now),
        )
        .await
        .map(|()| sent)
}

both!(
    a_page_is_opened_with_a_code_that_is_sent,
    |house: House| async move {
        let token = page(&house).await;
        let visit = |code: String, now| {
            let (house, token) = (&house, &token);
            async move { house.identity.visit(token, &code, HOME, now).await.unwrap() }
        };
        assert!(
            matches!(visit("12345678".to_owned(), minute(0)).await, Visit::NoCode),
            "none was sent"
        );
        let code = send(&house, &token, 0).await.unwrap();
        assert_eq!(code.len(), 8);
        let due = house.store.due(minute(0), 10).await.unwrap();
        let letter: Letter = serde_json::from_slice(&due[0].body).unwrap();
        assert!(letter.text.contains(&code) && !letter.text.contains("pain"));
        let wrong = if code == "00000000" {
            "00000001"
        } else {
            "00000000"
        };
        assert!(matches!(
            visit(wrong.to_owned(), minute(1)).await,
            Visit::Wrong { left: 4 }
        ));
        assert!(
            matches!(visit(code.clone(), minute(10)).await, Visit::NoCode),
            "ten minutes"
        );
        let Visit::Opened(session) =
            visit(format!("{} {}", &code[..4], &code[4..]), minute(9)).await
        else {
            panic!("it is the code");
        };
        assert!(
            matches!(visit(code, minute(9)).await, Visit::NoCode),
            "once"
        );
        let open = house
            .identity
            .patient_here(&session, minute(38))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(open.link.kind, LinkKind::Page);
        assert!(
            house
                .identity
                .patient_here(&session, minute(39))
                .await
                .unwrap()
                .is_none(),
            "half an hour"
        );
        for refused in [
            house.identity.draft(&open).await.map(drop),
            house
                .identity
                .keep_draft(&open, 0, b"x", minute(10))
                .await
                .map(drop),
            house.identity.send_in(&open, &answers(), minute(10)).await,
        ] {
            assert!(
                matches!(refused, Err(Refused::NotAllowed)),
                "a page only reads"
            );
        }
        house.identity.patient_leaves(&session).await.unwrap();
        assert!(
            house
                .identity
                .patient_here(&session, minute(10))
                .await
                .unwrap()
                .is_none()
        );
    }
);

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_not_guessed_nor_sent_without_end() {
    let house = House::new().await;
    let token = page(&house).await;
    let code = send(&house, &token, 0).await.unwrap();
    let wrong = if code == "00000000" {
        "00000001"
    } else {
        "00000000"
    };
    for left in [4, 3, 2, 1] {
        let tried = house
            .identity
            .visit(&token, wrong, HOME, minute(1))
            .await
            .unwrap();
        assert!(matches!(tried, Visit::Wrong { left: n } if n == left));
    }
    for tried in [wrong, &code] {
        let tried = house
            .identity
            .visit(&token, tried, ELSEWHERE, minute(1))
            .await
            .unwrap();
        assert!(matches!(tried, Visit::NoCode));
    }
    for _ in 0..4 {
        send(&house, &token, 2).await.unwrap();
    }
    assert!(matches!(
        send(&house, &token, 2).await,
        Err(Refused::Wait { .. })
    ));
    assert_eq!(house.store.due(minute(2), 10).await.unwrap().len(), 5);
    assert!(send(&house, &token, 60).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_kind_of_link_does_not_do_for_the_other() {
    let house = House::new().await;
    let (task, page) = (task(&house).await, page(&house).await);
    assert!(matches!(send(&house, &task, 0).await, Err(Refused::Gone)));
    let visit = house
        .identity
        .visit(&task, "12345678", HOME, minute(0))
        .await;
    assert!(matches!(visit, Err(Refused::Gone)));
    assert!(matches!(
        start(&house, &page, BORN).await,
        Err(Refused::Gone)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_are_too_long_are_refused() {
    let house = House::new().await;
    let token = task(&house).await;
    let Start::Opened(session) = start(&house, &token, BORN).await.unwrap() else {
        panic!("it is the date of birth");
    };
    let open = house
        .identity
        .patient_here(&session, minute(2))
        .await
        .unwrap()
        .unwrap();
    let long = vec![b'x'; 256 * 1024 + 1];
    let refused = house.identity.keep_draft(&open, 0, &long, minute(2)).await;
    assert!(matches!(refused, Err(Refused::TooLong)));
    assert!(
        house
            .identity
            .keep_draft(&open, 0, &long[1..], minute(2))
            .await
            .is_ok()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_of_a_link_are_its_own() {
    let house = House::new().await;
    let (one, two) = (task(&house).await, page(&house).await);
    let mut forms = Vec::new();
    for token in [&one, &two] {
        let (LinkState::Task(link) | LinkState::Page(link)) = house
            .identity
            .look_at_link(token, HOME, minute(0))
            .await
            .unwrap()
        else {
            panic!("both are good");
        };
        forms.push(house.identity.forms_of_link(&link));
    }
    assert!(forms[0].fits(&forms[0].token().unwrap()));
    assert!(!forms[0].fits(&forms[1].token().unwrap()));
}
