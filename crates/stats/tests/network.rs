//! Network meta-analysis: Senn's trials, two treatments as a pairwise meta-analysis, edges.

use cotreat_stats::meta::{Heterogeneity, MetaAnalysis, Studies, Test};
use cotreat_stats::network::{Better, Contrast, Network, Spread, Trials};
use cotreat_stats::{Fault, Level};
use proptest::prelude::*;

use crate::{near, near_relative};

/// Glucose-lowering agents, change of HbA1c in percentage points: trial, agent, against, difference, standard error. Senn S, Gavini F, Magrez D, Scheen A. Stat Methods Med Res
/// 2013;22:169–189, as printed in Rücker G, Schwarzer G. Stat Med 2014;33:4353–4369.
const SENN: [(&str, &str, &str, f64, f64); 28] = [
    ("DeFronzo1995", "metf", "plac", -1.9, 0.1414),
    ("Lewin2007", "metf", "plac", -0.82, 0.0992),
    ("Willms1999", "metf", "acar", -0.2, 0.3579),
    ("Davidson2007", "rosi", "plac", -1.34, 0.1435),
    ("Wolffenbuttel1999", "rosi", "plac", -1.1, 0.1141),
    ("Kipnes2001", "piog", "plac", -1.3, 0.1268),
    ("Kerenyi2004", "rosi", "plac", -0.77, 0.1078),
    ("Hanefeld2004", "piog", "metf", 0.16, 0.0849),
    ("Derosa2004", "piog", "rosi", 0.1, 0.1831),
    ("Baksi2004", "rosi", "plac", -1.3, 0.1014),
    ("Rosenstock2008", "rosi", "plac", -1.09, 0.2263),
    ("Zhu2003", "rosi", "plac", -1.5, 0.1624),
    ("Yang2003", "rosi", "metf", -0.14, 0.2239),
    ("Vongthavaravat2002", "rosi", "sulf", -1.2, 0.1436),
    ("Oyama2008", "acar", "sulf", -0.4, 0.1549),
    ("Costa1997", "acar", "plac", -0.8, 0.1432),
    ("Hermansen2007", "sita", "plac", -0.57, 0.1291),
    ("Garber2008", "vild", "plac", -0.7, 0.1273),
    ("Alex1998", "metf", "sulf", -0.37, 0.1184),
    ("Johnston1994", "migl", "plac", -0.74, 0.1839),
    ("Johnston1998a", "migl", "plac", -1.41, 0.2235),
    ("Kim2007", "rosi", "metf", 0.0, 0.2339),
    ("Johnston1998b", "migl", "plac", -0.68, 0.2828),
    ("Gonzalez-Ortiz2004", "metf", "plac", -0.4, 0.4356),
    ("Stucci1996", "benf", "plac", -0.23, 0.3467),
    ("Moulin2006", "benf", "plac", -1.01, 0.1366),
    ("Willms1999", "metf", "plac", -1.2, 0.3758),
    ("Willms1999", "acar", "plac", -1.0, 0.4669),
];

fn contrast((trial, treatment, against, effect, se): (&str, &str, &str, f64, f64)) -> Contrast {
    Contrast {
        trial: trial.into(),
        treatment: treatment.into(),
        against: against.into(),
        effect,
        se,
    }
}

fn senn() -> Trials {
    let contrasts: Vec<Contrast> = SENN.iter().copied().map(contrast).collect();
    Trials::new(&contrasts).expect("a network")
}

/// Rücker and Schwarzer 2014 print Q = 96.98 with 18 degrees of freedom, τ² = 0.1087 and I² = 81.4 %; further digits from `netmeta` 2.9-0.
#[test]
fn senn_as_printed() {
    let level = Level::default();
    let network = Network::fit(&senn(), Spread::DerSimonianLaird).expect("a fit");
    assert_eq!(network.df(), 18);
    near_relative(network.q(), 96.985_553_005_26, 1e-11);
    near_relative(network.tau2(), 0.108_716_923_142_419, 1e-11);
    near_relative(network.i2(), 0.814_405_347_577_657, 1e-11);
    let own = network
        .compare("rosi", "plac", level)
        .expect("a comparison");
    near_relative(own.value, -1.233_455_752_975_83, 1e-11);
    near_relative(own.se, 0.127_801_641_862_547, 1e-11);
    near_relative(
        network
            .prediction("acar", "plac", level)
            .expect("an interval")
            .upper,
        0.025_922_846_460_835,
        1e-9,
    );
    let scores = network.p_scores(Better::Smaller);
    let rosi = network
        .treatments()
        .iter()
        .position(|name| name == "rosi")
        .expect("a treatment");
    near_relative(scores[rosi], 0.893_368_181_255_212, 1e-10);
    let parts = network.decompose().expect("parts");
    near_relative(parts.within.q, 74.455_281_735_512_7, 1e-11);
    near_relative(parts.between.q, 22.530_271_269_747_4, 1e-10);
    assert_eq!((parts.within.df, parts.between.df), (11, 7));
    near_relative(parts.between_random.q, 2.194_000_132_096_9, 1e-9);
    let split = network.split(level).expect("splits");
    let own = split
        .iter()
        .find(|own| own.treatment == "metf" && own.against == "sulf")
        .expect("a comparison");
    near_relative(own.direct_share, 0.450_923_632_609_445, 1e-11);
    near_relative(
        own.difference.expect("both kinds").p,
        0.190_009_434_543_733,
        1e-9,
    );
    // Golden section on the likelihood written down once more in another language.
    let reml = Network::fit(&senn(), Spread::Reml).expect("a fit");
    near_relative(reml.tau2(), 0.099_917_460_2, 1e-6);
}

/// P-scores of both directions add up to one, the league table is antisymmetric, and its triangles close.
#[test]
fn the_league_table_is_consistent() {
    let network = Network::fit(&senn(), Spread::Reml).expect("a fit");
    let (effects, errors) = network.league();
    for i in 0..effects.nrows() {
        for j in 0..effects.nrows() {
            near(effects[(i, j)], -effects[(j, i)], 1e-12);
            near(errors[(i, j)], errors[(j, i)], 1e-12);
            near(effects[(i, j)] + effects[(j, 0)], effects[(i, 0)], 1e-12);
        }
    }
    let (low, high) = (
        network.p_scores(Better::Smaller),
        network.p_scores(Better::Larger),
    );
    for (low, high) in low.iter().zip(high) {
        near(low + high, 1.0, 1e-12);
    }
}

/// Which arm comes first must not matter, nor the direction in which a contrast is given.
#[test]
fn directions_and_names_do_not_matter() {
    let turned: Vec<Contrast> = SENN
        .iter()
        .rev()
        .map(|(trial, one, other, effect, se)| {
            // Letters that turn the alphabetical order round.
            let name =
                |own: &str| format!("{}{own}", char::from(b'z' - (own.as_bytes()[0] - b'a')));
            contrast((trial, &name(other), &name(one), -effect, *se))
        })
        .collect();
    let other = Network::fit(
        &Trials::new(&turned).expect("a network"),
        Spread::DerSimonianLaird,
    )
    .expect("a fit");
    let own = Network::fit(&senn(), Spread::DerSimonianLaird).expect("a fit");
    near_relative(other.q(), own.q(), 1e-11);
    near_relative(other.tau2(), own.tau2(), 1e-10);
    let rosi = |network: &Network, one: &str, against: &str| {
        network
            .compare(one, against, Level::default())
            .expect("a comparison")
    };
    near_relative(
        rosi(&other, "irosi", "kplac").value,
        rosi(&own, "rosi", "plac").value,
        1e-10,
    );
    near_relative(
        rosi(&other, "irosi", "kplac").se,
        rosi(&own, "rosi", "plac").se,
        1e-10,
    );
}

#[test]
fn a_network_in_pieces_is_refused_with_its_pieces() {
    let pieces = [
        contrast(("one", "massage", "usual care", 1.0, 0.5)),
        contrast(("two", "exercise", "advice", 1.0, 0.5)),
        contrast(("three", "yoga", "exercise", 1.0, 0.5)),
    ];
    assert_eq!(
        Trials::new(&pieces).expect_err("two pieces").to_string(),
        "the network falls into 2 pieces that no trial connects: {advice, exercise, yoga} and {massage, usual care}; analyse them one by one"
    );
}

#[test]
fn what_cannot_be_a_network_is_refused() {
    let why = |contrasts: &[Contrast]| Trials::new(contrasts).expect_err("a refusal").to_string();
    assert_eq!(why(&[]), "the list of contrasts is empty");
    assert_eq!(
        why(&[contrast(("one", "a", "a", 1.0, 0.5))]),
        "trial `one` compares `a` with itself"
    );
    assert!(why(&[contrast(("one", "a", "b", f64::NAN, 0.5))]).contains("must be finite"));
    assert!(
        why(&[contrast(("one", "a", "b", 1.0, 0.0))]).contains("standard error greater than zero")
    );
    let (ab, bc, ac) = (
        ("one", "a", "b", 1.0, 0.5),
        ("one", "b", "c", 1.0, 0.5),
        ("one", "a", "c", 2.0, 0.5),
    );
    assert_eq!(
        why(&[contrast(ab), contrast(ab)]),
        "trial `one` gives `a` against `b` twice"
    );
    assert_eq!(
        why(&[contrast(ab), contrast(bc)]),
        "trial `one` with 3 arms (every arm against every other) needs at least 3 contrasts; there are 2"
    );
    assert!(Trials::new(&[contrast(ab), contrast(bc), contrast(ac)]).is_ok());
    let wrong = ("one", "a", "c", 0.5, 0.5);
    assert!(why(&[contrast(ab), contrast(bc), contrast(wrong)]).contains("contradict each other"));
    let impossible = ("one", "a", "c", 2.0, 5.0);
    assert!(
        why(&[contrast(ab), contrast(bc), contrast(impossible)]).contains("impossible together")
    );
    // One trial: a common effect, but nothing to estimate heterogeneity from.
    let single = Trials::new(&[contrast(ab)]).expect("a network");
    let network = Network::fit(&single, Spread::DerSimonianLaird).expect("a fit");
    assert_eq!((network.tau2(), network.df(), network.q_p()), (0.0, 0, 1.0));
    assert!(matches!(
        Network::fit(&single, Spread::Reml),
        Err(Fault::TooFew { .. })
    ));
    assert!(Network::fit(&single, Spread::Given(f64::NAN)).is_err());
    assert!(network.prediction("a", "b", Level::default()).is_err());
    assert!(network.compare("a", "a", Level::default()).is_err());
    assert!(
        network
            .compare("a", "x", Level::default())
            .expect_err("unknown")
            .to_string()
            .starts_with("there is no treatment `x`")
    );
    assert_eq!(
        network.split(Level::default()).expect("splits")[0].indirect,
        None
    );
}

proptest! {
    /// Two treatments make a network that is a meta-analysis.
    #[test]
    fn two_treatments_are_a_meta_analysis(pairs in proptest::collection::vec((-2.0_f64..2.0, 0.2_f64..1.0), 3..12)) {
        let names: Vec<String> = (0..pairs.len()).map(|at| at.to_string()).collect();
        let contrasts: Vec<Contrast> = names.iter().zip(&pairs).map(|(name, (effect, se))| contrast((name, "b", "a", *effect, *se))).collect();
        let trials = Trials::new(&contrasts).expect("a network");
        let (effects, variances): (Vec<f64>, Vec<f64>) = pairs.iter().map(|(y, s)| (*y, s * s)).unzip();
        let studies = Studies::new(&effects, &variances).expect("studies");
        for (spread, method) in [
            (Spread::Common, Heterogeneity::Common),
            (Spread::DerSimonianLaird, Heterogeneity::DerSimonianLaird),
            (Spread::Reml, Heterogeneity::Reml),
        ] {
            let network = Network::fit(&trials, spread).expect("a fit");
            let meta = MetaAnalysis::pool(&studies, method, Test::Normal).expect("an analysis");
            near(network.tau2(), meta.tau2(), 1e-6);
            near(network.q(), meta.q(), 1e-10);
            let (own, pooled) = (network.compare("b", "a", Level::default()).expect("a"), meta.pooled(Level::default()).expect("b"));
            near(own.value, pooled.value, 1e-6);
            near(own.se, pooled.se, 1e-6);
        }
    }
}
