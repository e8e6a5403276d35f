//! A notice as the HTML part of a mail: small, nothing fetched from elsewhere, readable on light and dark.

use std::fmt::Write;

use crate::{
    Fact, Notice,
    foreign_text::{one_line, terminal_text},
    headline::colour,
};

/// A whole page. It sets no colour for text or ground, only an edge whose colours show on both, so that a mail program
/// in dark mode has nothing to invert wrongly.
pub(super) fn html(notice: &Notice) -> String {
    let subject = escaped(&one_line(&notice.subject));
    let parts = [message(notice), table(&notice.facts), next_step(notice)].concat();
    format!(
        r#"<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{subject}</title>
</head>
<body style="margin:0;padding:16px;font-family:sans-serif;font-size:16px;line-height:1.5">
<div style="max-width:640px;padding-left:16px;border-left:4px solid #{edge:06x};word-break:break-word;overflow-wrap:anywhere">
<h1 style="margin:0 0 12px;font-size:20px;line-height:1.3">{subject}</h1>
{parts}</div>
</body>
</html>
"#,
        edge = colour(notice.severity),
    )
}

fn message(notice: &Notice) -> String {
    format!("<p style=\"margin:0 0 16px\">{}</p>\n", paragraph(&notice.message))
}

fn next_step(notice: &Notice) -> String {
    let Some(step) = &notice.next_step else { return String::new() };
    format!("<p style=\"margin:0\"><b>Next step:</b> {}</p>\n", paragraph(step))
}

fn table(facts: &[Fact]) -> String {
    if facts.is_empty() {
        return String::new();
    }
    let mut table = "<table style=\"margin:0 0 16px;border-collapse:collapse;font-size:15px\">\n".to_owned();
    for fact in facts {
        let (label, value) = (label(&fact.label), value(&fact.value));
        // Writing to a String cannot fail.
        let _ = writeln!(
            table,
            "<tr>{label}<td style=\"padding:2px 0;vertical-align:top;word-break:break-word;overflow-wrap:anywhere\">{value}</td></tr>"
        );
    }
    table + "</table>\n"
}

/// The longest label that stays on one line: on a narrow telephone it takes half of it.
const SHORT_LABEL: usize = 20;

fn label(label: &str) -> String {
    let label = one_line(label);
    let wrap = if label.chars().count() <= SHORT_LABEL { "nowrap" } else { "normal" };
    format!(
        "<th scope=\"row\" style=\"padding:2px 16px 2px 0;text-align:left;vertical-align:top;white-space:{wrap}\">{}</th>",
        escaped(&label)
    )
}

/// The longest address that becomes a link, escaped: percent signs can make it three times as long as the value.
const LONGEST_LINK: usize = 1_000;

/// The value of a fact; an address becomes a link.
fn value(value: &str) -> String {
    let shown = paragraph(value);
    match link(value) {
        Some(address) => format!("<a href=\"{address}\">{shown}</a>"),
        None => shown,
    }
}

fn link(value: &str) -> Option<String> {
    let url = url::Url::parse(&one_line(value)).ok()?;
    let address = escaped(url.as_str());
    (matches!(url.scheme(), "http" | "https") && address.len() <= LONGEST_LINK).then_some(address)
}

fn paragraph(text: &str) -> String {
    escaped(terminal_text(text).trim()).replace('\n', "<br>\n")
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::{
        mail::shown,
        sample::{incident, notice},
    };

    #[test]
    fn the_html_part_is_small_escaped_and_fetches_nothing() {
        let notice = Notice {
            subject: "<b>\"x\" & 'y'</b>".into(),
            message: "one\ntwo <script>alert(1)</script>\u{202e}\u{1b}[31m".into(),
            facts: vec![
                Fact::new("<i>", "https://example.com/\"><img src=x>"),
                Fact::new("Path", "javascript:alert(1)"),
            ],
            ..notice()
        };
        expect![[r#"
            <!DOCTYPE html>
            <html>
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/b&gt;</title>
            </head>
            <body style="margin:0;padding:16px;font-family:sans-serif;font-size:16px;line-height:1.5">
            <div style="max-width:640px;padding-left:16px;border-left:4px solid #dc2626;word-break:break-word;overflow-wrap:anywhere">
            <h1 style="margin:0 0 12px;font-size:20px;line-height:1.3">&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/b&gt;</h1>
            <p style="margin:0 0 16px">one<br>
            two &lt;script&gt;alert(1)&lt;/script&gt;</p>
            <table style="margin:0 0 16px;border-collapse:collapse;font-size:15px">
            <tr><th scope="row" style="padding:2px 16px 2px 0;text-align:left;vertical-align:top;white-space:nowrap">&lt;i&gt;</th><td style="padding:2px 0;vertical-align:top;word-break:break-word;overflow-wrap:anywhere"><a href="https://example.com/%22%3E%3Cimg%20src=x%3E">https://example.com/&quot;&gt;&lt;img src=x&gt;</a></td></tr>
            <tr><th scope="row" style="padding:2px 16px 2px 0;text-align:left;vertical-align:top;white-space:nowrap">Path</th><td style="padding:2px 0;vertical-align:top;word-break:break-word;overflow-wrap:anywhere">javascript:alert(1)</td></tr>
            </table>
            <p style="margin:0"><b>Next step:</b> Free some space, then start the backup again.</p>
            </div>
            </body>
            </html>
        "#]].assert_eq(&html(&notice));
    }

    #[test]
    fn a_long_label_wraps_and_a_short_one_does_not() {
        assert!(label("Backup ID").contains("white-space:nowrap"));
        assert!(label("a label as long as some that come from elsewhere").contains("white-space:normal"));
    }

    #[test]
    fn the_page_stays_below_what_mail_programs_show_whatever_its_text_becomes() {
        for piece in ["\"", "&", "\u{2028}", "ж", "👩"] {
            let fact = Fact::new(piece.repeat(100), format!("https://example.com/{}", piece.repeat(5_000)));
            let notice = Notice {
                subject: piece.repeat(5_000),
                message: piece.repeat(50_000),
                facts: vec![fact; 50],
                next_step: Some(piece.repeat(5_000)),
                link: Some(format!("https://example.com/?{}", piece.repeat(150))),
                incident: Some(incident()),
                ..notice()
            };
            let page = html(&shown(&notice));
            assert!(page.len() < 100_000, "{} bytes of {piece}", page.len());
        }
    }
}
