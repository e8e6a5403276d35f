//! One job from its preflight to its answer: what died before is found again, the backup driven, people told, all recorded.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
    time::Duration,
};

use backup_core::{
    Earlier, Event, EventSender, Limits, Order, Reason, Report, Spending, Until, Warning, drive, events,
};
use docspace_api::{BackupTarget, StartBackup};
use jiff::Timestamp;
use journal::{NewRun, Phase, RunId, RunRecord};

use super::{
    audience::Opening,
    before_start::{Prospect, prospect},
    settle,
    tools::{Need, Tools},
};
use crate::{
    answer::Answer,
    console::Console,
    logbook::Record,
    notice,
    problem::Problem,
    recovery::{Recovery, Wanted, left_behind, recover, still_running, was_left},
    report::{Account, Purpose},
    settings::Settings,
    watch::{Work, watch},
    words,
};

/// What one command is to carry out.
pub(super) struct Job {
    pub(super) purpose: Purpose,
    pub(super) order: Order,
    pub(super) spending: Spending,
    pub(super) limits: Limits,
    pub(super) ordered: Option<BackupTarget>,
    pub(super) is_told: bool,
    pub(super) is_recorded: bool,
}

/// Carries a job out.
pub(super) async fn carry_out(job: Job, mut settings: Settings<'_>, console: &Console) -> Result<Answer, Problem> {
    let tools = Tools::prepare(job.need(), &mut settings, console).await?;
    Ok(tools.carry_out(job).await)
}

impl Job {
    fn need(&self) -> Need {
        Need { scope: self.order.scope(), is_told: self.is_told, is_recorded: self.is_recorded }
    }

    /// The order as the journal keeps it: the same for two runs of the same order. A storage's parameters may hold what nobody
    /// should read, so they are in it as a number alone.
    fn order_text(&self) -> String {
        match &self.order {
            Order::Start { backup, until, .. } => order_text(backup, *until),
            Order::Attach { .. } => "wait".to_owned(),
        }
    }

    /// The texts of all orders that make the same copy: a backup that was started is the one to be waited for.
    fn order_texts(&self) -> Vec<String> {
        match &self.order {
            Order::Start { backup, .. } => [Until::Started, Until::Ended].map(|until| order_text(backup, until)).into(),
            Order::Attach { .. } => Vec::new(),
        }
    }

    fn wanted<'a>(&'a self, order: &'a str) -> Wanted<'a> {
        match &self.order {
            Order::Start { .. } => Wanted::Backup { order },
            Order::Attach { task, .. } => Wanted::End(task.as_ref()),
        }
    }

    /// A wait that continues a run is that run.
    fn purpose_after(&self) -> Purpose {
        match self.purpose {
            Purpose::Run | Purpose::Wait => Purpose::Run,
            Purpose::Start => Purpose::Start,
        }
    }

    /// The same job, with what is known of it from before.
    fn after(self, known: Option<Earlier>) -> Self {
        let order = match self.order {
            Order::Start { backup, if_running, until, .. } => {
                Order::Start { backup, if_running, until, earlier: known }
            }
            Order::Attach { task, scope } => {
                let ours = known.and_then(|known| match known {
                    Earlier::Started(task) => Some(task),
                    Earlier::PerhapsStarted { .. } | Earlier::StillRunning(_) => None,
                });
                Order::Attach { task: ours.or(task), scope }
            }
        };
        Self { order, ..self }
    }
}

fn order_text(backup: &StartBackup, until: Until) -> String {
    let mut hasher = DefaultHasher::new();
    format!("{backup:?} {until:?}").hash(&mut hasher);
    format!("{} {:016x}", words::storage(backup.target.storage()), hasher.finish())
}

impl Tools<'_> {
    pub(super) async fn carry_out(&self, job: Job) -> Answer {
        let recovery = self.find_again(&job);
        for run in recovery.settled {
            settle::settle(&run, self).await;
        }
        match recovery.continued.and_then(|run| self.logbook.claim(&run.id)) {
            Some((record, run)) => self.go_on(job, record, &run).await,
            None => self.begin(job).await,
        }
    }

    fn find_again(&self, job: &Job) -> Recovery {
        let unfinished = self.logbook.unfinished(&self.facts.host, words::slot(self.scope));
        recover(unfinished, job.wanted(&job.order_text()), Timestamp::now())
    }

    /// Goes on where a process that died has left off.
    async fn go_on(&self, job: Job, record: Record, run: &RunRecord) -> Answer {
        self.console.talk(&format!("going on with the run of {}, which was cut off", words::time(run.begun_at)));
        if run.phase == Phase::Ended {
            return settle::tell_the_rest(&record, run, self).await;
        }
        let job = job.after(left_behind(run, Timestamp::now()));
        self.see_through(Job { purpose: job.purpose_after(), ..job }, record, Some(run)).await
    }

    async fn begin(&self, job: Job) -> Answer {
        let recent = self.logbook.recent(&self.facts.host);
        let known = still_running(&recent, words::slot(self.scope), &job.order_texts());
        let record = self.logbook.begin(&NewRun {
            id: run_id(),
            portal: self.facts.host.clone(),
            profile: self.facts.name.clone(),
            scope: words::slot(self.scope).to_owned(),
            order: job.order_text(),
            at: Timestamp::now(),
        });
        self.see_through(job.after(known), record, None).await
    }

    /// From the first look to the answer; `before` is the record of the process that this one continues.
    async fn see_through(&self, job: Job, record: Record, before: Option<&RunRecord>) -> Answer {
        let record = Arc::new(record);
        let prospect = self.look_ahead(&job).await;
        let foreseen = prospect.foreseen().collect();
        let account = match prospect.refusal {
            Some(problem) => Account { portal: self.facts.clone(), ..Account::of_mistake(job.purpose, problem) },
            None => self.see_it_done(job, &record, before).await,
        };
        let account = Account { foreseen, ..account };
        if before.is_some() && account.says_nothing_of_the_job() {
            return self.leave_open(&account);
        }
        self.audience.conclude(&account, &record, &self.outbox);
        let account = self.audience.tell(account, &record, &self.outbox, self.console).await;
        record.ended(&account.ending());
        record.close();
        account.say_what_went_wrong(self.console);
        account.answer()
    }

    /// What is to be expected of a start; told at once, so that somebody at a terminal can still stop it.
    async fn look_ahead(&self, job: &Job) -> Prospect {
        let asked = prospect(&self.portal, &job.order, job.spending);
        let prospect = self.signals.unless_stopped(asked).await.unwrap_or_default();
        prospect.foreseen().for_each(|text| self.console.warn(&text));
        prospect
    }

    async fn see_it_done(&self, job: Job, record: &Arc<Record>, before: Option<&RunRecord>) -> Account {
        let is_news = job.purpose == Purpose::Run && before.is_none_or(|before| before.task.is_none());
        let opening = if is_news { self.audience.opening() } else { Opening::to_nobody() };
        let report = self.drive_and_watch(&job, record, opening).await;
        let report = match before {
            Some(before) => as_one_run(report, before),
            None => report,
        };
        self.account(job, report)
    }

    /// The portal could not be asked, so the run that was cut off stays as it is, for the next command to go on with.
    fn leave_open(&self, account: &Account) -> Answer {
        account.say_what_went_wrong(self.console);
        account.answer()
    }

    /// `opening` tells of the beginning, where that is news; it ends with the last event.
    async fn drive_and_watch(&self, job: &Job, record: &Arc<Record>, opening: Opening) -> Report {
        let (sender, receiver) = events();
        let view = watch(Work::Backup, receiver, self.console.clone());
        let record = Arc::clone(record);
        let gate = self.signals.unless_stopped(self.logbook.gate(&self.facts.host, words::slot(self.scope))).await;
        let gate = gate.unwrap_or_default();
        let portal = self.facts.clone();
        let events = EventSender::new(move |event| {
            record.note(&event);
            if matches!(event, Event::Bound { .. } | Event::SlotTaken { .. }) {
                gate.open();
            }
            if let Event::Bound { task, joined: false } = &event {
                opening.tell(&notice::started(&portal, record.run().as_str(), task.as_str()));
            }
            sender.send(event);
        });
        let report = drive(&self.portal, job.order.clone(), job.limits, events, self.signals.stop.clone()).await;
        if let Err(error) = view.await {
            tracing::error!(%error, "the view of the progress broke");
        }
        report
    }

    fn account(&self, job: Job, report: Report) -> Account {
        let was_stopped = matches!(report.verdict.reason, Some(Reason::Interrupted | Reason::StartUnknown(_)));
        let recent = self.logbook.recent(&self.facts.host);
        Account {
            was_left: report.verdict.task.as_ref().is_some_and(|task| was_left(&recent, task)),
            interrupted_by: self.signals.received().filter(|_| was_stopped),
            ordered: job.ordered,
            ..Account::of_report(job.purpose, self.facts.clone(), report)
        }
    }
}

/// The report of a run that two processes carried out: it began when the first one began it.
fn as_one_run(report: Report, before: &RunRecord) -> Report {
    let mut verdict = report.verdict;
    verdict.joined |= before.joined;
    let Some(started_at) = before.started_at else { return Report { verdict, ..report } };
    if std::mem::take(&mut verdict.had_ended) {
        verdict.warnings.push(Warning::EndNotSeen);
    }
    verdict.joined = before.joined;
    let duration = Duration::try_from(report.finished_at.duration_since(started_at)).unwrap_or(report.duration);
    Report { verdict, started_at, duration, ..report }
}

fn run_id() -> RunId {
    RunId::parse(&uuid::Uuid::new_v4().to_string()).expect("a UUID is made of digits, letters and hyphens")
}
