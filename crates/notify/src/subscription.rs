//! Which channel gets which notices.

use std::{collections::BTreeSet, sync::Arc};

use crate::{Attention, DeliveryPolicy, Notice, Notifier, State};

/// Who is behind a channel, which decides what it gets unless somebody says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// People: they get what needs them, and are not told again and again.
    People,
    /// Machines, and logs: they get everything.
    Machines,
}

impl Readers {
    /// What they get by default: people all but [`State::Started`] and [`State::Completed`], machines everything.
    pub fn usual_states(self) -> BTreeSet<State> {
        let for_people = |state: &State| !matches!(state, State::Started | State::Completed);
        State::ALL.into_iter().filter(|state| self == Self::Machines || for_people(state)).collect()
    }
}

/// A channel, and what it is for.
#[derive(Debug, Clone)]
pub struct Subscription {
    /// The channel.
    pub channel: Arc<dyn Notifier>,
    /// Who is behind it.
    pub readers: Readers,
    /// The states that it gets. A [`State::Test`] always comes.
    pub states: BTreeSet<State>,
    /// How long and how often it is tried.
    pub policy: DeliveryPolicy,
    /// The channel, by name, that is told instead when this one cannot be.
    pub fallback: Option<String>,
}

impl Subscription {
    /// A channel with what its readers usually get.
    pub fn new(channel: Arc<dyn Notifier>, readers: Readers) -> Self {
        let (states, policy) = (readers.usual_states(), DeliveryPolicy::default());
        Self { channel, readers, states, policy, fallback: None }
    }

    /// Whether the notice is for this channel.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use notify::{Attention, Readers, Recorder, State, Subscription};
    ///
    /// let mail = Subscription::new(Arc::new(Recorder::new("email")), Readers::People);
    /// assert!(mail.takes(State::Failed, Attention::Everybody));
    /// assert!(!mail.takes(State::Failed, Attention::MachinesOnly)); // a repeat within the hour
    /// assert!(!mail.takes(State::Completed, Attention::Everybody)); // nobody reads it every day
    /// ```
    pub fn takes(&self, state: State, attention: Attention) -> bool {
        let is_chosen = state == State::Test || self.states.contains(&state);
        is_chosen && (attention == Attention::Everybody || self.readers == Readers::Machines)
    }
}

/// The notice as the fallback of `channel` gets it: its first words say in whose place.
pub fn in_place_of(channel: &str, notice: &Notice) -> Notice {
    let message = format!("The channel {channel} could not be told, so this comes here.\n{}", notice.message);
    Notice { message, ..notice.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Recorder, sample::notice};

    fn chosen(readers: Readers) -> String {
        let subscription = Subscription::new(Arc::new(Recorder::new("x")), readers);
        let taken = |attention| {
            let states = State::ALL.into_iter().chain([State::Test]);
            states.filter(|state| subscription.takes(*state, attention)).map(State::as_str).collect::<Vec<_>>()
        };
        format!(
            "everybody: {}\nmachines only: {}",
            taken(Attention::Everybody).join(" "),
            taken(Attention::MachinesOnly).join(" ")
        )
    }

    #[test]
    fn people_get_what_needs_them_and_machines_get_everything() {
        expect_test::expect![[r#"
            everybody: warning failed still_running stale recovered test
            machines only: "#]]
        .assert_eq(&chosen(Readers::People));
        expect_test::expect![[r#"
            everybody: started completed warning failed still_running stale recovered test
            machines only: started completed warning failed still_running stale recovered test"#]]
        .assert_eq(&chosen(Readers::Machines));
    }

    #[test]
    fn a_fallback_says_in_whose_place_it_speaks_and_is_known_as_the_same_message() {
        let moved = in_place_of("pager", &notice());
        assert!(moved.message.starts_with("The channel pager could not be told"), "{}", moved.message);
        assert!(moved.message.ends_with(&notice().message));
        assert_eq!(moved.key(), notice().key());
    }
}
