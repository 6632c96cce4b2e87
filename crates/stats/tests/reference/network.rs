//! Network meta-analyses.

use std::path::Path;

use cotreat_stats::network::{Better, Contrast, Network, QTest, Spread, Trials};
use cotreat_stats::{Estimate, Level};
use serde_json::Value;

use crate::compare::Compared;
use crate::record::Record;
use crate::table::Table;

pub fn compare(record: &Record, home: &Path) -> Option<Compared> {
    let (set, method) = record.id.split_once('.')?;
    // Less glycated haemoglobin is better, more people who stop smoking are.
    let (path, trial, better) = match set {
        "senn2013" => (
            "dat_senn2013/netmeta_Senn2013_contrasts.csv",
            "studlab",
            Better::Smaller,
        ),
        "hasselblad1998" => (
            "dat_hasselblad1998/derived_logOR_contrasts.csv",
            "study",
            Better::Larger,
        ),
        _ => return None,
    };
    let spread = match method {
        "DL" => Spread::DerSimonianLaird,
        "REML" => Spread::Reml,
        _ => return None,
    };
    let results = &record.results;
    let trials = Trials::new(&contrasts(
        &Table::read(&home.join("data").join(path)),
        trial,
    ))
    .expect("a network");
    // From contrasts alone `netmeta` leaves the covariances within multi-arm trials out of its likelihood (not out of anything else), so that its τ²
    // is another one. Here the likelihood is complete: τ² is compared with that of a search in another language, and everything
    // else with the record at the record's τ².
    let estimated = Network::fit(&trials, spread).expect("a fit");
    let random = match results["tau2"].as_f64() {
        Some(tau2) if spread == Spread::Reml => {
            Network::fit(&trials, Spread::Given(tau2)).expect("a fit")
        }
        _ => estimated.clone(),
    };
    let common = Network::fit(&trials, Spread::Common).expect("a fit");
    let mut compared = Compared::new(record);
    let complete = match record.id.as_str() {
        "senn2013.REML" => Value::from(0.099_917_460_196),
        "hasselblad1998.REML" => Value::from(0.450_230_102_6),
        _ => results["tau2"].clone(),
    };
    compared.near_within("tau2", estimated.tau2(), &complete, 1e-6);
    compared.near("I2", random.i2(), &results["I2"]);
    compared.near("Q", random.q(), &results["Q"]);
    compared.near("df", random.df() as f64, &results["df_Q"]);
    compared.near("Q p", random.q_p(), &results["Q_p"]);
    compared.near("trials", trials.count() as f64, &results["k_studies"]);
    against_reference(&mut compared, &common, &random, results);
    tables(&mut compared, &common, "common", better, results);
    tables(&mut compared, &random, "random", better, results);
    decomposition(&mut compared, &random, results);
    splits(&mut compared, &random, results);
    Some(compared)
}

fn contrasts(table: &Table, trial: &str) -> Vec<Contrast> {
    let [trial, one, other] = [trial, "treat1", "treat2"].map(|name| table.texts(name));
    let (effect, se) = (table.numbers("TE"), table.numbers("seTE"));
    (0..effect.len())
        .map(|i| Contrast {
            trial: trial[i].clone(),
            treatment: one[i].clone(),
            against: other[i].clone(),
            effect: effect[i],
            se: se[i],
        })
        .collect()
}

fn against_reference(compared: &mut Compared, common: &Network, random: &Network, results: &Value) {
    let reference = results["reference"].as_str().expect("a reference");
    for (treatment, expected) in results["vs_ref"].as_object().into_iter().flatten() {
        if treatment == reference {
            continue;
        }
        for (kind, network) in [("common", common), ("random", random)] {
            let own = network
                .compare(treatment, reference, Level::default())
                .expect("a comparison");
            let mut near = |what: &str, own: f64, field: &Value| {
                compared.near(&format!("{treatment} {kind} {what}"), own, field);
            };
            near("effect", own.value, &expected[kind]);
            near("se", own.se, &expected[format!("se_{kind}")]);
            near("p", own.p, &expected[format!("p_{kind}")]);
            near(
                "lower",
                own.interval.lower,
                &expected[format!("ci_{kind}")][0],
            );
            near(
                "upper",
                own.interval.upper,
                &expected[format!("ci_{kind}")][1],
            );
        }
        let own = random
            .prediction(treatment, reference, Level::default())
            .expect("an interval");
        compared.near(
            &format!("{treatment} prediction"),
            own.lower,
            &expected["pi"][0],
        );
        compared.near(
            &format!("{treatment} prediction"),
            own.upper,
            &expected["pi"][1],
        );
    }
}

fn tables(compared: &mut Compared, network: &Network, kind: &str, better: Better, results: &Value) {
    let (effects, errors) = network.league();
    let place = |name: &Value| {
        network
            .treatments()
            .iter()
            .position(|own| Some(own.as_str()) == name.as_str())
            .expect("a treatment")
    };
    for (name, own) in [("TE", effects), ("seTE", errors)] {
        let expected = &results[format!("{name}_{kind}")];
        for (i, row) in expected["rows"]
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
        {
            for (j, column) in expected["cols"]
                .as_array()
                .into_iter()
                .flatten()
                .enumerate()
            {
                compared.near(
                    name,
                    own[(place(row), place(column))],
                    &expected["values"][i][j],
                );
            }
        }
    }
    let scores = network.p_scores(better);
    for (name, score) in network.treatments().iter().zip(scores) {
        compared.near(
            &format!("P-score {name}"),
            score,
            &results[format!("Pscore_{kind}")][name],
        );
    }
}

fn decomposition(compared: &mut Compared, network: &Network, results: &Value) {
    let own = network.decompose().expect("parts");
    let mut test = |what: &str, own: QTest, expected: &Value| {
        compared.near(&format!("{what} Q"), own.q, &expected["Q"]);
        compared.near(&format!("{what} df"), own.df as f64, &expected["df"]);
        if let Some(p) = own.p() {
            compared.near(&format!("{what} p"), p, &expected["pval"]);
        }
    };
    let parts = &results["Q_decomp"];
    test("total", own.total, &parts["Total"]);
    test("within", own.within, &parts["Within designs"]);
    test("between", own.between, &parts["Between designs"]);
    test(
        "between, random",
        own.between_random,
        &results["Q_inc_random"],
    );
    compared.near(
        "tau within",
        own.tau2_within.sqrt(),
        &results["Q_inc_random"]["tau.within"],
    );
    let designs = results["Q_het_design"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    for design in &own.designs {
        let same = |name: &String| {
            let mut parts: Vec<&str> = name.split(':').collect();
            parts.sort_unstable();
            parts.iter().eq(design.treatments.iter())
        };
        if let Some((name, expected)) = designs.iter().find(|(name, _)| same(name)) {
            // Without degrees of freedom Q is zero up to rounding.
            compared.near_absolute(name, design.test.q, &expected["Q"], 1e-9);
            compared.near(name, design.test.df as f64, &expected["df"]);
        }
    }
}

fn splits(compared: &mut Compared, network: &Network, results: &Value) {
    let expected = &results["netsplit_random"];
    for own in network.split(Level::default()).expect("splits") {
        let forwards = format!("{}:{}", own.treatment, own.against);
        let backwards = format!("{}:{}", own.against, own.treatment);
        let (name, sign) = if expected[&forwards].is_null() {
            (backwards, -1.0)
        } else {
            (forwards, 1.0)
        };
        let row = &expected[&name];
        if row.is_null() {
            continue;
        }
        compared.near(&format!("{name} trials"), own.trials as f64, &row["k"]);
        compared.near(&format!("{name} share"), own.direct_share, &row["prop"]);
        let mut part = |what: &str, own: Option<Estimate>| {
            if let Some(own) = own {
                compared.near(&format!("{name} {what}"), sign * own.value, &row[what]);
                compared.near(
                    &format!("{name} {what} se"),
                    own.se,
                    &row[format!("se_{what}")],
                );
            }
        };
        part("direct", own.direct);
        part("indirect", own.indirect);
        part("diff", own.difference);
        if let Some(difference) = own.difference {
            compared.near(&format!("{name} p"), difference.p, &row["p"]);
        }
    }
}
