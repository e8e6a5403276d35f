//! The template engine, and what templates see of a notice.

use std::{collections::BTreeMap, fmt};

use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, Value};
use notify::Notice;

use crate::words;

/// Why a template cannot be rendered, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The line and the column, from 1.
    place: Option<(usize, usize)>,
    problem: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some((line, column)) => write!(f, "line {line}, column {column} of the template: {}", self.problem),
            None => f.write_str(&self.problem),
        }
    }
}

impl Fault {
    fn new(error: &Error, template: &str) -> Self {
        let problem = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        Self { place: error.range().map(|range| place(template, range.start)), problem }
    }

    /// There was nothing wrong with the template, but nothing came of it either.
    fn empty() -> Self {
        Self { place: None, problem: "nothing is left of it once it is filled in".to_owned() }
    }
}

/// The line and the column of that byte, from 1.
fn place(template: &str, at: usize) -> (usize, usize) {
    let before = template.get(..at).unwrap_or(template);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (1 + before.matches('\n').count(), 1 + line.chars().count())
}

/// Fills the template in from the notice. Each channel escapes the result, so nothing is escaped here.
pub(super) fn render(template: &str, notice: &Notice) -> Result<String, Fault> {
    let mut engine = Environment::new();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_auto_escape_callback(|_| AutoEscape::None);
    let rendered = engine.template_from_str(template).and_then(|compiled| compiled.render(context(notice)));
    let rendered = rendered.map_err(|error| Fault::new(&error, template))?;
    match rendered.trim() {
        "" => Err(Fault::empty()),
        text => Ok(text.to_owned()),
    }
}

/// What is known of a notice. Every name is there for every notice, with an empty text where nothing is known; of the facts
/// only those are there that the notice has.
fn context(notice: &Notice) -> Value {
    let facts: BTreeMap<String, String> =
        notice.facts.iter().map(|fact| (fact.label.clone(), fact.value.clone())).collect();
    let fact = |label: &str| facts.get(label).map(String::as_str).unwrap_or_default();
    let incident = notice.incident.as_ref();
    let known: [(&str, Value); 13] = [
        ("portal", portal(notice.link.as_deref()).unwrap_or(fact("Portal")).into()),
        ("state", notice.state.as_str().into()),
        ("outcome", notice.outcome.as_deref().unwrap_or_default().into()),
        ("severity", notice.severity.as_str().into()),
        ("duration", fact("Duration").into()),
        ("reason", reason(&notice.message).into()),
        ("next_step", notice.next_step.as_deref().unwrap_or_default().into()),
        ("link", notice.link.as_deref().unwrap_or_default().into()),
        ("subject", notice.subject.as_str().into()),
        ("text", notice.message.as_str().into()),
        ("exit_code", notice.exit_code.map(|code| code.to_string()).unwrap_or_default().into()),
        ("failures", incident.map_or(0, |incident| incident.failures).into()),
        ("since", incident.map(|incident| words::time(incident.since)).unwrap_or_default().into()),
    ];
    let known = known.into_iter().chain([("facts", Value::from(facts))]);
    Value::from(known.collect::<BTreeMap<&str, Value>>())
}

/// The portal's address without its scheme, as subjects name it.
fn portal(link: Option<&str>) -> Option<&str> {
    let (_, rest) = link?.split_once("://")?;
    rest.split('/').next()
}

/// The built-in text has the reason on a line of its own.
fn reason(message: &str) -> &str {
    message.lines().find_map(|line| line.strip_prefix("Reason: ")).unwrap_or_default()
}
