//! The blocks of a text that are written by a program.
//!
//! ```text
//! <!-- generated: NAME -->
//! what the program wrote
//! <!-- end generated -->
//! ```

use crate::trouble::Trouble;

const BEGIN: &str = "<!-- generated: ";
const BEGIN_END: &str = " -->";
const END: &str = "<!-- end generated -->";

/// The text with every block filled anew; what lies outside of the blocks stays as it is.
///
/// # Errors
///
/// A block does not end, an end has no beginning, or `content` does not know the name; the line is named.
pub(crate) fn fill(text: &str, content: impl Fn(&str) -> Result<String, Trouble>) -> Result<String, Trouble> {
    let mut filled = String::new();
    let mut lines = (1..).zip(text.split_inclusive('\n'));
    while let Some((number, line)) = lines.next() {
        if line.trim_end() == END {
            return Err(Trouble::new(format!("line {number}: this end of a generated block has no beginning")));
        }
        filled.push_str(line);
        let Some(name) = name(line) else { continue };
        filled.push_str(&content(name).map_err(Trouble::with(format!("line {number}")))?);
        let end = lines.find(|(_, line)| line.trim_end() == END);
        filled.push_str(end.ok_or_else(|| Trouble::new(format!("line {number}: the block {name} does not end")))?.1);
    }
    Ok(filled)
}

fn name(line: &str) -> Option<&str> {
    line.trim_end().strip_prefix(BEGIN)?.strip_suffix(BEGIN_END)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn content(name: &str) -> Result<String, Trouble> {
        match name {
            "help" => Ok("Usage: program\n".to_owned()),
            other => Err(Trouble::new(format!("there is no generated block {other}"))),
        }
    }

    fn check(text: &str, expected: Expect) {
        let shown = fill(text, content).unwrap_or_else(|trouble| format!("error: {}", trouble.chain()));
        expected.assert_eq(&shown);
    }

    #[test]
    fn a_text_without_blocks_stays_as_it_is() {
        check(
            "# Title\n\nNo block, no line end",
            expect![[r#"
            # Title

            No block, no line end"#]],
        );
    }

    #[test]
    fn a_block_gets_what_the_program_writes_whatever_was_in_it() {
        check(
            "before\n<!-- generated: help -->\nold\nolder\n<!-- end generated -->\nafter\n",
            expect![[r#"
            before
            <!-- generated: help -->
            Usage: program
            <!-- end generated -->
            after
        "#]],
        );
        check(
            "<!-- generated: help -->\n<!-- end generated -->",
            expect![[r#"
            <!-- generated: help -->
            Usage: program
            <!-- end generated -->"#]],
        );
    }

    #[test]
    fn filling_twice_changes_nothing() {
        let once = fill("<!-- generated: help -->\n<!-- end generated -->\n", content).unwrap();
        assert_eq!(fill(&once, content).unwrap(), once);
    }

    #[test]
    fn a_block_that_does_not_end_is_an_error() {
        check("a\n<!-- generated: help -->\nrest of the page\n", expect!["error: line 2: the block help does not end"]);
    }

    #[test]
    fn an_end_without_a_beginning_is_an_error() {
        check(
            "<!-- generated: help -->\n<!-- end generated -->\n<!-- end generated -->\n",
            expect!["error: line 3: this end of a generated block has no beginning"],
        );
    }

    #[test]
    fn a_name_that_nobody_writes_is_an_error() {
        check(
            "a\n<!-- generated: weather -->\n<!-- end generated -->\n",
            expect!["error: line 2: there is no generated block weather"],
        );
    }
}
