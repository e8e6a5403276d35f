//! The lives that a job can have, and outages of the portal while it lives.

use mock_portal::{Answer, Fault, JobPlan, SlotJob, Vanish};

use super::names::{History, Progress, RUN, hours, lasting, ms, on, slow};
use crate::chaos::scenario::{Act, Ends, Fine, Moment, Scenario, acts, row};

const COMPLETED: Ends = ("completed", 0, 1, 1);
const EMPTY_SLOT: &str = r#"{"count":0,"links":[],"status":0,"statusCode":200}"#;

#[rustfmt::skip] // a row is a line
pub(super) fn rows() -> Vec<Scenario> {
    vec![
        row("over before the first look", RUN, lasting(10), COMPLETED),
        row("a second", RUN, lasting(1000), COMPLETED),
        row("five seconds", RUN, lasting(5000), COMPLETED),
        row("vanishes, and is in the history", RUN, JobPlan::vanish(Vanish::WithRecord, 30).lasting(ms(1500)), COMPLETED),
        row("vanishes, and is not in the history", RUN, JobPlan::vanish(Vanish::WithoutRecord, 30), ("lost: vanished", 17, 1, 1)),
        row("vanishes for two looks", RUN, on(Progress).nth(2).times(2).answer(Answer::json(200, EMPTY_SLOT)), COMPLETED).and(slow()),
        row("another job in the slot for a look", RUN, on(Progress).nth(2).answer(foreign_item()), COMPLETED).and(slow()),
        row("frozen for ever, and the time is over", "run --folder 123 --timeout 2s", JobPlan::freeze(37), ("still_running: timed_out", 8, 1, 1)),
        row("longer than the time to wait", "run --folder 123 --timeout 2s", lasting(600_000), ("still_running: timed_out", 8, 1, 1)),
        row("fails at once", RUN, JobPlan::fail("Directory not found.").at_percent(0), ("failed: backup_failed", 1, 1, 1)),
        row("fails late", RUN, JobPlan::fail("no").at_percent(90).lasting(ms(1500)), ("failed: backup_failed", 1, 1, 1)),
        row("fails with a name of 100 kB", RUN, JobPlan::fail("x".repeat(100_000)), ("failed: backup_failed", 1, 1, 1)),
        row("fails with escape sequences", RUN, JobPlan::fail("\u{1b}[2J\u{202e}<!channel>\r\nBcc: x"), ("failed: backup_failed", 1, 1, 1)),
        row("fails, and the history cannot be read", RUN, JobPlan::fail("no"), ("failed: backup_failed", 1, 1, 1)).and(on(History).always().status(502)),
        row("cancelled, and the history cannot be read", RUN, JobPlan::cancelled(50), ("cancelled: cancelled", 1, 1, 1)).and(on(History).always().status(502)),
        row("vanishes, and the history fails once", RUN, JobPlan::vanish(Vanish::WithRecord, 30), COMPLETED).and(on(History).status(502)),
        row("looks that fail in turn", RUN, flaky, COMPLETED).and(lasting(3000)),
        row("a job of somebody else that fails is waited for", "run --folder 123 --if-running wait", SlotJob::new(JobPlan::fail("no").lasting(ms(2000)), ms(1000)), COMPLETED),
        row("a job of somebody else that fails is joined", "run --folder 123 --if-running join", SlotJob::new(JobPlan::fail("no").lasting(ms(3000)), ms(500)), ("failed: backup_failed", 1, 0, 0)),
        row("a frozen job of somebody else is not waited for without end", "run --folder 123 --if-running wait --timeout 3s", SlotJob::new(JobPlan::freeze(37), hours(1)), ("busy: busy", 11, 0, 0)),
        row("wait without a job", "wait", Fine, ("not_started: no_such_task", 10, 0, 0)),
        row("wait for a job of which nobody knows", "wait 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11", Fine, ("not_started: no_such_task", 10, 0, 0)),
        row("wait for the job in the slot", "wait", SlotJob::running_for(ms(1000)), ("completed", 0, 0, 0)),
        row("status --watch to the end", "status --watch", SlotJob::running_for(ms(1000)), ("completed", 0, 0, 0)),
        acts("down while watching, back after the end", vec![Act::Outage(RUN, Moment::Called(Progress, 3))], lasting(3000), COMPLETED),
        acts("start, then wait", vec![Act::Run("start --folder 123"), Act::Run("wait")], slow(), COMPLETED),
        acts("start, then wait for the end of long ago", vec![Act::Run("start --folder 123"), Act::JobEnds, Act::Run("wait")], slow(), COMPLETED),
        acts("two runs in a row are two backups", vec![Act::Run(RUN), Act::Run(RUN)], Fine, ("completed", 0, 2, 2)),
        acts("left by its timeout, joined by the next run", vec![Act::Run("run --folder 123 --timeout 1s"), Act::Run(RUN)], lasting(4000), COMPLETED),
    ]
}

fn flaky(portal: &mock_portal::MockPortal) {
    let look = |nth| Fault::on(Progress).nth(nth);
    portal.inject(look(2).answer(Answer::gateway(502)));
    portal.inject(look(3).reset());
    portal.inject(look(4).cut_body_after(30));
    portal.inject(look(5).answer(Answer::throttled(None)));
}

fn foreign_item() -> Answer {
    Answer::json(
        200,
        r#"{"response":{"isCompleted":false,"progress":5,"error":"","link":"","tenantId":1,"backupProgressEnum":0,"status":1,"taskId":"7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11"},"count":1,"status":0,"statusCode":200}"#,
    )
}
