//! The one place where what differs from run to run is taken out of output.

use std::path::Path;

/// What to look for, and what to put in its place. `#` is a digit, `*` digits, `%` a lower-case hexadecimal digit.
const PATTERNS: [(&str, &str); 15] = [
    ("%%%%%%%%-%%%%-%%%%-%%%%-%%%%%%%%%%%%", "[ID]"),
    ("####-##-##T##:##:##.*Z", "[TIME]"),
    ("####-##-##T##:##:##Z", "[TIME]"),
    ("####-##-##_##-##-##", "[STAMP]"),
    ("####-##-##\\_##-##-##", "[STAMP]"),
    ("127.0.0.1:*", "127.0.0.1:[PORT]"),
    ("localhost:*", "localhost:[PORT]"),
    ("auth=*.", "auth=[SIGNED]."),
    ("(os error *)", "(os error [N])"),
    ("after *.# s", "after [DURATION]"),
    ("within *.# s", "within [DURATION]"),
    ("| *.# s", "| [DURATION]"),
    ("_seconds\": *.*", "_seconds\": [SECONDS]"),
    ("_seconds\":*.*", "_seconds\":[SECONDS]"),
    ("  *.# s\n", "  [DURATION]\n"),
];

/// The text as a snapshot keeps it.
pub(crate) fn redact(text: &str, home: &Path) -> String {
    let text =
        text.replace(&home.display().to_string(), "[HOME]").replace("docspace-backup-under-test", "docspace-backup");
    PATTERNS.iter().fold(text, |text, (pattern, name)| replace(&text, pattern, name))
}

fn replace(text: &str, pattern: &str, name: &str) -> String {
    let (mut rest, mut replaced) = (text, String::with_capacity(text.len()));
    while let Some(first) = rest.chars().next() {
        match matched(rest, pattern) {
            Some(length) => {
                replaced.push_str(name);
                rest = &rest[length..];
            }
            None => {
                replaced.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    replaced
}

/// How many bytes at the beginning of the text the pattern fits.
fn matched(text: &str, pattern: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    pattern.bytes().try_fold(0, |at, wanted| {
        let found = *bytes.get(at)?;
        let fits = match wanted {
            b'#' | b'*' => found.is_ascii_digit(),
            b'%' => found.is_ascii_digit() || (b'a'..=b'f').contains(&found),
            literal => found == literal,
        };
        let more = if wanted == b'*' { bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count() } else { 1 };
        fits.then_some(at + more)
    })
}

#[test]
fn what_differs_from_run_to_run_is_taken_out() {
    let text = "/h/x 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 at 2026-07-29T10:15:31.25Z, 127.0.0.1:80 after 12.3 s";
    assert_eq!(redact(text, Path::new("/h")), "[HOME]/x [ID] at [TIME], 127.0.0.1:[PORT] after [DURATION]");
}
