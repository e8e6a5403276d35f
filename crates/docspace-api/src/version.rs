//! The portal's version, which may have four parts or name a development build.

use std::{cmp::Ordering, fmt, str::FromStr};

/// What `settings/version/build` says of the server: `3.7.2`, `3.7.2.4321`, or `3.1.0` for a development build.
///
/// Compared by number, a missing part being 0; whatever follows the leading numbers is kept for show alone.
#[derive(Debug, Clone)]
pub struct Version {
    pub(crate) text: String,
    pub(crate) numbers: Vec<u64>,
}

/// The text does not begin with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a version: numbers with dots between them are expected")]
pub struct VersionError;

impl Version {
    /// Whether this version is `numbers` or later: `is_at_least(&[3, 7, 1])`.
    pub fn is_at_least(&self, numbers: &[u64]) -> bool {
        compare(&self.numbers, numbers) != Ordering::Less
    }
}

impl FromStr for Version {
    type Err = VersionError;

    /// Takes leading numbers with dots, after an optional `v`: `3.7.2-rc.1` counts as 3.7.2.
    fn from_str(text: &str) -> Result<Self, VersionError> {
        let text = text.trim();
        let numbers = leading_numbers(text.trim_start_matches(['v', 'V']));
        if numbers.is_empty() {
            return Err(VersionError);
        }
        Ok(Self { text: text.to_owned(), numbers })
    }
}

impl fmt::Display for Version {
    /// As the portal writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        compare(&self.numbers, &other.numbers)
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Version {}

fn leading_numbers(text: &str) -> Vec<u64> {
    let mut numbers = Vec::new();
    for part in text.split('.') {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let Ok(number) = part[..digits].parse() else { break };
        numbers.push(number);
        if digits < part.len() {
            break;
        }
    }
    numbers
}

fn compare(left: &[u64], right: &[u64]) -> Ordering {
    let part = |numbers: &[u64], at: usize| numbers.get(at).copied().unwrap_or(0);
    (0..left.len().max(right.len()))
        .map(|at| part(left, at).cmp(&part(right, at)))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

#[cfg(test)]
mod tests;
