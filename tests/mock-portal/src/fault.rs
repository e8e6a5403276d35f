//! Faults that a test lays in wait for calls to come.

use std::time::Duration;

use crate::answer::Answer;
use crate::operation::Operation;

/// What goes wrong with some of the calls of an operation: by default with the next one.
///
/// A fault is one answer (the real one or a given one), perhaps late, over a connection that may break. When several
/// faults fit a call, the one that was injected first has it.
///
/// ```
/// use mock_portal::{Answer, Fault, Operation};
///
/// // The job starts, but its caller reads of a bad gateway.
/// let doubt = Fault::on(Operation::Start).answer(Answer::gateway(502)).after_effect();
/// // The second and third look at the progress break off in the middle of the JSON.
/// let cut = Fault::on(Operation::Progress).nth(2).times(2).cut_body_after(20);
/// ```
#[derive(Debug, Clone)]
pub struct Fault {
    operation: Option<Operation>,
    first: usize,
    times: usize,
    seen: usize,
    effect: Option<Effect>,
    pub(crate) delay: Duration,
    pub(crate) answer: Option<Answer>,
    pub(crate) break_off: Option<Break>,
    pub(crate) by_reset: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    Withheld,
    Done,
}

/// Where and how an answer stops being one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Break {
    /// The connection ends after so many bytes, those of the head included.
    After(usize),
    /// The connection ends after so many bytes of the body.
    InBody(usize),
    /// Nothing more comes after so many bytes, and the connection stays.
    StallAfter(usize),
    /// Each byte takes so long.
    Trickle(Duration),
}

impl Fault {
    /// A fault of one operation.
    pub fn on(operation: Operation) -> Self {
        Self::of(Some(operation))
    }

    /// A fault of every operation.
    pub fn on_any() -> Self {
        Self::of(None)
    }

    /// The first call that it meets, counted from 1 and from the injection on.
    pub fn nth(mut self, first: usize) -> Self {
        self.first = first;
        self
    }

    /// How many calls in a row it meets.
    pub fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }

    /// It meets every call from the first on.
    pub fn always(self) -> Self {
        self.times(usize::MAX)
    }

    /// The portal never acts on the call; without an answer of its own the caller gets the gateway's 502.
    ///
    /// The default for given answers, and for a connection that ends or hangs before any answer.
    pub fn before_effect(mut self) -> Self {
        self.effect = Some(Effect::Withheld);
        self
    }

    /// The portal acts on the call, and only the way back is broken.
    ///
    /// The default for delays and for answers that break off.
    pub fn after_effect(mut self) -> Self {
        self.effect = Some(Effect::Done);
        self
    }

    /// Answers so, whatever the portal would say.
    pub fn answer(mut self, answer: Answer) -> Self {
        self.answer = Some(answer);
        self
    }

    /// Answers with this status and no body.
    pub fn status(self, status: u16) -> Self {
        self.answer(Answer::empty(status))
    }

    /// Answers 302 to another place.
    pub fn redirect(self, url: &str) -> Self {
        self.answer(Answer::redirect(url))
    }

    /// The answer is made at once and sent so much later.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// The connection is reset before any answer.
    pub fn reset(self) -> Self {
        self.cut_after(0).by_reset()
    }

    /// The connection is closed in good order before any answer.
    pub fn close(self) -> Self {
        self.cut_after(0)
    }

    /// The connection is closed after so many bytes of the answer, its head included.
    pub fn cut_after(self, bytes: usize) -> Self {
        self.breaking(Break::After(bytes))
    }

    /// The connection is closed after so many bytes of the answer's body.
    pub fn cut_body_after(self, bytes: usize) -> Self {
        self.breaking(Break::InBody(bytes))
    }

    /// The connection is reset where it would have been closed.
    pub fn by_reset(mut self) -> Self {
        self.by_reset = true;
        self
    }

    /// No answer ever comes, and the connection stays.
    pub fn hang(self) -> Self {
        self.stall_after(0)
    }

    /// Nothing comes after so many bytes of the answer, its head included, and the connection stays.
    pub fn stall_after(self, bytes: usize) -> Self {
        self.breaking(Break::StallAfter(bytes))
    }

    /// The answer comes one byte at a time, each after this pause.
    pub fn trickle(self, pause: Duration) -> Self {
        self.breaking(Break::Trickle(pause))
    }

    pub(crate) fn effect(&self) -> Effect {
        let nothing_to_show = matches!(self.break_off, Some(Break::After(0) | Break::StallAfter(0)));
        let untold = if self.answer.is_some() || nothing_to_show { Effect::Withheld } else { Effect::Done };
        self.effect.unwrap_or(untold)
    }

    fn of(operation: Option<Operation>) -> Self {
        Self {
            operation,
            first: 1,
            times: 1,
            seen: 0,
            effect: None,
            delay: Duration::ZERO,
            answer: None,
            break_off: None,
            by_reset: false,
        }
    }

    fn breaking(mut self, at: Break) -> Self {
        self.break_off = Some(at);
        self
    }

    /// Counts a call; whether the fault is for it.
    fn meets(&mut self, operation: Operation) -> bool {
        if self.operation.is_some_and(|wanted| wanted != operation) {
            return false;
        }
        self.seen += 1;
        self.seen >= self.first && self.seen - self.first < self.times
    }
}

/// The faults in wait, in the order of their injection.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The fault for this call; every one that waits for its operation counts it.
    pub(crate) fn meet(&mut self, operation: Operation) -> Option<Fault> {
        let mut found = None;
        for fault in &mut self.0 {
            if fault.meets(operation) && found.is_none() {
                found = Some(fault.clone());
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{Effect, Fault, Faults};
    use crate::{Answer, Operation};

    #[test]
    fn a_fault_meets_its_calls_and_no_others() {
        let mut faults = Faults::default();
        faults.add(Fault::on(Operation::Start).nth(2).times(2).status(500));
        faults.add(Fault::on_any().nth(5).status(502));
        let calls = [Operation::Start, Operation::Progress, Operation::Start, Operation::Start, Operation::Start];
        let met = calls.map(|operation| faults.meet(operation).and_then(|fault| fault.answer).map(|a| a.status));
        assert_eq!(met, [None, None, Some(500), Some(500), Some(502)]);
    }

    #[test]
    fn a_given_answer_withholds_the_effect_and_a_broken_one_does_not() {
        let start = || Fault::on(Operation::Start);
        assert_eq!(start().status(502).effect(), Effect::Withheld);
        assert_eq!(start().reset().effect(), Effect::Withheld);
        assert_eq!(start().hang().effect(), Effect::Withheld);
        assert_eq!(start().cut_body_after(3).effect(), Effect::Done);
        assert_eq!(start().answer(Answer::gateway(502)).after_effect().effect(), Effect::Done);
        assert_eq!(start().cut_body_after(3).before_effect().effect(), Effect::Withheld);
    }
}
