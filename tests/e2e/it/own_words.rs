//! Notices in the user's own words: told so, shown before, and refused where they cannot be told.

use expect_test::expect;
use mock_portal::JobPlan;

use crate::{
    bad_input::assert_silence,
    rig::{Program, Service, portal, portal_of},
};

const WORDS: &str = r#"[templates]
subject = "{{ portal }} is {{ state }}"
text = """
{{ reason or "All is well." }}
{% if state == "completed" %}{{ text }}{% else %}Call Ann.{% endif %}"""
"#;

#[tokio::test]
async fn a_notice_is_told_in_the_users_words() {
    let portal = portal_of(JobPlan::fail("The disk is full")).await;
    let program = Program::of(&portal).add_settings(WORDS).with_stdout();
    let told = program.run("run --folder 123").await;
    let host = portal.url().replace("http://", "");
    let words = format!(
        "Subject: {host} is failed\n\nthe portal reports: The disk is full.\nCall Ann.\n\nPortal:      {}",
        portal.url()
    );
    assert!(told.exits(1).stdout.contains(&words), "{told}");
}

#[tokio::test]
async fn a_service_gets_the_users_words_in_its_own_form() {
    let (portal, sink) = (portal_of(JobPlan::fail("no")).await, Service::DISCORD.start().await);
    let program = Program::of(&portal).add_settings(WORDS).with_service(Service::DISCORD, &sink);
    program.run("run --folder 123").await.exits(1);
    assert!(sink.last_to("").body.contains("Call Ann."), "{:?}", sink.posts());
}

#[tokio::test]
async fn a_mistake_in_the_words_is_told_before_anything_starts() {
    let portal = portal().await;
    let program = Program::of(&portal).add_settings("[templates]\ntext = \"\"\"\nHello,\n{{ raeson }}\"\"\"\n");
    for line in ["notify test", "notify test --dry-run", "config show"] {
        program.run(line).await.exits(2).mentions("line 2, column 4 of the template: `raeson` is undefined");
    }
    program.run("run").await.exits(2).says(expect![[r#"
        error: templates.text ([HOME]/config/docspace-backup/config.toml:8): line 2, column 4 of the template: `raeson` is undefined
        hint: known are portal, state, outcome, severity, duration, reason, next_step, link, subject, text, exit_code, failures, since, and facts["File"] | default("none")
    "#]]);
    assert_silence(&portal);
}

#[tokio::test]
async fn words_that_fail_in_the_end_lose_no_notice() {
    let portal = portal().await;
    let words = "[templates]\ntext = \"{% if state == 'completed' %}{{ gone }}{% endif %}.\"\n";
    let told = Program::of(&portal).add_settings(words).with_stdout().run("run --folder 123").await;
    told.exits(0).mentions("the template text cannot be rendered, so the built-in words are told: line 1, column 33");
    assert!(told.stdout.contains("\nThe backup completed successfully.\n"), "{told}");
}

#[tokio::test]
async fn what_would_be_told_can_be_seen() {
    let portal = portal().await;
    let program = Program::of(&portal).add_settings(WORDS).with_stdout();
    program.run("notify test --dry-run stdout").await.shows(expect![[r#"
        $ docspace-backup notify test --dry-run stdout
        exit code 0
        --- stdout
        stdout:
          Subject: portal.example.com is failed

          the portal reports: The disk is full.
          Call Ann.

          Portal:      https://portal.example.com (DocSpace 3.7.2)
          Backup ID:   [ID]
          Covers:      this portal
          Progress:    90 %
          Started at:  [TIME]
          Finished at: [TIME]
          Duration:    1 min 11 s
          Storage:     documents

          Next step: Free some space, then run the backup again.
        --- stderr
    "#]]);
    let document = program.run("notify test --dry-run --output json").await.exits(0).json();
    assert_eq!(document["previews"][0]["name"], "stdout");
    assert_silence(&portal);
}

#[tokio::test]
async fn what_a_service_would_be_told_is_shown_without_a_secret_and_not_sent() {
    for service in Service::ALL {
        let (portal, sink) = (portal().await, service.start().await);
        let program = Program::of(&portal).with_service(service, &sink);
        for form in ["human", "json", "markdown"] {
            let shown = program.run(&format!("notify test --dry-run --output {form}")).await;
            assert!(shown.exits(0).stdout.contains("The disk is full"), "{shown}");
        }
        assert_eq!((sink.posts().len(), sink.gets().len()), (0, 0));
    }
}
