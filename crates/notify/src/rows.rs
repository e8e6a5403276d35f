//! The facts of a notice, as many as a medium has room for.

use crate::{Fact, Notice, cut::more_facts, incident_row::incident_row};

/// How much room a medium has for facts. Two rows more, both short, say when some found none, and since when a trouble
/// lasts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    /// The most facts.
    pub(crate) rows: usize,
    /// The most that all of them are wide together.
    pub(crate) width: usize,
}

impl Room {
    /// Each fact as `row` lays it out, in order, until the rows or their width are used up.
    pub(crate) fn fill<T>(self, notice: &Notice, row: impl Fn(&Fact) -> T, width: impl Fn(&T) -> usize) -> Vec<T> {
        let mut left = self.width;
        let facts = &notice.facts;
        let rows = facts.iter().take(self.rows).map(&row);
        let mut shown: Vec<_> = rows.take_while(|row| take(&mut left, width(row))).collect();
        let cut = (shown.len() < facts.len()).then(|| more_facts(facts.len()));
        let incident = notice.incident.as_ref().map(|incident| incident_row(incident, notice.at));
        shown.extend(cut.iter().chain(&incident).map(row));
        shown
    }
}

/// Whether `width` still fits into `left`, which is then smaller by it.
fn take(left: &mut usize, width: usize) -> bool {
    let rest = left.checked_sub(width);
    *left = rest.unwrap_or_default();
    rest.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{incident, notice};

    fn check(room: Room, values: &[&str], expected: &[&str]) {
        let facts = values.iter().map(|value| Fact::new("", *value)).collect();
        let shown = room.fill(&Notice { facts, ..notice() }, |fact| fact.value.clone(), String::len);
        assert_eq!(shown, expected, "{room:?}");
    }

    #[test]
    fn facts_are_shown_until_rows_or_width_are_used_up_and_the_rest_is_told() {
        let values = ["one", "two", "three"];
        check(Room { rows: 3, width: 11 }, &values, &values);
        check(Room { rows: 3, width: 10 }, &values, &["one", "two", "(cut, 3 rows in all)"]);
        check(Room { rows: 1, width: 11 }, &values, &["one", "(cut, 3 rows in all)"]);
        check(Room { rows: 0, width: 0 }, &values, &["(cut, 3 rows in all)"]);
    }

    #[test]
    fn a_row_after_one_that_found_no_room_is_not_shown_out_of_order() {
        check(Room { rows: 9, width: 3 }, &["long", "s"], &["(cut, 2 rows in all)"]);
    }

    #[test]
    fn since_when_a_trouble_lasts_is_told_whatever_else_finds_no_room() {
        let notice = Notice { incident: Some(incident()), ..notice() };
        let shown = Room { rows: 0, width: 0 }.fill(&notice, |fact| fact.label.clone(), String::len);
        assert_eq!(shown, ["…", "Failing since"]);
    }
}
