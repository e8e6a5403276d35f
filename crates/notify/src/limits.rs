//! How much of a notice a channel takes.

use std::borrow::Cow;

use crate::{
    Fact, Notice,
    cut::{cut_by, more_facts},
};

/// The longest that each part may be, counted in `width`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// What a character counts: 1, or the bytes that it becomes.
    pub(crate) width: fn(char) -> usize,
    pub(crate) subject: usize,
    pub(crate) message: usize,
    pub(crate) label: usize,
    pub(crate) value: usize,
    pub(crate) facts: usize,
    pub(crate) next_step: usize,
}

/// How many bytes a character becomes in JSON, once [`terminal_text`](crate::terminal_text) has been through the text.
pub(crate) fn json_width(c: char) -> usize {
    match c {
        '"' | '\\' | '\n' | '\t' => 2,
        c => c.len_utf8(),
    }
}

impl Limits {
    /// The notice with every part cut to its limit; a last row says so when there were more facts.
    pub(crate) fn apply(&self, notice: &Notice) -> Notice {
        Notice {
            subject: self.cut(&notice.subject, self.subject).into_owned(),
            message: self.cut(&notice.message, self.message).into_owned(),
            facts: self.facts(&notice.facts),
            next_step: notice.next_step.as_ref().map(|text| self.cut(text, self.next_step).into_owned()),
            outcome: notice.outcome.as_ref().map(|text| self.cut(text, self.label).into_owned()),
            link: notice.link.clone().filter(|link| self.cut(link, self.value) == *link), // a part of one leads nowhere
            ..notice.clone()
        }
    }

    fn facts(&self, facts: &[Fact]) -> Vec<Fact> {
        let cut_fact = |fact: &Fact| Fact::new(self.cut(&fact.label, self.label), self.cut(&fact.value, self.value));
        let mut kept: Vec<_> = facts.iter().take(self.facts).map(cut_fact).collect();
        if facts.len() > kept.len() {
            kept.push(more_facts(facts.len()));
        }
        kept
    }

    fn cut<'a>(&self, text: &'a str, limit: usize) -> Cow<'a, str> {
        cut_by(text, limit, self.width)
    }
}
