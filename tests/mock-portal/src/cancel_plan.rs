//! What a cancel does to the job that runs, decided before it comes (contract §4).

/// The fate of a cancel; whatever it is, the item is gone right after the answer.
///
/// A finished job is simply forgotten, whatever the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CancelPlan {
    /// What the job's phase leads to: lost while it is `Created`, too late once its record is written, otherwise it
    /// stops and comes back with status 3.
    #[default]
    ByPhase,
    /// The job stops, and its item never comes back.
    Stays,
    /// The job stops, and its item comes back with status 3 within the cleaner's tick.
    ComesBack,
    /// The signal is lost: the job is seen running again within the cleaner's tick, and ends as it would have.
    Lost,
    /// The signal is lost, and so is the item: the job goes on unseen, and its record appears.
    LostUnseen,
    /// The job completes before it notices: its item comes back as a success.
    TooLate,
}
