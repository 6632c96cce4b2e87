//! Group-sequential trials: looking at the data several times without more false positives.
//!
//! **Model.** At analysis k of K the information about the effect is Iₖ = tₖ·I (t: fractions of the planned maximum I, increasing). The statistics
//! Z₁ … Z_K are jointly normal, E Zₖ = δ√tₖ with the *drift* δ = effect·√I (the expected Z at full information), and Zₖ√tₖ − Zₖ₋₁√tₖ₋₁ is independent of what was before with
//! variance tₖ − tₖ₋₁. A trial stops at the first k with Zₖ ≥ uₖ (the treatment is better), or Zₖ ≤ lₖ (futility; in two-sided trials lₖ = −uₖ, harm).
//!
//! **Bounds** ([`Rule`]) give Σₖ P₀(stop above at k) = α (α/2 in two-sided trials):
//! - Wang and Tsiatis: uₖ = C·(tₖ/t_K)^(Δ−½); Pocock is Δ = ½, O'Brien and Fleming Δ = 0;
//! - Haybittle and Peto: uₖ fixed before the last analysis, which takes what is left;
//! - Lan and DeMets: P₀(stop above at k) = α(tₖ) − α(tₖ₋₁) with a function α that spends the error ([`Spending`]). The times of analyses may then
//!   depart from the plan, as long as results do not decide about them.
//!
//! **Futility** ([`Futility`], one-sided trials): bounds given, or spending β under the drift at which the power is 1 − β. Binding bounds give α back to the upper bounds;
//! with bounds that do not bind the error stays below α whether or not they are obeyed.
//!
//! **Integration.** The density of Zₖ among trials that still go on follows from that of Zₖ₋₁ by one integral over the continuation region (Armitage, McPherson and Rowe). Here each
//! integral is a Gauss–Legendre rule with 20 points on panels not wider than four standard deviations of the narrower of both steps it joins; probabilities carry 13 digits.
//!
//! References: Jennison C, Turnbull BW. Group Sequential Methods. 2000, chapters 2, 7, 8, 10 and 19. Armitage P, McPherson CK, Rowe BC. J R Stat Soc A 1969;132:235–244. Lan KKG,
//! DeMets DL. Biometrika 1983;70:659–663. Wang SK, Tsiatis AA. Biometrics 1987;43:193–199. Agrees with `rpact::getDesignGroupSequential`.

mod analyses;
mod boundaries;
mod conditional;
mod futility;
mod ongoing;
mod planning;
mod quadrature;
mod rule;
mod stopped;

pub use analyses::Analyses;
pub use boundaries::{Boundaries, Crossing};
pub use futility::{Futility, Stop};
pub use rule::{Rule, Spending};
pub use stopped::Stopped;
