//! What templates see, what is refused, and that a notice comes in any case.

use std::sync::Arc;

use expect_test::{Expect, expect};
use notify::{Chapter, Notice, Notifier, Recorder, Reminders, State};

use super::{Templates, check, engine::render, sample};
use crate::{
    fixture::{account, completed},
    notice::notice,
};

fn check_fault(template: &str, expected: Expect) {
    expected.assert_eq(&check(template).unwrap_err().to_string());
}

/// What the template makes of the notice that has everything.
fn check_text(template: &str, expected: Expect) {
    assert_eq!(check(template), Ok(()));
    let [full, _] = sample::notices();
    expected.assert_eq(&render(template, &full).unwrap());
}

#[test]
fn a_template_sees_the_whole_notice() {
    check_text(
        "{{ portal }}|{{ state }}|{{ outcome }}|{{ severity }}|{{ duration }}|{{ exit_code }}|{{ link }}",
        expect!["portal.example.com|failed|failed|error|1 min 11 s|1|https://portal.example.com"],
    );
    check_text(
        "{{ reason }} {{ next_step }} ({{ failures }} since {{ since }})",
        expect![
            "the portal reports: The disk is full. Free some space, then run the backup again. (3 since 2026-07-29T10:15:31Z)"
        ],
    );
    check_text(
        "{{ subject | upper }}: {{ text }}",
        expect![[r#"
        BACKUP FAILED AFTER 1 MIN 11 S: PORTAL.EXAMPLE.COM: The backup failed.
        Reason: the portal reports: The disk is full."#]],
    );
    check_text(
        r#"{{ facts["Backup ID"] | default("none") }} {{ facts.Nothing | default("-") }}"#,
        expect!["7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 -"],
    );
    check_text(
        "{% if reason %}{{ reason }}{% else %}all is well{% endif %} <b>&amp;",
        expect!["the portal reports: The disk is full. <b>&amp;"],
    );
}

#[test]
fn what_is_wrong_is_told_with_its_line_and_column() {
    check_fault(
        "{{ portal",
        expect!["line 1, column 4 of the template: unexpected end of input, expected end of variable block"],
    );
    check_fault("Backup\nof {{ portl }}", expect!["line 2, column 7 of the template: `portl` is undefined"]);
    check_fault("é {{ portal | uper }}", expect!["line 1, column 15 of the template: filter uper is unknown"]);
    check_fault(
        "{% if reason %}\n{{ reason }}",
        expect!["line 2, column 11 of the template: unexpected end of input, expected end of block"],
    );
    check_fault("{{ facts.File }}", expect!["line 1, column 4 of the template: `facts.File` is undefined"]);
    check_fault("{% include \"x\" %}", expect!["line 1, column 4 of the template: unknown statement include"]);
    check_fault("{{ reason }}", expect!["nothing is left of it once it is filled in"]);
    check_fault(
        "{% for i in range(100000000) %}x{% endfor %}",
        expect!["line 1, column 13 of the template: range has too many elements"],
    );
}

#[test]
fn the_samples_have_every_fact_of_a_run() {
    let chapter = Chapter::new(None, State::Completed, jiff::Timestamp::UNIX_EPOCH, "x", Reminders::default());
    let told = notice(&account(completed()), "run", &chapter, jiff::Timestamp::UNIX_EPOCH);
    let [full, _] = sample::notices();
    for fact in &told.facts {
        assert!(full.facts.iter().any(|known| known.label == fact.label), "{fact:?}");
    }
    assert!(!render("{{ portal }}", &told).unwrap().is_empty());
    assert!(!render("{{ duration }}", &told).unwrap().is_empty());
}

/// What a channel is told in those words.
async fn told(templates: Templates, notice: &Notice) -> (String, String) {
    let recorder = Arc::new(Recorder::new("x"));
    let channel = templates.spoken_by(recorder.clone());
    channel.preflight().await.unwrap();
    assert_eq!(channel.name(), "x");
    assert_eq!(channel.deliver_in_thread(notice, None).await, Ok(None));
    channel.deliver(notice).await.unwrap();
    let [first, second] = &recorder.notices()[..] else { panic!("{:?}", recorder.notices()) };
    assert_eq!(first, second);
    assert_eq!(channel.preview(notice), recorder.preview(first));
    (first.subject.clone(), first.message.clone())
}

#[tokio::test]
async fn a_notice_that_a_template_cannot_tell_comes_in_the_built_in_words() {
    let [full, empty] = sample::notices();
    let subject = Some("{{ facts.File }}".to_owned());
    let text = Some("{{ state }}!".to_owned());
    let templates = Templates { subject, text };
    assert_eq!(told(templates.clone(), &full).await.0, full.facts[10].value);
    assert_eq!(told(templates, &empty).await, (empty.subject.clone(), "test!".to_owned()));
    assert_eq!(told(Templates::default(), &empty).await, (empty.subject.clone(), empty.message.clone()));
}
