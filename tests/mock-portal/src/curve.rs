//! How the percentage of a job grows over its time.

/// Points of (fraction of the job's time, percent), joined by straight lines; two points at one time make a jump.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Curve(Vec<(f64, u8)>);

impl Curve {
    /// Rises to 90 in the first 70 % of the time and rests there, as during a hash and an upload.
    pub(crate) fn portal() -> Self {
        Self(vec![(0.0, 0), (0.7, 90), (1.0, 90)])
    }

    /// Stays at 0 for the whole database phase and jumps, as a dump does.
    pub(crate) fn dump() -> Self {
        Self(vec![(0.0, 0), (0.8, 0), (0.8, 90), (1.0, 90)])
    }

    /// Stays at 0 during download and check, and rests at 75 when the restored portal is in place (contract §8).
    pub(crate) fn restore() -> Self {
        Self(vec![(0.0, 0), (0.2, 0), (0.2, 11), (0.8, 75), (1.0, 75)])
    }

    pub(crate) fn through(points: &[(f64, u8)]) -> Self {
        Self(points.iter().map(|&(time, percent)| (time, percent.min(100))).collect())
    }

    /// The percentage at a fraction of the time, rounded down; flat before the first and after the last point.
    pub(crate) fn at(&self, fraction: f64) -> u8 {
        let after = self.0.iter().position(|&(time, _)| time > fraction);
        match after {
            None => self.0.last().map_or(0, |&(_, percent)| percent),
            Some(0) => self.0[0].1,
            Some(next) => between(self.0[next - 1], self.0[next], fraction),
        }
    }

    /// The fraction of the time at which the percentage is first reached; 1 when it never is.
    pub(crate) fn time_of(&self, percent: u8) -> f64 {
        let mut before: Option<(f64, u8)> = None;
        for &point in &self.0 {
            if point.1 >= percent {
                return before.map_or(point.0, |from| crossing(from, point, percent));
            }
            before = Some(point);
        }
        1.0
    }
}

fn between(from: (f64, u8), to: (f64, u8), fraction: f64) -> u8 {
    let share = (fraction - from.0) / (to.0 - from.0);
    let value = f64::from(from.1) + share * (f64::from(to.1) - f64::from(from.1));
    // The epsilon keeps 45 at 45 when the division leaves it at 44.999….
    (value + 1e-9).clamp(0.0, 100.0) as u8
}

fn crossing(from: (f64, u8), to: (f64, u8), percent: u8) -> f64 {
    let share = (f64::from(percent) - f64::from(from.1)) / (f64::from(to.1) - f64::from(from.1));
    from.0 + share * (to.0 - from.0)
}

#[cfg(test)]
mod tests {
    use super::Curve;

    #[test]
    fn a_portal_backup_rests_at_90_and_a_dump_jumps_there() {
        let tenths = |curve: Curve| (0..=10).map(|n| curve.at(f64::from(n) / 10.0)).collect::<Vec<_>>();
        assert_eq!(tenths(Curve::portal()), [0, 12, 25, 38, 51, 64, 77, 90, 90, 90, 90]);
        assert_eq!(tenths(Curve::dump()), [0, 0, 0, 0, 0, 0, 0, 0, 90, 90, 90]);
    }

    #[test]
    fn the_time_of_a_percentage_is_where_the_curve_first_reaches_it() {
        assert!((Curve::portal().time_of(45) - 0.35).abs() < 1e-9);
        assert!((Curve::dump().time_of(50) - 0.8).abs() < 1e-9);
        assert!((Curve::portal().time_of(0)).abs() < 1e-9);
        assert!((Curve::portal().time_of(95) - 1.0).abs() < 1e-9, "never reached means at the end");
    }

    #[test]
    fn no_percentage_passes_100() {
        assert_eq!(Curve::through(&[(0.0, 250)]).at(0.5), 100);
    }
}
