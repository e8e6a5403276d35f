//! Who is told in the place of a channel that cannot be: there must be such a channel, and it must be another one.

use super::{ChannelPlan, SettingsError, nearest::hint_for};

/// Everything that is wrong with the fallbacks, in the order of the channels; a circle is told once.
pub(super) fn mistakes(plans: &[ChannelPlan]) -> Vec<SettingsError> {
    plans.iter().enumerate().filter_map(|(index, plan)| mistake(index, plan, plans)).collect()
}

fn mistake(index: usize, plan: &ChannelPlan, plans: &[ChannelPlan]) -> Option<SettingsError> {
    let fallback = plan.terms.fallback.as_ref()?;
    let (problem, hint) = if fallback.value == plan.name {
        ("it is the channel itself".to_owned(), "name another channel".to_owned())
    } else if index_of(&fallback.value, plans).is_none() {
        ("there is no such channel".to_owned(), others(plan, &fallback.value, plans))
    } else {
        let circle = circle(index, plans)?;
        let hint = "a fallback needs an end: take one of these lines out".to_owned();
        (format!("it leads back to the channel itself: {circle}"), hint)
    };
    Some(SettingsError::new(plan.setting("fallback"), problem).at(&fallback.origin).with_hint(hint))
}

fn others(plan: &ChannelPlan, typed: &str, plans: &[ChannelPlan]) -> String {
    let names: Vec<&str> = plans.iter().map(|plan| plan.name.as_str()).filter(|name| *name != plan.name).collect();
    match names.is_empty() {
        true => "there is no other channel: add one, or take the line out".to_owned(),
        false => hint_for(typed, &names),
    }
}

/// The way from a channel back to itself, told by the first of the channels on it.
fn circle(start: usize, plans: &[ChannelPlan]) -> Option<String> {
    let mut way = vec![start];
    loop {
        let next = plans.get(*way.last()?)?.terms.fallback.as_ref()?;
        match index_of(&next.value, plans)? {
            index if index == start => break,
            index if index < start || way.contains(&index) => return None,
            index => way.push(index),
        }
    }
    let names = way.iter().chain([&start]).filter_map(|index| plans.get(*index)).map(|plan| plan.name.as_str());
    Some(names.collect::<Vec<_>>().join(" -> "))
}

fn index_of(name: &str, plans: &[ChannelPlan]) -> Option<usize> {
    plans.iter().position(|plan| plan.name == name)
}
