//! Every route of the server, in one list: where it is, who may come at all, and who answers. A test walks the list with every role.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware;
use axum::routing::{MethodRouter, get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use super::{App, Problem, address, assets, headers, problem, refusals};
use crate::operations::requests;
use crate::pages::{
    account, alerts, answer, audit, begin, demo, desk, directory, door, episode, erase, health,
    home, inquiries, intake, knowledge, language, link, members, organisation, outsider, own,
    owner, patient, patients, referrals, sign_in, start, unsent,
};

/// Who may come to a route at all; what they then may do or see is for the policies to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Anybody,
    /// Whoever has a session, finished signing in or not.
    Visitor,
    /// Whoever signed in.
    SignedIn,
    /// Whoever opened a patient's link.
    Link,
}

/// A route.
#[derive(Clone, Copy)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Where it is.
    pub path: &'static str,
    /// Who may come at all.
    pub access: Access,
    answers: fn() -> MethodRouter<App>,
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} ({:?})", self.method, self.path, self.access)
    }
}

macro_rules! routes {
    ($($method:ident $path:literal $access:ident => $handler:path;)*) => {
        &[$(Route {
            method: routes!(@name $method),
            path: $path,
            access: Access::$access,
            answers: || $method($handler),
        }),*]
    };
    (@name get) => { "GET" };
    (@name post) => { "POST" };
}

/// Every route.
pub const ROUTES: &[Route] = routes! {
    get  "/assets/{name}"                  Anybody  => assets::get;
    get  "/health/live"                    Anybody  => health::live;
    get  "/health/ready"                   Anybody  => health::ready;
    get  "/metrics"                        Anybody  => health::metrics;
    // There only in a demonstration.
    get  "/demo"                           Anybody  => demo::show;
    post "/demo/staff"                     Anybody  => demo::be_staff;
    post "/demo/patients"                  Anybody  => demo::be_patient;
    get  "/demo/letters"                   Anybody  => demo::letters;
    get  "/styleguide"                     Anybody  => demo::styleguide;

    post "/language"                       Anybody  => language::choose;
    get  "/sign-in"                        Anybody  => sign_in::ask;
    post "/sign-in"                        Anybody  => sign_in::by_password;
    post "/sign-in/passkey/begin"          Anybody  => sign_in::passkey_begin;
    post "/sign-in/passkey"                Anybody  => sign_in::passkey_finish;
    post "/sign-in/with/{issuer}"          Anybody  => sign_in::issuer_begin;
    get  "/sign-in/with/{issuer}/return"   Anybody  => sign_in::issuer_back;
    get  "/set-up/{token}"                 Anybody  => begin::ask;
    post "/set-up/{token}"                 Anybody  => begin::set;

    get  "/second-factor"                  Visitor  => sign_in::ask_code;
    post "/second-factor"                  Visitor  => sign_in::code;
    get  "/unlock"                         Visitor  => sign_in::ask_again;
    post "/unlock"                         Visitor  => sign_in::prove_again;
    post "/prove/passkey/begin"            Visitor  => sign_in::proof_begin;
    post "/prove/passkey"                  Visitor  => sign_in::proof_finish;
    post "/lock"                           Visitor  => sign_in::lock;
    post "/sign-out"                       Visitor  => sign_in::out;
    get  "/organisations"                  Visitor  => begin::organisations;
    post "/organisations"                  Visitor  => begin::act_for;
    get  "/account/second-factor"          Visitor  => account::second_factor;
    post "/account/app/begin"              Visitor  => account::app_begin;
    post "/account/app"                    Visitor  => account::app_confirm;
    post "/account/passkey/begin"          Visitor  => account::passkey_begin;
    post "/account/passkey"                Visitor  => account::passkey_finish;

    get  "/"                               SignedIn => home::show;
    get  "/account"                        SignedIn => account::show;
    get  "/unsent"                         SignedIn => unsent::show;
    post "/unsent"                         SignedIn => unsent::throw_away;
    post "/account/password"               SignedIn => account::password;
    post "/account/sessions/end"           SignedIn => account::end_session;
    get  "/patients"                       SignedIn => patients::find;
    post "/patients"                       SignedIn => patients::register;
    get  "/patients/new"                   SignedIn => patients::ask;
    get  "/patients/{id}"                  SignedIn => patient::show;
    get  "/patients/{id}/identity"         SignedIn => patient::ask_correct;
    post "/patients/{id}/identity"         SignedIn => patient::correct;
    post "/patients/{id}/assign"           SignedIn => patient::assign;
    post "/patients/{id}/notes"            SignedIn => patient::note;
    post "/patients/{id}/glass"            SignedIn => patient::break_glass;
    post "/patients/{id}/merge"            SignedIn => patient::merge;
    post "/patients/{id}/unmerge"          SignedIn => patient::unmerge;
    post "/patients/{id}/seen-at"          SignedIn => patient::see_at;
    post "/patients/{id}/erase"            SignedIn => patient::erase;
    post "/patients/{id}/episodes"         SignedIn => episode::begin;
    post "/patients/{id}/page-link"        SignedIn => link::make_page_link;
    post "/patients/{id}/links/revoke"     SignedIn => link::revoke;
    get  "/episodes/{id}"                  SignedIn => episode::show;
    post "/episodes/{id}/acts"             SignedIn => episode::act;
    post "/episodes/{id}/task-link"        SignedIn => link::make_task_link;
    // The front desk.
    get  "/today"                          SignedIn => desk::today;
    post "/today"                          SignedIn => desk::read;
    post "/today/{day}/{id}/register"      SignedIn => desk::register;
    get  "/chase"                          SignedIn => desk::chase;
    // Owners.
    get  "/owner"                          SignedIn => owner::show;
    get  "/organisation"                   SignedIn => organisation::show;
    post "/organisation"                   SignedIn => organisation::change;
    post "/organisation/privacy-officer"   SignedIn => organisation::name_officer;
    get  "/erase"                          SignedIn => erase::ask;
    post "/erase"                          SignedIn => erase::erase;
    get  "/audit"                          SignedIn => audit::show;
    get  "/audit.csv"                      SignedIn => audit::csv;

    // What a clinician does in an episode.
    post "/episodes/{id}/alarms"           SignedIn => episode::alarms::clear_one;
    post "/episodes/{id}/answers"          SignedIn => episode::next::save;
    post "/episodes/{id}/questions"        SignedIn => episode::questions::answer;
    get  "/episodes/{id}/session"          SignedIn => episode::session::show;
    post "/episodes/{id}/session"          SignedIn => episode::session::save;
    get  "/episodes/{id}/sessions/{session}" SignedIn => episode::session::show_signed;
    post "/episodes/{id}/sessions/{session}" SignedIn => episode::session::amend;
    get  "/episodes/{id}/examine"          SignedIn => episode::examine::show;
    post "/episodes/{id}/examine"          SignedIn => episode::examine::save;
    get  "/episodes/{id}/plan"             SignedIn => episode::plan::show;
    post "/episodes/{id}/plan"             SignedIn => episode::plan::save;
    get  "/episodes/{id}/medicines"        SignedIn => episode::medicines::show;
    post "/episodes/{id}/medicines"        SignedIn => episode::medicines::save;
    get  "/episodes/{id}/measures"         SignedIn => episode::measures::show;
    post "/episodes/{id}/measures"         SignedIn => episode::measures::assign;
    get  "/episodes/{id}/measures/{instrument}" SignedIn => episode::measures::paper;
    post "/episodes/{id}/measures/{instrument}" SignedIn => episode::measures::answer;
    get  "/episodes/{id}/close"            SignedIn => episode::close::show;
    post "/episodes/{id}/close"            SignedIn => episode::close::close;
    post "/episodes/{id}/drafts/{form}"    SignedIn => episode::drafts::keep;

    get  "/members"                        SignedIn => members::list;
    post "/members"                        SignedIn => members::add;
    get  "/members/new"                    SignedIn => members::ask;
    get  "/members/{user}"                 SignedIn => members::show;
    post "/members/{user}/grant"           SignedIn => members::grant;
    post "/members/{user}/withdraw"        SignedIn => members::withdraw;
    post "/members/{user}/disable"         SignedIn => members::disable;
    post "/members/{user}/enable"          SignedIn => members::enable;
    post "/members/{user}/reset"           SignedIn => members::reset;
    // The knowledge.
    get  "/knowledge"                      SignedIn => knowledge::front;
    get  "/knowledge/{kind}"               SignedIn => knowledge::kind;
    get  "/knowledge/{kind}/{id}"          SignedIn => knowledge::article;

    get  "/t/{token}"                      Anybody  => door::task;
    post "/t/{token}"                      Anybody  => door::start;
    get  "/answer"                         Link     => answer::begin;
    get  "/answer/{number}"                Link     => answer::sheet;
    post "/answer/{number}"                Link     => answer::save;
    // The public page of a clinic, and who wrote there.
    get  "/start/{organisation}"           Anybody  => start::show;
    post "/start/{organisation}"           Anybody  => start::answer;
    post "/start/{organisation}/leave"     Anybody  => start::leave;
    get  "/inquiries"                      SignedIn => inquiries::list;
    post "/inquiries"                      SignedIn => inquiries::decide;

    // The intake of a patient, and the alerts that come of it.
    get  "/intake"                         Link     => intake::begin;
    post "/intake"                         Link     => intake::start;
    get  "/intake/page/{number}"           Link     => intake::page;
    post "/intake/page/{number}"           Link     => intake::answer;
    get  "/intake/stop"                    Link     => intake::stop;
    post "/intake/stop"                    Link     => intake::understood;
    get  "/intake/check"                   Link     => intake::check;
    post "/intake/check"                   Link     => intake::send;
    get  "/alerts"                         SignedIn => alerts::list;
    post "/episodes/{id}/alert"            SignedIn => alerts::take;

    get  "/p/{token}"                      Anybody  => door::page;
    post "/p/{token}"                      Anybody  => door::code;
    post "/p/{token}/open"                 Anybody  => door::open;
    get  "/my-record"                      Link     => own::show;
    post "/my-record/question"             Link     => own::ask;
    post "/my-record/consent"              Link     => own::consent;
    post "/my-record/close"                Link     => own::close;

    // Referrals, the directory, and somebody outside who answers by a link.
    get  "/referrals"                                         SignedIn => referrals::list;
    get  "/episodes/{id}/referrals/new"                       SignedIn => referrals::ask;
    post "/episodes/{id}/referrals/new"                       SignedIn => referrals::write;
    get  "/episodes/{id}/referrals/{referral}"                SignedIn => referrals::show;
    post "/episodes/{id}/referrals/{referral}"                SignedIn => referrals::act;
    get  "/episodes/{id}/referrals/{referral}/appointment.ics" SignedIn => referrals::calendar;
    get  "/directory"                                         SignedIn => directory::search;
    post "/directory/own"                                     SignedIn => directory::change_own;
    get  "/directory/people/{user}"                           SignedIn => directory::person;
    get  "/directory/organisations/{id}"                      SignedIn => directory::organisation;
    get  "/r/{token}"                                         Anybody  => outsider::door;
    post "/r/{token}"                                         Anybody  => outsider::code;
    post "/r/{token}/open"                                    Anybody  => outsider::open;
    get  "/referral"                                          Link     => outsider::show;
    post "/referral"                                          Link     => outsider::answer;
    post "/referral/close"                                    Link     => outsider::close;
};

/// A request larger than this is not read.
const LARGEST: usize = 2 << 20;
/// A request that takes longer is given up.
const LONGEST: Duration = Duration::from_secs(30);

/// The whole server.
pub fn router(app: App) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        router = router.route(route.path, (route.answers)());
    }
    router
        .fallback(nothing_here)
        .method_not_allowed_fallback(not_so)
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app.metrics),
            requests::watch,
        ))
        .layer(CatchPanicLayer::custom(|_| {
            use axum::response::IntoResponse as _;
            Problem::said(
                StatusCode::INTERNAL_SERVER_ERROR,
                "problem-failed",
                "problem-failed-says",
            )
            .into_response()
        }))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            LONGEST,
        ))
        .layer(middleware::from_fn_with_state(app.clone(), refusals::note))
        .layer(middleware::from_fn(problem::tell))
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(middleware::from_fn(address::check))
        .layer(middleware::from_fn(headers::add))
        .with_state(app)
}

async fn nothing_here() -> Problem {
    Problem::not_found()
}

async fn not_so() -> Problem {
    Problem::said(
        StatusCode::METHOD_NOT_ALLOWED,
        "problem-method",
        "problem-method-says",
    )
}
