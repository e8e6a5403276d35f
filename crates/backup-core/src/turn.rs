//! What a workflow asks for next, and what there is to tell about it.

use crate::{Event, Step};

/// A step, and what there is to tell about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn<S = Step> {
    /// For whoever watches.
    pub event: Option<Event>,
    /// For whoever drives.
    pub step: S,
}

impl<S> From<S> for Turn<S> {
    fn from(step: S) -> Self {
        Self { event: None, step }
    }
}
