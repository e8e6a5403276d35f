//! What somebody who mistyped a name may have meant.

/// How alike two names must be, from 0 to 1, for one to be taken for the other mistyped.
const ALIKE: f64 = 0.75;

/// The hint for a name that is none of the known ones: the nearest, or all of them.
pub(crate) fn hint_for(typed: &str, known: &[&str]) -> String {
    match nearest(typed, known) {
        Some(name) => format!("did you mean {name}?"),
        None => format!("known are: {}", known.join(", ")),
    }
}

fn nearest<'a>(typed: &str, known: &[&'a str]) -> Option<&'a str> {
    let scored = known.iter().map(|name| (strsim::jaro_winkler(&typed.to_lowercase(), name), *name));
    let best = scored.max_by(|left, right| left.0.total_cmp(&right.0))?;
    (best.0 >= ALIKE).then_some(best.1)
}
