//! Whole backups against invented progress curves: how late the end is noticed, and how many requests it takes.

use expect_test::expect;

use super::*;

/// A curve: from the part of the time that has passed, 0 to 1, to the percentage shown.
type Curve = fn(f64) -> f64;

struct Case {
    name: &'static str,
    curve: Curve,
    lasts: Duration,
}

struct Measured {
    lag: Duration,
    requests: u32,
    verdict: Verdict,
}

fn cases() -> Vec<Case> {
    let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
    let shapes: [(&'static str, Curve); 6] = [
        ("linear", |part| 100.0 * part),
        ("linear, then 90 for a fifth", |part| (112.5 * part).min(90.0)),
        ("fast, then 90 for long", |part| (900.0 * part).min(90.0)),
        ("0 for long, then a jump", |part| if part < 0.95 { 0.0 } else { 90.0 }),
        ("steps", |part| 25.0 * (4.0 * part).floor()),
        ("slower and slower", |part| 90.0 * part.sqrt()),
    ];
    let lengths = [Duration::from_secs(10), minutes(10), minutes(6 * 60), minutes(24 * 60)];
    let case = |lasts: Duration| shapes.map(|(name, curve)| Case { name, curve, lasts });
    lengths.into_iter().flat_map(case).collect()
}

/// Ends that no curve foretells: the job dies while everything looks as if it had long to go.
fn sudden_deaths() -> impl Iterator<Item = Case> {
    [40, 100, 300, 900, 3000, 12_000].into_iter().map(|seconds| Case {
        name: "dies at 40 %",
        curve: |part| 40.0 * part,
        lasts: Duration::from_secs(seconds),
    })
}

/// Plays a portal whose job runs along the curve, and a network without delay.
fn simulate(case: &Case) -> Measured {
    let long = Duration::from_secs(48 * 60 * 60);
    let limits = Limits { timeout: long, stall_timeout: long, ..Limits::default() };
    let mut run = Run::new(start(IfRunning::Fail), limits);
    let (mut now, mut requests, mut seen) = (Duration::ZERO, 0, Seen::Nothing);
    loop {
        let step = run.step(seen, now).step;
        requests += u32::from(!matches!(step, Step::Wait(_) | Step::Finish(_)));
        seen = match step {
            Step::Probe => empty(),
            Step::Start(_) => accepted(OURS),
            Step::Look => show(case, now),
            Step::ReadHistory => listed(&[OURS]),
            Step::Wait(time) => {
                now += time;
                Seen::Nothing
            }
            Step::Finish(verdict) => {
                return Measured { lag: now - case.lasts, requests, verdict: *verdict };
            }
        };
    }
}

fn show(case: &Case, now: Duration) -> Seen {
    let part = now.as_secs_f64() / case.lasts.as_secs_f64();
    if part >= 1.0 { completed(OURS) } else { running(OURS, (case.curve)(part) as u8) }
}

/// What product and users rely upon: 2 s or 1 % of the duration, whichever is more; a second for a job of ten seconds.
fn promised(lasts: Duration) -> Duration {
    if lasts <= Duration::from_secs(10) { Duration::from_secs(1) } else { Duration::from_secs(2).max(lasts / 100) }
}

#[test]
fn the_end_is_noticed_in_time_whatever_the_curve() {
    let mut table = format!("{:<28} {:>7} {:>8} {:>8} {:>8}\n", "curve", "lasts", "lag", "promised", "requests");
    for case in cases() {
        let Measured { lag, requests, verdict } = simulate(&case);
        assert_eq!(verdict.outcome, crate::Outcome::Completed, "{}", case.name);
        assert!(lag <= promised(case.lasts), "{} of {:?}: {lag:?}", case.name, case.lasts);
        let (lasts, lag, promise) = (case.lasts.as_secs(), lag.as_secs_f64(), promised(case.lasts).as_secs_f64());
        let _ = writeln!(table, "{:<28} {lasts:>6}s {lag:>7.1}s {promise:>7.1}s {requests:>8}", case.name);
    }
    show_table(&table);
    expect![[r#"
        curve                          lasts      lag promised requests
        linear                           10s     0.0s     1.0s       13
        linear, then 90 for a fifth      10s     0.0s     1.0s       13
        fast, then 90 for long           10s     0.0s     1.0s       13
        0 for long, then a jump          10s     0.0s     1.0s       13
        steps                            10s     0.0s     1.0s       13
        slower and slower                10s     0.0s     1.0s       13
        linear                          600s     0.4s     6.0s      131
        linear, then 90 for a fifth     600s     3.4s     6.0s      138
        fast, then 90 for long          600s     3.5s     6.0s      219
        0 for long, then a jump         600s     3.5s     6.0s      220
        steps                           600s     3.5s     6.0s      220
        slower and slower               600s     5.6s     6.0s      174
        linear                        21600s    96.0s   216.0s      429
        linear, then 90 for a fifth   21600s   119.0s   216.0s      429
        fast, then 90 for long        21600s    91.8s   216.0s      439
        0 for long, then a jump       21600s    96.9s   216.0s      580
        steps                         21600s    96.9s   216.0s      580
        slower and slower             21600s   191.0s   216.0s      404
        linear                        86400s   292.5s   864.0s      568
        linear, then 90 for a fifth   86400s   531.5s   864.0s      568
        fast, then 90 for long        86400s   531.5s   864.0s      568
        0 for long, then a jump       86400s   110.3s   864.0s      719
        steps                         86400s   110.3s   864.0s      719
        slower and slower             86400s   439.3s   864.0s      509
    "#]]
    .assert_eq(&table);
}

#[test]
fn ten_minutes_cost_at_most_220_requests_and_six_hours_600() {
    for case in cases() {
        let allowed = match case.lasts.as_secs() {
            600 => 220,
            21_600 => 600,
            _ => continue,
        };
        let requests = simulate(&case).requests;
        assert!(requests <= allowed, "{} of {:?}: {requests}", case.name, case.lasts);
    }
}

#[test]
fn a_foreseeable_end_costs_clearly_fewer_requests() {
    let requests = |name: &str, seconds: u64| {
        let case = cases().into_iter().find(|case| case.name == name && case.lasts.as_secs() == seconds);
        simulate(&case.unwrap()).requests
    };
    for seconds in [600, 21_600] {
        let (foreseen, blind) = (requests("linear", seconds), requests("0 for long, then a jump", seconds));
        assert!(foreseen * 4 <= blind * 3, "{seconds} s: {foreseen} against {blind}");
    }
}

#[test]
fn a_death_that_nothing_foretells_is_noticed_within_twice_the_promise() {
    for case in sudden_deaths() {
        let lag = simulate(&case).lag;
        assert!(lag <= promised(case.lasts) * 2, "{:?}: {lag:?}", case.lasts);
    }
}

#[test]
fn however_short_a_backup_is_its_end_is_noticed_within_the_promise() {
    for tenths in 1..=600 {
        let case = Case { name: "short", curve: |part| 90.0 * part, lasts: Duration::from_millis(100 * tenths) };
        let lag = simulate(&case).lag;
        assert!(lag <= promised(case.lasts), "{:?}: {lag:?}", case.lasts);
    }
}

#[expect(clippy::print_stdout, reason = "the table is what one runs this test for, with --nocapture")]
fn show_table(table: &str) {
    println!("{table}");
}
