//! Round numbers along an axis.

/// At most `most` steps of a round size (1, 2 or 5 and noughts) from `low` to `high`.
pub fn ticks(low: f64, high: f64, most: f64) -> Vec<f64> {
    let rough = (high - low) / most;
    if !rough.is_finite() || rough <= 0.0 {
        return vec![low];
    }
    let power = 10_f64.powf(rough.log10().floor());
    let size = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .find(|size| size * power >= rough * 0.999);
    let step = size.unwrap_or(10.0) * power;
    let first = (low / step - 1e-9).ceil();
    (0..=20)
        .map(|count| (first + f64::from(count)) * step)
        .take_while(|tick| *tick <= high + step * 1e-6)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        let rows: [(f64, f64, &[f64]); 5] = [
            (0.0, 100.0, &[0.0, 20.0, 40.0, 60.0, 80.0, 100.0]),
            (0.0, 24.0, &[0.0, 5.0, 10.0, 15.0, 20.0]),
            (0.0, 10.0, &[0.0, 2.0, 4.0, 6.0, 8.0, 10.0]),
            (20.0, 80.0, &[20.0, 40.0, 60.0, 80.0]),
            (3.0, 3.0, &[3.0]),
        ];
        for (low, high, expected) in rows {
            assert_eq!(ticks(low, high, 5.0), expected, "{low} to {high}");
        }
    }
}
