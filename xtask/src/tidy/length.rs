//! How long a file and a function may be.

use super::Finding;
use super::tree::File;

const FILE_LINES: usize = 500;
const FUNCTION_LINES: usize = 60;

/// A comment above a function, or at the head of a file, that has these words and a reason after them allows more.
const EXCUSE: &str = "long because ";

/// Words that may stand before `fn`, besides the visibility.
const QUALIFIERS: [&str; 4] = ["const", "async", "unsafe", "extern"];

/// Finds Rust files and functions that are too long. A test may be long, a file of tests may not.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    files.iter().filter(|file| file.is_rust()).flat_map(check_file).collect()
}

fn check_file(file: &File) -> Vec<Finding> {
    let lines: Vec<&str> = file.text.lines().collect();
    let mut findings = Vec::new();
    if lines.len() > FILE_LINES && !has_excuse(head(&lines)) {
        let mend = format!("{} lines; split it, or write `// long because …` at its head", lines.len());
        findings.push(Finding::new(&file.path, 1, "file length", mend));
    }
    if !is_test(&file.path) {
        findings.extend(long_functions(&lines).map(|function| function.finding(&file.path)));
    }
    findings
}

fn is_test(path: &str) -> bool {
    path.starts_with("tests/e2e/") || path.contains("/tests/") || path.ends_with("/tests.rs")
}

fn head<'a>(lines: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    lines.iter().copied().take_while(|line| line.starts_with("//") || line.is_empty())
}

fn has_excuse<'a>(mut comments: impl Iterator<Item = &'a str>) -> bool {
    comments.any(|line| line.trim_start().starts_with("//") && line.contains(EXCUSE))
}

/// A function, as its layout shows it.
struct Function<'a> {
    name: &'a str,
    first: usize,
    lines: usize,
}

impl Function<'_> {
    fn finding(&self, path: &str) -> Finding {
        let mend = format!("`{}` has {} lines; split it, or write `// long because …` above it", self.name, self.lines);
        Finding::new(path, self.first + 1, "function length", mend)
    }
}

fn long_functions<'a>(lines: &'a [&'a str]) -> impl Iterator<Item = Function<'a>> {
    let code = &lines[..first_test(lines)];
    let functions = code.iter().enumerate().filter_map(|(first, line)| function(code, first, line));
    functions.filter(|function| function.lines > FUNCTION_LINES && !has_excuse(above(code, function.first)))
}

/// The line from which on all is tests.
fn first_test(lines: &[&str]) -> usize {
    let opens_module = |pair: &[&str]| pair[0].starts_with("#[cfg(test)]") && pair[1].ends_with('{');
    lines.windows(2).position(opens_module).unwrap_or(lines.len())
}

fn function<'a>(lines: &[&str], first: usize, line: &'a str) -> Option<Function<'a>> {
    let name = function_name(line.trim_start())?;
    let indent = &line[..line.len() - line.trim_start().len()];
    let last = last_line(&lines[first..], indent)?;
    Some(Function { name, first, lines: last + 1 })
}

/// The name, if the line begins a function.
fn function_name(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let is_qualifier = |word: &str| word.starts_with("pub") || word.starts_with('"') || QUALIFIERS.contains(&word);
    let begins = before.split_whitespace().all(is_qualifier) && (before.is_empty() || before.ends_with(' '));
    let name = after.split(['(', '<']).next()?;
    begins.then_some(name)
}

/// Where rustfmt puts the end of what begins in the first line: there, or at the next line that is as far left.
fn last_line(lines: &[&str], indent: &str) -> Option<usize> {
    if lines[0].ends_with(['}', ';']) {
        return Some(0);
    }
    let ends = |line: &&str| line.strip_prefix(indent).is_some_and(|rest| rest == "}" || is_end_of_signature(rest));
    lines[1..].iter().position(ends).map(|index| index + 1)
}

/// Whether a function of a trait ends here without a body.
fn is_end_of_signature(line: &str) -> bool {
    line.starts_with(')') && line.ends_with(';')
}

/// The comments and attributes directly above a line, nearest first.
fn above<'a>(lines: &'a [&'a str], line: usize) -> impl Iterator<Item = &'a str> {
    let before = lines[..line].iter().rev().copied();
    before.take_while(|line| line.trim_start().starts_with("//") || line.trim_start().starts_with("#["))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::finding::check as check_findings;
    use super::*;

    fn check(path: &str, text: &str, expected: Expect) {
        check_findings(&super::check(&[File { path: path.to_owned(), text: text.to_owned() }]), expected);
    }

    fn long_function(head: &str) -> String {
        format!("{head} {{\n{}}}\n", "    step();\n".repeat(FUNCTION_LINES))
    }

    fn indented(text: &str) -> String {
        text.lines().map(|line| format!("    {line}\n")).collect()
    }

    #[test]
    fn a_long_function_is_found_whatever_stands_before_it() {
        for head in ["fn f()", "pub async fn f<T>(of: T)", "pub(crate) const fn f() -> u8", "extern \"C\" fn f()"] {
            let text = format!("//! One.\n\n{}", long_function(head));
            let found = super::check(&[File { path: "crates/some/src/one.rs".to_owned(), text }]);
            assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), [3], "{head}");
        }
    }

    #[test]
    fn a_long_method_is_found_and_its_short_neighbours_are_not() {
        let body = format!("fn short() {{}}\nfn declared(\n    of: u8,\n) -> u8;\n{}", long_function("fn long()"));
        check(
            "crates/some/src/one.rs",
            &format!("trait One {{\n{}}}\n", indented(&body)),
            expect![[r#"
            crates/some/src/one.rs:6: function length: `long` has 62 lines; split it, or write `// long because …` above it
        "#]],
        );
    }

    #[test]
    fn a_reason_above_a_function_allows_it() {
        let excused = format!("// long because the table is one thing\n#[rustfmt::skip]\n{}", long_function("fn f()"));
        check("crates/some/src/one.rs", &excused, expect![[""]]);
    }

    #[test]
    fn a_test_may_be_long() {
        check("tests/e2e/it/run.rs", &long_function("fn f()"), expect![[""]]);
        let module = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", indented(&long_function("fn f()")));
        check("crates/some/src/one.rs", &module, expect![[""]]);
    }

    #[test]
    fn a_long_file_is_found_even_if_it_holds_tests() {
        let text = "//! One.\n".repeat(FILE_LINES);
        check("tests/e2e/it/run.rs", &text, expect![[""]]);
        check(
            "tests/e2e/it/run.rs",
            &format!("{text}// more\n"),
            expect![[r#"
                tests/e2e/it/run.rs:1: file length: 501 lines; split it, or write `// long because …` at its head
            "#]],
        );
    }

    #[test]
    fn a_reason_at_the_head_allows_a_long_file() {
        let text =
            format!("//! One.\n// It is long because it is a table.\n{}", "static ROW: u8 = 0;\n".repeat(FILE_LINES));
        check("crates/some/src/one.rs", &text, expect![[""]]);
    }
}
