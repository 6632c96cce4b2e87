//! How the type I error is laid out over analyses.

use crate::distribution::{normal_quantile, normal_upper};
use crate::fault::{Fault, Outcome};

/// The shape of the upper bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// The same bound at every analysis.
    Pocock,
    /// Bounds that fall with the square root of the information; nearly the fixed test at the end.
    OBrienFleming,
    /// uₖ = C·(tₖ/t_K)^(Δ−½), Δ from −5 to 5; 0 is O'Brien and Fleming, ½ is Pocock.
    WangTsiatis(f64),
    /// This bound at every analysis but the last, usually 3.
    HaybittlePeto(f64),
    /// A function of the information spends the error.
    Spending(Spending),
}

/// How much of an error is spent up to an information fraction t; all of it at 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spending {
    /// 2(1 − Φ(z₁₋α/₂/√t)), Lan and DeMets' likeness of O'Brien and Fleming; α is the error of one side.
    OBrienFleming,
    /// α·ln(1 + (e − 1)t), their likeness of Pocock.
    Pocock,
    /// α·t^ρ, Kim and DeMets; ρ greater than zero, at most 50.
    KimDeMets(f64),
    /// α(1 − e^(−γt))/(1 − e^(−γ)), Hwang, Shih and DeCani; γ from −50 to 50, α·t for zero.
    HwangShihDeCani(f64),
}

impl Rule {
    pub(super) fn check(self) -> Outcome<()> {
        match self {
            Self::WangTsiatis(delta) if !(-5.0..=5.0).contains(&delta) => Err(Fault::OutOfRange {
                what: "Wang and Tsiatis' shape".into(),
                value: delta,
                range: "from -5 to 5",
            }),
            Self::HaybittlePeto(bound) if !(bound > 0.0 && bound < 40.0) => {
                Err(Fault::OutOfRange {
                    what: "Haybittle and Peto's bound".into(),
                    value: bound,
                    range: "greater than zero and less than 40",
                })
            }
            Self::Spending(spending) => spending.check(),
            _ => Ok(()),
        }
    }
}

impl Spending {
    pub(super) fn check(self) -> Outcome<()> {
        match self {
            Self::KimDeMets(rho) if !(rho > 0.0 && rho <= 50.0) => Err(Fault::OutOfRange {
                what: "Kim and DeMets' power".into(),
                value: rho,
                range: "greater than zero and at most 50",
            }),
            Self::HwangShihDeCani(gamma) if !(-50.0..=50.0).contains(&gamma) => {
                Err(Fault::OutOfRange {
                    what: "Hwang, Shih and DeCani's parameter".into(),
                    value: gamma,
                    range: "from -50 to 50",
                })
            }
            _ => Ok(()),
        }
    }

    /// How much of `error` is spent up to the fraction `t`.
    pub(super) fn spent(self, error: f64, t: f64) -> f64 {
        if t >= 1.0 {
            return error;
        }
        match self {
            Self::OBrienFleming => 2.0 * normal_upper(-normal_quantile(0.5 * error) / t.sqrt()),
            Self::Pocock => error * ((1.0_f64.exp() - 1.0) * t).ln_1p(),
            Self::KimDeMets(rho) => error * t.powf(rho),
            Self::HwangShihDeCani(0.0) => error * t,
            Self::HwangShihDeCani(gamma) => error * (-gamma * t).exp_m1() / (-gamma).exp_m1(),
        }
    }
}
