//! The facts of a notice, as many as a medium has room for.

use crate::{Fact, cut::more_facts};

/// How much room a medium has for facts. One row more, short, says when some found none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    /// The most rows.
    pub(crate) rows: usize,
    /// The most that all rows are wide together.
    pub(crate) width: usize,
}

impl Room {
    /// Each fact as `row` lays it out, in order, until the rows or their width are used up.
    pub(crate) fn fill<T>(self, facts: &[Fact], row: impl Fn(&Fact) -> T, width: impl Fn(&T) -> usize) -> Vec<T> {
        let mut left = self.width;
        let rows = facts.iter().take(self.rows).map(&row);
        let mut shown: Vec<_> = rows.take_while(|row| take(&mut left, width(row))).collect();
        if shown.len() < facts.len() {
            shown.push(row(&more_facts(facts.len())));
        }
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

    fn check(room: Room, expected: &[&str]) {
        let facts = ["one", "two", "three"].map(|value| Fact::new("", value));
        let shown = room.fill(&facts, |fact| fact.value.clone(), String::len);
        assert_eq!(shown, expected, "{room:?}");
    }

    #[test]
    fn facts_are_shown_until_rows_or_width_are_used_up_and_the_rest_is_told() {
        check(Room { rows: 3, width: 11 }, &["one", "two", "three"]);
        check(Room { rows: 3, width: 10 }, &["one", "two", "(cut, 3 rows in all)"]);
        check(Room { rows: 1, width: 11 }, &["one", "(cut, 3 rows in all)"]);
        check(Room { rows: 0, width: 0 }, &["(cut, 3 rows in all)"]);
    }

    #[test]
    fn a_row_after_one_that_found_no_room_is_not_shown_out_of_order() {
        let facts = ["long", "s"].map(|value| Fact::new("", value));
        let shown = Room { rows: 9, width: 3 }.fill(&facts, |fact| fact.value.clone(), String::len);
        assert_eq!(shown, ["(cut, 2 rows in all)"]);
    }
}
