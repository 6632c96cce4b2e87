//! "Did you mean …": the known word nearest to a misspelt one.

/// Longer words are not compared: no name is that long, and the work grows with the square of the length.
const LONGEST: usize = 64;

/// The candidate that differs from `word` in the fewest typing slips: a letter left out, added, exchanged, or two
/// neighbours swapped. At most a third of the letters may differ, and never more than three. Of equally near candidates the first wins.
pub fn closest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().take(LONGEST + 1).collect();
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    // A one-letter word has nothing left to recognise it by once that letter differs.
    let mut bound = word.len().div_ceil(3).min(3).min(word.len() - 1);
    let mut best = None;
    for candidate in candidates {
        let letters: Vec<char> = candidate.chars().take(LONGEST + 1).collect();
        if letters.len() > LONGEST || letters.len().abs_diff(word.len()) > bound {
            continue;
        }
        let slips = slips(&word, &letters);
        if slips == 0 {
            return Some(candidate);
        }
        if slips <= bound {
            best = Some(candidate);
            bound = slips - 1;
        }
    }
    best
}

/// Damerau–Levenshtein distance in which no piece is edited twice ("optimal string alignment").
fn slips(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, &y) in b.iter().enumerate() {
            let mut least = (last[j] + usize::from(x != y))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn finds_the_nearest_word() {
        let names = ["age", "saddle_anaesthesia", "fever", "female", "onset"];
        let cases = [
            ("sadle_anaesthesia", Some("saddle_anaesthesia")),
            ("saddle_anesthesia", Some("saddle_anaesthesia")),
            ("onest", Some("onset")),
            ("feverr", Some("fever")),
            ("ag", Some("age")),
            ("age", Some("age")),
            ("a", None),
            ("", None),
            ("weight", None),
        ];
        for (word, expected) in cases {
            assert_eq!(closest(word, names.iter().copied()), expected, "{word}");
        }
        assert_eq!(closest(&"x".repeat(1_000_000), names.iter().copied()), None);
    }

    #[test]
    fn a_tie_goes_to_the_first() {
        assert_eq!(closest("cot", ["cat", "cut"].into_iter()), Some("cat"));
        assert_eq!(closest("cot", ["cut", "cat"].into_iter()), Some("cut"));
        assert_eq!(closest("cot", ["cut", "cot"].into_iter()), Some("cot"));
    }
}
